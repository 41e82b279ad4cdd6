"""Shapes of resolved citations."""

from __future__ import annotations

from pydantic import Field

from qianche.corpus.citations.outcomes import Outcome
from qianche.service.responses.found import Wire
from qianche.service.responses.rules import Version


class OutcomeCount(Wire):
    """有多少处引用是这一结果。"""

    outcome: Outcome
    label: str
    count: int


class CitedRule(Wire):
    """引用所指的规定；link 是本服务中的页面。"""

    id: str
    title: str
    level: str
    link: str


class CandidateRule(CitedRule):
    """可能所指的规定及其版本。"""

    version: Version


class Quote(Wire):
    """条文；spans 是所引部分在整条条文中的位置，左闭右开，text 是这些位置的文字（分开的各段以换行相连）。"""

    article_id: str
    version_id: str
    version_date: str | None
    label: str
    path: list[str]
    spans: list[tuple[int, int]]
    text: str
    notice: str | None = Field(description="不是所引版本的条文时说明：非当日文本，条号可能不同。")
    link: str


class CitedProvision(Wire):
    """引用中的一处条款；没有写明的层次为 null。"""

    cited: str = Field(description="所写的条款，统一写法。")
    outcome: Outcome
    outcome_label: str
    citation: str = Field(description="规范的完整写法。")
    message: str | None
    article: str | None = Field(description="条号，如 36、134-1。")
    paragraph: int | None
    item: int | None
    point: int | None
    sentence: int | None
    clause: str | None = Field(description="标准的条款号，如 5.2.3。")
    damaged: str | None = Field(description="疑有识别错误的文字。")
    likely: str | None = Field(description="疑有识别错误时可能的条号，只供核对。")
    quote: Quote | None
    stand_in: Quote | None = Field(description="该版本正文未收录时，已收录的相近版本中同一条号的条文。")


class ResolvedCitation(Wire):
    """一处引用及其认定结果；[start, end) 是在所给文字中的位置。"""

    text: str
    start: int
    end: int
    outcome: Outcome
    outcome_label: str
    canonical: str
    read_as: str | None = Field(description="“本法”“前款”等依据上文怎样理解。")
    messages: list[str]
    rule: CitedRule | None
    version: Version | None = Field(description="引用所指的版本：写明版本时为该版本，否则为查询日的版本。")
    on_day: Version | None = Field(description="引用写明的版本当日不适用时，当日的版本。")
    provisions: list[CitedProvision]
    candidates: list[CandidateRule] = Field(description="不能确定时可能所指的规定，不作选择。")


class CiteResponse(Wire):
    """一段文字中的全部引用，按出现的先后。"""

    as_of: str
    register_notice: str | None = Field(description="查询日晚于登记表登记到的日子时的说明。")
    total: int
    counts: list[OutcomeCount]
    citations: list[ResolvedCitation]
