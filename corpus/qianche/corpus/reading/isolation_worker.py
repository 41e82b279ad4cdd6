"""What runs inside a worker process: takes tasks from its pipe one by one, within a memory limit.

Nothing heavy is imported here, so that the limits stand before any library takes memory.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import threading
import traceback
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import Any, Literal

from qianche.corpus.errors import QiancheError

READY = "ready"
"""First message of a worker: its imports are done, the time of a task may run."""


TAKEN = "taken"
"""First message about a task: from here on a death of the process is the task's."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a task ended. `value` is the result or the parts of a `QiancheError`; `trace` is for the log."""

    kind: Literal["result", "refused", "memory", "depth", "error"]
    value: Any = None
    trace: str = ""


def serve(connection: Connection, memory_bytes: int) -> None:
    """Run tasks until the pool closes its end of the pipe.

    Args:
        memory_bytes: address space of this process and of each program it starts; held where the platform
            knows RLIMIT_AS (Linux), else not.
    """
    _set_apart()
    _limit(memory_bytes)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        connection.send(READY)
        try:
            while True:
                task = connection.recv_bytes()
                connection.send(TAKEN)
                connection.send_bytes(_outcome(task))
        except MemoryError:
            # The rest of a task too large to take may still be in the pipe: this worker is of no more use.
            connection.send(Outcome("memory"))


def _outcome(task: bytes) -> bytes:
    """Run a pickled function with its arguments; whatever it raises is an outcome."""
    try:
        function, args = pickle.loads(task)
        return pickle.dumps(Outcome("result", function(*args)))
    except MemoryError:
        raise
    except QiancheError as error:
        return _refusal(error)
    except RecursionError:
        return pickle.dumps(Outcome("depth", trace=traceback.format_exc(limit=5)))
    except BaseException:
        return pickle.dumps(Outcome("error", trace=traceback.format_exc()))


def _refusal(error: QiancheError) -> bytes:
    """Return an error for the user, with message and code alone where the rest of it cannot be sent."""
    try:
        return pickle.dumps(Outcome("refused", taken_apart(error)))
    except Exception:
        return pickle.dumps(Outcome("refused", taken_apart(QiancheError(error.message, code=error.code))))


Parts = tuple[type[QiancheError], tuple[Any, ...], dict[str, Any]]


def taken_apart(error: QiancheError) -> Parts:
    """Return class, arguments and attributes: pickle would call the class with `args`, which few classes bear."""
    return type(error), error.args, error.__dict__


def put_together(parts: Parts) -> QiancheError:
    """Return the error that was taken apart."""
    kind, args, attributes = parts
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


def _set_apart() -> None:
    """Make the process one that ends with its parent, taking programs it started with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # each thread reserves address space, on many cores gigabytes
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the parent to end, however it does, and end too."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _limit(memory_bytes: int) -> None:
    """Limit the memory of this process, and leave no core file behind a crash."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
