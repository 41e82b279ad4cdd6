"""Numbered entries of a part: which marker begins them, their own text, and the entries above them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.content.sentences import paragraphs, protected, sentences, trimmed
from qianche.corpus.reports.draft import Part
from qianche.corpus.statutes.numerals import from_chinese

_HAN = "[一二三四五六七八九十]"
_MEASURES = "个部台人名次年月日时分秒处起条号楼层米吨万元只根辆艘班点组级家项款份套座股相任天小周公倍度位户间支道把张块千"
_NO_MEASURE = rf"(?=[\u4e00-\u9fff])(?![{_MEASURES}])"
"""What follows a number that is no measure: 2 管控不力 — not 2个出口."""
_REPAIRED = {"digit-bare": "digit", "bracket-bare": "digit-bracket"}
STYLES: dict[str, tuple[str, str, str]] = {
    # style: (pattern, a text it matches, a text it must not match)
    "chapter": (rf"({_HAN}{{1,3}})\s*、", "一、事故经过", "一起事故"),
    "han": (rf"[（(]\s*({_HAN}{{1,3}})\s*[）)〉]", "（一）管理混乱", "（一楼）起火"),
    # 1.30105工作面 is entry 1 about 工作面 30105; 1.5米 is a length.
    "digit": (r"(\d{1,2})\s*(?:、|．|\.(?!\d)|\.(?=\d{4}))|([⒈-⒛])\s*\.?", "1.未检测", "1.5米深"),
    # 4.2.1 未编制方案, 7.1 采用… — before digit, which would take 4. for the number.
    "decimal-3": (
        rf"\d{{1,2}}\.\d{{1,2}}\.(\d{{1,2}})\s*{_NO_MEASURE}",
        "4.2.1 未编制方案",
        "4.2 未编制方案",
    ),
    "decimal-2": (rf"\d{{1,2}}\.(\d{{1,2}})\s*{_NO_MEASURE}", "7.1采用湿式除尘", "1.5米深"),
    "digit-bracket": (r"[（(]\s*(\d{1,2})\s*[）)〉]|[（(]?([⑴-⒇])[）)]?", "（1）未检测", "（10人）"),
    "circled": (r"([①-⑳])", "①未检测", "1未检测"),
    "digit-half": (r"(\d{1,2})\s*[)）]", "1)未检测", "1.未检测"),
    "ordinal": (
        rf"({_HAN}{{1,2}})[是要]|第({_HAN}{{1,2}})[，,、：:]|其({_HAN})(?:[，,、：:]|是)",
        "一是未检测",
        "一直未检测",
    ),
    # The point or the bracket was lost: 2 对重大危险源…; counts only where 1. came before it.
    "digit-bare": (rf"(\d{{1,2}})\s*{_NO_MEASURE}", "2 管控不力", "2个出口"),
    "bracket-bare": (rf"[（(](\d{{1,2}})\s*{_NO_MEASURE}", "(2 管控不力", "(2人"),
}
"""Marker styles in the order they are tried; every pattern shows a text it matches and one it must not."""

_PATTERNS = {style: re.compile(pattern) for style, (pattern, _, _) in STYLES.items()}
_RANK = {
    "chapter": 0,
    "han": 1,
    "digit": 2,
    "decimal-2": 2,
    "decimal-3": 3,
    "digit-bracket": 3,
    "digit-half": 3,
}
_DEEPEST = 4
"""Rank of ① and 一是."""
_INLINE = ("ordinal", "digit-bracket", "circled", "digit", "han")
"""Styles that also begin an entry inside a paragraph, where they run 1, 2, … and follow a stop."""
_AFTER_STOP = re.compile(r"[。；;：:，,]\s*")
_LATER_ORDINAL = re.compile("[三四五六七八九十]是")
_TERMINAL = "。；;！？!?"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker: its style, number, where it begins and where the text after it begins."""

    style: str
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its own text after the marker, entries below it left out.

    `style` is "" for a paragraph outside any list. `above` are the own texts of the entries it lies in, outermost
    first. `parent` says that entries lie below it.
    """

    style: str
    number: int
    start: int
    text: Span
    above: tuple[Span, ...] = ()
    parent: bool = False


def body(part: Part) -> Span:
    """Return the text of a part without its heading."""
    return Span(part.heading.end if part.heading else part.span.start, part.span.end)


def read_entries(text: str, span: Span, *, ordinals: bool) -> tuple[Entry, ...]:
    """Return the entries of a span in order; paragraphs before the first marker are entries of their own.

    Args:
        ordinals: whether 一是, 二是 … and other markers inside a paragraph begin entries too; without it only
            numbers at the beginning of a line do, and those that go on from it inside the line (1、… 2、…).
    """
    marks = list(_marks(text, span, ordinals=ordinals))
    first = marks[0].start if marks else span.end
    loose = [Entry("", 0, p.start, p) for p in paragraphs(text, Span(span.start, first))]
    return (*loose, *_nested(text, marks, span.end))


def is_heading(text: str, span: Span) -> bool:
    """Return whether a text that others follow only announces them: it holds no full stop (a colon may end it)."""
    quote = text[span.start : span.end]
    return bool(quote) and quote[-1] not in _TERMINAL and not any(c in "。；" for c in quote)


def is_lead(text: str, span: Span) -> bool:
    """Return whether the text over a list only names its matter: a heading, or one sentence of 60 characters."""
    quote = text[span.start : span.end]
    return is_heading(text, span) or (len(quote) <= 60 and not any(c in "。；;" for c in quote[:-1]))


def finished(text: str, span: Span) -> Span:
    """Return a text less an unfinished last sentence, which only leads to the list below (作业前，一是…)."""
    pieces = sentences(text, span)
    if len(pieces) < 2 or text[span.end - 1] in "。；;！？!?":
        return span
    return trimmed(text, Span(span.start, pieces[-1].start))


def marker_end(text: str, span: Span) -> int:
    """Return where the text after the leading marker of a span begins (its start, where it has none)."""
    mark = _leading(text, span.start, span.end)
    return mark.end if mark and mark.style not in _REPAIRED else span.start


def _leading(text: str, start: int, end: int) -> Mark | None:
    """Return the marker that a line begins with."""
    for style, pattern in _PATTERNS.items():
        match = pattern.match(text, start, end)
        number = _number(match) if match else None
        if match and number is not None:
            stop = trimmed(text, Span(match.end(), end)).start
            return Mark(style, number, start, stop)
    return None


def _number(match: re.Match[str]) -> int | None:
    """Return the number of a marker in whatever numerals it is written."""
    numeral = next(group for group in match.groups() if group)
    if numeral.isascii():
        return int(numeral)
    if len(numeral) == 1 and not re.match(_HAN, numeral):
        return int(unicodedata.numeric(numeral))
    return from_chinese(numeral)


def _marks(text: str, span: Span, *, ordinals: bool) -> Iterator[Mark]:
    """Yield the markers of a span in order."""
    last: dict[str, int] = {}
    for line in paragraphs(text, span):
        lead = _leading(text, line.start, line.end)
        if lead and lead.style == "ordinal" and not ordinals:
            lead = None
        if lead and lead.style in _REPAIRED:
            style = _REPAIRED[lead.style]
            whole = Mark(style, lead.number, lead.start, lead.end)
            lead = whole if last.get(style) == lead.number - 1 else None
        found = [lead] if lead else []
        if ordinals or (lead and lead.style in _INLINE):
            styles = _INLINE if ordinals or lead is None else (lead.style,)
            found += _inline(styles, text, Span(lead.end if lead else line.start, line.end), lead, last)
        for mark in found:
            last[mark.style] = mark.number
            yield mark


def _inline(
    styles: Sequence[str], text: str, span: Span, lead: Mark | None, last: Mapping[str, int]
) -> list[Mark]:
    """Return the markers inside a line that run on from 1 (or from the marker the line begins with).

    一是 after a full stop needs no 二是 in the same line, nor 三是 a 二是: such lists go on over paragraphs.
    """
    inside = {offset for pair in protected(text, span) for offset in range(pair.start + 1, pair.end)}
    starts = [span.start, *(m.end() for m in _AFTER_STOP.finditer(text, span.start, span.end))]
    # The stop before 三是 may be lost; from the third on the number itself is proof enough.
    starts = sorted({*starts, *(m.start() for m in _LATER_ORDINAL.finditer(text, span.start, span.end))})
    found: list[Mark] = []
    for style in styles:
        goes_on = style == "ordinal" and (lead is None or lead.style == style)
        number = lead.number if lead and lead.style == style else last.get(style, 0) if goes_on else 0
        number = 0 if goes_on and number and _first_of(text, starts, style, span) == 1 else number
        run: list[Mark] = []
        for start in starts:
            match = None if start in inside else _PATTERNS[style].match(text, start, span.end)
            if match and _number(match) == number + 1:
                number += 1
                run.append(Mark(style, number, start, trimmed(text, Span(match.end(), span.end)).start))
        alone = run and style == "ordinal" and text[run[0].start - 1] not in "，,"
        if len(run) > 1 or alone or (run and run[0].number > 1):
            found += run
    return sorted(found, key=lambda mark: mark.start)


def _first_of(text: str, starts: Sequence[int], style: str, span: Span) -> int | None:
    """Return the number of the first marker of a style at any of the places."""
    matches = (_PATTERNS[style].match(text, start, span.end) for start in starts)
    return next((_number(match) for match in matches if match), None)


def _nested(text: str, marks: list[Mark], end: int) -> Iterator[Entry]:
    """Yield the marked entries; a style seen for the first time lies below, one seen before ends those below."""
    open_: list[tuple[str, Span]] = []
    for index, mark in enumerate(marks):
        following = marks[index + 1].start if index + 1 < len(marks) else end
        own = trimmed(text, Span(mark.end, max(mark.end, following)))
        del open_[_depth([style for style, _ in open_], mark) :]
        above = tuple(span for _, span in open_ if span.start < span.end)
        open_.append((mark.style, own))
        styles = [style for style, _ in open_]
        below = index + 1 < len(marks) and _depth(styles, marks[index + 1]) == len(styles)
        yield Entry(mark.style, mark.number, mark.start, own, above, below)


def _depth(styles: Sequence[str], mark: Mark) -> int:
    """Return under how many of the open entries a marker lies.

    A style that is open ends those below it. （二） after 1. 2. goes on with a list whose （一） stands in the
    heading, outside the span: it lies under none of lower rank.
    """
    if mark.style in styles:
        return styles.index(mark.style)
    if mark.number == 1:
        return len(styles)
    rank = _RANK.get(mark.style, _DEEPEST)
    return next((i for i, style in enumerate(styles) if _RANK.get(style, _DEEPEST) > rank), len(styles))
