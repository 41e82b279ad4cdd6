"""Sentences, clauses and numbered entries: nothing is lost, nothing is cut inside brackets, titles or numbers."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.content.entries import STYLES, read_entries
from qianche.corpus.reports.content.sentences import clauses, paragraphs, sentences

TEXTS = st.text(
    alphabet='一二三是不要矿工。！？；，：、“”"‘’（）()《》〈〉[]【】①②1234. \n\t　甲A', max_size=80
)


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, Span(0, len(text)))]


@given(TEXTS)
def test_sentences_cover_the_text_without_gap_or_overlap(text: str) -> None:
    spans = sentences(text, Span(0, len(text)))
    assert "".join(text[s.start : s.end] for s in spans) == text
    assert all(a.end == b.start for a, b in pairwise(spans))
    assert all(s.start < s.end for s in spans)


@given(TEXTS)
def test_clauses_cover_the_text_too(text: str) -> None:
    spans = clauses(text, Span(0, len(text)))
    assert "".join(text[s.start : s.end] for s in spans) == text
    assert all(a.end == b.start for a, b in pairwise(spans))


@given(TEXTS, st.booleans())
def test_entries_are_in_order_and_lose_no_letter(text: str, ordinals: bool) -> None:
    entries = read_entries(text, Span(0, len(text)), ordinals=ordinals)
    spans = [entry.text for entry in entries]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    kept = sum(len("".join(text[s.start : s.end].split())) for s in spans)
    marks = sum(len("".join(text[e.start : e.text.start].split())) for e in entries)
    assert kept + marks == len("".join(text.split()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他撤离了。随后起火！", ["他撤离了。", "随后起火！"]),
        ("2号泵（No.3车间；东侧。）停机。", ["2号泵（No.3车间；东侧。）停机。"]),
        ("违反《某规程。试行；》规定，深1.5米。", ["违反《某规程。试行；》规定，深1.5米。"]),
        ("他喊：“停车。”及时拉闸。", ["他喊：“停车。”及时拉闸。"]),
        ("他喊：“快停车。”司机没有听见。", ["他喊：“快停车。”", "司机没有听见。"]),
        ("存在问题：一是未通风；二是无监护。", ["存在问题：", "一是未通风；", "二是无监护。"]),
        ("括号没有合上（见图。第二句。", ["括号没有合上（见图。", "第二句。"]),
        ("混用括号（见图。)也算合上。", ["混用括号（见图。)也算合上。"]),
    ],
)
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_line_ends_a_sentence_without_a_full_stop() -> None:
    assert cut("一、事故经过\n当日停电。") == ["一、事故经过\n", "当日停电。"]
    assert [(p.start, p.end) for p in paragraphs("  甲 \n\n乙", Span(0, 7))] == [(2, 3), (6, 7)]


@pytest.mark.parametrize("style", STYLES)
def test_every_marker_style_shows_what_it_matches_and_what_it_must_not(style: str) -> None:
    pattern, example, counter = STYLES[style]
    assert re.match(pattern, example)
    assert not re.match(pattern, counter)


def entries(text: str, *, ordinals: bool = True) -> list[tuple[str, int, str, int]]:
    found = read_entries(text, Span(0, len(text)), ordinals=ordinals)
    return [(e.style, e.number, text[e.text.start : e.text.end], len(e.above)) for e in found]


def test_nested_numbers_of_any_order_of_styles() -> None:
    text = "1.总包单位\n（1）未交底。\n①电工无证。\n（2）未验收。\n2.监理单位\n未旁站。"
    assert entries(text) == [
        ("digit", 1, "总包单位", 0),
        ("digit-bracket", 1, "未交底。", 1),
        ("circled", 1, "电工无证。", 2),
        ("digit-bracket", 2, "未验收。", 1),
        ("digit", 2, "监理单位\n未旁站。", 0),
    ]


def test_ordinals_inside_a_line_are_entries_only_when_asked_for() -> None:
    text = "（一）管理混乱。一是未交底；二是未验收。"
    assert [e[2] for e in entries(text)] == ["管理混乱。", "未交底；", "未验收。"]
    assert [e[2] for e in entries(text, ordinals=False)] == ["管理混乱。一是未交底；二是未验收。"]


def test_a_lost_stop_or_point_does_not_hide_an_entry() -> None:
    assert [e[2] for e in entries("一是甲。二是乙三是丙。")] == ["甲。", "乙", "丙。"]
    assert [e[:2] for e in entries("1.甲。\n2对乙管控不力。\n3个月后复查。")] == [("digit", 1), ("digit", 2)]


def test_decimals_and_dates_begin_no_entry() -> None:
    assert entries("1.5米深的坑。\n2023年停产。") == [("", 0, "1.5米深的坑。", 0), ("", 0, "2023年停产。", 0)]
