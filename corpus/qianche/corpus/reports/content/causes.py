"""The indirect causes of an accident, one by one, each with the unit it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.content.cause_parts import indirect_parts
from qianche.corpus.reports.content.direct_cause import states_direct_cause
from qianche.corpus.reports.content.entries import Entry, body, finished, is_heading, is_lead, read_entries
from qianche.corpus.reports.content.sentences import paragraphs, sentences, trimmed
from qianche.corpus.reports.content.units import short_forms, unit_at_head
from qianche.corpus.reports.draft import Finding, Part

# 履职情况 tells duties done as well as neglected; only the latter are causes.
_HOW_DUTIES_WERE_DONE = re.compile("履职|履责")
_LABEL = re.compile(
    r"(?:造成|导致)?(?:该起|本次|这起|此次)?(?:事故)?(?:发生)?的?(?:间接|管理|主要|其他)原因(?:主要)?(?:[：:]|[是为]：?)\s*"
)
_FAULT = re.compile(r"未|不(?!定期|断|仅|同)|没有|缺|失|违|漏|差距|薄弱|混乱|走过场|流于")


def find_indirect_causes(document: Document, span: Span, parts: tuple[Part, ...]) -> tuple[Finding[str], ...]:
    """Return the indirect causes, one finding an entry; the second span of a finding is the entry it lies under.

    Entries are numbered ones, 一是 … 二是 …, and single sentences where a part has no list or only a unit's name
    stands over the text. The unit an entry speaks of is kept in `remark` (单位：…).
    """
    text = document.text
    told = tuple(indirect_parts(text, parts))
    shorts = short_forms(text, span) if told else {}
    return tuple(
        finding
        for part in told
        for entry in cause_entries(text, part)
        for finding in _entry_findings(text, entry, shorts)
        if not states_direct_cause(finding.value)
    )


def cause_entries(text: str, part: Part) -> tuple[Entry, ...]:
    """Return the entries of a part; what stands before its list only introduces it and is left out."""
    entries = read_entries(text, body(part), ordinals=True)
    listed = tuple(entry for entry in entries if entry.style) or entries
    heading = text[part.heading.start : part.heading.end] if part.heading else ""
    if _HOW_DUTIES_WERE_DONE.search(heading):
        return tuple(
            entry for entry in listed if entry.parent or _FAULT.search(text, entry.text.start, entry.text.end)
        )
    return listed


def _entry_findings(text: str, entry: Entry, shorts: Iterable[str]) -> Iterator[Finding[str]]:
    """Yield the causes that an entry states itself."""
    own = finished(text, entry.text) if entry.parent else entry.text
    if own.start == own.end or (entry.parent and is_lead(text, own)):
        return
    lines = paragraphs(text, own)
    if not entry.style and len(lines) == 1 and own.end - own.start < 30 and is_heading(text, own):
        return
    heading = lines[0] if len(lines) > 1 and is_heading(text, lines[0]) else None
    unit = _unit_of(text, entry, heading, shorts)
    over = (heading,) if heading else entry.above[-1:]
    for place in _pieces(text, entry, own, heading):
        place = Span(_after_label(text, place), place.end)
        value = text[place.start : place.end]
        yield Finding(value, (place, *over), "heading", remark=f"单位：{unit}" if unit else "")


def _after_label(text: str, place: Span) -> int:
    """Return where a cause begins after words that only announce it (间接原因是…)."""
    label = _LABEL.match(text, place.start, place.end)
    return label.end() if label else place.start


def _pieces(text: str, entry: Entry, own: Span, heading: Span | None) -> Iterator[Span]:
    """Yield the places of an entry's causes: the entry as a whole, or its paragraphs or sentences."""
    if heading:
        lines = paragraphs(text, own)
        for line in lines[1:]:
            named = _only_a_unit(text, heading)
            yield from _sentences(text, line) if named and len(lines) == 2 else _by_unit(text, line)
    elif not entry.style:
        yield from _sentences(text, own)
    else:
        first = trimmed(text, sentences(text, own)[0])
        if _only_a_unit(text, first) and first.end < own.end:
            yield from _sentences(text, trimmed(text, Span(first.end, own.end)))
        else:
            yield own


def _sentences(text: str, span: Span) -> Iterator[Span]:
    """Yield the sentences of a span, white space left out."""
    for sentence in sentences(text, span):
        piece = trimmed(text, sentence)
        if any(c.isalnum() for c in text[piece.start : piece.end]) and not is_heading(text, piece):
            yield piece


def _by_unit(text: str, line: Span) -> Iterator[Span]:
    """Yield a paragraph, parted where a sentence turns to another unit by its name."""
    start = line.start
    for sentence in sentences(text, line):
        if sentence.start > start and unit_at_head(text, sentence):
            yield trimmed(text, Span(start, sentence.start))
            start = sentence.start
    yield Span(start, line.end)


def _only_a_unit(text: str, span: Span) -> bool:
    """Return whether a heading is the bare name of a unit: 川煤集团, 某某公司存在的问题, 某公司。"""
    unit = unit_at_head(text, span)
    rest = text[span.start : span.end].removeprefix(unit) if unit else ""
    return (
        unit is not None
        and re.fullmatch(r"(?:方面|存在的?|主要|问题|[：:。（）()]|以下|有)*", rest) is not None
    )


def _unit_of(text: str, entry: Entry, heading: Span | None, shorts: Iterable[str]) -> str | None:
    """Return the unit that an entry or the entries above it begin with, the nearest first."""
    places = [entry.text, *([heading] if heading else []), *reversed(entry.above)]
    return next((unit for place in places if (unit := unit_at_head(text, place, shorts))), None)
