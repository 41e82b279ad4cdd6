"""The step that set an accident off, picked by a table of events."""

from __future__ import annotations

import re
from functools import cache

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.content.direct_cause import find_direct_cause
from qianche.corpus.reports.content.entries import body
from qianche.corpus.reports.content.sentences import clauses, sentences, trimmed
from qianche.corpus.reports.content.tables import table
from qianche.corpus.reports.draft import Field, Finding, Part

# 坍塌事故 names a kind of accident, 未见泄漏 and 防止坠落 say that nothing happened.
_NO_EVENT_AFTER = (
    "事故",
    "带",
    "漏管",
    "危险",
    "伤亡",
    "报警",
    "风险",
    "隐患",
    "极限",
    "下限",
    "界限",
    "浓度",
    "检测",
    "监测",
    "防护",
    "报告",
    "报警",
    "事件",
)
_NO_EVENT_BEFORE = re.compile(r"(?:未见|未发生|没有|防止|避免|防|无)[^，,。；;]{0,3}\Z")
_LONG = 80
"""A sentence of the course longer than this gives its clause with the event alone."""


def find_initiating_event(document: Document, span: Span, parts: tuple[Part, ...]) -> Field[str]:
    """Return the sentence or clause with the step that set the accident off; empty where none can be told.

    The direct cause is asked first: its first clause with an event of the table, when the cause has several
    clauses. Else the first sentence of the course with an event at its moment (突然, …时，). Either is our pick,
    hence `sure` is False.
    """
    text = document.text
    causes = [f.spans[0] for f in find_direct_cause(document, span, parts).findings]
    for cause in causes:
        event = _first_event(text, cause)
        if event:
            return Field((_picked(text, event, "由直接原因的语句选出，请核对"),))
    for part in parts:
        if part.kind == "course":
            for sentence in sentences(text, body(part)):
                if _matches("event", text, sentence) and _matches("onset", text, sentence):
                    place = trimmed(text, sentence)
                    short = _first_event(text, place) if place.end - place.start > _LONG else None
                    return Field((_picked(text, short or place, "由事故经过的语句选出，请核对"),))
    return Field()


def _first_event(text: str, cause: Span) -> Span | None:
    """Return the first clause of a cause with an event, None where the cause has but one clause."""
    pieces = [trimmed(text, clause) for clause in clauses(text, cause)]
    pieces = [piece for piece in pieces if piece.start < piece.end]
    if len(pieces) < 2:
        return None
    event = next((piece for piece in pieces if _matches("event", text, piece)), None)
    if event is None:
        return None
    stop = text[event.end - 1] in "，,；;：:。"
    return trimmed(text, Span(event.start, event.end - stop))


def _matches(kind: str, text: str, span: Span) -> bool:
    """Return whether a span holds a word of the kind that is not part of an accident's name (坍塌事故)."""
    return any(
        not text.startswith(_NO_EVENT_AFTER, match.end())
        and _NO_EVENT_BEFORE.search(text, span.start, match.start()) is None
        for match in _patterns(kind).finditer(text, span.start, span.end)
    )


@cache
def _patterns(kind: str) -> re.Pattern[str]:
    """Return one pattern of all rows of a kind in events.tsv."""
    return re.compile("|".join(row["pattern"] for row in table("events.tsv") if row["kind"] == kind))


def _picked(text: str, place: Span, remark: str) -> Finding[str]:
    """Return a finding that a person should look at."""
    return Finding(text[place.start : place.end], (place,), "sentence", sure=False, remark=remark)
