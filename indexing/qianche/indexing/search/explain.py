"""The last step: the best records of a run become hits with scores of each leg, matched words and evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
from haystack import component

from qianche.corpus.register.standing import standing_of
from qianche.indexing.search.answer import CaseHit, Kind, LegScore, RuleHit, Score, Sort
from qianche.indexing.search.evidence import (
    Highlighter,
    ReadablePart,
    best_part,
    choose_evidence,
    matched_words,
)
from qianche.indexing.search.judge import fitting
from qianche.indexing.search.placing import Class, placed
from qianche.indexing.search.records import CaseRecord, RecordReader, RuleRecord
from qianche.indexing.search.run import DENSE_LEG, LEXICAL_LEG, Frozen, Run, Runs
from qianche.indexing.search.told import told_parts
from qianche.indexing.store.protocol import Snapshot

_R = TypeVar("_R")
SCORE_NAMES = {LEXICAL_LEG: "bm25_score", DENSE_LEG: "cosine"}
RULE_DEPTH = 60
"""How many fitting records of rules, best first, are placed."""
SORT_DEPTH = 200
"""How many fitting cases, best first, are looked at when they are sorted by date or deaths."""


@dataclass(frozen=True, slots=True, eq=False)
class Found(Frozen):
    """What the search of one kind returns: hits, and the run they came from."""

    run: Run
    hits: tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FoundByKind(Frozen):
    """What was found of each kind asked for."""

    by_kind: Mapping[Kind, Found]


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
        weights={t: worth for t, w in terms if len(t) > 1 and (worth := w * run.term_idf.get(t, 0.0)) > 0},
        own=query.reading.normalised,
    )


def _score(run: Run, position: int, rank: int) -> Score:
    return Score(rank, float(run.fused[position]), float(run.relevance[position]), _leg_ranks(run, position))


def explain_cases(reader: RecordReader, run: Run, sort: Sort) -> tuple[CaseHit, ...]:
    """Return up to `top_k` cases that pass the threshold, each with evidence.

    Sorting by date (newest first) or deaths (most first) looks at the `SORT_DEPTH` best.
    """
    positions = fitting(run)
    if sort == "relevance":
        positions = positions[: run.search.top_k]
    pairs = _with_records(run, positions[:SORT_DEPTH], reader.cases)
    if sort != "relevance":
        pairs = sorted(pairs, key=lambda pair: _SORT_KEYS[sort](pair[1]), reverse=True)
    pairs = pairs[: run.search.top_k]
    highlighter = _highlighter(run)
    told = told_parts(run, ((position, record.case.case_id) for position, record in pairs))
    return tuple(
        CaseHit(
            case=record.case,
            score=_score(run, position, rank),
            matched_words=_matched(record, told.get(position, ()), highlighter),
            evidence=choose_evidence((*told.get(position, ()), *record.parts), highlighter),
        )
        for rank, (position, record) in enumerate(pairs, start=1)
    )


def explain_rules(reader: RecordReader, run: Run, as_of: date) -> tuple[RuleHit, ...]:
    """Return up to `top_k` articles or rules that pass the threshold, with their status on the day asked."""
    pairs = _with_records(run, _placed_rules(run), reader.rule_records)
    highlighter = _highlighter(run)
    told = told_parts(
        run,
        (
            (position, record.version.version_id)
            for position, record in pairs
            if record.article is None and record.digest is None
        ),
    )
    stand_ins = run.search.law.stand_ins if run.search.law is not None else {}
    answering = [stand_ins.get(record.version.version_id, record.version) for _, record in pairs]
    return tuple(
        RuleHit(
            rule=record.rule,
            version=version,
            article=record.article,
            digest=record.digest,
            held=record.version if record.version.text_source is not None else None,
            status=standing_of(record.rule, version, as_of).status,
            score=_score(run, position, rank),
            matched_words=_matched(record, told.get(position, ()), highlighter),
            evidence=choose_evidence((*told.get(position, ()), *record.parts), highlighter),
            digest_evidence=best_part(record.digest_parts, highlighter),
        )
        for rank, (version, (position, record)) in enumerate(zip(answering, pairs, strict=True), start=1)
    )


def _placed_rules(run: Run) -> np.ndarray:
    """The fitting positions to show, each class in its places; records that the query names count as provisions."""
    search = run.search
    positions = fitting(run)[: max(search.top_k, RULE_DEPTH)].tolist()
    keys = run.records

    def class_of(position: int) -> Class:
        key = int(keys[position])
        return "provision" if key in search.named else search.classes.get(key, "provision")

    return np.array(placed(positions, class_of)[: search.top_k], np.intp)


def _matched(
    record: CaseRecord | RuleRecord, told: Sequence[ReadablePart], highlighter: Highlighter
) -> tuple[str, ...]:
    """The query's words in the record and in the imported passages that hit."""
    return matched_words("\n".join([record.searched, *(part.normalised for part in told)]), highlighter)


def _with_records(
    run: Run, positions: np.ndarray, read: Callable[[Snapshot, Sequence[int]], list[_R | None]]
) -> list[tuple[int, _R]]:
    """Positions with their records, without those that are gone."""
    records = read(run.search.snapshot, run.records[positions].tolist())
    return [(p, r) for p, r in zip(positions.tolist(), records, strict=True) if r is not None]


_SORT_KEYS: dict[str, Callable[[CaseRecord], Any]] = {
    "date": lambda record: record.case.occurred_on,
    # Unknown sorts below zero: it is not a small number.
    "deaths": lambda record: -1 if record.case.toll.deaths is None else record.case.toll.deaths,
}


@component
class Explainer:
    """Turns the best records of each run into hits with scores, matched words and evidence.

    Args:
        reader: where records come from.
    """

    def __init__(self, reader: RecordReader) -> None:
        self.reader = reader

    @component.output_types(found=FoundByKind)
    def run(self, runs: Runs, as_of: date, sort: Sort = "relevance") -> dict[str, FoundByKind]:
        """Return what each kind's search found; `sort` is for cases, `as_of` for the status of rules."""
        found: dict[Kind, Found] = {}
        for kind, run in runs.by_kind.items():
            hits: tuple[Any, ...]
            if kind == "case":
                hits = explain_cases(self.reader, run, sort)
            else:
                hits = explain_rules(self.reader, run, as_of)
            found[kind] = Found(run, hits)
        return {"found": FoundByKind(found)}
