"""Random documents and filters over declared and undeclared fields, for the property tests of every store."""

from __future__ import annotations

from typing import Any

from haystack.dataclasses import Document
from hypothesis import strategies as st

SECTORS = ["煤矿", "工贸", "消防", "2021-06-10"]
EQUIPMENT = ["反应釜", "储罐", "起重机"]
DAYS = ["2019-12-31", "2020-01-01", "2021-06-10"]
COLOURS = ["红", "黄", 1, 1.5, True, "2020-01-01T08:00:00+08:00"]

_METAS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "sector": st.sampled_from([*SECTORS, None]),
        "equipment": st.lists(st.sampled_from(EQUIPMENT), max_size=3),
        "occurred_on": st.sampled_from(DAYS),
        "deaths": st.integers(-1, 3),
        "colour": st.sampled_from([*COLOURS, None]) | st.lists(st.sampled_from(COLOURS), max_size=2),
        "site": st.fixed_dictionaries({"floor": st.integers(0, 2)}),
    },
)


def documents(least: int = 0, most: int = 12) -> st.SearchStrategy[list[Document]]:
    """Lists of documents numbered from 0, with any of the fields above or none."""
    return st.lists(_METAS, min_size=least, max_size=most).map(
        lambda metas: [Document(id=str(i), content=f"pump {i}", meta=m) for i, m in enumerate(metas)]
    )


def _leaf(field: str, values: list[Any], *, ordered: bool) -> st.SearchStrategy[dict[str, Any]]:
    """Comparisons of one field with its values, None, and lists of them."""
    one = st.sampled_from([*values, None])
    single = st.tuples(st.sampled_from(["==", "!="]), one)
    several = st.tuples(st.sampled_from(["in", "not in"]), st.lists(one, max_size=3))
    order = st.tuples(st.sampled_from([">", ">=", "<", "<="]), one)
    return (single | several | order if ordered else single | several).map(
        lambda pair: {"field": field, "operator": pair[0], "value": pair[1]}
    )


_LEAVES = st.one_of(
    _leaf("meta.sector", SECTORS, ordered=False),
    _leaf("equipment", EQUIPMENT, ordered=False),
    _leaf("meta.occurred_on", [*DAYS, "2020-01-01T12:00:00"], ordered=True),
    _leaf("meta.deaths", [0, 1, 2.0], ordered=True),
    _leaf("meta.colour", COLOURS, ordered=False),
    _leaf("meta.colour", [1, 0.5, "2020-01-01"], ordered=True),
    _leaf("meta.site.floor", [0, 1], ordered=True),
    _leaf("id", ["0", "3"], ordered=False),
)


def filters() -> st.SearchStrategy[dict[str, Any]]:
    """Trees of AND, OR and NOT, empty ones included."""
    return st.recursive(
        _LEAVES,
        lambda parts: st.builds(
            lambda operator, conditions: {"operator": operator, "conditions": conditions},
            st.sampled_from(["AND", "OR", "NOT"]),
            st.lists(parts, max_size=3),
        ),
        max_leaves=6,
    )
