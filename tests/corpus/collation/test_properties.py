"""What holds of every collation: nothing lost, nothing told twice, both texts whole; and known alignments found."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.corpus.collation.scrambling import Rates, article, invented, right, scramble

from qianche.corpus.collation import Collation, Piece, collate
from qianche.corpus.collation.wording import compare
from qianche.corpus.rules import Article

LAW = st.text(alphabet="应当检修通风机每年季度，。；：\n（一）二三1. 的Ａ", max_size=120)
TEXTS = st.lists(LAW, max_size=6).map(lambda ts: tuple(article(n, t) for n, t in enumerate(ts, 1)))


def check_pieces(pieces: tuple[Piece, ...], old: str, new: str) -> None:
    """Kept and removed are the old text, kept and added the new one, each at the place it says."""
    assert "".join(p.text for p in pieces if p.op != "added") == old
    assert "".join(p.text for p in pieces if p.op != "removed") == new
    at = (0, 0)
    for piece in pieces:
        assert (piece.old[0], piece.new[0]) == at
        at = (piece.old[1], piece.new[1])
        if piece.op != "added":
            assert old[slice(*piece.old)] == piece.text
        if piece.op != "removed":
            assert new[slice(*piece.new)] == piece.text
        assert piece.text


def check_whole(collation: Collation, old: tuple[Article, ...], new: tuple[Article, ...]) -> None:
    """Every article in one pair, and the pieces of every pair its two texts."""
    for side, articles in (("old", old), ("new", new)):
        ids = Counter(a.article_id for p in collation.pairs for a in getattr(p, side))
        assert ids == Counter(a.article_id for a in articles)
    firsts = [p.new[0].number for p in collation.pairs if p.new]
    assert firsts == sorted(firsts)
    for pair in collation.pairs:
        if pair.units:
            check_pieces(pair.pieces, pair.old_text, pair.new_text)
            for unit in pair.units:
                for told, text in ((unit.old, pair.old_text), (unit.new, pair.new_text)):
                    assert told is None or text[told.start : told.end] == told.text


@given(LAW, LAW)
@example("", "应当")
@example("应当。", "应当。")
def test_the_pieces_of_two_wordings_are_both_of_them(old: str, new: str) -> None:
    check_pieces(compare(old, new), old, new)


@given(LAW)
def test_a_wording_against_itself_is_kept_whole(wording: str) -> None:
    assert [p.op for p in compare(wording, wording)] == ["kept"] * bool(wording)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_no_article_is_lost_or_told_twice(old: tuple[Article, ...], new: tuple[Article, ...]) -> None:
    check_whole(collate(old, new), old, new)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000), st.integers(2, 40))
def test_a_scrambled_text_is_told_whole(seed: int, count: int) -> None:
    old = invented(count, seed)
    new = scramble(old, invented(40, seed + 1), seed).articles
    check_whole(collate(old, new), old, new)
    assert collate(old, new) == collate(old, new)


@pytest.mark.parametrize("seed", range(5))
def test_the_right_origin_is_found_of_nine_articles_in_ten(seed: int) -> None:
    old = invented(120, seed)
    later = scramble(old, invented(60, seed + 100), seed)
    pairs = [(p.old, p.new) for p in collate(old, later.articles).pairs]
    assert right(old, later, pairs) >= 0.9


@pytest.mark.parametrize("seed", range(3))
def test_what_was_only_renumbered_is_found_wholly_and_told_as_such(seed: int) -> None:
    old = invented(150, seed)
    rates = Rates(removed=0.2, put_in=0.2, moved=0, split=0, merged=0, reworded=0)
    later = scramble(old, invented(150, seed + 100), seed, rates)
    pairs = {p.new[0].article_id: p for p in collate(old, later.articles).pairs if p.new}
    for now, origins in zip(later.articles, later.origins, strict=True):
        if origins:
            pair = pairs[now.article_id]
            assert pair.old == (old[origins[0]],)
            assert pair.kind in ("same", "renumbered") or pair.only_references
