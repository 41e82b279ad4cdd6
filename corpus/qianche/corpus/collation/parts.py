"""Articles that were split into several, or several that were put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qianche.corpus.collation.likeness import Likeness, Matrix, Terms

PART = 0.55
"""Share of an article (by weight of its terms) that another must hold for the one to be a part of the other."""
GAIN = 0.08
"""What a part must add to the likeness of all parts together to the whole, unless it is plain from its own words.

An article that merely resembles one that went on whole adds nothing, and is no part of it.
"""
OWN = 0.75
OWN_LEAST = 0.4
"""A short part of a long article adds little. It is one all the same if, of its own words (those that no other part
has), at least OWN (by weight) stand in the whole, and its own words are at least OWN_LEAST of it.
"""
WHOLE = 0.5
"""Least likeness of all parts together to the whole."""

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows (old) and columns (new) that belong together."""

    old: Places
    new: Places
    similarity: float


def parts(likeness: Likeness, matched: Mapping[int, tuple[int, float]]) -> tuple[Group, ...]:
    """Return the matched pairs, and the splits and merges that what is left over makes of them.

    A split or merge is told only where it is plain: each part lies for the most part in the whole, adds to the
    likeness of all parts together or has words of its own there, and all parts together are like the whole.

    Args:
        likeness: of the articles that are matched by likeness.
        matched: old row → (new column, likeness).
    """
    to_new = {i: j for i, (j, _) in matched.items()}
    to_old = {j: i for i, j in to_new.items()}
    rows, columns = likeness.shared.shape
    free_new = [j for j in range(columns) if j not in to_old]
    free_old = [i for i in range(rows) if i not in to_new]
    held_new = likeness.of(likeness.shared[:, free_new].T, likeness.new_weight[free_new][:, None])
    held_old = likeness.of(likeness.shared[free_old, :], likeness.old_weight[free_old][:, None])
    groups: list[Group] = []
    used: tuple[set[int], set[int]] = (set(), set())

    def take(old: Places, new: Places, similarity: float) -> None:
        if not (used[0] & set(old) or used[1] & set(new)):
            used[0].update(old)
            used[1].update(new)
            groups.append(Group(old, new, similarity))

    for i, found in _candidates(held_new, free_new).items():
        if told := _plain(likeness, likeness.old[i], likeness.new, to_new.get(i), found):
            take((i,), *told)
    for j, found in _candidates(held_old, free_old).items():
        if told := _plain(likeness, likeness.new[j], likeness.old, to_old.get(j), found):
            take(told[0], (j,), told[1])
    for i, (j, similarity) in matched.items():
        take((i,), (j,), similarity)
    return tuple(groups)


def _candidates(held: Matrix, free: list[int]) -> dict[int, list[int]]:
    """Return whole → possible parts: each free article with the one that holds most of it, most first."""
    found: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    if held.size:
        best = held.argmax(1)
        for row, part in enumerate(free):
            share = float(held[row, best[row]])
            if share >= PART:
                found[int(best[row])].append((-share, part))
    return {whole: [part for _, part in sorted(having)] for whole, having in sorted(found.items())}


def _plain(
    likeness: Likeness, whole: Terms, side: Sequence[Terms], known: int | None, found: list[int]
) -> tuple[Places, float] | None:
    """Return the parts of an article in order and their likeness to it, None where there are not several.

    Args:
        likeness: for the weights.
        whole: terms of the article.
        side: terms of the articles on the other side.
        known: the one that is matched to it already.
        found: those that it may hold, the most first.
    """
    chosen = [found[0] if known is None else known]
    together = side[chosen[0]]
    reached = likeness.alike(whole, together)
    for part in found:
        more = likeness.alike(whole, together | side[part])
        if part not in chosen and (more >= reached + GAIN or _own(likeness, whole, side[part], together)):
            chosen.append(part)
            together |= side[part]
            reached = more
    return (tuple(sorted(chosen)), round(reached, 4)) if len(chosen) > 1 and reached >= WHOLE else None


def _own(likeness: Likeness, whole: Terms, part: Terms, others: Terms) -> bool:
    """Whether a part has words of its own, and they stand in the whole."""
    own = part - others
    in_whole = likeness.weight(own & whole)
    return in_whole >= OWN * likeness.weight(own) and in_whole >= OWN_LEAST * likeness.weight(part)
