"""Text and Markdown: the encoding found, lines told from paragraphs, marks taken off and nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.reading.reading_checks import nothing_is_lost, texts

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.formats.encoding import decode
from qianche.corpus.reading.formats.markdown import read_markdown
from qianche.corpus.reading.formats.text import read_text
from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawBlock, RawDocument

SIMPLIFIED = [
    "安全生产",
    "报告",
    "第一条　为了加强管理，制定本办法。",
    "嘉峪关某厂",
    "联通",
    "2023年6月21日，\n某店爆炸。",
    "镕㙍煤矿事故",
]
TRADITIONAL = ["職業安全衛生法", "報告", "煤礦爆炸，死亡三人。", "第一條\n為防止職業災害"]


@pytest.mark.parametrize("text", SIMPLIFIED)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_simplified_text_is_read_in_every_encoding_however_short(text: str, encoding: str) -> None:
    # two characters without a newline are two pairs of bytes, which UTF-16 alone does not tell from ASCII
    if not (encoding in ("utf-16-le", "utf-16-be") and len(text) < 4):
        assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16"])
def test_traditional_text_is_read_in_every_encoding_however_short(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_western_text_is_not_taken_for_chinese() -> None:
    text = "The investigator’s résumé – 3 pages"
    assert decode(text.encode("cp1252")).text == text


def test_a_file_pasted_together_from_two_encodings_is_read_line_by_line() -> None:
    data = (
        "第一条　安全生产\n".encode() + "第二条　事故调查\n".encode("gb18030") + "第三条　企业责任".encode()
    )
    decoded = decode(data)
    assert decoded.text.split("\n") == ["第一条　安全生产", "第二条　事故调查", "第三条　企业责任"]
    assert "混用" in decoded.warnings[0]


def test_a_file_cut_within_a_character_keeps_all_others() -> None:
    decoded = decode("安全生产责任制".encode("gb18030")[:-1])
    assert (decoded.text, decoded.unreadable) == ("安全生产责任\ufffd", 1)


def test_the_end_mark_of_dos_is_no_text() -> None:
    assert decode("安全\r\n\x1a".encode("gb18030")) == decode("安全\r\n".encode("gb18030"))


@pytest.mark.parametrize("seed", range(5))
def test_noise_is_no_text(seed: int) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(random.Random(seed).randbytes(200_000))
    assert caught.value.code == "unknown-format"


def test_text_full_of_nul_is_no_text() -> None:
    with pytest.raises(Unreadable):
        decode(b"abc\x00\x00def\x01\x02" * 50)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("安全生产事故调查报告第一条二〇年月日的，。　\n1a"), min_size=12))
def test_running_chinese_survives_every_encoding(text: str) -> None:
    if sum(character > "\u4e00" for character in text) >= 8:
        for encoding in ("utf-8", "gb18030", "utf-16"):
            assert decode(text.encode(encoding)).text == text


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_clear_error(data: bytes) -> None:
    for reader in (read_text, read_markdown):
        try:
            reader(data, DEFAULT_LIMITS)
        except QiancheError as problem:
            assert problem.message.endswith("。")


def read(text: str) -> RawDocument:
    """Return a text file that lost nothing."""
    document = read_text(text.encode(), DEFAULT_LIMITS)
    assert nothing_is_lost(document)
    return document


def test_lines_are_paragraphs_and_empty_lines_are_noted() -> None:
    (page,) = read("标题\r\n\r\n　　第一段。\n第二段\u2028第三段").pages
    assert [(b.kind, b.text, b.blank_before) for b in page.blocks] == [
        ("paragraph", "标题", False), ("paragraph", "　　第一段。", True), ("paragraph", "第二段", False),
        ("paragraph", "第三段", False),
    ]  # fmt: skip


def test_form_feeds_part_pages() -> None:
    document = read("一\n\f\f三\n\f")
    assert [(page.number, page.status, len(page.blocks)) for page in document.pages] == [
        (1, "text", 1), (2, "empty", 0), (3, "text", 1),
    ]  # fmt: skip


def wrapped(text: str, width: int) -> str:
    """Return text broken at a width in characters, as a printed page breaks it."""
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


STORY = (
    "当日上午，该矿三名作业人员进入回采工作面检查支护情况时，顶板突然垮落，将其中两人埋压，"
    "矿方立即组织人员施救并向有关部门报告"
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (wrapped(STORY * 4 + "。", 38), "line"),
        (
            "一、经过\n" + wrapped(STORY * 2 + "。", 20) + "\n二、原因\n" + wrapped(STORY * 2 + "。", 20),
            "line",
        ),
        ("\n".join(f"{STORY}。" for _ in range(8)), "paragraph"),
        ("\n".join(f"{STORY * 3}。" for _ in range(8)), "paragraph"),
        (
            "\n".join(f"第{number}条　企业应当设立安全生产管理机构。" for number in "一二三四五六"),
            "paragraph",
        ),
        ("\n".join(f"（{number}）未按规定检测瓦斯浓度的；" for number in "一二三四五六"), "paragraph"),
        (
            "\n".join(("目录", "第一章 总则", "第二章 责任", "第三章 调查", "第四章 处理", "第五章 附则")),
            "paragraph",
        ),
        ("一行", "paragraph"),
    ],
)
def test_lines_broken_by_a_margin_are_told_from_paragraphs(text: str, kind: str) -> None:
    assert {block.kind for block in read(text).pages[0].blocks} == {kind}


def markdown(text: str) -> RawDocument:
    """Return a Markdown file that lost nothing."""
    document = read_markdown(text.encode(), DEFAULT_LIMITS)
    assert nothing_is_lost(document)
    return document


def blocks(text: str) -> tuple[RawBlock, ...]:
    """Return the blocks of a Markdown file."""
    return markdown(text).pages[0].blocks


def test_headings_have_levels_and_lines_stay_apart() -> None:
    found = blocks("# 条例\n\n2023年公布\n\n## 第一章　总 则\n第一条 甲\n第二条 乙  \n丙\n")
    assert [(b.kind, b.level, b.text, b.blank_before) for b in found] == [
        ("heading", 1, "条例", False), ("paragraph", None, "2023年公布", True), ("heading", 2, "第一章　总 则", True),
        ("paragraph", None, "第一条 甲", False), ("paragraph", None, "第二条 乙", False), ("paragraph", None, "丙", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**第一条**　为了", ["第一条　为了"]),
        ("**第一条。**为了*安全*", ["第一条。为了安全"]),
        ("见**《甲法》**规定", ["见《甲法》规定"]),
        ("张**、李**死亡", ["张**、李**死亡"]),
        ("尺寸200*300*5毫米", ["尺寸200*300*5毫米"]),
        (">5%时停电", [">5%时停电"]),
        ("> 引文一\n> 引文二", ["引文一", "引文二"]),
        ("见[全文](https://a.b/c 'd')和<https://a.b>", ["见全文和https://a.b"]),
        ("![图](a.png)文", ["文"]),
        ("[1]: 《安全生产法》", ["[1]: 《安全生产法》"]),
        ("\\*甲\\* &lt;乙&gt; `丙`", ["*甲* <乙> 丙"]),
        ("<!-- INFO END -->\n\n甲<!-- x -->乙<br>丙", ["甲乙", "丙"]),
        ("<div align=center>\n<p>甲</p>乙\n</div>", ["甲", "乙"]),
        ("3. 甲\n7) 乙\n- 丙\n\n  丁", ["3. 甲", "7) 乙", "丙", "丁"]),
        ("    四格缩进\n\t制表缩进", ["四格缩进", "制表缩进"]),
        ("```\n甲\n  乙\n```", ["甲", "  乙"]),
        ("甲\n\n---\n\n乙", ["甲", "乙"]),
        ("第二十一条>的规定", ["第二十一条>的规定"]),
        ("甲\\n乙", ["甲\\n乙"]),
    ],
)
def test_marks_are_taken_off_and_text_that_looks_like_marks_stays(source: str, expected: list[str]) -> None:
    assert texts(markdown(source)) == expected


def test_a_line_below_makes_a_heading_of_a_short_line_only() -> None:
    found = blocks("标题\n===\n\n" + "这一段下面有一条线，" * 10 + "\n---\n")
    assert [(b.kind, b.level) for b in found] == [("heading", 1), ("paragraph", None)]


def test_pipe_tables_keep_every_cell_and_the_text_around_them() -> None:
    found = blocks("说明\n| 序号 | **项目** |\n|:--|--:|\n| 1 | a\\|b | 多出 |\n| 2 |\n其后")
    assert [b.text for b in found] == ["说明", "", "其后"]
    assert found[1].rows == (("序号", "项目", ""), ("1", "a|b", "多出"), ("2", "", ""))


def test_data_before_the_text_is_left_out_and_told() -> None:
    document = markdown("---\ntitle: 某条例\ntags:\n  - 安全\n- x: y\n---\n\n# 某条例\n")
    assert texts(document) == ["某条例"]
    assert "title: 某条例" in document.warnings[0]
    assert texts(markdown("---\n一句话\n---\n")) == ["一句话"]


def test_deep_nesting_and_endless_lines_are_refused() -> None:
    for source, code in (("> " * 200 + "字", "too-deep"), ("字" * 101, "line-too-long")):
        with pytest.raises(Unreadable) as caught:
            read_markdown(
                source.encode(), Limits(paragraph_characters=100 if code == "line-too-long" else 1000)
            )
        assert caught.value.code == code


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("甲乙。*_#>|-`[]()!<&;\\ \n1.~:"), max_size=60))
def test_any_markdown_gives_a_document_that_lost_nothing(source: str) -> None:
    if source.strip():
        markdown(source)
