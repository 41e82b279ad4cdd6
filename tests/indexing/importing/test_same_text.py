"""Near-same texts and their differences."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.indexing.importing.making import LONG, document

from qianche.indexing.importing.differences import differences
from qianche.indexing.importing.same_text import (
    SKETCH,
    Sketches,
    nearly_same,
    reduced,
    resemblance,
    runs,
    sketch,
)

TEXT = "\n".join(LONG)
WORDS = st.text(st.sampled_from("甲乙丙丁戊己庚辛，。 1２Ａ"), max_size=80)


@given(WORDS)
def test_blanks_punctuation_and_width_do_not_count(text: str) -> None:
    spread = " ".join(text).replace("1", "１").replace("，", "\n")
    assert runs(spread) == runs(text)
    assert reduced(reduced(text)) == reduced(text)


@given(WORDS, WORDS)
def test_resemblance_is_the_same_both_ways_and_one_only_for_the_same_runs(one: str, other: str) -> None:
    a, b = runs(one), runs(other)
    assert resemblance(a, b) == resemblance(b, a)
    assert nearly_same(a, b) == nearly_same(b, a)
    assert (resemblance(a, b) == 1) == (a == b and bool(a))
    assert not nearly_same(runs(""), a)


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(0, len(LONG) - 1))
def test_a_scan_with_errors_and_a_copy_without_a_paragraph_are_found(seed: int, gone: int) -> None:
    chance = random.Random(seed)
    scanned = "".join(chance.choice("己已巳末未") if chance.random() < 0.02 else c for c in TEXT)
    shortened = "\n".join(p for i, p in enumerate(LONG) if i != gone)
    known = Sketches()
    known.add("original", sketch(runs(TEXT)))
    for copy in (scanned, shortened):
        assert nearly_same(runs(TEXT), runs(copy))
        assert known.candidates(sketch(runs(copy))) == ["original"]


def test_an_excerpt_and_a_collection_are_no_versions() -> None:
    excerpt = "\n".join(LONG[:6])
    assert not nearly_same(runs(TEXT), runs(excerpt))
    assert nearly_same(runs(TEXT), runs("\n".join(LONG[:14])))


def test_the_sketch_of_a_short_text_is_all_of_it() -> None:
    short = runs("只有一句话的短文，用来看看")
    assert sketch(short) == tuple(sorted(short)) and len(short) < SKETCH


def test_a_changed_date_in_a_short_text_makes_another_text() -> None:
    assert not nearly_same(runs("5月6日发生火灾，死亡2人。"), runs("5月7日发生火灾，死亡2人。"))


def test_differences_are_told_by_paragraph_with_the_page() -> None:
    before = document("一段话，没有变。", "第二段，后来删去。", "第三段。")
    after = document("一段话 没有变", "第三段。", "新写的一段。")
    found = [(d.kind, d.before, d.after, d.before_page, d.after_page) for d in differences(before, after)]
    assert found == [
        ("removed", "第二段，后来删去。", "", 1, None),
        ("added", "", "新写的一段。", None, 1),
    ]


@given(st.lists(st.sampled_from(["甲", "乙", "丙", "丁"]), max_size=8))
def test_no_text_differs_from_itself(paragraphs: list[str]) -> None:
    assert differences(document(*paragraphs), document(*paragraphs)) == ()
