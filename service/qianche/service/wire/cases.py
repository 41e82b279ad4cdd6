"""Cases on the wire."""

from __future__ import annotations

from typing import Any

from qianche.corpus.casebook import labels as case_labels
from qianche.corpus.cases import AccidentClass, Case, Conflict, Provenance
from qianche.indexing.search.answer import (
    CaseHit,
)
from qianche.service import labels
from qianche.service.wire.found import Json, found

_OPTIONAL_PARTS = (
    "activity", "initiating_event", "direct_cause", "management_failures", "failed_barriers", "equipment",
    "substances", "lessons", "cited_rules",
)  # fmt: skip


def case_summary(case: Case) -> Json:
    """Return what a case card shows: identity, place, class, toll, and how far each is known."""
    toll, place = case.toll, case.place
    return {
        "id": case.case_id,
        "name": case.name,
        "origin": case.origin,
        "record_label": case_labels.record_label(case),
        "date": case.occurred_on.isoformat(),
        "time": case.occurred_at,
        "place": {
            "country": place.country,
            "province": place.province,
            "city": place.city,
            "county": place.county,
            "label": labels.case_place_label(case),
        },
        "sector": case.sector,
        "industry": case.industry,
        "work_kind": case.work_kind,
        "accident_classes": [_accident_class(c) for c in case.accident_classes],
        "grade": None
        if case.grade is None
        else {
            "value": case.grade.value,
            "basis": case.grade.basis,
            "basis_label": case_labels.GRADE_BASIS_LABELS[case.grade.basis],
            "label": case_labels.grade_label(case),
        },
        "deaths": toll.deaths,
        "missing": toll.missing,
        "severe_injuries": toll.severe_injuries,
        "injured": toll.injured,
        "direct_loss_wan": toll.direct_loss_wan,
        "toll_label": labels.toll_label(case),
        "numbers_confirmed": case.numbers_confirmed,
        "numbers_label": case_labels.numbers_label(case),
        "cause_basis": case.cause_basis,
        "cause_basis_label": case_labels.cause_label(case),
        "conflicts": [_conflict(c) for c in case.conflicts],
        "corrected": [
            {"field": c.field, "label": case_labels.FIELD_LABELS[c.field], "who": c.who}
            for c in case.corrected
        ],
    }


def case_record(case: Case) -> Json:
    """Return a whole case: the summary, every part, what is absent (原记录未载) and where it comes from."""
    parts = {name: _plain(getattr(case, name)) for name in _OPTIONAL_PARTS}
    return (
        case_summary(case)
        | parts
        | {
            "lessons_label": case_labels.lessons_label(case),
            "confidence": case.confidence,
            "confidence_label": case_labels.CONFIDENCE_LABELS[case.confidence],
            "note": case.note,
            "absent": [name for name in _OPTIONAL_PARTS if not parts[name] and not case.conflict_in(name)],
            "absent_label": case_labels.ABSENT,
            "provenance": [_provenance(p) for p in case.provenance],
        }
    )


def case_hit(hit: CaseHit) -> Json:
    """Return a case as found: the summary, its score and the evidence."""
    return case_summary(hit.case) | {"direct_cause": hit.case.direct_cause} | found(hit)


def _accident_class(item: AccidentClass) -> Json:
    """Return a class with its scheme; an undecided one has no value but candidates."""
    return {
        "scheme": item.scheme,
        "scheme_label": case_labels.SCHEME_LABELS[item.scheme],
        "value": item.value,
        "basis": item.basis,
        "basis_label": case_labels.CLASS_BASIS_LABELS[item.basis],
        "label": case_labels.class_label(item),
        "candidates": list(item.candidates),
    }


def _conflict(item: Conflict) -> Json:
    """Return the values that stand side by side, and the words to show in the place of the field."""
    return {
        "field": item.field,
        "label": case_labels.FIELD_LABELS[item.field],
        "values": list(item.values),
        "values_label": labels.figure_conflict_label(item.field, item.values),
    }


def _provenance(item: Provenance) -> Json:
    """Return the kind of a source; its address only where it may be shown as a link."""
    return {
        "kind": item.kind,
        "kind_label": case_labels.PROVENANCE_LABELS[item.kind],
        "url": item.locator if item.linkable else None,
    }


def _plain(value: Any) -> Any:
    """Return a tuple as a list, anything else as it is."""
    return list(value) if isinstance(value, tuple) else value
