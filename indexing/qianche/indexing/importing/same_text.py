"""Whether two texts are nearly the same: another scan, an edited copy, the same text from another format.

The rule. A text is reduced to its letters and digits (NFKC, small letters; blanks, punctuation and marks do not
count) and cut into overlapping runs of `RUN` characters. Two texts are nearly the same when they share at least
`RESEMBLANCE` of all their runs (Jaccard), or when the shorter, at least half as long as the other, has
`CONTAINMENT` of its runs in it (chapters were added). Texts under `SHORTEST` characters must be equal.

Measured: `python -m tests.extraction.measure_joins FOLDER` prints the largest resemblance among real files.
With one character in twenty misread, as in a poor scan, 0.95^5 of the runs survive: a resemblance of 0.63.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

RUN = 5
RESEMBLANCE = 0.6
CONTAINMENT = 0.85
SHORTEST = 100
SKETCH = 128
_CANDIDATE = 0.35
"""Estimate from which two texts are compared in full; a sketch of 128 errs by 0.04 (one standard deviation)."""


def reduced(text: str) -> str:
    """Return the letters and digits of a text in one form.

    >>> reduced("第 ２ 号：《ＡＢ》")
    '第2号ab'
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=6).digest(), "big")


def runs(text: str) -> frozenset[int]:
    """Return the hashes (48 bits) of all runs of the reduced text; of a shorter text, the text itself."""
    plain = reduced(text)
    if not plain:
        return frozenset()
    return frozenset(map(_hash, {plain[i : i + RUN] for i in range(max(len(plain) - RUN + 1, 1))}))


def sketch(of: frozenset[int]) -> tuple[int, ...]:
    """Return the smallest hashes: equal texts have equal ones, and shared ones tell how much is shared.

    Source: A. Broder, On the resemblance and containment of documents (1997), bottom-k sketch.
    """
    return tuple(sorted(of)[:SKETCH])


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of all runs that both have, 0 to 1."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def nearly_same(one: frozenset[int], other: frozenset[int]) -> bool:
    """Return whether two texts, given by their runs, are nearly the same (see the rule above)."""
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    if len(short) < SHORTEST:
        return one == other
    contained = len(one & other) / len(short)
    return resemblance(one, other) >= RESEMBLANCE or (
        contained >= CONTAINMENT and len(short) * 2 >= len(long)
    )


class Sketches:
    """Sketches of all imported texts, to find those worth a full comparison."""

    def __init__(self) -> None:
        self._holders: dict[int, list[str]] = {}
        self._sizes: dict[str, int] = {}

    def add(self, name: str, of: Iterable[int]) -> None:
        """Add one text."""
        hashes = tuple(of)
        self._sizes[name] = len(hashes)
        for value in hashes:
            self._holders.setdefault(value, []).append(name)

    def candidates(self, of: tuple[int, ...]) -> list[str]:
        """Return the texts that may be nearly the same, likeliest first."""
        shared = Counter(name for value in of for name in self._holders.get(value, ()))
        # Contained texts of half the length share half a sketch at least, less chance.
        likely = [
            (n, name) for name, n in shared.items() if n >= _CANDIDATE * min(len(of), self._sizes[name])
        ]
        return [name for _, name in sorted(likely, key=lambda pair: (-pair[0], pair[1]))]
