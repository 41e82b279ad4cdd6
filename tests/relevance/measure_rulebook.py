"""What the digests do to the search for rules: `python -m tests.relevance.measure_rulebook HOME [--half tune]`.

Prints nDCG@10 and the share of questions with an on-point article in the first ten and the first three, with the
digests and without them (their passages filtered out), over the rule questions of one half. Labels name articles
whose text is held, so the runs are scored over those acts: what a digest of a 条例 finds beside them is not judged.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from qianche.indexing.documents import PART
from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.open import open_knowledge_base
from qianche.indexing.passages import DIGEST
from qianche.indexing.search.answer import SearchRequest
from qianche.indexing.search.embed import QueryEmbedder
from qianche.indexing.search.fuse import fuse_run
from qianche.indexing.search.law_of_the_day import law_of
from qianche.indexing.search.reduce import reduce_run
from qianche.indexing.search.restrict import COLLECTIONS, restriction
from qianche.indexing.search.retrieve import DEPTH, retrieve
from qianche.indexing.search.run import Search
from qianche.indexing.search.understanding import QueryUnderstanding
from qianche.indexing.store.protocol import key_of
from tests.relevance.calibrate import AS_OF
from tests.relevance.questions import Question, read_questions

TOP = 10
NAMES = ("nDCG@10", "on point in top 10", "on point in top 3")


def ndcg(grades: list[int], labels: dict[str, int]) -> float:
    """Return nDCG@10 with gains 2^grade - 1."""

    def gain(found: list[int]) -> float:
        return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(found[:TOP]))

    return gain(grades) / gain(sorted(labels.values(), reverse=True))


def rankings(base: LocalKnowledgeBase, questions: list[Question], *, digests: bool) -> Iterator[list[int]]:
    """Yield, for each question, the keys of the records of the default scope, best first."""
    understanding, embedder = QueryUnderstanding(), QueryEmbedder(lambda: base.embedder)
    snapshot = base.store.collection(COLLECTIONS["rule"]).snapshot()
    law = law_of(base.rules(), AS_OF)
    for question in questions:
        query = embedder.run(understanding.run(question.query)["query"])["query"]
        scope = restriction(SearchRequest(question.query, AS_OF), "rule", law)
        if not digests:
            without = {"field": f"meta.{PART}", "operator": "!=", "value": DIGEST}
            scope = {"operator": "AND", "conditions": [scope, without]}
        search = Search("rule", query, snapshot, scope, TOP, DEPTH["rule"], reference=scope, law=law)
        yield fuse_run(reduce_run(retrieve(search))).records.tolist()


def measure(base: LocalKnowledgeBase, questions: list[Question], *, digests: bool) -> np.ndarray:
    """Return shape `(questions, 3)`: the measures of `NAMES`."""
    labelled = {label.split("/")[0] for question in questions for label in question.rules}
    judged = {
        key_of(article.article_id): article.article_id
        for version_id in labelled
        for article in base.articles(version_id)
    }
    rows = []
    for question, keys in zip(questions, rankings(base, questions, digests=digests), strict=True):
        grades = [question.rules.get(judged[key], 0) for key in keys if key in judged][:TOP]
        rows.append((ndcg(grades, question.rules), 2 in grades, 2 in grades[:3]))
    return np.array(rows, float)


def main() -> None:
    """Measure a built knowledge base."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="data folder with a built knowledge base")
    parser.add_argument("--half", choices=("tune", "test"), default="test")
    arguments = parser.parse_args()
    base = open_knowledge_base(arguments.home, threads=2)
    questions = [q for q in read_questions("rulebook") if q.half == arguments.half]
    print(f"{arguments.half}: {len(questions)} questions")
    found = {digests: measure(base, questions, digests=digests) for digests in (False, True)}
    for digests, rows in found.items():
        means = "  ".join(f"{name} {value:.3f}" for name, value in zip(NAMES, rows.mean(axis=0), strict=True))
        print(f"{'with' if digests else 'without'} digests: {means}")
    if arguments.half == "tune":
        for question, row in zip(questions, found[True], strict=True):
            if not row[1]:
                print(f"  not in the first ten: {question.question_id} {question.query}")


if __name__ == "__main__":
    main()
