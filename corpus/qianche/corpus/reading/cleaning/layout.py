"""How the lines of a file are set: how wide a full one is, and whether indents and empty lines mean anything."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from math import ceil

from qianche.corpus.reading.cleaning.pieces import Piece

_FEW_LINES = 8
"""A page with fewer lines is measured by the whole file."""
_NARROWEST = 36
"""A column is at least so wide (18 Chinese characters); shorter lines were not broken by its edge."""
_QUANTILE = 0.9
_SLACK, _SLACK_SHARE, _SLACK_LATIN = 6, 0.1, 0.25
"""How far a full line may fall short: 3 Chinese characters or a tenth; a quarter where words are not broken."""
_MOST = 0.6
"""An indent by spaces, or an empty line before, that most lines have says nothing."""
_COMMAS = ("，", "、", ",")
_BROKEN = 0.15
"""Share of the short lines that end with a comma; where lines end only at the width, there are next to none."""
_EDGE_SHARE, _EDGE_SHARE_OF_FILE = 0.15, 0.005
"""Share of a page's lines, and of the file's, that must begin where the left edge is said to be."""
_INDENT = (1.0, 4.5)
"""Indents of a first line, in sizes of its characters."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What is usual in the file: width of a full line by page, left edge by page.

    `broken_runs`: lines also end after commas or anywhere within the width, so a short line says little.
    """

    widths: dict[int, int]
    lefts: dict[int, float]
    indents_mean: bool
    blanks_mean: bool
    broken_runs: bool = False
    size: float = 0.0
    """Height of most of the characters, 0 where the file does not tell."""

    def is_full(self, piece: Piece) -> bool:
        """Return whether the line fills its page's width, so that its end says nothing about the text."""
        width = self.widths.get(piece.page, 0)
        share = _SLACK_LATIN if len(piece.text) > piece.width * 0.8 else _SLACK_SHARE
        return piece.width >= max(width, _NARROWEST) - max(_SLACK, width * share)

    def is_indented(self, piece: Piece) -> bool:
        """Return whether the line begins with an indent that means a new paragraph."""
        if piece.indented and self.indents_mean:
            return True
        if piece.left is None or not piece.size:
            return False
        indent = (piece.left - self.lefts.get(piece.page, piece.left)) / piece.size
        return _INDENT[0] <= indent <= _INDENT[1]


def measure(pieces: list[Piece]) -> Layout:
    """Return the layout of a file's lines; other kinds of pieces are left out."""
    lines = [piece for piece in pieces if piece.kind == "line"]
    by_page: dict[int, list[Piece]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    usual = _full_width(lines)
    widths = {page: _full_width(same) if len(same) >= _FEW_LINES else usual for page, same in by_page.items()}
    lefts = _left_edges(by_page)
    layout = Layout(widths, lefts, indents_mean=True, blanks_mean=True)
    indented = sum(line.indented for line in lines)
    spaced = sum(line.spaced for line in lines)
    short = [line for line in lines if not layout.is_full(line)]
    broken = sum(line.text.endswith(_COMMAS) for line in short)
    return replace(
        layout,
        indents_mean=indented <= len(lines) * _MOST,
        blanks_mean=spaced <= len(lines) * _MOST,
        broken_runs=broken > len(short) * _BROKEN,
        size=_usual_size(lines),
    )


def _usual_size(lines: list[Piece]) -> float:
    """Return the size of type at the middle of all characters."""
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size or 0.0] += len(line.text)
    half, passed = sum(sizes.values()) / 2, 0
    for size in sorted(sizes):
        passed += sizes[size]
        if passed >= half:
            return size
    return 0.0


def _full_width(lines: list[Piece]) -> int:
    """Return the width that a tenth of the lines reach."""
    widths = sorted(line.width for line in lines)
    return widths[ceil((len(widths) - 1) * _QUANTILE)] if widths else 0


def _left_edges(by_page: dict[int, list[Piece]]) -> dict[int, float]:
    """Return where the lines of each page begin that have no indent.

    A page whose lines all have the same indent (a list of short entries) is told by the edge of the file.
    """
    usual = _left_edge([line for same in by_page.values() for line in same], _EDGE_SHARE_OF_FILE)
    edges: dict[int, float] = {}
    for page, same in by_page.items():
        edge = _left_edge(same, _EDGE_SHARE)
        size = max((line.size or 0.0 for line in same), default=0.0)
        indented = size > 0 and _INDENT[0] <= (edge - usual) / size <= _INDENT[1]
        edges[page] = usual if indented else edge
    return edges


def _left_edge(lines: list[Piece], share: float) -> float:
    """Return the leftmost place where at least the share of the lines begins."""
    lefts = Counter(round(line.left) for line in lines if line.left is not None)
    needed = max(sum(lefts.values()) * share, 2)
    return float(
        min((left for left, count in lefts.items() if count >= needed), default=min(lefts, default=0))
    )
