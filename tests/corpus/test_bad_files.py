"""Files that no good import can come from: each is told in Chinese what is wrong, with its code, within seconds."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from tests.corpus.reading.docx_files import W, docx_file, p, zip_file
from tests.corpus.reading.pdf_files import Sheet, lines, pdf_file

from qianche.corpus.reading.isolation import WorkerPool
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.taking_in import isolated_take_in, take_in

REPORT = (
    "柳城冶炼厂“3·2”爆炸事故调查报告",
    "2021年3月2日8时，柳城冶炼厂发生一起爆炸事故，造成2人死亡。",
    "一、事故经过",
    "工人向炉内加入潮湿废料，随即发生爆炸。",
    "二、事故原因",
    "入炉料未烘干。",
)
TEXT = "\n".join(REPORT)
DOCX = docx_file("".join(p(line) for line in REPORT))
PDF = pdf_file([Sheet(lines(REPORT))])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECONDS = 15.0
"""Within which even the largest of these is told."""


def blank_pdf(pages: int) -> bytes:
    """Return a PDF of so many blank pages, or of none."""
    kids = " ".join(f"{3 + number} 0 R" for number in range(pages))
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>"]
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate([*objects, *[page] * pages], 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = f"trailer\n<< /Size {len(offsets) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return bytes(out) + f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def document_xml(source: str) -> bytes:
    """Return a Word file with nothing but this as its document part."""
    return zip_file({"word/document.xml": source})


def entities(declared: str, used: str) -> bytes:
    """Return a Word file whose document declares entities and uses one."""
    return document_xml(
        f'<!DOCTYPE a [{declared}]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&{used};</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )


def bomb() -> bytes:
    """Return a Word file that unpacks to a thousand times its size."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 50_000_000)
    return buffer.getvalue()


BILLION = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@dataclass(frozen=True)
class Bad:
    """A file, the code it gets, and words of its message that name what happened."""

    what: str
    data: Callable[[], bytes]
    name: str
    code: str
    says: str


BAD = (
    Bad("nothing", lambda: b"", "报告.docx", "empty-file", "0 字节"),
    Bad("blanks and zeros", lambda: b"\x00 \r\n" * 9, "报告.txt", "empty-file", "36 字节"),
    Bad("half a zip", lambda: zip_file({"甲.txt": TEXT * 20})[:-30], "一批.zip", "truncated", "不完整"),
    Bad("half a Word file", lambda: DOCX[: len(DOCX) // 2], "报告.docx", "truncated", "不完整"),
    Bad("the first bytes of a zip", lambda: b"PK\x03\x04", "报告.docx", "truncated", "不完整"),
    Bad("what only looks like a zip", lambda: b"PK12", "报告.docx", "damaged", "Word 文件"),
    Bad("text as a Word file", TEXT.encode, "报告.docx", "damaged", ".txt"),
    Bad("text as a PDF", TEXT.encode, "报告.pdf", "damaged", "PDF 文件"),
    Bad("text as a workbook", TEXT.encode, "台账.xlsx", "damaged", "数据表"),
    Bad("text as a picture", TEXT.encode, "扫描.png", "damaged", "图片"),
    Bad("zeros inside", lambda: DOCX[:200] + bytes(300) + DOCX[500:], "报告.docx", "damaged", "已损坏"),
    Bad("no document part", lambda: zip_file({"word/x.xml": "<a/>"}), "报告.docx", "damaged", "缺少正文"),
    Bad("XML cut off", lambda: document_xml("<w:document><w:body>"), "报告.docx", "damaged", "不是完整的 XML"),
    Bad("a file of the machine asked for", lambda: entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "x"),
        "报告.docx", "damaged", "外部实体"),
    Bad("a billion laughs", lambda: entities('<!ENTITY a0 "哈">' + BILLION, "a9"), "报告.docx", "damaged", "已损坏"),
    Bad("a bomb", bomb, "报告.docx", "too-large", "解压后"),
    Bad("half a PDF", lambda: PDF[: len(PDF) // 2], "报告.pdf", "truncated", "不完整"),
    Bad("the head of a PDF", lambda: PDF[:20], "报告.pdf", "truncated", "不完整"),
    Bad("a PDF with a password", lambda: pdf_file([Sheet(lines(REPORT))], user_password="secret"),
        "报告.pdf", "encrypted", "密码"),
    Bad("a PDF without pages", lambda: blank_pdf(0), "报告.pdf", "damaged", "PDF 文件"),
    Bad("a PDF of 3,001 pages", lambda: blank_pdf(3001), "报告.pdf", "too-many-pages", "3001 页"),
    Bad("a Word file with a password", lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "报告.docx", "encrypted", "密码"),
    Bad("half an old Word file", lambda: OLE + bytes(100), "报告.doc", "unknown-format", "旧版"),
    Bad("10,000 tags in one another", lambda: b"<html><body>" + b"<div>" * 10_000 + "事故".encode(),
        "报告.html", "too-deep", "2048 层"),
    Bad("brackets in one another", lambda: b"[" * 100_000 + b"]" * 100_000, "案例.json", "too-deep", "嵌套过深"),
    Bad("half a JSON", lambda: b'{"a": 1, ', "案例.json", "damaged", "第 1 行"),
    Bad("noise", lambda: bytes((n * 7919 + n * n * 31) % 256 for n in range(5000)), "报告.txt",
        "unknown-format", "不是可辨认的文字"),
    Bad("half a saved page", lambda: b"Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\n", "报告.mht",
        "damaged", "没有网页正文"),
    Bad("a RAR", lambda: b"Rar!\x1a\x07\x00" + bytes(90), "一批.rar", "unknown-format", "解压"),
    Bad("a program", lambda: b"MZ" + bytes(90) + b"x", "报告.docx", "unknown-format", "程序"),
    Bad("a picture cut off", lambda: b"\x89PNG\r\n\x1a\n" + bytes(20) + b"x", "扫描.png", "damaged", "图片"),
    Bad("50 MB in a line", lambda: ("事故" * 8_750_000).encode(), "报告.txt", "line-too-long", "17500000 字"),
    Bad("50 MB of brackets", lambda: ("（" * 17_500_000).encode(), "报告.txt", "line-too-long", "17500000 字"),
    Bad("50 MB of digits", lambda: b"1." * 26_000_000, "报告.md", "line-too-long", "52000000 字"),
)  # fmt: skip


def put(tmp_path: Path, data: bytes) -> Path:
    """Write the bytes under a name of the store's own, as the user's name may be no name of a file."""
    path = tmp_path / "stored"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.what)
def test_what_cannot_be_read_is_told_in_chinese_with_its_code(bad: Bad, tmp_path: Path) -> None:
    path = put(tmp_path, bad.data())
    began = time.perf_counter()
    with pytest.raises(Unreadable) as caught:
        take_in(path, bad.name)
    assert time.perf_counter() - began < SECONDS
    assert caught.value.code == bad.code
    assert bad.says in caught.value.message
    assert re.search(r"请.+。$|。$", caught.value.message) and "请" in caught.value.message


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/报告.txt",
        "..\\..\\报告.txt",
        "/报告.txt",
        "事故💥报告🔥.txt",
        "很" * 200 + ".txt",
        "报\x00告.txt",
        "",
    ],
)
def test_no_name_keeps_a_file_from_being_read(name: str, tmp_path: Path) -> None:
    taken = take_in(put(tmp_path, TEXT.encode()), name)
    assert taken.kind == "report"
    assert taken.document.text == TEXT
    assert taken.document.warnings == ()


@pytest.mark.parametrize(
    ("data", "name", "warns"),
    [
        (f"<html><body><p>{'</p><p>'.join(REPORT)}</p></body></html>".encode(), "报告.docx", "内容其实是网页"),
        (PDF, "报告.docx", "内容其实是PDF 文件"),
        (DOCX, "报告.pdf", "内容其实是Word 文件"),
        (TEXT.encode("gb18030"), "报告.doc", "内容其实是纯文本"),
        (TEXT.encode("utf-16-le"), "报告.txt", ""),
        (TEXT.encode("utf-16-be"), "报告.txt", ""),
        (TEXT.encode("utf-16"), "报告.txt", ""),
        (TEXT.encode("gb18030"), "报告.txt", ""),
    ],
    ids=["page as Word", "PDF as Word", "Word as PDF", "text as old Word", "UTF-16 LE", "UTF-16 BE", "BOM", "GB18030"],
)  # fmt: skip
def test_what_is_of_another_kind_or_encoding_is_read_all_the_same(
    data: bytes, name: str, warns: str, tmp_path: Path
) -> None:
    taken = take_in(put(tmp_path, data), name)
    assert taken.kind == "report"
    assert taken.document.text == TEXT
    assert bool(taken.document.warnings) == bool(warns)
    assert warns in "".join(taken.document.warnings)


def test_lines_of_two_encodings_are_read_each_by_its_own_and_told(tmp_path: Path) -> None:
    taken = take_in(put(tmp_path, TEXT.encode() + b"\n" + TEXT.encode("gb18030")), "报告.txt")
    assert taken.document.text == f"{TEXT}\n{TEXT}"
    assert "GB18030" in taken.document.warnings[0] and "UTF-8" in taken.document.warnings[0]


def test_a_zero_byte_in_a_text_is_shown_and_told(tmp_path: Path) -> None:
    taken = take_in(put(tmp_path, TEXT.replace("冶炼厂", "冶炼\x00厂", 1).encode()), "报告.txt")
    assert "\x00" not in taken.document.text
    assert "1 处" in taken.document.warnings[0]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (docx_file(""), "报告.docx"),
        (b"<html><body><script>1</script></body></html>", "报告.html"),
        (blank_pdf(2), "报告.pdf"),
    ],
    ids=["Word", "page", "PDF"],
)
def test_a_file_without_any_text_says_so(data: bytes, name: str, tmp_path: Path) -> None:
    taken = take_in(put(tmp_path, data), name)
    assert taken.kind == "other"
    assert taken.document.text == ""
    assert any("文件里没有文字" in warning for warning in taken.document.warnings)


def test_a_bad_file_fails_alone_in_a_worker_and_the_next_ones_are_read(tmp_path: Path) -> None:
    with WorkerPool(1, Limits(seconds_per_file=30.0)) as pool:
        take = isolated_take_in(pool)
        for data, code in ((b"PK12", "damaged"), (blank_pdf(3001), "too-many-pages")):
            with pytest.raises(Unreadable) as caught:
                take(put(tmp_path, data), "报告.docx")
            assert caught.value.code == code
            assert take(put(tmp_path, DOCX), "报告.docx").document.text == TEXT
