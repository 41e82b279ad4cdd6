"""Fixture policy: small, hand-readable inputs written for this project; no network, no sleep, fixed seeds.

`knowledge_base` is the exception: the real bundled data, built once a session. Vectors are made for all cases and
for the safety scope (some 6,000 passages, a minute or two on two cores), not for the rest of the statutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qianche.indexing.documents import CASES, DENSE, RULES
from qianche.indexing.embedding import load_default_embedder
from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.open import open_knowledge_base


@pytest.fixture(scope="session")
def knowledge_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalKnowledgeBase]:
    """The bundled knowledge base with the default model."""
    home: Path = tmp_path_factory.mktemp("knowledge-base")
    base = open_knowledge_base(home, threads=2)
    base.build_records()
    embedder = load_default_embedder(home / "models", threads=2)
    base.store.set_state({"model": embedder.identity})
    core = {"field": "meta.core", "operator": "==", "value": True}
    for collection, filters in ((CASES, None), (RULES, core)):
        documents = [d for d in base.store.collection(collection).filter_documents(filters) if d.meta[DENSE]]
        vectors = embedder.embed_passages([document.meta[DENSE] for document in documents])
        base.store.add_vectors(collection, [document.id for document in documents], vectors)
    yield base
    base.close()
