"""The state of one job, in an append-only journal that a kill at any moment leaves readable.

`imports/<job id>/journal.jsonl`: the first line is the job, every further line one entry as it is now; the last
line of an entry counts, and a torn last line is as if it had not been written. A line a change: rewriting the
whole state for every file of a thousand would be a thousand times as much.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from qianche.corpus.errors import NotFound
from qianche.indexing.importing.codec import from_payload, to_payload
from qianche.indexing.importing.originals import sync_folder
from qianche.indexing.importing.records import FINAL, Entry, Job
from qianche.indexing.store.embedded.faults import translated

_FILE = "journal.jsonl"
_CANCEL = "cancel"


class Journal:
    """One job of a folder of jobs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / _FILE
        self._lock = Lock()

    @classmethod
    def create(cls, folder: Path, job: Job) -> Journal:
        """Return the journal of a new job, its entries included."""
        journal = cls(folder)
        with translated(folder.parent):
            folder.mkdir(parents=True)
        head = to_payload(replace(job, entries=())) | {"state": job.state}
        journal._append([{"job": head}, *({"entry": to_payload(entry)} for entry in job.entries)])
        sync_folder(folder)
        sync_folder(folder.parent)
        return journal

    def _append(self, lines: list[dict[str, Any]], *, sync: bool = True) -> None:
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        with self._lock, translated(self.folder), self._path.open("ab+") as file:
            if file.tell() and not self._ends_whole(file.tell()):
                text = "\n" + text  # a torn line stays alone and unreadable
            file.write(text.encode())
            file.flush()
            if sync:
                os.fsync(file.fileno())

    def _ends_whole(self, size: int) -> bool:
        with self._path.open("rb") as file:
            file.seek(size - 1)
            return file.read(1) == b"\n"

    def put(self, *entries: Entry, sync: bool = False) -> None:
        """Note what became of entries; with `sync` it is on the disk when this returns, as new ones must be.

        Of what became of a file the store is the witness: a line lost with the power has it looked up again.
        """
        self._append([{"entry": to_payload(entry)} for entry in entries], sync=sync)

    def note(self, **changes: str) -> None:
        """Note the state or message of the job itself."""
        self._append([{"change": changes}])

    def cancel(self) -> None:
        """Ask whoever runs the job, in this process or another, to stop after the file under way."""
        with translated(self.folder):
            (self.folder / _CANCEL).touch()

    @property
    def cancelled(self) -> bool:
        return (self.folder / _CANCEL).exists()

    def read(self) -> Job:
        """Return the job as it stands; `NotFound` where there is none."""
        try:
            with translated(self.folder):
                lines = self._path.read_bytes().split(b"\n")
        except Exception as error:
            raise no_such_job(self.folder.name) from error
        head: dict[str, Any] | None = None
        entries: dict[int, Entry] = {}
        for line in filter(None, lines):
            try:
                record = json.loads(line)
            except ValueError:
                continue  # torn by a kill
            if "entry" in record:
                entry = from_payload(Entry, record["entry"])
                entries[entry.number] = entry
            else:
                head = (head or {}) | record.get("job", record.get("change", {}))
        if head is None or "job_id" not in head:
            raise no_such_job(self.folder.name)
        return replace(from_payload(Job, head | {"entries": ()}), entries=tuple(entries.values()))


def no_such_job(job_id: str) -> NotFound:
    """Return the error for an id that no job has."""
    return NotFound(f"没有编号为“{job_id}”的导入任务。请用任务列表核对编号。")


def unfinished(job: Job) -> tuple[Entry, ...]:
    """Return the entries that are still to be done; one that was being read starts over."""
    return tuple(entry for entry in job.entries if entry.state not in FINAL)


def job_id_at(now: datetime, taken: Path) -> str:
    """Return a job id that sorts by time and is not taken yet: `20260315-081500-1`."""
    stamp = now.strftime("%Y%m%d-%H%M%S")
    number = 1
    while (taken / f"{stamp}-{number}").exists():
        number += 1
    return f"{stamp}-{number}"
