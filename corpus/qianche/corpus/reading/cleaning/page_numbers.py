"""Step 3, page numbers: on a line of their own, or stuck to the first word of the next page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from qianche.corpus.reading.cleaning.endings import cut, ended, punctuated
from qianche.corpus.reading.cleaning.markers import marker_of
from qianche.corpus.reading.cleaning.pieces import Piece
from qianche.corpus.reading.cleaning.units import UNIT
from qianche.corpus.reading.document import Removed

# 第 3 页 共 12 页, 共12页第3页, Page 3 of 12: a page number whatever stands on other pages.
_STATED = re.compile(r"(?:共\d+页[，,]?)?第(\d+)页(?:[，,/]?[（(]?共\d+页[）)]?)?|[Pp]age (\d+)(?: of \d+)?")
_SIGNS = r"[-—–－·~～ ›‹»«<>|]"
# - 3 -, ›3 ‹, 3/12, 3: a page number where it continues the sequence of the pages; not 3.2.
_PLAIN = re.compile(rf"{_SIGNS}{{0,3}}(\d{{1,4}}){_SIGNS}{{0,3}}|(\d{{1,4}})/\d{{1,4}}")
# - 3 - and — 3 —: the form that no text has; not 3.
_DASHED = re.compile(rf"{_SIGNS}+(\d{{1,4}}){_SIGNS}+")
_ROMAN = re.compile(rf"{_SIGNS}*[ivxIVX]{{1,5}}{_SIGNS}*")
# 1为认真贯彻: digits right before a word; not 2023年, which has four.
_GLUED = re.compile(r"(\d{1,3})(?=[\u4e00-\u9fff“《（])")
_UNIT = re.compile(UNIT)

_SHARE = 0.4
"""Share of the pages that must agree on the sequence before numbers stuck to words are believed."""
_FLOW_CHAIN = 3
"""Numbers in a row that a text without pages must show before they are taken for page numbers."""
_LONG = 40
"""Width from which a line without punctuation is text and no heading."""


@dataclass(frozen=True, slots=True)
class _Glued:
    """A number stuck to a word: where, and whether the sentence before it was cut (else it is only a witness)."""

    at: int
    number: int
    broken: bool
    counted: bool


def without_page_numbers(pages: list[list[Piece]]) -> tuple[list[list[Piece]], list[Removed]]:
    """Return the pages without their numbers, and what was removed.

    A bare number goes only where it continues the sequence of the pages. The piece after a number that stood
    inside a text without pages gets `cut`: a page break was there.
    """
    if len(pages) == 1:
        kept, removed = _from_flow(pages[0])
        return [kept], removed
    own = _own_lines(pages)
    removed = [Removed(piece.page, piece.text, "page-number") for piece in own.values()]
    rest = [[p for i, p in enumerate(page) if (k, i) not in own] for k, page in enumerate(pages)]
    stuck = _stuck(rest, bool(own))
    for k, width in stuck.items():
        first = rest[k][0]
        removed.append(Removed(first.page, first.text[:width], "page-number"))
        rest[k][0] = replace(first, text=first.text[width:].lstrip())
    return rest, removed


def is_number_line(text: str) -> bool:
    """Return whether the line holds nothing but a page number in any of its forms."""
    return any(form.fullmatch(text) for form in (_STATED, _PLAIN, _ROMAN))


def _own_lines(pages: list[list[Piece]]) -> dict[tuple[int, int], Piece]:
    """Return the page numbers on lines of their own, by page index and position."""
    found: dict[tuple[int, int], Piece] = {}
    plain: list[tuple[int, int, int]] = []
    for k, i, piece in _edges(pages):
        if _STATED.fullmatch(piece.text):
            found[k, i] = piece
        elif match := _PLAIN.fullmatch(piece.text):
            plain.append((k, i, int(match[1] or match[2]) - k))
        elif _ROMAN.fullmatch(piece.text):
            plain.append((k, i, -1))
    votes = Counter(offset for _, _, offset in dict.fromkeys((k, 0, offset) for k, _, offset in plain))
    for k, i, offset in plain:
        if votes[offset] >= 2:
            found[k, i] = pages[k][i]
    return found


def _edges(pages: list[list[Piece]]) -> Iterator[tuple[int, int, Piece]]:
    """Give the first and the last two lines of each page."""
    for k, page in enumerate(pages):
        for i in sorted({0, 1, len(page) - 2, len(page) - 1} & set(range(len(page)))):
            if page[i].kind != "table" and not page[i].label:
                yield k, i, page[i]


def _stuck(pages: list[list[Piece]], numbered: bool) -> dict[int, int]:
    """Return how many digits of a page's first line are its number, by page index."""
    starts: list[tuple[int, str]] = []
    for k in range(1, len(pages)):
        if pages[k] and pages[k - 1] and _is_broken(pages[k - 1][-1]) and pages[k][0].kind != "table":
            match = _GLUED.match(pages[k][0].text)
            if match:
                starts.append((k, match[1]))
    votes = Counter(int(digits) - k for k, digits in starts)
    if not votes:
        return {}
    offset, count = votes.most_common(1)[0]
    if count < 2 or (numbered and count < len(pages) * _SHARE):
        return {}
    return {k: len(str(k + offset)) for k, digits in starts if digits == str(k + offset)}


def _is_broken(piece: Piece) -> bool:
    """Return whether the piece ends in mid-sentence: no end mark, and too long or too cut for a heading."""
    if piece.kind == "table" or ended(piece.text) or piece.text.endswith("》"):
        return False
    return cut(piece.text) or punctuated(piece.text) or piece.width >= _LONG


def _from_flow(pieces: list[Piece]) -> tuple[list[Piece], list[Removed]]:
    """Return a text that lost its pages without the numbers left between and in its lines."""
    own = _flow_lines(pieces)
    glued = _flow_glued(pieces)
    kept: list[Piece] = []
    removed: list[Removed] = []
    broken = False
    for at, piece in enumerate(pieces):
        if at in own:
            removed.append(Removed(piece.page, piece.text, "page-number"))
            broken = True
            continue
        if at in glued:
            width = glued[at]
            removed.append(Removed(piece.page, piece.text[:width], "page-number"))
            piece, broken = replace(piece, text=piece.text[width:].lstrip()), True
        kept.append(replace(piece, cut=True) if broken else piece)
        broken = False
    return kept, removed


def _flow_lines(pieces: list[Piece]) -> set[int]:
    """Return the lines that hold nothing but a page number: - 3 - and 第3页 in ascending order."""
    stated = {i for i, p in enumerate(pieces) if p.kind == "line" and _STATED.fullmatch(p.text)}
    dashed = [
        (i, int(match[1]))
        for i, p in enumerate(pieces)
        if p.kind == "line" and (match := _DASHED.fullmatch(p.text))
    ]
    ascending = all(a[1] < b[1] for a, b in pairwise(dashed))
    return stated | ({i for i, _ in dashed} if len(dashed) > 1 and ascending else set())


def _flow_glued(pieces: list[Piece]) -> dict[int, int]:
    """Return how many digits of a piece are a page number, by its position in the text."""
    found: list[_Glued] = []
    for at in range(1, len(pieces)):
        piece = pieces[at]
        match = _GLUED.match(piece.text) if piece.kind != "table" else None
        if match and (punctuated(piece.text) or piece.width >= _LONG):
            before = next((p for p in reversed(pieces[:at]) if marker_of(p.text) is None), pieces[at - 1])
            broken = _is_broken(pieces[at - 1]) or (_is_note(pieces[at - 1]) and _is_broken(before))
            counted = _UNIT.match(piece.text, match.end()) is not None
            found.append(_Glued(at, int(match[1]), broken, counted))
    chain = _longest_rise([g for g in found if not g.counted])
    if len(chain) < _FLOW_CHAIN or sum(g.broken for g in chain) < 2:
        return {}
    last = {g.number: g.at for g in chain}
    chain += [g for g in found if g.counted and last.get(g.number - 1, g.at) < g.at]
    return {g.at: len(str(g.number)) for g in chain if g.broken}


def _is_note(piece: Piece) -> bool:
    """Return whether the piece is a footnote, [8]《…》."""
    marker = marker_of(piece.text)
    return marker is not None and marker.style == "reference"


def _longest_rise(found: list[_Glued]) -> list[_Glued]:
    """Return the longest strictly rising run of numbers in text order."""
    best: list[list[_Glued]] = []
    for glued in found:
        before = max((run for run in best if run[-1].number < glued.number), key=len, default=[])
        best.append([*before, glued])
    return max(best, key=len, default=[])
