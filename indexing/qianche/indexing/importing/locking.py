"""Who may change imported records: one change at a time, and one running job, over all processes of a folder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from qianche.corpus.errors import StoreError
from qianche.indexing.store.embedded.faults import translated
from qianche.indexing.store.embedded.locks import LockTimeoutError, held

CHANGE_TIMEOUT = 60.0
"""Seconds a change waits for another: one file's records take milliseconds, a rebuild of the base some seconds."""
JOB_TIMEOUT = 3600.0
"""Seconds a job in the background waits: a rebuild over ten thousand files must not make its files fail."""
_PATIENCE = 0.5
"""Seconds between two looks whether to go on waiting."""
_THREADS: dict[Path, threading.RLock] = {}
_GUARD = threading.Lock()


@contextmanager
def changing(home: Path, timeout: float | None = None) -> Iterator[None]:
    """Hold the right to read, decide and write imported records; re-entrant within a thread.

    It is waited for `timeout` seconds, `CHANGE_TIMEOUT` where none is given.

    The store's own lock covers one write; what is decided from what was read needs the longer one.
    """
    with _GUARD:
        lock = _THREADS.setdefault(home.absolute(), threading.RLock())
    seconds = CHANGE_TIMEOUT if timeout is None else timeout
    if not lock.acquire(timeout=seconds):
        raise StoreError(_busy(None, seconds))
    try:
        if _depth(lock):
            yield
            return
        folder = home / "imports"
        with translated(folder):
            folder.mkdir(parents=True, exist_ok=True)
        with held(folder / "change.lock", seconds), _entered(lock):
            yield
    except LockTimeoutError as busy:
        raise StoreError(_busy(busy.holder, seconds)) from None
    finally:
        lock.release()


@contextmanager
def running(home: Path, stopping: Callable[[], bool]) -> Iterator[bool]:
    """Hold the right to run a job, as soon as no other process runs one; False where it was told to stop waiting."""
    folder = home / "imports"
    with translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        while not stopping():
            try:
                stack.enter_context(held(folder / "run.lock", _PATIENCE))
            except LockTimeoutError:
                continue
            yield True
            return
        yield False


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the right to replace the whole record: no job runs, in whatever process, and no change is under way.

    Raises:
        StoreError: a job is running.
    """
    looks = iter((False,))
    with running(home, lambda: next(looks, True)) as may:
        if not may:
            raise StoreError(
                "正在导入文件，现在不能恢复备份。请等导入结束，或用 `qianche import --cancel 编号` 取消后再恢复。",
                code="busy",
            )
        with changing(home):
            yield


_DEPTH = threading.local()


def _depth(lock: threading.RLock) -> bool:
    """Whether this thread holds the lock of the folder already."""
    return id(lock) in getattr(_DEPTH, "held", ())


@contextmanager
def _entered(lock: threading.RLock) -> Iterator[None]:
    _DEPTH.held = {*getattr(_DEPTH, "held", ()), id(lock)}
    try:
        yield
    finally:
        _DEPTH.held = _DEPTH.held - {id(lock)}


def _busy(holder: int | None, seconds: float) -> str:
    who = "另一项操作" if holder is None else f"另一个进程（进程号 {holder}）"
    return f"{who}正在导入或重建资料库，等了 {seconds:g} 秒仍未结束。请等它完成后重试。"
