"""Run by `test_crash`: writers that never end, each killed at a random moment, and a look at what they left.

`python crash_writer.py HOME ROUNDS SEED`: each round forks a writer, reads its acknowledgements, kills it
after a random number of them, and checks the folder. Prints one JSON line a round.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import time
from pathlib import Path

import numpy as np
from haystack.dataclasses import Document

from qianche.indexing.documents import PART, RECORD_ID
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore
from qianche.indexing.store.protocol import LexicalLeg, RecordEntry, VectorLeg

DIM = 16
PARTS = 12


def record(name: str, version: int) -> RecordEntry:
    """A record whose passages all carry the same version, so that half of one would show."""
    vector = [1.0, *[0.0] * (DIM - 1)]
    passages = tuple(
        Document(
            id=f"{name}#{i}",
            content=f"gas {name} v{version}",
            meta={RECORD_ID: name, PART: "whole", "deaths": version},
            embedding=vector,
        )
        for i in range(PARTS)
    )
    return RecordEntry("cases", name, {"version": version, "filler": "x" * 2000}, passages)


def write(home: Path, out: int, start: int) -> None:
    """Write and overwrite records, deriving now and then; after each acknowledged write send its number."""
    store = EmbeddedKnowledgeStore(home, DIM, analyze=str.split)
    connection = store._database.writing_connection()
    settings = [
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")
    ]
    assert settings == [2, "wal"], settings
    number = start
    while True:
        number += 1
        store.write_records([record(f"r{number % 40}", number)])
        os.write(out, number.to_bytes(8, "big"))
        if number % 7 == 0:
            store.collection("cases").snapshot()


def round_of(home: Path, start: int, kills_after: int, later: float) -> int:
    """Fork a writer, kill it `later` seconds after so many acknowledgements; return the last there was."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        try:
            write(home, write_end, start)
        finally:
            os._exit(3)
    os.close(write_end)
    last = start
    for _ in range(kills_after):
        message = os.read(read_end, 8)
        if len(message) < 8:
            break
        last = int.from_bytes(message, "big")
    moment = time.perf_counter() + later
    while time.perf_counter() < moment:  # into the middle of what the writer does next
        pass
    os.kill(child, signal.SIGKILL)
    while len(message := os.read(read_end, 8)) == 8:  # acknowledged while the kill was on its way
        last = int.from_bytes(message, "big")
    os.close(read_end)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"the writer ended by itself: {status}"
    return last


def check(home: Path, last: int) -> int:
    """Check the folder after a kill; return the last number in it."""
    store = EmbeddedKnowledgeStore(home, DIM, analyze=str.split)
    versions = {name: payload["version"] for name, payload in store.iter_records("cases")}
    newest = max(versions.values())
    assert newest in (last, last + 1), (newest, last)  # the write under way may be there, whole
    assert versions == {f"r{n % 40}": n for n in range(max(1, newest - 39), newest + 1)}
    expected = {f"r{n % 40}#{i}": n for n in versions.values() for i in range(PARTS)}
    documents = store.collection("cases").filter_documents()
    assert {d.id: d.meta["deaths"] for d in documents} == expected
    assert all(d.embedding is not None for d in documents)
    legs = [LexicalLeg((("gas", 1.0),)), VectorLeg(np.eye(DIM, dtype=np.float32)[0])]
    for hits in store.collection("cases").snapshot().retrieve(legs, filters=None, depth=1000):
        assert len(hits) == len(expected)
    fresh = LexicalLeg(((f"v{newest}", 1.0),))
    (hits,) = store.collection("cases").snapshot().retrieve([fresh], filters=None, depth=1000)
    assert len(hits) == PARTS
    store.close()
    found = sqlite3.connect(home / "record.db").execute("PRAGMA integrity_check").fetchone()[0]
    assert found == "ok", found
    return newest


def main() -> None:
    """Run the rounds."""
    home, rounds, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    newest = 0
    for _ in range(rounds):
        last = round_of(home, newest, chance.randint(1, 25), chance.uniform(0, 0.012))
        newest = check(home, last)
        print(json.dumps({"acknowledged": last, "found": newest}), flush=True)


if __name__ == "__main__":
    main()
