"""Step 3, tables of contents: lines with leaders, or headings that all stand in the text once more."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise

from qianche.corpus.reading.cleaning.endings import ended
from qianche.corpus.reading.cleaning.markers import marker_of
from qianche.corpus.reading.cleaning.pieces import Piece
from qianche.corpus.reading.document import Removed

# 一、概况……12, （二）经过 .......4, 结论 · · · · 9; not 省略号……，
_LEADERS = re.compile(
    r".*?(?:…{2,}|\.{4,}|·{4,}|•{4,}|．{4,}|-{6,}|_{4,}|(?:[.·…]\s){4,}[.·…]?)\s*[-—]?\s*(\d{1,4}|[ivxIVX]{1,6})?\s*[-—]?"
)
_TITLE = re.compile(r"目[ \u3000]*[录次]|[Tt]able of [Cc]ontents|CONTENTS|Contents")
_TITLE_AT_END = re.compile(r"(?<=[月日告院组厅局])目[ \u3000]*录$")
_NUMBER_AT_END = re.compile(r"[\s.…·]*\d{1,4}$")
_SHORT_LEADERS = re.compile(r"[^.…·][.…·]{2,3}\s?\d{1,4}$")
_SPACE_NUMBER = re.compile(r"\D\s?\d{1,3}$")
_PAGE_AT_END = re.compile(r"(?<=[^\d.])(\d{1,4})$")
_PAGE_STEP = 200
_SPACE = re.compile(r"\s+")
_ENTRY_WIDTH, _ENTRY_LENGTH = 110, 300
"""Widest entry without leaders, and longest line with them."""
_WRAPPED = 2
"""Lines without leaders that may stand between two with: the first halves of long entries."""
_MIN_LEADERS = 3
_MIN_TITLED, _MIN_UNTITLED = 2, 4
_ONLY_CONTENTS = 200
"""A file with contents and fewer other characters than this, none of them a sentence, has no text."""

ONLY_CONTENTS = "文件里只有目录，没有正文。请导入带有正文的文件；目录各行列在“未收入正文”中。"


def without_contents(pieces: list[Piece]) -> tuple[list[Piece], list[Removed]]:
    """Return the pieces without tables of contents, and what was removed.

    With leaders three lines are enough, so they are under 目录 with rising page numbers. Otherwise a run counts whose
    every line stands again further down as the beginning of a line: two lines under 目录, four without that word.
    """
    pieces = _split_title(pieces)
    lines = _Lines.of(pieces)
    places = _with_leaders(pieces)
    places |= _beside(pieces, places, lines)
    places |= _by_repetition(pieces, places, lines)
    removed = [Removed(pieces[i].page, pieces[i].label + pieces[i].text, "contents") for i in sorted(places)]
    return [piece for i, piece in enumerate(pieces) if i not in places], removed


def is_only_contents(kept: list[Piece], removed: list[Removed]) -> bool:
    """Return whether nothing but a table of contents was in the file."""
    if not removed:
        return False
    text = "".join(piece.text + "".join(map("".join, piece.rows)) for piece in kept)
    return len(text) < _ONLY_CONTENTS and "。" not in text


def _split_title(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with a 目录 that is stuck to the line before it on its own."""
    out: list[Piece] = []
    for i, piece in enumerate(pieces):
        match = _TITLE_AT_END.search(piece.text) if i + 1 < len(pieces) else None
        if match and _is_led(pieces[i + 1].text):
            out.append(replace(piece, text=piece.text[: match.start()].rstrip()))
            out.append(replace(piece, text=match[0], label="", cut=False))
        else:
            out.append(piece)
    return out


def _with_leaders(pieces: list[Piece]) -> set[int]:
    """Return the places of contents lines with leaders, their wrapped first halves and the 目录 above."""
    led = [i for i, piece in enumerate(pieces) if piece.kind != "table" and _is_led(piece.text)]
    if len(led) < _MIN_LEADERS:
        return set()
    places = set(led)
    for before, after in pairwise(led):
        between = range(before + 1, after)
        if len(between) <= _WRAPPED and all(_may_be_entry(pieces[i]) for i in between):
            places |= set(between)
    for i in led:
        above = i - 1
        if (
            above > 0
            and above not in places
            and _may_be_entry(pieces[above])
            and not _is_title(pieces[above])
        ):
            above -= 1
        if above >= 0 and _is_title(pieces[above]):
            places |= set(range(above, i))
    return places


def _is_title(piece: Piece) -> bool:
    """Return whether the line is 目录 or the like."""
    return piece.kind != "table" and _TITLE.fullmatch(piece.text) is not None


def _is_led(text: str) -> bool:
    """Return whether the line ends in leaders, with or without a page number."""
    return len(text) <= _ENTRY_LENGTH and _LEADERS.fullmatch(text) is not None


def _may_be_entry(piece: Piece) -> bool:
    """Return whether the line has the looks of an entry: short, no end of a sentence."""
    return piece.kind != "table" and piece.width <= _ENTRY_WIDTH and not ended(piece.text)


def _beside(pieces: list[Piece], taken: set[int], lines: _Lines) -> set[int]:
    """Return the lines next to entries with leaders that have a page number after two dots, or stand again below."""
    places: set[int] = set()
    for step in (1, -1):
        for edge in sorted(taken, reverse=step < 0):
            i = edge + step
            while (
                0 <= i < len(pieces) and i not in taken | places and _is_numbered_entry(pieces[i], i, lines)
            ):
                places.add(i)
                i += step
    return places


def _is_numbered_entry(piece: Piece, place: int, lines: _Lines) -> bool:
    """Return whether the line is an entry with a page number and next to no leaders: 事故经过.. 7, 事故经过 7."""
    if piece.kind != "table" and _SHORT_LEADERS.search(piece.text):
        return True
    has_number = piece.kind != "table" and _SPACE_NUMBER.search(piece.text) is not None
    return has_number and bool(lines.after(_key(piece), place))


def _by_repetition(pieces: list[Piece], taken: set[int], lines: _Lines) -> set[int]:
    """Return the places of contents lines that are told by standing again further down."""
    places: set[int] = set()
    i = 0
    while i < len(pieces):
        titled = _is_title(pieces[i])
        begin = i + 1 if titled else i
        fits = i not in taken and begin < len(pieces) and (titled or _may_be_first(pieces[i]))
        end = _run_end(pieces, begin, lines, headings_only=not titled) if fits else begin
        if fits and titled:
            end = max(end, _numbered_end(pieces, begin))
        if end - begin >= (_MIN_TITLED if titled else _MIN_UNTITLED):
            places |= set(range(i, end))
            i = end
        else:
            i += 1
    return places


@dataclass(frozen=True, slots=True)
class _Lines:
    """All lines as keys in alphabetical order, with the place of each."""

    keys: list[str]
    places: list[int]

    @classmethod
    def of(cls, pieces: list[Piece]) -> _Lines:
        """Return the lines of a text."""
        ordered = sorted((_key(piece), i) for i, piece in enumerate(pieces) if piece.kind != "table")
        return cls([key for key, _ in ordered], [i for _, i in ordered])

    def after(self, key: str, place: int) -> list[int]:
        """Return the later places of lines that begin with the key."""
        if not key:
            return []
        first = at = bisect_left(self.keys, key)
        while at < len(self.keys) and self.keys[at].startswith(key):
            at += 1
        return [found for found in self.places[first:at] if found > place]


def _may_be_first(piece: Piece) -> bool:
    """Return whether a contents table without its title may begin here: 第一章, 一、."""
    marker = marker_of(piece.text) if _may_be_entry(piece) else None
    return marker is not None and marker.style in ("chapter", "han")


def _run_end(pieces: list[Piece], begin: int, lines: _Lines, *, headings_only: bool) -> int:
    """Return where the run of lines ends that all stand again where the text has begun, with its first line."""
    body = min(lines.after(_key(pieces[begin]), begin), default=begin)
    end = begin
    while end < body:
        piece = pieces[end]
        if not _may_be_entry(piece) or (headings_only and marker_of(piece.text) is None):
            break
        if max(lines.after(_key(piece), end), default=0) < body:
            break
        end += 1
    return end


def _numbered_end(pieces: list[Piece], begin: int) -> int:
    """Return where the lines under 目录 end that close with rising page numbers; an entry may take two lines."""
    end, page, at = begin, 0, begin
    while at < len(pieces) and at - end <= 1 and _may_be_entry(pieces[at]):
        match = _PAGE_AT_END.search(pieces[at].text)
        if match and page <= int(match[1]) <= page + _PAGE_STEP:
            end, page = at + 1, int(match[1])
        elif match:
            break
        at += 1
    return end if end - begin >= _MIN_LEADERS else begin


def _key(piece: Piece) -> str:
    """Return the line without spaces and page number, "" for one too short to tell."""
    key = _SPACE.sub("", _NUMBER_AT_END.sub("", piece.label + piece.text))
    return key if len(key) > 1 else ""
