"""A request's restrictions, checked by what passes the reference meaning of filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from haystack.dataclasses import Document

from qianche.corpus.register import load_register
from qianche.indexing.search.answer import CaseFilters, RuleFilters, SearchRequest
from qianche.indexing.search.law_of_the_day import LawOfTheDay
from qianche.indexing.search.restrict import restricted_fields, restriction
from qianche.indexing.store.filters import matches

VERSION = load_register().version("work-safety-law@2014-08-31")
REQUEST = SearchRequest(query="罐内闷倒", as_of=date(2026, 11, 25))


def rule(**meta: object) -> Document:
    defaults = {"core": True, "sector": ["综合"], "level": "法律", "rule": "a-law", "has_text": True}
    return Document(content="x", meta=defaults | meta)


def passes(
    request: SearchRequest, document: Document, kind: str = "rule", law: LawOfTheDay | None = None
) -> bool:
    filters = restriction(request, kind, law)  # type: ignore[arg-type]
    return filters is None or matches(dict(filters), document)


LAW = LawOfTheDay(("a@2014-08-31",), ("a@2021-06-10",), {"a@2021-06-10": VERSION})
"""A day on which the text of 2014 applied, which is not held; that of 2021 stands in."""


@pytest.mark.parametrize(
    ("version_id", "is_provision", "expected"),
    [
        ("a@2014-08-31", False, True),  # the rule by its title
        ("a@2021-06-10", True, True),
        ("a@2021-06-10", False, False),  # a title that did not apply is no answer
        ("a@2002-06-29", True, False),
    ],
)
def test_what_answers_for_the_day_passes(version_id: str, is_provision: bool, expected: bool) -> None:
    assert passes(REQUEST, rule(version_id=version_id, is_provision=is_provision), law=LAW) is expected


def test_law_of_any_day_passes_where_none_is_asked_for() -> None:
    assert passes(REQUEST, rule(version_id="a@2002-06-29", is_provision=True)) is True


def test_the_safety_scope_keeps_core_rules_and_all_keeps_everything() -> None:
    code = rule(core=False)
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
