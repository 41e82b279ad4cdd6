"""The store's part in imports: several collections, and removals, in one write."""

from __future__ import annotations

import pytest
from haystack.dataclasses import Document
from tests.indexing.importing.conftest import Bench

from qianche.corpus.errors import BadRequest
from qianche.indexing.documents import ACCOUNTS, CASES, PART, RECORD_ID, SOURCES
from qianche.indexing.store.protocol import RecordEntry


def entry(collection: str, record_id: str, *texts: str) -> RecordEntry:
    """A record with a passage for each text."""
    passages = tuple(
        Document(id=f"{record_id}#{n}", content=text, meta={RECORD_ID: record_id, PART: "whole"})
        for n, text in enumerate(texts)
    )
    return RecordEntry(collection, record_id, {"id": record_id}, passages)


def test_records_are_written_and_removed_in_one_write(bench: Bench) -> None:
    bench.store.write_records([entry(CASES, "old", "粉尘"), entry(SOURCES, "s")])
    before = bench.store.collection(CASES).snapshot().generation
    new = [entry(CASES, "new", "火花"), entry(ACCOUNTS, "a")]
    bench.store.write_records(new, remove=[(CASES, "old"), (SOURCES, "s"), (SOURCES, "not there")])
    assert bench.store.collection(CASES).snapshot().generation == before + 1
    assert bench.store.get_record(CASES, "old") is None and bench.store.get_record(SOURCES, "s") is None
    assert bench.passages("old") == [] and bench.passages("new") == ["火花"]
    assert bench.store.get_record(ACCOUNTS, "a") == {"id": "a"}


def test_a_record_removed_and_written_in_one_write_is_there(bench: Bench) -> None:
    bench.store.write_records([entry(CASES, "old", "粉尘", "积灰")])
    bench.store.write_records([entry(CASES, "old", "火花")], remove=[(CASES, "old")])
    assert bench.passages("old") == ["火花"]


def test_a_refused_record_removes_nothing(bench: Bench) -> None:
    bench.store.write_records([entry(CASES, "old", "粉尘")])
    with pytest.raises(BadRequest):
        bench.store.write_records(
            [entry(SOURCES, "s"), entry("nowhere", "x", "带段落")], remove=[(CASES, "old")]
        )
    assert bench.passages("old") == ["粉尘"]
    assert bench.store.get_record(SOURCES, "s") is None
