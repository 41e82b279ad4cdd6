"""The tables of the record, how its file is told from others, and which write of a collection was last."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from qianche.corpus.errors import StoreError
from qianche.indexing.store.embedded.faults import DAMAGED, FOREIGN, translated

APPLICATION_ID = 0x7169_616E  # "qian"
FORMAT = 1
"""Of the tables below; a file with a higher one was written by a newer version and is left alone."""
_REMEMBERED = 1000
"""Generations kept in `history`; what was derived before them is made anew instead of catching up."""

TABLES = f"""
CREATE TABLE library (generation INTEGER NOT NULL);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE collections (
  name TEXT PRIMARY KEY, dim INTEGER NOT NULL, removed_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE history (
  collection TEXT NOT NULL, generation INTEGER NOT NULL, token TEXT NOT NULL,
  PRIMARY KEY (collection, generation)
) WITHOUT ROWID;
CREATE TABLE records (
  collection TEXT NOT NULL, record_id TEXT NOT NULL, payload TEXT NOT NULL, UNIQUE (collection, record_id)
);
CREATE TABLE passages (
  ordinal INTEGER PRIMARY KEY, collection TEXT NOT NULL, key INTEGER NOT NULL, id TEXT NOT NULL,
  record_key INTEGER NOT NULL, content TEXT, lexical TEXT, dense TEXT, meta TEXT NOT NULL,
  changed INTEGER NOT NULL, pending INTEGER NOT NULL, UNIQUE (collection, key)
);
CREATE INDEX passages_by_record ON passages (collection, record_key);
CREATE INDEX passages_by_change ON passages (collection, changed);
CREATE INDEX passages_pending ON passages (collection, ordinal) WHERE pending = 1;
CREATE TABLE vectors (
  collection TEXT NOT NULL, key INTEGER NOT NULL, changed INTEGER NOT NULL, embedding BLOB NOT NULL,
  UNIQUE (collection, key)
);
CREATE INDEX vectors_by_change ON vectors (collection, changed);
INSERT INTO library VALUES (0);
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FORMAT};
"""


class Version(NamedTuple):
    """What a view of one collection contains: the last write to it. (0, "") before the first."""

    generation: int
    token: str


UNWRITTEN = Version(0, "")


def mark_written(connection: sqlite3.Connection, collection: str, generation: int, *, removed: bool) -> None:
    """Note in the write's transaction that it changed the collection; `removed`: passages or vectors went."""
    connection.execute(
        "INSERT INTO history VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (collection, generation, uuid.uuid4().hex),
    )
    connection.execute(
        "DELETE FROM history WHERE collection = ? AND generation <= ?", (collection, generation - _REMEMBERED)
    )
    if removed:
        connection.execute("UPDATE collections SET removed_at = ? WHERE name = ?", (generation, collection))


def in_history(connection: sqlite3.Connection, collection: str, version: Version) -> bool:
    """Return whether the version is one of the last writes of this record, not of a copy gone another way."""
    found = connection.execute(
        "SELECT 1 FROM history WHERE collection = ? AND generation = ? AND token = ?", (collection, *version)
    )
    return found.fetchone() is not None


def version_of(connection: sqlite3.Connection, collection: str) -> Version:
    """Return the last write to the collection that the connection sees."""
    row = connection.execute(
        "SELECT generation, token FROM history WHERE collection = ? ORDER BY generation DESC LIMIT 1",
        (collection,),
    ).fetchone()
    return UNWRITTEN if row is None else Version(*row)


def check_record(path: Path) -> None:
    """Return quietly if the file is a whole record of ours, standing alone (a backup).

    Raises:
        StoreError: not there, not ours, from a newer version, or damaged.
    """
    if not path.is_file():
        raise StoreError(f"找不到备份文件“{path}”。请核对路径。")
    try:
        with (
            translated(path),
            closing(connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1")) as connection,
        ):
            check_identity(connection, path)
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except StoreError as error:
        if error.code == DAMAGED:
            raise StoreError(
                f"“{path}”不是前车的备份，或者已损坏，没有恢复任何内容。"
                "请核对文件；备份由 `qianche backup 文件` 生成。",
                code=DAMAGED,
            ) from error
        raise
    if found != "ok":
        raise StoreError(f"备份文件“{path}”已损坏（{found}），没有恢复任何内容。请换一份备份。", code=DAMAGED)


def connect(uri: str) -> sqlite3.Connection:
    """Return an autocommitting connection that threads may share under a lock."""
    return sqlite3.connect(uri, uri=True, timeout=10.0, isolation_level=None, check_same_thread=False)


def identity(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return (application id, format) of the file; (0, 0) for a new one."""
    return (
        connection.execute("PRAGMA application_id").fetchone()[0],
        connection.execute("PRAGMA user_version").fetchone()[0],
    )


def count_tables(connection: sqlite3.Connection) -> int:
    """Return how many tables and indexes the file has."""
    return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def check_identity(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `StoreError` for a file that is not ours or newer than this program."""
    application, version = identity(connection)
    if application != APPLICATION_ID:
        raise StoreError(
            f"“{path}”不是前车的资料库。请核对路径，或换一个目录（QIANCHE_HOME）。", code=FOREIGN
        )
    if version > FORMAT:
        raise StoreError(
            f"资料库“{path}”由更新版本的前车写成（格式 {version}，本程序支持到 {FORMAT}）。"
            "请升级前车，或换一个目录（QIANCHE_HOME）。",
            code=FOREIGN,
        )
