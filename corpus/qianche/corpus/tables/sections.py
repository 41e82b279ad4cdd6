"""Where in a sheet a table begins: title rows, header rows of one to three levels, rows below, and the next table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qianche.corpus.tables.headers import meaning

Rows = Sequence[Sequence[str]]

SEARCHED = 15
"""Rows from the top, or from an earlier table's end, in which a header is looked for."""
TALLEST = 3
LONGEST_LABEL = 24
LEAST_MATCHES = 3
NARROW = 3
"""A table of so few columns needs one match less."""

# What no header cell is: a figure, a date, a time: 12.5, 2023年5月6日, 2023-05-06, 14:30, 3人.
_DATA = re.compile(
    r"[-+¥￥]?\d[\d,.]*\s*(?:人|万元|元|亿元|%|起|名)?|\d{2,4}\s*[-/.年]\s*\d{1,2}.*|\d{1,2}月\d{1,2}日.*|\d{1,2}[:时点]\d{0,2}.*"
)


@dataclass(frozen=True, slots=True)
class Section:
    """One table in the rows of a block: rows of its header, half-open range of the rows below it."""

    header: tuple[int, ...]
    first: int
    end: int
    title: str

    def headers(self, rows: Rows) -> list[list[str]]:
        """Return for every column its header's words from the upper row to the lowest."""
        width = max((len(rows[i]) for i in range(self.first, self.end)), default=0)
        return _levels([rows[i] for i in self.header], width)


def find_sections(rows: Rows) -> tuple[Section, ...]:
    """Return the tables that stand under each other in the rows, in order; one without header where none is found.

    A header repeated on a later page of print begins no new table.
    """
    starts = _headers(rows)
    if not starts:
        return _unrecognised(rows)
    sections: list[Section] = []
    above = 0
    for number, (start, height) in enumerate(starts):
        below = starts[number + 1][0] if number + 1 < len(starts) else len(rows)
        title_from = _title_start(rows, below) if number + 1 < len(starts) else below
        title = " ".join(cell for i in range(above, start) for cell in rows[i] if cell)
        sections.append(Section(tuple(range(start, start + height)), start + height, title_from, title))
        above = title_from
    return tuple(sections)


def _unrecognised(rows: Rows) -> tuple[Section, ...]:
    """Return the rows as one table of which no header is known; words over it are shown as its header all the same.

    A person can say what its columns are; the row of their names is then no accident.
    """
    first = next((i for i, row in enumerate(rows) if any(row)), len(rows))
    if first == len(rows):
        return ()
    head = next((i for i in range(first, len(rows)) if sum(map(bool, rows[i])) > 1), first)
    if head + 1 < len(rows) and _is_labels(rows[head]):
        title = " ".join(cell for i in range(first, head) for cell in rows[i] if cell)
        return (Section((head,), head + 1, len(rows), title),)
    return (Section((), first, len(rows), ""),)


def is_header_again(row: Sequence[str], header: Rows) -> bool:
    """Return whether a row below repeats a row of the header."""
    filled = [cell for cell in row if cell]
    return len(filled) >= 2 and any(filled == [cell for cell in of if cell] for of in header)


def _headers(rows: Rows) -> list[tuple[int, int]]:
    """Return start and height of every header, those left out that repeat the one before."""
    found: list[tuple[int, int]] = []
    row, searched = 0, 0
    while row < len(rows):
        height = _header_height(rows, row) if found or searched < SEARCHED else 0
        if not height:
            searched += any(rows[row])
            row += 1
            continue
        again = found and [*rows[row]] == [*rows[found[-1][0]]]
        if not again:
            found.append((row, height))
        row += height
    return found


def _header_height(rows: Rows, start: int) -> int:
    """Return how many rows from here are a header: the fewest that tell the most columns; 0 where none is."""
    best, score = 0, 0
    for height in range(1, TALLEST + 1):
        block = rows[start : start + height]
        if len(block) < height or not all(_is_labels(row) for row in block):
            break
        told = _matches(block)
        if told > score:
            best, score = height, told
    width = sum(bool(any(level)) for level in _levels(rows[start : start + best], 0)) if best else 0
    return best if score >= min(LEAST_MATCHES, max(width - 1, 2) if width <= NARROW else LEAST_MATCHES) else 0


def _is_labels(row: Sequence[str]) -> bool:
    """Return whether a row has nothing but short words, two or more."""
    filled = [cell for cell in row if cell]
    return len(filled) >= 2 and all(
        len(cell) <= LONGEST_LABEL and "。" not in cell and not _DATA.fullmatch(cell) for cell in filled
    )


def _matches(header: Rows) -> int:
    """Return how many different fields the header names."""
    found = {means.field for levels in _levels(header, 0) if (means := meaning(levels))}
    return len(found)


def _levels(header: Rows, width: int) -> list[list[str]]:
    """Return the words over every column; a cell that covers several columns stands over each of them.

    Which cells are merged a CSV file does not tell: an empty cell of an upper row takes the words to its left where a
    lower row has words of its own.
    """
    width = max(width, max((len(row) for row in header), default=0))
    rows = [[*row, *[""] * (width - len(row))] for row in header]
    for level, row in enumerate(rows[:-1]):
        for column in range(1, width):
            if not row[column] and any(lower[column] for lower in rows[level + 1 :]):
                row[column] = row[column - 1]
    return [[row[column] for row in rows] for column in range(width)]


def _title_start(rows: Rows, below: int) -> int:
    """Return where the title rows above a later header begin: rows of one cell, or empty."""
    start = below
    while start > 0 and sum(bool(cell) for cell in rows[start - 1]) <= 1:
        start -= 1
    return start
