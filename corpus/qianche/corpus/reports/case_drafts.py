"""A report becomes drafts, one an accident: parts, facts, content and citations put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from qianche.corpus.citations import find_citations
from qianche.corpus.citations.citation import Citation
from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports import content
from qianche.corpus.reports.accounts import find_accounts
from qianche.corpus.reports.draft import CaseDraft, Field, Finding, Moment
from qianche.corpus.reports.fields import CaseFacts, find_facts
from qianche.corpus.reports.parts import find_parts
from qianche.corpus.reports.splitting import split_accidents

_FIGURES = {
    "moment": "事故时间", "deaths": "死亡人数", "missing": "失踪人数", "severe_injuries": "重伤人数", "injured": "受伤人数",
    "direct_loss_wan": "直接经济损失（万元）", "severity_named": "事故等级",
}  # fmt: skip
"""Fields in which accounts of one accident can contradict each other; name and place differ in wording alone."""
_TELLING = frozenset(("course", "introduction", "direct_cause", "losses", "labels"))


def case_drafts(document: Document, spans: Sequence[Span] | None = None) -> tuple[CaseDraft, ...]:
    """Return one draft for every accident that the document tells, in the order of the text.

    Several accounts of one accident make one draft: what they say differently stands side by side in its fields.

    Args:
        document: a report, or a collection of them.
        spans: where each accident is told, if that is known; else it is found.
    """
    citations = find_citations(document.text)
    told = split_accidents(document) if spans is None else spans
    return tuple(_draft(document, span, citations) for span in told)


def citations_in(citations: Sequence[Citation], span: Span) -> tuple[Citation, ...]:
    """Return those citations that lie in the span."""
    return tuple(c for c in citations if span.start <= c.span.start and c.span.end <= span.end)


def _draft(document: Document, span: Span, citations: Sequence[Citation]) -> CaseDraft:
    """Return the draft of one accident."""
    accounts = find_accounts(document, span)
    told = [find_parts(document, account) for account in accounts]
    facts = [find_facts(document, account, parts) for account, parts in zip(accounts, told, strict=True)]
    parts = tuple(part for of in told for part in of)
    merged, conflicts = merge_facts(facts)
    missing = () if _TELLING & {part.kind for part in parts} else ("没有认出事故经过和原因。请核对原文。",)
    return CaseDraft(
        span=span,
        parts=parts,
        **{f.name: getattr(merged, f.name) for f in fields(CaseFacts) if f.name != "warnings"},
        units=content.find_units(document, span, parts),
        activity=content.find_activity(document, span, parts),
        equipment=content.find_equipment(document, span, parts),
        substances=content.find_substances(document, span, parts),
        initiating_event=content.find_initiating_event(document, span, parts),
        direct_cause=content.find_direct_cause(document, span, parts),
        indirect_causes=content.find_indirect_causes(document, span, parts),
        failed_barriers=content.find_failed_barriers(document, span, parts),
        citations=citations_in(citations, span),
        people=content.find_people(document, span, parts),
        lessons=content.find_lessons(document, span, parts),
        measures=content.find_measures(document, span, parts),
        warnings=(*merged.warnings, *conflicts, *content.check_people(document, span, parts), *missing),
    )


def merge_facts(told: Sequence[CaseFacts]) -> tuple[CaseFacts, tuple[str, ...]]:
    """Return what several accounts of one accident say together, and a warning for every contradiction."""
    if len(told) == 1:
        return told[0], ()
    merged: dict[str, Any] = {}
    for name in (f.name for f in fields(CaseFacts)):
        values = [getattr(facts, name) for facts in told]
        if name == "warnings":
            merged[name] = tuple(dict.fromkeys(warning for of in values for warning in of))
        elif name == "accident_class":
            schemes = dict.fromkeys(scheme for of in values for scheme in of)
            merged[name] = {s: _merged(s, [of.get(s, Field()) for of in values]) for s in schemes}
        else:
            merged[name] = _merged(name, values)
    together = CaseFacts(**merged)
    return together, _contradictions(together, told)


def _merged(name: str, values: Sequence[Field[Any]]) -> Field[Any]:
    """Return one field with every distinct value once; of names and places the first account's."""
    if name in ("name", "place"):
        return next((value for value in values if value.findings), Field())
    found: list[Finding[Any]] = []
    for finding in (finding for value in values for finding in value.findings):
        at = next((i for i, other in enumerate(found) if _same(other.value, finding.value)), None)
        if at is None:
            found.append(finding)
        else:
            spans = tuple(dict.fromkeys((*found[at].spans, *finding.spans)))
            found[at] = replace(found[at], value=_fuller(found[at].value, finding.value), spans=spans)
    sure = [finding for finding in found if finding.sure]
    return Field(tuple(sure or found))


def _same(one: Any, other: Any) -> bool:
    """Return whether two values say the same; a day without its time contradicts no time of that day."""
    if isinstance(one, Moment) and isinstance(other, Moment):
        return one.day == other.day and (one.time == other.time or None in (one.time, other.time))
    return bool(one == other)


def _fuller(one: Any, other: Any) -> Any:
    """Return the value that says more."""
    return other if isinstance(one, Moment) and one.time is None else one


def _contradictions(together: CaseFacts, told: Sequence[CaseFacts]) -> tuple[str, ...]:
    """Return a warning for every figure that one account gives otherwise than another."""
    found = []
    for name, words in _FIGURES.items():
        field: Field[Any] = getattr(together, name)
        if field.conflicting and not any(getattr(facts, name).conflicting for facts in told):
            values = "、".join(_shown(finding.value) for finding in field.findings)
            found.append(
                f"数据有出入：同一事故的 {len(told)} 篇记述中，{words}有{values}几种说法。请核对后选定。"
            )
    return tuple(found)


def _shown(value: Any) -> str:
    """Return a value as a user reads it."""
    if isinstance(value, Moment):
        return f"{value.day.isoformat()}{' ' + value.time if value.time else ''}"
    return f"{value:g}" if isinstance(value, float) else str(value)
