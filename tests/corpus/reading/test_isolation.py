"""The pool of worker processes: every fault stays with its own task."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import psutil
import pytest
from tests.corpus.reading import worker_tasks as tasks

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.isolation import WorkerPool
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable

PATIENCE = 30.0
MEMORY = 1024**3
LIMITS = Limits(seconds_per_file=PATIENCE, worker_memory_bytes=MEMORY)


ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _workers_find_the_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers import this folder: pytest itself does not put it on the path."""
    monkeypatch.syspath_prepend(str(ROOT))


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    """A pool of one worker: whatever follows a fault meets the replaced worker."""
    with WorkerPool(1, LIMITS) as pool:
        yield pool


def comes_true(condition: Callable[[], bool]) -> bool:
    """Whether a condition holds within the time one has patience for."""
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            return False
        threading.Event().wait(0.01)
    return True


def is_gone(pid: int) -> bool:
    """Whether a process has ended."""
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_results_come_back_to_the_task_that_asked() -> None:
    with WorkerPool(2, LIMITS) as pool:
        futures = [pool.submit(tasks.add, number, 1) for number in range(20)]
        assert [future.result() for future in futures] == list(range(1, 21))


@pytest.mark.parametrize(
    ("function", "args", "code", "words"),
    [
        (tasks.read_address_zero, (), "crashed", "意外退出"),
        (tasks.exit_at_once, (0,), "crashed", "意外退出"),
        (tasks.exit_at_once, (3,), "crashed", "意外退出"),
        (tasks.take_memory, (2 * MEMORY,), "too-much-memory", "内存"),
        (tasks.divide_by_zero, (), "crashed", "程序出错"),
        (tasks.unsendable, (), "crashed", "程序出错"),
        (tasks.descend, (), "too-deep", "嵌套过深"),
    ],
)
def test_a_fault_fails_its_task_alone(
    pool: WorkerPool, function: Callable[..., object], args: tuple[object, ...], code: str, words: str
) -> None:
    if code == "too-much-memory" and sys.platform != "linux":
        pytest.skip("only Linux holds RLIMIT_AS")
    before, faulty, after = (
        pool.submit(tasks.add, 1, 1),
        pool.submit(function, *args),
        pool.submit(tasks.add, 2, 2),
    )
    assert (before.result(), after.result()) == (2, 4)
    with pytest.raises(Unreadable) as raised:
        faulty.result()
    assert raised.value.code == code
    assert words in raised.value.message
    assert "Error" not in raised.value.message


def test_a_task_past_its_time_is_stopped_and_the_next_one_runs(pool: WorkerPool, tmp_path: Path) -> None:
    late = pool.submit(tasks.wait_for_ever, str(tmp_path / "sign"), seconds=0.5)
    after = pool.submit(tasks.add, 2, 2)
    with pytest.raises(Unreadable) as raised:
        late.result()
    assert raised.value.code == "timeout"
    assert "0.5 秒" in raised.value.message
    assert after.result() == 4


def test_an_error_for_the_user_comes_through_unchanged(pool: WorkerPool) -> None:
    with pytest.raises(Unreadable) as raised:
        pool.submit(tasks.refuse).result()
    assert (raised.value.code, raised.value.message) == ("empty-file", "文件是空的。请换一个文件。")


def test_an_error_whose_class_pickle_cannot_call_comes_through_too(pool: WorkerPool) -> None:
    with pytest.raises(tasks.Picky) as raised:
        pool.submit(tasks.refuse_oddly).result()
    assert (raised.value.code, raised.value.message, raised.value.page) == ("picky", "第 3 页不对。", 3)


def test_an_error_that_cannot_be_sent_keeps_code_and_message(pool: WorkerPool) -> None:
    with pytest.raises(QiancheError) as raised:
        pool.submit(tasks.refuse_with_a_lock).result()
    assert (raised.value.code, raised.value.message) == ("locked", "文件被占用。请稍后再试。")


def test_a_refused_file_costs_no_new_worker(pool: WorkerPool) -> None:
    first = pool.submit(tasks.process_id).result()
    pool.submit(tasks.refuse).exception()
    assert pool.submit(tasks.process_id).result() == first


def test_a_worker_is_replaced_after_its_tasks() -> None:
    with WorkerPool(1, LIMITS, tasks_per_worker=2) as pool:
        ids = [pool.submit(tasks.process_id).result() for _ in range(4)]
    assert ids[0] == ids[1] != ids[2] == ids[3]


def test_large_tasks_and_results_pass(pool: WorkerPool) -> None:
    assert pool.submit(tasks.length, bytes(60_000_000)).result() == 60_000_000
    assert len(pool.submit(tasks.many_bytes, 60_000_000).result()) == 60_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds RLIMIT_AS")
def test_a_task_too_large_for_the_worker_fails_alone() -> None:
    with WorkerPool(1, Limits(seconds_per_file=PATIENCE, worker_memory_bytes=MEMORY // 4)) as pool:
        with pytest.raises(Unreadable) as raised:
            pool.submit(tasks.length, bytes(MEMORY // 4)).result()
        assert raised.value.code == "too-much-memory"
        assert pool.submit(tasks.add, 1, 1).result() == 2


def test_a_worker_that_dies_idle_is_replaced(pool: WorkerPool) -> None:
    pid = pool.submit(tasks.process_id).result()
    os.kill(pid, signal.SIGTERM)
    assert comes_true(lambda: is_gone(pid))
    assert pool.submit(tasks.add, 1, 1).result() == 2


def test_a_running_task_can_be_cancelled(pool: WorkerPool, tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    running = pool.submit(tasks.wait_for_ever, str(sign))
    assert comes_true(sign.exists)
    assert running.cancel()
    with pytest.raises(CancelledError):
        running.result()
    assert pool.submit(tasks.add, 1, 1).result() == 2


def test_a_waiting_task_can_be_cancelled_and_a_done_one_cannot(pool: WorkerPool, tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    running = pool.submit(tasks.wait_for_ever, str(sign))
    waiting = pool.submit(tasks.add, 1, 1)
    assert comes_true(sign.exists)
    assert waiting.cancel()
    assert running.cancel()
    done = pool.submit(tasks.add, 1, 1)
    assert done.result() == 2
    assert not done.cancel()


def test_closing_with_cancel_ends_what_runs_and_what_waits(tmp_path: Path) -> None:
    pool = WorkerPool(1, LIMITS)
    sign = tmp_path / "sign"
    futures = [pool.submit(tasks.wait_for_ever, str(sign)), pool.submit(tasks.add, 1, 1)]
    assert comes_true(sign.exists)
    pool.close(cancel=True)
    for future in futures:
        with pytest.raises(CancelledError):
            future.result(timeout=PATIENCE)
    with pytest.raises(RuntimeError):
        pool.submit(tasks.add, 1, 1)


def test_arguments_that_cannot_be_sent_are_the_callers_error(pool: WorkerPool) -> None:
    assert isinstance(pool.submit(tasks.add, threading.Lock(), 1).exception(), TypeError)
    assert pool.submit(tasks.add, 1, 1).result() == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups")
def test_a_program_that_a_stopped_task_started_is_stopped_too(pool: WorkerPool, tmp_path: Path) -> None:
    sign = tmp_path / "pid"
    running = pool.submit(tasks.start_a_program, str(sign))
    assert comes_true(lambda: sign.exists() and sign.read_text() != "")
    running.cancel()
    assert comes_true(lambda: is_gone(int(sign.read_text())))


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    sign = tmp_path / "pid"
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import sys
            sys.path.insert(0, {str(ROOT)!r})
            from qianche.corpus.reading.isolation import WorkerPool
            from tests.corpus.reading import worker_tasks as tasks
            if __name__ == "__main__":
                pool = WorkerPool(1)
                pid = pool.submit(tasks.process_id).result()
                pool.submit(tasks.wait_for_ever, {str(tmp_path / "busy")!r})
                open({str(sign)!r}, "w").write(str(pid))
                sys.stdin.read()
            """
        )
    )
    with subprocess.Popen([sys.executable, str(script)], stdin=subprocess.PIPE) as parent:
        assert comes_true(lambda: (tmp_path / "busy").exists() and sign.exists() and sign.read_text() != "")
        parent.kill()
    assert comes_true(lambda: is_gone(int(sign.read_text())))
