"""Numerals of article numbers: the whole domain both ways, and the forms that people write."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.rules import ArticleNumber
from qianche.corpus.statutes import article_label, article_number, from_chinese, to_chinese
from qianche.corpus.statutes.lawsdb import find_database

PRINTED = {
    1: "一", 10: "十", 11: "十一", 14: "十四", 20: "二十", 36: "三十六", 99: "九十九", 100: "一百",
    105: "一百零五", 110: "一百一十", 119: "一百一十九", 120: "一百二十", 134: "一百三十四",
    1000: "一千", 1001: "一千零一", 1010: "一千零一十", 1014: "一千零一十四", 1100: "一千一百",
    1120: "一千一百二十", 1201: "一千二百零一", 1242: "一千二百四十二", 2000: "二千", 9009: "九千零九",
    9090: "九千零九十", 9999: "九千九百九十九",
}  # fmt: skip


@pytest.mark.parametrize(("number", "text"), PRINTED.items())
def test_a_number_is_written_as_statutes_print_it(number: int, text: str) -> None:
    assert to_chinese(number) == text
    assert from_chinese(text) == number


def test_every_number_of_the_domain_reads_back_and_no_two_are_written_alike() -> None:
    written = [to_chinese(n) for n in range(1, 10000)]
    assert [from_chinese(text) for text in written] == list(range(1, 10000))
    assert len(set(written)) == 9999


def test_the_numbers_agree_with_those_the_statute_package_gives_in_digits() -> None:
    with sqlite3.connect(f"{find_database().as_uri()}?mode=ro&immutable=1", uri=True) as database:
        rows = database.execute(
            "SELECT DISTINCT article_no, article_no_arabic FROM articles WHERE article_no LIKE '第%条%'"
        ).fetchall()
    assert len(rows) > 1000
    for text, digits in rows:
        number = article_number(text)
        assert number is not None and number.main == digits
        assert article_label(number) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一十四", 14), ("一百零一十四", None), ("一百〇五", 105), ("一〇五", 105), ("一百十五", 115),
        ("一千零十四", 1014), ("二〇二一", 2021), ("二一", 21), ("一零", 10),
    ],
)  # fmt: skip
def test_unusual_but_clear_forms_are_read(text: str, number: int | None) -> None:
    assert from_chinese(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "零", "百", "十百", "百五", "一百五", "一千五十", "一百二百", "零五", "一百零二十", "一百零零五",
     "一万", "36", "３６", "两百", "一二三四五", "一百 零五"],
)  # fmt: skip
def test_what_is_no_clear_numeral_is_not_guessed(text: str) -> None:
    assert from_chinese(text) is None


@given(st.text(alphabet="零〇一二三四五六七八九十百千", max_size=8))
def test_a_numeral_that_is_read_differs_from_the_printed_one_only_in_known_ways(text: str) -> None:
    number = from_chinese(text)
    if number is None:
        return
    plain = text.replace("〇", "零")
    by_place = len(plain) > 1 and not set(plain) & set("十百千")
    printed = to_chinese(number)
    assert by_place or plain.replace("一十", "十") == printed.replace("一十", "十")


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_numbers_outside_the_domain_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        to_chinese(number)


def test_article_numbers_with_a_suffix_read_and_print() -> None:
    assert article_number("第一百三十四条之一") == ArticleNumber(134, 1)
    assert article_number("第一百二十条之十") == ArticleNumber(120, 10)
    assert article_label(ArticleNumber(139, 1)) == "第一百三十九条之一"


@pytest.mark.parametrize(
    "text", ["条目一", "全文", "第三十六", "第36条", "第三十六条第一款", "第条", "第一百五条"]
)
def test_other_labels_are_no_article_numbers(text: str) -> None:
    assert article_number(text) is None


@pytest.mark.parametrize("slug", ["", "0x1", "36-", "36-0", "036", "a", "36-1-2", " 36"])
def test_a_slug_in_another_form_is_refused(slug: str) -> None:
    with pytest.raises(ValueError):
        ArticleNumber.from_slug(slug)


@given(st.integers(1, 9999), st.integers(0, 20))
def test_an_article_number_survives_its_slug_and_its_label(main: int, sub: int) -> None:
    number = ArticleNumber(main, sub)
    assert ArticleNumber.from_slug(number.slug) == number
    assert article_number(article_label(number)) == number
