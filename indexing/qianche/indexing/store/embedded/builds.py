"""What is derived, on the disk: each state a folder of its own, made beside the others and renamed at last.

`index/<collection>/<generation>-<token>/` holds `lexical/`, `columns.npz` and `manifest.json` (what it was
made from and with, sizes and checksums). A folder is never changed once it has its name, so any number of
processes may read while one makes the next; unchanged tantivy segments are hard links to those of the folder
before. The vector matrix lies beside the folders and only grows (see `vectors`). Anything that is missing,
damaged, of another format, dictionary or tantivy, or of another generation is made anew from the record.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sqlite3
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

import numpy as np

from qianche.indexing.documents import FilterField
from qianche.indexing.store.embedded.columns import Column, Columns
from qianche.indexing.store.embedded.derive import (
    Changes,
    Progress,
    State,
    in_memory,
    too_dead,
    update_lexical,
    write_lexical,
)
from qianche.indexing.store.embedded.lexical import Analyze, Lexical, analyzer_mark
from qianche.indexing.store.embedded.locks import LockTimeoutError, held
from qianche.indexing.store.embedded.tables import Version, in_history
from qianche.indexing.store.embedded.vectors import Vectors, append_rows, checksum, map_rows

FORMAT = 1
"""Of the folders; another one is made anew."""
BUILD_TIMEOUT = 120.0
"""Seconds to wait for another process that is making the same state, before making one in memory."""
_NOTHING = np.empty(0, dtype=np.int64)
_log = logging.getLogger(__name__)

Manifest = Mapping[str, Any]


class Overtaken(Exception):
    """The disk already holds a newer state than the view: look again."""


class Builds:
    """The states of one collection on the disk.

    Args:
        home: the data folder.
        analyze: text to index terms; a state cut by another analyzer is made anew.
    """

    def __init__(
        self, home: Path, collection: str, dim: int, fields: Sequence[FilterField], analyze: Analyze
    ) -> None:
        self._folder = home / "index" / collection
        self._collection = collection
        self._dim = dim
        self._empty = Columns.empty(fields)
        self._analyze = analyze
        self._settings: dict[str, Any] = {
            "format": FORMAT,
            "tantivy": package_version("tantivy"),
            "dim": dim,
            "columns": list(self._empty.columns),
        }

    def obtain(
        self, connection: sqlite3.Connection, version: Version, previous: State | None,
        newest: Callable[[], Version], report: Progress | None,
    ) -> State:  # fmt: skip
        """Return the state at the version of the view: from the disk, brought up to date, or made in memory.

        Args:
            connection: the view, inside its read transaction.
            previous: the state this process used last.
            newest: the version of the record now, outside the view.

        Raises:
            Overtaken: another process has made a newer one meanwhile.
        """
        if "analyzer" not in self._settings:
            self._settings["analyzer"] = analyzer_mark(self._analyze)
        if (state := self._find(version, previous)) is not None:
            return state
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with held(self._folder / "build.lock", BUILD_TIMEOUT):
                if (state := self._find(version, previous)) is not None:
                    return state
                base = self._base(connection, version, previous, newest)
                try:
                    return self._make(connection, version, base, report)
                except (OSError, ValueError) as error:
                    if base is None:
                        raise
                    _log.warning("索引“%s”不能续建（%s），将从资料库重建。", self._folder, error)
                    return self._make(connection, version, None, report)
        except (OSError, ValueError, LockTimeoutError) as error:
            # A read-only folder, a full disk, somebody else stuck: the answers are the same, made in memory.
            _log.warning("索引目录“%s”不能写入（%s），改在内存中建立索引。", self._folder, error)
        everything = Changes(connection, self._collection, self._dim, 0)
        return in_memory(everything, version, self._empty, self._analyze, report)

    # -- reading ------------------------------------------------------------------------------------------

    def _find(self, version: Version, previous: State | None) -> State | None:
        """The state of this very version, if it is there and whole."""
        folder = self._folder / _name(version)
        manifest = self._manifest(folder)
        if manifest is None:
            return None
        try:
            return self._open(folder, manifest, previous)
        except (OSError, ValueError, KeyError, zlib.error) as error:
            _log.warning("索引“%s”不能使用（%s），将从资料库重建。", folder, error)
            return None

    def _manifest(self, folder: Path) -> Manifest | None:
        """What a folder was made from, None where it is not usable with our settings."""
        try:
            manifest = json.loads((folder / "manifest.json").read_bytes())
        except (OSError, ValueError):
            return None
        usable = isinstance(manifest, dict) and manifest.get("settings") == self._settings
        return manifest if usable else None

    def _open(self, folder: Path, manifest: Manifest, trusted: State | None, *, verify: bool = True) -> State:
        """The state in a folder; raises ValueError or OSError for one that is not whole."""
        if verify:
            for name, (size, crc) in manifest["files"].items():
                data = (folder / name).read_bytes()
                if len(data) != size or zlib.crc32(data) != crc:
                    raise ValueError(f"{name}: checksum")
        columns, slots = _load_columns(folder / "columns.npz")
        file, rows, crc = manifest["vectors"]
        matrix = map_rows(self._folder / file, rows, self._dim)
        if verify:
            # What this process has checked before need not be read again: rows never change.
            known = trusted is not None and trusted.vector_file == file and len(trusted.vectors.slots) <= rows
            start, start_crc = (
                (len(trusted.vectors.slots), trusted.vector_crc) if known and trusted else (0, 0)
            )
            if checksum(matrix[start:], start_crc) != crc:
                raise ValueError(f"{file}: checksum")
        vectors = Vectors(matrix, slots)
        return State(
            Version(*manifest["version"]), columns, Lexical.open(folder / "lexical"), vectors,
            vectors.located(columns), manifest["dead"], file, crc,
        )  # fmt: skip

    # -- making -------------------------------------------------------------------------------------------

    def _make(
        self, connection: sqlite3.Connection, version: Version, base: State | None, report: Progress | None
    ) -> State:
        """Make the folder of the version; the caller holds the build lock."""
        changes = Changes(connection, self._collection, self._dim, base.version.generation if base else 0)
        making = self._folder / f"making-{uuid.uuid4().hex[:8]}"
        making.mkdir()
        try:
            manifest = self._write(making, base, changes, version, report)
            final = self._folder / _name(version)
            shutil.rmtree(final, ignore_errors=True)  # a damaged one of the same name
            making.rename(final)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
        state = self._open(final, manifest, None, verify=False)
        self._tidy(final)
        return state

    def _base(
        self, connection: sqlite3.Connection, version: Version, previous: State | None,
        newest: Callable[[], Version],
    ) -> State | None:  # fmt: skip
        """The newest usable state that the record has grown from since."""
        for folder in sorted(self._folders(), reverse=True):
            manifest = self._manifest(folder)
            if manifest is None:
                continue
            found = Version(*manifest["version"])
            if found.generation > version.generation and found.generation <= newest().generation:
                raise Overtaken
            if not in_history(connection, self._collection, found):
                continue  # of a record that was replaced by an older copy
            if previous is not None and previous.version == found and previous.vector_file:
                return previous
            if (state := self._find(found, previous)) is not None:
                return state
        return None

    def _write(
        self, folder: Path, base: State | None, changes: Changes, version: Version, report: Progress | None
    ) -> Manifest:
        """Write all files of a state into the folder; return its manifest."""
        gone = changes.gone_keys("passages", base.columns.keys) if base else _NOTHING
        columns = changes.columns(base.columns if base else self._empty, gone)
        removed = (
            np.union1d(gone, np.intersect1d(changes.changed_keys(), base.columns.keys)) if base else _NOTHING
        )
        dead = base.dead + len(removed) if base else 0
        if base is None or too_dead(dead, len(columns)):
            everything = Changes(changes.connection, self._collection, self._dim, 0)
            write_lexical(folder / "lexical", everything, columns, self._analyze, report)
            dead = 0
        else:
            _link_segments(self._folder / _name(base.version) / "lexical", folder / "lexical")
            update_lexical(folder / "lexical", changes, removed, columns, self._analyze, report)
        file, slots, crc = self._write_vectors(base, changes)
        _save_columns(folder / "columns.npz", columns, slots)
        manifest = {
            "settings": self._settings, "version": list(version), "dead": dead,
            "vectors": [file, len(slots), crc], "files": _checksums(folder),
        }  # fmt: skip
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return manifest

    def _write_vectors(self, base: State | None, changes: Changes) -> tuple[str, np.ndarray[Any, Any], int]:
        """Append what is new to the base's matrix file, or begin another; return (file, slots, checksum)."""
        if base is None or base.vectors.wasteful or not base.vector_file:
            everything = Changes(changes.connection, self._collection, self._dim, 0)
            file, slots = f"vectors-{uuid.uuid4().hex[:8]}.f32", everything.vector_keys()
            _, crc = append_rows(self._folder / file, 0, everything.vector_blocks(), 0)
            return file, slots, crc
        gone = changes.gone_keys("vectors", base.vectors.slots[base.vectors.slots >= 0])
        slots = base.vectors.slots_after(gone, changes.vector_keys())
        start = len(base.vectors.slots)
        _, crc = append_rows(self._folder / base.vector_file, start, changes.vector_blocks(), base.vector_crc)
        return base.vector_file, slots, crc

    def _tidy(self, current: Path) -> None:
        """Remove what no reader can come for any more: all but the current state and the one before it."""
        older = sorted(f for f in self._folders() if f.name < current.name)
        keep = {current, *older[-1:]}
        files = {m["vectors"][0] for f in keep if (m := self._manifest(f)) is not None}
        for path in self._folder.iterdir():
            if path.is_dir() and path not in keep:
                shutil.rmtree(path, ignore_errors=True)
            elif path.suffix == ".f32" and path.name not in files:
                try:
                    path.unlink()
                except OSError:  # Windows: another process has it mapped; the next build tries again
                    _log.debug("still in use: %s", path)

    def _folders(self) -> Iterator[Path]:
        """The folders of finished states."""
        return (p for p in self._folder.iterdir() if p.is_dir() and p.name[:1].isdigit())


def _name(version: Version) -> str:
    """The folder of a version: sorts by generation."""
    return f"{version.generation:012d}-{version.token[:8]}"


def _link_segments(source: Path, target: Path) -> None:
    """A second tantivy folder over the same segments: a segment file, once written, is never changed."""
    target.mkdir()
    for file in source.iterdir():
        if file.suffix == ".lock":
            continue
        if file.suffix != ".json":
            try:
                os.link(file, target / file.name)
                continue
            except OSError:  # a file system without hard links
                pass
        shutil.copyfile(file, target / file.name)


def _checksums(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and checksum of every file of a state, lock files aside."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".lock":
            data = path.read_bytes()
            found[path.relative_to(folder).as_posix()] = (len(data), zlib.crc32(data))
    return found


def _save_columns(path: Path, columns: Columns, slots: np.ndarray[Any, Any]) -> None:
    """Write the columns and the slots of the matrix."""
    names = list(columns.columns)
    values = json.dumps([[n, columns.columns[n].values] for n in names], ensure_ascii=False).encode()
    arrays: dict[str, Any] = {f"codes{i}": columns.columns[n].codes for i, n in enumerate(names)}
    np.savez(
        path, keys=columns.keys, records=columns.records, slots=slots,
        values=np.frombuffer(values, dtype=np.uint8), **arrays,
    )  # fmt: skip


def _load_columns(path: Path) -> tuple[Columns, np.ndarray[Any, Any]]:
    """Read what `_save_columns` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        names = json.loads(arrays["values"].tobytes())
        columns = {n: Column(arrays[f"codes{i}"], tuple(values)) for i, (n, values) in enumerate(names)}
        return Columns(arrays["keys"], arrays["records"], columns), arrays["slots"]
