"""Jobs: progress, cancelling, going on after a stop; a kill between any two steps leaves whole files only."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.indexing.importing import making
from tests.indexing.importing.conftest import Bench, make_bench
from tests.indexing.importing.making import BUNDLED, NOON

from qianche.corpus.errors import BadRequest, ModelMissing, NotFound
from qianche.corpus.intake import Intake
from qianche.indexing.importing import Importer
from qianche.indexing.importing.journal import Journal, job_id_at, unfinished
from qianche.indexing.importing.ledger import Ledger
from qianche.indexing.importing.records import Entry, Job

REPO = Path(__file__).parents[3]
COLLECTIONS = ("cases", "rules", "register", "sources", "accounts", "told", "joins", "reviews")


class Killed(BaseException):
    """Stands for the end of the process."""


def files(bench: Bench, count: int = 3) -> list[Any]:
    """Files that join, ask, wait: one of each, then plain ones."""
    told = [
        {"drafts": [{}], "text": ["并入自带案例的一篇。"]},
        {"drafts": [{"deaths": [3, 4], "firm": "另一家云泉厂"}], "text": ["前后不一的一篇。"]},
        {"rule": "竹粉尘防爆规定", "text": ["竹粉尘防爆规定", "第一条 每班清扫除尘管。"]},
    ]
    told += [
        {"drafts": [{"day": f"2020-01-{n:02}", "firm": f"第{n}号白鹭厂"}], "text": [f"第{n}篇的正文。"]}
        for n in range(1, count - 2)
    ]
    return [bench.file(f"{n}.json", **what) for n, what in enumerate(told)]


def state(bench: Bench) -> dict[str, Any]:
    """Every record, and every passage."""
    found: dict[str, Any] = {c: dict(bench.store.iter_records(c)) for c in COLLECTIONS}
    for collection in ("cases", "rules"):
        documents = bench.store.collection(collection).filter_documents()
        found[f"{collection}'"] = {d.id: (d.content, d.meta) for d in documents}
    return found


def whole_files(bench: Bench) -> bool:
    """Whether every source has all its accounts, with cases, and nothing belongs to no source."""
    sources = dict(bench.store.iter_records("sources"))
    accounts = dict(bench.store.iter_records("accounts"))
    of_sources = [i for s in sources.values() for i in s.get("account_ids", ())]
    texts = dict(bench.store.iter_records("source_texts"))
    cases = bench.cases()
    return (
        sorted(of_sources) == sorted(accounts)
        and texts.keys() == sources.keys()
        and all(a["case_id"] in cases for a in accounts.values())
    )


@contextmanager
def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """End the process before step number `step` of all commits and journal lines; counts the steps."""
    taken = [0]

    def before(act: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*given: Any, **named: Any) -> Any:
            taken[0] += 1
            if taken[0] == step:
                raise Killed
            return act(*given, **named)

        return stepped

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "commit", before(Ledger.commit))
        patch.setattr(Journal, "_append", before(Journal._append))
        yield taken


def clean_run(home: Path) -> tuple[dict[str, Any], Job]:
    """What an undisturbed import of the files leaves."""
    bench = make_bench(home / "home", BUNDLED)
    job = bench.run(*files(bench))
    left = state(bench)
    bench.store.close()
    return left, job


def test_a_kill_before_any_step_leaves_whole_files_and_the_job_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, finished = clean_run(tmp_path / "clean")
    assert [e.state for e in finished.entries] == ["done"] * 3
    step = 0
    while True:
        step += 1
        bench = make_bench(tmp_path / str(step) / "home", BUNDLED)
        with killed_at(10**6, monkeypatch):
            monkeypatch.setattr(bench.importer._jobs, "_queue", lambda job_id: None)
            job_id = bench.importer.start(files(bench), "张三")
        with killed_at(step, monkeypatch) as taken, suppress(Killed):
            bench.importer._runner.run(Journal(bench.home / "imports" / job_id))
        assert whole_files(bench), step
        again = Importer(
            bench.store, bench.home, making.take_in, match_rule=bench.importer._runner._match_rule,
            bundled=lambda: BUNDLED, clock=lambda: NOON,
        )  # fmt: skip
        again.resume_all()
        job = again.wait(job_id, 30)
        assert [e.state for e in job.entries] == ["done"] * 3, step
        assert job.state == "done"
        assert _without_job(state(bench)) == _without_job(expected), step
        bench.store.close()
        if taken[0] < step:
            break
    assert step > 9  # three files: a commit and two lines each


def _without_job(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, sort_keys=True, default=str)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is of POSIX")
def test_killed_processes_lose_no_file_and_leave_no_half(tmp_path: Path) -> None:
    home = tmp_path / "home"
    bench = make_bench(home, BUNDLED)
    bench.importer._jobs._queue = lambda job_id: None  # type: ignore[method-assign]
    job_id = bench.importer.start(files(bench, 24), "张三")
    bench.store.close()
    command = [sys.executable, "-m", "tests.indexing.importing.crash_importer", str(home)]
    before = 0
    for target in (3, 12):
        process = subprocess.Popen(command, cwd=REPO, stdout=subprocess.DEVNULL, env=os.environ)
        journal = Journal(home / "imports" / job_id)
        while process.poll() is None and 24 - len(unfinished(journal.read())) < target:
            time.sleep(0)
        process.send_signal(signal.SIGKILL)
        process.wait()
        left = make_bench(home, BUNDLED)
        assert whole_files(left)
        done = len(dict(left.store.iter_records("sources")))
        assert done >= max(before, target - 1)
        before = done
        left.store.close()
    subprocess.run(command, cwd=REPO, check=True, capture_output=True, timeout=60)
    ended = make_bench(home, BUNDLED)
    assert whole_files(ended)
    assert len(dict(ended.store.iter_records("sources"))) == 24
    assert {e.state for e in ended.importer.job(job_id).entries} == {"done"}
    ended.store.close()


def test_a_cancelled_job_keeps_what_is_done(tmp_path: Path) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def slow(path: Path, name: str) -> Intake:
        if name == "1.json":
            reached.set()
            go_on.wait(20)
        return making.take_in(path, name)

    bench = make_bench(tmp_path / "home", BUNDLED, slow)
    job_id = bench.importer.start(files(bench, 9), "张三")
    assert reached.wait(20)
    bench.importer.cancel(job_id)
    go_on.set()
    job = bench.importer.wait(job_id, 20)
    states = [e.state for e in job.entries]
    assert job.state == "cancelled" and states[0] == "done" and states[-1] == "cancelled"
    assert len(bench.importer.sources()) == states.count("done")
    assert whole_files(bench)
    bench.store.close()


def test_files_are_added_to_a_running_job_but_not_to_an_ended_one(tmp_path: Path) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def slow(path: Path, name: str) -> Intake:
        reached.set()
        go_on.wait(20)
        return making.take_in(path, name)

    bench = make_bench(tmp_path / "home", BUNDLED, slow)
    first, second, third = files(bench)
    job_id = bench.importer.start([first], "张三")
    assert reached.wait(20)
    bench.importer.add(job_id, [second])
    go_on.set()
    job = bench.importer.wait(job_id, 20)
    assert [(e.number, e.state) for e in job.entries] == [(1, "done"), (2, "done")]
    with pytest.raises(BadRequest):
        bench.importer.add(job_id, [third])
    bench.store.close()


def test_jobs_are_listed_newest_first_and_unknown_ones_refused(bench: Bench) -> None:
    ids = [bench.run(file).job_id for file in files(bench)]
    assert [job.job_id for job in bench.importer.jobs()] == ids[::-1]
    for unknown in ("20200101-000000-1", "../home", ""):
        with pytest.raises(NotFound):
            bench.importer.job(unknown)


def test_vectors_are_made_after_the_records_and_their_lack_is_said(tmp_path: Path) -> None:
    bench = make_bench(tmp_path / "home", BUNDLED)
    seen: list[int] = []

    def build(on_progress: object, cancelled: Callable[[], bool]) -> None:
        seen.append(len(bench.importer.sources()))
        assert not cancelled()
        raise ModelMissing("没有模型。")

    bench.importer = Importer(
        bench.store, bench.home, making.take_in, build_vectors=build, bundled=lambda: BUNDLED
    )
    job = bench.run(*files(bench))
    assert seen == [3]
    assert (job.state, job.message) == ("done", "没有语义模型，新资料暂按字词检索。")
    bench.store.close()


def test_results_do_not_depend_on_how_many_files_are_read_at_once(tmp_path: Path) -> None:
    found = []
    for readers in (1, 3):
        bench = make_bench(tmp_path / str(readers) / "home", BUNDLED)
        bench.importer = Importer(
            bench.store, bench.home, making.take_in, bundled=lambda: BUNDLED, clock=lambda: NOON, readers=readers
        )  # fmt: skip
        bench.run(*files(bench, 8))
        found.append(_without_job(state(bench)))
        bench.store.close()
    assert found[0] == found[1]


STATES = st.sampled_from(["pending", "reading", "done", "skipped", "failed", "cancelled"])


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 5), STATES), max_size=8), st.data())
def test_a_journal_cut_anywhere_gives_the_state_before_the_cut(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, Any]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("jobs") / "job"
    entries = tuple(Entry(n, f"{n}.pdf", f"{n:064x}", n) for n in range(1, 6))
    journal = Journal.create(folder, Job("job", NOON, "张三", "waiting", entries))
    path = folder / "journal.jsonl"
    states = [{e.number: e.state for e in entries}]
    sizes = [path.stat().st_size]
    for number, new in changes:
        journal.put(Entry(number, f"{number}.pdf", None, number, new))
        states.append(states[-1] | {number: new})
        sizes.append(path.stat().st_size)
    cut = data.draw(st.integers(sizes[0], sizes[-1]))
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    complete = max(n for n, size in enumerate(sizes) if size <= cut + 1)  # the newline may be what is missing
    assert {e.number: e.state for e in journal.read().entries} == states[complete]
    journal.put(Entry(1, "1.pdf", None, 1, "done"))  # after a torn line the next one is read
    assert journal.read().entries[0].state == "done"


def test_job_ids_sort_by_time_and_are_never_taken_twice(tmp_path: Path) -> None:
    first = job_id_at(NOON, tmp_path)
    (tmp_path / first).mkdir()
    assert [first, job_id_at(NOON, tmp_path)] == ["20260301-120000-1", "20260301-120000-2"]
