"""Records of importing: sources, accounts, joins, review items, corrections; and what a job shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from qianche.corpus.intake import IntakeKind
from qianche.corpus.reading.document import Page
from qianche.corpus.reading.raw import Format
from qianche.corpus.reports.draft import CaseDraft
from qianche.corpus.tables import TableMapping


@dataclass(frozen=True, slots=True)
class Source:
    """One imported file, known by the sha256 of its bytes (64 hex digits); times are UTC.

    `version_of` is the sha256 of the earlier file whose text is nearly the same, `resemblance` (0 to 1) how much.
    `rule_version` is the version of the register under which its text is held, None where none or not yet.
    """

    sha256: str
    names: tuple[str, ...]
    size_bytes: int
    format: Format
    received_at: datetime
    job_id: str
    kind: IntakeKind
    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()
    account_ids: tuple[str, ...] = ()
    version_of: str | None = None
    resemblance: float | None = None
    rule_title: str | None = None
    rule_version: str | None = None
    sketch: tuple[int, ...] = ()
    """Smallest hashes of its shingles, see `same_text`."""

    @property
    def file_characters(self) -> int | None:
        """Non-space characters of the file by its own count; None where a page cannot tell."""
        counts = [page.file_characters for page in self.pages]
        return None if None in counts else sum(count or 0 for count in counts)

    @property
    def kept_characters(self) -> int:
        """Non-space characters that the text keeps."""
        return sum(page.kept_characters for page in self.pages)


@dataclass(frozen=True, slots=True)
class Account:
    """One accident as one file tells it: kept whole, so that every join can be undone exactly.

    `account_id` (`imp-<12 hex of sha256>-<n>`) is also the id of the case it makes when it stands alone.
    `case_id` is the case it belongs to; while `waiting_for` (Chinese) is not empty there is no such case yet.
    `given` is the payload of a whole record, from a file of the product's own schema; then `draft` is None.
    """

    account_id: str
    source: str
    number: int
    draft: CaseDraft | None = None
    given: dict[str, Any] | None = None
    case_id: str | None = None
    waiting_for: str = ""


Verdict = Literal["certain", "likely", "separate"]
JoinState = Literal["joined", "proposed", "refused", "undone"]


@dataclass(frozen=True, slots=True)
class Join:
    """An account put, or proposed to be put, to a case that was there before; `by` is 规则 or a person's name."""

    account_id: str
    case_id: str
    verdict: Literal["certain", "likely", "person"]
    score: float
    reasons: tuple[str, ...]
    state: JoinState
    by: str
    at: datetime

    @property
    def join_id(self) -> str:
        return f"{self.account_id}>{self.case_id}"


ReviewKind = Literal[
    "field-doubtful", "conflict", "incomplete", "join", "page-unread", "contents-only", "rule-unmatched"
]
"""存疑字段; 数据有出入; 缺少必填项; 可能是同一起事故; 页面未读出; 只有目录; 法规版本待定."""


@dataclass(frozen=True, slots=True)
class Review:
    """Something that needs a person. `what` and `proposal` are shown (Chinese); `choices` are values to pick from.

    `field` is a key of `corrections.FIELDS`. Span and page are of the source named. `decision` is what was
    decided: `{"action": …, "value": …}`.
    """

    review_id: str
    kind: ReviewKind
    what: str
    source: str
    proposal: str = ""
    account_id: str | None = None
    case_id: str | None = None
    field: str | None = None
    page: int | None = None
    span: tuple[int, int] | None = None
    choices: tuple[Any, ...] = ()
    state: Literal["open", "decided"] = "open"
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a person gave for a field, in place of `before`."""

    value: Any
    before: Any
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """All that persons made of one field of one case, oldest first; the last counts, `withdrawn` none does."""

    case_id: str
    field: str
    changes: tuple[Change, ...]
    withdrawn: bool = False

    @property
    def correction_id(self) -> str:
        return f"{self.case_id}/{self.field}"


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """What a person said of columns of one table: index → field, None for not used; as `ColumnMapping.corrected`."""

    table: int
    fields: dict[int, str | None]
    unit: str | None
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptColumns:
    """The columns of a table file as persons corrected them; stays when the file is removed, as corrections do.

    `changes`: oldest first. `numbers`: row of the document, counted over all its tables from 0 → number of the
    account that the row made under whatever mapping: a row keeps the id of its case.
    """

    sha256: str
    tables: tuple[TableMapping, ...]
    changes: tuple[ColumnChange, ...]
    numbers: dict[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage of an imported text: verbatim, [start, end) in the text of the source, on page `page`."""

    name: str
    text: str
    source: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """What imported files tell of one record of the base: a case, or a rule version.

    `account_ids`: the accounts of a case, in the order they came; of a version, the sha256 of the file that holds
    its text. `pieces`: imported text that is indexed with the record.
    """

    account_ids: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()


EntryState = Literal["pending", "reading", "done", "skipped", "failed", "cancelled"]
FINAL: frozenset[EntryState] = frozenset({"done", "skipped", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a job; `message` is Chinese and says what came of it."""

    number: int
    name: str
    sha256: str | None
    size_bytes: int
    state: EntryState = "pending"
    message: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    """`cases` new, `joined` to cases that were there, `waiting`, `articles`, `reviews`."""
    record_ids: tuple[str, ...] = ()
    """Cases and articles that the file made or added to."""


JobState = Literal["waiting", "running", "embedding", "done", "cancelled"]
ENDED: tuple[JobState, ...] = ("done", "cancelled")


@dataclass(frozen=True, slots=True)
class Job:
    """One import of some files. `message` (Chinese) tells what went wrong outside the files."""

    job_id: str
    created_at: datetime
    who: str
    state: JobState
    entries: tuple[Entry, ...]
    message: str = ""

    @property
    def states(self) -> dict[EntryState, int]:
        """How many files are in each state."""
        return dict(Counter(entry.state for entry in self.entries))

    @property
    def finished(self) -> bool:
        return all(entry.state in FINAL for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Difference:
    """One change between two texts, paragraph by paragraph; "" on the side that has nothing there."""

    kind: Literal["added", "removed", "changed"]
    before: str
    after: str
    before_page: int | None
    after_page: int | None
