"""The text of an article becomes its tree: paragraphs (款), items (项), points (目), each a span of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from qianche.corpus.rules import Item, Paragraph, Point
from qianche.corpus.statutes.numerals import from_chinese

# Matches （一）, (十二) at the start of a line; not 第（一）项.
_BRACKETED = re.compile(r"[（(]([一二三四五六七八九十百]+)[)）]")
# Matches 一、 as older laws number their items; a line like 二、三类动物疫病 is no item (see `_label`).
_COMMA = re.compile(r"([一二三四五六七八九十]+)、")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
# The styles of a point; a deeper level has a style of its own, and each counts from its first value.
_POINT_STYLES = (
    re.compile(r"(\d{1,3})[.．、](?!\d)"),  # 1. 1、 1．; not 1.5
    re.compile(r"[（(](\d{1,3})[)）]"),  # （1） (1)
    re.compile(r"(\d{1,2})[)）]"),  # 1) as standards number their lists
    re.compile(r"([a-zａ-ｚ])[)）]"),  # a); not a) in words
    re.compile(rf"([{_CIRCLED}])"),  # ①
    re.compile(rf"([{_STEMS}])、"),  # 甲、 as laws of the 1950s; 甲、乙双方 is no item (see `_label`)
)
# An item on the line of its lead or of the item before it: the label stands after ： or ends a clause.
_INLINE_FIRST = re.compile(r"(?<=[：:])[（(]一[)）]")
_INLINE_NEXT = re.compile(r"(?<=[；;。])[（(]([一二三四五六七八九十]+)[)）]")

_AHEAD = 400
"""Lines looked through for the next item; a whole standard may lie in one unit."""


@dataclass(slots=True)
class _Line:
    """One piece of the text that may be a leaf: a line, or the part of a line from an inline label on."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class _OpenItem:
    """An item still growing."""

    number: int
    label: str
    start: int
    end: int
    points: list[Point] = field(default_factory=list)
    nested: dict[int, int] = field(default_factory=dict)
    """Last value of each style below the last point."""


@dataclass(slots=True)
class _OpenParagraph:
    """A paragraph still growing."""

    start: int
    end: int
    items: list[_OpenItem] = field(default_factory=list)


def parse_article(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of an article's text (lines joined by a newline, without the article's number).

    Items are lines, or parts of a line after ：, labelled （一） (also half-width) or 一、 in sequence; 1. （1） 1)
    a) ① and 甲、 are points below an item, and items where there is none. Points below a point stay within it.
    A line without label after an item opens a
    new paragraph, unless the item with the next number follows it: then it still belongs to the item.

    Spans are half-open, in characters; newlines between paragraphs belong to none.
    """
    paragraphs: list[_OpenParagraph] = []
    lines = list(_lines(text))
    for index, line in enumerate(lines):
        current = paragraphs[-1] if paragraphs else None
        if current is None:
            paragraphs.append(_OpenParagraph(line.start, line.end))
            current = paragraphs[-1]
            if (label := _label(line, current, lines[index + 1 : index + _AHEAD])) is not None:
                current.items.append(_OpenItem(*label, line.start, line.end))
            continue
        if not _add(line, current, lines[index + 1 : index + _AHEAD]):
            paragraphs.append(_OpenParagraph(line.start, line.end))
    return tuple(_close(number, open_) for number, open_ in enumerate(paragraphs, 1))


def leaves(paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[int, int]]:
    """Yield the spans that no smaller unit divides, in order: leads of paragraphs and items, items, points.

    Every character of the text that is not a newline lies in exactly one of them.
    """
    for paragraph in paragraphs:
        yield from _cut(paragraph.start, paragraph.end, [i.start for i in paragraph.items[:1]])
        for item in paragraph.items:
            yield from _cut(item.start, item.end, [p.start for p in item.points[:1]])
            for point in item.points:
                yield point.start, point.end


def _cut(start: int, end: int, first_child: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the part of a unit before its first child; nothing where the unit begins with the child."""
    stop = first_child[0] if first_child else end
    if stop > start:
        yield start, stop


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that are not blank, cut again before inline items."""
    start = 0
    for raw in text.split("\n"):
        if raw.strip():
            cuts = [0, *_inline(raw), len(raw)]
            for begin, end in pairwise(cuts):
                yield _Line(start + begin, start + end, raw[begin:end])
        start += len(raw) + 1


def _inline(line: str) -> list[int]:
    """Return where inline items begin: only a sequence （一）（二）… after a colon counts, not one."""
    first = _INLINE_FIRST.search(line)
    if first is None:
        return []
    cuts = [first.start()]
    for match in _INLINE_NEXT.finditer(line, first.end()):
        if from_chinese(match[1]) == len(cuts) + 1:
            cuts.append(match.start())
    return cuts if len(cuts) > 1 else []


def _add(line: _Line, paragraph: _OpenParagraph, rest: list[_Line]) -> bool:
    """Put the line into the paragraph as item, point or continuation; return False where it opens another."""
    item = paragraph.items[-1] if paragraph.items else None
    if (label := _label(line, paragraph, rest)) is not None:
        paragraph.items.append(_OpenItem(*label, line.start, line.end))
    elif item is not None and (point := _point(line, item)) is not None:
        item.points.append(point)
        item.nested.clear()
        item.end = line.end
    elif item is not None and (_is_nested(line, item) or _resumes(item, paragraph, rest)):
        if item.points:
            last = item.points[-1]
            item.points[-1] = Point(last.number, last.label, last.start, line.end)
        item.end = line.end
    else:
        return False
    paragraph.end = line.end
    return True


def _label(line: _Line, paragraph: _OpenParagraph, rest: list[_Line]) -> tuple[int, str] | None:
    """Return number and label where the line is an item of the paragraph."""
    items = paragraph.items
    expected = items[-1].number + 1 if items else 1
    if match := _BRACKETED.match(line.text):
        number = from_chinese(match[1])
        return (number, match[0]) if number is not None else None
    for pattern in (_COMMA, *_POINT_STYLES):
        match = pattern.match(line.text)
        # Only in sequence and in one style: 二、三类动物疫病 opens a sentence, 1. below （一） is a point.
        if match and _value(match) == expected and (not items or pattern.match(items[-1].label)):
            if match[1] == _STEMS[0] and not any(other.text.startswith(f"{_STEMS[1]}、") for other in rest):
                return None
            return expected, match[0]
    return None


def _point(line: _Line, item: _OpenItem) -> Point | None:
    """Return the point where the line is the next one of the item."""
    found = _style(line.text)
    if found is None or (item.points and found[0] != _point_style(item)):
        return None
    expected = item.points[-1].number + 1 if item.points else 1
    match = found[1]
    return Point(expected, match[0], line.start, line.end) if _value(match) == expected else None


def _is_nested(line: _Line, item: _OpenItem) -> bool:
    """Return whether the line is a level below the item's last point: its style counts from one there."""
    found = _style(line.text)
    if found is None or not item.points or found[0] == _point_style(item):
        return False
    style, match = found
    if _value(match) not in (1, item.nested.get(style, 0) + 1):
        return False
    item.nested[style] = _value(match) or 0
    return True


def _style(text: str) -> tuple[int, re.Match[str]] | None:
    """Return the style of a point's label, by its place in the table, and the match."""
    matches = ((style, pattern.match(text)) for style, pattern in enumerate(_POINT_STYLES))
    return next(((style, match) for style, match in matches if match), None)


def _point_style(item: _OpenItem) -> int | None:
    """Return the style of the item's points."""
    found = _style(item.points[-1].label)
    return found[0] if found else None


def _value(match: re.Match[str]) -> int | None:
    """Return the number of a label in Chinese or Arabic digits, letters, circled digits or stems."""
    label = match[1]
    if label.isdecimal():
        return int(label)
    for series in (
        _CIRCLED,
        _STEMS,
        "abcdefghijklmnopqrstuvwxyz",
        "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ",
    ):
        if label in series:
            return series.index(label) + 1
    return from_chinese(label)


def _resumes(item: _OpenItem, paragraph: _OpenParagraph, rest: list[_Line]) -> bool:
    """Return whether the next labelled line carries on the sequence: （三） after （二） and a plain line."""
    for line in rest:
        if match := _BRACKETED.match(line.text):
            return from_chinese(match[1]) == item.number + 1
    return False


def _close(number: int, paragraph: _OpenParagraph) -> Paragraph:
    """Return the finished paragraph."""
    items = tuple(Item(i.number, i.label, i.start, i.end, tuple(i.points)) for i in paragraph.items)
    return Paragraph(number, paragraph.start, paragraph.end, items)
