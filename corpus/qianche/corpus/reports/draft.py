"""What a report says of one accident: every field with the places that say so, nothing chosen silently."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, TypeVar

from qianche.corpus.citations.citation import Citation
from qianche.corpus.reading.document import Span

T = TypeVar("T")

PartKind = Literal[
    "title", "introduction", "background", "course", "response", "losses", "direct_cause", "indirect_cause",
    "nature", "responsibility", "lessons", "measures", "annex", "labels", "contents", "other",
]  # fmt: skip
"""标题 引言 基本情况 事故经过 应急处置 伤亡和损失 直接原因 间接原因/管理原因 事故性质 责任认定与处理建议 教训
防范和整改措施 附件; `labels`: a block of 标签：值 lines at the end; `contents`: 目录."""

FoundBy = Literal["heading", "label", "sentence", "title", "table", "dictionary", "derived"]
"""How a value was found: under a heading of its own, beside a label, in a sentence by its wording, in the
title, in a table, by a word list, or derived from other fields (then `spans` are those fields' places)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the report; `span` covers heading and text, `heading` the heading alone (None: no heading)."""

    kind: PartKind
    span: Span
    heading: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """One place that states a value. `spans` are the sentence(s) that show it, best first; never empty.

    `sure` is False where a person should look; `remark` (Chinese) then says why.
    """

    value: T
    spans: tuple[Span, ...]
    found_by: FoundBy
    sure: bool = True
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """All that a report states about one field, one finding a distinct value, the most explicit first.

    A later total that includes an earlier partial figure (当场死亡2人 … 共造成3人死亡) is no conflict: the
    partial one is not a finding of this field.
    """

    findings: tuple[Finding[T], ...] = ()

    @property
    def value(self) -> T | None:
        """The value where the places agree, None where none states one or they disagree."""
        return self.findings[0].value if len(self.findings) == 1 else None

    @property
    def conflicting(self) -> bool:
        """Whether the report gives more than one value (数据有出入)."""
        return len(self.findings) > 1


@dataclass(frozen=True, slots=True)
class Moment:
    """When it happened: the day, and the time `HH:MM` as stated (None: not stated); `approximate`: 许, 左右, 约."""

    day: date
    time: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where it happened, as far as stated; `text` is the place as the report writes it."""

    text: str
    province: str | None = None
    city: str | None = None
    county: str | None = None
    town: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A company or authority with its role: 事故单位, 建设单位, 总包单位, 分包单位, 监理单位, 业主, 属地, 监管部门 …"""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in the report, with what is proposed for him. Kept out of exports unless asked for."""

    name: str
    role: str
    proposal: str


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """One accident as one report tells it; offsets are into the text of the document it was read from.

    `severity_named` is what the report calls it, `severity_computed` follows from toll and loss by 国务院令第493号;
    where they differ a warning says so. List fields hold one finding an entry.
    """

    span: Span
    """The part of the document that tells this accident."""
    parts: tuple[Part, ...] = ()
    name: Field[str] = field(default_factory=Field)
    moment: Field[Moment] = field(default_factory=Field)
    place: Field[Whereabouts] = field(default_factory=Field)
    sector: Field[str] = field(default_factory=Field)
    accident_class: dict[str, Field[str]] = field(default_factory=dict)
    """By scheme: gb6441-1986, coal-8."""
    work_kind: Field[str] = field(default_factory=Field)
    deaths: Field[int] = field(default_factory=Field)
    missing: Field[int] = field(default_factory=Field)
    severe_injuries: Field[int] = field(default_factory=Field)
    injured: Field[int] = field(default_factory=Field)
    direct_loss_wan: Field[float] = field(default_factory=Field)
    severity_named: Field[str] = field(default_factory=Field)
    severity_computed: Field[str] = field(default_factory=Field)
    units: tuple[Finding[Unit], ...] = ()
    activity: Field[str] = field(default_factory=Field)
    equipment: tuple[Finding[str], ...] = ()
    substances: tuple[Finding[str], ...] = ()
    initiating_event: Field[str] = field(default_factory=Field)
    direct_cause: Field[str] = field(default_factory=Field)
    indirect_causes: tuple[Finding[str], ...] = ()
    failed_barriers: tuple[Finding[str], ...] = ()
    citations: tuple[Citation, ...] = ()
    people: tuple[Finding[Person], ...] = ()
    lessons: tuple[Finding[str], ...] = ()
    measures: tuple[Finding[str], ...] = ()
    warnings: tuple[str, ...] = ()
    """Chinese sentences: figures in conflict, grade that does not follow from the toll, parts that are missing."""
