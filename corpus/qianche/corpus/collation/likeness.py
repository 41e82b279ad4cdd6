"""How alike articles are: the weighted share of the characters and pairs of characters that two have in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from qianche.corpus.collation.plain import plain
from qianche.corpus.collation.references import masked

Matrix = NDArray[np.float32]
Terms = frozenset[str]
_FREQUENT = 0.05
"""Share of articles from which a term goes through one product of matrices instead of its own list."""


def terms(text: str) -> Terms:
    """Return the characters of a text and the pairs of neighbours, numbers of articles masked."""
    line = plain(masked(text))
    return frozenset(line) | {line[i : i + 2] for i in range(len(line) - 1)}


class Likeness:
    """Likeness of every old article to every new one.

    A term (a character or a pair) weighs ln(1 + N / n), where n of all N articles of both versions have it:
    what every article has (应当, 的) tells little of where an article came from.

    Args:
        old: terms of the old articles that are compared.
        new: terms of the new ones.
        everywhere: terms of all articles of both versions, for the weights.
    """

    def __init__(
        self,
        old: Sequence[Terms],
        new: Sequence[Terms],
        everywhere: Sequence[Terms],
    ) -> None:
        self.old, self.new = old, new
        counts = Counter(term for article in everywhere for term in article)
        total = len(everywhere)
        self._weights = {term: log(1 + total / count) for term, count in counts.items()}
        self.old_weight = np.array([self.weight(article) for article in old], np.float32)
        self.new_weight = np.array([self.weight(article) for article in new], np.float32)
        self.shared = self._shared(_FREQUENT * (len(old) + len(new)))
        """(n_old, n_new): weight of the terms that two articles share."""

    def weight(self, of: Terms) -> float:
        """Return the sum of the weights of some terms."""
        # In the order of the terms: a sum of floats must not depend on the order of a set.
        return sum(self._weights[term] for term in sorted(of))

    @property
    def dice(self) -> Matrix:
        """(n_old, n_new): twice what two share by what both have, 0 to 1.

        Source: L. Dice, Measures of the amount of ecologic association between species (1945), with weights.
        """
        return self.of(self.shared, self.old_weight[:, None] + self.new_weight[None, :]) * 2

    def alike(self, one: Terms, other: Terms) -> float:
        """Return the same of any two sets of terms."""
        both = self.weight(one) + self.weight(other)
        return 2 * self.weight(one & other) / both if both else 0.0

    @staticmethod
    def of(part: Matrix, whole: Matrix) -> Matrix:
        """Return the quotient, 0 where there is nothing to share."""
        return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)

    def _shared(self, frequent: float) -> Matrix:
        """Frequent terms by one product of matrices, the others each by the few articles that have it."""
        places = tuple(_places(side) for side in (self.old, self.new))
        both = sorted(places[0].keys() & places[1].keys())
        often = [term for term in both if len(places[0][term]) + len(places[1][term]) > frequent]
        weights = np.array([self._weights[term] for term in often], np.float32)
        ours, theirs = (
            _incidence(often, found, len(side))
            for found, side in zip(places, (self.old, self.new), strict=True)
        )
        shared: Matrix = np.matmul(ours * weights, theirs.T, dtype=np.float32)
        listed = set(often)
        for term in both:
            if term not in listed:
                shared[np.ix_(places[0][term], places[1][term])] += self._weights[term]
        return shared


def _places(articles: Sequence[Terms]) -> dict[str, list[int]]:
    """The articles that have each term."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, article in enumerate(articles):
        for term in article:
            places[term].append(place)
    return places


def _incidence(columns: list[str], places: dict[str, list[int]], rows: int) -> Matrix:
    """1 where an article (row) has a term (column)."""
    matrix = np.zeros((rows, len(columns)), np.float32)
    for column, term in enumerate(columns):
        matrix[places[term], column] = 1
    return matrix
