"""The search as one Haystack pipeline: understanding and embedding once, then a branch for each kind asked.

    understanding → embedder → router ─┬→ case_retriever → case_reducer → case_fusion → case_judge → case_explainer
                                       └→ rule_retriever → rule_reducer → rule_fusion → rule_judge → rule_explainer

Cases and rules are two searches: each branch has its own collection, statistics and depth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from haystack import Pipeline, component
from haystack.core.component import Component
from haystack.core.errors import PipelineRuntimeError

from qianche.corpus.errors import QiancheError
from qianche.indexing.embedding import Embedder
from qianche.indexing.search.answer import Kind, Sort
from qianche.indexing.search.embed import QueryEmbedder
from qianche.indexing.search.explain import CaseExplainer, Found, RuleExplainer
from qianche.indexing.search.fuse import ZScoreFusion
from qianche.indexing.search.judge import RelevanceJudge
from qianche.indexing.search.records import RecordReader
from qianche.indexing.search.reduce import RecordReducer
from qianche.indexing.search.retrieve import PassageRetriever
from qianche.indexing.search.run import Frozen, Query, Search
from qianche.indexing.search.understanding import QueryUnderstanding, check_query
from qianche.indexing.store.protocol import Filters, Snapshot

DEPTH: dict[Kind, int] = {"case": 1000, "rule": 2000}
"""Passages taken in each leg. Articles have several parts each: 2,000 of them are about 1,000 articles."""


@dataclass(frozen=True, slots=True, eq=False)
class Target(Frozen):
    """What one kind is searched in; the fields are those of `Search`."""

    snapshot: Snapshot
    filters: Filters | None
    top_k: int
    reference: Filters | None = None
    named: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Targets(Frozen):
    """The kinds asked for, with what each is searched in."""

    by_kind: Mapping[Kind, Target]


@component
class KindRouter:
    """Sends the query down the branch of each kind asked for; the other branch does not run."""

    @component.output_types(case=Search, rule=Search)
    def run(self, query: Query, targets: Targets) -> dict[str, Search]:
        """Return one `Search` a kind."""
        return {
            kind: Search(
                kind=kind,
                query=query,
                snapshot=target.snapshot,
                filters=target.filters,
                top_k=target.top_k,
                depth=DEPTH[kind],
                reference=target.reference,
                named=target.named,
            )
            for kind, target in targets.by_kind.items()
        }


def build_pipeline(
    reader: RecordReader, understanding: QueryUnderstanding, source: Callable[[], Embedder | None]
) -> Pipeline:
    """Return the pipeline over one store's records; run it with `run_pipeline`.

    Args:
        source: see `QueryEmbedder`.
    """
    pipeline = Pipeline()
    pipeline.add_component("understanding", understanding)
    pipeline.add_component("embedder", QueryEmbedder(source))
    pipeline.add_component("router", KindRouter())
    pipeline.connect("understanding.query", "embedder.query")
    pipeline.connect("embedder.query", "router.query")
    explainers: dict[Kind, Component] = {"case": CaseExplainer(reader), "rule": RuleExplainer(reader)}
    for kind, explainer in explainers.items():
        steps: dict[str, Component] = {
            "retriever": PassageRetriever(),
            "reducer": RecordReducer(),
            "fusion": ZScoreFusion(),
            "judge": RelevanceJudge(),
            "explainer": explainer,
        }
        for name, step in steps.items():
            pipeline.add_component(f"{kind}_{name}", step)
        pipeline.connect(f"router.{kind}", f"{kind}_retriever.search")
        for before, after in zip(list(steps)[:-1], list(steps)[1:], strict=True):
            pipeline.connect(f"{kind}_{before}.run", f"{kind}_{after}.run")
    return pipeline


def run_pipeline(
    pipeline: Pipeline, text: str, targets: Targets, *, as_of: date, sort: Sort
) -> tuple[Query, dict[Kind, Found]]:
    """Return the query as understood and what each kind's branch found.

    Raises:
        QiancheError: what a component raised, taken out of Haystack's wrapping.
    """
    text = check_query(text)
    inputs: dict[str, Any] = {
        "understanding": {"text": text},
        "router": {"targets": targets},
        "case_explainer": {"sort": sort},
        "rule_explainer": {"as_of": as_of},
    }
    try:
        outputs = pipeline.run(inputs, include_outputs_from={"embedder"})
    except PipelineRuntimeError as error:
        if isinstance(error.__cause__, QiancheError):
            raise error.__cause__ from None
        raise
    found: dict[Kind, Found] = {kind: outputs[f"{kind}_explainer"]["found"] for kind in targets.by_kind}
    return outputs["embedder"]["query"], found
