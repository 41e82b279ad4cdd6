"""What every hit carries: score, legs, matched words, evidence; and the plain forms of small values."""

from __future__ import annotations

from datetime import date
from typing import Any

from qianche.indexing.search.answer import (
    CaseHit,
    EvidencePassage,
    Expansion,
    RuleHit,
    Score,
)
from qianche.service import labels

Json = dict[str, Any]


def found(hit: CaseHit | RuleHit) -> Json:
    """Return the fields that every hit has."""
    score: Score = hit.score
    return {
        "rank": score.rank,
        "score": round(score.fused_score, 6),
        "relevance": round(score.relevance, 6),
        "legs": [
            {"leg": leg.leg, "name": leg.name, "score": round(leg.score, 6), "rank": leg.rank}
            for leg in score.legs
        ],
        "matched_words": list(hit.matched_words),
        "evidence": [evidence(passage) for passage in hit.evidence],
    }


def evidence(passage: EvidencePassage) -> Json:
    """Return an evidence passage with its marks as [start, end) pairs."""
    return {
        "part": passage.part,
        "part_label": labels.part_label(passage.part),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "marks": [[start, end] for start, end in passage.marks],
        "source": passage.source,
        "page": passage.page,
    }


def stretch(name: str, items: list[Json], total: int | None = None, offset: int = 0) -> Json:
    """Return a list, or a stretch of one, under its name; `total` counts the whole of it."""
    return {"total": len(items) if total is None else total, "offset": offset, name: items}


def expansion(item: Expansion) -> Json:
    """Return a glossary entry that fired."""
    return {"found": item.found, "start": item.start, "end": item.end, "terms": list(item.terms)}


def iso(day: date | None) -> str | None:
    """Return a date as ISO text."""
    return None if day is None else day.isoformat()
