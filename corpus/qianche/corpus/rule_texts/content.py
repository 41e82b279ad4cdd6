"""The text below a unit's label becomes its 款, 项 and 目, each with its spans in the document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from qianche.corpus.reading.document import Span
from qianche.corpus.rule_texts.draft import Node
from qianche.corpus.rule_texts.lines import Line
from qianche.corpus.rules import Item, Paragraph, Point
from qianche.corpus.statutes.parse import parse_article


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of the content: where it stands in the joined text and in the document."""

    start: int
    line: Line

    @property
    def end(self) -> int:
        """Where the line ends in the joined text."""
        return self.start + len(self.line.text)


class _Content:
    """Lines joined for the statute parser; a table or a translation is part of the leaf before it, no 款 of its own."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._pieces: list[_Piece] = []
        text = ""
        for line in lines:
            # A tab instead of a newline, of the same length, keeps it with the line that it follows.
            text += ("\t" if line.table or line.translation else "\n") if self._pieces else ""
            self._pieces.append(_Piece(len(text), line))
            text += line.text.replace("\n", "\t") if line.table else line.text
        self.text = text
        self._starts = [piece.start for piece in self._pieces]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the spans in the document of a part of the joined text, outer spaces left out."""
        found = []
        first = max(bisect_right(self._starts, start) - 1, 0)
        for piece in self._pieces[first : bisect_left(self._starts, end)]:
            begin, stop = max(start, piece.start), min(end, piece.end)
            if begin < stop and self.text[begin:stop].strip():
                part = piece.line.part(begin - piece.start, stop - piece.start)
                found.append(part.span)
        return tuple(found)


def content_nodes(lines: Sequence[Line]) -> tuple[Node, ...]:
    """Return the 款 of the lines, by the conventions of `parse_article`; every character is in one node."""
    if not lines:
        return ()
    content = _Content(lines)
    return tuple(_paragraph(content, paragraph) for paragraph in parse_article(content.text))


def _paragraph(content: _Content, paragraph: Paragraph) -> Node:
    """Return a 款 with its 项."""
    stop = paragraph.items[0].start if paragraph.items else paragraph.end
    children = tuple(_item(content, item) for item in paragraph.items)
    return Node("款", "", str(paragraph.number), content.spans(paragraph.start, stop), children)


def _item(content: _Content, item: Item) -> Node:
    """Return a 项 with its 目."""
    stop = item.points[0].start if item.points else item.end
    children = tuple(_point(content, point) for point in item.points)
    return Node("项", item.label, str(item.number), content.spans(item.start, stop), children)


def _point(content: _Content, point: Point) -> Node:
    """Return a 目; labelled lines below its own are 目 within it."""
    head, newline, _ = content.text[point.start : point.end].partition("\n")
    start = point.start + len(head) + len(newline)
    own = list(content.spans(point.start, start))
    children: list[Node] = []
    for paragraph in parse_article(content.text[start : point.end]):
        stop = paragraph.items[0].start if paragraph.items else paragraph.end
        own += content.spans(start + paragraph.start, start + stop)
        children += [_nested(content, start, item) for item in paragraph.items]
    return Node("目", point.label, str(point.number), tuple(own), tuple(children))


def _nested(content: _Content, offset: int, item: Item) -> Node:
    """Return what the parser calls an item, one level below a 目."""
    points = tuple(Point(p.number, p.label, offset + p.start, offset + p.end) for p in item.points)
    stop = points[0].start if points else offset + item.end
    children = tuple(_point(content, point) for point in points)
    return Node("目", item.label, str(item.number), content.spans(offset + item.start, stop), children)
