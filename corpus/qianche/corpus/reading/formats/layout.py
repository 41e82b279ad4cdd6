"""Lines of a page as placed pieces of text: columns told apart, and the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

MIN_COLUMN_ROWS = 8
"""Fewer rows with the same gap are a table or a list of signatures."""
MIN_SHARE_OF_ROWS = 0.6
"""Of the rows wide enough to cross a gutter, the share that must leave it free."""
MIN_COLUMN_CHARACTERS = 8
"""Median length of a column's lines; cells of a table are shorter."""
MAX_LINE_SPACING = 2.0
"""Empty space between two lines of one run of text, in heights of the line."""
ROUGH = 2.0
"""Points by which boxes that touch may overlap."""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text on one baseline. Points from the upper left corner of the page as shown, y downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Return the height of the line's box."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """Return the width of the line's box."""
        return self.right - self.left


Row = tuple[Line, ...]
"""Pieces on one baseline from left to right, parted by wide gaps; one piece where there is no gap."""


def joined(row: Row, separator: str = " ") -> Line:
    """Return the pieces of a row as one line."""
    if len(row) == 1:
        return row[0]
    return Line(
        separator.join(piece.text for piece in row),
        min(piece.left for piece in row),
        min(piece.top for piece in row),
        max(piece.right for piece in row),
        max(piece.bottom for piece in row),
    )


def join_raised(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with pieces that were broken off for a raised or lowered mark put back in place."""
    whole: list[Line] = []
    for line in lines:
        if whole and _continues(whole[-1], line):
            taller = max(whole[-1], line, key=lambda piece: piece.height)
            whole[-1] = replace(joined((whole[-1], line), ""), top=taller.top, bottom=taller.bottom)
        else:
            whole.append(line)
    return whole


def _continues(line: Line, following: Line) -> bool:
    """Whether a piece stands right behind another, at about its height."""
    shared = min(line.bottom, following.bottom) - max(line.top, following.top)
    low, high = sorted((line.height, following.height))
    return shared >= 0.4 * low and -0.3 * high <= following.left - line.right <= 0.3 * high


def find_gutter(rows: Sequence[Row]) -> float | None:
    """Return the x that parts two columns of running text, or None where they are not clear.

    Two columns are clear when most wide rows leave the same place free and both sides hold lines of text
    rather than cells.
    """
    extent_left = min((row[0].left for row in rows), default=0.0)
    extent_right = max((row[-1].right for row in rows), default=0.0)
    wide = [row for row in rows if row[-1].right - row[0].left > 0.6 * (extent_right - extent_left)]
    gaps = [gap for row in wide if (gap := _middle_gap(row, extent_left, extent_right)) is not None]
    if len(gaps) < MIN_COLUMN_ROWS or len(gaps) < MIN_SHARE_OF_ROWS * len(wide):
        return None
    gutter = median((left + right) / 2 for left, right in gaps)
    parted = [row for row in wide if _is_free(row, gutter)]
    if len(parted) < MIN_COLUMN_ROWS or len(parted) < MIN_SHARE_OF_ROWS * len(wide):
        return None
    sides = [[_side(row, gutter, side) for row in parted] for side in (0, 1)]
    running = all(median(len(text) for text in side) >= MIN_COLUMN_CHARACTERS for side in sides)
    return gutter if running else None


def _middle_gap(row: Row, left: float, right: float) -> tuple[float, float] | None:
    """Return the widest gap of a row in the middle third of the text's width."""
    third = (right - left) / 3
    gaps = [(a.right, b.left) for a, b in pairwise(row)]
    central = [gap for gap in gaps if left + third < sum(gap) / 2 < right - third]
    return max(central, key=lambda gap: gap[1] - gap[0], default=None)


def _is_free(row: Row, x: float) -> bool:
    """Whether no piece of a row lies over an x."""
    return not any(piece.left < x < piece.right for piece in row)


def _side(row: Row, gutter: float, side: int) -> str:
    """Return the text of a row left (0) or right (1) of a gutter."""
    return "".join(piece.text for piece in row if (piece.left >= gutter) == bool(side))


def by_columns(rows: Sequence[Row], gutter: float) -> list[Line]:
    """Return lines column by column from the top; a row over the gutter ends the columns above it."""
    ordered: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    for row in sorted(rows, key=lambda row: row[0].top):
        if _is_free(row, gutter):
            for side in (0, 1):
                pieces = tuple(piece for piece in row if (piece.left >= gutter) == bool(side))
                if pieces:
                    columns[side].append(joined(pieces))
            continue
        ordered += columns[0] + columns[1] + [joined(row)]
        columns = ([], [])
    return ordered + columns[0] + columns[1]


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Return the lines in reading order: the file's own order, changed only where the page contradicts it.

    Lines that follow each other downwards form a run. A run comes before another when it stands above it, or
    beside it on the left; where two rules contradict each other the file's order holds. A page number that
    the file writes first thus comes last, and cells of a table keep the order of the file.
    """
    if _is_sideways(lines):
        return list(lines)
    runs = _runs(lines)
    before = _comes_before(runs)
    if not np.tril(before, -1).any():
        return list(lines)
    return [line for index in _sorted_runs(before) for line in runs[index]]


def _is_sideways(lines: Sequence[Line]) -> bool:
    """Whether most lines run up or down the page."""
    long = [line for line in lines if len(line.text) >= 4]
    return 2 * sum(line.height > 1.5 * line.width for line in long) > len(long)


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in runs that go downwards without a jump."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and _follows(runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _follows(line: Line, following: Line) -> bool:
    """Whether a line stands under another, close by."""
    space = following.top - line.bottom
    return (
        following.top > line.top
        and -0.5 * line.height < space < MAX_LINE_SPACING * max(line.height, following.height)
        and min(line.right, following.right) > max(line.left, following.left)
    )


def _comes_before(runs: Sequence[Sequence[Line]]) -> NDArray[np.bool_]:
    """Return (n_runs, n_runs): whether the run of the row is read before the run of the column."""
    box = np.array(
        [
            (
                min(line.left for line in run),
                min(line.top for line in run),
                max(line.right for line in run),
                max(line.bottom for line in run),
            )
            for run in runs
        ]
    ).reshape(-1, 4)
    left, top, right, bottom = (box[:, [side]] for side in range(4))
    shared_width = np.minimum(right, right.T) - np.maximum(left, left.T)
    shared_height = np.minimum(bottom, bottom.T) - np.maximum(top, top.T)
    above = (bottom <= top.T + ROUGH) & (shared_width > ROUGH)
    low = np.minimum(bottom - top, (bottom - top).T)
    beside = (right <= left.T + ROUGH) & (shared_height > 0.5 * low)
    apart = (bottom <= top.T + ROUGH) | np.eye(len(runs), dtype=bool)
    over_all = apart.all(axis=1, keepdims=True)
    under_all = apart.all(axis=0, keepdims=True)
    return np.asarray((above | beside | over_all | under_all) & ~np.eye(len(runs), dtype=bool))


def _sorted_runs(before: NDArray[np.bool_]) -> list[int]:
    """Return the runs so that each comes after those before it; the earliest in the file wins where free."""
    waits_for = before.sum(axis=0)
    order: list[int] = []
    left_over = np.ones(len(before), dtype=bool)
    while left_over.any():
        free = left_over & (waits_for <= 0)
        chosen = int(np.argmax(free if free.any() else left_over))
        order.append(chosen)
        left_over[chosen] = False
        waits_for = waits_for - before[chosen]
    return order
