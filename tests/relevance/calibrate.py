"""Fits the relevance judge on the tune questions and those without an answer: `python -m tests.relevance.calibrate`.

Prints what the fit does to both sets and, with --write, stores it in calibration.json. Positives are labelled
records wherever they rank; negatives are the best ten of every question without an answer, and records far down
(ranks 150 to 300) of those with one. The threshold is the highest at which
only a small share (`REFUSED`) of the questions with an answer is refused; how many without one are then recognised
is printed. The guard questions are not looked at.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.open import open_knowledge_base
from qianche.indexing.search.answer import Kind, SearchRequest
from qianche.indexing.search.embed import QueryEmbedder
from qianche.indexing.search.fuse import fuse_run
from qianche.indexing.search.judge import features, mean_cosine
from qianche.indexing.search.law_of_the_day import law_of
from qianche.indexing.search.reduce import reduce_run
from qianche.indexing.search.restrict import COLLECTIONS, restriction
from qianche.indexing.search.retrieve import DEPTH, retrieve
from qianche.indexing.search.run import Run, Search
from qianche.indexing.search.understanding import QueryUnderstanding
from qianche.indexing.store.protocol import key_of
from tests.relevance.questions import Question, read_questions

REFUSED: dict[Kind, float] = {"case": 0.03, "rule": 0.05}
"""Share of the questions with an answer that may get no hit at all.

For rules more are given up: statutory language is far from site language, and at .03 a question about the weather
gets an article.
"""
GIVEN_UP = 0.02
"""Share of the on-point hits in the top ten that the floor may leave out."""
AS_OF = date(2026, 11, 25)


def fused_runs(
    base: LocalKnowledgeBase, questions: list[Question], kind: Kind
) -> Iterator[tuple[Question, Run]]:
    """Yield each question with its fused run over the safety scope."""
    understanding, embedder = QueryUnderstanding(), QueryEmbedder(lambda: base.embedder)
    snapshot = base.store.collection(COLLECTIONS[kind]).snapshot()
    law = law_of(base.rules(), AS_OF)
    for question in questions:
        query = embedder.run(understanding.run(question.query)["query"])["query"]
        request = SearchRequest(query=question.query, as_of=AS_OF)
        scope = restriction(request, kind, law)
        search = Search(kind, query, snapshot, scope, 10, DEPTH[kind], reference=scope)
        yield question, fuse_run(reduce_run(retrieve(search)))


def examples(runs: list[tuple[Question, Run]], kind: Kind) -> tuple[np.ndarray, np.ndarray]:
    """Return features `(n, d)` and labels `(n,)`."""
    rows, labels = [], []
    for question, run in runs:
        inputs = features(run, mean_cosine(run))
        fits = {key_of(record_id) for record_id in question.labels(kind)}
        positions = [i for i, key in enumerate(run.records.tolist()) if key in fits]
        rows += [inputs[i] for i in positions]
        labels += [1] * len(positions)
        far = range(150, min(300, len(inputs)), 15) if fits else range(min(10, len(inputs)))
        rows += [inputs[i] for i in far]
        labels += [0] * len(far)
    return np.array(rows), np.array(labels)


def fit(inputs: np.ndarray, labels: np.ndarray) -> tuple[list[float], float]:
    """Return weights and intercept of a logistic regression, both classes counting alike.

    Fitted on standardised inputs, given back for raw ones.
    """
    mean, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-9
    model = LogisticRegression(class_weight="balanced", C=1.0, max_iter=1000)
    model.fit((inputs - mean) / spread, labels)
    weights = model.coef_[0] / spread
    return weights.tolist(), float(model.intercept_[0] - (weights * mean).sum())


def probability(inputs: np.ndarray, weights: list[float], intercept: float) -> np.ndarray:
    """Return the judge's probability of each row."""
    return 1 / (1 + np.exp(-(inputs @ np.array(weights) + intercept)))


def calibrate(base: LocalKnowledgeBase, kind: Kind) -> dict[str, object]:
    """Return one kind's entry of calibration.json, and print how it does."""
    questions = read_questions("tune") + [q for q in read_questions("rulebook") if q.half == "tune"]
    tune = [q for q in questions if q.labels(kind)]
    answered = list(fused_runs(base, tune, kind))
    unanswered = list(fused_runs(base, read_questions("no_answer"), kind))
    inputs, labels = examples(answered + unanswered, kind)
    weights, intercept = fit(inputs, labels)
    lexical, lexical_intercept = fit(inputs[:, :2], labels)

    def best(run: Run) -> float:
        return (
            float(probability(features(run, mean_cosine(run))[:10], weights, intercept).max())
            if len(run.records)
            else 0.0
        )

    answered_best = sorted(best(run) for _, run in answered)
    threshold = answered_best[int(REFUSED[kind] * len(answered_best))]
    on_point = [
        p
        for question, run in answered
        for key, p in zip(
            run.records[:10].tolist(),
            probability(features(run, mean_cosine(run))[:10], weights, intercept),
            strict=True,
        )
        if key in {key_of(i) for i, grade in question.labels(kind).items() if grade == 2}
    ]
    floor = min(threshold, float(np.quantile(on_point, GIVEN_UP)))
    for style in ("off-topic", "near-topic"):
        of_style = [(question, best(run)) for question, run in unanswered if question.style == style]
        hits = [(question.query, p) for question, p in of_style if p >= threshold]
        print(f"{kind}: {style}: {len(of_style) - len(hits)} of {len(of_style)} get no hit")
        for query, p in hits:
            print(f"  gets a hit ({p:.2f}): {query[:40]}")
    refused, kept, all_labelled = 0, 0, 0
    for question, run in answered:
        p = probability(features(run, mean_cosine(run)), weights, intercept)
        fits = {key_of(i) for i, grade in question.labels(kind).items() if grade == 2}
        ours = np.array([key in fits for key in run.records[:10].tolist()])
        kept += int((p[:10][ours] >= floor).sum())
        all_labelled += int(ours.sum())
        if not (p[:10] >= threshold).any():
            refused += 1
            print(f"  {kind}: refused ({p[:10].max():.2f}): {question.query[:40]}")
    print(
        f"{kind}: weights {np.round(weights, 2)}, threshold {threshold:.3f}; "
        f"refused {refused} of {len(answered)}; "
        f"on-point hits in the top 10 kept {kept} of {all_labelled}"
    )
    return {
        "weights": [round(w, 5) for w in weights],
        "intercept": round(intercept, 5),
        "weights_without_vectors": [round(w, 5) for w in lexical],
        "intercept_without_vectors": round(lexical_intercept, 5),
        "threshold": round(threshold, 4),
        "floor": round(floor, 4),
        "fitted_on": date.today().isoformat(),
    }


def main() -> None:
    """Run the fit on the knowledge base of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="data folder with a built knowledge base")
    parser.add_argument("--write", action="store_true", help="store the fit in calibration.json")
    arguments = parser.parse_args()
    base = open_knowledge_base(arguments.home)
    fitted = {kind: calibrate(base, kind) for kind in COLLECTIONS}
    if arguments.write:
        target = Path(str(files("qianche.indexing.search").joinpath("calibration.json")))
        target.write_text(json.dumps(fitted, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
