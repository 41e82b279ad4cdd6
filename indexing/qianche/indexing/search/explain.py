"""The last step: the best records of a run become hits with scores of each leg, matched words and evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from haystack import component

from qianche.indexing.documents import RECORD_ID
from qianche.indexing.search.answer import CaseHit, LegScore, RuleHit, Score, Sort
from qianche.indexing.search.evidence import Highlighter, choose_evidence, matched_words
from qianche.indexing.search.judge import calibration
from qianche.indexing.search.records import CaseRecord, RecordReader, RuleRecord
from qianche.indexing.search.run import DENSE_LEG, LEXICAL_LEG, Frozen, Run

SCORE_NAMES = {LEXICAL_LEG: "bm25_score", DENSE_LEG: "cosine"}
GATE = 10
"""How many of the best are asked whether anything fits at all."""
SORT_DEPTH = 200
"""How many fitting cases, best first, are looked at when they are sorted by date or deaths."""


@dataclass(frozen=True, slots=True, eq=False)
class Found(Frozen):
    """What one kind's branch returns: hits, and the run they came from (its records pass the threshold)."""

    run: Run
    hits: tuple[Any, ...]


def fitting(run: Run) -> np.ndarray:
    """Return the positions of the records that fit, best first: none where none of the first ten is near enough."""
    model = calibration(run.search.kind)
    if not len(run.relevance) or run.relevance[:GATE].max() < model.threshold:
        return np.empty(0, np.int64)
    return np.flatnonzero(run.relevance >= model.floor)


def _leg_ranks(run: Run, position: int) -> tuple[LegScore, ...]:
    """Score and rank (1 + how many score better) of a record in each leg that has it."""
    scores = []
    for row, leg in enumerate(run.legs):
        own = float(run.leg_scores[row, position])
        if not np.isnan(own):
            rank = 1 + int(np.count_nonzero(leg.scores > own))
            scores.append(LegScore(leg.leg, SCORE_NAMES[leg.leg], own, rank))
    return tuple(scores)


def _highlighter(run: Run) -> Highlighter:
    query = run.search.query
    terms = query.terms[run.search.kind]
    return Highlighter(
        words=tuple(w for w in query.words if len(w) > 1),
        weights={term: weight * run.term_idf.get(term, 0.0) for term, weight in terms},
        pairs=frozenset(term for term, weight in terms if weight >= 1 and len(term) == 2),
    )


def _record_ids(run: Run, positions: Sequence[int]) -> list[str]:
    """Ids of records by way of their whole passages, the only Documents a search builds."""
    documents = run.search.snapshot.fetch([int(run.records[i]) for i in positions])
    return [document.meta[RECORD_ID] for document in documents]


def _score(run: Run, position: int, rank: int) -> Score:
    return Score(rank, float(run.fused[position]), float(run.relevance[position]), _leg_ranks(run, position))


@component
class CaseExplainer:
    """Turns the best cases of a run into hits.

    Args:
        reader: where records come from.
    """

    def __init__(self, reader: RecordReader) -> None:
        self.reader = reader

    @component.output_types(found=Found)
    def run(self, run: Run, sort: Sort = "relevance") -> dict[str, Found]:
        """Return up to `top_k` cases that pass the threshold, each with evidence.

        Sorting by date (newest first) or deaths (most first) looks at the `SORT_DEPTH` best.
        """
        positions = fitting(run)
        if sort == "relevance":
            positions = positions[: run.search.top_k]
        chosen = [int(p) for p in positions[:SORT_DEPTH]]
        records = self.reader.cases(run.search.snapshot.generation, _record_ids(run, chosen))
        pairs = [(p, r) for p, r in zip(chosen, records, strict=True) if r is not None]
        if sort != "relevance":
            pairs = sorted(pairs, key=lambda pair: _SORT_KEYS[sort](pair[1]), reverse=True)
        highlighter = _highlighter(run)
        return {
            "found": Found(
                run,
                tuple(
                    CaseHit(
                        case=record.case,
                        score=_score(run, position, rank),
                        matched_words=matched_words(record.texts, highlighter),
                        evidence=choose_evidence(record.parts, highlighter),
                    )
                    for rank, (position, record) in enumerate(pairs[: run.search.top_k], start=1)
                ),
            )
        }


_SORT_KEYS: dict[str, Callable[[CaseRecord], Any]] = {
    "date": lambda record: record.case.occurred_on,
    # Unknown sorts below zero: it is not a small number.
    "deaths": lambda record: -1 if record.case.toll.deaths is None else record.case.toll.deaths,
}


@component
class RuleExplainer:
    """Turns the best articles and rules of a run into hits with their status on the day asked."""

    def __init__(self, reader: RecordReader) -> None:
        self.reader = reader

    @component.output_types(found=Found)
    def run(self, run: Run, as_of: date) -> dict[str, Found]:
        """Return up to `top_k` articles or rules that pass the threshold, each with evidence."""
        chosen = [int(p) for p in fitting(run)[: run.search.top_k]]
        records = self.reader.rule_records(run.search.snapshot.generation, _record_ids(run, chosen))
        pairs = [(p, r) for p, r in zip(chosen, records, strict=True) if r is not None]
        highlighter = _highlighter(run)
        return {
            "found": Found(
                run,
                tuple(
                    self._hit(record, _score(run, position, rank), highlighter, as_of)
                    for rank, (position, record) in enumerate(pairs, start=1)
                ),
            )
        }

    def _hit(self, record: RuleRecord, score: Score, highlighter: Highlighter, as_of: date) -> RuleHit:
        return RuleHit(
            rule=record.rule,
            version=record.version,
            article=record.article,
            status=record.version.status(as_of),
            score=score,
            matched_words=matched_words(record.texts, highlighter),
            evidence=choose_evidence(record.parts, highlighter),
        )
