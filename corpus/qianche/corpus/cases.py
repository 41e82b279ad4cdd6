"""Records of accidents: one `Case` is one accident, however many sources tell it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

CauseBasis = Literal["report", "page", "memory", "general", "person", "file", "preliminary", "absent"]
"""Where a stated cause comes from.

`report`: the text of an investigation report held here; `page`: a public page states it; `memory`: known
but not on a page seen; `general`: only the usual mechanism of such accidents, never a finding;
`person`: a user of this product entered or corrected it. Of imported files: `file`: the file states it, and is no
investigation report, or leaves it in doubt; `preliminary`: the file calls it 初步; `absent`: no cause is stated.
"""

GradeBasis = Literal["named", "computed", "computed-retroactive", "computed-missing", "person"]
"""`named`: the source names the grade (it differs from, or cannot follow from, the thresholds).

`computed`: follows from the thresholds of 国务院令第493号 §3; `computed-retroactive`: the same for an
accident before 2007-06-01, shown as 按493号令折算. `computed-missing`: reached only by counting the missing
as dead, which the regulation does not say; kept apart so that a page can say so. `person`: a user gave it.
"""

ClassBasis = Literal["source", "crosswalk", "reading", "undecided", "person"]
"""`source`: the source's own class; `crosswalk`: a one-to-one row of `crosswalk.py`; `reading`: we read the
record against the scheme's definition and no doubt was left; `undecided`: 待人工确定; `person`: a user
gave it.
"""

Confidence = Literal["high", "medium"]
"""`high`: casualties and date seen on a page and the cause stated there (of an imported record: found by an
investigation report, nothing in conflict or typed by a person); `medium`: anything less."""

ProvenanceKind = Literal["government", "court", "national-media", "website", "collection", "import"]
Origin = Literal["bundled", "imported"]


@dataclass(frozen=True, slots=True)
class AccidentClass:
    """The class of an accident in one scheme.

    `scheme` is a key of `schemes.CLASS_SCHEMES`: `gb6441-1986`, `gb6441-2025`, `coal-8`, or `common` for a
    word of common usage (瓦斯突出) that no list holds. With basis `undecided` (待人工确定) `value` is None
    and `candidates` lists what a person has to choose from.
    """

    scheme: str
    value: str | None
    basis: ClassBasis
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """事故等级: one of 特别重大, 重大, 较大, 一般, with how it was found."""

    value: str
    basis: GradeBasis


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened; a level that the source does not give is None."""

    country: str
    province: str | None
    city: str | None = None
    county: str | None = None


@dataclass(frozen=True, slots=True)
class Toll:
    """Casualties (persons) and direct loss (万元). Unknown is None, zero is 0.

    `injured` is everyone hurt and alive, `severe_injuries` (重伤) among them; `missing` are not in `deaths`.
    """

    deaths: int | None
    missing: int | None = None
    severe_injuries: int | None = None
    injured: int | None = None
    direct_loss_wan: float | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """One source of a record: what kind of place it is, where, and whether it may be shown as a link."""

    kind: ProvenanceKind
    locator: str
    linkable: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field for which the sources give several values (数据有出入), as they are read; the field itself is empty.

    `field` is a key of `casebook.labels.FIELD_LABELS`.
    """

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A field whose value a person gave, and who: no source is credited with it."""

    field: str
    who: str


@dataclass(frozen=True, slots=True)
class Case:
    """One accident. Equal means: the same accident, told the same way; identity is `case_id`.

    `management_failures`, `failed_barriers` and `lessons` of bundled records are our own reading and are
    shown as such; an empty tuple or None means 原记录未载, never "there was none".
    """

    case_id: str
    name: str
    occurred_on: date
    occurred_at: str | None
    """Local time `HH:MM`, 24 hours."""
    place: Place
    sector: str
    """One of `schemes.SECTORS`."""
    industry: str
    """The source's own free text."""
    work_kind: str
    """One of `schemes.WORK_KINDS`."""
    accident_classes: tuple[AccidentClass, ...]
    grade: Grade | None
    toll: Toll
    activity: str | None
    initiating_event: str | None
    direct_cause: str | None
    management_failures: tuple[str, ...]
    failed_barriers: tuple[str, ...]
    equipment: tuple[str, ...]
    substances: tuple[str, ...]
    lessons: tuple[str, ...]
    cited_rules: tuple[str, ...]
    cause_basis: CauseBasis
    numbers_confirmed: bool
    """Casualties and date were both seen on a page and agree; what persons gave (`corrected`) aside."""
    confidence: Confidence
    provenance: tuple[Provenance, ...]
    note: str | None = None
    """Conflicts between sources and gaps, in our own words."""
    origin: Origin = field(default="bundled")
    cause_doubtful: bool = False
    """The file leaves the cause in doubt (存疑): not stated as the direct cause, or told in several ways."""
    conflicts: tuple[Conflict, ...] = ()
    corrected: tuple[Corrected, ...] = ()

    def class_in(self, scheme: str) -> str | None:
        """Return the value of the class in `scheme`, None where the scheme is absent or undecided."""
        return next((c.value for c in self.accident_classes if c.scheme == scheme), None)

    def conflict_in(self, name: str) -> tuple[str, ...]:
        """Return the values that stand side by side in a field, () where it is not in conflict."""
        return next((c.values for c in self.conflicts if c.field == name), ())
