"""The embedded store: SQLite is the record; columns, a tantivy index and a vector matrix derive from it."""

from __future__ import annotations

from qianche.indexing.store.embedded.backup import restore
from qianche.indexing.store.embedded.knowledge import EmbeddedKnowledgeStore
from qianche.indexing.store.embedded.passages import EmbeddedDocumentStore
from qianche.indexing.store.embedded.snapshot import EmbeddedSnapshot

__all__ = ["EmbeddedDocumentStore", "EmbeddedKnowledgeStore", "EmbeddedSnapshot", "restore"]
