"""The lines of a document as the tree builder sees them: trimmed, in order, tables as one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qianche.corpus.reading.document import Block, Document, Span


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or whole table. The span is in `Document.text`, outer spaces left out.

    `label_end`: how many characters of the text are a number that the format printed by itself, 0 for none.
    """

    start: int
    end: int
    text: str
    heading: bool = False
    table: bool = False
    label_end: int = 0

    @property
    def span(self) -> Span:
        """The span of the whole line."""
        return Span(self.start, self.end)

    def part(self, start: int, end: int | None = None) -> Line:
        """Return a part of the line, by offsets into its text, outer spaces left out."""
        text = self.text[start:end]
        lead = len(text) - len(text.lstrip())
        stripped = text.strip()
        begin = self.start + start + lead
        return Line(begin, begin + len(stripped), stripped, self.heading, self.table)


def lines_of(document: Document) -> list[Line]:
    """Return the lines of all blocks, blank ones left out; every non-space character is in exactly one."""
    return [line for block in document.blocks for line in _lines(document.text, block)]


def _lines(text: str, block: Block) -> Iterator[Line]:
    """Yield the lines of one block; a table is one."""
    whole = Line(
        block.start, block.end, text[block.start : block.end], block.kind == "heading", block.kind == "table"
    )
    if whole.table:
        if whole.text.strip():
            yield whole.part(0)
        return
    start = 0
    for raw in whole.text.split("\n"):
        line = whole.part(start, start + len(raw))
        if line.text:
            label_end = block.label_end - line.start if block.label_end is not None and start == 0 else 0
            yield Line(line.start, line.end, line.text, line.heading, False, max(label_end, 0))
        start += len(raw) + 1


def squeeze(text: str) -> str:
    """Return the text without any spaces: 第一章 总　则 gives 第一章总则."""
    return "".join(text.split())
