"""Shapes of the links between articles."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qianche.service.responses.found import Wire


class LinkTarget(Wire):
    """所指的条款；article 为 null 时指整部法规。"""

    id: str = Field(description="条文编号；指整部法规时为版本编号。")
    rule_id: str
    version_id: str
    article: str | None
    paragraph: int | None
    item: int | None
    citation: str
    label: str = Field(description="不带法规名称的写法，如 第九十七条第一款第（三）项。")
    held: bool = Field(description="为 false 时所指版本的正文未收录。")
    status: str = Field(description="所指版本在查询日的效力。")


class Reference(Wire):
    """条文中指向其他条款的一处文字；[start, end) 是在条文中的位置，through 是“第九条至第十二条”的末一条。"""

    start: int
    end: int
    text: str
    target: LinkTarget
    through: LinkTarget | None


class OwnPlace(Wire):
    """所查条文中的款、项；都为 null 时是整条。"""

    paragraph: int | None
    item: int | None


class BreachLink(LinkTarget):
    """义务与罚则的对应；basis 为 stated 时罚则条文写明了义务条文，为 reviewed 时由本库通读归纳。"""

    basis: Literal["stated", "reviewed"]
    basis_label: str
    note: str | None
    own: list[OwnPlace]
    own_label: str = Field(description="所查条文中的款、项，如 第一款、第二款；整条时为 本条。")


class ArticleLinks(Wire):
    """条文之间的联系：引用、被引用于、罚则、对应义务。"""

    references: list[Reference]
    cited_by: list[LinkTarget] = Field(description="引用本条的条款，本法的在前。")
    penalties: list[BreachLink] = Field(description="违反本条时的罚则。")
    penalises: list[BreachLink] = Field(description="本条处罚违反哪些义务的行为。")
    links_notice: str | None = Field(description="罚则表与收录的条文不符而未采用时的说明。")
