"""The record into one file and back, without a moment in which half of it is there."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from qianche.corpus.errors import StoreError
from qianche.indexing.store.embedded.database import RECORD_FILE, Database
from qianche.indexing.store.embedded.faults import DAMAGED, FOREIGN, damaged, translated
from qianche.indexing.store.embedded.tables import check_record

BackupProgress = Callable[[int, int], None]
"""Called with pages done and pages in all."""

_PAGES = 2000
"""Copied between two reports: 8 MB."""


def back_up(database: Database, file: Path, report: BackupProgress | None) -> None:
    """Write the record into one file that stands alone (no log beside it); an older one gives way at last.

    Raises:
        StoreError: the target cannot be written, or the disk is full; nothing is left behind.
    """
    if not file.parent.is_dir():
        raise StoreError(f"目录“{file.parent}”不存在，无法写入备份。请先建立该目录，或换一个位置。")
    with translated(file.parent), _beside(file) as part:
        connection, _ = database.view("")  # a read transaction: one moment of the record
        with closing(connection), closing(sqlite3.connect(part, isolation_level=None)) as target:
            connection.backup(target, pages=_PAGES, progress=_pages(report))
            target.execute("PRAGMA journal_mode = DELETE")
        _sync(part)
        part.replace(file)
        _sync(file.parent)


def restore_into(database: Database, file: Path, dim: int, report: BackupProgress | None) -> None:
    """Replace the record of an open database by a backup, as one write."""
    check_record(file)
    with _prepared(database.home, file) as copy:
        for name, stored in copy.execute("SELECT name, dim FROM collections"):
            if stored != dim:
                raise StoreError(
                    f"备份“{file}”的“{name}”部分向量是 {stored} 维，现在的模型是 {dim} 维。"
                    "请先改回备份时的模型。"
                )
        database.replace_by(copy, _pages(report))


def restore(path: str | Path, file: str | Path, on_progress: BackupProgress | None = None) -> None:
    """Make the backup the record of a data folder, whatever state the folder is in.

    A record that can be opened is replaced in one write, while other processes read. One that cannot is moved
    aside as `record.db.broken-…`, never deleted; no other process can be using it.

    Raises:
        StoreError: no backup of ours, damaged, of a newer version; the folder cannot be written.
    """
    home, source = Path(path), Path(file)
    check_record(source)
    try:
        database = _healthy(home)
    except StoreError as error:
        if error.code not in (DAMAGED, FOREIGN):
            raise
        with translated(home):
            _set_aside(home)
        database = Database(home)
    try:
        with _prepared(home, source) as copy:
            database.replace_by(copy, _pages(on_progress))
    finally:
        database.close()


def _healthy(home: Path) -> Database:
    """The record, opened and looked through."""
    database = Database(home)
    try:
        with database.read() as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise damaged(database.path, found)
    except BaseException:
        database.close()
        raise
    return database


def _set_aside(home: Path) -> None:
    """Move a broken record with its log out of the way, and what was derived from it."""
    mark = uuid.uuid4().hex[:8]
    for suffix in ("", "-wal", "-shm"):
        source = home / f"{RECORD_FILE}{suffix}"
        if source.exists():
            source.rename(home / f"{RECORD_FILE}.broken-{mark}{suffix}")
    index = home / "index"
    if index.exists():
        index.rename(home / f"index.broken-{mark}")


@contextmanager
def _prepared(home: Path, file: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the backup beside the record, for the backup itself is not to be changed."""
    with translated(home), _beside(home / RECORD_FILE) as part:
        source = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        with closing(source), closing(sqlite3.connect(part, isolation_level=None)) as copy:
            source.backup(copy)
            yield copy


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A name for a file that is being made next to another; gone afterwards unless it was moved."""
    part = file.with_name(f".{file.name}.part-{uuid.uuid4().hex[:8]}")
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _pages(report: BackupProgress | None) -> Callable[[int, int, int], None] | None:
    """SQLite's (status, remaining, total) as (done, total)."""
    if report is None:
        return None
    return lambda _, remaining, total: report(total - remaining, total)


def _sync(path: Path) -> None:
    """Make a file or a folder's entries durable; Windows has no handle for a folder."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
