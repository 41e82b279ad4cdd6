"""What kind of file bytes are, whatever their name says."""

from __future__ import annotations

import pytest
from tests.corpus.reading.docx_files import docx_file, p, zip_file

from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.sniff import format_of, kind_of

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj"
XLSX = zip_file({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"})


def ole2(stream: str) -> bytes:
    """Return the beginning of an OLE2 file with a stream of that name."""
    return OLE2 + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (docx_file(p("甲")), "a.docx", "docx"),
        (docx_file(p("甲")), "a.doc", "docx"),
        (docx_file(p("甲")), "a.zip", "docx"),
        (zip_file({"word\\document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "a.docx", "docx"),
        (XLSX, "a.docx", "table"),
        (zip_file({"报告.pdf": "x"}), "a.zip", "archive"),
        (ole2("WordDocument"), "a.doc", "doc"),
        (ole2("WordDocument"), "a.wps", "doc"),
        (b"{\\rtf1\\ansi}", "a.doc", "rtf"),
        (PDF, "a.docx", "pdf"),
        (b"junk\r\n" * 100 + PDF, "a.bin", "pdf"),
        ("本标准讲 %PDF-1.7 文件的存档。".encode(), "a.txt", "text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(9), "a.pdf", "image"),
        (b"\xff\xd8\xff\xe0" + bytes(9), "a", "image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.webp", "image"),
        (b"BM\x46\x00\x00\x00\x00\x00\x00\x00" + bytes(60), "a.bmp", "image"),
        (b"BMW accident report, 2021", "a.txt", "text"),
        (b"<html><body>x", "a.docx", "html"),
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>x", "a.doc", "html"),
        (b"<!-- saved --><HEAD><title>x", "a.txt", "html"),
        ("<html><p>甲".encode("utf-16"), "a.xls", "html"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "a.xhtml", "html"),
        (b"<div class='article'><p>x</p></div>", "a.html", "html"),
        (b"<div class='article'><p>x</p></div>", "a.txt", "html"),
        (b"<div align=center>\n# x", "README.md", "markdown"),
        (b"x <p>", "a.htm", "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\n", "a.doc", "mhtml"),
        (b"From: a\nSubject: b\n\nContent-Type: text/html later", "a.txt", "text"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "a.xml", "doc"),
        (b'{"title": "x"}', "a.txt", "json"),
        (b'{"a": 1}\n{"a": 2}\n', "a.jsonl", "json"),
        (b'[{"a": 1', "a.json", "json"),
        ("[安委办〔2024〕2号] 通知".encode(), "a.txt", "text"),
        (b"[1, 2] and so on", "a.txt", "text"),
        ("# 甲".encode(), "a.MD", "markdown"),
        ("# 甲".encode(), "a.txt", "text"),
        ("事故名称,死亡人数".encode(), "a.csv", "table"),
        ("甲".encode(), "a.xlsx", "text"),
        ("甲".encode("gb18030"), "../../a", "text"),
        ("甲".encode(), "😀" * 200, "text"),
    ],
)
def test_the_kind_is_that_of_the_content(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"), (b"\x00\x00 \r\n", "empty-file"), (b"PK\x03\x04 cut", "truncated"),
        (docx_file(p("甲"))[:300], "truncated"), (ole2("EncryptedPackage"), "encrypted"),
        (ole2("Workbook"), "unknown-format"), (ole2("PowerPoint Document"), "unknown-format"), (OLE2, "unknown-format"),
        (zip_file({"[Content_Types].xml": "x", "ppt/a.xml": "x"}), "unknown-format"),
        (zip_file({"mimetype": "x", "content.xml": "x"}), "unknown-format"),
        (zip_file({"mimetype": "x", "META-INF/container.xml": "x"}), "unknown-format"),
        (b"Rar!\x1a\x07\x00", "unknown-format"), (b"7z\xbc\xaf\x27\x1c", "unknown-format"), (b"MZ\x90", "unknown-format"),
        (b"<?xml version='1.0'?><Body><Title/></Body>", "unknown-format"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_named_with_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        kind_of(data, "a.docx")
    assert caught.value.code == code
    assert caught.value.message.count("。") >= 2
    assert "请" in caught.value.message


def test_formats_are_the_readers_own() -> None:
    assert [format_of(data, "a") for data in (b"{\\rtf1}", b"<html>", PDF, XLSX)] == [
        "doc",
        "html",
        "pdf",
        "table",
    ]
    with pytest.raises(Unreadable) as caught:
        format_of(zip_file({"a.txt": "x"}), "a.zip")
    assert caught.value.code == "not-a-text"
