"""What was changed between two steps: files taken back, cases that moved, versions that went, names that are no text."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from tests.indexing.importing import making
from tests.indexing.importing.conftest import Bench, make_bench

from qianche.corpus.errors import BadRequest, StoreError
from qianche.indexing.build import case_entry
from qianche.indexing.importing import Incoming, locking
from qianche.indexing.importing.journal import Journal
from qianche.indexing.importing.ledger import Ledger
from qianche.indexing.importing.overlay import imported_on_top
from qianche.indexing.importing.records import Source
from qianche.indexing.store.embedded.locks import held

PINE = {"day": "2020-01-01", "firm": "安吉红松竹业厂", "deaths": 3}


def account(sha256: str, number: int = 1) -> str:
    return f"imp-{sha256[:12]}-{number}"


def two_files_of_one_accident(bench: Bench) -> tuple[str, str]:
    first = bench.take("甲.json", text=["甲" * 30], drafts=[PINE])
    return first, bench.take("乙.json", text=["乙" * 30], drafts=[PINE])


def test_a_correction_stays_with_the_case_when_the_file_that_made_it_is_removed(bench: Bench) -> None:
    first, second = two_files_of_one_accident(bench)
    bench.importer.correct(account(first), "toll.injured", 7, "李四")
    bench.importer.remove(first, "李四")
    assert bench.cases()[account(second)]["toll"]["injured"] == 7
    (kept,) = bench.importer.corrections(account(second))
    assert [(change.value, change.who) for change in kept.changes] == [(7, "李四")]


def test_a_file_imported_again_after_it_was_removed_has_its_corrections(bench: Bench) -> None:
    first, _ = two_files_of_one_accident(bench)
    bench.importer.correct(account(first), "toll.injured", 7, "李四")
    bench.importer.remove(first, "李四")
    bench.take("丙.json", text=["甲" * 30], drafts=[PINE | {"day": "2020-06-01"}])
    bench.take("甲.json", text=["甲" * 30], drafts=[PINE])
    case_id = bench.importer.account(account(first)).case_id
    assert case_id is not None
    assert bench.cases()[case_id]["toll"]["injured"] == 7


def test_a_bundled_case_cannot_lose_its_date(bench: Bench) -> None:
    with pytest.raises(BadRequest, match="不能没有日期"):
        bench.importer.correct("bundled-a", "occurred_on", None, "李四")
    assert "bundled-a" in bench.cases()


def test_a_proposed_join_follows_the_case_that_was_joined_to_another_meanwhile(bench: Bench) -> None:
    first = bench.take("甲.json", text=["甲" * 30], drafts=[PINE])
    second = bench.take("乙.json", text=["乙" * 30], drafts=[PINE | {"deaths": 4}])
    other = bench.take("丙.json", text=["丙" * 30], drafts=[PINE | {"firm": "安吉白鹭纸品厂"}])
    (question,) = bench.importer.reviews("join")
    bench.importer.join(account(first), account(other), "李四")
    bench.importer.decide(question.review_id, "join", "李四")
    together = {bench.importer.account(account(sha)).case_id for sha in (first, second, other)}
    assert together == {account(other)}
    assert {join.case_id for join in bench.importer.joins()} == {account(other)}


def test_a_text_almost_the_same_without_a_date_and_of_another_place_is_asked_about(bench: Bench) -> None:
    bench.take("甲.json", text=list(making.LONG), drafts=[PINE])
    form = [*making.LONG[:18], "另一家厂的事。", "另一段。"]
    elsewhere = {"day": None, "firm": "赣州白鹭化工厂", "deaths": 1, "place": ("江西省", "赣州市", "信丰县")}
    bench.take("乙.json", text=form, drafts=[elsewhere])
    (join,) = bench.importer.joins()
    assert (join.state, join.verdict) == ("proposed", "likely")
    assert len(bench.importer.reviews("join")) == 1


def test_an_edited_copy_with_another_toll_is_still_the_same_accident(bench: Bench) -> None:
    bench.take("甲.json", text=list(making.LONG), drafts=[PINE])
    bench.take("乙.json", text=[*making.LONG[:19], "补充调查后改为四人。"], drafts=[PINE | {"deaths": 4}])
    assert [join.state for join in bench.importer.joins()] == ["joined"]


def test_a_form_filled_in_for_another_numbered_site_is_asked_about_not_joined(bench: Bench) -> None:
    for n, name in ((27, "甲.json"), (87, "乙.json")):
        form = [*making.LONG[:19], f"这是第{n}号工地。"]
        bench.take(name, text=form, drafts=[PINE | {"firm": f"第{n}号工地"}])
    assert [join.state for join in bench.importer.joins()] == ["proposed"]


def test_an_original_dropped_before_its_file_is_read_is_said_and_nothing_is_kept(bench: Bench) -> None:
    file = bench.file("甲.json", text=["甲" * 30], drafts=[PINE])
    drop_when_asked(bench, lambda take_in, path, name: (path.unlink(), take_in(path, name))[1])
    (entry,) = bench.run(file).entries
    assert entry.state == "failed"
    assert bench.importer.sources() == ()


def test_an_original_dropped_while_its_file_is_read_leaves_no_source_without_original(bench: Bench) -> None:
    file = bench.file("甲.json", text=["甲" * 30], drafts=[PINE])

    def read_then_drop(take_in: Callable[..., Any], path: Any, name: str) -> Any:
        intake = take_in(path, name)
        path.unlink()
        return intake

    drop_when_asked(bench, read_then_drop)
    (entry,) = bench.run(file).entries
    assert (entry.state, "请重新导入该文件" in entry.message) == ("failed", True)
    assert bench.importer.sources() == ()


def drop_when_asked(bench: Bench, reading: Callable[..., Any]) -> None:
    """Have the bench read files with this around the usual reader."""
    runner = bench.importer._runner
    usual = runner._take_in
    runner._take_in = lambda path, name: reading(usual, path, name)


def test_a_file_name_that_is_no_valid_text_is_kept_as_far_as_it_is(bench: Bench) -> None:
    file = bench.file(text=["甲" * 30], drafts=[PINE])
    (entry,) = bench.run(Incoming("报告\udcff.json", file.path)).entries
    assert (entry.state, entry.name) == ("done", "报告?.json")


def test_a_folder_given_again_does_not_read_the_journal_for_every_file(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [
        bench.file(f"{n}.json", text=[f"第{n}篇的正文。"], drafts=[PINE | {"day": f"2020-02-{n:02}"}])
        for n in range(1, 13)
    ]
    bench.run(*files)
    read = Journal.read
    reads: list[str] = []
    monkeypatch.setattr(Journal, "read", lambda self: (reads.append(""), read(self))[1])
    assert bench.run(*files).states == {"skipped": 12}
    assert len(reads) < 12


def test_a_text_whose_version_left_the_register_is_asked_about_and_can_be_removed(bench: Bench) -> None:
    sha256 = bench.take("规定.json", text=["竹粉尘防爆规定", "第一条 应当清扫。"], rule="竹粉尘防爆规定")
    assert bench.importer.source(sha256).rule_version == "dust-rules@2020-01-01"
    entries, removed = imported_on_top(bench.store, [case_entry(making.case("bundled-a"))])
    bench.store.write_records(entries, remove=removed)
    bench.store.delete_records("register", ["dust-rules"])
    assert bench.importer.source(sha256).rule_version is None
    (question,) = bench.importer.reviews("rule-unmatched")
    assert "dust-rules@2020-01-01" in question.what
    bench.importer.remove(sha256, "李四")
    assert bench.importer.sources() == ()


def test_a_cause_that_only_the_table_tells_is_not_called_a_finding_of_the_report(bench: Bench) -> None:
    report = bench.take("报告.json", text=["甲" * 30], drafts=[PINE | {"direct_cause": []}])
    bench.take("台账.json", text=["乙" * 30], kind="table", drafts=[PINE | {"direct_cause": "积灰"}])
    told = bench.cases()[account(report)]
    assert (told["direct_cause"], told["cause_basis"]) == ("积灰", "person")


def test_vectors_under_way_can_be_cancelled(tmp_path: Any) -> None:
    bench = make_bench(tmp_path / "home", [])

    def build_vectors(_: None, cancelled: Callable[[], bool]) -> None:
        (job,) = bench.importer.jobs()
        assert job.state == "embedding"
        bench.importer.cancel(job.job_id)
        assert cancelled()

    bench.importer._runner._build_vectors = build_vectors
    job = bench.run(bench.file(text=["甲" * 30], drafts=[PINE]))
    assert (job.state, job.states) == ("done", {"done": 1})
    assert "语义向量" in job.message
    bench.importer.close()
    bench.store.close()


def test_a_ledger_keeps_few_texts_in_memory(bench: Bench) -> None:
    for n in range(20):
        bench.take(f"{n}.json", text=[f"第{n}篇的正文。"], kind="other")
    ledger = Ledger(bench.store, lambda _: None)
    names = [source.sha256 for source in ledger.all(Source)]
    assert [ledger.text(sha256).document.text != "" for sha256 in names] == [True] * 20
    assert len(ledger._texts) == 16


def test_a_doubtful_cause_is_not_of_high_confidence(bench: Bench) -> None:
    sure = bench.take("甲.json", text=["甲厂事故调查报告", "甲" * 30], drafts=[PINE])
    doubtful = bench.take(
        "乙.json",
        text=["乙厂事故调查报告", "乙" * 30],
        drafts=[PINE | {"day": "2021-01-01"}],
        doubtful="direct_cause",
    )
    found = bench.cases()
    assert [found[account(sha)]["confidence"] for sha in (sure, doubtful)] == ["high", "medium"]


def test_dates_that_differ_are_asked_about_and_said_to_keep_the_case_from_search(bench: Bench) -> None:
    sha256 = bench.take("甲.json", text=["甲" * 30], drafts=[PINE | {"day": ["2020-01-01", "2020-03-01"]}])
    assert account(sha256) not in bench.cases()
    (question,) = bench.importer.reviews("conflict")
    assert "不参加检索" in question.proposal
    bench.importer.decide(question.review_id, "value", "李四", "2020-03-01")
    assert bench.cases()[account(sha256)]["occurred_on"] == "2020-03-01"


def test_a_job_waits_for_a_long_rebuild_where_a_person_is_told_to_come_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "CHANGE_TIMEOUT", 0.05)
    job_id = bench.importer.start([bench.file(text=["甲" * 30], drafts=[PINE])], "张三")
    with held(bench.home / "imports" / "change.lock", 10):
        with pytest.raises(StoreError, match="请等它完成后重试"):
            bench.importer.correct("bundled-a", "toll.injured", 1, "李四")
        assert bench.importer.wait(job_id, 0.3).state == "running"
    assert bench.importer.wait(job_id, 30).states == {"done": 1}


def test_a_thread_does_not_wait_for_ever_for_another_of_its_process(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "CHANGE_TIMEOUT", 0.05)
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with locking.changing(bench.home):
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(10)
    with pytest.raises(StoreError, match="另一项操作"):
        bench.importer.correct("bundled-a", "toll.injured", 1, "李四")
    leave.set()
    thread.join()
    bench.importer.correct("bundled-a", "toll.injured", 1, "李四")
