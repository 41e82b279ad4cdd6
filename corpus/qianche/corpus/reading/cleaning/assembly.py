"""The last step: paragraphs become one text with the offsets of blocks, cells and pages."""

from __future__ import annotations

from collections import Counter

from qianche.corpus.reading.cleaning.pieces import Paragraph
from qianche.corpus.reading.cleaning.spaces import tidy_together
from qianche.corpus.reading.document import Block, Document, Page, Removed, Span
from qianche.corpus.reading.raw import RawDocument


def assemble(
    raw: RawDocument, paragraphs: list[Paragraph], removed: list[Removed], warnings: tuple[str, ...]
) -> Document:
    """Return the document whose text is the paragraphs, one a line (a table one line a row)."""
    texts: list[str] = []
    blocks: list[Block] = []
    starts: dict[int, int] = {}
    kept: Counter[int] = Counter()
    at = 0
    for paragraph in paragraphs:
        if paragraph.kind == "table":
            text, block = _table(paragraph, at)
            parts = [(paragraph.parts[0][0], at, text)]
        else:
            text, block, parts = _line(paragraph, at)
        for page, start, part in parts:
            kept[page] += len("".join(part.split()))
            if not paragraph.moved:
                starts.setdefault(page, start)
        texts.append(text)
        blocks.append(block)
        at += len(text) + 1
    text = "\n".join(texts)
    return Document(
        raw.format,
        text,
        tuple(blocks),
        _pages(raw, starts, kept, len(text)),
        tuple(removed),
        raw.title,
        warnings,
    )


def _line(paragraph: Paragraph, at: int) -> tuple[str, Block, list[tuple[int, int, str]]]:
    """Return the text, the block, and the parts (page, start, text) of a paragraph or heading.

    A printed number stands in front, parted by a space where it ends in a letter or digit; it belongs to the first
    page, but is not among the parts.
    """
    label = paragraph.label
    space = " " if label and label[-1].isascii() and label[-1].isalnum() else ""
    printed, *texts = tidy_together([label + space, *(text for _, text in paragraph.parts)])
    parts: list[tuple[int, int, str]] = []
    place = at + len(printed)
    for (page, _), text in zip(paragraph.parts, texts, strict=True):
        parts.append((page, place if parts else at, text))
        place += len(text)
    block = Block(
        paragraph.kind,
        at,
        place,
        paragraph.level,
        label_end=at + len(printed.rstrip()) if label else None,
        page=paragraph.parts[0][0] if paragraph.moved else None,
    )
    return printed + "".join(texts), block, parts


def _table(paragraph: Paragraph, at: int) -> tuple[str, Block]:
    """Return the text and the block of a table: cells parted by tabs, rows by newlines."""
    rows: list[tuple[Span, ...]] = []
    lines: list[str] = []
    place = at
    for row in paragraph.rows:
        spans: list[Span] = []
        for cell in row:
            spans.append(Span(place, place + len(cell)))
            place += len(cell) + 1
        rows.append(tuple(spans))
        lines.append("\t".join(row))
        place = at + sum(len(line) + 1 for line in lines)
    text = "\n".join(lines)
    return text, Block("table", at, at + len(text), rows=tuple(rows))


def _pages(raw: RawDocument, starts: dict[int, int], kept: Counter[int], end: int) -> tuple[Page, ...]:
    """Return the pages in order; one without text starts where the next one does."""
    pages: list[Page] = []
    start = end
    for page in reversed(raw.pages):
        start = min(starts.get(page.number, start), start)
        pages.append(
            Page(
                page.number, start if page is not raw.pages[0] else 0, page.status, page.confidence,
                page.problem, page.file_characters, kept[page.number],
            )
        )  # fmt: skip
    return tuple(reversed(pages))
