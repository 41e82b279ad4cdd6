"""The parts of an accident report by meaning: headings of any wording first, wordings of the text where they fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.draft import Part, PartKind
from qianche.corpus.reports.frame import (
    annex_start,
    contents_lines,
    label_lines,
    sheet_end,
    signature_start,
    title_end,
)
from qianche.corpus.reports.lines import Line, lines_of, sentences_of
from qianche.corpus.reports.outline import outline_of
from qianche.corpus.reports.wording import Placed, settle


def find_parts(document: Document, span: Span) -> tuple[Part, ...]:
    """Return the parts of the span in order; every character of it but white space between parts is in one.

    A part ends where the next one begins, whether a heading says so or the wording does. A heading that has no
    text of its own (四、事故原因 before （一）直接原因) belongs to the part after it. What tells nothing is `other`.

    Args:
        document: the document as cleaned.
        span: the accident, or one account of it.
    """
    lines = lines_of(document, span)
    framed = _framed(lines)
    body = [line for line, kind in zip(lines, framed, strict=True) if kind is None]
    if len(body) <= 2 and not any(line.heading for line in body):
        body = [sentence for line in body for sentence in sentences_of(line)]
    placed = [Placed(line, kind) for line, kind in zip(lines, framed, strict=True) if kind is not None]
    placed += settle(outline_of(body))
    return tuple(_joined(sorted(placed, key=lambda item: item.line.start)))


def _framed(lines: Sequence[Line]) -> list[PartKind | None]:
    """Return the kind of each line that stands around the report proper (title, contents, labels, annex)."""
    kinds: list[PartKind | None] = [None] * len(lines)
    contents = contents_lines(lines)
    labels = label_lines(lines)
    for index in range(len(lines)):
        kinds[index] = "contents" if index in contents else "labels" if index in labels else None
    for index in range(sheet_end(lines)):
        kinds[index] = "labels"
    free = [index for index, kind in enumerate(kinds) if kind is None]
    for index in free[: title_end([lines[i] for i in free])]:
        kinds[index] = "title"
    free = [index for index, kind in enumerate(kinds) if kind is None]
    body = [lines[i] for i in free]
    annex = annex_start(body)
    for index in free[annex:]:
        kinds[index] = "annex"
    for index in free[signature_start(body[:annex]) : annex]:
        kinds[index] = "other"
    return kinds


_FRAME: frozenset[PartKind] = frozenset(("title", "contents", "labels", "annex"))
"""What a heading without text before it does not belong to."""


@dataclass(slots=True)
class _Open:
    """A part that still grows."""

    kind: PartKind
    start: int
    end: int
    heading: Span | None


def _joined(placed: Sequence[Placed]) -> list[Part]:
    """Return the parts that the placed lines make: neighbours of one kind are one part, a new heading opens one."""
    parts: list[_Open] = []
    waiting: Span | None = None
    for item in placed:
        line = item.line
        if item.wrapper:
            waiting = Span(waiting.start if waiting else line.start, line.end)
            continue
        heading = Span(line.start, line.start + line.heading.end) if item.opens and line.heading else None
        if waiting is not None and item.kind in _FRAME:
            parts.append(_Open("other", waiting.start, waiting.end, waiting))
        elif waiting is not None:
            heading = Span(waiting.start, heading.end if heading else waiting.end)
        waiting = None
        if parts and parts[-1].kind == item.kind and heading is None:
            parts[-1].end = line.end
        else:
            parts.append(_Open(item.kind, heading.start if heading else line.start, line.end, heading))
    if waiting is not None:
        parts.append(_Open("other", waiting.start, waiting.end, waiting))
    return [Part(part.kind, Span(part.start, part.end), part.heading) for part in parts]
