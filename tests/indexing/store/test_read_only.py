"""Folders that can only be read, or not even that, seen by an account that is not root."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.indexing.store.folders import fill, open_store
from tests.indexing.store.material import axis, entry, passage

_AS_NOBODY = """
import json, os, shutil, sys, tempfile
import numpy
from qianche.corpus.errors import StoreError
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore
from qianche.indexing.store.protocol import LexicalLeg, RecordEntry, VectorLeg

def show(home):
    said = []
    try:
        store = EmbeddedKnowledgeStore(home, 8, analyze=str.split)
        said.append([name for name, _ in store.iter_records("cases")])
        vector = numpy.eye(8, dtype=numpy.float32)[0]
        legs = [LexicalLeg((("gas", 1.0),)), VectorLeg(vector)]
        for _ in range(2):
            snapshot = store.collection("cases").snapshot()
            said.append([len(h) for h in snapshot.retrieve(legs, filters=None, depth=10)])
        said.append(store.read_only)
        store.write_records([RecordEntry("cases", "new", {}, ())])
    except StoreError as error:
        said.append(error.message)
    return said

warm = tempfile.mkdtemp()  # loads all there is to load: nobody may be kept out of the interpreter's folder
show(warm), show(warm)
shutil.rmtree(warm)
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
print(json.dumps({home: show(home) for home in sys.argv[1:]}))
"""


def close_to_writing(home: Path) -> None:
    """Take the right to write from everybody."""
    for path in [*home.rglob("*"), home]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def listing(home: Path) -> list[str]:
    """All files of a folder."""
    return sorted(p.relative_to(home).as_posix() for p in home.rglob("*"))


@pytest.fixture(scope="module")
def seen_by_nobody() -> Iterator[dict[str, list[object]]]:
    """What a process without rights sees of folders prepared in several ways (closed are pytest's own)."""
    public = Path(tempfile.mkdtemp())
    public.chmod(0o755)
    fill(public / "ready", "a", "b")
    fill(public / "stale", "a")
    fill(public / "stale", "b", index=False)
    fill(public / "bare", "a", index=False)
    writer = open_store(public / "live")
    writer.write_records([entry("a", passage("a#1", "gas", vector=axis(0)))])
    assert (public / "live" / "record.db-wal").stat().st_size
    (public / "cut").mkdir()
    for name in ("record.db", "record.db-wal"):
        shutil.copyfile(public / "live" / name, public / "cut" / name)
    (public / "empty").mkdir()
    fill(public / "record", "a")
    fill(public / "shut", "a")
    (public / "parent").mkdir()
    for name in ("ready", "stale", "bare", "live", "cut", "empty", "parent"):
        close_to_writing(public / name)
    (public / "record" / "record.db").chmod(0o000)
    (public / "shut").chmod(0o000)
    before = listing(public / "ready")
    homes = {p.name: str(p) for p in public.iterdir()} | {"parent": str(public / "parent" / "home")}
    run = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, *homes.values()], capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    yield {name: said[home] for name, home in homes.items()} | {
        "ready before": before,
        "ready after": listing(public / "ready"),
    }
    for path in [public, *public.iterdir(), *public.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(public)


def test_a_read_only_folder_is_searched_and_not_written(seen_by_nobody: dict[str, list[object]]) -> None:
    *seen, refused = seen_by_nobody["ready"]
    assert seen == [["a", "b"], [2, 2], [2, 2], True]
    assert "只读，不能写入" in str(refused) and "QIANCHE_HOME" in str(refused)
    assert seen_by_nobody["ready after"] == seen_by_nobody["ready before"]


def test_a_read_only_folder_with_an_old_index_is_searched_in_memory(
    seen_by_nobody: dict[str, list[object]],
) -> None:
    assert seen_by_nobody["stale"][:4] == [["a", "b"], [2, 2], [2, 2], True]


def test_a_read_only_folder_without_an_index_is_searched_in_memory(
    seen_by_nobody: dict[str, list[object]],
) -> None:
    assert seen_by_nobody["bare"][:4] == [["a"], [1, 1], [1, 1], True]


def test_a_read_only_folder_beside_a_living_writer_is_searched(
    seen_by_nobody: dict[str, list[object]],
) -> None:
    assert seen_by_nobody["live"][:4] == [["a"], [1, 1], [1, 1], True]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cut", "尚未并入资料库"),
        ("empty", "只读，且其中还没有资料库"),
        ("record", "没有权限"),
        ("shut", "没有权限"),
        ("parent", "没有权限"),
    ],
)
def test_a_folder_out_of_reach_says_what_to_do(
    seen_by_nobody: dict[str, list[object]], name: str, said: str
) -> None:
    (message,) = seen_by_nobody[name]
    assert said in str(message) and str(message).endswith("。")
