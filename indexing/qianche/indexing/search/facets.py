"""Facet counts of a search: cases or articles that pass the threshold, each field ignoring its own filter."""

from __future__ import annotations

from dataclasses import replace

from qianche.indexing.search.answer import Kind, SearchRequest
from qianche.indexing.search.fuse import fuse_run
from qianche.indexing.search.judge import fitting, judge_run
from qianche.indexing.search.reduce import reduce_run
from qianche.indexing.search.restrict import FACETS, restricted_fields, restriction
from qianche.indexing.search.retrieve import retrieve
from qianche.indexing.search.run import Run, Search
from qianche.indexing.store.protocol import Facets


def rank(search: Search) -> Run:
    """Return the judged run of a search: the pipeline's steps of one kind without the explanation."""
    return judge_run(fuse_run(reduce_run(retrieve(search))))


def count_facets(request: SearchRequest, kind: Kind, run: Run) -> Facets:
    """Return the counts of every facet field of a kind.

    A field that the request restricts is counted over a run of its own without that restriction.
    """
    search = run.search
    restricted = restricted_fields(request, kind)
    free = [name for name in FACETS[kind] if name not in restricted]
    facets = search.snapshot.facet_counts(run.records[fitting(run)], free)
    for name in restricted:
        wider = rank(replace(search, filters=restriction(request, kind, search.law, leave_out=name)))
        facets |= search.snapshot.facet_counts(wider.records[fitting(wider)], [name])
    return {name: facets[name] for name in FACETS[kind]}
