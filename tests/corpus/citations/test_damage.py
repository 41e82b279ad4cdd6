"""Numerals that recognition spoilt: never read as a number, never lost beside a rule's name."""

from __future__ import annotations

import pytest

from qianche.corpus.citations import Provision, find_citations
from qianche.corpus.rules import ArticleNumber

# as written · the one article it may be
SPOILT_ARTICLES: list[tuple[str, ArticleNumber | None]] = [
    ("第三＋六条", ArticleNumber(36)),
    ("第三+六条", ArticleNumber(36)),
    ("第三十六杀", ArticleNumber(36)),
    ("第三十六奈", ArticleNumber(36)),
    ("笫三十六条", ArticleNumber(36)),
    ("第3O条", ArticleNumber(30)),
    ("第l2条", ArticleNumber(12)),
    ("第l条", ArticleNumber(1)),
    ("第二卜条", ArticleNumber(20)),
    ("第一百三十四条之l", ArticleNumber(134, 1)),
    ("第l2条之一", ArticleNumber(12, 1)),
    # 36, or 三、六 with the mark lost; so is every numeral of digits without a unit or a zero
    ("第三六条", ArticleNumber(36)),
    ("第一三五条", ArticleNumber(135)),
    ("第三六条之一", ArticleNumber(36, 1)),
    # 36 or 316 by place, 六 or 二 or 一, 36 or 316
    ("第三1六条", None),
    ("第三十亠条", None),
    ("第三－六条", None),
    # nothing is known to be meant
    ("第三□六条", None),
    ("第三?六条", None),
    ("第条", None),
    # whole, and no number
    ("第零条", None),
    ("第0条", None),
    ("第一百五条", None),
    ("第99999条", None),
]


@pytest.mark.parametrize(("written", "likely"), SPOILT_ARTICLES)
@pytest.mark.parametrize("name", ["《安全生产法》", "安全生产法", "国务院令第493号", "本法"])
def test_a_spoilt_article_is_kept_as_written_with_what_it_may_be(
    name: str, written: str, likely: ArticleNumber | None
) -> None:
    [found] = find_citations(f"{name}{written}，停产")
    assert found.provisions == (Provision(damaged=written, likely=likely),)
    assert found.span.end == len(name + written)


@pytest.mark.parametrize("written", [w for w, _ in SPOILT_ARTICLES])
def test_a_spoilt_article_alone_is_found_where_it_is_the_whole_text(written: str) -> None:
    [found] = find_citations(written)
    assert (found.relative, found.provisions[0].article, found.provisions[0].damaged) == ("", None, written)


def test_a_spoilt_article_in_a_list_does_not_end_it() -> None:
    [found] = find_citations("《安全生产法》第三条、第l2条第一款、第二款和第五条")
    assert found.provisions == (
        Provision(ArticleNumber(3)),
        Provision(damaged="第l2条第一款、第二款", likely=ArticleNumber(12)),
        Provision(ArticleNumber(5)),
    )


# as written behind 第三十六条 · what is read before it
SPOILT_PIECES: list[tuple[str, str, Provision]] = [
    ("第三十六条第l款", "第l款", Provision(ArticleNumber(36))),
    ("第三十六条第l款第（二）项", "第l款第（二）项", Provision(ArticleNumber(36))),
    ("第三十六条第一款第（－）项", "第（－）项", Provision(ArticleNumber(36), 1)),
    ("第三十六条（l）", "（l）", Provision(ArticleNumber(36))),
    ("第三十六条笫一款", "笫一款", Provision(ArticleNumber(36))),
    ("第三十六条第零款", "第零款", Provision(ArticleNumber(36))),
    ("第三十六条第一二款", "第一二款", Provision(ArticleNumber(36))),
]


@pytest.mark.parametrize(("written", "damaged", "before"), SPOILT_PIECES)
def test_a_spoilt_paragraph_or_item_keeps_the_article(written: str, damaged: str, before: Provision) -> None:
    [found] = find_citations(f"《安全生产法》{written}。")
    [provision] = found.provisions
    assert (provision.article, provision.paragraph, provision.item) == (
        before.article,
        before.paragraph,
        None,
    )
    assert (provision.damaged, provision.likely) == (damaged, None)


@pytest.mark.parametrize(
    ("text", "damaged", "likely"),
    [
        ("GB 3O871-2022", "GB 3O871-2022", "GB 30871-2022"),
        ("GB/T l3869", "GB/T l3869", "GB/T 13869"),
        ("GB I3869-2017", "GB I3869-2017", "GB 13869-2017"),
        ("GB 30871-2O22", "GB 30871-2O22", "GB 30871-2022"),
        ("GB/T 13869-l999", "GB/T 13869-l999", "GB/T 13869-1999"),
        ("AQ l020—2008", "AQ l020—2008", "AQ 1020-2008"),
        ("G8 30871-2022", "G8 30871-2022", "GB 30871-2022"),
        ("国务院令第4O号", "国务院令第4O号", "国务院令第40号"),
    ],
)
def test_a_spoilt_number_is_kept_as_written_with_what_it_may_be(text: str, damaged: str, likely: str) -> None:
    for around in (text, f"按{text}第三条执行", f"《某某规范》（{text}）第三条"):
        [found] = find_citations(around)
        assert (found.number, found.damaged, found.likely) == (None, damaged, likely)


def test_a_spoilt_clause_of_a_standard_is_kept() -> None:
    [found] = find_citations("未按GB 30871-2022 5.2.l检测")
    assert found.provisions == (Provision(damaged="5.2.l"),)


@pytest.mark.parametrize(
    "text",
    [
        "《安全生产法》第一责任人的条件",
        "《安全生产法》第几条有写",
        "《安全生产法》第一批条目",
        "《安全生产法》第一杀手",
        "《安全生产法》三条措施",
        "《安全生产法》第三人条款",
    ],
)
def test_other_words_behind_a_name_are_no_damage(text: str) -> None:
    [found] = find_citations(text)
    assert (found.title, found.provisions) == ("安全生产法", ())


@pytest.mark.parametrize("text", ["设备MTO123损坏", "一号井第l条皮带", "第一入条的巷道"])
def test_damage_without_a_rule_beside_it_is_none(text: str) -> None:
    assert find_citations(text) == ()


# as written behind a name · what is read of it
BACKWARDS: list[tuple[str, tuple[Provision, ...]]] = [
    ("第二十五条至第二十一条", (Provision(damaged="第二十五条至第二十一条", backwards=True),)),
    ("第二十五至二十一条", (Provision(damaged="第二十五至二十一条", backwards=True),)),
    ("第25条-第21条第一款", (Provision(damaged="第二十五条至第二十一条第一款", backwards=True),)),
    ("第三条第四款至第二款", (Provision(ArticleNumber(3), damaged="第四款至第二款", backwards=True),)),
    ("第三条第四至二款", (Provision(ArticleNumber(3), damaged="第四至二款", backwards=True),)),
    ("第三条第一款第（五）项至第（三）项", (Provision(ArticleNumber(3), 1, damaged="第（五）项至第（三）项", backwards=True),)),
    ("5.2.4至5.2.1", (Provision(damaged="5.2.4至5.2.1", backwards=True),)),
    ("第五条至第三条、第九条", (Provision(damaged="第五条至第三条", backwards=True), Provision(ArticleNumber(9)))),
    ("第三条至第三条", (Provision(ArticleNumber(3)), Provision(ArticleNumber(3)))),
]  # fmt: skip


@pytest.mark.parametrize(("written", "provisions"), BACKWARDS)
def test_a_range_that_runs_backwards_is_kept_as_one_that_cannot_be_read(
    written: str, provisions: tuple[Provision, ...]
) -> None:
    text = f"按《安全生产法》{written}"
    [found] = find_citations(f"{text}办。")
    assert found.provisions == provisions
    assert found.span.end == len(text)
