"""What is left of the record when the process or the machine goes down in the middle of a write.

The first test kills the writer 20 times at random moments: no acknowledged record may be missing, none half.
The last stands in for a machine that lost power: of the write-ahead log, only what was synced when a write
was acknowledged is kept, and after it nothing, a part, or rubbish. It shows that an acknowledged write needs
no byte written after its acknowledgement, and that a torn tail is never taken for a write. It does not show
that system and disk do write when told to sync (that they are told, `synchronous=FULL` says), nor a loss of
power while SQLite merges the log into the record.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from haystack.dataclasses import Document

from qianche.indexing.documents import PART, RECORD_ID
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore
from qianche.indexing.store.protocol import RecordEntry

DIM = 8
SCRIPT = Path(__file__).with_name("crash_writer.py")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 needs fork")
def test_a_killed_writer_loses_no_acknowledged_record_and_leaves_no_half(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path), "20", "4"], capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr
    rounds = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(rounds) == 20
    assert all(r["found"] >= r["acknowledged"] for r in rounds)


def test_every_connection_that_writes_syncs_every_commit(tmp_path: Path) -> None:
    store = EmbeddedKnowledgeStore(tmp_path, DIM, analyze=str.split)
    connection = store._database.writing_connection()
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection is store._database.writing_connection()


def entry(number: int) -> RecordEntry:
    """A record of two passages with vectors that all carry its number."""
    passages = tuple(
        Document(
            id=f"r{number}#{i}",
            content=f"gas {number}",
            meta={RECORD_ID: f"r{number}", PART: "whole"},
            embedding=[float(number + 1)] * DIM,
        )
        for i in range(2)
    )
    return RecordEntry("cases", f"r{number}", {"number": number}, passages)


def held(home: Path) -> list[int]:
    """The numbers of the records in a folder, after checking that each is whole."""
    store = EmbeddedKnowledgeStore(home, DIM, analyze=str.split)
    with store._database.read() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    numbers = sorted(payload["number"] for _, payload in store.iter_records("cases"))
    documents = store.collection("cases").filter_documents()
    assert sorted(d.id for d in documents) == sorted(f"r{n}#{i}" for n in numbers for i in range(2))
    assert all(d.embedding == [float(int(d.id[1 : d.id.index("#")]) + 1)] * DIM for d in documents)
    store.close()
    return numbers


def test_writes_that_were_not_synced_are_dropped_whole_and_the_synced_kept(tmp_path: Path) -> None:
    home = tmp_path / "home"
    store = EmbeddedKnowledgeStore(home, DIM, analyze=str.split)
    log = home / "record.db-wal"
    synced: list[int] = []
    """Size of the log when write n was acknowledged: what a commit under synchronous=FULL has synced."""
    for number in range(12):
        store.write_records([entry(number)])
        synced.append(log.stat().st_size)
    assert synced == sorted(set(synced)), "the log was restarted; make the writes smaller"
    record, whole = (home / "record.db").read_bytes(), log.read_bytes()

    chance = random.Random(9)
    for cut in [
        *synced,
        *(s + 1 for s in synced[:-1]),
        *(chance.randint(synced[0], len(whole)) for _ in range(16)),
    ]:
        for tail in (b"", chance.randbytes(5000), bytes(5000)):
            broken = tmp_path / "broken"
            broken.mkdir()
            (broken / "record.db").write_bytes(record)
            (broken / "record.db-wal").write_bytes(whole[:cut] + tail)
            acknowledged = [n for n, size in enumerate(synced) if size <= cut]
            assert held(broken) == acknowledged
            shutil.rmtree(broken)
    store.close()
