"""First stage: both legs over passages, one round trip to the engine."""

from __future__ import annotations

import math
from dataclasses import replace

from haystack import component

from qianche.indexing.search.run import DENSE_LEG, LEXICAL_LEG, Run, Search
from qianche.indexing.store.protocol import Leg, LexicalLeg, VectorLeg

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
    if len(known) > MAX_TERMS:
        known = sorted(known, key=lambda item: -item[1] * idf[item[0]])[:MAX_TERMS]
    legs: dict[str, Leg] = {}
    if known:
        legs[LEXICAL_LEG] = LexicalLeg(tuple(known))
    if query.vector is not None and snapshot.vector_coverage > 0:
        legs[DENSE_LEG] = VectorLeg(query.vector)
    hits = snapshot.retrieve(list(legs.values()), filters=search.filters, depth=search.depth) if legs else []
    return replace(Run(search), term_idf=idf, passages=dict(zip(legs, hits, strict=True)))


@component
class PassageRetriever:
    """Retrieves passages by both legs at once.

    One component and not one a leg: engines answer both legs in one round trip.
    """

    @component.output_types(run=Run)
    def run(self, search: Search) -> dict[str, Run]:
        """Return the run with its passages."""
        return {"run": retrieve(search)}
