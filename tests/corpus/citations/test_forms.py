"""Every way people write a provision, an edition or a number; values worked out by hand."""

from __future__ import annotations

import pytest

from qianche.corpus.citations import Provision, find_citations, print_citation
from qianche.corpus.rules import ArticleNumber

P = Provision


def a(main: int, sub: int = 0, **more: int | bool) -> Provision:
    return Provision(article=ArticleNumber(main, sub), **more)  # type: ignore[arg-type]


# A provision as written · what it names
PROVISIONS: list[tuple[str, tuple[Provision, ...]]] = [
    ("第三十六条第一款", (a(36, paragraph=1),)),
    ("第六十条第一款第（二）项", (a(60, paragraph=1, item=2),)),
    ("第四十一条第二款（节选）", (a(41, paragraph=2, excerpt=True),)),
    ("第三条（二）", (a(3, item=2),)),
    ("第三十三条第三、四款", (a(33, paragraph=3), a(33, paragraph=4))),
    ("第十二条第一款第（三）项（连同引导语）", (a(12, paragraph=1, item=3, with_lead=True),)),
    ("第一百三十四条之一", (a(134, 1),)),
    ("第一百三十四条 之 一", (a(134, 1),)),
    ("第十三条、第十五条", (a(13), a(15))),
    ("第二十八条第一句", (a(28, sentence=1),)),
    ("第三十条", (a(30),)),
    ("第30条", (a(30),)),
    ("第３０条", (a(30),)),
    ("第 三 十 条", (a(30),)),
    ("第三\n十条", (a(30),)),
    ("第一十四条", (a(14),)),
    ("第一〇五条", (a(105),)),
    ("第一百〇五条", (a(105),)),
    ("第三〇条", (a(30),)),
    ("第一百一十四条第一项", (a(114, item=1),)),
    ("第二十一条第二项、第五项", (a(21, item=2), a(21, item=5))),
    ("第二十五条第（一）（三）项", (a(25, item=1), a(25, item=3))),
    ("第十三条至第十五条", (a(13), a(14), a(15))),
    ("第十三至十五条", (a(13), a(14), a(15))),
    ("第13-15条", (a(13), a(14), a(15))),
    ("第三条第一项至第三项", (a(3, item=1), a(3, item=2), a(3, item=3))),
    ("第三十三条、三十四条", (a(33), a(34))),
    ("第三条第二款第（一）项第3目", (a(3, paragraph=2, item=1, point=3),)),
    ("第三条第五条", (a(3), a(5))),
    ("第7.1.2条", (P(clause="7.1.2"),)),
    ("7.1.2第3项", (P(clause="7.1.2", item=3),)),
    ("第4.1", (P(clause="4.1"),)),
    ("6.2.2.1", (P(clause="6.2.2.1"),)),
    ("A.3.2", (P(clause="A.3.2"),)),
    ("5.2.1至5.2.3", (P(clause="5.2.1"), P(clause="5.2.2"), P(clause="5.2.3"))),
]


@pytest.mark.parametrize(("written", "provisions"), PROVISIONS)
def test_a_provision_is_read_behind_a_title_and_a_number(
    written: str, provisions: tuple[Provision, ...]
) -> None:
    for name in ("《安全生产法》", "GB 30871-2022 ", "国务院令第493号"):
        [found] = find_citations(f"按{name}{written}。")
        assert found.provisions == provisions
        assert found.span.end == len(f"按{name}{written}")


@pytest.mark.parametrize(("written", "provisions"), PROVISIONS)
def test_a_text_that_is_nothing_but_provisions_is_a_citation_of_what_stands_before(
    written: str, provisions: tuple[Provision, ...]
) -> None:
    [found] = find_citations(f" {written}。")
    assert (found.relative, found.provisions) == ("", provisions)


@pytest.mark.parametrize("text", ["5.2", "第一次", "第三条皮带", "", "。", "（二）", "3.5%"])
def test_a_text_that_is_no_provision_alone_is_none(text: str) -> None:
    assert find_citations(text) == ()


# text · title · number · year of the edition · first provision
EDITIONS: list[tuple[str, str | None, str | None, int, Provision | None]] = [
    ("《安全生产法》（2014年修正）第三条", "安全生产法", None, 2014, a(3)),
    ("《安全生产法》（2021年版）", "安全生产法", None, 2021, None),
    ("《安全生产法》（2021）第三条", "安全生产法", None, 2021, a(3)),
    ("2014年《安全生产法》第三条", "安全生产法", None, 2014, a(3)),
    ("2014年版《安全生产法》", "安全生产法", None, 2014, None),
    ("《安全生产法》2021年版第三条", "安全生产法", None, 2021, a(3)),
    ("《安全生产法》（2014年8月31日第二次修正）第三条", "安全生产法", None, 2014, a(3)),
    ("安法（2014年修正）第三条", "安法", None, 2014, a(3)),
    ("2014年安全生产法第36条", "安全生产法", None, 2014, a(36)),
    ("《某某条例》（国务院令第493号）（2007年版）第三条", "某某条例", "国务院令第493号", 2007, a(3)),
    ("GB 50016-2014（2018年版）第5.5.8条", None, "GB 50016-2014", 2018, P(clause="5.5.8")),
]


@pytest.mark.parametrize(("text", "title", "number", "edition", "provision"), EDITIONS)
def test_the_year_of_an_edition_is_kept(
    text: str, title: str | None, number: str | None, edition: int, provision: Provision | None
) -> None:
    [found] = find_citations(text)
    assert (found.title, found.number, found.edition) == (title, number, edition)
    assert found.provisions == (() if provision is None else (provision,))
    assert found.span.start == 0 and found.span.end == len(text)


@pytest.mark.parametrize(
    "text", ["2014年10月《安全生产法》第三条", "2014年，《安全生产法》第三条", "《安全生产法》（试行）第三条"]
)
def test_a_date_and_other_brackets_are_no_edition(text: str) -> None:
    [found] = find_citations(text)
    assert (found.title, found.edition, found.provisions) == ("安全生产法", None, (a(3),))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("GB/T 13869", "GB/T 13869"),
        ("ＧＢ ３０８７１－２０２２", "GB 30871-2022"),
        ("令10号", "令第10号"),
        ("国务院第493号令", "国务院令第493号"),
        ("国发〔2010〕23号", "国发〔2010〕23号"),
        ("TSG Q7015-2016", "TSG Q7015-2016"),
    ],
)
def test_a_text_that_is_nothing_but_a_number_is_a_citation(text: str, number: str) -> None:
    [found] = find_citations(text)
    assert (found.number, found.title, found.provisions) == (number, None, ())
    assert (found.span.start, found.span.end) == (0, len(text))


def test_every_number_behind_a_title_is_kept() -> None:
    [found] = find_citations("《某某条例》（国务院令第493号）（国发〔2010〕23号）第三条")
    assert (found.number, found.other_numbers) == ("国务院令第493号", ("国发〔2010〕23号",))


def test_invisible_characters_are_no_part_of_a_citation() -> None:
    text = "按《安全\u200b生产法》第三十\u200f六\u2060条办"
    [found] = find_citations(text)
    assert (found.title, found.provisions) == ("安全生产法", (a(36),))
    assert text[found.span.start : found.span.end] == text[1:-1]


def test_several_rules_in_one_sentence_are_several_citations() -> None:
    text = "违反《安全生产法》第二十一条第二项、第五项，《消防法》第三条和GB 30871-2022 5.2.3、国务院令第493号第九条的规定"
    assert [print_citation(c) for c in find_citations(text)] == [
        "《安全生产法》第二十一条第（二）项、第二十一条第（五）项",
        "《消防法》第三条",
        "GB 30871-2022 5.2.3",
        "国务院令第493号第九条",
    ]


# as written · what is cited, as it stands · what it names
AROUND: list[tuple[str, str, tuple[Provision, ...]]] = [
    ("见《安全生产法》（第三十六条)。", "《安全生产法》（第三十六条)", (a(36),)),
    ("见《安全生产法》（第三十六条第一款的规定），", "《安全生产法》（第三十六条第一款的规定）", (a(36, paragraph=1),)),
    ("见《安全生产法》（主席令第88号）（第3条、第5条）", "《安全生产法》（主席令第88号）（第3条、第5条）", (a(3), a(5))),
    ("见《安全生产法》（第三十六条：要有标志）", "《安全生产法》（第三十六条", (a(36),)),
    ("见安全生产法（第三十六条）", "安全生产法（第三十六条）", (a(36),)),
    ("见国务院令第493号（第三条）", "国务院令第493号（第三条）", (a(3),)),
    ("见《安全生产法》<b>第三十六条</b>", "《安全生产法》<b>第三十六条", (a(36),)),
    ('见<a href="x">《安全生产法》</a> <span class="t">第三条</span>', '《安全生产法》</a> <span class="t">第三条', (a(3),)),
    # neither a bracket nor a tag that holds something else
    ("见《安全生产法》（第三人称）", "《安全生产法》", ()),
    ("见《安全生产法》<第三条", "《安全生产法》", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "provisions"), AROUND)
def test_a_bracket_and_markup_do_not_part_a_provision_from_its_rule(
    text: str, quote: str, provisions: tuple[Provision, ...]
) -> None:
    [found] = find_citations(text)
    assert text[found.span.start : found.span.end] == quote
    assert found.provisions == provisions


# in traditional characters · title · what it names
TRADITIONAL: list[tuple[str, str, tuple[Provision, ...]]] = [
    ("《安全生產法》第三十六條", "安全生产法", (a(36),)),
    (
        "《中華人民共和國消防法》第二十條第一款第（二）項",
        "中华人民共和国消防法",
        (a(20, paragraph=1, item=2),),
    ),
    ("安全生產法第３６條", "安全生产法", (a(36),)),
    ("《某某機械設備安全監督管理辦法》第三條至第五條", "某某机械设备安全监督管理办法", (a(3), a(4), a(5))),
]


@pytest.mark.parametrize(("text", "title", "provisions"), TRADITIONAL)
def test_traditional_characters_are_read_as_simplified_ones(
    text: str, title: str, provisions: tuple[Provision, ...]
) -> None:
    for before, behind in (("按", "辦理"), ("\u200b依據", "\u200b的規定")):
        [found] = find_citations(before + text + behind)
        assert (found.title, found.provisions) == (title, provisions)
        assert (before + text + behind)[found.span.start : found.span.end] == text
