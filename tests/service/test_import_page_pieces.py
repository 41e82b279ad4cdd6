"""Pieces of the import pages: values, portions of a page, a quote marked, words that differ."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.errors import NotFound
from qianche.corpus.reading.document import Block, Document, Page, Span
from qianche.indexing.importing.records import Difference
from qianche.service import import_labels
from qianche.service.pages.quoting import anchor, clipped, size_text
from qianche.service.pages.source_text import PORTION, portion_starts, view_page
from qianche.service.pages.text_diff import shown_difference


def test_values_are_read_whole() -> None:
    assert import_labels.shown(12345678.5) == "12345678.5"
    assert import_labels.shown(0) == "0"
    assert import_labels.shown(None) == import_labels.shown([]) == "未载"
    assert import_labels.shown({"name": "甲公司", "role": "监理单位"}) == "甲公司（监理单位）"
    assert import_labels.shown(["气瓶", "软管"]) == "气瓶；软管"


def test_what_is_cut_says_how_long_it_was() -> None:
    assert clipped("长" * 300, 240) == "长" * 240 + "…（共 300 字）"
    assert clipped("短") == "短"
    assert (size_text(0), size_text(2048), size_text(3_670_016)) == ("0 字节", "2 KB", "3.5 MB")


@given(st.text(max_size=50))
def test_an_anchor_is_a_plain_id(identifier: str) -> None:
    assert re.fullmatch("at-[0-9a-f]{12}", anchor(identifier))


# --- the text of a page


def document(*blocks: str, starts: tuple[int, ...] = (0,)) -> Document:
    """A document of these paragraphs whose pages begin at these offsets."""
    made, at = [], 0
    for block in blocks:
        made.append(Block("paragraph", at, at + len(block)))
        at += len(block) + 1
    pages = tuple(Page(n, start, "text", None, "", None, 0) for n, start in enumerate(starts, start=1))
    return Document("text", "\n".join(blocks), tuple(made), pages)


def shown(view: object) -> str:
    """The text that a view shows, without its marks."""
    blocks = getattr(view, "blocks")  # noqa: B009
    return html.unescape(re.sub("<[^>]+>", "", "\n".join(str(b.text) for b in blocks)))


def test_a_quote_is_marked_where_it_stands_and_escaped() -> None:
    text = document("甲<b>乙</b>丙", "丁戊")
    view = view_page(text, None, None, Span(1, 5))
    assert str(view.blocks[0].text) == '甲<mark id="quote" tabindex="-1">&lt;b&gt;乙</mark>&lt;/b&gt;丙'
    assert view.found and not view.goes_on


def test_a_quote_over_two_paragraphs_has_one_anchor() -> None:
    view = view_page(document("甲乙", "丙丁"), 1, None, Span(1, 4))
    assert [str(b.text) for b in view.blocks] == [
        '甲<mark id="quote" tabindex="-1">乙</mark>',
        "<mark>丙</mark>丁",
    ]


def test_a_quote_leads_to_the_page_it_stands_on() -> None:
    text = document("第一页", "第二页", starts=(0, 4))
    assert view_page(text, 1, None, Span(4, 7)).number == 2
    over = view_page(text, 1, None, Span(2, 6))
    assert (over.number, over.found, over.goes_on) == (1, True, True)


@pytest.mark.parametrize("span", [Span(90, 99), Span(5, 2), Span(-4, -1)])
def test_a_quote_outside_the_text_marks_nothing(span: Span) -> None:
    view = view_page(document("甲乙丙"), None, None, span)
    assert not view.found
    assert shown(view) == "甲乙丙"


def test_a_page_or_portion_that_is_not_there_names_the_last() -> None:
    with pytest.raises(NotFound, match="没有第 9 页：共 1 页"):
        view_page(document("甲"), 9, None, None)
    with pytest.raises(NotFound, match="没有第 2 段：共 1 段"):
        view_page(document("甲"), 1, 2, None)
    with pytest.raises(NotFound, match="没有读出任何一页"):
        view_page(document("甲", starts=()), None, None, None)


@given(st.lists(st.integers(0, 9_000), min_size=1, max_size=8))
def test_portions_hold_the_whole_page_once_and_are_short(lengths: list[int]) -> None:
    text = "\n".join("字" * n for n in lengths)
    cuts = [*portion_starts(text, 0, len(text)), len(text)]
    assert cuts == sorted(set(cuts)) or len(text) == 0
    assert all(end - start <= PORTION for start, end in pairwise(cuts))
    document_ = document(*("字" * n for n in lengths))
    views = [view_page(document_, 1, n, None) for n in range(1, len(cuts))]
    assert "".join(shown(v) for v in views).replace("\n", "") == text.replace("\n", "")


def test_the_portion_of_a_quote_is_opened() -> None:
    text = document("字" * 20_000)
    view = view_page(text, None, None, Span(13_000, 13_002))
    assert (view.portion, view.portions, view.found) == (3, 4, True)


def test_a_table_is_rows_of_cells_with_the_quote_marked() -> None:
    text = "名称\t死亡\n甲厂\t3"
    rows = ((Span(0, 2), Span(3, 5)), (Span(6, 8), Span(9, 10)))
    table = Document(
        "table", text, (Block("table", 0, 10, rows=rows),), (Page(1, 0, "table", None, "", None, 7),)
    )
    (block,) = view_page(table, 1, None, Span(9, 10)).blocks
    assert [[str(cell) for cell in row] for row in block.rows] == [
        ["名称", "死亡"],
        ["甲厂", '<mark id="quote" tabindex="-1">3</mark>'],
    ]


# --- differences


def test_words_that_differ_are_marked_in_both_versions() -> None:
    item = shown_difference(Difference("changed", "造成2人死亡", "造成3人死亡", 1, 2))
    assert (item.label, str(item.before), str(item.after)) == (
        "改动",
        "造成<del>2</del>人死亡",
        "造成<ins>3</ins>人死亡",
    )


def test_the_unchanged_middle_of_a_long_paragraph_is_left_out() -> None:
    same = "同" * 200
    item = shown_difference(Difference("changed", f"甲{same}乙", f"甲{same}丙", 1, 1))
    assert str(item.before) == "…" + "同" * 30 + "<del>乙</del>"
    assert str(item.after) == "…" + "同" * 30 + "<ins>丙</ins>"


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_is_always_escaped(before: str, after: str) -> None:
    item = shown_difference(Difference("changed", before, after, 1, 1))
    for text in (item.before, item.after):
        assert not re.search(r"<(?!/?(?:ins|del)>)", str(text))


def test_a_huge_paragraph_is_told_cut() -> None:
    item = shown_difference(Difference("added", "", "<" + "长" * 100_000, None, 1))
    assert str(item.after).startswith("&lt;长")
    assert str(item.after).endswith("…（共 100001 字）")
