"""Decimal clauses of a standard: a number counts where it can be the next one; all else is text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qianche.corpus.rule_texts.labels import clause_label, is_title_like
from qianche.corpus.rule_texts.lines import Line
from qianche.corpus.rule_texts.marks import Chain, Mark

_LONGEST_TITLE = 40
# 5粉尘检测5.1粉尘浓度…: a first subclause behind a title; not 5.12, not 5.1.2.
_SUBCLAUSE = re.compile(r"(?<=[\u4e00-\u9fff）)])(?P<parent>[A-Z\d.]+?)\.1(?![\d.])")
# 3总体要求 3.1采煤工作面…, …措施。6.1.5.3倾角…: a clause that follows another on the same line.
_CLAUSE_INSIDE = re.compile(r"(?<=[\s。；])(?=\d{1,2}[.．]\d)")


def find_clauses(lines: Sequence[Line]) -> Chain:
    """Return the decimal clauses (4, 4.1, 4.1.3.1): each is a possible next one, all else is text.

    A whole number alone is a clause only where a title or the next clause bears it out; a larger step is taken
    only where the following number continues from it, and is told.
    """
    candidates = [c for i, line in enumerate(lines) if not line.table for c in _clause_candidates(i, line)]
    marks: list[Mark] = []
    odd: list[str] = []
    last: tuple[int, ...] = ()
    first = _first_clause([parts for _, parts in candidates])
    for at, (mark, parts) in enumerate(candidates[first:], first):
        following = [p for _, p in candidates[at + 1 : at + 40]]
        if last and not _next_clause(last, parts):
            mark, parts = _without_glued_digits(last, mark, parts)
        if mark.at and not (last and _next_clause(last, parts)):
            continue
        if len(parts) == 1 and not _whole_number_clause(lines[mark.line], mark, parts, following):
            continue
        if last and not _next_clause(last, parts):
            if parts <= last or not any(_next_clause(parts, p) for p in following[:3]):
                continue
            odd.append(f"条款编号从{_dotted(last)}跳到{_dotted(parts)}")
        marks.append(mark)
        last = parts
    return Chain(tuple(marks), tuple(odd))


def _first_clause(numbers: Sequence[tuple[int, ...]]) -> int:
    """Return the index of the first clause: 1, 1.1 or 1.0.1 where the text has it, else what the next continues."""
    continued = [
        i for i, parts in enumerate(numbers) if any(_next_clause(parts, later) for later in numbers[i + 1 : i + 4])
    ]  # fmt: skip
    ones = (i for i in continued if numbers[i][0] == 1 and all(part in (0, 1) for part in numbers[i]))
    return next(ones, continued[0] if continued else len(numbers))


def _clause_candidates(index: int, line: Line) -> Iterator[tuple[Mark, tuple[int, ...]]]:
    """Yield the decimal numbers at the start of a line, after a space or a sentence in it, and a glued subclause."""
    places = {0, *(match.start() for match in _CLAUSE_INSIDE.finditer(line.text)), *_glued_subclause(line)}
    for at in sorted(places):
        label = clause_label(line.text, at, certain_end=0 if at else line.label_end)
        if label is not None and label.number[0].isdigit():
            parts = tuple(int(part) for part in label.number.split("."))
            yield Mark(index, label.start if at else 0, "clause", label, label.number), parts


def _glued_subclause(line: Line) -> list[int]:
    """Return where the first subclause is glued to its clause's title: 5粉尘检测5.1粉尘浓度应当…"""
    label = clause_label(line.text, certain_end=line.label_end)
    if label is None:
        return []
    behind = _SUBCLAUSE.finditer(line.text, label.end, label.end + _LONGEST_TITLE)
    match = next((found for found in behind if found["parent"] == label.number), None)
    return [match.start()] if match and is_title_like(line.text[label.end : match.start()]) else []


def _whole_number_clause(
    line: Line, mark: Mark, parts: tuple[int, ...], following: Sequence[tuple[int, ...]]
) -> bool:  # fmt: skip
    """Return whether a number without a point is a clause: it has a title or its first subclause follows."""
    rest = line.text[mark.label.end :].strip()
    if following[:1] in ([(*parts, 1)], [(*parts, 0, 1)]):
        return True
    if not mark.label.printed[-1].isdigit():
        return False
    return line.heading or (bool(rest) and is_title_like(rest, 25)) or (parts[0] + 1,) in following[:2]


def _next_clause(last: tuple[int, ...], new: tuple[int, ...]) -> bool:
    """Return whether the number can directly follow: a first child, or the next on some level (5.1.1 after 4.9).

    A level may be 0, as the standards on construction number chapters without sections (1.0.1).
    """
    if not last:
        return True
    for depth in range(len(last)):
        if new[: depth + 1] == (*last[:depth], last[depth] + 1):
            return all(part in (0, 1) for part in new[depth + 1 :])
    return (
        new[: len(last)] == last and len(new) > len(last) and all(part in (0, 1) for part in new[len(last) :])
    )


def _without_glued_digits(
    last: tuple[int, ...], mark: Mark, parts: tuple[int, ...]
) -> tuple[Mark, tuple[int, ...]]:  # fmt: skip
    """Return the clause without digits of its text: 7.2.4.112台 after 7.2.4.10 is 7.2.4.11."""
    for cut in range(1, 4):
        shorter = mark.label.number[:-cut].rstrip(".")
        new = tuple(int(part) for part in shorter.split(".") if part)
        if len(new) > 1 and _next_clause(last, new):
            end = mark.label.start + len(shorter)
            return replace(
                mark, label=replace(mark.label, printed=shorter, number=shorter, end=end), number=shorter
            ), new
    return mark, parts


def _dotted(parts: tuple[int, ...]) -> str:
    """Return the number as printed."""
    return ".".join(map(str, parts))
