"""Automatic numbers of Word: counted as Word counts them, written in the format of the list."""

from __future__ import annotations

import pytest
from tests.corpus.reading.docx_files import docx_file, levels, numbered, numbering, p

from qianche.corpus.reading.formats.docx import read_docx
from qianche.corpus.reading.formats.number_formats import write_number
from qianche.corpus.reading.limits import DEFAULT_LIMITS


def labels(body: str, **parts: str) -> list[str]:
    """Return the labels of a file."""
    (page,) = read_docx(docx_file(body, **parts), DEFAULT_LIMITS).pages
    return [block.label for block in page.blocks]


def test_articles_are_numbered_as_word_numbers_them() -> None:
    part = numbering(("chineseCountingThousand", "第%1条"), ("chineseCounting", "（%2）"))
    body = (
        numbered("甲")
        + numbered("乙", level=1)
        + numbered("丙", level=1)
        + numbered("丁")
        + numbered("戊", level=1)
    )
    assert labels(body, numbering=part) == ["第一条", "（一）", "（二）", "第二条", "（一）"]


def test_numbers_of_higher_levels_stand_in_the_label_and_legal_style_makes_them_figures() -> None:
    level = levels(("chineseCounting", "第%1章"), ("decimal", "%1.%2"), extra="<w:isLgl/>")
    part = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = numbered("甲") + numbered("乙", level=1) + numbered("丙", level=1)
    assert labels(body, numbering=part) == ["第1章", "1.1", "1.2"]


def test_a_list_with_a_start_of_its_own_begins_anew_and_one_without_goes_on() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    body = numbered("甲") + numbered("乙", 2) + numbered("丙", 3) + numbered("丁", 3)
    assert labels(body, numbering=numbering(("decimal", "%1、"), more=more)) == ["1、", "2、", "7、", "8、"]


def test_a_level_that_never_restarts_counts_through() -> None:
    level = levels(("decimal", "%1"), ("decimal", "(%2)"), extra='<w:lvlRestart w:val="0"/>')
    part = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = numbered("甲") + numbered("乙", level=1) + numbered("丙") + numbered("丁", level=1)
    assert labels(body, numbering=part) == ["1", "(1)", "2", "(2)"]


def test_a_style_brings_its_list_and_level_and_number_zero_takes_it_away() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="tiao"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    part = numbering(("decimal", "%1章"), ("decimal", "%2条")).replace(
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%2条"/>',
        '<w:numFmt w:val="decimal"/><w:pStyle w:val="tiao"/><w:lvlText w:val="%2条"/>',
    )
    body = p("甲", '<w:pStyle w:val="tiao"/>') + p(
        "乙", '<w:pStyle w:val="tiao"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    assert labels(body, styles=style, numbering=part) == ["1条", ""]


def test_a_definition_that_links_to_a_list_style_takes_its_levels() -> None:
    part = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="s"/></w:abstractNum><w:abstractNum w:abstractNumId="1">'
        f'<w:styleLink w:val="s"/>{levels(("upperLetter", "%1)"))}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert labels(numbered("甲") + numbered("乙"), numbering=part) == ["A)", "B)"]


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("decimal", 12, "12"), ("decimalZero", 7, "07"), ("lowerLetter", 28, "bb"), ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"), ("chineseCounting", 20, "二十"), ("chineseCountingThousand", 101, "一百零一"),
        ("japaneseCounting", 11, "十一"), ("ideographTraditional", 10, "癸"), ("ideographTraditional", 11, "11"),
        ("decimalEnclosedCircle", 20, "⑳"), ("decimalEnclosedCircle", 21, "㉑"), ("decimalEnclosedCircle", 36, "㊱"),
        ("decimalFullWidth", 10, "１０"), ("chineseLegalSimplified", 21, "贰拾壹"), ("ideographDigital", 2023, "二〇二三"),
        ("decimalEnclosedParen", 3, "⑶"), ("decimalEnclosedFullstop", 1, "⒈"), ("none", 1, ""), ("unheard-of", 5, "5"),
        ("decimal", 0, "0"), ("chineseCounting", 10000, "10000"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_format_of_the_list(form: str, number: int, written: str) -> None:
    assert write_number(number, form) == written
