"""The hard facts of one accident put together, with the warnings that come of comparing them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.draft import Field, Moment, Part, Whereabouts
from qianche.corpus.reports.fields.account import account_of
from qianche.corpus.reports.fields.classes import find_classes
from qianche.corpus.reports.fields.dates import find_mentions
from qianche.corpus.reports.fields.losses import find_loss
from qianche.corpus.reports.fields.moments import find_moment
from qianche.corpus.reports.fields.names import find_name
from qianche.corpus.reports.fields.places import find_place
from qianche.corpus.reports.fields.severity import find_severity
from qianche.corpus.reports.fields.statements import find_statements
from qianche.corpus.reports.fields.tolls import find_tolls
from qianche.corpus.reports.fields.victims import check_victims, listed_deaths


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The fields of `CaseDraft` that are facts and figures, under the same names."""

    name: Field[str] = field(default_factory=Field)
    moment: Field[Moment] = field(default_factory=Field)
    place: Field[Whereabouts] = field(default_factory=Field)
    sector: Field[str] = field(default_factory=Field)
    accident_class: dict[str, Field[str]] = field(default_factory=dict)
    work_kind: Field[str] = field(default_factory=Field)
    deaths: Field[int] = field(default_factory=Field)
    missing: Field[int] = field(default_factory=Field)
    severe_injuries: Field[int] = field(default_factory=Field)
    injured: Field[int] = field(default_factory=Field)
    direct_loss_wan: Field[float] = field(default_factory=Field)
    severity_named: Field[str] = field(default_factory=Field)
    severity_computed: Field[str] = field(default_factory=Field)
    warnings: tuple[str, ...] = ()


_CONFLICTS = (
    ("moment", "事故时间"),
    ("place", "事故地点"),
    ("deaths", "死亡人数"),
    ("missing", "失踪人数"),
    ("severe_injuries", "重伤人数"),
    ("injured", "受伤人数"),
    ("direct_loss_wan", "直接经济损失（万元）"),
    ("severity_named", "事故等级"),
)


def find_facts(document: Document, span: Span, parts: tuple[Part, ...] = ()) -> CaseFacts:
    """Return the hard facts that one report tells of one accident, every value with the sentences that show it.

    Args:
        document: the whole document.
        span: the part of it that tells this accident.
        parts: its parts by meaning; without them they are told coarsely from headings.

    Values that the report gives differently are all kept and a warning (数据有出入) says so; what it does
    not state has no finding.
    """
    account = account_of(document, span, parts)
    mentions = find_mentions(account.sentences)
    statements = find_statements(account, mentions)
    moment = find_moment(account, mentions, statements)
    place = find_place(account, statements)
    tolls = find_tolls(account, statements)
    if not tolls.deaths.findings:
        tolls = replace(tolls, deaths=listed_deaths(document, span))
    loss = find_loss(account)
    classes = find_classes(account, statements, place.findings[0].value.text if place.findings else "")
    day = moment.field.findings[0].value.day if moment.field.findings else None
    severity = find_severity(account, day, tolls, loss.field)
    facts = CaseFacts(
        name=find_name(account, moment.field, place, classes.wording),
        moment=moment.field,
        place=place,
        sector=classes.sector,
        accident_class=classes.by_scheme,
        work_kind=classes.work_kind,
        deaths=tolls.deaths,
        missing=tolls.missing,
        severe_injuries=tolls.severe_injuries,
        injured=tolls.injured,
        direct_loss_wan=loss.field,
        severity_named=severity.named,
        severity_computed=severity.computed,
    )
    listed = check_victims(document, span, tolls.deaths)
    warnings = (*moment.warnings, *loss.warnings, *severity.warnings, *listed, *_conflicts(facts))
    return _with_warnings(facts, warnings)


def _conflicts(facts: CaseFacts) -> list[str]:
    """A warning for every field that the report gives in more than one way."""
    found = []
    for name, words in _CONFLICTS:
        values: Field[object] = getattr(facts, name)
        if values.conflicting:
            told = "、".join(_printed(finding.value) for finding in values.findings)
            found.append(f"数据有出入：{words}在文中有{told}几种说法。请核对后选定。")
    return found


def _printed(value: object) -> str:
    """A value as a user reads it."""
    if isinstance(value, Moment):
        return f"{value.day.isoformat()}{' ' + value.time if value.time else ''}"
    if isinstance(value, Whereabouts):
        return value.text
    return f"{value:g}" if isinstance(value, float) else str(value)


def _with_warnings(facts: CaseFacts, warnings: tuple[str, ...]) -> CaseFacts:
    """The facts with their warnings, each once."""
    return replace(facts, warnings=tuple(dict.fromkeys(warnings)))
