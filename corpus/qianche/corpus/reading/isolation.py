"""A pool of worker processes for work on files that may crash, hang or fill the memory.

Each worker has a pipe and a supervising thread of its own, so that a fault of one cannot reach the others: pools
with a shared queue (`concurrent.futures`, `pebble`) break as a whole when a worker dies at the wrong moment, idle
or while it sends. It protects against faults, not against hostile code: a worker may do what its user may.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import pickle
import queue
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any, TypeVar, cast

from qianche.corpus.reading.isolation_worker import READY, TAKEN, Outcome, put_together, serve
from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable

T = TypeVar("T")
logger = logging.getLogger(__name__)

TASKS_PER_WORKER = 200
"""Then a worker is replaced: what libraries leak goes with it."""
SECONDS_TO_START = 60.0


class WorkerPool:
    """Runs functions in worker processes, each with a memory limit, replaced after a fault.

    Workers start with the first task that needs them and end with the pool, or with this process in whatever way
    it ends. Thread-safe.

    Args:
        workers: processes at most, at least 1.
        limits: `seconds_per_file` and `worker_memory_bytes` hold for every task.
        tasks_per_worker: tasks after which a worker is replaced.
    """

    def __init__(
        self, workers: int, limits: Limits = DEFAULT_LIMITS, *, tasks_per_worker: int = TASKS_PER_WORKER
    ) -> None:
        self._limits = limits
        self._tasks_per_worker = tasks_per_worker
        self._queue: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._is_closed = False
        self._open: set[_Task] = set()
        self._threads = [
            threading.Thread(target=self._supervise, name=f"reading-{number}", daemon=True)
            for number in range(max(workers, 1))
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, function: Callable[..., T], /, *args: Any, seconds: float | None = None) -> Future[T]:
        """Return the future of `function(*args)`; `cancel()` ends it also while it runs.

        Args:
            function: found by its module and name in the worker, as the arguments and the result are pickled.
            seconds: time limit of this task where it differs from the pool's; waiting does not count.

        `result()` raises a `QiancheError` of the function unchanged; `Unreadable` with the code `crashed`,
        `timeout`, `too-much-memory` or `too-deep`; `CancelledError` after a cancel. An error of the function
        that is not meant for users is `crashed`, its trace in the log.
        """
        task = _Task(function, args, self._limits.seconds_per_file if seconds is None else seconds)
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the pool is closed")
            self._open.add(task)
        task.add_done_callback(self._forget)
        self._queue.put(task)
        return cast("Future[T]", task)

    def close(self, *, cancel: bool = False) -> None:
        """End the workers after the tasks submitted so far, or at once with `cancel`."""
        with self._lock:
            is_first = not self._is_closed
            self._is_closed = True
            still_open = list(self._open)
        if cancel:
            for task in still_open:
                task.cancel()
        if is_first:
            for _ in self._threads:
                self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(cancel=kind is not None)

    def _forget(self, task: Future[Any]) -> None:
        """Let go of a task that is done."""
        with self._lock:
            self._open.discard(cast("_Task", task))

    def _supervise(self) -> None:
        """Give tasks to one worker after the other, replacing it when it is spent."""
        worker: _Worker | None = None
        while (task := self._queue.get()) is not None:
            if task.cancelled():
                continue
            try:
                worker = self._ready(worker)
                if not worker.run(task):  # it had died while it waited for work
                    worker = self._ready(worker)
                    if not worker.run(task):
                        task.end(_crashed("two worker processes ended before they took a task"))
            except BaseException as error:
                # This thread must go on: without it tasks would wait for ever.
                logger.exception("supervising a worker failed")
                task.fail(_crashed(str(error)))
        if worker is not None:
            worker.end()

    def _ready(self, worker: _Worker | None) -> _Worker:
        """Return a worker that can take a task."""
        if worker is not None and worker.is_sound and worker.tasks_done < self._tasks_per_worker:
            return worker
        if worker is not None:
            worker.end()
        return _Worker(self._limits.worker_memory_bytes)


class _Task(Future[Any]):
    """A future that can be cancelled while it runs: its worker is killed."""

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> None:
        super().__init__()
        self.function = function
        self.args = args
        self.seconds = seconds
        self._guard = threading.RLock()
        self._worker: _Worker | None = None
        self._is_stopped = False

    def cancel(self) -> bool:
        """Return whether the task was stopped before it was done."""
        with self._guard:
            if super().cancel():
                return True
            if self._worker is None:
                return False
            self._is_stopped = True
            self._worker.kill()
            return True

    def begin(self, worker: _Worker) -> bool:
        """Mark the task as running in a worker; False where it was cancelled before."""
        with self._guard:
            if not self.running() and not self.set_running_or_notify_cancel():
                return False
            self._worker = worker
            return True

    def end(self, outcome: Outcome | Unreadable) -> None:
        """Set what came of the task; from here on it cannot be cancelled."""
        with self._guard:
            self._worker = None
            is_stopped = self._is_stopped
        if is_stopped:
            self.set_exception(CancelledError())
        elif isinstance(outcome, Unreadable):
            self.set_exception(outcome)
        elif outcome.kind == "result":
            self.set_result(outcome.value)
        else:
            self.set_exception(_error(outcome))

    def fail(self, error: Exception) -> None:
        """Set an error where nothing else was set yet."""
        if not self.done() and (self.running() or self.set_running_or_notify_cancel()):
            self.set_exception(error)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, memory_bytes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, memory_bytes), daemon=True)
        self._process.start()
        theirs.close()
        self._is_spent = False
        self.tasks_done = 0
        if self._message(SECONDS_TO_START) != READY:
            self.end()
            raise OSError("a worker process did not start")

    @property
    def is_sound(self) -> bool:
        """Whether the process can take another task."""
        return not self._is_spent and not wait([self._process.sentinel], timeout=0)

    def run(self, task: _Task) -> bool:
        """Run a task to its end, whatever that is; return False where the process was dead before it took it."""
        try:
            message = pickle.dumps((task.function, task.args))
        except Exception as error:
            task.fail(error)
            return True
        if not task.begin(self):
            return True
        outcome = self._outcome(message, task.seconds)
        if outcome is None:
            self._is_spent = True
            return False
        self._is_spent = isinstance(outcome, Unreadable) or outcome.kind in ("memory", "error")
        self.tasks_done += 1
        task.end(outcome)
        return True

    def _outcome(self, message: bytes, seconds: float) -> Outcome | Unreadable | None:
        """Send a task and return what comes back in time, None where the process did not live to take it."""
        until = time.monotonic() + seconds
        with contextlib.suppress(OSError):  # a worker that stopped taking the task says why, or has ended
            self._connection.send_bytes(message)
        taken = False
        try:
            answer = self._message(until - time.monotonic())
            if answer == TAKEN:
                taken = True
                answer = self._message(until - time.monotonic())
        except (EOFError, OSError):
            return _crashed("a worker process ended by itself") if taken else None
        if answer is None:
            return Unreadable(
                f"读取用时超过 {seconds:g} 秒，已停止。请拆成几个文件后再导入，或调高每个文件的时间上限。",
                "timeout",
            )
        return cast("Outcome", answer)

    def _message(self, seconds: float) -> Any:
        """Return the next message of the worker, None after that time; EOFError when it ended."""
        ready = wait([self._connection, self._process.sentinel], timeout=max(seconds, 0))
        if not ready:
            return None
        if self._connection.poll():
            return self._connection.recv()
        raise EOFError

    def kill(self) -> None:
        """Stop the process now, and the programs it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg") and self._process.pid is not None:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def end(self) -> None:
        """Let a sound process end by itself, stop any other, and take leave of it."""
        self._connection.close()
        if not self._is_spent:
            wait([self._process.sentinel], timeout=2)
        self.kill()
        self._process.join()
        logger.debug("a worker process ended with code %s", self._process.exitcode)


def _crashed(reason: str) -> Unreadable:
    """Return the error for a task that took its worker with it; the reason is for the log."""
    logger.error("reading failed: %s", reason)
    return Unreadable(
        "读取这个文件的进程意外退出，文件可能已损坏。请用编辑软件打开后另存一份再导入；其余文件不受影响。",
        "crashed",
    )


def _error(outcome: Outcome) -> BaseException:
    """Return the error that an outcome other than a result stands for."""
    if outcome.kind == "refused":
        return put_together(outcome.value)
    if outcome.kind == "memory":
        return Unreadable(
            "读取这个文件所需的内存超过上限。请拆成几个文件后再导入，或调高单个进程的内存上限。",
            "too-much-memory",
        )
    if outcome.kind == "depth":
        return Unreadable("文件内部嵌套过深，无法读取。请用编辑软件另存一份再导入。", "too-deep")
    logger.error("reading failed in a worker:\n%s", outcome.trace)
    return Unreadable(
        "读取这个文件时程序出错，详情已记入日志。请用编辑软件打开后另存一份再导入；其余文件不受影响。",
        "crashed",
    )
