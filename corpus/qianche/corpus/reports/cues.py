"""What an unheaded paragraph is about, by the wordings in it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from qianche.corpus.reports.draft import PartKind

SCANNED = 3000
"""How much of a paragraph is looked at: the longest met has 518 characters."""
TELLING = 2
"""Least score that tells a kind."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One wording. `example` matches the pattern, `unlike` does not."""

    kind: PartKind
    weight: int
    pattern: re.Pattern[str]
    example: str
    unlike: str


@cache
def cues() -> tuple[Cue, ...]:
    """Return the rows of `cues.toml`, compiled."""
    rows = tomllib.loads((files("qianche.corpus.reports") / "cues.toml").read_text("utf-8"))["cue"]
    return tuple(
        Cue(
            cast(PartKind, row["kind"]), row["weight"], re.compile(row["pattern"]), row["example"], row["not"]
        )
        for row in rows
    )


def scores(text: str) -> Counter[PartKind]:
    """Return the score of each kind that has any; every cue counts once, however often it occurs.

    Only the first 3,000 characters count.
    """
    text = text[:SCANNED]
    found: Counter[PartKind] = Counter()
    for cue in cues():
        if cue.pattern.search(text):
            found[cue.kind] += cue.weight
    return found


def best(found: Counter[PartKind], *, among: tuple[PartKind, ...] | None = None) -> PartKind | None:
    """Return the kind with the highest score, None where none is telling; the first of equals in cue order."""
    rows = [(kind, score) for kind, score in found.items() if among is None or kind in among]
    kind, score = max(rows, key=lambda row: row[1], default=(None, 0))
    return kind if score >= TELLING else None
