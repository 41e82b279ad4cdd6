"""Barriers that were missing or failed, as the causes of a report say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.content.barrier_phrases import barrier_phrase
from qianche.corpus.reports.content.cause_parts import indirect_parts
from qianche.corpus.reports.content.causes import cause_entries
from qianche.corpus.reports.content.direct_cause import find_direct_cause
from qianche.corpus.reports.content.entries import marker_end
from qianche.corpus.reports.content.sentences import clauses, protected, trimmed
from qianche.corpus.reports.draft import Finding, Part

_LIST_STOP = re.compile(r"、(?=未|没有|无(?!MA)|不|缺|违)")


def find_failed_barriers(document: Document, span: Span, parts: tuple[Part, ...]) -> tuple[Finding[str], ...]:
    """Return the phrases of the causes that name a missing or failed barrier, in order, each once.

    A value is an exact substring of one clause (未系安全带), without names of persons and units; `remark` names the
    barrier (防护环节：通风); the table `barriers.tsv` holds the wordings.
    """
    text = document.text
    seen: dict[str, Finding[str]] = {}
    for place in _cause_places(document, span, parts):
        for clause in _short_clauses(text, place):
            phrase = barrier_phrase(text[clause.start : clause.end])
            if phrase is None:
                continue
            shown = Span(clause.start + phrase.start, clause.start + phrase.end)
            quote = text[shown.start : shown.end]
            if quote not in seen:
                seen[quote] = Finding(quote, (shown,), "dictionary", remark=f"防护环节：{phrase.barrier}")
    return tuple(seen.values())


def _cause_places(document: Document, span: Span, parts: tuple[Part, ...]) -> Iterator[Span]:
    """Yield the places of the direct causes and of all entries under indirect causes, in this order."""
    for finding in find_direct_cause(document, span, parts).findings:
        yield finding.spans[0]
    for part in indirect_parts(document.text, parts):
        yield from (entry.text for entry in cause_entries(document.text, part))


def _short_clauses(text: str, place: Span) -> Iterator[Span]:
    """Yield the clauses of a place without their stops, parted at 、 too where each member says 未 or 无."""
    for clause in clauses(text, place):
        start = clause.start
        for stop in _LIST_STOP.finditer(text, clause.start, clause.end):
            yield _bare(text, Span(start, stop.start()))
            start = stop.end()
        yield _bare(text, Span(start, clause.end))


def _bare(text: str, span: Span) -> Span:
    """Return a span without white space, marker, stops and a remark in brackets at its end."""
    inner = trimmed(text, span)
    inner = Span(marker_end(text, inner), inner.end)
    end = inner.end
    aside = protected(text, inner)
    if (
        aside
        and aside[-1].end >= end - 1
        and text[aside[-1].start] in "（("
        and aside[-1].start > inner.start
    ):
        end = aside[-1].start
    while end > inner.start and text[end - 1] in "，,。；;：:！？!?":
        end -= 1
    return trimmed(text, Span(inner.start, end))
