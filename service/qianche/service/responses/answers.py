"""Shapes of a whole answer, of facets and of a text cut into words."""

from __future__ import annotations

from pydantic import Field

from qianche.indexing.search.answer import Kind, Notice
from qianche.service.responses.cases import CaseHit
from qianche.service.responses.found import Expansion, Wire
from qianche.service.responses.rules import RuleHit


class Query(Wire):
    """对查询的理解。"""

    text: str
    normalised: str = Field(description="统一写法后的文字。")
    key_terms: list[str] = Field(description="关键词。")
    expansions: list[Expansion]
    engines: list[str] = Field(description="用到的检索方式：lexical 字词，dense 语义。")


class FacetValue(Wire):
    """一个筛选值和它的数量。"""

    value: str
    label: str
    count: int


Facets = dict[str, list[FacetValue]]


class NoticeLine(Wire):
    """一句提示；kind 为 null 时对两类都适用。"""

    code: Notice
    kind: Kind | None
    text: str


class SearchResponse(Wire):
    """检索结果。"""

    query: Query
    as_of: str
    register_notice: str | None = Field(description="查询日晚于登记表登记到的日子时的说明。")
    cases: list[CaseHit]
    rules: list[RuleHit]
    facets: dict[Kind, Facets]
    totals: dict[Kind, int]
    notice: list[NoticeLine]
    took_ms: float


class CutWord(Wire):
    """切出的一个词；kind 是词典中的类别。"""

    text: str
    start: int
    end: int
    kind: str | None


class SegmentResponse(Wire):
    """一段文字是怎样切分的。"""

    text: str
    normalised: str
    terms: list[str]
    words: list[CutWord]
    key_terms: list[str]
    expansions: list[Expansion]
