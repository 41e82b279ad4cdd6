"""Passages become records within each leg, before any fusion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from haystack import component

from qianche.indexing.search.run import DENSE_LEG, RecordScores, Run, Runs
from qianche.indexing.store.ordering import best_first
from qianche.indexing.store.protocol import Hits


def best_passage(leg: str, hits: Hits) -> RecordScores:
    """Return each record with the score of its best passage."""
    _, first = np.unique(hits.records, return_index=True)  # hits are best first: the first one is the best
    first.sort()
    return RecordScores(leg, hits.records[first], hits.scores[first], hits.keys[first])


def whole_and_best_part(leg: str, hits: Hits) -> RecordScores:
    """Return each record with mean(whole passage, best part).

    The whole passage of a record bears the record's own id, so its key is the record's key. A record without
    parts in the hits counts its whole twice, one whose whole lies below the leg's depth counts the leg's lowest
    score for it: the most it can have.
    """
    if not len(hits):
        return best_passage(leg, hits)
    is_whole = hits.keys == hits.records
    records, first, group = np.unique(hits.records, return_index=True, return_inverse=True)
    whole = np.full(len(records), -np.inf, np.float32)
    part = np.full(len(records), -np.inf, np.float32)
    whole[group[is_whole]] = hits.scores[is_whole]  # a record has one whole
    # Hits are best first: written backwards, a record's best part is written last.
    is_part = np.flatnonzero(~is_whole)[::-1]
    part[group[is_part]] = hits.scores[is_part]
    part = np.where(np.isneginf(part), whole, part)
    whole = np.where(np.isneginf(whole), hits.scores[-1], whole)
    scores = ((whole + part) / 2).astype(np.float32)
    order = best_first(scores, records)
    return RecordScores(leg, records[order], scores[order], hits.keys[first][order])


@component
class RecordReducer:
    """Reduces passages to cases or articles: lexical by the best passage, dense by mean(whole, best part)."""

    @component.output_types(runs=Runs)
    def run(self, runs: Runs) -> dict[str, Runs]:
        """Return the runs with their legs by record."""
        return {"runs": runs.map(reduce_run)}


def reduce_run(run: Run) -> Run:
    """Return the run with each leg reduced to records."""
    return replace(
        run,
        legs=tuple(
            whole_and_best_part(leg, hits) if leg == DENSE_LEG else best_passage(leg, hits)
            for leg, hits in run.passages.items()
        ),
    )
