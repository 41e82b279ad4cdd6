"""The wording of two texts: what was kept, taken out and put in, first by clauses, then by characters and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate

from qianche.corpus.collation.records import Op, Piece

MOST_CELLS = 250_000
"""Characters of the one times characters of the other up to which a changed stretch is compared by characters.

500 by 500 takes some 20 ms; beyond that a stretch whose every clause changed was written anew, and is told so.
"""
ISLAND = 2
"""Kept characters between two changes that are told as changed too.

One or two that both texts happen to have (的, 应当) cut a change into crumbs nobody can read; from three on they
are words more often than not.
"""
# 从业人员应当，; not the comma alone: a clause keeps its mark
_CLAUSE = re.compile(r"[^，。；：、\n]*[，。；：、\n]|[^，。；：、\n]+")
# 3000, GB, 第九十四条, 第（三）项 change as a whole; else each character is one, as Chinese words are short
_WORD = re.compile(
    r"第[零〇一二三四五六七八九十百千]+[条款章节]|第（[一二三四五六七八九十]+）项|\d+(?:\.\d+)?|[A-Za-z]+|.",
    re.DOTALL,
)
Step = tuple[Op, int, int, int, int]


def compare(old: str, new: str, old_start: int = 0, new_start: int = 0) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order; where words were replaced, the removed ones stand first.

    Kept and removed pieces joined are the old text, kept and added ones the new text.

    Args:
        old: the old wording.
        new: the new wording.
        old_start: offset of `old` in the text that places count in.
        new_start: offset of `new` likewise.
    """
    steps = _joined(_without_islands(list(_joined(_steps(old, new)))))
    return tuple(
        Piece(
            op,
            new[j1:j2] if op == "added" else old[i1:i2],
            (old_start + i1, old_start + i2),
            (new_start + j1, new_start + j2),
        )
        for op, i1, i2, j1, j2 in steps
    )


def _steps(old: str, new: str) -> Iterator[Step]:
    """Yield the changes by clauses, and by characters within what is not equal."""
    ours, theirs = _CLAUSE.findall(old), _CLAUSE.findall(new)
    at, to = _offsets(ours), _offsets(theirs)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        i1, i2, j1, j2 = at[a1], at[a2], to[b1], to[b2]
        if tag == "replace" and (i2 - i1) * (j2 - j1) <= MOST_CELLS:
            yield from _by_characters(old, new, i1, i2, j1, j2)
        else:
            yield from _step(tag, i1, i2, j1, j2)


def _offsets(pieces: list[str]) -> list[int]:
    """Where each piece begins, and where the last one ends."""
    return [0, *accumulate(map(len, pieces))]


def _by_characters(old: str, new: str, i1: int, i2: int, j1: int, j2: int) -> Iterator[Step]:
    """Yield the changes of a stretch by characters, numbers as a whole."""
    ours, theirs = _WORD.findall(old[i1:i2]), _WORD.findall(new[j1:j2])
    at, to = _offsets(ours), _offsets(theirs)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        yield from _step(tag, i1 + at[a1], i1 + at[a2], j1 + to[b1], j1 + to[b2])


def _step(tag: str, i1: int, i2: int, j1: int, j2: int) -> Iterator[Step]:
    """Yield an operation of difflib as one or two of ours; what is replaced is removed first."""
    if tag == "equal":
        yield "kept", i1, i2, j1, j2
        return
    if i1 < i2:
        yield "removed", i1, i2, j1, j1
    if j1 < j2:
        yield "added", i2, i2, j1, j2


def _without_islands(steps: list[Step]) -> Iterator[Step]:
    """Yield the steps with short kept stretches between two changes told as removed and added."""
    for place, step in enumerate(steps):
        op, i1, i2, j1, j2 = step
        between_changes = 0 < place < len(steps) - 1
        if op == "kept" and i2 - i1 <= ISLAND and between_changes:
            yield "removed", i1, i2, j1, j1
            yield "added", i2, i2, j1, j2
        else:
            yield step


def _joined(steps: Iterator[Step]) -> Iterator[Step]:
    """Yield the steps, neighbours of one kind joined and between two kept ones the removed before the added."""
    run: list[Step] = []
    for step in steps:
        if run and (step[0] == "kept") != (run[-1][0] == "kept"):
            yield from _run(run)
            run = []
        run.append(step)
    if run:
        yield from _run(run)


def _run(run: list[Step]) -> Iterator[Step]:
    """Yield a run of kept steps as one, of changes as at most one removed and one added."""
    i1, i2, j1, j2 = run[0][1], run[-1][2], run[0][3], run[-1][4]
    if run[0][0] == "kept":
        yield "kept", i1, i2, j1, j2
        return
    if i1 < i2:
        yield "removed", i1, i2, j1, j1
    if j1 < j2:
        yield "added", i2, i2, j1, j2
