"""Step 3, running headers and footers: the same line at the top or bottom of many pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from qianche.corpus.reading.cleaning.endings import ended
from qianche.corpus.reading.cleaning.markers import marker_of
from qianche.corpus.reading.cleaning.page_numbers import is_number_line
from qianche.corpus.reading.cleaning.pieces import Piece
from qianche.corpus.reading.document import Removed

_DEPTH = 2
"""Lines at each edge of a page that may be running ones."""
_PAGES = 3
_SHORT_FILE = 4
"""Up to so many pages, more than half of them have to show the line."""
_MAX_WIDTH = 90
_SENTENCE = re.compile(r"[，；。]")
_DIGITS = re.compile(r"\d+")
_SIZE_OF_TITLE = 1.15

Place = tuple[int, int]
"""Index of a page, and of a line in it."""


def without_headers(pages: list[list[Piece]]) -> tuple[list[list[Piece]], list[Removed]]:
    """Return the pages without running headers and footers, and what was removed.

    Lines are the same up to their digits, and stand at the edge more often than elsewhere. The first page keeps a
    line that stands there larger than on the others: the title, which later pages repeat.
    """
    top, bottom = _repeated(pages, top=True), _repeated(pages, top=False)
    places = top | bottom
    removed = [Removed(pages[k][i].page, pages[k][i].text, "running-header") for k, i in sorted(places)]
    return [[p for i, p in enumerate(page) if (k, i) not in places] for k, page in enumerate(pages)], removed


def _repeated(pages: list[list[Piece]], *, top: bool) -> set[Place]:
    """Return the running lines of one edge."""
    places: dict[str, list[Place]] = defaultdict(list)
    for k, page in enumerate(pages):
        indices = range(len(page)) if top else range(len(page) - 1, -1, -1)
        for i in list(indices)[:_DEPTH]:
            if key := _key(page[i]):
                places[key].append((k, i))
    needed = _PAGES if len(pages) > _SHORT_FILE else len(pages) // 2 + 1
    found: set[Place] = set()
    anywhere = Counter(_form(piece.text) for page in pages for piece in page)
    for key, same in places.items():
        if len({k for k, _ in same}) >= max(needed, 2) and len(same) * 2 > anywhere[key]:
            found |= {place for place in same if not _is_title(pages, place, same)}
    return _reaching_edge(pages, found, top=top)


def _key(piece: Piece) -> str:
    """Return what a running line shares with the others, "" for a line that cannot be one."""
    if piece.kind == "table" or piece.label or is_number_line(piece.text):
        return ""
    if piece.width > _MAX_WIDTH or ended(piece.text) or _SENTENCE.search(piece.text):
        return ""
    marker = marker_of(piece.text)
    if marker is not None and marker.style != "chapter":
        return ""
    key = _form(piece.text)
    return key if sum(character.isalpha() for character in key) > 1 else ""


def _form(text: str) -> str:
    """Return the line without spaces and with one sign for every number."""
    return _DIGITS.sub("#", "".join(text.split()))


def _is_title(pages: list[list[Piece]], place: Place, same: list[Place]) -> bool:
    """Return whether the line is the document's title, on its first page that has text."""
    first = next(k for k, page in enumerate(pages) if page)
    piece = pages[place[0]][place[1]]
    if place[0] != first:
        return False
    others = Counter(pages[k][i].size for k, i in same if k != first)
    usual = others.most_common(1)[0][0] if others else None
    if piece.size is None or usual is None:
        return not _DIGITS.search(piece.text)
    return piece.size > usual * _SIZE_OF_TITLE


def _reaching_edge(pages: list[list[Piece]], found: set[Place], *, top: bool) -> set[Place]:
    """Return the places with nothing but running lines and page numbers between them and the edge."""
    kept: set[Place] = set()
    for k, i in found:
        outside = range(i) if top else range(i + 1, len(pages[k]))
        if all((k, j) in found or is_number_line(pages[k][j].text) for j in outside):
            kept.add((k, i))
    return kept
