"""The tree of an article: on invented texts, and without loss on every text of the installed package."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.register import load_register
from qianche.corpus.rules import Paragraph
from qianche.corpus.statutes import leaves, load_statutes, parse_article
from qianche.corpus.statutes.lawsdb import find_database
from qianche.corpus.statutes.repair import take_apart


def shape(paragraphs: tuple[Paragraph, ...]) -> list[list[int]]:
    """Return, for each paragraph, the number of points of each item."""
    return [[len(item.points) for item in paragraph.items] for paragraph in paragraphs]


PARSED = [
    ("只有一句。", [[]]),
    ("第一款。\n第二款。", [[], []]),
    ("应当：\n（一）甲；\n（二）乙。\n另一款。", [[0, 0], []]),
    ("应当：\n(一)甲；\n(二)乙。", [[0, 0]]),
    ("应当：\n（一）甲；\n（二）乙。\n不得：\n（一）丙；\n（二）丁。", [[0, 0], [0, 0]]),
    ("条件：（一）甲；（二）乙；（三）丙。\n另一款。", [[0, 0, 0], []]),
    ("应当：\n（一）甲：\n1.子；\n2.丑；\n（二）乙。", [[2, 0]]),
    ("应当：\n（一）甲：\n（1）子；\n（2）丑；\n（二）乙。", [[2, 0]]),
    ("应当：\n1、甲；\n2、乙。", [[0, 0]]),
    ("应当：\n一、甲；\n二、乙。", [[0, 0]]),
    # A plain line between （一） and （二） belongs to （一）; after the last item it is a paragraph.
    ("应当：\n（一）甲。\n续前。\n（二）乙。\n另一款。", [[0, 0], []]),
    ("应当：\n（一）甲：\n1.子；\n2.丑。\n续前。\n（二）乙。", [[2, 0]]),
    # References and figures are no labels.
    ("有前款第（一）项、第（二）项情形的，停工。", [[]]),
    ("按照下列规定：（一）项除外。", [[]]),
    ("疫病分级。\n二、三类疫病流行时，从其规定。", [[], []]),
    ("间距如下。\n1.5米以上。", [[], []]),
    ("（一）甲；\n（二）乙。", [[0, 0]]),
]


@pytest.mark.parametrize(("text", "expected"), PARSED)
def test_a_text_has_the_paragraphs_items_and_points_a_reader_sees(
    text: str, expected: list[list[int]]
) -> None:
    assert shape(parse_article(text)) == expected


def test_spans_cover_labels_and_nest() -> None:
    text = "应当：\n（一）甲：\n1.子；\n2.丑；\n（二）乙。\n另一款。"
    first, second = parse_article(text)
    assert text[first.start : first.end] == "应当：\n（一）甲：\n1.子；\n2.丑；\n（二）乙。"
    assert text[second.start : second.end] == "另一款。"
    one, two = first.items
    assert (one.label, text[one.start : one.end]) == ("（一）", "（一）甲：\n1.子；\n2.丑；")
    assert (two.number, text[two.start : two.end]) == (2, "（二）乙。")
    assert [text[p.start : p.end] for p in one.points] == ["1.子；", "2.丑；"]


def check_nothing_lost(text: str) -> None:
    """Assert that paragraphs and leaves tile the text: every visible character in exactly one of each."""
    paragraphs = parse_article(text)
    for spans in ([(p.start, p.end) for p in paragraphs], list(leaves(paragraphs))):
        position = 0
        for start, end in spans:
            assert start >= position and end > start
            assert not text[position:start].strip()
            position = end
        assert not text[position:].strip()
    for paragraph in paragraphs:
        for item in paragraph.items:
            assert paragraph.start <= item.start < item.end <= paragraph.end
            assert text[item.start : item.end].startswith(item.label)
            for point in item.points:
                assert item.start <= point.start < point.end <= item.end
                assert text[point.start : point.end].startswith(point.label)


LABELS = st.sampled_from(
    [
        "",
        "",
        "（一）",
        "（二）",
        "（三）",
        "(一)",
        "(二)",
        "（十一）",
        "1.",
        "2.",
        "1、",
        "（1）",
        "（2）",
        "一、",
        "二、",
    ]
)
LINES = st.lists(
    st.tuples(
        LABELS, st.sampled_from(["甲", "应当：", "乙：（一）丙；（二）丁。", "戊；", "第（一）项", " ", ""])
    ),
    max_size=12,
)


@given(LINES)
def test_no_character_is_lost_whatever_the_lines(lines: list[tuple[str, str]]) -> None:
    check_nothing_lost("\n".join(label + text for label, text in lines))


def test_leaves_joined_by_newlines_are_the_text_of_every_article() -> None:
    statutes = load_statutes(load_register())
    for version in statutes.versions():
        for a in statutes.articles(version.version_id):
            assert "\n".join(a.text[p.start : p.end] for p in a.paragraphs) == a.text, a.article_id
            assert "\n".join(a.text[start:end].rstrip("\n") for start, end in leaves(a.paragraphs)) == a.text
            check_nothing_lost(a.text)


def test_nothing_is_lost_in_any_law_of_the_database() -> None:
    with closing(sqlite3.connect(f"{find_database().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        rows = database.execute(
            "SELECT law_id, law_name, article_no, article_no_arabic, article_text FROM articles ORDER BY id"
        ).fetchall()
    assert len(rows) > 23_000
    last_of_law = {row[0]: i for i, row in enumerate(rows)}
    for i, (law_id, law, label, main, text) in enumerate(rows):
        number = 0 if "条之" in label else main or 0
        taken = take_apart(text, law=law, number=number, last=last_of_law[law_id] == i)
        kept = "".join([taken.text, taken.spilled, *taken.headings, taken.annex])
        assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text), (law, label)
        check_nothing_lost(taken.text)
