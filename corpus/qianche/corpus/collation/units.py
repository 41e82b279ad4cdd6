"""The units (款, 项, 目) of two sides of a pair, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from qianche.corpus.collation.plain import plain
from qianche.corpus.collation.records import BETWEEN, Piece, Place, Unit, UnitKind, UnitPair
from qianche.corpus.collation.wording import compare
from qianche.corpus.rules import Article, Item, Paragraph

ALIKE = 0.34
"""Least share of characters that two units standing in each other's place have in common to be one unit revised."""
MOST_CELLS = 10_000
"""Changed units of the one side times those of the other up to which each is compared to each.

A hundred against a hundred takes some 50 ms; a stretch longer than that was written anew, and is told so.
"""


def unit_pairs(old: Sequence[Article], new: Sequence[Article]) -> tuple[UnitPair, ...]:
    """Return every unit of both sides in one pair, in an order that keeps the order of both.

    The pieces of all pairs, in order, are the texts of both sides whole (several articles joined by `BETWEEN`).
    """
    ours, theirs = _units(old), _units(new)
    matcher = SequenceMatcher(
        None, [_key(unit) for unit in ours], [_key(unit) for unit in theirs], autojunk=False
    )
    pairs: list[UnitPair] = []
    at = (0, 0)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        left, right = ours[i1:i2], theirs[j1:j2]
        steps = zip(left, right, strict=True) if tag == "equal" else _aligned(left, right)
        for a, b in steps:
            pairs.append(_pair(a, b, at))
            at = (a.end if a else at[0], b.end if b else at[1])
    return tuple(pairs)


def _units(articles: Sequence[Article]) -> list[Unit]:
    """The units of one side; each goes as far as the next one begins, so that none of the text is left out."""
    text = BETWEEN.join(article.text for article in articles)
    found: list[tuple[int, Place]] = []
    offset = 0
    for article in articles:
        places = list(_places(article)) or [(0, Place(article.number, 1, only_paragraph=True))]
        found.append((offset, places[0][1]))
        found += [(offset + start, place) for start, place in places[1:]]
        offset += len(article.text) + len(BETWEEN)
    ends = [*(start for start, _ in found[1:]), len(text)]
    return [
        Unit(place, text[start:end], start, end)
        for (start, place), end in zip(found, ends, strict=True)
        if start < end
    ]


def _places(article: Article) -> Iterator[tuple[int, Place]]:
    """Yield where each unit of an article begins, in order."""
    for paragraph in article.paragraphs:
        yield from _of_paragraph(article, paragraph, len(article.paragraphs) == 1)


def _of_paragraph(article: Article, paragraph: Paragraph, only: bool) -> Iterator[tuple[int, Place]]:
    """Yield the lead of a 款, where it has one, and its 项."""
    if not paragraph.items or paragraph.items[0].start > paragraph.start:
        yield paragraph.start, Place(article.number, paragraph.number, only_paragraph=only)
    for item in paragraph.items:
        yield from _of_item(article, paragraph, item, only)


def _of_item(article: Article, paragraph: Paragraph, item: Item, only: bool) -> Iterator[tuple[int, Place]]:
    """Yield the lead of a 项, where it has one, and its 目."""
    head = (article.number, paragraph.number, item.number)
    if not item.points or item.points[0].start > item.start:
        yield item.start, Place(*head, label=item.label, only_paragraph=only)
    for point in item.points:
        yield point.start, Place(*head, point.number, point.label, only)


def _key(unit: Unit) -> str:
    """The wording of a unit without its label: an item that only moved up is the same."""
    return plain(unit.text.strip().removeprefix(unit.place.label))


def _aligned(ours: list[Unit], theirs: list[Unit]) -> Iterator[tuple[Unit | None, Unit | None]]:
    """Yield the units of two changed stretches side by side where they are alike, the others alone.

    The pairs with the largest likeness in all, order kept.
    """
    rows, columns = len(ours), len(theirs)
    alike = _likeness(ours, theirs) if 0 < rows * columns <= MOST_CELLS else [[0.0] * columns] * rows
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            matched = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(matched, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < rows and j < columns:
        if alike[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            yield ours[i], theirs[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield ours[i], None
            i += 1
        else:
            yield None, theirs[j]
            j += 1
    yield from ((unit, None) for unit in ours[i:])
    yield from ((None, unit) for unit in theirs[j:])


def _likeness(ours: list[Unit], theirs: list[Unit]) -> list[list[float]]:
    """Twice the characters and pairs that two units share by those that both have."""
    old, new = [_terms(unit) for unit in ours], [_terms(unit) for unit in theirs]
    return [[2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0 for b in new] for a in old]


def _terms(unit: Unit) -> set[str]:
    key = _key(unit)
    return {*key, *(key[i : i + 2] for i in range(len(key) - 1))}


def _pair(old: Unit | None, new: Unit | None, at: tuple[int, int]) -> UnitPair:
    """Return the pair with its pieces; a unit that stands alone says where the other side is by then."""
    if old is None or new is None:
        if old is not None:
            return UnitPair(
                "removed", old, None, (Piece("removed", old.text, (old.start, old.end), (at[1],) * 2),)
            )
        assert new is not None
        return UnitPair("added", None, new, (Piece("added", new.text, (at[0],) * 2, (new.start, new.end)),))
    return UnitPair(_kind(old, new), old, new, compare(old.text, new.text, old.start, new.start))


def _kind(old: Unit, new: Unit) -> UnitKind:
    """What became of a unit that stands on both sides."""
    if _key(old) != _key(new):
        return "revised"
    numbers = [(unit.place.paragraph, unit.place.item, unit.place.point) for unit in (old, new)]
    labelled_alike = plain(old.place.label) == plain(new.place.label)
    return "same" if numbers[0] == numbers[1] and labelled_alike else "renumbered"
