"""Lessons and measures of a report: the entries of their parts, whole, headings left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.content.entries import Entry, body, finished, is_heading, is_lead, read_entries
from qianche.corpus.reports.content.sentences import paragraphs
from qianche.corpus.reports.draft import Finding, Part

_LESSON_WORDS = re.compile("教训|启示|警示|反思")
_MEASURE_WORDS = re.compile("措施|整改|建议|对策|防范")
# An entry that asks for something: 应建立… 要加强… 严禁… — not 未应用, 主要原因, 需要的资质.
_ASKS = re.compile(
    r"(?<![不相反供适])应(?!急|用|付|力|对)|(?<![主重必需])要(?!求|素|点|害)|必须|须|严禁|禁止|不得|加强|进一步|切实|强化|严格"
)


def find_lessons(document: Document, span: Span, parts: tuple[Part, ...]) -> tuple[Finding[str], ...]:
    """Return the lessons, one finding an entry; of a part 教训和措施 those entries that ask for nothing."""
    return tuple(_entries_of(document.text, parts, "lessons"))


def find_measures(document: Document, span: Span, parts: tuple[Part, ...]) -> tuple[Finding[str], ...]:
    """Return the measures, one finding an entry; of a part 教训和措施 those entries that ask for something.

    An entry is one of the deepest numbers at the beginning of a line, with the 一是 … 二是 … inside it; a part
    without numbers gives its 一是, 二是, or its paragraphs. The second span of a finding is the entry it lies under.
    """
    return tuple(_entries_of(document.text, parts, "measures"))


def _entries_of(text: str, parts: tuple[Part, ...], kind: str) -> Iterator[Finding[str]]:
    """Yield the entries of the parts of a kind, and those of a mixed part that belong to it."""
    for part in parts:
        if part.kind not in ("lessons", "measures"):
            continue
        mixed = _is_mixed(text, part)
        if not mixed and part.kind != kind:
            continue
        for place, over in _places(text, part):
            asks = _ASKS.search(text, place.start, place.end) is not None
            if not mixed or asks == (kind == "measures"):
                yield Finding(text[place.start : place.end], (place, *over), "heading")


def _is_mixed(text: str, part: Part) -> bool:
    """Return whether the heading promises lessons and measures at once."""
    if part.heading is None:
        return False
    heading = text[part.heading.start : part.heading.end]
    return bool(_LESSON_WORDS.search(heading) and _MEASURE_WORDS.search(heading))


def _places(text: str, part: Part) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """Yield the place of every entry with the entry it lies under."""
    entries = read_entries(text, body(part), ordinals=False)
    listed = any(entry.style for entry in entries)
    if not listed:  # 一是 … 二是 … is the list itself where there are no numbers
        entries = read_entries(text, body(part), ordinals=True)
        listed = any(entry.style for entry in entries)
    for entry in entries:
        own = finished(text, entry.text) if entry.parent else entry.text
        if own.start == own.end or (entry.parent and is_lead(text, own)):
            continue
        if not entry.style and listed and is_lead(text, entry.text):
            continue
        yield from _without_heading(text, entry)


def _without_heading(text: str, entry: Entry) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """Yield an entry less the heading line over its text."""
    lines = paragraphs(text, entry.text)
    heading = lines[0] if len(lines) > 1 and is_heading(text, lines[0]) else None
    if heading:
        yield Span(lines[1].start, lines[-1].end), (heading,)
    else:
        yield Span(entry.text.start, entry.text.end), entry.above[-1:]
