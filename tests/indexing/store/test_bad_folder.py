"""Folders that cannot be used as they are: a Chinese message that says what to do, the record left whole."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.indexing.store.folders import fill, names_in, open_store, refusal
from tests.indexing.store.material import entry, lexical, search


@pytest.fixture
def home(tmp_path: Path) -> Path:
    fill(tmp_path / "home", "a", "b")
    return tmp_path / "home"


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "home"
    file.write_text("notes", encoding="utf-8")
    assert "是一个文件" in refusal(lambda: open_store(file))
    assert "QIANCHE_HOME" in refusal(lambda: open_store(file / "deeper"))
    assert file.read_text(encoding="utf-8") == "notes"


def test_a_record_that_is_no_database(home: Path) -> None:
    (home / "record.db").write_bytes(b"minutes of a meeting " * 400)
    message = refusal(lambda: open_store(home))
    assert "已损坏" in message and "qianche restore" in message
    assert (home / "record.db").read_bytes() == b"minutes of a meeting " * 400


def test_a_record_that_is_empty_is_not_taken_for_a_new_one(home: Path) -> None:
    (home / "record.db").write_bytes(b"")
    assert "为空" in refusal(lambda: open_store(home))


def test_an_empty_record_with_a_log_is_left_to_be_saved(home: Path) -> None:
    (home / "record.db").write_bytes(b"")
    (home / "record.db-wal").write_bytes(b"what is left")
    assert "为空" in refusal(lambda: open_store(home))
    assert (home / "record.db-wal").read_bytes() == b"what is left"


def test_a_record_with_damaged_pages(home: Path) -> None:
    data = bytearray((home / "record.db").read_bytes())
    for page in range(4096, len(data), 4096):
        data[page : page + 200] = b"\xff" * 200
    (home / "record.db").write_bytes(data)

    def use() -> None:
        store = open_store(home)
        store.get_record("cases", "a")

    assert "已损坏" in refusal(use)
    assert (home / "record.db").read_bytes() == data


def test_somebody_elses_database(tmp_path: Path) -> None:
    tmp_path.joinpath("home").mkdir()
    with sqlite3.connect(tmp_path / "home" / "record.db") as other:
        other.execute("CREATE TABLE bills (amount)")
    other.close()
    before = (tmp_path / "home" / "record.db").read_bytes()
    assert "不是前车的资料库" in refusal(lambda: open_store(tmp_path / "home"))
    assert (tmp_path / "home" / "record.db").read_bytes() == before


def test_a_record_of_a_newer_version(home: Path) -> None:
    with sqlite3.connect(home / "record.db") as record:
        record.execute("PRAGMA user_version = 99")
    record.close()
    message = refusal(lambda: open_store(home))
    assert "格式 99" in message and "请升级" in message


def test_an_index_of_another_version_is_made_anew(home: Path) -> None:
    (folder,) = [p for p in (home / "index" / "cases").iterdir() if p.is_dir()]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["settings"]["format"] = 99
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    store = open_store(home)
    assert len(search(store.collection("cases").snapshot(), lexical("gas"))) == 2
    (folder,) = [p for p in (home / "index" / "cases").iterdir() if p.is_dir()]
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["settings"]["format"] == 1


def test_vectors_of_another_size(home: Path) -> None:
    message = refusal(lambda: open_store(home, dim=16).collection("cases"))
    assert "8 维" in message and "16 维" in message
    assert "8 维" in refusal(lambda: open_store(home, dim=16).write_records([entry("c")]))
    assert names_in(home) == ["a", "b"]


def test_a_second_writer_is_told_who_writes(home: Path) -> None:
    first, second = open_store(home), open_store(home)
    with first._database.write() as (connection, _):
        connection.execute("DELETE FROM records")
        message = refusal(lambda: second.write_records([entry("c")]))
        assert f"进程号 {os.getpid()}" in message and "重试" in message
        assert second.get_record("cases", "a") is not None
        assert len(search(second.collection("cases").snapshot(), lexical("gas"))) == 2
    assert second.write_records([entry("c")]) == 1
    assert [name for name, _ in first.iter_records("cases")] == ["c"]


def test_a_writer_that_was_killed_leaves_no_lock(home: Path) -> None:
    code = """
import os, sys
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore
store = EmbeddedKnowledgeStore(sys.argv[1], 8, analyze=str.split)
with store._database.write() as (connection, _):
    connection.execute("DELETE FROM records")
    os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", code, str(home)], check=False)
    store = open_store(home)
    assert store.write_records([entry("c")]) == 1
    assert [name for name, _ in store.iter_records("cases")] == ["a", "b", "c"]


_SMALL_DISK = """
import resource, sys
from qianche.corpus.errors import StoreError
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore
from qianche.indexing.store.protocol import LexicalLeg
sys.path.insert(0, sys.argv[2])
from tests.indexing.store.material import axis, entry, passage

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def big(name, size):
    return entry(name, passage(f"{name}#1", "gas " * 9, vector=axis(0)), filler="x" * size)

def hits(store):
    leg = LexicalLeg((("gas", 1.0),))
    (found,) = store.collection("cases").snapshot().retrieve([leg], filters=None, depth=10)
    return len(found)

store = EmbeddedKnowledgeStore(sys.argv[1], 8, analyze=str.split)
store.write_records([big("a", 10)])
print("before", hits(store))
limit(300_000)
for attempt in range(2):
    try:
        store.write_records([big("b", 10), big("c", 2_000_000)])
    except StoreError as error:
        print(error.message)
print("during", [name for name, _ in store.iter_records("cases")], hits(store))
store.write_records([big("d", 10)])
limit(200)
print("without room for an index", hits(store))
limit(resource.RLIM_INFINITY)
store.write_records([big("e", 2_000_000)])
print("after", [name for name, _ in store.iter_records("cases")], hits(store))
"""


def test_a_full_disk_undoes_the_write_and_goes_on_reading(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    run = subprocess.run(
        [sys.executable, "-c", _SMALL_DISK, str(tmp_path), str(root)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == "before 1"
    assert lines[1] == lines[2]
    assert "磁盘已满" in lines[1] and "请腾出空间" in lines[1]
    assert lines[3] == "during ['a'] 1"
    assert lines[4] == "without room for an index 2"
    assert lines[5] == "after ['a', 'd', 'e'] 3"
    with sqlite3.connect(tmp_path / "record.db") as record:
        assert record.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    record.close()
