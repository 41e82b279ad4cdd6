"""Canonical citations of articles, paragraphs, items and points."""

from __future__ import annotations

import pytest

from qianche.corpus.errors import BadRequest, NotFound
from qianche.corpus.register import Register
from qianche.corpus.rules import Article
from qianche.corpus.statutes import Statutes, cite, short_title
from qianche.corpus.statutes.assemble import Row, assemble

SAFETY = "work-safety-law@2021-06-10"


def article(text: str) -> Article:
    """Return an invented article 3."""
    rows = [Row("第一章 总则", None, "第三条", text)]
    return assemble(rows, law="某法", version_id="some-law@2020-01-01").articles[0]


@pytest.mark.parametrize(
    ("article_id", "where", "citation"),
    [
        (f"{SAFETY}/36", (), "《中华人民共和国安全生产法》第三十六条"),
        (f"{SAFETY}/36", (4,), "《中华人民共和国安全生产法》第三十六条第四款"),
        (f"{SAFETY}/25", (1, 2), "《中华人民共和国安全生产法》第二十五条第一款第（二）项"),
        (f"{SAFETY}/25", (None, 2), "《中华人民共和国安全生产法》第二十五条第一款第（二）项"),
        ("criminal-law@2023-12-29/134-1", (), "《中华人民共和国刑法》第一百三十四条之一"),
        # One paragraph only: 第一款 is not written.
        ("criminal-law@2023-12-29/134-1", (1, 3), "《中华人民共和国刑法》第一百三十四条之一第（三）项"),
        ("criminal-law@2023-12-29/134-1", (1,), "《中华人民共和国刑法》第一百三十四条之一"),
    ],
)
def test_citations_are_canonical(
    statutes: Statutes, register: Register, article_id: str, where: tuple[int | None, ...], citation: str
) -> None:
    a = statutes.article(article_id)
    version = register.version(a.version_id)
    assert cite(a, version, *where) == citation
    assert cite(a, version, *where, short=True) == citation.replace("中华人民共和国", "")


def test_a_title_is_shortened_only_in_front() -> None:
    assert short_title("中华人民共和国安全生产法") == "安全生产法"
    assert short_title("煤矿安全规程") == "煤矿安全规程"


def test_points_are_cited_below_their_item(register: Register) -> None:
    version = register.version(SAFETY)
    a = article("应当：\n（一）甲：\n1.子；\n2.丑；\n（二）乙。")
    assert cite(a, version, None, 1, 2, short=True) == "《安全生产法》第三条第（一）项第2目"
    with pytest.raises(NotFound, match="没有第3目：该项共2目"):
        cite(a, version, None, 1, 3)
    with pytest.raises(BadRequest, match="没有写明项"):
        cite(a, version, 1, None, 1)


def test_what_an_article_does_not_have_cannot_be_cited(statutes: Statutes, register: Register) -> None:
    version, a = register.version(SAFETY), statutes.article(f"{SAFETY}/25")
    with pytest.raises(NotFound, match="没有第三款：该条共二款"):
        cite(a, version, 3)
    with pytest.raises(NotFound, match="没有第（八）项"):
        cite(a, version, 1, 8)
    with pytest.raises(NotFound, match="没有第（九）项"):
        cite(a, version, None, 9)
    with pytest.raises(NotFound, match="没有第0款"):
        cite(a, version, 0)


def test_an_item_that_two_paragraphs_have_needs_its_paragraph(register: Register) -> None:
    a = article("应当：\n（一）甲；\n（二）乙。\n不得：\n（一）丙；\n（二）丁。")
    with pytest.raises(BadRequest, match="请写明第几款"):
        cite(a, register.version(SAFETY), None, 1)
