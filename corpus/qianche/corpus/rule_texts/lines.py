"""The lines of a document as the tree builder sees them: trimmed, in order, tables as one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qianche.corpus.reading.document import Block, Document, Span

_CHINESE = re.compile("[\u4e00-\u9fff]")
# Article 12, Chapter IV: the units of a translation; not Articles of iron.
_ENGLISH_UNIT = re.compile(r"(?:Article|Chapter|Section)\s+(?:\d+|[IVX]+)\b", re.IGNORECASE)
_LEAST_TRANSLATED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or whole table. The span is in `Document.text`, outer spaces left out.

    `label_end`: how many characters of the text are a number that the format printed by itself, 0 for none.
    `translation`: the line says in English what the line before it says in Chinese.
    """

    start: int
    end: int
    text: str
    heading: bool = False
    table: bool = False
    label_end: int = 0
    translation: bool = False

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
        return Line(
            begin, begin + len(stripped), stripped, self.heading, self.table, translation=self.translation
        )


def lines_of(document: Document) -> list[Line]:
    """Return the lines of all blocks, blank ones left out; every non-space character is in exactly one."""
    return _with_translations([line for block in document.blocks for line in _lines(document.text, block)])


def _with_translations(lines: list[Line]) -> list[Line]:
    """Return the lines, those marked that translate the one before, in a text printed in two languages."""
    english = [i for i, line in enumerate(lines) if i and not line.table and not _CHINESE.search(line.text)]
    if sum(bool(_ENGLISH_UNIT.match(lines[i].text)) for i in english) < _LEAST_TRANSLATED:
        return lines
    translated = frozenset(i for i in english if re.search("[A-Za-z]{2}", lines[i].text))
    if len(translated) * 4 < len(lines) or len(translated) * 4 > 3 * len(lines):
        return lines
    return [replace(line, translation=True) if i in translated else line for i, line in enumerate(lines)]


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
