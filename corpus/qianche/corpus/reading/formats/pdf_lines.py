"""Lines of a PDF page from its text layer, with places taken from a few characters of each line only."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from qianche.corpus.reading.formats.layout import (
    MIN_COLUMN_ROWS,
    Line,
    Row,
    by_columns,
    find_gutter,
    in_reading_order,
    join_raised,
)

SWALLOWED_BREAK = "\ufffe"
"""What pdfium writes for a hyphen and the line end after it."""
_LINE_END = re.compile(rf"\r\n|[\r\n{SWALLOWED_BREAK}]")
_INNER_SPACE = re.compile(r"(?<=\S)\s+(?=\S)")
MIN_GUTTER = 10.0
"""Points; the space between two words of a justified line hardly gets so wide."""

Box = tuple[float, float, float, float]


def page_text(textpage: pdfium.PdfTextPage) -> str:
    """Return the text of a page as pdfium gives it; the same call as a plain text dump."""
    text: str = textpage.get_text_range()
    return text


def read_lines(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, text: str) -> list[Line]:
    """Return the lines of a page in reading order, their characters those of `text` without the line ends."""
    glyphs = _Glyphs(page, textpage, text)
    parts = _parts(text)
    lines = [_line(part, glyphs) for part in parts]
    if _may_have_columns(parts, lines, glyphs):
        rows = [_row(part, glyphs) for part in parts]
        gutter = find_gutter(rows)
        if gutter is not None:
            return in_reading_order(by_columns(rows, gutter))
    return in_reading_order(join_raised(lines))


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the page's text that ends where pdfium ends a line."""

    text: str
    start: int


def _parts(text: str) -> list[_Part]:
    """Return the stretches between line ends; a swallowed hyphen is put back at the end of its line."""
    parts: list[_Part] = []
    start = 0
    for end in _LINE_END.finditer(text):
        hyphen = "-" if end.group() == SWALLOWED_BREAK else ""
        parts.append(_Part(text[start : end.start()] + hyphen, start))
        start = end.end()
    parts.append(_Part(text[start:], start))
    return [part for part in parts if part.text.strip()]


def _line(part: _Part, glyphs: _Glyphs) -> Line:
    """Return a part as a line, its box from the first, the middle and the last visible character.

    The tallest of them gives the height: a raised mark is smaller.
    """
    last = len(part.text.rstrip()) - 1
    first = len(part.text) - len(part.text.lstrip())
    boxes = [glyphs.box(part.start + place) for place in sorted({first, (first + last) // 2, last})]
    tallest = max(boxes, key=lambda box: box[3] - box[1])
    return Line(part.text, min(box[0] for box in boxes), tallest[1], max(box[2] for box in boxes), tallest[3])


def _row(part: _Part, glyphs: _Glyphs) -> Row:
    """Return a part cut at its wide gaps."""
    pieces: list[Line] = []
    start = 0
    for space in _INNER_SPACE.finditer(part.text):
        if glyphs.is_wide(part.start + space.start(), part.start + space.end()):
            pieces.append(_line(_Part(part.text[start : space.start()], part.start + start), glyphs))
            start = space.end()
    pieces.append(_line(_Part(part.text[start:], part.start + start), glyphs))
    return tuple(pieces)


def _may_have_columns(parts: Sequence[_Part], lines: Sequence[Line], glyphs: _Glyphs) -> bool:
    """Whether most of a few wide lines have a wide gap: looking at every space of every page would cost more."""
    extent = max((line.right for line in lines), default=0) - min((line.left for line in lines), default=0)
    wide = [part for part, line in zip(parts, lines, strict=True) if line.width > 0.6 * extent]
    if len(wide) < MIN_COLUMN_ROWS:
        return False
    without_gap = 0
    for part in wide[:: len(wide) // MIN_COLUMN_ROWS][:MIN_COLUMN_ROWS]:
        without_gap += not _has_central_gap(part, glyphs)
        if 2 * without_gap > MIN_COLUMN_ROWS:
            return False
    return True


def _has_central_gap(part: _Part, glyphs: _Glyphs) -> bool:
    """Whether a part has a wide gap among its middle characters."""
    quarter = len(part.text) // 4
    spaces = _INNER_SPACE.finditer(part.text, quarter, len(part.text) - quarter)
    return any(glyphs.is_wide(part.start + space.start(), part.start + space.end()) for space in spaces)


class _Glyphs:
    """Boxes of the characters of a page's text, turned as the page is shown."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, text: str) -> None:
        self._handle = textpage.raw
        self._text = text if max(text, default="") > "\uffff" else None
        self._is_direct = textpage.count_chars() == len(text)
        self._rect = pdfium_c.FS_RECTF()
        self._pointer = ctypes.byref(self._rect)
        self._turn = _TURNS[page.get_rotation()]
        left, bottom, right, top = page.get_bbox()
        self._origin = self._turn((left, bottom, right, top))

    def box(self, place: int) -> Box:
        """Return left, top, right, bottom of the character at a place in the text."""
        pdfium_c.FPDFText_GetLooseCharBox(self._handle, self._index(place), self._pointer)
        rect = self._rect
        left, top, right, bottom = self._turn((rect.left, rect.bottom, rect.right, rect.top))
        return (
            left - self._origin[0],
            top - self._origin[1],
            right - self._origin[0],
            bottom - self._origin[1],
        )

    def is_wide(self, start: int, end: int) -> bool:
        """Whether the space at `start:end` is wider than one between words."""
        before, after = self.box(start - 1), self.box(end)
        return after[0] - before[2] >= max(MIN_GUTTER, 0.8 * (before[3] - before[1]))

    def _index(self, place: int) -> int:
        """Return pdfium's own index of a character: it counts UTF-16 units and characters without a text."""
        if self._is_direct:
            return place
        if self._text is not None:
            place = len(self._text[:place].encode("utf-16-le", "surrogatepass")) // 2
        return int(pdfium_c.FPDFText_GetCharIndexFromTextIndex(self._handle, place))


_TURNS: dict[int, Callable[[Box], Box]] = {
    0: lambda box: (box[0], -box[3], box[2], -box[1]),
    90: lambda box: (box[1], box[0], box[3], box[2]),
    180: lambda box: (-box[2], box[1], -box[0], box[3]),
    270: lambda box: (-box[3], -box[2], -box[1], -box[0]),
}
"""From left, bottom, right, top on the unturned page to left, top, right, bottom as shown, y downwards."""
