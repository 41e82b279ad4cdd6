"""Shapes of rules, versions and articles."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qianche.corpus.rules import Evidence as DateEvidence
from qianche.service.responses.digests import Digest, DigestContents
from qianche.service.responses.found import Evidence, Found, Wire
from qianche.service.responses.links import ArticleLinks
from qianche.service.responses.standing import DateSource, Link, Standing


class RuleScope(Wire):
    """没有正文的规定管什么、谁要遵守、自何时起；由本库概括，不是原文。"""

    label: str
    what: str
    whom: str
    since: str | None = Field(description="所知最早版本的施行日期。")
    since_label: str


class RuleBrief(Wire):
    """条款所属的法规。"""

    id: str
    title: str
    level: str
    sectors: list[str]
    core: bool
    number: str | None
    version_id: str


class RuleHit(Found):
    """检索到的条款。

    kind 为 digest 时本库没有这一条的正文，是凭要旨找到的；为 rule 时是法规本身，没有条文；为 stand-in 时当日版本未收录，
    所据条文和它的要旨另列于 stand_in。
    """

    id: str
    kind: Literal["article", "digest", "rule", "stand-in"]
    rule: RuleBrief
    article: str | None = Field(description="条号，如 36、134-1；kind 为 digest 时可能是某条的一项，如 3.1。")
    citation: str
    path: list[str]
    text: str | None
    note: str | None
    digest: Digest | None
    digest_evidence: list[Evidence] = Field(
        description="要旨中与查询相合的一处：gist 或 said_as；kind 为 stand-in 时出自 stand_in 的要旨。"
    )
    major_hazard_label: str | None = Field(
        description="命中重大事故隐患判定标准时的提示；当日不适用或效力待核的，照实说明。"
    )
    status: str
    status_label: str
    dates_grade_label: str | None = Field(
        description="所列日期中依据最弱的一级；已写明待核或没有日期时为 null。"
    )
    effective_from: str | None
    effective_to: str | None
    verified: DateEvidence
    verified_label: str
    has_text: bool
    text_label: str | None
    stand_in: StandIn | None
    scope: RuleScope | None = Field(description="命中的是规定本身、程序又不带它的正文时，它的适用范围。")


class Version(Wire):
    """法规的一个版本，连同它在查询日的效力。"""

    id: str
    title: str
    issuer: str | None
    number: str | None
    version_date: str | None
    effective_from: str | None
    effective_to: str | None
    issued_label: str = Field(description="何时公布或发布，如 2021-06-10 公布。")
    dates_label: str
    dates_grade_label: str | None = Field(
        description="所列日期中依据最弱的一级；已写明待核或没有日期时为 null。"
    )
    status: str
    status_label: str
    verified: DateEvidence
    verified_label: str
    version_date_verified: DateEvidence
    repealed_by: str | None
    replaces: str | None
    article_count: int | None
    has_text: bool


class VersionInHistory(Version):
    """版本沿革中的一个版本；compare_with 是可以与之比较的前一个收录正文的版本。"""

    standing: Standing
    took_place_of: list[Link]
    ended_by: Link | None
    end_inferred: bool = Field(description="终止日期是否按后继规定的施行日期推定。")
    end_verified_label: str | None = Field(description="终止日期的依据。")
    version_date_verified_label: str | None = Field(description="公布日期的依据。")
    days_applied: int | None = Field(description="适用的天数，首末两日都计。")
    sources: list[DateSource]
    note: str | None
    compare_with: str | None


class RuleSummary(Wire):
    """一部法规；version 是说明查询日效力的版本：当日适用的，没有时依次为施行日期不详的、已经终止的、尚未施行的。"""

    id: str
    title: str
    short_titles: list[str]
    level: str
    sectors: list[str]
    core: bool
    amends: str | None
    version: Version


class RuleList(Wire):
    """法规列表：共 total 部，rules 是从第 offset 部起的一段。"""

    as_of: str
    register_notice: str | None = Field(description="查询日晚于登记表登记到的日子时的说明。")
    total: int
    offset: int
    rules: list[RuleSummary]


class ContentsLine(Wire):
    """目录中的一条。"""

    id: str
    number: str
    label: str
    path: list[str]
    deleted: bool


class RuleRecord(RuleSummary):
    """一部法规的全部版本，和所示版本的条目。"""

    as_of: str
    standing: Standing
    text_label: str | None
    scope: RuleScope | None = Field(description="程序不带正文的规定的适用范围；导入正文后仍在。")
    versions: list[VersionInHistory]
    predecessors: list[Link]
    successors: list[Link]
    articles: list[ContentsLine]
    digest_contents: DigestContents | None = Field(description="没有正文时，由要旨排成的目录。")


class Point(Wire):
    """目；[start, end) 是在条文中的位置。"""

    number: int
    label: str
    start: int
    end: int


class Item(Point):
    """项。"""

    points: list[Point]


class Paragraph(Wire):
    """款。"""

    number: int
    start: int
    end: int
    items: list[Item]


class Article(ContentsLine):
    """一条的正文和结构。"""

    citation: str
    citation_short: str
    text: str
    paragraphs: list[Paragraph]
    note: str | None


class StandIn(Wire):
    """所收录的最近版本中的条文：不是查询日的文本，条号也可能不同。"""

    label: str
    version: Version
    article: Article | None
    digests: list[Digest]


class ArticleResponse(ArticleLinks):
    """查询日适用的条文；当日版本未收录时 article 为 null，由 notice 说明，stand_in 是所收录版本的同号条文。"""

    as_of: str
    rule: RuleSummary
    version: Version
    article: Article | None
    digests: list[Digest] = Field(description="这一条及其各项的要旨，属于 version。")
    stand_in: StandIn | None
    previous: str | None
    following: str | None
    notice: str | None
    register_notice: str | None = Field(description="查询日晚于登记表登记到的日子时的说明。")
