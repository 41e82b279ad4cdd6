"""Haystack's document store over one collection of the embedded record."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from haystack import default_from_dict, default_to_dict
from haystack.dataclasses import Document
from haystack.document_stores.errors import DuplicateDocumentError
from haystack.document_stores.types import DuplicatePolicy
from haystack.utils.callable_serialization import deserialize_callable, serialize_callable

from qianche.indexing.documents import FIELDS
from qianche.indexing.store.embedded.builds import Builds, Overtaken
from qianche.indexing.store.embedded.database import LOCK_TIMEOUT, Database
from qianche.indexing.store.embedded.derive import Progress, State
from qianche.indexing.store.embedded.faults import translated
from qianche.indexing.store.embedded.lexical import Analyze, default_analyze
from qianche.indexing.store.embedded.metadata import MetadataQueries
from qianche.indexing.store.embedded.rows import ROW_COLUMNS, Row, document_of, is_storable, row_of
from qianche.indexing.store.embedded.snapshot import EmbeddedSnapshot
from qianche.indexing.store.embedded.writing import Writing, check_dim, refuse_collisions
from qianche.indexing.store.filters import parse, passes
from qianche.indexing.store.protocol import key_of

_PAGE = 1000
"""Rows read at once, so that a long scan does not keep other readers waiting."""


class EmbeddedDocumentStore(MetadataQueries):
    """One collection of passages in a data folder: a Haystack document store with a snapshot for search.

    Documents come back as they were written (vectors to the last bit), in the order they were first written.
    Without a policy a document whose id is there already is refused, as under `DuplicatePolicy.FAIL`.

    Args:
        path: the data folder; made when missing.
        collection: `cases`, `rules`, or any other name (then without declared fields).
        dim: length of the vectors, fixed by the first write.
        analyze: text to index terms; the project's own segmentation by default.
        database: the record, where several collections share one; opened here otherwise.
        lock_timeout: seconds a write waits for another process.

    Raises:
        StoreError: the folder or the record in it cannot be used; the message says what to do.
    """

    def __init__(
        self, path: str | Path, collection: str, dim: int = 384, *, analyze: Analyze = default_analyze,
        database: Database | None = None, lock_timeout: float = LOCK_TIMEOUT,
    ) -> None:  # fmt: skip
        self.path = Path(path)
        self.collection = collection
        self.dim = dim
        self.fields = FIELDS.get(collection, ())
        self._analyze = analyze
        self._database = database or Database(self.path, lock_timeout=lock_timeout)
        self._owns_database = database is None
        with self._database.read() as connection:
            check_dim(connection, collection, dim)
        self._builds = Builds(self.path, collection, dim, self.fields, analyze)
        self._renewing = threading.Lock()
        self._state: State | None = None
        self._snapshot: EmbeddedSnapshot | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return what opens this store again."""
        analyze = None if self._analyze is default_analyze else serialize_callable(self._analyze)
        return default_to_dict(
            self, path=str(self.path), collection=self.collection, dim=self.dim, analyze=analyze
        )

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> EmbeddedDocumentStore:
        """Return the store that `to_dict` described."""
        parameters = dict(data["init_parameters"])
        analyze = parameters.pop("analyze", None)
        if analyze is not None:
            parameters["analyze"] = deserialize_callable(analyze)
        store: EmbeddedDocumentStore = default_from_dict(cls, {**data, "init_parameters": parameters})
        return store

    def snapshot(self, on_progress: Progress | None = None) -> EmbeddedSnapshot:
        """Return a view of the newest acknowledged generation, bringing what is derived up to date first.

        Cheap while nothing was written (one look at the record). `on_progress(done, total)` counts passages
        as they are indexed.
        """
        version = self._database.version(self.collection)
        current = self._snapshot
        if current is not None and current.version == version:
            return current
        del current  # the last to hold the old view lets the log be merged
        with self._renewing, translated(self.path):
            return self._renew(on_progress)

    def _renew(self, report: Progress | None) -> EmbeddedSnapshot:
        """Open a view and what is derived for it; again, if another process was faster."""
        while True:
            current = self._snapshot
            if current is not None and current.version == self._database.version(self.collection):
                return current  # another thread was faster
            del current
            self._snapshot = None
            self._database.merge_log()
            connection, version = self._database.view(self.collection)
            try:
                state = self._builds.obtain(
                    connection, version, self._state, lambda: self._database.version(self.collection), report
                )
                self._snapshot = EmbeddedSnapshot(state, connection, self.collection, self.fields, self.path)
            except Overtaken:
                connection.close()
                continue
            except BaseException:
                connection.close()
                raise
            self._state = state
            return self._snapshot

    def count_documents(self) -> int:
        """Return how many passages there are."""
        with self._database.read() as connection:
            found = connection.execute(
                "SELECT count(*) FROM passages WHERE collection = ?", (self.collection,)
            )
            return int(found.fetchone()[0])

    def filter_documents(self, filters: dict[str, Any] | None = None) -> list[Document]:
        """Return the documents that pass, with their vectors, in the order they were first written."""
        return list(self._scan(filters, vectors=True))

    def write_documents(
        self, documents: list[Document], policy: DuplicatePolicy = DuplicatePolicy.NONE
    ) -> int:
        """Write documents, all or none; return how many were written.

        Raises:
            ValueError: not a list of documents.
            DuplicateDocumentError: an id is there already or comes twice, under FAIL (and NONE).
            BadRequest: see `rows.row_of`.
            StoreError: see `Database.write`.
        """
        if not isinstance(documents, list) or not all(isinstance(d, Document) for d in documents):
            raise ValueError("write_documents 需要由 Document 组成的列表。")
        rows = [row_of(d, self.dim, self.fields) for d in documents]
        if not rows:
            return 0
        with self._database.write() as (connection, generation):
            writing = Writing(connection, self.collection, generation, self.dim).begin()
            there = writing.existing(r.key for r in rows)
            refuse_collisions(rows, there)
            chosen = self._chosen(rows, there, policy)
            if chosen:
                writing.finish(removed=writing.put(chosen))
        return len(rows) if policy == DuplicatePolicy.OVERWRITE else len(chosen)

    def _chosen(self, rows: list[Row], there: dict[int, str], policy: DuplicatePolicy) -> list[Row]:
        """The rows to write under a policy, one for each id."""
        chosen: dict[int, Row] = {}
        for row in rows:
            if policy != DuplicatePolicy.OVERWRITE and (row.key in there or row.key in chosen):
                if policy == DuplicatePolicy.SKIP:
                    continue
                raise DuplicateDocumentError(
                    f"段落“{row.id}”已经存在。要替换请用 OVERWRITE，要跳过请用 SKIP。"
                )
            chosen[row.key] = row
        return list(chosen.values())

    def delete_documents(self, document_ids: list[str]) -> None:
        """Remove documents, all or none; ids that are not there are passed over."""
        self._remove([key_of(identifier) for identifier in document_ids if is_storable(identifier)])

    def delete_all_documents(self) -> None:
        """Remove every document of the collection."""
        with self._database.read() as connection:
            keys = connection.execute(
                "SELECT key FROM passages WHERE collection = ?", (self.collection,)
            ).fetchall()
        self._remove([row[0] for row in keys])

    def delete_by_filter(self, filters: dict[str, Any]) -> int:
        """Remove the documents that pass; return how many."""
        return self._remove([key_of(d.id) for d in self._scan(filters)])

    def update_by_filter(self, filters: dict[str, Any], meta: dict[str, Any]) -> int:
        """Set these keys in the meta of the documents that pass, all or none; return how many."""
        with self._database.write() as (connection, generation):
            # Nobody else can write now, so what the scan reads is what is updated.
            found = list(self._scan(filters, vectors=True))
            for document in found:
                document.meta.update(meta)
            if found:
                writing = Writing(connection, self.collection, generation, self.dim).begin()
                writing.finish(removed=writing.put([row_of(d, self.dim, self.fields) for d in found]))
        return len(found)

    def close(self) -> None:
        """Give the files back."""
        self._snapshot = None
        if self._owns_database:
            self._database.close()

    def _remove(self, keys: list[int]) -> int:
        """Remove passages by key."""
        if not keys:
            return 0
        with self._database.write() as (connection, generation):
            writing = Writing(connection, self.collection, generation, self.dim).begin()
            count = writing.remove(keys)
            if count:
                writing.finish(removed=True)
        return count

    def _scan(self, filters: dict[str, Any] | None, *, vectors: bool = False) -> Iterator[Document]:
        """The documents that pass, in the order they were first written, read a page at a time."""
        condition = parse(filters, self.fields)
        join = "LEFT JOIN vectors v ON v.collection = p.collection AND v.key = p.key" if vectors else ""
        query = f"""SELECT p.ordinal, {"embedding" if vectors else "NULL"}, {_PREFIXED} FROM passages p {join}
                    WHERE p.collection = ? AND p.ordinal > ? ORDER BY p.ordinal LIMIT {_PAGE}"""
        last = 0
        while True:
            with self._database.read() as connection:
                rows = connection.execute(query, (self.collection, last)).fetchall()
            for ordinal, embedding, *row in rows:
                document = document_of(row, embedding, self.dim)
                if condition is None or passes(condition, document):
                    yield document
                last = ordinal
            if len(rows) < _PAGE:
                return


_PREFIXED = ", ".join(f"p.{name}" for name in ROW_COLUMNS.split(", "))
