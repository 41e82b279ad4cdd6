"""What a filter means: by a table, against Haystack where both agree by design, the columns against it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest
from haystack.dataclasses import Document
from haystack.errors import FilterError
from haystack.utils.filters import document_matches_filter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.indexing.store import trees

from qianche.indexing.documents import CASE_FIELDS
from qianche.indexing.store.embedded.columns import Columns
from qianche.indexing.store.filters import MAX_DEPTH, check, comparisons, matches, parse, passes, read
from qianche.indexing.store.protocol import key_of

CHINA = timezone(timedelta(hours=8))
CASE = Document(
    id="c1",
    content="焊工动火引燃保温棉",
    meta={
        "sector": "工贸", "equipment": ["储罐", "焊机"], "occurred_on": "2021-03-05", "deaths": 2,
        "core": True, "substances": [], "site": {"floor": 3}, "price": 1.5, "gone": None,
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "operator", "value", "expected", "why"),
    [
        ("meta.sector", "==", "工贸", True, "same text"),
        ("sector", "==", "工贸", True, "the prefix may be left out"),
        ("meta.sector", "!=", "煤矿", True, "another text"),
        ("meta.sector", "in", ["煤矿", "工贸"], True, "one of the list"),
        ("meta.sector", "not in", ["煤矿"], True, "none of the list"),
        ("meta.sector", "in", [], False, "nothing is in an empty list"),
        ("meta.sector", "not in", [], True, "everything is outside an empty list"),
        ("meta.equipment", "==", "储罐", True, "a list passes when one element does"),
        ("meta.equipment", "==", "起重机", False, "no element does"),
        ("meta.equipment", "!=", "储罐", False, "!= is the opposite of =="),
        ("meta.equipment", "in", ["起重机", "焊机"], True, "one element among the wanted"),
        ("meta.equipment", "not in", ["起重机"], True, "no element among the unwanted"),
        ("meta.substances", "==", None, True, "an empty list is no value"),
        ("meta.substances", "!=", None, False, "and so not something"),
        ("meta.gone", "==", None, True, "None is no value"),
        ("meta.nowhere", "==", None, True, "a missing key is no value"),
        ("meta.nowhere", "!=", "x", True, "no value differs from every value"),
        ("meta.nowhere", "in", [None, "x"], True, "None in the list wants absence"),
        ("meta.nowhere", "not in", ["x"], True, "absence is not in the list"),
        ("meta.nowhere", "<", 5, False, "nothing has no order"),
        ("meta.deaths", ">=", 2, True, "numbers"),
        ("meta.deaths", ">", 2, False, "numbers"),
        ("meta.deaths", "==", 2.0, True, "2 is 2.0"),
        ("meta.deaths", "<", None, False, "nothing is below nothing"),
        ("meta.deaths", ">", "2020-01-01", False, "a number has no order with a date"),
        ("meta.price", "<", 2, True, "a float"),
        ("meta.core", "==", True, True, "a boolean"),
        ("meta.core", "==", 1, False, "true is not 1"),
        ("meta.occurred_on", "==", "2021-03-05T00:00:00", True, "the same moment"),
        ("meta.occurred_on", "==", date(2021, 3, 5), True, "a date object"),
        ("meta.occurred_on", "<=", "2021-03-05", True, "the day itself"),
        ("meta.occurred_on", ">", "2021-03-04T23:59:59+00:00", True, "a time without zone is UTC"),
        ("meta.occurred_on", "<", datetime(2021, 3, 5, 8, tzinfo=CHINA), False, "the same moment"),
        ("meta.occurred_on", "==", "2021-3-5", False, "not ISO, so another text"),
        ("meta.site.floor", "==", 3, True, "a path"),
        ("meta.site.floor.x", "==", None, True, "a path through a number leads nowhere"),
        ("meta.sector.x", "==", None, True, "a path through a text leads nowhere"),
        ("id", "==", "c1", True, "the document's id"),
        ("content", "==", "焊工动火引燃保温棉", True, "the document's text"),
        ("meta.id", "==", None, True, "meta.id is not the document's id"),
    ],
)  # fmt: skip
def test_a_comparison_means(field: str, operator: str, value: Any, expected: bool, why: str) -> None:
    assert matches({"field": field, "operator": operator, "value": value}, CASE) is expected, why


YES = {"field": "meta.deaths", "operator": "==", "value": 2}
NO = {"field": "meta.deaths", "operator": "==", "value": 3}


@pytest.mark.parametrize(
    ("operator", "conditions", "expected"),
    [
        ("AND", [YES, YES], True), ("AND", [YES, NO], False), ("OR", [NO, YES], True),
        ("OR", [NO, NO], False), ("NOT", [YES, NO], True), ("NOT", [YES, YES], False), ("NOT", [NO], True),
        ("AND", [], True), ("OR", [], False), ("NOT", [], False),
    ],
)  # fmt: skip
def test_a_combination_means(operator: str, conditions: list[Any], expected: bool) -> None:
    assert matches({"operator": operator, "conditions": conditions}, CASE) is expected


def test_no_filter_passes_everything() -> None:
    assert matches(None, CASE)
    assert matches({}, CASE)


def nested(levels: int) -> dict[str, Any]:
    inner: dict[str, Any] = YES
    for _ in range(levels - 1):
        inner = {"operator": "AND", "conditions": [inner]}
    return inner


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ("sector", "应是对象"),
        ({"operator": "AND"}, "conditions"),
        ({"conditions": []}, "operator"),
        ({"operator": "XOR", "conditions": []}, "AND、OR、NOT"),
        ({"operator": "AND", "conditions": YES}, "应是列表"),
        ({"operator": "AND", "conditions": ["sector"]}, "应是对象"),
        ({"field": "meta.a", "operator": "=="}, "value"),
        ({"field": "meta.a", "value": 1}, "operator"),
        ({"field": "meta.a", "operator": "~", "value": 1}, "可选"),
        ({"field": "meta.a", "operator": "in", "value": "x"}, "应是列表"),
        ({"field": "meta.a", "operator": "in", "value": (1, 2)}, "应是列表"),
        ({"field": "meta.a", "operator": "in", "value": [[1]]}, "单个值"),
        ({"field": "meta.a", "operator": "==", "value": [1]}, "请用 in"),
        ({"field": "meta.a", "operator": "==", "value": {"b": 1}}, "单个值"),
        ({"field": "meta.a", "operator": ">", "value": "10"}, "ISO"),
        ({"field": "meta.a", "operator": ">", "value": True}, "ISO"),
        ({"field": "meta.a", "operator": ">", "value": [1]}, "单个值"),
        ({"field": "meta.a", "operator": "==", "value": float("nan")}, "有限"),
        ({"field": "meta.a", "operator": "<", "value": float("inf")}, "有限"),
        ({"field": "embedding", "operator": "==", "value": None}, "不能按"),
        ({"field": 3, "operator": "==", "value": None}, "不能按"),
        ({"field": "meta.sector", "operator": "==", "value": 3}, "应是文字"),
        ({"field": "meta.sector", "operator": ">", "value": "2021-06-10"}, "不能用 >"),
        ({"field": "meta.deaths", "operator": "==", "value": "3"}, "应是数"),
        ({"field": "deaths", "operator": "in", "value": [1, True]}, "应是数"),
        ({"field": "meta.occurred_on", "operator": ">=", "value": 2021}, "YYYY-MM-DD"),
        ({"field": "meta.occurred_on", "operator": "==", "value": "2021-02-30"}, "YYYY-MM-DD"),
        (nested(MAX_DEPTH + 1), "嵌套"),
    ],
)
def test_a_malformed_filter_is_refused_in_words(filters: Any, said: str) -> None:
    with pytest.raises(FilterError, match=said):
        check(filters, CASE_FIELDS)


def test_the_deepest_filter_allowed_is_answered() -> None:
    assert matches(nested(MAX_DEPTH), CASE)


# Where both sides are scalars of one type, Haystack's own evaluator is a second implementation.
_SCALARS = st.sampled_from(["red", "blue", 0, 1, 2.5, None, "2020-01-01", "2021-06-10T12:00:00"])
_NUMBERS = st.sampled_from([-1, 0, 1, 2.5, None])


@st.composite
def _agreed(draw: st.DrawFn) -> tuple[dict[str, Any], Document]:
    document = Document(id="d", meta={"a": draw(_SCALARS), "n": draw(_NUMBERS)})
    leaf = st.one_of(
        st.builds(
            lambda o, v: {"field": "meta.a", "operator": o, "value": v},
            st.sampled_from(["==", "!="]),
            _SCALARS,
        ),
        st.builds(
            lambda o, v: {"field": "meta.a", "operator": o, "value": v},
            st.sampled_from(["in", "not in"]),
            st.lists(_SCALARS, max_size=3),
        ),
        st.builds(
            lambda o, v: {"field": "meta.n", "operator": o, "value": v},
            st.sampled_from([">", ">=", "<", "<="]),
            _NUMBERS,
        ),
    )
    tree = st.recursive(
        leaf,
        lambda parts: st.builds(
            lambda o, c: {"operator": o, "conditions": c},
            st.sampled_from(["AND", "OR", "NOT"]),
            st.lists(parts, max_size=3),
        ),
        max_leaves=5,
    )
    return draw(tree), document


@settings(max_examples=150, deadline=None)
@given(_agreed())
def test_the_meaning_is_haystacks_where_the_data_leave_no_doubt(
    pair: tuple[dict[str, Any], Document],
) -> None:
    filters, document = pair
    assert matches(filters, document) == document_matches_filter(filters, document)


@settings(max_examples=150, deadline=None)
@given(trees.documents(), trees.filters())
def test_the_column_mask_is_the_reference_evaluator(
    documents: list[Document], filters: dict[str, Any]
) -> None:
    condition = parse(filters, CASE_FIELDS)
    assert condition is not None
    columns = Columns.empty(CASE_FIELDS).updated(
        np.empty(0, dtype=np.int64), ((key_of(d.id), key_of(d.id), d.meta) for d in documents)
    )
    by_key = sorted(documents, key=lambda d: key_of(d.id))
    others = {
        leaf: np.array([leaf.holds(read(leaf, d)) for d in by_key], dtype=np.bool_)
        for leaf in comparisons(condition)
        if not columns.holds(leaf)
    }
    assert columns.mask(condition, others).tolist() == [matches(filters, d) for d in by_key]
    assert [passes(condition, d) for d in by_key] == [matches(filters, d) for d in by_key]


@settings(max_examples=60, deadline=None)
@given(trees.documents(), trees.documents(), st.sets(st.integers(0, 11)))
def test_columns_brought_up_to_date_are_the_columns_made_at_once(
    before: list[Document], after: list[Document], removed: set[int]
) -> None:
    nothing = np.empty(0, dtype=np.int64)
    gone = np.array([key_of(str(i)) for i in removed], dtype=np.int64)

    def rows(documents: list[Document]) -> list[tuple[int, int, dict[str, Any]]]:
        return [(key_of(d.id), key_of(d.id), d.meta) for d in documents]

    step = Columns.empty(CASE_FIELDS).updated(nothing, rows(before)).updated(gone, rows(after))
    left = {d.id: d for d in before if int(d.id) not in removed} | {d.id: d for d in after}
    once = Columns.empty(CASE_FIELDS).updated(nothing, rows(list(left.values())))
    assert step.keys.tolist() == once.keys.tolist()
    for name, column in once.columns.items():
        assert [step.columns[name].parsed[c] for c in step.columns[name].codes] == [
            column.parsed[c] for c in column.codes
        ]
