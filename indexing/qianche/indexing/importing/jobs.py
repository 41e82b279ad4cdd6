"""Jobs: what is asked of them, and the thread that runs them one after the other."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qianche.corpus.errors import BadRequest, QiancheError
from qianche.indexing.importing.journal import Journal, job_id_at, no_such_job
from qianche.indexing.importing.locking import changing
from qianche.indexing.importing.originals import Originals
from qianche.indexing.importing.records import ENDED, Entry, Job
from qianche.indexing.importing.runner import Runner

_LOGGER = logging.getLogger(__name__)
_VECTORS = ""
"""Stands in the queue for no job: vectors for what a person's change brought."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to import: the name the user gave it, and where its bytes lie now.

    `problem` (Chinese) is set for a file that is known but cannot be had, as a damaged one of an archive: it fails.
    """

    name: str
    path: Path
    problem: str = ""


class Jobs:
    """The jobs of one data folder.

    Args:
        home: the data folder.
        originals: where the files' bytes are kept.
        runner: does one job.
        clock: the time now, UTC.
    """

    def __init__(
        self, home: Path, originals: Originals, runner: Runner, clock: Callable[[], datetime]
    ) -> None:
        self._home = home
        self._folder = home / "imports"
        self._originals = originals
        self._runner = runner
        self._clock = clock
        self._waiting: deque[str] = deque()
        self._running: str | None = None
        self._worker: threading.Thread | None = None
        self._changed = threading.Condition()

    def start(self, files: Iterable[Incoming], who: str) -> str:
        """Keep the originals, note the job, and queue it."""
        entries = self._kept(files)
        if not entries:
            raise BadRequest("没有选择文件。请至少给出一个文件。", code="no-files")
        with changing(self._home):
            now = self._clock()
            job_id = job_id_at(now, self._folder)
            Journal.create(self._folder / job_id, Job(job_id, now, who, "waiting", entries))
        self._queue(job_id)
        return job_id

    def add(self, job_id: str, files: Iterable[Incoming]) -> None:
        """Add files to a job that has not ended."""
        self._open_job(job_id)
        entries = self._kept(files)  # outside the lock: copying may take longer than others wait
        with changing(self._home):
            known = len(self._open_job(job_id).entries)
            numbered = (replace(entry, number=known + entry.number) for entry in entries)
            self._journal(job_id).put(*numbered, sync=True)
        self._queue(job_id)

    def _open_job(self, job_id: str) -> Job:
        """A job that takes more files."""
        job = self.read(job_id)
        if job.state in (*ENDED, "embedding"):
            raise BadRequest(f"任务“{job_id}”已经结束，不能再加文件。请新建一个任务。", code="job-ended")
        return job

    def _kept(self, files: Iterable[Incoming]) -> tuple[Entry, ...]:
        return tuple(self._keep(number, file) for number, file in enumerate(files, start=1))

    def _keep(self, number: int, file: Incoming) -> Entry:
        """One file's entry, its original kept; a file that cannot be read has failed already."""
        name = _storable(Path(file.name.replace("\\", "/")).name)[:200] or "未命名"
        if file.problem:
            return Entry(number, name, None, 0, "failed", file.problem)
        try:
            sha256, size = self._originals.keep(file.path)
        except OSError as error:
            why = f"无法读取“{name}”：{error.strerror or error}。请核对文件和权限。"
            return Entry(number, name, None, 0, "failed", why)
        except QiancheError as error:
            return Entry(number, name, None, 0, "failed", error.message)
        return Entry(number, name, sha256, size)

    def all(self) -> tuple[Job, ...]:
        """Return every job, newest first."""
        return tuple(self.read(job_id) for job_id in sorted(self._ids(), reverse=True))

    def _ids(self) -> list[str]:
        return [path.parent.name for path in self._folder.glob("*/journal.jsonl")]

    def read(self, job_id: str) -> Job:
        """Return a job as it stands."""
        return self._journal(job_id).read()

    def _journal(self, job_id: str) -> Journal:
        if Path(job_id).name != job_id:
            raise no_such_job(job_id)
        return Journal(self._folder / job_id)

    def cancel(self, job_id: str) -> Job:
        """Ask for a stop; whoever runs the job notes what is left as cancelled."""
        journal = self._journal(job_id)
        job = journal.read()
        if job.state not in ENDED or not job.finished:
            journal.cancel()
            self._queue(job_id)
        return journal.read()

    def resume_all(self) -> tuple[str, ...]:
        """Queue every job that is not finished."""
        self._originals.clear_unfinished()
        found = tuple(
            job.job_id for job in reversed(self.all()) if job.state not in ENDED or not job.finished
        )
        for job_id in found:
            self._queue(job_id)
        return found

    def wait(self, job_id: str, timeout: float | None) -> Job:
        """Return the job once it has ended in this process, or as it stands after the timeout."""
        with self._changed:
            self._changed.wait_for(lambda: self._idle(job_id), timeout)
        return self.read(job_id)

    def _idle(self, job_id: str) -> bool:
        stopped = self._worker is None
        return stopped or (job_id not in self._waiting and job_id != self._running)

    def close(self) -> None:
        """Stop after the file under way."""
        with self._changed:
            self._runner.stopping = True
            worker = self._worker
        if worker is not None:
            worker.join()

    def make_vectors(self) -> None:
        """Have the passages that have no vector yet embedded in the background."""
        self._queue(_VECTORS)

    def _queue(self, job_id: str) -> None:
        with self._changed:
            if job_id not in self._waiting:
                self._waiting.append(job_id)
            if self._worker is None and not self._runner.stopping:
                self._worker = threading.Thread(target=self._work, name="importing", daemon=True)
                self._worker.start()

    def _work(self) -> None:
        """Run queued jobs until none is left."""
        while True:
            with self._changed:
                self._running = None
                self._changed.notify_all()
                if self._runner.stopping or not self._waiting:
                    self._worker = None
                    return
                job_id = self._running = self._waiting.popleft()
            if job_id == _VECTORS:
                self._runner.make_vectors()
                continue
            try:
                self._runner.run(self._journal(job_id))
            except QiancheError as error:
                self._note(job_id, message=error.message)
            except Exception as error:  # the thread must go on with the other jobs, and be seen to end
                _LOGGER.error("job %s failed", job_id, exc_info=error)
                self._note(
                    job_id, message=f"任务中断：程序出错（{type(error).__name__}）。请重新启动后继续。"
                )

    def _note(self, job_id: str, **changes: str) -> None:
        """Note something about a job; where even that fails (a full disk) its state on the disk stays true."""
        try:
            self._journal(job_id).note(**changes)
        except QiancheError:
            return


def _storable(name: str) -> str:
    """A file name as it can be written down: one that is no valid text comes with lone surrogates."""
    return name.encode("utf-8", "replace").decode("utf-8")
