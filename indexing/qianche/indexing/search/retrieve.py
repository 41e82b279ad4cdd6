"""First stage: both legs over passages, one round trip to the engine."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from haystack import component

from qianche.indexing.search.answer import Kind
from qianche.indexing.search.law_of_the_day import LawOfTheDay
from qianche.indexing.search.placing import Class
from qianche.indexing.search.run import DENSE_LEG, LEXICAL_LEG, Frozen, Query, Run, Runs, Search
from qianche.indexing.store.protocol import Filters, Leg, LexicalLeg, Snapshot, VectorLeg

DEPTH: dict[Kind, int] = {"case": 1000, "rule": 2000}
"""Passages of the lexical leg, one a record: all of the default scope, so that a filter changes no score."""
DENSE_DEPTH = 5000
"""Passages of the dense leg: a record near the top is scored by its whole and its best part, and where one of them
lay below the depth its score would be a guess that another filter changes."""
MAX_TERMS = 250
"""The rarest terms of a long query; beyond it engines slow down and frequent characters add nothing."""


def bm25_idf(frequency: int, total: int) -> float:
    """Return BM25's idf, 0 for a term that occurs nowhere.

    Source: Robertson and Zaragoza 2009, in the form Lucene and tantivy use: ln(1 + (N - n + .5) / (n + .5)).
    """
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5)) if frequency else 0.0


def retrieve(search: Search) -> Run:
    """Return a run with the hits of each leg; a leg without input (no term, no vector) is left out."""
    snapshot, query = search.snapshot, search.query
    terms = query.terms[search.kind]
    names = list(dict.fromkeys(term for term, _ in terms))
    total = snapshot.passage_count
    frequencies = snapshot.document_frequencies(names)
    idf = {name: bm25_idf(frequency, total) for name, frequency in zip(names, frequencies, strict=True)}
    known = [(term, weight) for term, weight in terms if idf[term] > 0]
    cut = len(known) > MAX_TERMS
    if cut:
        known = sorted(known, key=lambda item: -item[1] * idf[item[0]])[:MAX_TERMS]
    legs: dict[str, Leg] = {}
    if known:
        legs[LEXICAL_LEG] = LexicalLeg(tuple(known))
    if query.vector is not None and snapshot.vector_coverage > 0:
        legs[DENSE_LEG] = VectorLeg(query.vector, DENSE_DEPTH)
    hits = snapshot.retrieve(list(legs.values()), filters=search.filters, depth=search.depth) if legs else []
    return replace(Run(search), term_idf=idf, terms_cut=cut, passages=dict(zip(legs, hits, strict=True)))


@dataclass(frozen=True, slots=True, eq=False)
class Target(Frozen):
    """What one kind is searched in; the fields are those of `Search`."""

    snapshot: Snapshot
    filters: Filters | None
    top_k: int
    reference: Filters | None = None
    law: LawOfTheDay | None = None
    classes: Mapping[int, Class] = field(default_factory=dict)
    named: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Targets(Frozen):
    """The kinds asked for, with what each is searched in."""

    by_kind: Mapping[Kind, Target]


def search_of(kind: Kind, query: Query, target: Target) -> Search:
    """Return the search of one kind."""
    return Search(
        kind=kind,
        query=query,
        snapshot=target.snapshot,
        filters=target.filters,
        top_k=target.top_k,
        depth=DEPTH[kind],
        reference=target.reference,
        law=target.law,
        classes=target.classes,
        named=target.named,
    )


@component
class PassageRetriever:
    """Retrieves passages by both legs at once, each kind in its own collection.

    One component and not one a leg: engines answer both legs in one round trip.
    """

    @component.output_types(runs=Runs)
    def run(self, query: Query, targets: Targets) -> dict[str, Runs]:
        """Return a run for each kind asked for, with its passages."""
        searches = (search_of(kind, query, target) for kind, target in targets.by_kind.items())
        return {"runs": Runs({search.kind: retrieve(search) for search in searches})}
