"""Shapes of digests."""

from __future__ import annotations

from pydantic import Field

from qianche.corpus.rules import Evidence as ReadIn
from qianche.service.responses.found import Wire


class PlaceOfRule(Wire):
    """某一版本的一条或一项。"""

    place: str = Field(description="条号，如 36、134-1；某条的一项如 3.1。")
    place_label: str
    article: str = Field(description="所在的条，查看条文时用它。")
    citation: str


class DigestLine(PlaceOfRule):
    """要旨目录中的一行。"""

    id: str
    gist: str
    major_hazard_label: str | None


class DigestContents(Wire):
    """没有正文的版本，由要旨排成的目录。"""

    label: str
    lines: list[DigestLine]


class Digest(PlaceOfRule):
    """一条（项）规定的要旨：本库归纳，不是条文原文。"""

    id: str
    label: str = Field(description="显示要旨时须一并显示。")
    gist: str = Field(description="要求什么，由谁做到。")
    said_as: list[str] = Field(description="现场的人怎样说这种隐患或违法行为。")
    duty_holders: list[str]
    hazards: list[str]
    penalties: list[PlaceOfRule] = Field(description="同一版本中的罚则。")
    major_hazard: bool = Field(description="是否为重大事故隐患的判定标准。")
    major_hazard_label: str | None = Field(description="判定标准在查询日意味着什么。")
    basis: ReadIn
    basis_label: str
    source: str | None = Field(description="读自何处；basis 为 text 而此处为 null 的，读自本库所收条文。")
    address: str | None = Field(description="source 中可以打开的网址。")
    read_on: str | None
