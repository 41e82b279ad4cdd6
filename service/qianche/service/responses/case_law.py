"""Shapes of the rules of a case."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qianche.service.responses.citing import ResolvedCitation
from qianche.service.responses.found import Wire
from qianche.service.responses.rules import StandIn


class CaseRule(Wire):
    """一部规定或一条条文在事发时和现在；text 是记录所写或系统匹配到的引用。"""

    basis: Literal["cited", "matched"]
    basis_label: str
    text: str
    notice: str | None
    then: list[ResolvedCitation] = Field(description="事发时。")
    now: list[ResolvedCitation] = Field(description="现在；系统匹配的条文在现行文本中分成几条时有几项。")
    stand_in: StandIn | None = Field(
        description="系统匹配而当日版本未收录时，所据的条文：非当日文本，条号可能不同。"
    )


class CaseLawResponse(Wire):
    """一个案例所引用的规定和系统匹配的条文；then 是事发日，now 是今天。"""

    id: str
    then: str
    now: str
    notice: str | None = Field(description="境外事故：当地法规未收录，只列中国现行规定供对照。")
    rules: list[CaseRule]
