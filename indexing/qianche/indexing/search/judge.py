"""Whether a hit fits at all: a probability from both legs, calibrated on questions with and without an answer.

Raw cosines of the default model lie between .75 and .95 even for unrelated texts, and BM25 has no scale of its own,
so neither can be cut at a fixed value. The judge sees, for each record, how much of the query's weight (idf) its
text covers and how its cosine stands, and was fitted by logistic regression (`python -m tests.relevance.calibrate`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from haystack import component

from qianche.indexing.search.answer import Kind
from qianche.indexing.search.fuse import COUNTED, fuse_run
from qianche.indexing.search.reduce import reduce_run
from qianche.indexing.search.retrieve import retrieve
from qianche.indexing.search.run import DENSE_LEG, LEXICAL_LEG, Baseline, Run, Runs

GATE = 10
"""How many of the best are asked whether anything fits at all."""
K1_PLUS_1 = 2.2
"""BM25 cannot exceed (k1 + 1) x the sum of weight x idf over the query's terms."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the logistic model of one kind, and what follows from its probability.

    `threshold`: what the best of the first ten must reach, else nothing fits. `floor`: what a hit must reach to be
    shown once something fits: a precedent among precedents needs less to be one.
    """

    weights: tuple[float, ...]
    intercept: float
    weights_without_vectors: tuple[float, ...]
    intercept_without_vectors: float
    threshold: float
    floor: float
    fitted_on: str
    """ISO date of the fit."""


@cache
def calibration(kind: Kind) -> Calibration:
    """Return the calibration of a kind from `calibration.json`."""
    data = json.loads(files("qianche.indexing.search").joinpath("calibration.json").read_text("utf-8"))[kind]
    return Calibration(
        weights=tuple(data["weights"]),
        intercept=data["intercept"],
        weights_without_vectors=tuple(data["weights_without_vectors"]),
        intercept_without_vectors=data["intercept_without_vectors"],
        threshold=data["threshold"],
        floor=data["floor"],
        fitted_on=data["fitted_on"],
    )


def lexical_features(run: Run, scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return shape `(n, 2)`: BM25 as a share of the most the query could get, and the log of BM25 itself."""
    terms = run.search.query.terms[run.search.kind]
    most = K1_PLUS_1 * sum(weight * run.term_idf.get(term, 0.0) for term, weight in terms if weight >= 1)
    bm25 = np.nan_to_num(scores, nan=0.0)
    return np.stack([np.minimum(bm25 / most, 1.0) if most else bm25 * 0, np.log1p(bm25)], axis=1)


def features(run: Run, mean_cosine: float) -> npt.NDArray[np.float32]:
    """Return the judge's inputs in fused order, shape `(n, 4)` with vectors, `(n, 2)` without.

    Columns: share of the possible BM25, log(1 + BM25), cosine, cosine above the mean given.
    """
    rows = {leg.leg: run.leg_scores[row] for row, leg in enumerate(run.legs)}
    n = len(run.records)
    lexical = lexical_features(run, rows.get(LEXICAL_LEG, np.full(n, np.nan, np.float32)))
    if DENSE_LEG not in rows:
        return lexical
    cosine = rows[DENSE_LEG]
    known = cosine[~np.isnan(cosine)]
    cosine = np.nan_to_num(cosine, nan=float(known.min()) if len(known) else 0.0)
    return np.concatenate([lexical, np.stack([cosine, cosine - mean_cosine], axis=1)], axis=1).astype(
        np.float32
    )


def mean_cosine(run: Run) -> float:
    """Return the mean of the dense leg's best `COUNTED` records, 0 where there is none."""
    scores = next((leg.scores for leg in run.legs if leg.leg == DENSE_LEG), np.empty(0, np.float32))
    return float(scores[:COUNTED].mean()) if len(scores) else 0.0


def relevances(run: Run, mean: float) -> npt.NDArray[np.float32]:
    """Return the probability that each record of a fused run fits, shape `(n,)`, 0 to 1."""
    model = calibration(run.search.kind)
    inputs = features(run, mean)
    with_vectors = inputs.shape[1] == len(model.weights)
    weights = model.weights if with_vectors else model.weights_without_vectors
    intercept = model.intercept if with_vectors else model.intercept_without_vectors
    logit = inputs @ np.asarray(weights, np.float32) + np.float32(intercept)
    judged: npt.NDArray[np.float32] = (1 / (1 + np.exp(-logit))).astype(np.float32)
    return judged


def judge_run(run: Run) -> Run:
    """Return the run with the relevance of each record and the baseline, kept for the facets' runs.

    Whether anything fits at all, and what an ordinary cosine is, must not hang on what a filter leaves over: else
    a narrow filter hides what the same question shows without it. So a restricted search is run once more
    without the user's restrictions.
    """
    search = run.search
    found = search.baseline
    if found is None and search.filters != search.reference:
        wider = fuse_run(reduce_run(retrieve(replace(search, filters=search.reference))))
        found = judge_run(wider).search.baseline
    mean = mean_cosine(run) if found is None else found.mean_cosine
    relevance = relevances(run, mean)
    if found is None:
        found = Baseline(mean, float(relevance[:GATE].max(initial=0.0)))
    return _named_first(replace(run, search=replace(search, baseline=found), relevance=relevance))


def something_fits(run: Run) -> bool:
    """Return whether anything at all fits the query, whatever the user's filters leave of it."""
    found = run.search.baseline
    return found is not None and found.best_relevance >= calibration(run.search.kind).threshold


def fitting(run: Run) -> npt.NDArray[np.intp]:
    """Return the positions of the records that fit, best first: none where nothing at all is near enough."""
    names_one = bool(run.search.named) and len(run.relevance) > 0 and run.relevance[0] == 1
    if not names_one and not something_fits(run):
        return np.empty(0, np.intp)
    return np.flatnonzero(run.relevance >= calibration(run.search.kind).floor)


def _named_first(run: Run) -> Run:
    """Records that the query names outright come first and are certain."""
    if not run.search.named:
        return run
    named = np.isin(run.records, np.fromiter(run.search.named, np.int64))
    order = np.argsort(~named, kind="stable")
    return replace(
        run,
        records=run.records[order],
        fused=run.fused[order],
        leg_scores=run.leg_scores[:, order],
        relevance=np.where(named, np.float32(1), run.relevance)[order],
    )


@component
class RelevanceJudge:
    """Gives each record the probability that it fits the query at all."""

    @component.output_types(runs=Runs)
    def run(self, runs: Runs) -> dict[str, Runs]:
        """Return the runs with their relevance."""
        return {"runs": runs.map(judge_run)}
