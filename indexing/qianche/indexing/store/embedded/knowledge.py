"""A whole knowledge base in one data folder: records, their passages, vectors and the facts of the build."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from haystack.dataclasses import Document

from qianche.corpus.errors import BadRequest
from qianche.indexing.documents import FIELDS, RECORD_ID
from qianche.indexing.store.embedded.backup import BackupProgress, back_up, restore_into
from qianche.indexing.store.embedded.database import LOCK_TIMEOUT, Database
from qianche.indexing.store.embedded.lexical import Analyze, default_analyze
from qianche.indexing.store.embedded.passages import EmbeddedDocumentStore
from qianche.indexing.store.embedded.rows import (
    ROW_COLUMNS,
    Row,
    document_of,
    dump_json,
    pack_vector,
    row_of,
    storable_text,
)
from qianche.indexing.store.embedded.writing import Writing
from qianche.indexing.store.protocol import RecordEntry, Scores, key_of

_PAGE = 500


class EmbeddedKnowledgeStore:
    """See `protocol.KnowledgeStore`. Many threads and processes read, one at a time writes.

    Args:
        path: the data folder; made when missing.
        dim: length of the vectors, fixed by the first write.
        analyze: text to index terms; the project's own segmentation by default.
        lock_timeout: seconds a write waits for another process.

    Raises:
        StoreError: the folder or the record in it cannot be used; the message says what to do.
    """

    def __init__(
        self, path: str | Path, dim: int = 384, *,
        analyze: Analyze = default_analyze, lock_timeout: float = LOCK_TIMEOUT,
    ) -> None:  # fmt: skip
        self.path = Path(path)
        self.dim = dim
        self._analyze = analyze
        self._database = Database(self.path, lock_timeout=lock_timeout)
        self._opening = threading.Lock()
        self._collections: dict[str, EmbeddedDocumentStore] = {}

    @property
    def read_only(self) -> bool:
        """Whether the folder can only be read."""
        return self._database.read_only

    def collection(self, name: str) -> EmbeddedDocumentStore:
        """Return the passages of `cases` or `rules`."""
        if name not in FIELDS:
            raise BadRequest(f"“{name}”不是可检索的资料集。可选：{'、'.join(FIELDS)}。")
        with self._opening:
            if name not in self._collections:
                self._collections[name] = EmbeddedDocumentStore(
                    self.path, name, self.dim, analyze=self._analyze, database=self._database
                )
            return self._collections[name]

    def write_records(self, entries: Iterable[RecordEntry], *, remove: Iterable[tuple[str, str]] = ()) -> int:
        """Write records with their passages, replacing those with the same id, all or none; return how many.

        A passage that stays as it was is not touched; one whose embedded text stays keeps its vector. Records
        to `remove` (collection, id) go in the same write, before any is written.

        Raises:
            BadRequest: a payload that is no JSON, a passage that names another record, and see `rows.row_of`.
            StoreError: a passage id that belongs to another record, and see `Database.write`.
        """
        prepared = [self._prepared(entry) for entry in entries]
        gone = list(dict.fromkeys(remove))
        if not prepared and not gone:
            return 0
        with self._database.write() as (connection, generation):
            for name in dict.fromkeys([*(e.collection for e, _, _ in prepared), *(c for c, _ in gone)]):
                writing = Writing(connection, name, generation, self.dim).begin()
                _, passages = self._deleted(writing, [i for collection, i in gone if collection == name])
                removed = passages > 0
                for entry, payload, rows in prepared:
                    if entry.collection == name:
                        connection.execute(_PUT_RECORD, (name, entry.record_id, payload))
                        removed |= writing.replace_record(entry.record_id, rows)
                writing.finish(removed=removed)
        return len(prepared)

    def _prepared(self, entry: RecordEntry) -> tuple[RecordEntry, str, list[Row]]:
        """A record checked and turned into rows, before anything is written."""
        storable_text(entry.record_id, RECORD_ID, entry.record_id)
        fields = FIELDS.get(entry.collection, ())
        if entry.passages and entry.collection not in FIELDS:
            raise BadRequest(
                f"资料集“{entry.collection}”只存记录，不能带段落。可检索的有：{'、'.join(FIELDS)}。"
            )
        rows: dict[int, Row] = {}
        for document in entry.passages:
            if document.meta.get(RECORD_ID) != entry.record_id:
                raise BadRequest(f"段落“{document.id}”不属于记录“{entry.record_id}”。请核对 {RECORD_ID}。")
            row = row_of(document, self.dim, fields)
            if row.key in rows:
                raise BadRequest(
                    f"记录“{entry.record_id}”有两个段落编号为“{document.id}”。请为每段取不同的编号。"
                )
            rows[row.key] = row
        return entry, dump_json(f"记录“{entry.record_id}”", entry.payload), list(rows.values())

    def delete_records(self, collection: str, record_ids: Sequence[str]) -> int:
        """Remove records and their passages, all or nothing; returns how many there were."""
        ids = list(dict.fromkeys(record_ids))
        with self._database.write() as (connection, generation):
            writing = Writing(connection, collection, generation, self.dim).begin()
            count, passages = self._deleted(writing, ids)
            if count or passages:
                writing.finish(removed=passages > 0)
        return count

    @staticmethod
    def _deleted(writing: Writing, record_ids: Iterable[str]) -> tuple[int, int]:
        """Remove records and their passages within a write; how many of each there were."""
        count = passages = 0
        for record_id in record_ids:
            count += writing.connection.execute(
                "DELETE FROM records WHERE collection = ? AND record_id = ?", (writing.collection, record_id)
            ).rowcount
            passages += writing.remove(writing.passages_of(record_id))
        return count, passages

    def get_record(self, collection: str, record_id: str) -> dict[str, Any] | None:
        """Return one record's payload."""
        return self.get_records(collection, [record_id])[0]

    def get_records(self, collection: str, record_ids: Sequence[str]) -> list[dict[str, Any] | None]:
        """Return payloads in the order asked, None for each that is not there."""
        query = """SELECT record_id, payload FROM records
                   WHERE collection = ? AND record_id IN (SELECT value FROM json_each(?))"""
        with self._database.read() as connection:
            rows = dict(connection.execute(query, (collection, json.dumps(list(record_ids)))))
        return [json.loads(rows[r]) if r in rows else None for r in record_ids]

    def iter_records(self, collection: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (record_id, payload) by ascending id, reading a page at a time."""
        query = f"""SELECT record_id, payload FROM records WHERE collection = ? AND record_id > ?
                    ORDER BY record_id LIMIT {_PAGE}"""
        last = ""
        while True:
            with self._database.read() as connection:
                rows = connection.execute(query, (collection, last)).fetchall()
            for record_id, payload in rows:
                yield record_id, json.loads(payload)
                last = record_id
            if len(rows) < _PAGE:
                return

    def count_records(self, collection: str) -> int:
        """Return how many records there are."""
        with self._database.read() as connection:
            found = connection.execute("SELECT count(*) FROM records WHERE collection = ?", (collection,))
            return int(found.fetchone()[0])

    def passages_without_vector(self, collection: str, limit: int) -> list[Document]:
        """Return up to `limit` passages meant for the dense leg that have no vector yet, oldest first."""
        query = f"""SELECT {ROW_COLUMNS} FROM passages
                    WHERE collection = ? AND pending = 1 ORDER BY ordinal LIMIT ?"""
        with self._database.read() as connection:
            return [document_of(row) for row in connection.execute(query, (collection, limit))]

    def add_vectors(
        self, collection: str, ids: Sequence[str], vectors: Scores, *, texts: Sequence[str] | None = None
    ) -> int:
        """Give passages their vectors, shape `(len(ids), dim)`; all or nothing. Returns how many took one.

        Passages that are gone meanwhile are passed over; with `texts` (what was embedded), so are those whose
        text has changed meanwhile.

        Raises:
            BadRequest: another shape, NaN, infinite or zero vectors; nothing is written then.
        """
        self.collection(collection)
        if (
            np.ndim(vectors) != 2
            or len(ids) != len(vectors)
            or (texts is not None and len(texts) != len(ids))
        ):
            raise BadRequest(
                f"给出 {len(ids)} 个段落、形状为 {np.shape(vectors)} 的向量，数目不符。请逐段给出向量。"
            )
        packed = {key_of(i): pack_vector(i, v, self.dim) for i, v in zip(ids, vectors, strict=True)}
        expected = dict(zip(packed, texts, strict=False)) if texts is not None else {}
        if not packed:
            return 0
        with self._database.write() as (connection, generation):
            writing = Writing(connection, collection, generation, self.dim).begin()
            current = writing.dense_texts(packed)
            taken = {
                k: v for k, v in packed.items() if k in current and expected.get(k, current[k]) == current[k]
            }
            if taken:
                writing.put_vectors(taken)
                writing.finish(removed=False)
        return len(taken)

    def drop_vectors(self, collection: str) -> int:
        """Remove all vectors of a collection, as before another model; returns how many there were."""
        self.collection(collection)
        with self._database.write() as (connection, generation):
            writing = Writing(connection, collection, generation, self.dim).begin()
            count = writing.drop_vectors()
            if count:
                writing.finish(removed=True)
        return count

    def get_state(self, name: str) -> str | None:
        """Return a fact of the build, None if never set."""
        with self._database.read() as connection:
            row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_state(self, facts: Mapping[str, str]) -> None:
        """Set facts of the build, all or nothing."""
        with self._database.write() as (connection, _):
            connection.executemany(
                "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                facts.items(),
            )

    def backup_to(self, file: str | Path, on_progress: BackupProgress | None = None) -> None:
        """Write the whole record into one file, switched into place when complete; writes go on meanwhile.

        `on_progress(done, total)` counts pages.
        """
        back_up(self._database, Path(file), on_progress)

    def restore_from(self, file: str | Path, on_progress: BackupProgress | None = None) -> None:
        """Replace the whole record by a backup, in one write: readers see the old or the new, never half.

        What is derived is made anew at the next snapshot.

        Raises:
            StoreError: no backup of ours, damaged, of a newer version, or with vectors of another dimension.
        """
        restore_into(self._database, Path(file), self.dim, on_progress)

    def close(self) -> None:
        """Give the files back."""
        for store in self._collections.values():
            store.close()
        self._database.close()


_PUT_RECORD = """
INSERT INTO records VALUES (?, ?, ?)
ON CONFLICT (collection, record_id) DO UPDATE SET payload = excluded.payload
"""
