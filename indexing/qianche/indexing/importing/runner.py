"""Doing a job: files read some ahead, written in order, each whole or not at all."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from qianche.corpus.errors import ModelMissing, QiancheError
from qianche.corpus.intake import Intake, TakeIn
from qianche.corpus.register import Register, rule_from_payload
from qianche.corpus.rule_texts.draft import RuleDraft
from qianche.corpus.rule_texts.matching import Match
from qianche.indexing.documents import REGISTER
from qianche.indexing.importing.intake import Arrival, record
from qianche.indexing.importing.journal import Journal, unfinished
from qianche.indexing.importing.known import Known
from qianche.indexing.importing.ledger import Ledger
from qianche.indexing.importing.locking import JOB_TIMEOUT, changing, running
from qianche.indexing.importing.originals import Originals
from qianche.indexing.importing.records import ENDED, Entry, Job, Source
from qianche.indexing.store.protocol import KnowledgeStore

MatchRule = Callable[[RuleDraft, Register], Match]
BuildVectors = Callable[..., None]
"""`build_vectors(on_progress, cancelled)` of a knowledge base."""
_LOGGER = logging.getLogger(__name__)
_BROKEN = "导入时程序出错，本文件没有写入任何内容，其余文件继续。请把文件和日志交给维护人员"


class Runner:
    """Runs jobs, one at a time over all processes of a folder; see `Importer` for the arguments.

    `stopping`: set by another thread to have it stop after the file under way.
    """

    def __init__(
        self, store: KnowledgeStore, home: Path, originals: Originals, take_in: TakeIn, match_rule: MatchRule,
        build_vectors: BuildVectors | None, ledger: Callable[[], Ledger], clock: Callable[[], datetime],
        readers: int,
    ) -> None:  # fmt: skip
        self._store = store
        self._home = home
        self._originals = originals
        self._take_in = take_in
        self._match_rule = match_rule
        self._build_vectors = build_vectors
        self._ledger = ledger
        self._clock = clock
        self._readers = readers
        self._known: Known | None = None
        self._register: Register | None = None
        self.stopping = False

    def forget_known(self) -> None:
        """Read the base anew before the next comparison: it was changed otherwise."""
        self._known = None
        self._register = None

    def run(self, journal: Journal) -> Job:
        """Run a job to its end in this thread; what is done already is passed over."""
        with running(self._home, lambda: self.stopping) as may_run:
            job = journal.read()
            if not may_run or (job.state in ENDED and job.finished):
                return job
            journal.note(state="running", message="")
            self.forget_known()
            with self._reading() as pool:
                self._run_entries(journal, pool)
            if self.stopping and unfinished(journal.read()):
                return journal.read()
            self._embed(journal)
            stopped = any(entry.state == "cancelled" for entry in journal.read().entries)
            journal.note(state="cancelled" if stopped else "done")
        return journal.read()

    @contextmanager
    def _reading(self) -> Iterator[ThreadPoolExecutor]:
        """Threads that wait for readers; on a fault those under way are not waited for longer than they take."""
        pool = ThreadPoolExecutor(self._readers, thread_name_prefix="reading")
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)

    def _run_entries(self, journal: Journal, pool: ThreadPoolExecutor) -> None:
        """Read files some ahead, write them in their order: what joins what must not depend on speed."""
        done: set[int] = set()
        while left := [e for e in unfinished(journal.read()) if e.number not in done]:
            ahead: deque[tuple[Entry, Future[Intake] | None]] = deque()
            for entry in left:
                if journal.cancelled or self.stopping:
                    break
                ahead.append((entry, self._begin(journal, entry, pool)))
                if len(ahead) > self._readers:
                    self._finish(journal, *ahead.popleft())
            while ahead:
                self._finish(journal, *ahead.popleft())
            if journal.cancelled:
                rest = unfinished(journal.read())
                journal.put(*(replace(e, state="cancelled", message="已取消，没有导入。") for e in rest))
                return
            if self.stopping:
                return
            done |= {entry.number for entry in left}

    def _begin(self, journal: Journal, entry: Entry, pool: ThreadPoolExecutor) -> Future[Intake] | None:
        """Have a file read, unless it is known already."""
        sha256 = entry.sha256 or ""
        if self._ledger().get(Source, sha256) is not None:
            return None
        journal.put(replace(entry, state="reading"))
        return pool.submit(self._read, entry)

    def _read(self, entry: Entry) -> Intake:
        """What a file holds; `NotFound` where its original has been dropped meanwhile."""
        return self._take_in(self._originals.find(entry.sha256 or ""), entry.name)

    def _finish(self, journal: Journal, entry: Entry, reading: Future[Intake] | None) -> None:
        """Write what was read of a file, all or nothing, and note what came of it."""
        try:
            ended = self._record(journal, entry, reading)
        except QiancheError as error:
            ended = replace(entry, state="failed", message=error.message)
        except Exception as error:  # a fault of ours in one file must not end the others
            _log(entry, error)
            ended = replace(entry, state="failed", message=f"{_BROKEN}（{type(error).__name__}）。")
        journal.put(ended)

    def _record(self, journal: Journal, entry: Entry, reading: Future[Intake] | None) -> Entry:
        intake = reading.result() if reading is not None else None
        with changing(self._home, JOB_TIMEOUT):
            ledger = self._ledger()
            source = ledger.get(Source, entry.sha256 or "")
            if source is not None:
                return _known_already(ledger, journal, entry, source)
            if intake is None:  # removed since it was looked up
                intake = self._read(entry)
            self._originals.find(
                entry.sha256 or ""
            )  # dropped while it was read: no source without its original
            known = self._known = self._known or Known(self._store)
            arrival = Arrival(
                entry.sha256 or "", entry.name, entry.size_bytes, journal.folder.name, self._clock()
            )
            outcome = record(ledger, known, arrival, intake, self._match)
            ledger.commit()
            known.add(ledger.puts.values())
            self._register = None if outcome.counts.get("articles") else self._register
        return replace(
            entry, state="done", message=outcome.message or "已导入。", counts=outcome.counts,
            record_ids=tuple(dict.fromkeys(outcome.record_ids)),
        )  # fmt: skip

    def _match(self, draft: RuleDraft) -> Match:
        if self._register is None:
            rules = tuple(rule_from_payload(p) for _, p in self._store.iter_records(REGISTER))
            self._register = Register(rules)
        return self._match_rule(draft, self._register)

    def make_vectors(self) -> None:
        """Give the passages that a person's change brought their vectors; a failure is logged, the next job tries again."""
        if self._build_vectors is None:
            return
        try:
            self._build_vectors(None, lambda: self.stopping)
        except ModelMissing as error:
            _LOGGER.info("%s", error.message)
        except Exception as error:  # the thread must go on with the jobs
            _LOGGER.error("vectors failed", exc_info=error)

    def _embed(self, journal: Journal) -> None:
        """Give the new passages their vectors; search is lexical until then, and stays so without a model."""
        if self._build_vectors is None:
            return
        journal.note(state="embedding")
        try:
            self._build_vectors(None, lambda: journal.cancelled or self.stopping)
            if journal.cancelled:
                journal.note(message="已取消：已导入的资料保留，语义向量下次建库或导入时补上。")
        except ModelMissing:
            journal.note(message="没有语义模型，新资料暂按字词检索。")
        except QiancheError as error:
            journal.note(message=f"资料已导入，语义向量未算完：{error.message}")


def _log(entry: Entry, error: Exception) -> None:
    _LOGGER.error("import of entry %s failed", entry.number, exc_info=error)


def _known_already(ledger: Ledger, journal: Journal, entry: Entry, source: Source) -> Entry:
    """The same bytes again: said, the new name kept; or this very entry, written before a kill.

    The journal is read for the latter alone: read for every file known, a folder given again would take hours.
    """
    ids = tuple(source.account_ids)
    may_be_own = source.job_id == journal.folder.name and source.names == (entry.name,)
    if may_be_own and _is_first(journal.read(), entry):
        return replace(entry, state="done", message="已导入。", record_ids=ids)
    if entry.name not in source.names:
        ledger.put(source.sha256, replace(source, names=(*source.names, entry.name)))
        ledger.commit()
    day = f"{source.received_at:%Y-%m-%d}"
    message = f"已导入过：内容与 {day} 导入的“{source.names[0]}”完全相同，未重复导入。"
    return replace(entry, state="skipped", message=message, record_ids=ids)


def _is_first(job: Job, entry: Entry) -> bool:
    """Whether no earlier entry of the job holds the same bytes."""
    return not any(e.sha256 == entry.sha256 and e.number < entry.number for e in job.entries)
