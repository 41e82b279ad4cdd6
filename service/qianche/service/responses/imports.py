"""Shapes of importing: jobs, sources, questions for a person, accounts, corrections."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from qianche.corpus.intake import IntakeKind
from qianche.corpus.reading.document import RemovedAs
from qianche.corpus.reading.raw import Format, PageStatus
from qianche.corpus.reports.draft import FoundBy
from qianche.indexing.importing.records import EntryState, JobState, JoinState, ReviewKind
from qianche.service.responses.found import Wire


class ImportEntry(Wire):
    """一次导入中的一个文件；message 说明结果。"""

    number: int
    name: str
    sha256: str | None
    size_bytes: int
    state: EntryState
    state_label: str
    message: str
    counts: dict[str, int]
    counts_label: str
    record_ids: list[str]


class ImportJob(Wire):
    """一次导入。files 是文件总数，finished 是已有结果的文件数。"""

    id: str
    created_at: str
    who: str
    state: JobState
    state_label: str
    message: str
    files: int
    finished: int
    entries: list[ImportEntry]


class ImportJobs(Wire):
    """全部导入，新的在前。"""

    total: int
    offset: int
    jobs: list[ImportJob]


class SourcePage(Wire):
    """一页的读取情况；file_characters 是文件自身的非空白字符数，无法得知时为 null。"""

    number: int
    status: PageStatus
    status_label: str
    confidence: float | None
    problem: str
    file_characters: int | None
    kept_characters: int


class SourceRecord(Wire):
    """导入的一个文件；version_of 是文字几乎相同的较早文件。"""

    sha256: str
    names: list[str]
    size_bytes: int
    format: Format
    format_label: str
    received_at: str
    job_id: str
    kind: IntakeKind
    kind_label: str
    warnings: list[str]
    account_ids: list[str]
    version_of: str | None
    resemblance: float | None
    rule_title: str | None
    rule_version: str | None
    file_characters: int | None
    kept_characters: int
    pages: list[SourcePage]


class SourceList(Wire):
    """全部导入的文件，新的在前。"""

    total: int
    offset: int
    sources: list[SourceRecord]


class TextBlock(Wire):
    """一个段落、标题或表格在全文中的 [start, end)。"""

    kind: Literal["paragraph", "heading", "table"]
    start: int
    end: int


class RemovedText(Wire):
    """没有收进正文的文字和原因。"""

    text: str
    reason: RemovedAs
    reason_label: str


class PageText(Wire):
    """读出的一页：text 是全文 [start, end) 的文字。"""

    sha256: str
    page: int
    pages: int
    start: int
    end: int
    text: str
    blocks: list[TextBlock]
    removed: list[RemovedText]


class TextDifference(Wire):
    """两份文字的一处不同；没有的一方为空串。"""

    kind: Literal["added", "removed", "changed"]
    before: str
    after: str
    before_page: int | None
    after_page: int | None


class DifferenceList(Wire):
    """两份文字逐段比较的结果。"""

    a: str
    b: str
    differences: list[TextDifference]


class ReviewAction(Wire):
    """可以作出的决定。"""

    action: str
    label: str


class ReviewItem(Wire):
    """一件需要人判断的事；span 是来源全文中的 [start, end)。"""

    id: str
    kind: ReviewKind
    kind_label: str
    what: str
    proposal: str
    source: str
    account_id: str | None
    case_id: str | None
    field: str | None
    field_label: str | None
    page: int | None
    span: tuple[int, int] | None
    choices: list[Any]
    actions: list[ReviewAction]
    state: Literal["open", "decided"]
    decided_by: str | None
    decided_at: str | None
    decision: Any


class ReviewList(Wire):
    """待核事项。"""

    total: int
    offset: int
    reviews: list[ReviewItem]


class FieldEvidence(Wire):
    """一个字段的一个值，连同来源中说明它的原话和位置。"""

    field: str
    field_label: str
    value: Any
    page: int
    start: int
    end: int
    quote: str
    found_by: FoundBy
    found_by_label: str
    sure: bool
    remark: str


class AccountRecord(Wire):
    """一个文件对一起事故的记述；不含报告中的人名。"""

    id: str
    source: str
    source_name: str
    number: int
    case_id: str | None
    waiting_for: str = Field(description="还缺什么，补上后才成为案例；不缺为空串。")
    warnings: list[str]
    evidence: list[FieldEvidence]


class AccountList(Wire):
    """一个案例的各份记述，先导入的在前。"""

    case_id: str
    accounts: list[AccountRecord]


class JoinRecord(Wire):
    """一份记述并入（或建议并入）一个案例。"""

    id: str
    account_id: str
    case_id: str
    verdict: Literal["certain", "likely", "person"]
    score: float
    reasons: list[str]
    state: JoinState
    state_label: str
    by: str
    at: str


class JoinList(Wire):
    """并入的记录，新的在前。"""

    total: int
    offset: int
    joins: list[JoinRecord]


class CorrectionChange(Wire):
    """一次更正。"""

    value: Any
    before: Any
    who: str
    at: str


class CorrectionRecord(Wire):
    """一个字段的更正经过，先后为序，最后一次有效。"""

    case_id: str
    field: str
    field_label: str
    withdrawn: bool
    changes: list[CorrectionChange]


class CorrectionList(Wire):
    """更正的记录。"""

    corrections: list[CorrectionRecord]
