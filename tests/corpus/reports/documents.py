"""Documents written for these tests, as awkward as real ones, with their parts worked out by hand.

A golden document is a tuple of pieces: the kind of the part, then its paragraphs. A piece whose kind is the same as
the one before it is a part of its own only where a heading opens it; the comparison joins such neighbours. All names
of places, companies and persons are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from qianche.corpus.reading.document import Block, Document, Page, Span
from qianche.corpus.reports.draft import PartKind


@dataclass(frozen=True)
class Piece:
    """A part with its paragraphs. `inline`: it goes on in the paragraph of the piece before it."""

    kind: PartKind
    paragraphs: tuple[str, ...]
    inline: bool = False


@dataclass(frozen=True)
class Golden:
    """A document and the parts it has."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def document(self) -> Document:
        return document(*self._paragraphs())

    @property
    def expected(self) -> list[tuple[PartKind, str]]:
        """Kind of each part and the first ten characters of its text, neighbours of one kind joined."""
        found: list[tuple[PartKind, str]] = []
        for piece in self.pieces:
            if not found or found[-1][0] != piece.kind:
                found.append((piece.kind, piece.paragraphs[0][:10]))
        return found

    def _paragraphs(self) -> list[str]:
        paragraphs: list[str] = []
        for piece in self.pieces:
            if piece.inline:
                paragraphs[-1] += piece.paragraphs[0]
                paragraphs += piece.paragraphs[1:]
            else:
                paragraphs += piece.paragraphs
        return paragraphs


def document(*paragraphs: str, tables: frozenset[int] = frozenset(), title: str | None = None) -> Document:
    """A document of one page with these paragraphs; the indexes in `tables` are table blocks."""
    blocks: list[Block] = []
    start = 0
    for index, text in enumerate(paragraphs):
        blocks.append(Block("table" if index in tables else "paragraph", start, start + len(text)))
        start += len(text) + 1
    body = "\n".join(paragraphs)
    page = Page(1, 0, "text", None, "", len(body), len(body))
    return Document("text", body, tuple(blocks), (page,), title=title)


def whole(doc: Document) -> Span:
    """The span of the whole document."""
    return Span(0, len(doc.text))


def piece(kind: PartKind, *paragraphs: str, inline: bool = False) -> Piece:
    return Piece(kind, paragraphs, inline)
