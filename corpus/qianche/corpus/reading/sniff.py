"""What kind of file the bytes are: by their content, the name only where content cannot tell."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import PurePath
from typing import Literal

from qianche.corpus.reading.formats.encoding import decode_head
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import Format

Kind = Literal[
    "docx", "doc", "rtf", "pdf", "image", "html", "mhtml", "text", "markdown", "json", "table", "archive"
]
"""As `Format`, with the kinds apart that are read in ways of their own; an archive holds files of any kind."""

FORMATS: dict[Kind, Format] = {
    "docx": "docx", "doc": "doc", "rtf": "doc", "pdf": "pdf", "image": "image", "html": "html", "mhtml": "html",
    "text": "text", "markdown": "markdown", "json": "json", "table": "table",
}  # fmt: skip
SUFFIXES: dict[str, Kind] = {
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".doc": "doc", ".wps": "doc", ".rtf": "rtf", ".pdf": "pdf",
    ".png": "image", ".jpg": "image", ".jpeg": "image", ".tif": "image", ".tiff": "image", ".bmp": "image",
    ".webp": "image", ".gif": "image", ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html",
    ".mhtml": "mhtml", ".mht": "mhtml", ".txt": "text", ".md": "markdown", ".markdown": "markdown",
    ".json": "json", ".jsonl": "json", ".ndjson": "json", ".xlsx": "table", ".xlsm": "table", ".csv": "table",
    ".tsv": "table", ".zip": "archive",
}  # fmt: skip
KIND_NAMES: dict[Kind, str] = {
    "docx": "Word 文件（.docx）", "doc": "旧版 Word 文件（.doc）", "rtf": "RTF 文件", "pdf": "PDF 文件", "image": "图片",
    "html": "网页", "mhtml": "网页存档（.mhtml）", "text": "纯文本", "markdown": "Markdown 文本", "json": "JSON 数据",
    "table": "数据表", "archive": "压缩包",
}  # fmt: skip

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*",
)  # fmt: skip
_REFUSED = (
    (b"Rar!\x1a\x07", "RAR 压缩包", "请解压后导入其中的文件"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "请解压后导入其中的文件"),
    (b"\x1f\x8b", "gzip 压缩文件", "请解压后再导入"),
    (b"MZ", "Windows 程序", "请确认选对了文件"),
    (b"\x7fELF", "Linux 程序", "请确认选对了文件"),
    (b"SQLite format 3\x00", "SQLite 数据库", "请导出为表格或文本后再导入"),
)
_JUNK_BEFORE_PDF = 1024
"""Source: ISO 32000-1, Annex H: readers accept the header within the first 1,024 bytes."""

_HTML_START = re.compile(
    r"(?:\s|<!--.*?-->)*+(?:<\?xml[^>]*>(?:\s|<!--.*?-->)*+<(?:!doctype\s+html|html)\b"
    r"|<(?:!doctype\s+html|html|head|body|meta|title|script|style)\b)",
    re.I | re.S,
)
"""Matches "<?xml …?><html>", "<!-- x --><!DOCTYPE html" and "<body>"; not "<?xml …?><Body>", nor "<p>", with which
Markdown may begin."""
_HTML_PIECE = re.compile(
    r"\s*<(?:div|p|table|section|article|span|center|h[1-6]|ul|ol|font|br|b)\b[^>]*>", re.I
)
"""Matches "<div class=x>"; not "<事故经过>"."""
_MAIL_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t]+[^\n]*\r?\n)*)+")
_MAIL_OF_PAGES = re.compile(
    r"^content-type:\s*(?:multipart/related|multipart/alternative|text/html)", re.I | re.M
)
"""Matches "Content-Type: multipart/related;"; not "Content-Type: text/plain"."""
_JSON_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]0-9-])")
"""Matches '{"a"' and '[{'; not "[安委办〔2024〕2号]" nor "{甲"."""
_WORD_XML = re.compile(r"<\?mso-application progid=\"Word\.Document\"|<w:wordDocument\b|<pkg:package\b")


def format_of(data: bytes, name: str) -> Format:
    """Return the format of a file; see `kind_of`.

    Raises:
        Unreadable: as `kind_of`, and `not-a-text` for an archive.
    """
    kind = kind_of(data, name)
    if kind not in FORMATS:
        raise Unreadable("这是压缩包，不是单个文稿。请按压缩包导入，或解压后导入其中的文件。", "not-a-text")
    return FORMATS[kind]


def kind_of(data: bytes, name: str) -> Kind:
    """Return the kind of a file: by signature, then by the structure of its text, then by the name's ending.

    The name decides only between text, Markdown and CSV, and for pieces of HTML or JSON without a clear beginning.

    Args:
        data: all bytes of the file.
        name: its name, with or without folders.

    Raises:
        Unreadable: `empty-file`; `encrypted`; `truncated` for a zip without directory; `unknown-format` for what
            is known and not read (RAR, slides, programs). Bytes that are no text are found out on reading.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable(f"文件是空的（{len(data)} 字节）。请重新下载或重新导出后再导入。", "empty-file")
    return _by_signature(data, name) or _by_text(data, PurePath(name).suffix.lower())


def expected_kind(name: str) -> Kind | None:
    """Return the kind that the ending of a name promises, None for an unknown ending."""
    return SUFFIXES.get(PurePath(name).suffix.lower())


def _by_signature(data: bytes, name: str) -> Kind | None:
    """Return the kind of a binary file by its first bytes, None for what may be text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(_OLE2):
        return _ole_kind(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_IMAGES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return "image" if not data.startswith(b"BM") or _is_bitmap(data) else None
    for magic, what, remedy in _REFUSED:
        if data.startswith(magic):
            raise _refused(what, remedy)
    position = data.find(b"%PDF-", 0, _JUNK_BEFORE_PDF + 5)
    # a text that mentions the mark has no objects
    if position == 0 or (position > 0 and (b" obj" in data or expected_kind(name) == "pdf")):
        return "pdf"
    return None


def _is_bitmap(data: bytes) -> bool:
    """Return whether a file that begins with BM states its own size, as bitmaps do and text does not."""
    return int.from_bytes(data[2:6], "little") in (0, len(data)) and data[6:10] == b"\x00\x00\x00\x00"


def _zip_kind(data: bytes) -> Kind:
    """Return the kind of a zip file by the names in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {member.replace("\\", "/") for member in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise Unreadable("文件不完整：压缩包缺少目录。请重新下载或重新另存后再导入。", "truncated") from fault
    if "[Content_Types].xml" not in names:
        if "mimetype" in names and "META-INF/container.xml" in names:
            raise _refused("电子书（EPUB）", "请转换为 .docx 或 PDF 后再导入")
        if "mimetype" in names and "content.xml" in names:
            raise _refused("OpenDocument 文件", "请另存为 .docx 或 .xlsx 后再导入")
        if not any(member.startswith("word/") for member in names):
            return "archive"
    if any(member.startswith("word/") for member in names):
        return "docx"
    if any(member.startswith("xl/") for member in names):
        return "table"
    if any(member.startswith("ppt/") for member in names):
        raise _refused("演示文稿（.pptx）", "请另存为 PDF 后再导入")
    return "archive"


def _ole_kind(data: bytes) -> Kind:
    """Return the kind of an OLE2 file by the names of its streams."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Unreadable("文件已加密，需要密码才能打开。请去掉密码后再导入。", "encrypted")
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook"):
        raise _refused("旧版 Excel 文件（.xls）", "请另存为 .xlsx 后再导入")
    if holds("PowerPoint Document"):
        raise _refused("旧版演示文稿（.ppt）", "请另存为 PDF 后再导入")
    raise _refused("旧版 Office 文件，但不是 Word 文稿", "请另存为 .docx 或 PDF 后再导入")


def _by_text(data: bytes, suffix: str) -> Kind:
    """Return the kind of a text file."""
    head = decode_head(data).lstrip("\ufeff")
    named = SUFFIXES.get(suffix)
    if _HTML_START.match(head):
        return "html"
    if _WORD_XML.search(head):
        return "doc"
    header = _MAIL_HEADER.match(head)
    if header and _MAIL_OF_PAGES.search(header[0]):
        return "mhtml"
    if named != "markdown" and _HTML_PIECE.match(head):
        return "html"
    if _JSON_START.match(head) and (named == "json" or _is_json(data)):
        return "json"
    if head.lstrip().startswith("<?xml"):
        raise _refused("XML 数据", "请把正文另存为文本或网页后再导入")
    if named in ("markdown", "html") or (named == "table" and suffix in (".csv", ".tsv")):
        return named
    return "text"


def _is_json(data: bytes) -> bool:
    """Return whether the text is one JSON value, or one a line."""
    first = data.split(b"\n", 1)[0]
    for candidate in (first, data):
        try:
            json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        return True
    return False


def _refused(what: str, remedy: str) -> Unreadable:
    """Return the error for a kind of file that is known and not read."""
    return Unreadable(f"这是{what}，不能直接读取。{remedy}。", "unknown-format")
