"""The one way into reading: bytes of any file become a `RawDocument`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable, size_text
from qianche.corpus.reading.raw import RawDocument
from qianche.corpus.reading.sniff import KIND_NAMES, Kind, expected_kind, kind_of

Reader = Callable[[bytes, Limits], RawDocument]
_ALIKE = (frozenset({"text", "markdown"}), frozenset({"html", "mhtml"}))
"""Kinds whose names people mix without harm: no warning."""
_NEVER_TEXT = frozenset({"docx", "pdf", "image", "table", "archive"})
"""Kinds of which no program writes a plain text under their name; for .doc and .rtf old programs do."""


def read(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> RawDocument:
    """Return what a reader makes of one file: pages of blocks, its characters as they are.

    A file whose content is of another kind than its name says is read by its content, with a warning; bytes without
    any structure under the name of a Word file, PDF, picture, workbook or archive are what is left of a damaged one.

    Args:
        data: all bytes of the file.
        name: its name, with or without folders; it tells Markdown from text.
        limits: how much is read at most.

    Raises:
        Unreadable: with its code; `not-a-text` for tables, JSON and archives, which have readers of their own.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable(
            f"文件有 {size_text(len(data))}，超过上限 {size_text(limits.file_bytes)}。请拆分后再导入。",
            "too-large",
        )
    kind, expected = kind_of(data, name), expected_kind(name)
    if kind == "text" and expected in _NEVER_TEXT:
        raise Unreadable(
            f"文件名是{KIND_NAMES[expected]}，内容却没有这种文件的结构，已损坏或改过扩展名。"
            "请重新下载或重新另存；若本来就是纯文本，请把扩展名改为 .txt 后再导入。",
            "damaged",
        )
    document = _reader(kind)(data, limits)
    _check_sizes(document, limits)
    if expected is None or expected == kind or any({expected, kind} <= alike for alike in _ALIKE):
        return document
    warning = f"文件名看起来是{KIND_NAMES[expected]}，内容其实是{KIND_NAMES[kind]}，已按内容读取。"
    return replace(document, warnings=(warning, *document.warnings))


def _reader(kind: Kind) -> Reader:
    """Return the reader of a kind, imported only now: one of them alone needs a tenth of a second."""
    if kind == "docx":
        from qianche.corpus.reading.formats.docx import read_docx

        return read_docx
    if kind in ("doc", "rtf"):
        from qianche.corpus.reading.formats.doc import read_doc

        return lambda data, limits: read_doc(data, limits, suffix="rtf" if kind == "rtf" else "doc")
    if kind == "pdf":
        from qianche.corpus.reading.formats.pdf import read_pdf

        return read_pdf
    if kind == "image":
        from qianche.corpus.reading.formats.images import read_image

        return read_image
    return _text_reader(kind)


def _text_reader(kind: Kind) -> Reader:
    """Return the reader of a kind that is text in one form or another."""
    if kind == "html":
        from qianche.corpus.reading.formats.html import read_html

        return read_html
    if kind == "mhtml":
        from qianche.corpus.reading.formats.mhtml import read_mhtml

        return read_mhtml
    if kind == "markdown":
        from qianche.corpus.reading.formats.markdown import read_markdown

        return read_markdown
    if kind == "text":
        from qianche.corpus.reading.formats.text import read_text

        return read_text
    raise Unreadable(
        f"这是{KIND_NAMES[kind]}，不是文稿。数据表、JSON 和压缩包请用 qianche import 或导入页导入。",
        "not-a-text",
    )


def _check_sizes(document: RawDocument, limits: Limits) -> None:
    """Refuse a document with more pages, or a longer paragraph, than what comes next can bear."""
    pages = len(document.pages)
    if pages > limits.pages:
        raise Unreadable(f"文件有 {pages} 页，上限 {limits.pages} 页。请拆分后再导入。", "too-many-pages")
    longest = max((len(block.text) for page in document.pages for block in page.blocks), default=0)
    if longest > limits.paragraph_characters:
        raise Unreadable(
            f"有一段连续 {longest} 字没有换行，上限 {limits.paragraph_characters} 字。请确认文件没有丢失分段后再导入。",
            "line-too-long",
        )
