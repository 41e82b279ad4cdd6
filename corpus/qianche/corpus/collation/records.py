"""Records of a collation: pairs of articles, pairs of their units (款, 项, 目), pieces of their wording."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from qianche.corpus.rules import Article, ArticleNumber

PairKind = Literal[
    "same", "renumbered", "revised", "revised-renumbered", "new", "removed", "split", "merged"
]  # fmt: skip
UnitKind = Literal["same", "renumbered", "revised", "added", "removed"]
Op = Literal["kept", "removed", "added"]
Range = tuple[int, int]
"""Half-open, in characters."""

DOUBTFUL = 0.5
"""Likeness below which a match must be checked. All 132 such matches of 19 real pairs of versions were read: 8 wrong,
7 could be read either way; of 131 read between 0.5 and 0.8 two and one.
"""
BETWEEN = "\n"
"""Joins the texts of several articles on one side of a split or merged pair; offsets count it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of wording: kept, removed or added.

    `old` and `new` are its places in the two texts of the pair; the one where it does not stand is empty and
    says where it would.
    """

    op: Op
    text: str
    old: Range
    new: Range


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands: 条, 款 and, where it is one, 项 and 目; `label` is the unit's as printed: （二）, 1.

    `only_paragraph`: the article has one 款, which is then not named in citations.
    """

    article: ArticleNumber
    paragraph: int
    item: int | None = None
    point: int | None = None
    label: str = ""
    only_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of an article that no smaller unit divides; [start, end) in the text of its side of the pair."""

    place: Place
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UnitPair:
    """What became of a unit. The pieces of all units of a pair, in order, are the two texts whole."""

    kind: UnitKind
    old: Unit | None
    new: Unit | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """What became of an article.

    One article on each side, but: none on the old side of `new`; none on the new side of `removed`, unless the
    new text keeps the number with the note that the article was deleted; several new ones of a `split`, several
    old ones of a `merged` pair, in order.

    `similarity` is that of `likeness`, 0 to 1, None where nothing was matched. `only_references`: nothing but
    numbers of articles of the same rule changed, each to where that article now stands. `units` is empty where
    the wording is the same or there is only one side.
    """

    kind: PairKind
    old: tuple[Article, ...]
    new: tuple[Article, ...]
    similarity: float | None = None
    only_references: bool = False
    units: tuple[UnitPair, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether the match is so unlike that a person must check it."""
        return self.similarity is not None and self.similarity < DOUBTFUL

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Kept and removed pieces in order are `old_text`, kept and added ones `new_text`, where units are told."""
        return tuple(piece for unit in self.units for piece in unit.pieces)

    @property
    def old_text(self) -> str:
        """The text that offsets into the old side count in."""
        return BETWEEN.join(article.text for article in self.old)

    @property
    def new_text(self) -> str:
        """The text that offsets into the new side count in."""
        return BETWEEN.join(article.text for article in self.new)


@dataclass(frozen=True, slots=True)
class Collation:
    """Every article of both versions in exactly one pair, in the order of the new text.

    What was removed stands behind what stood before it in the old text.
    """

    pairs: tuple[ArticlePair, ...]

    @property
    def counts(self) -> Counter[PairKind]:
        """How many pairs there are of each kind."""
        return Counter(pair.kind for pair in self.pairs)

    @property
    def only_references(self) -> int:
        """How many pairs differ in nothing but the numbers of articles they refer to."""
        return sum(pair.only_references for pair in self.pairs)

    @property
    def renumberings(self) -> tuple[tuple[ArticleNumber, ArticleNumber], ...]:
        """Old and new number of every article that went on under another one, in the order of the old text."""
        moved = (p for p in self.pairs if p.kind in ("renumbered", "revised-renumbered"))
        return tuple(sorted((p.old[0].number, p.new[0].number) for p in moved))
