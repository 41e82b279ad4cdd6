"""Changes to the record inside one write transaction; every row they touch carries the write's generation."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qianche.corpus.errors import StoreError
from qianche.indexing.store.embedded.rows import Row, dense_text
from qianche.indexing.store.embedded.tables import mark_written
from qianche.indexing.store.protocol import key_of


@dataclass(frozen=True, slots=True)
class Writing:
    """One collection within a transaction."""

    connection: sqlite3.Connection
    collection: str
    generation: int
    dim: int

    def begin(self) -> Writing:
        """Make the collection if this is its first write; return self."""
        self.connection.execute(
            "INSERT INTO collections VALUES (?, ?, 0) ON CONFLICT DO NOTHING", (self.collection, self.dim)
        )
        check_dim(self.connection, self.collection, self.dim)
        return self

    def finish(self, *, removed: bool) -> None:
        """Note the write; `removed`: passages or vectors went away."""
        mark_written(self.connection, self.collection, self.generation, removed=removed)

    def existing(self, keys: Iterable[int]) -> dict[int, str]:
        """Return key → id of the passages that are already there."""
        query = (
            "SELECT key, id FROM passages WHERE collection = ? AND key IN (SELECT value FROM json_each(?))"
        )
        return dict(self.connection.execute(query, (self.collection, json.dumps(list(keys)))))

    def put(self, rows: Sequence[Row]) -> bool:
        """Write passages, replacing those with the same id; return whether a vector went away."""
        there = self.existing(r.key for r in rows)
        refuse_collisions(rows, there)
        self.connection.executemany(
            """INSERT INTO passages
                 (collection, key, id, record_key, content, lexical, dense, meta, changed, pending)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (collection, key) DO UPDATE SET record_key = excluded.record_key,
                 content = excluded.content, lexical = excluded.lexical, dense = excluded.dense,
                 meta = excluded.meta, changed = excluded.changed, pending = excluded.pending""",
            (
                (self.collection, r.key, r.id, r.record_key, r.content, r.lexical, r.dense, r.meta,
                 self.generation, int(r.pending))
                for r in rows
            ),
        )  # fmt: skip
        bare = [r.key for r in rows if r.embedding is None and r.key in there]
        lost = self._delete("vectors", bare)
        self.put_vectors({r.key: r.embedding for r in rows if r.embedding is not None})
        return lost > 0

    def put_vectors(self, vectors: Mapping[int, bytes]) -> None:
        """Give passages their vectors."""
        self.connection.executemany(
            """INSERT INTO vectors VALUES (?, ?, ?, ?) ON CONFLICT (collection, key)
               DO UPDATE SET changed = excluded.changed, embedding = excluded.embedding""",
            ((self.collection, key, self.generation, vector) for key, vector in vectors.items()),
        )
        self.connection.executemany(
            "UPDATE passages SET pending = 0 WHERE collection = ? AND key = ?",
            ((self.collection, key) for key in vectors),
        )

    def remove(self, keys: Sequence[int]) -> int:
        """Remove passages with their vectors; return how many there were."""
        self._delete("vectors", keys)
        return self._delete("passages", keys)

    def passages_of(self, record_id: str) -> list[int]:
        """Return the keys of a record's passages."""
        rows = self.connection.execute(
            "SELECT key FROM passages WHERE collection = ? AND record_key = ?",
            (self.collection, key_of(record_id)),
        )
        return [row[0] for row in rows]

    def dense_texts(self, keys: Iterable[int]) -> dict[int, str]:
        """Return what would be embedded of those passages that are there."""
        query = """SELECT key, dense, content FROM passages
                   WHERE collection = ? AND key IN (SELECT value FROM json_each(?))"""
        rows = self.connection.execute(query, (self.collection, json.dumps(list(keys))))
        return {key: dense_text(dense, content) for key, dense, content in rows}

    def drop_vectors(self) -> int:
        """Remove every vector; passages meant for the dense leg wait for one again."""
        self.connection.execute(
            """UPDATE passages SET pending = 1
               WHERE collection = ? AND coalesce(dense, content, '') <> ''""",
            (self.collection,),
        )
        return self.connection.execute(
            "DELETE FROM vectors WHERE collection = ?", (self.collection,)
        ).rowcount

    def replace_record(self, record_id: str, rows: Sequence[Row]) -> bool:
        """Make these the passages of the record; return whether passages or vectors went away.

        Passages that stay as they were are not touched, so nothing is derived for them again; one whose
        embedded text stays keeps its vector.
        """
        old = {
            key: (content, lexical, dense, meta, embedding)
            for key, content, lexical, dense, meta, embedding in self.connection.execute(
                """SELECT p.key, content, lexical, dense, meta, embedding FROM passages p
                   LEFT JOIN vectors v ON v.collection = p.collection AND v.key = p.key
                   WHERE p.collection = ? AND p.record_key = ?""",
                (self.collection, key_of(record_id)),
            )
        }
        gone = [key for key in old if key not in {r.key for r in rows}]
        changed, kept = [], {}
        for row in rows:
            before = old.get(row.key)
            embedding = row.embedding
            if before is not None and embedding is None:
                same_text = dense_text(before[2], before[0]) == dense_text(row.dense, row.content)
                embedding = before[4] if same_text else None
            if before == (row.content, row.lexical, row.dense, row.meta, embedding):
                continue
            if before is not None and row.embedding is None and embedding is not None:
                kept[row.key] = embedding
            changed.append(row)
        lost = self.put(changed)
        self.put_vectors(kept)
        return self.remove(gone) > 0 or lost

    def _delete(self, table: str, keys: Sequence[int]) -> int:
        """Delete rows by key."""
        if not keys:
            return 0
        query = f"DELETE FROM {table} WHERE collection = ? AND key IN (SELECT value FROM json_each(?))"
        return self.connection.execute(query, (self.collection, json.dumps(list(keys)))).rowcount


def refuse_collisions(rows: Iterable[Row], there: Mapping[int, str]) -> None:
    """Refuse two ids with one key, among the rows or with what is there (key → id)."""
    known = dict(there)
    for row in rows:
        if known.setdefault(row.key, row.id) != row.id:
            raise StoreError(
                f"段落“{row.id}”与“{known[row.key]}”的键相同，无法同时存入。请改动其中一个编号。"
            )


def check_dim(connection: sqlite3.Connection, collection: str, dim: int) -> None:
    """Refuse to work on a collection whose vectors have another dimension."""
    row = connection.execute("SELECT dim FROM collections WHERE name = ?", (collection,)).fetchone()
    if row is not None and row[0] != dim:
        raise StoreError(
            f"资料库“{collection}”部分的向量是 {row[0]} 维，现在要求 {dim} 维。"
            "请改回原来的模型，或换一个目录（QIANCHE_HOME）重新建立。"
        )
