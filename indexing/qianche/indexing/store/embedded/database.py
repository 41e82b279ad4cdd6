"""The record: one SQLite file (WAL, synchronous=FULL), one writer at a time, a generation for every write.

`record.db` in the data folder holds records, passages, vectors and the facts of the build. Every
acknowledged write raises `library.generation`; rows carry the generation that last changed them, so what is
derived can catch up by asking what is newer than itself. `history` names each of the last writes by a random
token too: a record that was put back from an older copy counts the same generations again, and what was
derived from the writes lost must not pass for current.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from qianche.corpus.errors import StoreError
from qianche.indexing.store.embedded.faults import damaged, translated
from qianche.indexing.store.embedded.locks import LockTimeoutError, held
from qianche.indexing.store.embedded.tables import (
    TABLES,
    Version,
    check_identity,
    connect,
    count_tables,
    identity,
    mark_written,
    version_of,
)

RECORD_FILE = "record.db"
LOCK_FILE = "write.lock"
LOCK_TIMEOUT = 10.0
"""Seconds a writer waits for another: an interactive write takes milliseconds, a whole build seconds."""

_LONG_LOG = 8_000_000
"""Bytes of log worth a merge; SQLite's own limit is 4 MB."""
_READ_ONLY = "数据目录“{home}”只读，不能写入。请换一个可写的目录（QIANCHE_HOME），或改用有写权限的用户。"


class Database:
    """The record of one data folder, open for reading by many threads and for writing by one at a time.

    A folder that cannot be written is opened read-only; `write` then raises and everything else works.

    Args:
        home: the data folder; created with the record when missing.
        lock_timeout: seconds a write waits for another process.

    Raises:
        StoreError: not a folder, not ours, newer than this program, damaged, or out of reach.
    """

    def __init__(self, home: Path, *, lock_timeout: float = LOCK_TIMEOUT) -> None:
        self.home = home
        self.path = home / RECORD_FILE
        self._lock_timeout = lock_timeout
        self._reading = threading.Lock()
        self._writing = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        with translated(self.home):
            self.read_only = self._prepare_folder()
            self._seen = self._file_mark()
            self._reader = self._open()

    def _prepare_folder(self) -> bool:
        """Make the folder and the record where they are missing; return whether it can only be read."""
        if self.home.exists() and not self.home.is_dir():
            raise StoreError(
                f"数据目录“{self.home}”是一个文件，不是目录。请移走它，或换一个目录（QIANCHE_HOME）。"
            )
        self.home.mkdir(parents=True, exist_ok=True)
        exists = self.path.exists()
        log = self.path.with_name(RECORD_FILE + "-wal")
        if exists and not self.path.stat().st_size and log.exists() and log.stat().st_size:
            # SQLite would throw the log of an empty file away, and with it what can still be saved.
            raise damaged(self.path, "文件为空")
        writable = os.access(self.home, os.W_OK | os.X_OK) and (not exists or os.access(self.path, os.W_OK))
        if not exists and not writable:
            raise StoreError(
                f"数据目录“{self.home}”只读，且其中还没有资料库。"
                "请换一个可写的目录（QIANCHE_HOME），或在别处运行 `qianche build` 后复制过来。"
            )
        return not writable

    def _open(self) -> sqlite3.Connection:
        """Return a connection for reading, after making sure that the tables are there and ours."""
        if self.read_only:
            return self._connect_read_only()
        connection = connect(f"{self.path.absolute().as_uri()}?mode=rwc")
        try:
            if identity(connection) == (0, 0):
                self._create(connection)
            check_identity(connection, self.path)
            connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _create(self, connection: sqlite3.Connection) -> None:
        """Make the tables in one transaction; of several processes starting at once one does it."""
        with self._locked():
            if identity(connection) != (0, 0):
                return
            if count_tables(connection) or (self.home / "index").exists():
                # A truncated copy of a record looks like a new one; starting afresh would hide the loss.
                raise damaged(self.path, "文件为空或不是前车的资料库")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.executescript(f"BEGIN IMMEDIATE; {TABLES} COMMIT;")

    def _connect_read_only(self) -> sqlite3.Connection:
        """A connection to a folder nobody here may write: with the log of a writer where there is one."""
        uri = self.path.absolute().as_uri()
        connection = connect(f"{uri}?mode=ro")
        try:
            check_identity(connection, self.path)
            return connection
        except sqlite3.OperationalError:
            connection.close()
        log = self.path.with_name(RECORD_FILE + "-wal")
        if log.exists() and log.stat().st_size:
            raise StoreError(
                f"数据目录“{self.home}”只读，而上次写入尚未并入资料库（{log.name}）。"
                "请由有写权限的用户运行一次 `qianche status`，再以只读方式使用。"
            )
        # No log: every write is in the file itself, and SQLite may be told that nobody changes it.
        connection = connect(f"{uri}?mode=ro&immutable=1")
        check_identity(connection, self.path)
        return connection

    def _file_mark(self) -> tuple[int, int, int] | None:
        """What tells a replaced file apart; only a read-only folder needs it (`immutable` sees no writes)."""
        if not self.read_only:
            return None
        stat = self.path.stat()
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Lend the reading connection to one thread at a time; a statement sees the newest write."""
        with self._reading, translated(self.home):
            if self.read_only and (mark := self._file_mark()) != self._seen:
                self._reader.close()
                self._reader, self._seen = self._connect_read_only(), mark
            yield self._reader

    def version(self, collection: str) -> Version:
        """Return the newest acknowledged version of a collection; generation 0 while nothing was written."""
        with self.read() as connection:
            return version_of(connection, collection)

    def view(self, collection: str) -> tuple[sqlite3.Connection, Version]:
        """Return a connection inside a read transaction of its own, and the version it sees till closed."""
        with translated(self.home):
            if self.read_only:
                connection = self._connect_read_only()
            else:
                connection = connect(f"{self.path.absolute().as_uri()}?mode=rw")
            try:
                connection.execute("BEGIN")
                return connection, version_of(connection, collection)
            except BaseException:
                connection.close()
                raise

    @contextmanager
    def write(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """Lend the writing connection and the generation of this write; all of the block is kept, or nothing.

        The write is on the disk when the block has ended without an error.

        Raises:
            StoreError: read-only folder, another process is writing, the disk is full or failing.
        """
        if self.read_only:
            raise StoreError(_READ_ONLY.format(home=self.home))
        with self._writing, translated(self.home), self._locked():
            connection = self.writing_connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.execute("UPDATE library SET generation = generation + 1")
                generation = connection.execute("SELECT generation FROM library").fetchone()[0]
                yield connection, generation
                connection.execute("COMMIT")
            except BaseException:
                # SQLite has already rolled back after a full disk; a second ROLLBACK would be an error.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def replace_by(self, copy: sqlite3.Connection, report: Callable[[int, int, int], None] | None) -> None:
        """Make another record's content this one's, in one write; `copy` is changed on the way.

        The new content counts as a write of its own, later than both: what was derived of either is not its.
        """
        if self.read_only:
            raise StoreError(_READ_ONLY.format(home=self.home))
        with self._writing, translated(self.home), self._locked():
            connection = self.writing_connection()
            query = "SELECT generation FROM library"
            generation = 1 + max(c.execute(query).fetchone()[0] for c in (connection, copy))
            copy.execute("BEGIN")
            copy.execute("UPDATE library SET generation = ?", (generation,))
            copy.execute("DELETE FROM history")
            for (name,) in copy.execute("SELECT name FROM collections").fetchall():
                mark_written(copy, name, generation, removed=True)
            copy.execute("COMMIT")
            copy.backup(connection, pages=2000, progress=report)

    def writing_connection(self) -> sqlite3.Connection:
        """Return the connection writes go through: WAL, every commit synced to the disk."""
        if self._writer is None:
            connection = connect(f"{self.path.absolute().as_uri()}?mode=rw")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone leaves data in the drive's cache
            connection.execute("PRAGMA journal_size_limit = 67108864")
            self._writer = connection
        return self._writer

    def merge_log(self) -> None:
        """Merge a long log into the record, as far as no other view needs it; the next write starts it anew.

        SQLite does so by itself only in a moment without a view that lags behind, and a service that writes
        and searches by turns never has one: without this its log grew with every write.
        """
        log = self.path.with_name(RECORD_FILE + "-wal")
        if self.read_only or not log.exists() or log.stat().st_size < _LONG_LOG:
            return
        if self._writing.acquire(blocking=False):
            try:
                self.writing_connection().execute("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                self._writing.release()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the folder's write lock, or say who has it."""
        try:
            with held(self.home / LOCK_FILE, self._lock_timeout):
                yield
        except LockTimeoutError as timeout:
            who = f"（进程号 {timeout.holder}）" if timeout.holder is not None else ""
            raise StoreError(
                f"另一个进程{who}正在写入数据目录“{self.home}”，等了 {self._lock_timeout:g} 秒仍未结束。"
                "请等它完成后重试；若它已停住，请先结束该进程。"
            ) from None

    def close(self) -> None:
        """Give the files back; the last one to close merges the log into the record."""
        with self._writing, self._reading, translated(self.home):
            for connection in (self._writer, self._reader):
                if connection is not None:
                    connection.close()
            self._writer = None
