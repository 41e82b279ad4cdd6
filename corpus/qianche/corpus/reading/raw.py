"""What a format reader hands over, before any repair: pages of blocks, with the format's own counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Format = Literal["docx", "doc", "pdf", "image", "html", "text", "markdown", "json", "table"]

PageStatus = Literal["text", "ocr", "table", "empty", "unread", "failed"]
"""How a page was read: 文字, 识别 (with mean confidence), 只有表格, 空白, 扫描件未识别, 失败 (`problem` says why)."""

RawKind = Literal["line", "paragraph", "heading", "table"]
"""`line`: a physical line of a page (PDF, OCR, hard-wrapped text) that cleaning may join to its neighbours;
`paragraph`: a whole paragraph as the format knows it (docx, html); `heading`: the same, marked as a heading
by the format; `table`: cells in `rows`.
"""


@dataclass(frozen=True, slots=True)
class RawBlock:
    """One piece of a page in reading order, its characters exactly as the file gives them.

    `text` is "" for a table; `rows` is () for anything else. `level` is the heading level by the file's own
    styles, from 1. `label` is a number that the format prints by itself (Word's automatic 第一条, （一）, 1.): it
    is not in `text`. `left` and `size` are the indent and the height of a physical line in points, where known.
    `blank_before`: an empty line or an empty paragraph stood before it.
    """

    kind: RawKind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    level: int | None = None
    label: str = ""
    left: float | None = None
    size: float | None = None
    blank_before: bool = False


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page; html and markdown have a single one with number 1, so has a docx without usable page marks.

    `file_characters` counts the non-space characters that the file holds for this page by the format's own
    count, labels left out; None where the format cannot tell (a scan). `problem` is Chinese, "" where there is none.
    """

    number: int
    blocks: tuple[RawBlock, ...]
    status: PageStatus
    confidence: float | None = None
    problem: str = ""
    file_characters: int | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as a reader gives it. `warnings` are Chinese sentences about the whole file."""

    format: Format
    pages: tuple[RawPage, ...]
    title: str | None = None
    """Title by the file's own properties; often wrong, only a hint."""
    warnings: tuple[str, ...] = ()
