"""Several articles about one accident in one document, told apart so that their figures can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.draft import Part, PartKind
from qianche.corpus.reports.events import EventDay, event_day, opens_event
from qianche.corpus.reports.frame import is_title
from qianche.corpus.reports.lines import Line, lines_of
from qianche.corpus.reports.parts import find_parts

LEAST = 60
"""An account has at least so many characters."""

_ENDING: frozenset[PartKind] = frozenset(
    ("measures", "lessons", "responsibility", "annex", "nature", "losses")
)
"""Parts after which an opening sentence begins the story anew."""
_OPENING: frozenset[str] = frozenset(("introduction", "overview", "background", "course"))
# 材料二, 报道三:, 【相关报道】, 又讯; not 材料堆放.
_MARKER = re.compile(
    r"^[【（(\[]?(?:材料|报道|文章|资料|来源)\s*[一二三四五六七八九\d]|^[【（(\[]?(?:相关报道|又讯|另据)[】）)\]：:，]?"
)


def find_accounts(document: Document, span: Span) -> tuple[Span, ...]:
    """Return one span an account of the accident, in order; they cover the span. One account: the span itself.

    A new account begins where the accident is told again from its start: with a title of its own, a marker
    (材料二), a numbering of chapters that begins anew, or an opening sentence after 防范措施 and the like. A text that
    names another day is another accident told in passing, no account.
    """
    lines = lines_of(document, span)
    parts = find_parts(document, span)
    day = next((day for line in lines[:6] if (day := event_day(line.text))), None)
    cuts = [span.start]
    for index in range(1, len(lines)):
        begin = lines[index].start
        if begin - cuts[-1] >= LEAST and span.end - begin >= LEAST and _begins(lines, index, parts, day):
            cuts.append(begin)
    return tuple(Span(begin, end) for begin, end in zip(cuts, [*cuts[1:], span.end], strict=True))


def _begins(lines: Sequence[Line], index: int, parts: Sequence[Part], day: EventDay | None) -> bool:
    """Whether an account begins at a line."""
    line = lines[index]
    if (
        line.table
        or not line.whole
        or not (_retitled(lines, index) or _retold(lines, index, parts) or _marked(line))
    ):
        return False
    named = next((d for text in lines[index : index + 3] if (d := event_day(text.text))), None)
    return named is None or day is None or not named.differs(day)


def _retitled(lines: Sequence[Line], index: int) -> bool:
    """Whether a title stands here, and the story after it."""
    following = lines[index + 1 : index + 3]
    opens = any(
        opens_event(line.text) or (line.heading and line.heading.kinds[0] in _OPENING) for line in following
    )
    return is_title(lines[index]) and not is_title(lines[index - 1]) and opens


def _marked(line: Line) -> bool:
    """Whether a marker of a further article stands here."""
    return _MARKER.match(line.text) is not None


def _retold(lines: Sequence[Line], index: int, parts: Sequence[Part]) -> bool:
    """Whether the story begins anew here without a title: an opening sentence, or chapter 一 again."""
    line = lines[index]
    if is_title(lines[index - 1]) or _marked(lines[index - 1]):
        return False
    if line.heading is not None:
        first = line.numbering is not None and line.numbering.value == 1 and line.heading.kinds[0] in _OPENING
        return first and _already(lines[:index], line) and not _opening_line(lines[index - 1])
    before = next((part.kind for part in reversed(parts) if part.span.end <= line.start + 1), None)
    inside = next((part for part in parts if part.span.start <= line.start < part.span.end), None)
    ends = before in _ENDING or (inside is not None and inside.kind in _ENDING)
    return ends and _opening_line(line)


def _opening_line(line: Line) -> bool:
    """Whether a paragraph begins with the day of the accident and tells that it happened."""
    return line.numbering is None and event_day(line.text[:30]) is not None and opens_event(line.text)


def _already(lines: Sequence[Line], again: Line) -> bool:
    """Whether the numbering of the chapters begins anew: the style of the first heading, its number once more."""
    first = next((line.numbering for line in lines if line.heading and line.numbering), None)
    return (
        first is not None
        and again.numbering is not None
        and ((first.style, first.value) == (again.numbering.style, again.numbering.value))
    )
