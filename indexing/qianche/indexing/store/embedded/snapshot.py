"""A consistent view of one collection: what is derived, and the record as it was at that version."""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from haystack.dataclasses import Document

from qianche.corpus.errors import BadRequest
from qianche.indexing.documents import FilterField
from qianche.indexing.store.embedded.columns import Mask
from qianche.indexing.store.embedded.derive import State
from qianche.indexing.store.embedded.faults import translated
from qianche.indexing.store.embedded.rows import ROW_COLUMNS, document_of
from qianche.indexing.store.embedded.tables import Version
from qianche.indexing.store.filters import Comparison, Condition, comparisons, parse, read
from qianche.indexing.store.protocol import Facets, Filters, Hits, Keys, Leg, LexicalLeg, Scores, VectorLeg


class EmbeddedSnapshot:
    """A view of one collection, safe for threads; see `protocol.Snapshot`.

    It keeps a read transaction of SQLite open until nobody holds it any more: while it lives, the log of
    later writes cannot be merged into the record, so hold it for a question, not for a day.
    """

    def __init__(
        self, state: State, connection: sqlite3.Connection, collection: str, fields: Sequence[FilterField],
        home: Path,
    ) -> None:  # fmt: skip
        self._state = state
        self._connection = connection
        self._lock = threading.Lock()
        self._collection = collection
        self._fields = fields
        self._home = home
        weakref.finalize(self, connection.close)
        pending = connection.execute(
            "SELECT count(*) FROM passages WHERE collection = ? AND pending = 1", (collection,)
        ).fetchone()[0]
        have = state.vectors.count
        self._coverage = have / (have + pending) if have + pending else 1.0

    @property
    def version(self) -> Version:
        """The last write this view contains, told apart from one of the same number in another copy."""
        return self._state.version

    @property
    def generation(self) -> int:
        """Number of the last acknowledged write that this view contains."""
        return self._state.version.generation

    @property
    def vector_coverage(self) -> float:
        """Share of passages meant for the dense leg that have a vector; 1 where none is meant for it."""
        return self._coverage

    def retrieve(self, legs: Sequence[Leg], *, filters: Filters | None, depth: int) -> list[Hits]:
        """Return the best `depth` passages of each leg that pass the filter.

        Raises:
            BadRequest: a depth under 1, a negative weight, a vector of another dimension, not finite or zero.
            FilterError: see `filters.check`.
        """
        if depth < 1:
            raise BadRequest(f"检索深度是 {depth}。请给出 1 以上的整数。")
        condition = parse(filters, self._fields)
        vectors = {id(leg): self._unit(leg.vector) for leg in legs if isinstance(leg, VectorLeg)}
        mask = None if condition is None else self._mask(condition)
        if mask is not None and mask.all():
            mask = None
        found = []
        for leg in legs:
            if mask is not None and not mask.any():
                rows, scores = np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32)
            elif isinstance(leg, LexicalLeg):
                rows, scores = self._state.lexical.best(
                    leg.terms, depth, self._state.columns, condition, mask
                )
            else:
                rows, scores = self._state.located.best(vectors[id(leg)], leg.depth or depth, mask)
            columns = self._state.columns
            found.append(Hits(columns.keys[rows], columns.records[rows], scores))
        return found

    @property
    def passage_count(self) -> int:
        """Number of passages in the lexical leg."""
        return self._state.lexical.size

    def document_frequencies(self, terms: Sequence[str]) -> list[int]:
        """Return in how many passages of the lexical leg each term occurs, over the whole collection.

        Of more than 2,000 passages up to 5 % may have been rewritten since the index was last written whole;
        those count twice, here as in the scores.
        """
        return self._state.lexical.document_frequencies(terms)

    def count(self, filters: Filters | None) -> int:
        """Return how many passages pass the filter."""
        condition = parse(filters, self._fields)
        return len(self._state.columns) if condition is None else int(self._mask(condition).sum())

    def facet_counts(self, records: Keys, fields: Sequence[str]) -> Facets:
        """Return, for each declared field, how many of these records carry each value, most frequent first.

        Raises `BadRequest` for a field that is not declared.
        """
        known = [f.name for f in self._fields]
        for field in fields:
            if field not in known:
                raise BadRequest(f"不能按“{field}”统计。可选：{'、'.join(known)}。")
        return self._state.columns.facets(np.asarray(records, dtype=np.int64), fields)

    def fetch(self, keys: Sequence[int]) -> list[Document]:
        """Return the documents with these keys in that order, without vectors; unknown keys are left out."""
        wanted = [int(k) for k in keys]
        query = f"""SELECT {ROW_COLUMNS} FROM passages
                    WHERE collection = ? AND key IN (SELECT value FROM json_each(?))"""
        with self._lock, translated(self._home):
            rows = self._connection.execute(query, (self._collection, json.dumps(wanted))).fetchall()
        by_key = {row[0]: row for row in rows}
        return [document_of(by_key[k]) for k in wanted if k in by_key]

    def _unit(self, vector: Scores) -> Scores:
        """The query vector at length 1."""
        wide = np.asarray(vector, dtype=np.float64)
        dim = self._state.vectors.matrix.shape[1]
        if wide.shape != (dim,):
            raise BadRequest(f"查询向量是 {wide.shape} 维，本库是 {dim} 维。请使用与建库时相同的模型。")
        length = np.linalg.norm(wide)
        if not np.isfinite(length) or length == 0:
            raise BadRequest("查询向量为零或含有 NaN、无穷大，不能检索。请重新计算向量。")
        unit: Scores = (wide / length).astype(np.float32)
        return unit

    def _mask(self, condition: Condition) -> Mask:
        """Which rows pass: columns decide what they hold, the documents the rest."""
        columns = self._state.columns
        others = [leaf for leaf in comparisons(condition) if not columns.holds(leaf)]
        return (
            columns.mask(condition, self._read_documents(others)) if others else columns.kept_mask(condition)
        )

    def _read_documents(self, leaves: Sequence[Comparison]) -> Mapping[Comparison, Mask]:
        """The verdict of comparisons on undeclared fields, by reading every passage (about 10 µs each)."""
        size = len(self._state.columns)
        masks = {leaf: np.zeros(size, dtype=np.bool_) for leaf in leaves}
        with self._lock, translated(self._home):
            rows: Any = self._connection.execute(
                f"SELECT {ROW_COLUMNS} FROM passages WHERE collection = ? ORDER BY key", (self._collection,)
            )
            for at, row in enumerate(rows):
                document = document_of(row)
                for leaf, mask in masks.items():
                    mask[at] = leaf.holds(read(leaf, document))
        return masks
