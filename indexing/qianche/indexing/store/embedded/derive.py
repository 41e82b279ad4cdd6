"""What is derived from the record: read from a view, whole or only what is newer than an earlier state."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from qianche.indexing.store.embedded.columns import Columns
from qianche.indexing.store.embedded.lexical import Analyze, Lexical, schema, write_index
from qianche.indexing.store.embedded.rows import lexical_text, unpack_vector
from qianche.indexing.store.embedded.tables import Version
from qianche.indexing.store.embedded.vectors import Located, Matrix, Vectors, normalised
from qianche.indexing.store.protocol import Keys

Progress = Callable[[int, int], None]
"""Called with passages done and passages in all, every `_REPORT_EVERY`."""

_REPORT_EVERY = 256
_BLOCK = 4096
_EXACT_BELOW = 2000
_DEAD_SHARE = 0.05
"""Deleted passages weigh on tantivy's statistics until a merge. Under 2,000 passages (0.2 s to index) none is
left in; above, at most this share, then the lexical index is written anew."""


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """All that is derived of one collection at one version."""

    version: Version
    columns: Columns
    lexical: Lexical
    vectors: Vectors
    located: Located
    dead: int
    """Passages that the lexical index still counts though they are gone or rewritten."""
    vector_file: str
    """Name of the matrix file; "" for a state that lives in memory only."""
    vector_crc: int


_VECTORS_OLDEST_FIRST = """FROM vectors AS v JOIN passages AS p USING (collection, key)
                           WHERE collection = ? AND v.changed > ? ORDER BY p.ordinal"""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a view of the record has that an earlier state has not; `since` 0 is everything."""

    connection: sqlite3.Connection
    collection: str
    dim: int
    since: int

    def columns(self, base: Columns, gone: Keys) -> Columns:
        """Return the base brought up to date."""
        rows = self.connection.execute(
            "SELECT key, record_key, meta FROM passages WHERE collection = ? AND changed > ?",
            (self.collection, self.since),
        )
        return base.updated(gone, ((key, record, json.loads(meta)) for key, record, meta in rows))

    def changed_keys(self) -> Keys:
        """Return the keys of new and rewritten passages."""
        return self._keys("SELECT key FROM passages WHERE collection = ? AND changed > ?", self.since)

    def gone_keys(self, table: str, known: Keys) -> Keys:
        """Return which of the known keys the table (`passages` or `vectors`) no longer has."""
        removed_at = self._one("SELECT removed_at FROM collections WHERE name = ?")
        if removed_at <= self.since:
            return np.empty(0, dtype=np.int64)
        return np.setdiff1d(
            known, self._keys(f"SELECT key FROM {table} WHERE collection = ? AND changed >= ?", 0)
        )

    def texts(self, report: Progress | None) -> Iterator[tuple[int, str]]:
        """Yield (key, lexical text) of new and rewritten passages, by ascending key."""
        total = self._one("SELECT count(*) FROM passages WHERE collection = ? AND changed > ?", self.since)
        rows = self.connection.execute(
            "SELECT key, lexical, content FROM passages WHERE collection = ? AND changed > ? ORDER BY key",
            (self.collection, self.since),
        )
        for done, (key, lexical, content) in enumerate(rows):
            if report is not None and done % _REPORT_EVERY == 0:
                report(done, total)
            yield key, lexical_text(lexical, content)
        if report is not None:
            report(total, total)

    def text_size(self) -> int:
        """Return how many characters `texts` will yield."""
        return self._one(
            "SELECT coalesce(sum(length(coalesce(lexical, content, ''))), 0) FROM passages"
            " WHERE collection = ? AND changed > ?",
            self.since,
        )

    def vector_keys(self) -> Keys:
        """Return the keys of new and changed vectors, oldest passage first.

        In that order what a question searches together lies together: `build.bundled_entries` writes the
        default scope first.
        """
        return self._keys(f"SELECT key {_VECTORS_OLDEST_FIRST}", self.since)

    def vector_blocks(self) -> Iterator[Matrix]:
        """Yield the normalised vectors in the order of `vector_keys`, some thousand rows at a time."""
        rows = self.connection.execute(
            f"SELECT embedding {_VECTORS_OLDEST_FIRST}", (self.collection, self.since)
        )
        while block := rows.fetchmany(_BLOCK):
            yield normalised(np.stack([unpack_vector(row[0], self.dim) for row in block]).astype(np.float64))

    def _keys(self, query: str, since: int) -> Keys:
        """One column of integers."""
        return np.array(
            [r[0] for r in self.connection.execute(query, (self.collection, since))], dtype=np.int64
        )

    def _one(self, query: str, *more: Any) -> int:
        """One number; 0 where the collection has no row yet."""
        row = self.connection.execute(query, (self.collection, *more)).fetchone()
        return 0 if row is None else int(row[0])


def too_dead(dead: int, size: int) -> bool:
    """Return whether the lexical index has to be written anew for its statistics to be right."""
    return dead > (0 if size < _EXACT_BELOW else _DEAD_SHARE * size)


def write_lexical(
    folder: Path, everything: Changes, columns: Columns, analyze: Analyze, report: Progress | None
) -> None:
    """Write a whole lexical index into the folder."""
    folder.mkdir()
    _fill(tantivy.Index(schema(), str(folder)), everything, columns, analyze, report)


def update_lexical(
    folder: Path, changes: Changes, removed: Keys, columns: Columns, analyze: Analyze, report: Progress | None
) -> None:
    """Bring the lexical index in the folder up to date."""
    write_index(
        tantivy.Index.open(str(folder)), analyze, changes.texts(report), columns,
        removed=(int(k) for k in removed), size_hint=changes.text_size(),
    )  # fmt: skip


def in_memory(
    everything: Changes, version: Version, empty: Columns, analyze: Analyze, report: Progress | None
) -> State:
    """Return a state that nothing on the disk belongs to: for folders that cannot be written."""
    columns = everything.columns(empty, np.empty(0, dtype=np.int64))
    index = tantivy.Index(schema())
    _fill(index, everything, columns, analyze, report)
    blocks = [np.empty((0, everything.dim), dtype=np.float32), *everything.vector_blocks()]
    vectors = Vectors(np.concatenate(blocks), everything.vector_keys())
    return State(version, columns, Lexical(index), vectors, vectors.located(columns), 0, "", 0)


def _fill(
    index: tantivy.Index, everything: Changes, columns: Columns, analyze: Analyze, report: Progress | None
) -> None:
    """Index all passages."""
    write_index(index, analyze, everything.texts(report), columns, size_hint=everything.text_size())
