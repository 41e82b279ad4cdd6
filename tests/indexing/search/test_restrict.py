"""A request's restrictions, checked by what passes the reference meaning of filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from haystack.dataclasses import Document

from qianche.indexing.search.answer import CaseFilters, RuleFilters, SearchRequest
from qianche.indexing.search.restrict import restricted_fields, restriction
from qianche.indexing.store.filters import matches

REQUEST = SearchRequest(query="罐内闷倒", as_of=date(2026, 11, 25))


def rule(**meta: object) -> Document:
    defaults = {"core": True, "sector": ["综合"], "level": "法律", "rule": "a-law", "has_text": True}
    return Document(content="x", meta=defaults | meta)


def passes(request: SearchRequest, document: Document, kind: str = "rule") -> bool:
    filters = restriction(request, kind)  # type: ignore[arg-type]
    return filters is None or matches(dict(filters), document)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 8, 31), False),  # the day before its first day
        (date(2021, 9, 1), True),
        (date(2023, 12, 31), True),  # its last day
        (date(2024, 1, 1), False),
    ],
)
def test_only_what_applies_on_the_day_passes(day: date, expected: bool) -> None:
    version = rule(version_date="2021-06-10", effective_from="2021-09-01", effective_to="2023-12-31")
    assert passes(replace(REQUEST, as_of=day), version) is expected


def test_a_version_with_unknown_first_day_is_not_lost_once_it_was_issued() -> None:
    version = rule(version_date="2017-11-13")
    assert passes(replace(REQUEST, as_of=date(2017, 11, 12)), version) is False
    assert passes(replace(REQUEST, as_of=date(2017, 11, 13)), version) is True
    assert passes(REQUEST, rule()) is True


def test_dead_and_coming_law_passes_when_it_is_asked_for() -> None:
    dead = rule(version_date="2014-04-24", effective_from="2015-01-01", effective_to="2026-08-14")
    assert passes(REQUEST, dead) is False
    assert passes(replace(REQUEST, include_not_in_force=True), dead) is True


def test_the_safety_scope_keeps_core_rules_and_all_keeps_everything() -> None:
    code = rule(core=False, effective_from="2021-01-01", version_date="2020-05-28")
    assert passes(REQUEST, code) is False
    assert passes(replace(REQUEST, scope="all"), code) is True


def test_a_rule_for_every_trade_passes_every_sector() -> None:
    request = replace(REQUEST, rule_filters=RuleFilters(sector=("煤矿",)))
    assert passes(request, rule(sector=["综合"])) is True
    assert passes(request, rule(sector=["煤矿", "非煤矿山"])) is True
    assert passes(request, rule(sector=["消防"])) is False


def test_values_of_a_field_are_alternatives_and_fields_are_joined() -> None:
    filters = CaseFilters(sector=("煤矿", "工贸"), deaths_min=3, date_to=date(2015, 12, 31))
    request = replace(REQUEST, case_filters=filters)

    def case(**meta: object) -> bool:
        defaults = {"sector": "煤矿", "deaths": 3, "occurred_on": "2015-12-31"}
        return passes(request, Document(content="x", meta=defaults | meta), "case")

    assert case() is True
    assert case(sector="工贸") is True
    assert case(sector="消防") is False
    assert case(deaths=2) is False
    assert case(deaths=None) is False  # unknown is not 3 or more
    assert case(occurred_on="2016-01-01") is False


def test_a_field_can_be_left_out_for_its_own_facet() -> None:
    request = replace(REQUEST, case_filters=CaseFilters(sector=("煤矿",), grade=("重大",)))
    assert restricted_fields(request, "case") == ("sector", "grade")
    assert restriction(request, "case", leave_out="sector") == {
        "field": "meta.grade", "operator": "in", "value": ["重大"],
    }  # fmt: skip


def test_a_request_without_filters_restricts_cases_in_nothing() -> None:
    assert restriction(REQUEST, "case") is None
