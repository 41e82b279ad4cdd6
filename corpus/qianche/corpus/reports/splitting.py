"""Several accidents in one document: a numbered collection becomes one span an accident."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.draft import PartKind
from qianche.corpus.reports.events import EventDay, event_day, opens_event, tell_the_same
from qianche.corpus.reports.frame import contents_lines, is_title
from qianche.corpus.reports.lines import Line, lines_of
from qianche.corpus.statutes.numerals import from_chinese

HEAD_LINES = 4
"""A case names its accident within so many lines from its number or title."""

_BODY: frozenset[PartKind] = frozenset(
    ("course", "direct_cause", "indirect_cause", "nature", "responsibility", "measures", "lessons")
)
"""Headings of these before the first case show that the cases stand inside a report."""
# What makes a numbered line a case of its own: a toll, or a title that names an accident.
_TOLL = re.compile(
    r"(?:造成|致|死亡|受伤|遇难|伤)[^。]{0,20}[\d一二三四五六七八九十]+\s*(?:名|人)|事故|火灾|爆炸"
)
# 连续发生3起生产安全事故, 近期两起火灾的通报; not 一起责任事故.
_SEVERAL = re.compile(r"([两二三四五六七八九十]|[2-9]|1\d)起[^。；，、]{0,20}?(?:事故|火灾|爆炸|中毒)")
# 8月3日9时许，某厂…: a paragraph that begins with a day.
_DAY_FIRST = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class Start:
    """A line at which an accident may begin. `style` and `number` are those of its numbering; `told` is the sentence
    near it that opens the accident, "" where none does."""

    index: int
    style: str
    number: int | None
    day: EventDay | None
    text: str
    told: str = ""


def split_accidents(document: Document) -> tuple[Span, ...]:
    """Return one span an accident, in order; the first starts at 0, the last ends with the text.

    Several: cases that are numbered alike (1.2023年…, 案例一, 事故二：) or titled, each with an accident of its own
    day; in a notice that says how many accidents it tells (近期发生3起事故), as many paragraphs that begin with a day
    each, where what stands before the first of them belongs to none. One: everything else, so also a report that
    names earlier accidents in passing or lists 同类案例.
    """
    lines = lines_of(document, Span(0, len(document.text)))
    starts = _series(lines)
    if len(starts) < 2:
        return _announced(lines, len(document.text)) or (Span(0, len(document.text)),)
    cuts = [lines[start.index].start for start in starts]
    return tuple(
        Span(begin, end) for begin, end in zip([0, *cuts[1:]], [*cuts[1:], len(document.text)], strict=True)
    )


def _announced(lines: Sequence[Line], end: int) -> tuple[Span, ...]:
    """Return the accidents of a notice that says how many it tells, () where it tells others or none."""
    told = [line for line in lines if _is_dated(line)]
    first = lines.index(told[0]) if told else 0
    counts = {_count(match[1]) for line in lines[:first] for match in _SEVERAL.finditer(_compact(line.text))}
    days = {event_day(line.text) for line in told}
    if len(told) < 2 or len(days) < len(told) or len(told) not in counts:
        return ()
    cuts = [line.start for line in told]
    return tuple(Span(start, stop) for start, stop in zip(cuts, [*cuts[1:], end], strict=True))


def _is_dated(line: Line) -> bool:
    """Whether the line is a paragraph that begins with a day and tells of an accident on it."""
    text = _compact(line.text)
    return (
        line.whole
        and line.heading is None
        and line.numbering is None
        and _DAY_FIRST.match(text) is not None
        and (opens_event(text) or _TOLL.search(text) is not None)
    )


def _count(text: str) -> int | None:
    """Return the number of accidents: 3, 三, 两."""
    return int(text) if text.isascii() and text.isdigit() else from_chinese(text.replace("两", "二"))


def _compact(text: str) -> str:
    """Return the text without white space."""
    return re.sub(r"\s", "", text)


def _series(lines: Sequence[Line]) -> list[Start]:
    """Return the starts of the cases of a collection, () where the document is none."""
    contents = contents_lines(lines)
    starts = [
        start for index in range(len(lines)) if index not in contents and (start := _start(lines, index))
    ]
    groups = [
        list(group) for _, group in groupby(sorted(starts, key=lambda s: s.style), key=lambda s: s.style)
    ]
    series = [_distinct(_ascending(group)) for group in groups]
    fitting = [group for group in series if len(group) >= 2 and _stands_free(lines, group[0].index)]
    return max(fitting, key=len, default=[])


def _start(lines: Sequence[Line], index: int) -> Start | None:
    """Return the start of a case at a line, None where none begins."""
    line = lines[index]
    if line.heading is not None or line.table or not line.whole:
        return None
    head = [line.text, *_head(lines, index + 1)]
    titled = is_title(line)
    day = next((day for text in head if (day := event_day(text))), None)
    opening = next((text for text in head if opens_event(text)), "")
    if line.numbering is not None:
        case = line.numbering.style == "case"
        named = titled or opens_event(line.text) or case
        told = opening or any(_TOLL.search(text) for text in head)
        if named and told and (day is not None or case):
            return Start(index, line.numbering.style, line.numbering.value, day, line.text, opening)
        return None
    if titled and not (index and is_title(lines[index - 1])) and any(opens_event(text) for text in head[1:]):
        return Start(index, "title", None, day, line.text, opening)
    return None


def _head(lines: Sequence[Line], start: int) -> list[str]:
    """Return the texts of the next few lines, up to the next numbered line that is no heading."""
    texts: list[str] = []
    for line in lines[start : start + HEAD_LINES]:
        if line.numbering is not None and line.heading is None:
            break
        texts.append(line.text)
    return texts


def _ascending(starts: Sequence[Start]) -> list[Start]:
    """Return the starts whose numbers go up; those without numbers all."""
    kept: list[Start] = []
    for start in starts:
        last = kept[-1].number if kept else None
        if start.number is None or last is None or start.number > last:
            kept.append(start)
    return kept


def _distinct(starts: Sequence[Start]) -> list[Start]:
    """Return the starts, those left out that tell the accident of the one before again."""
    kept: list[Start] = []
    for start in starts:
        if not (kept and _again(kept[-1], start)):
            kept.append(start)
    return kept


def _again(before: Start, start: Start) -> bool:
    """Whether a start tells the accident of the one before again, by its own line or by the sentence that opens it."""
    if before.day is None or start.day is None or start.day.differs(before.day):
        return False
    return tell_the_same(before.text, start.text) or bool(
        before.told and start.told and tell_the_same(before.told, start.told)
    )


def _stands_free(lines: Sequence[Line], first: int) -> bool:
    """Whether nothing of a report stands before the first case, so that the cases are the document."""
    return not any(line.heading and set(line.heading.kinds) & _BODY for line in lines[:first])
