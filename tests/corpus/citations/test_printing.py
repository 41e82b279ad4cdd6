"""A printed citation is read back as it was, whatever it holds; and any text is read without fault."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qianche.corpus.citations import Citation, Provision, find_citations, print_citation
from qianche.corpus.reading.document import Span
from qianche.corpus.rules import ArticleNumber

ARTICLES = st.builds(ArticleNumber, st.integers(1, 1300), st.just(0) | st.integers(1, 12))
CLAUSES = st.lists(st.integers(1, 40), min_size=2, max_size=5).map(lambda parts: ".".join(map(str, parts)))
MAYBE = st.none() | st.integers(1, 30)
READ = st.builds(
    Provision,
    article=ARTICLES,
    paragraph=MAYBE,
    item=MAYBE,
    point=MAYBE,
    sentence=MAYBE,
    excerpt=st.booleans(),
    with_lead=st.booleans(),
) | st.builds(Provision, clause=CLAUSES, paragraph=MAYBE, item=MAYBE, excerpt=st.booleans())
SPOILT = st.sampled_from(
    [
        Provision(damaged="第三＋六条", likely=ArticleNumber(36)),
        Provision(damaged="第l2条第一款", likely=ArticleNumber(12), excerpt=True),
        Provision(damaged="第三十亠条"),
        Provision(damaged="笫三十六条", likely=ArticleNumber(36), with_lead=True),
        Provision(damaged="第三十六奈", likely=ArticleNumber(36)),
        Provision(damaged="第一百三十四条之l", likely=ArticleNumber(134, 1)),
        Provision(damaged="第零条"),
        Provision(article=ArticleNumber(36), damaged="第l款"),
        Provision(article=ArticleNumber(36), paragraph=2, damaged="第（－）项"),
        Provision(clause="5.2.3", damaged="第l款"),
        Provision(damaged="第三六条", likely=ArticleNumber(36)),
        Provision(damaged="第二十五条至第二十一条", backwards=True),
        Provision(article=ArticleNumber(3), damaged="第四款至第二款", backwards=True),
    ]
)
PROVISIONS = st.lists(READ | SPOILT, max_size=4).map(tuple)
SOME = st.lists(READ | SPOILT, min_size=1, max_size=4).map(tuple)
TITLES = st.sampled_from(
    ["安全生产法", "中华人民共和国消防法", "煤矿安全规程", "安法", "某某重大事故隐患判定标准（2022版）"]
) | st.text("安全生产道路运输危险化学品", min_size=1, max_size=12).map(lambda text: f"{text}管理办法")
NUMBERS = (
    st.sampled_from(["GB/T 7512-2017", "TSG Q7015-2016", "AQ 1020-2008", "交通运输部令2023年第13号"])
    | st.integers(1, 9999).map(lambda n: f"国务院令第{n}号")
    | st.builds("GB {}-{}".format, st.integers(100, 60000), st.integers(1980, 2026))
    | st.builds("国发〔{}〕{}号".format, st.integers(1990, 2026), st.integers(1, 999))
)
EDITIONS = st.none() | st.integers(1950, 2049)
SPAN = st.just(Span(0, 0))
TITLED = st.builds(
    Citation,
    SPAN,
    title=TITLES,
    number=st.none() | NUMBERS,
    provisions=PROVISIONS,
    edition=EDITIONS,
)
WITH_MORE = st.builds(
    Citation,
    SPAN,
    title=TITLES,
    number=NUMBERS,
    provisions=PROVISIONS,
    edition=EDITIONS,
    other_numbers=st.lists(NUMBERS, max_size=2).map(tuple),
    damaged=st.just("GB 3O871-2022"),
    likely=st.just("GB 30871-2022"),
)
NUMBERED = st.builds(Citation, SPAN, number=NUMBERS, provisions=PROVISIONS, edition=EDITIONS)
SPOILT_NUMBER = st.builds(
    Citation,
    SPAN,
    title=st.none() | TITLES,
    provisions=PROVISIONS,
    damaged=st.just("GB/T l3869"),
    likely=st.just("GB/T 13869"),
)
RELATIVE = st.builds(Citation, SPAN, relative=st.sampled_from(["本法", "该条例", ""]), provisions=SOME)
LOWER = st.builds(
    Citation,
    SPAN,
    relative=st.sampled_from(["前款", "前条", "本法", ""]),
    provisions=st.builds(Provision, paragraph=MAYBE, item=st.integers(1, 20), point=MAYBE).map(
        lambda p: (p,)
    ),
)


@settings(max_examples=300)
@given(TITLED | WITH_MORE | NUMBERED | SPOILT_NUMBER | RELATIVE | LOWER)
def test_what_is_printed_is_read_back_as_it_was(citation: Citation) -> None:
    text = print_citation(citation)
    assert find_citations(text) == (replace(citation, span=Span(0, len(text))),)


@given(TITLED | WITH_MORE | NUMBERED | SPOILT_NUMBER)
def test_the_span_of_a_printed_citation_in_a_sentence_is_what_was_printed(citation: Citation) -> None:
    printed = print_citation(
        replace(citation, provisions=citation.provisions or (Provision(ArticleNumber(3)),))
    )
    text = f"该矿按{printed}。整改完毕。"
    [found] = find_citations(text)
    assert text[found.span.start : found.span.end] == printed
    assert find_citations(printed) == (replace(found, span=Span(0, len(printed))),)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("安法36条", "《安法》第三十六条"),
        ("《安全生产法》第三条（二）", "《安全生产法》第三条第（二）项"),
        ("《安全生产法》第33条第三、四款", "《安全生产法》第三十三条第三款、第三十三条第四款"),
        ("《刑法》第134条之一", "《刑法》第一百三十四条之一"),
        ("令10号第四条", "令第10号第四条"),
        ("应急管理部令第4号第十三条、第十五条", "应急管理部令第4号第十三条、第十五条"),
        ("GB30871—2022第5.2.3条", "GB 30871-2022 5.2.3"),
        ("GB 30871-2022第4.1", "GB 30871-2022第4.1条"),
        ("AQ1020—2008", "AQ 1020-2008"),
        ("国务院令493号", "国务院令第493号"),
        ("7.1.2第3项", "7.1.2第（三）项"),
        ("本法第21条", "本法第二十一条"),
        ("2014年《安全生产法》第三条", "《安全生产法》（2014年版）第三条"),
        ("《安全生产法》第三＋六条", "《安全生产法》第三＋六条"),
        ("第一十四条", "第十四条"),
    ],
)
def test_a_form_is_printed_in_one_way_and_stays_so(written: str, printed: str) -> None:
    [found] = find_citations(written)
    assert print_citation(found) == printed
    [again] = find_citations(printed)
    assert print_citation(again) == printed


FRAGMENTS = [
    "《安全生产法》", "《", "》", "〈", "〉", "安法", "刑法", "中华人民共和国", "第三十六条", "第三＋六条", "第l2条", "笫三条",
    "第一款", "第l款", "第（二）项", "（二）", "（l）", "第1目", "第一句", "之一", "之l", "至", "、", "，", "和", "第", "条",
    "款", "项", "三", "十", "6", "l", "O", "GB", "GB 30871-2022", "GB 3O871-2022", "5.2.3", "第4.1", "5.2", "A.3.2", "令", "10号",
    "国务院令第493号", "493号令", "（", "）", "(", ")", "国发〔2010〕23号", "文", "2014年", "（2014年修正）", "（节选）",
    "（连同引导语）", "前款", "本法", "该", "规定", "办法", "违反", "特种作业管理办法", "江苏省", "燃气条例", "公司", "３６",
    "ＧＢ", "第二十五条至第二十一条", "第四款至第二款", "第三六条", "三六", "第三條", "項", "國", "<b>", "（第三条",
    "厅字〔2020〕3号", "的", "。", "-", "—", "\u200b", "\u200f", "\u202e", "公告2015年第5号", " ", "\n", "\u3000",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=14).map("".join)


@settings(max_examples=300)
@given(TEXTS)
def test_any_text_gives_ordered_spans_inside_it_and_citations_that_are_read_back(text: str) -> None:
    found = find_citations(text)
    assert all(0 <= c.span.start < c.span.end <= len(text) for c in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    for citation in found:
        printed = print_citation(citation)
        assert find_citations(printed) == (replace(citation, span=Span(0, len(printed))),)


@pytest.mark.parametrize(
    ("unit", "citations"),
    [
        ("第", 0),
        ("《", 0),
        ("《a〈", 0),
        ("（", 0),
        ("第三条、", 0),
        ("令第", 0),
        ("安法", 0),
        ("安法（2014", 0),
        ("特种作业管理办法第", 0),
        ("第三＋六条、", 0),
        ("\u200f", 0),
        ("《安法》第三条", 14_286),
        ("前款", 50_000),
    ],
)
def test_a_hundred_thousand_characters_of_one_kind_are_read_in_one_pass(unit: str, citations: int) -> None:
    """A reader that looked again at what it had passed would take hours here, not a moment."""
    assert len(find_citations((unit * 100_000)[:100_000])) == citations


def test_what_hangs_on_a_spoilt_article_is_one_citation_however_long() -> None:
    text = "《安法》第l条" + "、第一款" * 20_000
    [found] = find_citations(text)
    assert found.span == Span(0, len(text))
    assert len(found.provisions) == 1
