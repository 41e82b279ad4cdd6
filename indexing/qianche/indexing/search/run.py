"""What travels through the pipeline: a frozen `Run` for each kind, numpy ids and scores, never Documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from qianche.indexing.search.answer import Kind, QueryReading
from qianche.indexing.search.law_of_the_day import LawOfTheDay
from qianche.indexing.search.placing import Class
from qianche.indexing.store.protocol import Filters, Frozen, Hits, Keys, Scores, Snapshot

__all__ = ["DENSE_LEG", "LEXICAL_LEG", "Baseline", "Frozen", "Query", "RecordScores", "Run", "Runs", "Search"]

LEXICAL_LEG = "lexical"
DENSE_LEG = "dense"


@dataclass(frozen=True, slots=True, eq=False)
class Query(Frozen):
    """A query as understood: index terms with weights by kind, the text to embed, and its vector once made."""

    reading: QueryReading
    terms: dict[Kind, tuple[tuple[str, float], ...]]
    words: tuple[str, ...]
    """Normalised words to mark in evidence: key terms and expansion terms."""
    dense_text: str
    vector: Scores | None = None


@dataclass(frozen=True, slots=True)
class Baseline(Frozen):
    """What a query finds without the user's restrictions: neither changes when a filter is set."""

    mean_cosine: float
    """Mean of the dense leg; 0 where there is none."""
    best_relevance: float
    """The highest relevance among the first ten."""


@dataclass(frozen=True, slots=True, eq=False)
class Search(Frozen):
    """What one kind's branch is asked: the query, a pinned snapshot, a filter, how deep and how many."""

    kind: Kind
    query: Query
    snapshot: Snapshot
    filters: Filters | None
    top_k: int
    depth: int
    reference: Filters | None = None
    """The filter without what the user restricted: relevance is judged against all that this lets through."""
    baseline: Baseline | None = None
    """What `reference` gave, once some run of this search has found it."""
    law: LawOfTheDay | None = None
    """What rules may be found on the day asked; None: of any day."""
    classes: Mapping[int, Class] = field(default_factory=dict)
    """By key: the class of each record that is no article; see `placing`."""
    named: frozenset[int] = frozenset()
    """Keys of records that the query names outright; where they pass the filter they come first and fit."""


@dataclass(frozen=True, slots=True, eq=False)
class RecordScores(Frozen):
    """One leg reduced to records, shape `(n,)` each: best first, ties by ascending key."""

    leg: str
    records: Keys
    scores: Scores
    best: Keys
    """The passage of each record that scored best."""


@dataclass(frozen=True, slots=True, eq=False)
class Run(Frozen):
    """A search under way; each step adds its field and leaves the others as they are.

    `fused` has shape `(n,)`, records best first; `relevance` the same order.
    """

    search: Search
    term_idf: dict[str, float] = field(default_factory=dict)
    """BM25 idf of the query's terms in this collection, 0 for terms that occur nowhere."""
    terms_cut: bool = False
    """Whether the query had more terms than the lexical leg takes."""
    passages: dict[str, Hits] = field(default_factory=dict)
    legs: tuple[RecordScores, ...] = ()
    records: Keys = field(default_factory=lambda: np.empty(0, np.int64))
    fused: Scores = field(default_factory=lambda: np.empty(0, np.float32))
    leg_scores: npt.NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), np.float32))
    """Shape `(n_legs, n)`: a leg's own score of each record, NaN where the record is not in that leg."""
    relevance: Scores = field(default_factory=lambda: np.empty(0, np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Runs(Frozen):
    """The runs under way, one for each kind asked for; they are searched side by side and never mixed."""

    by_kind: Mapping[Kind, Run]

    def map(self, step: Callable[[Run], Run]) -> Runs:
        """Return the runs after a step that each goes through alone."""
        return Runs({kind: step(run) for kind, run in self.by_kind.items()})
