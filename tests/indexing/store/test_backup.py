"""Backup and restore: everything comes back, a bad backup changes nothing, a broken record is moved aside."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.indexing.store.folders import fill, names_in, open_store, refusal
from tests.indexing.store.material import DIM, answers, axis, entry, lexical, passage, search

from qianche.indexing.store.embedded import EmbeddedDocumentStore, EmbeddedKnowledgeStore, restore
from qianche.indexing.store.protocol import key_of


def test_backup_and_restore_bring_everything_back(tmp_path: Path) -> None:
    store = EmbeddedKnowledgeStore(tmp_path / "home", DIM, analyze=str.split)
    documents = [passage("a#1", "gas", vector=axis(0), sector="煤矿"), passage("a#2", "dust")]
    store.write_records([entry("a", *documents, name="甲")])
    store.set_state({"model": "e5"})
    before = answers(store.collection("cases"), documents)
    pages: list[tuple[int, int]] = []
    store.backup_to(tmp_path / "backup.db", lambda done, total: pages.append((done, total)))
    assert pages[-1][0] == pages[-1][1] > 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backup.db", "home"]

    store.write_records([entry("b", passage("b#1", "coal"))])
    store.delete_records("cases", ["a"])
    old = store.collection("cases").snapshot()
    store.restore_from(tmp_path / "backup.db")
    assert [i for i, _ in store.iter_records("cases")] == ["a"]
    assert store.get_state("model") == "e5"
    assert answers(store.collection("cases"), documents) == before
    assert store.collection("cases").snapshot().generation > old.generation
    assert search(old, lexical("coal")).keys.tolist() == [key_of("b#1")]

    other = EmbeddedKnowledgeStore(tmp_path / "elsewhere", DIM, analyze=str.split)
    other.restore_from(tmp_path / "backup.db")
    assert answers(other.collection("cases"), documents) == before


@pytest.fixture
def home(tmp_path: Path) -> Path:
    fill(tmp_path / "home", "a", "b")
    return tmp_path / "home"


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    store = open_store(home)
    store.backup_to(tmp_path / "backup.db")
    store.close()
    return tmp_path / "backup.db"


def test_a_bad_backup_changes_nothing(home: Path, backup: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_bytes(b"no backup " * 1000)
    broken = tmp_path / "broken.db"
    data = bytearray(backup.read_bytes())
    for page in range(8192, len(data), 4096):
        data[page : page + 300] = b"\xff" * 300
    broken.write_bytes(data)
    newer = tmp_path / "newer.db"
    shutil.copyfile(backup, newer)
    with sqlite3.connect(newer) as record:
        record.execute("PRAGMA user_version = 99")
    record.close()
    other = open_store(tmp_path / "other", dim=16)
    other.write_records([entry("z")])
    other.backup_to(tmp_path / "other.db")

    store = open_store(home)
    for file, said in [
        (tmp_path / "no.db", "找不到"),
        (text, "不是前车的备份"),
        (broken, "已损坏"),
        (newer, "请升级"),
        (tmp_path / "other.db", "16 维"),
    ]:
        assert said in refusal(lambda file=file: store.restore_from(file))  # type: ignore[misc]
    assert [name for name, _ in store.iter_records("cases")] == ["a", "b"]
    assert not [p for p in home.iterdir() if ".part-" in p.name]


def test_a_backup_that_cannot_be_written_leaves_the_old_one(home: Path, backup: Path, tmp_path: Path) -> None:
    store = open_store(home)
    assert "不存在" in refusal(lambda: store.backup_to(tmp_path / "no" / "backup.db"))
    (tmp_path / "folder").mkdir()
    assert refusal(lambda: store.backup_to(tmp_path / "folder"))
    assert backup.stat().st_size


@pytest.mark.parametrize("harm", ["text", "empty", "pages", "newer"])
def test_a_backup_is_restored_over_a_broken_record(home: Path, backup: Path, harm: str) -> None:
    record = home / "record.db"
    data = bytearray(record.read_bytes())
    if harm == "text":
        data = bytearray(b"minutes of a meeting " * 400)
    elif harm == "empty":
        data = bytearray()
    elif harm == "newer":
        data[60:64] = (99).to_bytes(4, "big")  # user_version in the file's header
    else:
        for page in range(4096, len(data), 4096):
            data[page : page + 200] = b"\xff" * 200
    record.write_bytes(data)
    restore(home, backup)
    assert names_in(home) == ["a", "b"]
    (aside,) = home.glob("record.db.broken-????????")
    assert aside.read_bytes() == data
    store = EmbeddedDocumentStore(home, "cases", DIM, analyze=str.split)
    assert len(search(store.snapshot(), lexical("gas"))) == 2


def test_a_backup_is_restored_into_a_new_folder(backup: Path, tmp_path: Path) -> None:
    restore(tmp_path / "new", backup)
    assert names_in(tmp_path / "new") == ["a", "b"]
    assert not list((tmp_path / "new").glob("*broken*"))
