"""Step 4, lines become paragraphs: the walk over all pieces; `breaks.py` decides at every joint."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from qianche.corpus.reading.cleaning.breaks import (
    Joint,
    begins_paragraph,
    broken_by_page,
    broken_by_tag,
    broken_in_copy,
)
from qianche.corpus.reading.cleaning.endings import bare_article, punctuated
from qianche.corpus.reading.cleaning.layout import Layout, measure
from qianche.corpus.reading.cleaning.markers import Marker, marker_of, succeeds
from qianche.corpus.reading.cleaning.pieces import Paragraph, Piece
from qianche.corpus.reading.cleaning.spaces import has_chinese, seam
from qianche.corpus.reading.document import Removed
from qianche.corpus.reading.raw import Format

_WEB: tuple[Format, ...] = ("html", "json")
_TAIL = 120
"""Characters of a paragraph that the rules look at."""
# examin- | ation; not 2017- | 2018.
_HYPHEN = re.compile(r"([A-Za-z]{2,})-$")
_REST = re.compile(r"([a-z]{2,})")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_PREFIX_WORDS = "non self co re pre post in on off over under cross half well multi air anti ex semi"
_PREFIXES = frozenset(_PREFIX_WORDS.split())


def join(pieces: list[Piece], fmt: Format) -> tuple[list[Paragraph], list[Removed]]:
    """Return all pieces as paragraphs, and the hyphens that were taken out of broken English words."""
    walk = _Walk(fmt, measure(pieces), _words(pieces))
    notes: list[Piece] = []
    for piece in pieces:
        if piece.footnote:
            notes.append(piece)
            continue
        if not walk.current or not walk.continues(piece):
            walk.close(notes)
        walk.add(piece)
    walk.close(notes)
    return walk.out, walk.removed


@dataclass(slots=True)
class _Walk:
    """The state of the walk: the paragraph being built, and the last number of each style of marker."""

    fmt: Format
    layout: Layout
    words: Counter[str]
    out: list[Paragraph] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    current: list[Piece] = field(default_factory=list)
    parts: list[tuple[int, str]] = field(default_factory=list)
    tail: str = ""
    headed: bool = False
    at_top: bool = True
    last_numbers: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def continues(self, piece: Piece) -> bool:
        """Return whether the piece goes on with the current paragraph."""
        before = self.current[-1]
        if (
            piece.kind != before.kind
            or piece.kind not in ("line", "paragraph")
            or piece.label
            or not piece.text
        ):
            return False
        marker = marker_of(piece.text)
        if piece.kind == "line":
            joint = Joint(
                before,
                piece,
                self.tail,
                marker,
                self._follows(marker),
                self.headed,
                len(self.current),
                self.at_top,
                self.layout.is_full(before),
                self.layout,
            )
            return not begins_paragraph(joint)
        if piece.cut and broken_by_page(before, piece, marker):
            return True
        if self.fmt == "text":
            return not piece.spaced and broken_in_copy(before, piece, marker)
        return self.fmt in _WEB and broken_by_tag(before, piece, marker)

    def add(self, piece: Piece) -> None:
        """Put the piece at the end of the current paragraph, or begin one with it."""
        if self.current:
            between = self._between(piece)
            self.parts.append((piece.page, between + piece.text))
            self.tail = (self.tail + between + piece.text)[-_TAIL:]
        else:
            marker = marker_of(piece.text)
            self.parts, self.tail, self.headed = (
                [(piece.page, piece.text)],
                piece.text[-_TAIL:],
                marker is not None,
            )
            if marker is not None:
                self.last_numbers[marker.style] = marker.number
        self.current.append(piece)

    def close(self, notes: list[Piece]) -> None:
        """End the current paragraph; the notes that stood in or after it come behind it."""
        if self.current:
            first = self.current[0]
            self.at_top = self.at_top and not punctuated(self.tail)
            kind = "paragraph" if first.kind == "line" else first.kind
            self.out.append(Paragraph(kind, tuple(self.parts), first.rows, first.level, first.label))
        if notes:
            last = self.current[-1].page if self.current else notes[0].page
            self.out += [_note(group, moved=last > group[0].page) for group in _by_note(notes)]
            notes.clear()
        self.current, self.parts, self.tail, self.headed = [], [], "", False

    def _follows(self, marker: Marker | None) -> bool:
        """Return whether the marker's number is the next of its style."""
        return marker is not None and succeeds(marker.number, self.last_numbers.get(marker.style, ()))

    def _between(self, piece: Piece) -> str:
        """Return what stands between the paragraph and the piece; a hyphen in a broken word is taken out."""
        page, text = self.parts[-1]
        match, rest = _HYPHEN.search(text), _REST.match(piece.text)
        if match and rest and self._is_broken_word(match[1], rest[1]):
            self.parts[-1] = (page, text[:-1])
            self.tail = self.tail[:-1]
            self.removed.append(Removed(page, "-", "artifact"))
            return ""
        return " " if bare_article(self.tail) else seam(self.tail, piece.text)

    def _is_broken_word(self, first: str, second: str) -> bool:
        """Return whether the hyphen is one of the line's end: the document has the plain word, or no other."""
        plain, compound = (first + second).lower(), f"{first}-{second}".lower()
        if self.words[plain] or self.words[compound]:
            return self.words[plain] > 0
        return first.lower() not in _PREFIXES


def _words(pieces: list[Piece]) -> Counter[str]:
    """Return the English words of the lines, for the files that have broken ones."""
    lines = [p.text for p in pieces if p.kind == "line"]
    if not any(text.endswith("-") and not has_chinese(text) for text in lines):
        return Counter()
    return Counter(word.lower() for text in lines for word in _WORD.findall(text))


def _by_note(notes: list[Piece]) -> list[list[Piece]]:
    """Return the lines of notes grouped, a group for each note."""
    groups: list[list[Piece]] = []
    for piece in notes:
        marker = marker_of(piece.text)
        if not groups or piece.kind != "line" or (marker is not None and marker.style == "reference"):
            groups.append([])
        groups[-1].append(piece)
    return groups


def _note(group: list[Piece], *, moved: bool) -> Paragraph:
    """Return one note as a paragraph of its own."""
    parts: list[tuple[int, str]] = []
    for piece in group:
        between = seam(parts[-1][1], piece.text) if parts else ""
        parts.append((piece.page, between + piece.text))
    return Paragraph("paragraph", tuple(parts), label=group[0].label, moved=moved)
