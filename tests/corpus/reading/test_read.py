"""The one way in: any bytes with any name give a document or one clear error, within limits."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.reading.docx_files import docx_file, p, zip_file
from tests.corpus.reading.pdf_files import Sheet, lines, pdf_file
from tests.corpus.reading.reading_checks import nothing_is_lost, texts

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable, size_text
from qianche.corpus.reading.read import read

ARTICLES = ("第一条　为了加强安全生产，制定本办法。", "第二条　本办法自公布之日起施行。")


@pytest.mark.parametrize(
    ("data", "name", "format_"),
    [
        (docx_file("".join(map(p, ARTICLES))), "办法.docx", "docx"),
        ("".join(f"<p>{article}</p>" for article in ARTICLES).encode("gb18030"), "办法.htm", "html"),
        ("\n".join(ARTICLES).encode("gb18030"), "办法.txt", "text"),
        ("\n\n".join(ARTICLES).encode(), "办法.md", "markdown"),
    ],
)
def test_the_same_text_comes_out_of_every_format(data: bytes, name: str, format_: str) -> None:
    document = read(data, name)
    assert (document.format, tuple(texts(document)), document.warnings) == (format_, ARTICLES, ())
    assert nothing_is_lost(document)


def test_a_pdf_goes_to_its_reader() -> None:
    document = read(pdf_file([Sheet(lines(["第一条"]))]), "办法.pdf")
    assert (document.format, texts(document)) == ("pdf", ["第一条"])


@pytest.mark.parametrize(
    ("data", "name", "warning"),
    [
        (b"<html><p>x", "报告.docx", "文件名看起来是Word 文件（.docx），内容其实是网页，已按内容读取。"),
        (
            docx_file(p("x")),
            "报告.doc",
            "文件名看起来是旧版 Word 文件（.doc），内容其实是Word 文件（.docx），已按内容读取。",
        ),
        (b"<html><p>x", "报告.doc", "文件名看起来是旧版 Word 文件（.doc），内容其实是网页，已按内容读取。"),
    ],
)
def test_a_name_that_promises_something_else_is_told(data: bytes, name: str, warning: str) -> None:
    document = read(data, name)
    assert texts(document) == ["x"]
    assert document.warnings[0] == warning


@pytest.mark.parametrize(
    "name", ["a.md", "a.txt", "../../etc/passwd", "😀.txt", "长" * 200, "", ".", "a.b.c"]
)
def test_names_are_only_names(name: str) -> None:
    document = read("安全".encode(), name)
    assert (texts(document), document.warnings) == (["安全"], ())


@pytest.mark.parametrize(
    ("data", "limits", "code", "value"),
    [
        (b"x" * 2000, Limits(file_bytes=1024), "too-large", "2.0 KB"),
        ("一\f二\f三".encode(), Limits(pages=2), "too-many-pages", "3 页"),
        ("字".encode() * 50, Limits(paragraph_characters=49), "line-too-long", "50 字"),
        (b"", Limits(), "empty-file", "0 字节"),
        (b'{"a": 1}', Limits(), "not-a-text", "JSON"),
        (zip_file({"a.txt": "x"}), Limits(), "not-a-text", "压缩包"),
        ("名称,人数".encode(), Limits(), "not-a-text", "数据表"),
    ],
)
def test_limits_and_what_is_no_text_are_told_with_the_value(
    data: bytes, limits: Limits, code: str, value: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, "a.csv" if value == "数据表" else "a", limits)
    assert caught.value.code == code
    assert value in caught.value.message


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_fifty_megabytes_on_one_line_are_refused_within_seconds(name: str) -> None:
    line = ("<p>" if name == "a.html" else "") + "字" * 17_000_000
    started = time.perf_counter()
    with pytest.raises(Unreadable) as caught:
        read(line.encode(), name)
    assert caught.value.code == "line-too-long"
    assert time.perf_counter() - started < 20


def test_sizes_are_told_in_units_that_fit() -> None:
    assert [size_text(size) for size in (5, 2048, 3 * 1024**2)] == ["5 字节", "2.0 KB", "3.0 MB"]


NAMES = st.sampled_from(["a", "a.txt", "a.md", "a.html", "a.docx", "a.doc", "a.csv", "a.json"])
BEGINNINGS = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"{\\rtf1",
        b"<html>",
        b"<?xml ",
        b"MIME-Version: 1\n",
        b"\xff\xfe",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ]
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(BEGINNINGS, st.binary(max_size=80), NAMES)
def test_any_bytes_give_a_document_or_a_clear_error(beginning: bytes, data: bytes, name: str) -> None:
    if beginning == b"{\\rtf1":
        name = "a.txt"
        beginning = b"{ \\rtf1"  # LibreOffice is not started here
    try:
        read(beginning + data, name)
    except QiancheError as problem:
        assert problem.message.endswith("。")
