"""What SQLite and the file system complain of, as a message that says what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qianche.corpus.errors import StoreError

_FULL_CODES = frozenset({"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE"})


DAMAGED = "store-damaged"
FOREIGN = "store-foreign"
"""Codes of records that cannot be used at all: broken, or not ours, or newer than this program."""


def damaged(path: Path, why: str) -> StoreError:
    """Return the error for a record that cannot be read."""
    return StoreError(
        f"资料库“{path}”已损坏（{why}）。请用 `qianche restore 备份文件` 恢复；"
        "没有备份时，请把该文件移走，再运行 `qianche build` 重建自带资料。",
        code=DAMAGED,
    )


def disk_full(where: Path) -> StoreError:
    """Return the error for a disk without room."""
    return StoreError(
        f"“{where}”所在的磁盘已满或超出配额，本次写入已全部撤销，原有资料完好。请腾出空间后重试。"
    )


@contextmanager
def translated(where: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into a message for the user."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(error, where) from error
    except OSError as error:
        if isinstance(error, PermissionError):
            raise StoreError(
                f"没有权限读写“{error.filename or where}”。请检查权限，或换一个目录（QIANCHE_HOME）。"
            ) from error
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise disk_full(where) from error
        raise StoreError(
            f"无法使用“{where}”：{error.strerror or error}。请检查该目录，或换一个（QIANCHE_HOME）。"
        ) from error


def _explained(error: sqlite3.Error, where: Path) -> StoreError:
    """The error for an error of SQLite."""
    name = getattr(error, "sqlite_errorname", "")
    if name in _FULL_CODES:
        return disk_full(where)
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        path = where / "record.db" if where.is_dir() else where
        return damaged(path, "不是 SQLite 文件" if "NOTADB" in name else "内容不完整")
    if name.startswith("SQLITE_BUSY"):
        return StoreError(f"数据目录“{where}”正被别的程序占用。请关闭用其他工具打开它的程序后重试。")
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreError(f"没有权限读写“{where}”中的资料库。请检查权限，或换一个目录（QIANCHE_HOME）。")
    return StoreError(f"读写“{where}”中的资料库失败：{error}。请检查磁盘后重试。")
