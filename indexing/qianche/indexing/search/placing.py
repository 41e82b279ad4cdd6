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
    """Return the hits, best first, with each class in its places; what is left when provisions end follows by rank."""
    waiting: dict[Class, deque[T]] = {"provision": deque(), "criterion": deque(), "rule": deque()}
    for hit in hits:
        waiting[class_of(hit)].append(hit)
    found: list[T] = []
    while waiting["provision"]:
        place = len(found) % PERIOD + 1
        kept = [waiting[name] for name, places in PLACES.items() if place in places and waiting[name]]
        found.append((kept[0] if kept else waiting["provision"]).popleft())
    left = {id(hit) for name in PLACES for hit in waiting[name]}
    return found + [hit for hit in hits if id(hit) in left]
