"""Marks, figures and the layout of articles, one by one."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.service.fake_kb import LAST, VENT

from qianche.corpus.rules import Article, ArticleNumber, Item, Paragraph, Point
from qianche.service.pages.display import blocks, contents, loss, marked, persons


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=6))
def test_marking_changes_nothing_but_the_marks(text: str, spans: list[tuple[int, int]]) -> None:
    shown = str(marked(text, spans))
    assert html.unescape(re.sub(r"</?mark>", "", shown)) == html.unescape(html.escape(text))
    inside = "".join(html.unescape(piece) for piece in re.findall(r"<mark>(.*?)</mark>", shown, re.DOTALL))
    assert inside == "".join(c for i, c in enumerate(text) if any(a <= i < b for a, b in spans))


@pytest.mark.parametrize(
    ("wan", "shown"),
    [
        (None, "未载"), (0, "0 万元"), (12.5, "12.5 万元"), (198635.07, "198635.07 万元（约 19.86 亿元）"),
        (9999.99, "9999.99 万元"), (10000, "10000 万元（约 1.00 亿元）"),
    ],
)  # fmt: skip
def test_a_loss_keeps_its_figures(wan: float | None, shown: str) -> None:
    assert loss(wan) == shown


def test_persons_tell_zero_from_unknown() -> None:
    assert (persons(0), persons(None), persons(3)) == ("0 人", "未载", "3 人")


def test_an_article_is_laid_out_by_its_structure() -> None:
    text = "应当：\n（一）甲：\n1.子；\n2.丑；\n（二）乙。\n违者停业。"
    starts = {label: text.index(label) for label in ("（一）", "1.", "2.", "（二）", "违者")}
    first = Item(1, "（一）", starts["（一）"], starts["（二）"], (
        Point(1, "1.", starts["1."], starts["2."]), Point(2, "2.", starts["2."], starts["（二）"]),
    ))  # fmt: skip
    second = Item(2, "（二）", starts["（二）"], starts["违者"])
    article = Article(
        article_id="r@2020-01-01/1", version_id="r@2020-01-01", number=ArticleNumber(1), path=(),
        text=text, paragraphs=(Paragraph(1, 0, starts["违者"], (first, second)),
        Paragraph(2, starts["违者"], len(text))),
    )  # fmt: skip
    assert [(b.kind, b.label, b.text) for b in blocks(article)] == [
        ("paragraph", "", "应当："),
        ("item", "（一）", "甲："),
        ("point", "1.", "子；"),
        ("point", "2.", "丑；"),
        ("item", "（二）", "乙。"),
        ("paragraph", "", "违者停业。"),
    ]


@given(st.text("甲乙（）一二。；\n 1.", max_size=60), st.lists(st.integers(0, 60), min_size=6, max_size=6))
def test_no_character_of_an_article_is_lost(text: str, cuts: list[int]) -> None:
    a, b, c, d, e, f = sorted(min(cut, len(text)) for cut in cuts)
    item = Item(1, "（一）", b, e, (Point(1, "1.", c, d),))
    article = replace(VENT, text=text, paragraphs=(Paragraph(1, a, f, (item,)),))
    shown = "".join(block.label + block.text for block in blocks(article))
    assert "".join(shown.split()) == "".join(text.split())


def test_contents_follow_the_headings() -> None:
    deleted = replace(LAST, deleted=True, text="")
    found = contents((VENT, deleted))
    assert [path for path, _ in found] == [("第一章 总则",), ("第二章 附则",)]
    assert [(line.slug, line.label) for _, lines in found for line in lines] == [
        ("3", "第三条"),
        ("134-1", "第一百三十四条之一"),
    ]
    assert found[1][1][0].gist == "（已删去）"
