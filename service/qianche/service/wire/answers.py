"""A whole answer on the wire: what was understood, hits, facets, notices; and how a text was cut."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from qianche.corpus.register.standing_labels import register_notice
from qianche.indexing.knowledge_base import SegmentReport
from qianche.indexing.search.answer import (
    Answer,
    QueryReading,
)
from qianche.indexing.store.protocol import Facets
from qianche.service import labels
from qianche.service.wire.cases import case_hit
from qianche.service.wire.found import Json, expansion
from qianche.service.wire.rules import rule_hit

TitleOf = Callable[[str], str | None]
"""Returns the title of a rule by its id, None where the id is unknown."""
MAX_FACET_VALUES = 50
"""Most values of one facet in an answer; `/api/facets` has them all."""


def search_answer(answer: Answer, title_of: TitleOf) -> Json:
    """Return everything a search found."""
    return {
        "query": query_reading(answer.reading),
        "as_of": answer.as_of.isoformat(),
        "register_notice": register_notice(answer.as_of) if "rule" in answer.totals else None,
        "cases": [case_hit(hit) for hit in answer.cases],
        "rules": [rule_hit(hit, answer.as_of) for hit in answer.rules],
        "facets": {
            kind: facet_lists(facets, title_of, MAX_FACET_VALUES) for kind, facets in answer.facets.items()
        },
        "totals": dict(answer.totals),
        "notice": [
            {"code": code, "kind": kind, "text": labels.notice_text(code, kind)}
            for code, kind in labels.merge_notices(answer.notices)
        ],
        "took_ms": round(answer.took_ms, 3),
    }


def query_reading(reading: QueryReading) -> Json:
    """Return what was understood of a query."""
    return {
        "text": reading.text,
        "normalised": reading.normalised,
        "key_terms": list(reading.key_terms),
        "expansions": [expansion(e) for e in reading.expansions],
        "engines": list(reading.engines),
    }


def facet_lists(facets: Facets, title_of: TitleOf, most: int | None = None) -> Json:
    """Return each field's values with counts, most frequent first, ties by value; at most `most` a field."""
    return {
        field: [
            {"value": value, "label": _facet_label(field, value, title_of), "count": count}
            for value, count in _by_count(counts)[:most]
        ]
        for field, counts in facets.items()
    }


def segment_report(report: SegmentReport) -> Json:
    """Return how a text was cut."""
    return {
        "text": report.text,
        "normalised": report.normalised,
        "terms": list(report.terms),
        "words": [{"text": w.text, "start": w.start, "end": w.end, "kind": w.kind} for w in report.words],
        "key_terms": list(report.key_terms),
        "expansions": [expansion(e) for e in report.expansions],
    }


def _by_count(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Return value and count pairs, most frequent first, ties by value."""
    return sorted(sorted(counts.items()), key=itemgetter(1), reverse=True)


def _facet_label(field: str, value: str, title_of: TitleOf) -> str:
    """Return how a value is shown: the title of a rule, else the value in Chinese."""
    if field == "rule":
        return title_of(value) or value
    return labels.facet_value_label(field, value)
