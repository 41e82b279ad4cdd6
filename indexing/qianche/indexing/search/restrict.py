"""Restrictions of a request as one Haystack filter a kind; a field can be left out, for its own facet."""

from __future__ import annotations

from typing import Any

from qianche.corpus.schemes import ALL_SECTORS
from qianche.indexing.documents import CASES, FIELDS, RULES
from qianche.indexing.search.answer import CaseFilters, Kind, RuleFilters, SearchRequest
from qianche.indexing.search.law_of_the_day import LawOfTheDay
from qianche.indexing.store.protocol import Filters

COLLECTIONS: dict[Kind, str] = {"case": CASES, "rule": RULES}
FACETS: dict[Kind, tuple[str, ...]] = {
    kind: tuple(declared.name for declared in FIELDS[collection] if declared.facet)
    for kind, collection in COLLECTIONS.items()
}
"""Names of the facet fields of a kind, which are those of its filters too."""


def _condition(name: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": f"meta.{name}", "operator": operator, "value": value}


def _joined(operator: str, conditions: list[dict[str, Any]]) -> dict[str, Any]:
    return conditions[0] if len(conditions) == 1 else {"operator": operator, "conditions": conditions}


def _any_of(name: str, values: tuple[Any, ...]) -> dict[str, Any]:
    return _condition(name, "in", list(values))


def _case_conditions(filters: CaseFilters, leave_out: str | None) -> list[dict[str, Any]]:
    conditions = [
        _any_of(name, values)
        for name in FACETS["case"]
        if name != leave_out and (values := getattr(filters, name))
    ]
    ranges = (
        ("occurred_on", ">=", filters.date_from.isoformat() if filters.date_from else None),
        ("occurred_on", "<=", filters.date_to.isoformat() if filters.date_to else None),
        ("deaths", ">=", filters.deaths_min),
        ("deaths", "<=", filters.deaths_max),
    )
    return conditions + [_condition(*bound) for bound in ranges if bound[2] is not None]


def _of_the_day(law: LawOfTheDay) -> dict[str, Any]:
    """The filter for what answers for a day.

    A version whose first day is not known passes from its issue on, so that it is not lost: its status is
    效力待核, never 现行. Of a version that only stands in for another its articles pass, not the version itself.
    """
    applying = _any_of("version_id", law.versions)
    standing_in = [_any_of("version_id", tuple(law.stand_ins)), _condition("is_provision", "==", True)]
    return {"operator": "OR", "conditions": [applying, _joined("AND", standing_in)]}


def _rule_conditions(
    request: SearchRequest, filters: RuleFilters, law: LawOfTheDay | None, leave_out: str | None
) -> list[dict[str, Any]]:
    conditions = []
    for name in FACETS["rule"]:
        values = getattr(filters, name)
        if name == leave_out or not values:
            continue
        conditions.append(_any_of(name, (*values, ALL_SECTORS) if name == "sector" else values))
    if request.scope == "safety":
        conditions.append(_condition("core", "==", True))
    if law is not None:
        conditions.append(_of_the_day(law))
    return conditions


def restriction(
    request: SearchRequest, kind: Kind, law: LawOfTheDay | None = None, leave_out: str | None = None
) -> Filters | None:
    """Return the filter of a request for one kind; None where nothing is restricted.

    Args:
        request: what is asked.
        kind: of the records looked for.
        law: of the day asked; None lets rules of any day pass.
        leave_out: a facet field whose own restriction is not to count.
    """
    if kind == "case":
        conditions = _case_conditions(request.case_filters, leave_out)
    else:
        conditions = _rule_conditions(request, request.rule_filters, law, leave_out)
    return _joined("AND", conditions) if conditions else None


def restricted_fields(request: SearchRequest, kind: Kind) -> tuple[str, ...]:
    """Return the facet fields that the request restricts."""
    filters = request.case_filters if kind == "case" else request.rule_filters
    return tuple(name for name in FACETS[kind] if getattr(filters, name))
