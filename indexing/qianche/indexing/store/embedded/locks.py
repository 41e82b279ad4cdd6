"""A lock between processes, held by the operating system: it vanishes with the process that held it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PAUSE = 0.02
"""Seconds between two tries; neither flock nor msvcrt.locking can wait with a limit."""
_PID_AT = 64
"""The holder's number lies beyond the locked byte, which Windows lets nobody else read."""


class LockTimeoutError(Exception):
    """The lock was not free in time; `holder` is the number of the process that has it, where readable."""

    def __init__(self, holder: int | None) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def held(path: Path, timeout: float) -> Iterator[None]:
    """Hold the lock file for the block; threads exclude each other like processes do.

    Args:
        path: the lock file, created if missing and never removed (removing it would split the lock in two).
        timeout: seconds to wait.

    Raises:
        LockTimeoutError: somebody else holds it.
        OSError: the file cannot be opened for writing.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    try:
        deadline = time.monotonic() + timeout
        while not _try_lock(handle):
            if time.monotonic() >= deadline:
                raise LockTimeoutError(_holder(handle))
            time.sleep(_PAUSE)
        # A full disk must not keep a reader from the lock: the number is only for the message.
        with suppress(OSError):
            os.lseek(handle, _PID_AT, os.SEEK_SET)
            os.write(handle, b"%-20d" % os.getpid())
        try:
            yield
        finally:
            _unlock(handle)
    finally:
        os.close(handle)


def _holder(handle: int) -> int | None:
    """The process number in the lock file."""
    with suppress(OSError, ValueError):
        os.lseek(handle, _PID_AT, os.SEEK_SET)
        return int(os.read(handle, 20))
    return None


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        """Take the first byte, at once or not at all."""
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        """Give the first byte back."""
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        """Take the file, at once or not at all (flock: belongs to this handle, so threads count too)."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        """Give the file back."""
        fcntl.flock(handle, fcntl.LOCK_UN)
