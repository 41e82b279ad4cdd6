"""Slips of the pen: how far a name as written is from another."""

from __future__ import annotations


def most_slips(length: int) -> int:
    """Return how many slips may part a title of that length from another: in 消防法 one makes another act."""
    return 0 if length < 4 else 1 if length < 10 else 2


def slips(one: str, other: str, most: int) -> int:
    """Return how many characters are wrong, too many, too few or have changed places; above `most` any such number.

    Source: the restricted edit distance of Damerau and Levenshtein.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, sign in enumerate(one, 1):
        now = [row]
        for column, its in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (sign != its))
            if row > 1 and column > 1 and sign == other[column - 2] and one[row - 2] == its:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]


def within_or_slip(one: str, other: str) -> bool:
    """Return whether the characters of one name stand in the other in their order, or one slip parts them."""
    short, long = sorted((one, other), key=len)
    signs = iter(long)
    within = len(short) > 2 and all(sign in signs for sign in short)
    return within or slips(one, other, 1) <= most_slips(len(short))
