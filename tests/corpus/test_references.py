"""References in the text of articles: what is found, what it names, and what is left alone."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.citations.print import print_provision
from qianche.corpus.register.names import RuleNames
from qianche.corpus.rules import Article, ArticleNumber, Rule, RuleVersion
from qianche.corpus.statutes import parse_article
from qianche.corpus.statutes.places import has_place
from qianche.corpus.statutes.references import Reference, find_references


def rule(rule_id: str, title: str, *short_titles: str) -> Rule:
    version = RuleVersion(
        rule_id, title, "法律", None, None, date(2020, 1, 1), date(2020, 1, 1), None, None, None, None, None,
        "text", "text", "", "",
    )  # fmt: skip
    return Rule(rule_id, short_titles, ("综合",), ("综合",), True, (version,))


NAMES = RuleNames(
    (
        rule("own", "中华人民共和国池塘法"),
        rule("fire-law", "中华人民共和国消防法", "消防法"),
        rule("criminal-law", "中华人民共和国刑法", "刑法"),
        rule("pit-rules-a", "坑井规定"),
        rule("pit-rules-b", "坑井规定"),
    )
)
ITEMS = "有下列情形之一的，罚款：\n（一）甲；\n（二）乙；\n（三）丙；\n（四）丁。\n"


def article(text: str, number: int = 20) -> Article:
    return Article(
        f"own@2020-01-01/{number}", "own@2020-01-01", ArticleNumber(number), (), text, parse_article(text)
    )


def found(text: str, previous: int | None = 19) -> list[tuple[str, str]]:
    """What stands in the text and what it names; a rule of another act in front, the end of a range behind."""
    before = ArticleNumber(previous) if previous is not None else None
    return [(text[r.span.start : r.span.end], told(r)) for r in find_references(article(text), before, NAMES)]


def told(reference: Reference) -> str:
    shown = print_provision(reference.provision)
    if reference.through is not None:
        shown += f"…{print_provision(reference.through)}"
    return shown if reference.own else f"{reference.rule_id} {shown}".strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依照本法第九十四条的规定处罚。", [("本法第九十四条", "第九十四条")]),
        ("违反本法第三条、第五条第二款规定的，罚款。", [("本法第三条", "第三条"), ("第五条第二款", "第五条第二款")]),
        (
            "适用本法第九条至第十二条、第十四条的规定。",
            [("本法第九条", "第九条…第十二条"), ("第十二条", "第十二条"), ("第十四条", "第十四条")],
        ),
        ("依照第三十六条规定办理。", [("第三十六条", "第三十六条")]),
        ("甲的，适用第三十四条、第三十五条关于乙的规定。", [("第三十四条", "第三十四条"), ("第三十五条", "第三十五条")]),
        ("依照前条第一款的规定取回。", [("前条第一款", "第十九条第一款")]),
        ("甲应当通风。\n前款规定以外的，从其规定。", [("前款", "第二十条第一款")]),
        ("甲。\n乙。\n有前两款行为的，罚款。", [("前两款", "第二十条第一款…第二十条第二款")]),
        ("甲。\n乙。\n单位犯第一款罪的，罚款。", [("第一款", "第二十条第一款")]),
        ("除本条第二款规定外，从其规定。\n乙。", [("本条第二款", "第二十条第二款")]),
        (
            ITEMS + "有前款第（二）项至第（四）项行为的，拘留。",
            [("前款第（二）项", "第二十条第一款第（二）项…第二十条第一款第（四）项"), ("第（四）项", "第二十条第一款第（四）项")],
        ),
        (
            ITEMS + "有前款第一项情形的，没收；有第三项情形的，拘留。",
            [("前款第一项", "第二十条第一款第（一）项"), ("第三项", "第二十条第一款第（三）项")],
        ),
        ("单位：\n（一）甲；\n（二）第一项规定以外的乙。", [("第一项", "第二十条第一款第（一）项")]),
        ("单位：\n（一）甲；\n（二）以前项手段取得的。", [("前项", "第二十条第一款第（一）项")]),
        ("依照《消防法》第六十条的规定处罚。", [("《消防法》第六十条", "fire-law 第六十条")]),
        ("依照《中华人民共和国消防法》的规定处罚。", [("《中华人民共和国消防法》", "fire-law")]),
        (
            "依照刑法第一百三十四条、第一百三十四条之一追究。",
            [("刑法第一百三十四条", "criminal-law 第一百三十四条"), ("第一百三十四条之一", "criminal-law 第一百三十四条之一")],
        ),
        ("《中华人民共和国池塘法》第三条的规定同样适用。", [("《中华人民共和国池塘法》第三条", "第三条")]),
    ],
)  # fmt: skip
def test_each_form_names_what_it_says(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "前款规定的单位应当通风。",
        "依照前条的规定办理。",
        "依照该法第三条的规定办理。",
        "依照《池底管理条例》的规定办理。",
        "依照《坑井规定》第二条的规定办理。",
        "依照某某章程第三条办理。",
        "依照本条第三款的规定办理。",
        "有第三项情形的，罚款。",
        "依照《中华人民共和国池塘法》的规定办理。",
        "池中的第一项目由第二目标单位负责，第三款项另拨。",
        "依照本法第二章的规定和本节规定办理。",
    ],
)
def test_what_cannot_be_resolved_is_no_reference(text: str) -> None:
    assert found(text, previous=None) == []


def test_the_place_of_an_item_without_its_paragraph_is_looked_for_in_all() -> None:
    (reference,) = find_references(article("依照本法第十七条第（二）项办理。"), None, NAMES)
    target = article("甲。\n下列：\n（一）乙；\n（二）丙。", 17)
    assert has_place(target, reference.provision)
    assert not has_place(target, replace(reference.provision, item=3))
    assert not has_place(target, replace(reference.provision, paragraph=1))


def test_a_long_article_is_read_in_a_time_that_grows_with_its_length() -> None:
    sentence = "有第三项情形，依照本法第三条第二款和第五条处理，由有关部门依照第六条办理；"
    read = article(ITEMS + sentence * 2000)
    started = time.process_time()
    references = find_references(read, None, NAMES)
    assert len(references) == 3 * 2000
    assert (
        time.process_time() - started < 5
    )  # a third of a second; 15 s when each looked through all before it


PIECES = st.lists(
    st.sampled_from(
        ["本法", "第三条", "第二款", "第（一）项", "、", "至", "前款", "前两款", "前条", "《消防法》", "的规定", "\n",
         "；", "（一）甲", "刑法", "之一", "本条", "第一项", "或者", "和", "。"]
    ),
    max_size=24,
)  # fmt: skip


@given(PIECES)
def test_spans_follow_each_other_within_the_text_and_own_places_are_there(pieces: list[str]) -> None:
    text = "".join(pieces)
    read = article(text)
    end = 0
    for reference in find_references(read, ArticleNumber(19), NAMES):
        assert end <= reference.span.start < reference.span.end <= len(text)
        end = reference.span.end
        if reference.own and reference.provision.article == read.number:
            assert has_place(read, reference.provision)
