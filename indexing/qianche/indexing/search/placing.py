"""In which order the fitting rules are shown: articles by relevance, what is no article in places of its own.

A rule found as such is known by its title and a line on what it governs and cannot show the sentence that applies;
an item of judging criteria says that a hazard is a major one, not which duty is broken. Both are wanted, and both
would push articles out of the first ten: over the tune questions an article on point is among them for .873 (and in
the first three for .676) without these places and .873 (.761) with them, over those of the rulebook .911 and .946.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

T = TypeVar("T")
Class = Literal["provision", "criterion", "rule"]
PLACES: dict[Class, frozenset[int]] = {"criterion": frozenset({4, 8}), "rule": frozenset({6, 10})}
"""Places of each ten, from 1, that are kept for a class; where it has none left, provisions go on."""
PERIOD = 10


def placed(hits: Sequence[T], class_of: Callable[[T], Class]) -> list[T]:
    """Return the hits, best first, with each class in its places; what is left when provisions end follows by rank.

    A place delays a hit and never advances it: one of the twelfth rank does not stand in the first ten.
    """
    waiting: dict[Class, deque[tuple[int, T]]] = {"provision": deque(), "criterion": deque(), "rule": deque()}
    for rank, hit in enumerate(hits):
        waiting[class_of(hit)].append((rank, hit))
    found: list[T] = []
    while waiting["provision"]:
        place = len(found) % PERIOD + 1
        due = [
            waiting[name]
            for name, places in PLACES.items()
            if place in places and waiting[name] and waiting[name][0][0] <= len(found)
        ]
        found.append((due[0] if due else waiting["provision"]).popleft()[1])
    left = sorted((pair for name in PLACES for pair in waiting[name]), key=lambda pair: pair[0])
    return found + [hit for _, hit in left]
