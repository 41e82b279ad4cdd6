"""The state of the search page: what buttons change, and that an address means its state."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.schemes import GRADES, SECTORS
from qianche.service.pages.state import canonical_pairs, read_parameters

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("sent", "led_to"),
    [
        ([("sector", "煤矿"), ("q", "火"), ("sector", "工贸")],
         [("q", "火"), ("sector", "煤矿"), ("sector", "工贸")]),
        ([("q", "火"), ("sector", "工贸"), ("sector", "工贸")], [("q", "火"), ("sector", "工贸")]),
        ([("q", "火"), ("sector", "工贸"), ("drop", "sector:工贸")], [("q", "火")]),
        ([("q", "火"), ("sort", "date"), ("set", "sort:deaths")], [("q", "火"), ("sort", "deaths")]),
        ([("q", "火"), ("sort", "date"), ("set", "sort:relevance")], [("q", "火")]),
        ([("q", "火"), ("deaths_min", "0")], [("q", "火"), ("deaths_min", "0")]),
        ([("q", "火"), ("deaths_min", "3"), ("drop", "deaths_min")], [("q", "火")]),
        (
            [("q", "火"), ("scope", "all"), ("year", "2019"), ("date_to", "2020-01-01"), ("drop", "filters")],
            [("q", "火"), ("scope", "all")],
        ),
        ([("q", "火"), ("from", "singlemessage"), ("utm_source", "x")], [("q", "火")]),
        ([("q", "火"), ("as_of", "2026-11-25")], [("q", "火")]),
        ([("q", "火"), ("as_of", "2015-01-01")], [("q", "火"), ("as_of", "2015-01-01")]),
        ([("q", "火"), ("set", "kinds:case"), ("set", "q:水"), ("facets", "false")], [("q", "火")]),
    ],
)  # fmt: skip
def test_buttons_change_the_state(sent: list[tuple[str, str]], led_to: list[tuple[str, str]]) -> None:
    assert canonical_pairs(read_parameters(sent), TODAY) == led_to


@given(
    st.text(max_size=30),
    st.lists(st.sampled_from(SECTORS), max_size=4),
    st.lists(st.sampled_from(GRADES), max_size=4),
    st.lists(st.text(min_size=1, max_size=10), max_size=3),
    st.one_of(st.none(), st.dates()),
    st.one_of(st.none(), st.integers(0, 1000)),
    st.sampled_from(["relevance", "date", "deaths"]),
    st.integers(1, 100),
)
def test_the_address_of_a_state_means_that_state(
    query: str,
    sectors: list[str],
    grades: list[str],
    substances: list[str],
    day: date | None,
    deaths: int | None,
    sort: str,
    top_k: int,
) -> None:
    pairs = [("q", query), ("sort", sort), ("top_k", str(top_k))]
    pairs += [("sector", s) for s in sectors] + [("grade", g) for g in grades]
    pairs += [("substances", s) for s in substances]
    if day is not None:
        pairs += [("as_of", day.isoformat()), ("date_from", day.isoformat())]
    if deaths is not None:
        pairs += [("deaths_max", str(deaths))]
    once = canonical_pairs(read_parameters(pairs), TODAY)
    through_address = parse_qsl(urlencode(once), keep_blank_values=True)
    assert canonical_pairs(read_parameters(through_address), TODAY) == once
