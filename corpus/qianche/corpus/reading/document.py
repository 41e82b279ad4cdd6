"""A document that was read: one clean text, and where every character of it stands in the file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from qianche.corpus.reading.raw import Format, PageStatus

BlockKind = Literal["paragraph", "heading", "table"]
RemovedAs = Literal["page-number", "running-header", "contents", "footnote-mark", "artifact"]
"""Why characters of the file are not in the text: 页码, 页眉页脚, 目录, 脚注号, 抓取残留 (&nbsp; and the like)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open span of characters (Unicode code points) in `Document.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table; blocks are in order, do not overlap, and only newlines lie between them.

    A table's cells are `rows` of spans; its text has one line a row, cells parted by tabs. A paragraph holds no
    newline. `level` is the heading level by the file's own styles; a heading recognised by its wording alone
    is a paragraph here. `label_end`: where an automatic number that the format printed by itself ends.
    `page`: set for a footnote that was moved behind the sentence it interrupted, and so stands after text of a
    later page; None where the pages tell.
    """

    kind: BlockKind
    start: int
    end: int
    level: int | None = None
    rows: tuple[tuple[Span, ...], ...] = ()
    label_end: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """Characters of the file that the text leaves out, with the reason."""

    page: int
    text: str
    reason: RemovedAs


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the file. `start` is where its first character stands in the text (a paragraph may go on
    over a page break); the page ends where the next one starts.

    `file_characters` and `kept_characters` count non-space characters: of the file, and of this page's share
    of the text (automatic labels left out). The difference is listed in `Document.removed`, changed characters
    (OCR slips, full-width digits) excepted.
    """

    number: int
    start: int
    status: PageStatus
    confidence: float | None
    problem: str
    file_characters: int | None
    kept_characters: int


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from one file. Every offset anywhere in the product is an offset into `text`."""

    format: Format
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...]
    removed: tuple[Removed, ...] = ()
    title: str | None = None
    warnings: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int:
        """Return the number of the page that holds the character at the offset."""
        if self.blocks and (moved := self.blocks[self.block_at(offset)].page) is not None:
            return moved
        return self.pages[max(bisect_right(self.pages, offset, key=lambda page: page.start) - 1, 0)].number

    def block_at(self, offset: int) -> int:
        """Return the index of the block that holds the offset, or of the last one before it."""
        return max(bisect_right(self.blocks, offset, key=lambda block: block.start) - 1, 0)

    def quote(self, span: Span) -> str:
        """Return the characters of a span."""
        return self.text[span.start : span.end]
