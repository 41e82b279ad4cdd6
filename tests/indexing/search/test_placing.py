"""Articles come by relevance; items of judging criteria and rules as such keep to their places."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from qianche.indexing.search.placing import Class, placed

CLASSES: dict[str, Class] = {"p": "provision", "c": "criterion", "r": "rule"}


def order(hits: Sequence[str]) -> str:
    """The classes of hits named p1, c2 … in the order they are shown."""
    return "".join(hit[0] for hit in placed(hits, lambda hit: CLASSES[hit[0]]))


def named(classes: str) -> list[str]:
    return [f"{letter}{number}" for number, letter in enumerate(classes)]


def test_criteria_and_rules_wait_for_their_places() -> None:
    assert order(named("ccrr" + "p" * 20)) == "pppcprpcpr" + "p" * 14


def test_a_place_never_advances_a_hit() -> None:
    assert order(named("ppppcppppppp")) == "pppppppcpppp"
    assert order(named("pppppppppppc" + "p" * 9)) == "p" * 13 + "c" + "p" * 7


def test_where_no_article_fits_the_rest_follows_by_relevance() -> None:
    assert order(named("crcr")) == "crcr"
    assert order(named("crpcr")) == "pcrcr"


@given(st.text(alphabet="pcr", max_size=40))
def test_nothing_is_lost_and_each_class_keeps_its_order(classes: str) -> None:
    hits = named(classes)
    shown = placed(hits, lambda hit: CLASSES[hit[0]])
    assert sorted(shown) == sorted(hits)
    for letter in "pcr":
        assert [hit for hit in shown if hit[0] == letter] == [hit for hit in hits if hit[0] == letter]
