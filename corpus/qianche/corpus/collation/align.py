"""Which article became which: equal texts first, then alike ones, order preferred and moves allowed.

1. Articles with the same wording belong together whatever their numbers; of several with the same wording those
   with the same number, then in order. So do two that differ only in the numbers they refer to, where no third
   one does. A place-holder for a deleted article belongs to its number alone.
2. The longest chain of these in which both sides go forward is the frame; between two neighbours in it lies a gap
   of old and new articles. Those of one gap are in place, and need the less likeness the smaller the gap is.
3. The rest is matched by likeness, the most alike first: once the certain ones (each the other's best), then all
   above their threshold; what is found extends the frame, until nothing is found any more.
4. What is left over may be a part of something: see `parts`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from qianche.corpus.collation.likeness import Likeness, Matrix, terms
from qianche.corpus.collation.parts import parts
from qianche.corpus.collation.plain import plain
from qianche.corpus.collation.references import masked
from qianche.corpus.rules import Article

CERTAIN = 0.6
"""Likeness from which two articles that are each other's best extend the frame at once."""
ALONE = 0.2
WIDER = 0.04
ANYWHERE = 0.42
"""Least likeness: of two articles alone in their gap; how much more each doubling of (old x new) in the gap asks
for; and of two out of place. Below it they are a new and a removed one.

Tuned by reading 134 pairs of likeness 0.3 to 0.5 and 33 unmatched ones of 19 real pairs of versions (see
docs/rulebook.md). One threshold of 0.3 for all in place made nine wrong pairs, all but one in gaps of 12 and more
articles, while pairs alone in their gap were right down to 0.2; out of place three of ten were wrong at 0.39 to
0.42, one of five above that.
"""
ORDER = 0.1
"""What being in place adds to the likeness of two articles when several could be matched."""
NEARNESS = 0.02
"""What the same relative position adds at most: it decides between equals."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Places of the old and new articles that belong together, and how alike they are."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    similarity: float


def align(old: Sequence[Article], new: Sequence[Article]) -> tuple[Match, ...]:
    """Return the articles that belong together, each article in at most one match."""
    pairs = dict(_same(old, new))
    left = [i for i, article in enumerate(old) if i not in pairs and not article.deleted]
    taken = set(pairs.values())
    come = [j for j, article in enumerate(new) if j not in taken and not article.deleted]
    found = [Match((i,), (j,), 1.0) for i, j in pairs.items()]
    if not left or not come:
        return tuple(found)
    of_old, of_new = [terms(article.text) for article in old], [terms(article.text) for article in new]
    likeness = Likeness([of_old[i] for i in left], [of_new[j] for j in come], [*of_old, *of_new])
    alike = _alike(np.round(likeness.dice, 4), left, come, pairs, (len(old), len(new)))
    for group in parts(likeness, alike):
        found.append(
            Match(
                tuple(left[i] for i in group.old), tuple(come[j] for j in group.new),
                group.similarity,
            )
        )  # fmt: skip
    return tuple(found)


def _same(old: Sequence[Article], new: Sequence[Article]) -> Iterable[Pair]:
    """Yield the articles with one wording, then those that differ only in the numbers they refer to."""
    ours, theirs = set(range(len(old))), set(range(len(new)))

    def grouped(key: Callable[[Article], Hashable]) -> Iterable[tuple[list[int], list[int]]]:
        groups: defaultdict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, (articles, free) in enumerate(((old, ours), (new, theirs))):
            for place in sorted(free):
                groups[key(articles[place])][side].append(place)
        return [(a, b) for a, b in groups.values() if a and b]

    for mine, other in grouped(_wording):
        numbers = {new[j].number: j for j in other}
        kept = {i: j for i in mine if (j := numbers.get(old[i].number)) is not None}
        others = set(kept.values())
        rest = zip((i for i in mine if i not in kept), (j for j in other if j not in others), strict=False)
        for i, j in (*kept.items(), *rest):
            ours.discard(i)
            theirs.discard(j)
            yield i, j
    for mine, other in grouped(_wording_without_references):
        if len(mine) == len(other) == 1 and not old[mine[0]].deleted:
            yield mine[0], other[0]


def _wording(article: Article) -> Hashable:
    """The wording; a deleted article is known by its number alone."""
    return article.number if article.deleted else plain(article.text)


def _wording_without_references(article: Article) -> Hashable:
    """The wording with the numbers masked."""
    return article.number if article.deleted else plain(masked(article.text))


def _alike(
    dice: Matrix, left: list[int], come: list[int], same: dict[int, int], lengths: tuple[int, int]
) -> dict[int, tuple[int, float]]:
    """Return old row → (new column, likeness) of what is matched by likeness."""
    certain = (dice >= CERTAIN) & _best(dice, 0) & _best(dice, 1)
    free = np.ones_like(certain)
    found: dict[int, tuple[int, float]] = {}
    frame = dict(same)
    for stage in count():
        least, rank = _places(dice, left, come, frame, lengths)
        pairs = _greedy(rank, free & ((dice >= least) if stage else certain))
        if stage and not pairs:
            break
        for i, j in pairs:
            found[i] = (j, round(float(dice[i, j]), 4))
            frame[left[i]] = come[j]
            free[i, :] = free[:, j] = False
    return found


def _best(dice: Matrix, axis: int) -> NDArray[np.bool_]:
    """Where a likeness is the highest of its row or column, and no other is as high: twins wait for the frame."""
    highest = dice == dice.max(axis, keepdims=True)
    alone: NDArray[np.bool_] = highest & (highest.sum(axis, keepdims=True) == 1)
    return alone


def _places(
    dice: Matrix, left: list[int], come: list[int], frame: dict[int, int], lengths: tuple[int, int]
) -> tuple[Matrix, Matrix]:
    """Return the least likeness that old and new ones need, and by what pairs are taken one after the other."""
    chain = _chain(frame)
    olds, news = [-1, *(i for i, _ in chain), lengths[0]], [-1, *(j for _, j in chain), lengths[1]]
    gaps = np.array([bisect_left(olds, i) for i in left]), np.array([bisect_left(news, j) for j in come])
    in_place = gaps[0][:, None] == gaps[1][None, :]
    wide = np.diff(olds)[gaps[0] - 1][:, None] - 1, np.diff(news)[gaps[1] - 1][None, :] - 1
    asked = np.minimum(ALONE + WIDER * np.log2(np.maximum(wide[0] * wide[1], 1)), ANYWHERE)
    least = np.where(in_place, asked, ANYWHERE)
    rows, columns = np.array(left), np.array(come)
    # What a law begins with (purpose) and ends with (commencement) is in place however wide the gap is.
    for first_or_last in ((0, 0), (lengths[0] - 1, lengths[1] - 1)):
        least[np.ix_(rows == first_or_last[0], columns == first_or_last[1])] = ALONE
    near = 1 - np.abs((rows / lengths[0])[:, None] - (columns / lengths[1])[None, :])
    return least.astype(np.float32), (dice + ORDER * in_place + NEARNESS * near).astype(np.float32)


def _greedy(rank: Matrix, eligible: NDArray[np.bool_]) -> list[Pair]:
    """Return eligible pairs, the highest rank first, each row and column once; ties in the order of the texts."""
    rows, columns = np.nonzero(eligible)
    order = np.argsort(-rank[rows, columns], kind="stable")
    pairs: list[Pair] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if row not in used[0] and column not in used[1]:
            used[0].add(row)
            used[1].add(column)
            pairs.append((row, column))
    return pairs


def _chain(pairs: dict[int, int]) -> list[Pair]:
    """Return the longest chain of pairs in which both sides go forward.

    Source: M. Fredman, On computing the length of longest increasing subsequences (1975).
    """
    ends: list[int] = []
    last: list[Pair] = []
    before: dict[Pair, Pair | None] = {}
    for pair in sorted(pairs.items()):
        place = bisect_left(ends, pair[1])
        before[pair] = last[place - 1] if place else None
        ends[place : place + 1] = [pair[1]]
        last[place : place + 1] = [pair]
    chain: list[Pair] = []
    step = last[-1] if last else None
    while step is not None:
        chain.append(step)
        step = before[step]
    return chain[::-1]
