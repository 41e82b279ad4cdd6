"""The store contract on the embedded store, and what only this one has: own files, catching up, threads."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from haystack.core.serialization_security import allow_deserialization_module
from haystack.dataclasses import Document
from haystack.document_stores.types import DuplicatePolicy
from hypothesis import given, settings
from tests.indexing.store import trees
from tests.indexing.store.contract import PassageContract
from tests.indexing.store.contract_records import KnowledgeContract
from tests.indexing.store.material import (
    DIM,
    answers,
    axis,
    bm25,
    dense,
    ids,
    lexical,
    passage,
    random_passages,
    search,
)  # fmt: skip

from qianche.indexing.store.embedded import EmbeddedDocumentStore, EmbeddedKnowledgeStore
from qianche.indexing.store.filters import matches
from qianche.indexing.store.protocol import KnowledgeStore, PassageStore, key_of


def words(text: str) -> list[str]:
    """The stand-in analyzer: words between spaces."""
    return text.split()


def other_words(text: str) -> list[str]:
    """Another analyzer: the same words, backwards."""
    return [w[::-1] for w in text.split()]


allow_deserialization_module("tests.indexing.store.test_embedded_contract")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedDocumentStore]:
    store = EmbeddedDocumentStore(tmp_path, "cases", DIM, analyze=words)
    yield store
    store.close()


def open_again(store: EmbeddedDocumentStore, **changes: Any) -> EmbeddedDocumentStore:
    """Another store on the same folder, as another process has it."""
    return EmbeddedDocumentStore(store.path, "cases", **{"dim": DIM, "analyze": words, **changes})


class TestEmbeddedPassages(PassageContract):
    @pytest.fixture
    def passages(self, store: EmbeddedDocumentStore) -> PassageStore:
        return store


class TestEmbeddedKnowledge(KnowledgeContract):
    @pytest.fixture
    def knowledge(self, tmp_path: Path) -> Iterator[KnowledgeStore]:
        knowledge = EmbeddedKnowledgeStore(tmp_path, DIM, analyze=words)
        yield knowledge
        knowledge.close()


def test_the_store_passes_what_the_reference_evaluator_passes(store: EmbeddedDocumentStore) -> None:
    @settings(max_examples=25, deadline=None)
    @given(trees.documents(least=4), trees.filters())
    def holds(documents: list[Document], filters: dict[str, Any]) -> None:
        store.delete_all_documents()
        store.write_documents(documents)
        expected = [d.id for d in documents if matches(filters, d)]
        snapshot = store.snapshot()
        assert sorted(ids(search(snapshot, lexical("pump"), filters=filters), documents)) == sorted(expected)
        assert snapshot.count(filters) == len(expected)
        assert [d.id for d in store.filter_documents(filters)] == expected

    holds()


def test_catching_up_step_by_step_ends_where_building_at_once_does(
    store: EmbeddedDocumentStore, tmp_path: Path
) -> None:
    chance = random.Random(11)
    fresh = random_passages(120, seed=12)
    held: dict[str, Document] = {}
    for step in range(8):
        batch = chance.sample(fresh, 15)
        store.write_documents(batch, DuplicatePolicy.OVERWRITE)
        held |= {d.id: d for d in batch}
        gone = chance.sample(sorted(held), 3)
        store.delete_documents(gone)
        for name in gone:
            del held[name]
        if step % 2:
            store.snapshot()
    documents = list(held.values())
    at_once = EmbeddedDocumentStore(tmp_path / "other", "cases", DIM, analyze=words)
    at_once.write_documents(documents)
    assert answers(store, documents) == answers(at_once, documents)
    assert answers(open_again(store), documents) == answers(at_once, documents)


def test_only_what_changed_is_analyzed_again(tmp_path: Path) -> None:
    seen: list[str] = []

    def counting(text: str) -> list[str]:
        seen.append(text)
        return text.split()

    store = EmbeddedDocumentStore(tmp_path, "cases", DIM, analyze=counting)
    store.write_documents([passage(f"a{i}#1", f"valve w{i}") for i in range(50)])
    store.snapshot()
    seen.clear()
    store.write_documents([passage("new#1", "gas")])
    hits = search(store.snapshot(), lexical("valve", "gas"))
    assert seen == ["gas"]
    assert len(hits) == 51


def test_a_deletion_leaves_no_trace_in_the_statistics(store: EmbeddedDocumentStore) -> None:
    documents = random_passages(60, seed=4)
    store.write_documents(documents)
    store.snapshot()
    store.delete_documents([d.id for d in documents[:20]])
    hits = search(store.snapshot(), lexical("valve", "gas"))
    expected = bm25(documents[20:], [("valve", 1.0), ("gas", 1.0)])
    got = dict(zip(ids(hits, documents), hits.scores.tolist(), strict=True))
    assert got == pytest.approx(expected, rel=1e-5)


def folders(store: EmbeddedDocumentStore) -> list[Path]:
    """The finished states on the disk, oldest first."""
    return sorted(p for p in (store.path / "index" / "cases").iterdir() if p.is_dir())


def test_states_that_nobody_can_come_for_are_removed(store: EmbeddedDocumentStore) -> None:
    for i in range(6):
        store.write_documents([passage(f"a{i}#1", vector=axis(i))])
        store.snapshot()
    assert len(folders(store)) == 2
    assert len(list((store.path / "index" / "cases").glob("*.f32"))) == 1


@pytest.mark.parametrize(
    "victim", ["columns.npz", "manifest.json", "lexical/meta.json", "segment", "vectors"]
)
@pytest.mark.parametrize("harm", ["removed", "cut", "flipped"])
def test_a_damaged_state_is_made_anew_from_the_record(
    store: EmbeddedDocumentStore, victim: str, harm: str
) -> None:
    documents = random_passages(30, seed=5)
    store.write_documents(documents)
    expected = answers(store, documents)
    store.close()
    (folder,) = folders(store)
    file = {
        "segment": next(folder.glob("lexical/*.idx")),
        "vectors": next(folder.parent.glob("*.f32")),
    }.get(victim, folder / victim)
    data = bytearray(file.read_bytes())
    file.unlink()
    if harm == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif harm == "flipped":
        data[len(data) // 2] ^= 0xFF
        file.write_bytes(data)
    assert answers(open_again(store), documents) == expected


def test_another_analyzer_makes_the_index_anew(store: EmbeddedDocumentStore) -> None:
    store.write_documents([passage("a#1", "gas")])
    assert len(search(store.snapshot(), lexical("gas"))) == 1
    backwards = open_again(store, analyze=other_words)
    assert len(search(backwards.snapshot(), lexical("gas"))) == 0
    assert len(search(backwards.snapshot(), lexical("sag"))) == 1


def test_an_older_copy_of_the_record_does_not_meet_the_newer_index(tmp_path: Path) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy"

    def write(identifier: str, text: str) -> None:
        store = EmbeddedDocumentStore(home, "cases", DIM, analyze=words)
        store.write_documents([passage(identifier, text, vector=axis(1))])
        store.snapshot()
        store.close()

    write("a#1", "gas")
    shutil.copytree(home, copy)
    write("lost#1", "dust")
    shutil.copyfile(copy / "record.db", home / "record.db")
    write("b#1", "coal")  # the same number of writes as with lost#1
    store = EmbeddedDocumentStore(home, "cases", DIM, analyze=words)
    snapshot = store.snapshot()
    assert [len(search(snapshot, lexical(t))) for t in ("gas", "dust", "coal")] == [1, 0, 1]
    assert len(search(snapshot, dense(axis(1)))) == 2


def test_a_missing_index_is_made_again_while_the_store_is_open(store: EmbeddedDocumentStore) -> None:
    store.write_documents([passage("a#1", "gas")])
    store.snapshot()
    shutil.rmtree(store.path / "index")
    store.write_documents([passage("b#1", "gas")])
    assert len(search(store.snapshot(), lexical("gas"))) == 2
    assert len(folders(store)) == 1


def test_a_second_store_sees_the_writes_of_the_first(store: EmbeddedDocumentStore) -> None:
    second = open_again(store)
    for i in range(4):
        store.write_documents([passage(f"a{i}#1", "gas", vector=axis(i))])
        snapshot = second.snapshot()
        assert len(search(snapshot, lexical("gas"))) == i + 1
        assert len(search(snapshot, dense(axis(0)))) == i + 1
        second.write_documents([passage(f"b{i}#1", "dust")])
        assert len(search(store.snapshot(), lexical("dust"))) == i + 1


_READER = """
import sys
from qianche.indexing.store.embedded import EmbeddedDocumentStore
from qianche.indexing.store.protocol import LexicalLeg

store = EmbeddedDocumentStore(sys.argv[1], "cases", 8, analyze=str.split)
seen = 0
while seen < 40:
    (hits,) = store.snapshot().retrieve([LexicalLeg((("gas", 1.0),))], filters=None, depth=100)
    assert len(hits) >= seen and len(hits) % 2 == 0, (len(hits), seen)
    seen = len(hits)
print(seen)
"""


def test_other_processes_read_whole_generations_while_one_writes(tmp_path: Path) -> None:
    store = EmbeddedDocumentStore(tmp_path, "cases", 8, analyze=str.split)
    readers = [
        subprocess.Popen([sys.executable, "-c", _READER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for i in range(20):
        store.write_documents([passage(f"a{i}#1", "gas", vector=axis(1)), passage(f"a{i}#2", "gas")])
        store.snapshot()
    for reader in readers:
        out, _ = reader.communicate(timeout=60)
        assert (reader.returncode, out.strip()) == (0, "40")


def test_threads_read_while_others_write(store: EmbeddedDocumentStore) -> None:
    errors: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(40):
                snapshot = store.snapshot()
                lexical_hits, dense_hits = snapshot.retrieve(
                    [lexical("gas"), dense(axis(0))],
                    filters={"field": "deaths", "operator": ">", "value": 0},
                    depth=50,
                )
                assert len(lexical_hits) == len(dense_hits)
                assert len(snapshot.fetch(lexical_hits.keys.tolist())) == len(lexical_hits)
        except BaseException as error:
            errors.append(error)

    def write(name: str) -> None:
        try:
            for i in range(8):
                store.write_documents([passage(f"{name}{i}#1", "gas", vector=axis(0), deaths=i % 2)])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    threads += [threading.Thread(target=write, args=(n,)) for n in "xy"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert store.count_documents() == 16


def test_the_log_stays_short_while_writes_and_searches_take_turns(store: EmbeddedDocumentStore) -> None:
    log = store.path / "record.db-wal"
    longest = 0
    for i in range(60):
        store.write_documents([passage(f"a{i}#1", "gas", note="x" * 400_000)])
        store.snapshot()
        longest = max(longest, log.stat().st_size)
    assert (store.path / "record.db").stat().st_size > 16_000_000
    assert longest < 16_000_000


def test_the_snapshot_is_the_same_object_while_nothing_is_written(store: EmbeddedDocumentStore) -> None:
    store.write_documents([passage("a#1")])
    assert store.snapshot() is store.snapshot()


def test_progress_is_told_while_indexing(store: EmbeddedDocumentStore) -> None:
    store.write_documents([passage(f"a{i}#1") for i in range(300)])
    told: list[tuple[int, int]] = []
    store.snapshot(lambda done, total: told.append((done, total)))
    assert told == [(0, 300), (256, 300), (300, 300)]


def test_vectors_come_back_to_the_last_bit(store: EmbeddedDocumentStore) -> None:
    double = [0.1, 0.2, 0.3, 1e-9, -0.7, 0.5, 0.25, 1e30]
    single = [float(np.float32(x)) for x in double]
    store.write_documents([passage("d#1", vector=double), passage("s#1", vector=single)])
    assert [d.embedding for d in store.filter_documents()] == [double, single]


def test_the_projects_own_terms_are_the_default(tmp_path: Path) -> None:
    store = EmbeddedDocumentStore(tmp_path, "cases", DIM)
    store.write_documents([passage("a#1", "反應釜檢修時動火"), passage("b#1", "塔吊倾覆")])
    snapshot = store.snapshot()
    assert search(snapshot, lexical("反应", "动火")).keys.tolist() == [key_of("a#1")]
    assert search(snapshot, lexical("塔吊")).keys.tolist() == [key_of("b#1")]
    described = store.to_dict()
    assert described["init_parameters"]["analyze"] is None
    assert EmbeddedDocumentStore.from_dict(described).to_dict() == described


def test_a_store_with_its_own_analyzer_describes_it(store: EmbeddedDocumentStore) -> None:
    described = store.to_dict()["init_parameters"]
    assert described["path"] == str(store.path)
    assert (described["collection"], described["dim"]) == ("cases", DIM)
    assert described["analyze"].endswith("words")
