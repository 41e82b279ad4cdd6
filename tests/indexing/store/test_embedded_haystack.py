"""Haystack's own document-store tests on the embedded store; overridden is only what raises by design."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from haystack.dataclasses import Document
from haystack.document_stores.errors import DuplicateDocumentError
from haystack.testing import document_store as haystack_tests

from qianche.indexing.store.embedded import EmbeddedDocumentStore


class TestEmbeddedDocumentStore(
    haystack_tests.DocumentStoreBaseExtendedTests,
    haystack_tests.CountDocumentsByFilterTest,
    haystack_tests.CountUniqueMetadataByFilterTest,
    haystack_tests.GetMetadataFieldsInfoTest,
    haystack_tests.GetMetadataFieldMinMaxTest,
    haystack_tests.GetMetadataFieldUniqueValuesTest,
):
    # Haystack's two tests of a parameter that this store has no use for (they would only skip).
    test_delete_all_documents_with_recreate_index = None
    test_delete_all_documents_without_recreate_index = None

    @pytest.fixture
    def document_store(self, tmp_path: Path) -> Iterator[EmbeddedDocumentStore]:
        store = EmbeddedDocumentStore(tmp_path, "cases", dim=768)
        yield store
        store.close()

    def test_write_documents(self, document_store: EmbeddedDocumentStore) -> None:
        document = Document(id="1", content="焊工在油罐顶部动火")
        assert document_store.write_documents([document]) == 1
        with pytest.raises(DuplicateDocumentError):
            document_store.write_documents([document])
        assert document_store.filter_documents() == [document]
