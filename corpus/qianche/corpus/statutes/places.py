"""Places in the text of an article: whether it has one, and which one a position lies in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

from qianche.corpus.citations import Provision
from qianche.corpus.rules import Article, Item, Paragraph

Unit = TypeVar("Unit", Paragraph, Item)


def has_place(article: Article, provision: Provision) -> bool:
    """Return whether the article has the paragraph, item and point of a provision.

    An item without its paragraph must be one of the article's paragraphs' own.
    """
    paragraphs = [p for p in article.paragraphs if provision.paragraph in (None, p.number)]
    if provision.item is None:
        return bool(paragraphs)
    items = [i for p in paragraphs for i in p.items if i.number == provision.item]
    if provision.point is None:
        return bool(items)
    return any(point.number == provision.point for item in items for point in item.points)


def units_at(article: Article, position: int) -> tuple[Paragraph | None, Item | None]:
    """Return the 款 and the 项 that a position of the text lies in, None where it lies in none."""
    paragraph = _around(article.paragraphs, position)
    return paragraph, _around(paragraph.items, position) if paragraph is not None else None


def place_of(article: Article, position: int) -> Provision:
    """Return the 款 and 项 of an article that a position of its text lies in."""
    paragraph, item = units_at(article, position)
    return Provision(
        article=article.number,
        paragraph=paragraph.number if paragraph else None,
        item=item.number if item else None,
    )


def _around(units: Sequence[Unit], position: int) -> Unit | None:
    """Return the unit around a position; units stand in the order of the text."""
    index = bisect_right(units, position, key=lambda unit: unit.start) - 1
    return units[index] if index >= 0 and position < units[index].end else None
