"""A table whose columns a person corrects: rows read anew, joins and questions with them, and back exactly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.indexing.importing import making
from tests.indexing.importing.conftest import Bench, make_bench
from tests.indexing.importing.making import LEDGER, NOON, ledger

from qianche.corpus.errors import BadRequest, NotFound, StoreError
from qianche.indexing.build import case_entry
from qianche.indexing.importing import Incoming, columns
from qianche.indexing.importing.ledger import Ledger
from qianche.indexing.importing.overlay import imported_on_top
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore

ROWS = LEDGER
TOLL, DAY = 6, 1
DEAD = {TOLL: "deaths"}
HURT = {TOLL: "injured"}
COLLECTIONS = ("cases", "sources", "source_texts", "accounts", "told", "joins", "reviews", "corrections")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A base with the first accident of the table, and a clock that goes on."""
    with opened(tmp_path) as bench:
        yield bench


@contextmanager
def opened(folder: Path) -> Iterator[Bench]:
    """What `bench` is, in a folder."""
    bench = make_bench(folder / "home", making.BUNDLED)
    ticks = count()
    clock = lambda: NOON + timedelta(seconds=next(ticks))  # noqa: E731
    bench.importer._clock = bench.importer._runner._clock = clock
    yield bench
    bench.importer.close()
    bench.store.close()


def table(bench: Bench, *rows: str, name: str = "台账.csv") -> str:
    """Import a table of these rows; return its sha256."""
    path = bench.home.parent / name
    path.write_bytes(ledger(*rows))
    (entry,) = bench.run(Incoming(name, path)).entries
    assert entry.state == "done" and entry.sha256, entry
    return entry.sha256


def report(bench: Bench, number: int = 0, **what: Any) -> str:
    """Import a report, the number tells it from others; return the id of its account."""
    return row(bench.take(f"{number}.json", text=[f"{number}{what}"], drafts=[what]))


def row(sha256: str, number: int = 1) -> str:
    return f"imp-{sha256[:12]}-{number}"


def state(bench: Bench) -> dict[str, Any]:
    """Every record of imports but the mapping itself, and every passage."""
    found: dict[str, Any] = {c: dict(bench.store.iter_records(c)) for c in COLLECTIONS}
    documents = bench.store.collection("cases").filter_documents()
    return found | {"passages": {d.id: (d.content, d.meta) for d in documents}}


PINE = {"day": "2023-02-03", "firm": "安吉红松竹业厂", "deaths": 1}


def test_the_mapping_is_what_the_headers_say_until_a_person_corrects_it(bench: Bench) -> None:
    sha256 = table(bench)
    fields = lambda: [c.field for c in bench.importer.columns(sha256).tables[0].columns]  # noqa: E731
    as_headed = ["name", "date", "province", "city", "county", "unit", "injured", "direct_cause"]
    assert fields() == as_headed
    assert bench.importer.column_changes(sha256) == ()
    bench.importer.remap(sha256, 0, DEAD, "李四")
    assert fields() == [*as_headed[:TOLL], "deaths", *as_headed[TOLL + 1 :]]
    (change,) = bench.importer.column_changes(sha256)
    assert (change.table, change.fields, change.who) == (0, DEAD, "李四")


def test_corrected_columns_change_the_figures_of_every_row(bench: Bench) -> None:
    sha256 = table(bench)
    tolls = lambda n: (t := bench.cases()[row(sha256, n)]["toll"], (t["deaths"], t["injured"]))[1]  # noqa: E731
    assert [tolls(n) for n in (1, 2, 3)] == [(None, 2), (None, 1), (None, 0)]
    source = bench.importer.remap(sha256, 0, DEAD, "李四")
    assert [tolls(n) for n in (2, 3)] == [(1, None), (0, None)]
    assert source == bench.importer.source(sha256)
    assert source.account_ids == tuple(row(sha256, n) for n in (1, 2, 3))


def test_a_row_whose_deaths_are_known_now_joins_the_case_it_tells(bench: Bench) -> None:
    sha256 = table(bench)
    (asked,) = bench.importer.reviews("join")
    assert asked.case_id == "bundled-a"
    assert {r.field for r in bench.importer.reviews("incomplete")} >= {"toll.deaths"}
    bench.importer.remap(sha256, 0, DEAD, "李四")
    assert bench.importer.account(row(sha256)).case_id == "bundled-a"
    assert row(sha256) not in bench.cases()
    assert [(j.case_id, j.state) for j in bench.importer.joins()] == [("bundled-a", "joined")]
    assert bench.importer.reviews("join") == ()
    assert "toll.deaths" not in {r.field for r in bench.importer.reviews("incomplete")}


def test_mapping_back_gives_exactly_the_former_state(bench: Bench) -> None:
    report(bench, **PINE)
    sha256 = table(bench)
    before = state(bench)
    bench.importer.remap(sha256, 0, DEAD, "李四")
    assert state(bench) != before
    bench.importer.remap(sha256, 0, HURT, "李四")
    assert state(bench) == before


def test_mapping_back_restores_a_case_that_a_later_report_was_joined_to(bench: Bench) -> None:
    sha256 = table(bench, *(line.replace("受伤人数", "死亡人数") for line in ROWS))
    later = report(bench, **PINE)
    own = row(sha256, 2)
    assert bench.importer.account(later).case_id == own
    bench.importer.correct(own, "toll.injured", 5, "王五")
    before = state(bench)
    bench.importer.remap(sha256, 0, HURT, "李四")
    assert [bench.importer.account(i).case_id for i in (own, later)] == [own, later]
    assert bench.importer.reviews("join") != ()
    bench.importer.remap(sha256, 0, DEAD, "李四")
    assert state(bench) == before


def test_the_result_is_that_of_a_table_that_was_right_from_the_beginning(
    bench: Bench, tmp_path: Path
) -> None:
    sha256 = table(bench)
    later = report(bench, **PINE)
    assert bench.importer.account(later).case_id == later
    bench.importer.remap(sha256, 0, DEAD, "李四")
    assert bench.importer.account(later).case_id == row(sha256, 2)
    (join,) = [j for j in bench.importer.joins() if j.account_id == later]
    assert (join.case_id, join.state, join.by) == (row(sha256, 2), "joined", "规则")


def test_a_table_does_not_match_its_own_former_rows(bench: Bench) -> None:
    sha256 = table(bench, *ROWS[:1], *ROWS[2:])
    bench.importer.remap(sha256, 0, DEAD, "李四")
    assert bench.importer.joins() == ()
    assert sorted(i for i in bench.cases() if i.startswith("imp-")) == [row(sha256, n) for n in (1, 2)]
    assert bench.importer.source(sha256).version_of is None


def test_a_row_that_says_the_same_is_not_touched(bench: Bench) -> None:
    sha256 = table(bench, *ROWS, "青竹厂坍塌事故,2021-01-01,浙江省,湖州市,安吉县,安吉青竹厂,,堆放过高")
    before = dict(bench.store.iter_records("accounts"))
    bench.importer.remap(sha256, 0, DEAD, "李四")
    after = dict(bench.store.iter_records("accounts"))
    assert [before[row(sha256, n)] == after[row(sha256, n)] for n in (1, 2, 3, 4)] == [False] * 3 + [True]


def test_without_the_column_of_days_the_rows_wait_and_say_what_is_missing(bench: Bench) -> None:
    sha256 = table(bench)
    before = state(bench)
    bench.importer.remap(sha256, 0, {DAY: None}, "李四")
    assert not any(i.startswith("imp-") for i in bench.cases())
    assert "日期" in bench.importer.account(row(sha256, 2)).waiting_for
    asked = {r.case_id for r in bench.importer.reviews("incomplete") if r.field == "occurred_on"}
    assert asked == {row(sha256, n) for n in (1, 2, 3)}
    assert any("发生时间" in warning for warning in bench.importer.source(sha256).warnings)
    bench.importer.remap(sha256, 0, {DAY: "date"}, "李四")
    assert state(bench) == before


def test_a_table_of_which_no_column_is_used_gives_no_accident(bench: Bench) -> None:
    sha256 = table(bench)
    before = state(bench)
    found = {c.index: c.field for c in bench.importer.columns(sha256).tables[0].columns}
    source = bench.importer.remap(sha256, 0, dict.fromkeys(found), "李四")
    assert source.account_ids == ()
    assert not any(i.startswith("imp-") for i in bench.cases())
    assert bench.importer.reviews() == ()
    bench.importer.remap(sha256, 0, found, "李四")
    assert state(bench) == before


def test_a_table_with_names_of_columns_that_nobody_knows_becomes_a_list_of_accidents(bench: Bench) -> None:
    rows = (
        "甲厂的表",
        "项目,何时,谁家,亡人",
        "甲厂火灾,2020年3月4日,安吉甲厂,1",
        "乙厂火灾,2020年5月4日,安吉乙厂,2",
    )
    sha256 = table(bench, *rows)
    (found,) = bench.importer.columns(sha256).tables
    assert (found.use, found.title) == ("unknown", "甲厂的表")
    assert [column.header for column in found.columns] == rows[1].split(",")
    bench.importer.remap(sha256, 0, {0: "name", 1: "date", 2: "unit", 3: "deaths"}, "李四")
    told = [bench.cases()[row(sha256, n)] for n in (1, 2)]
    assert [(c["name"], c["occurred_on"], c["toll"]["deaths"]) for c in told] == [
        ("甲厂火灾", "2020-03-04", 1),
        ("乙厂火灾", "2020-05-04", 2),
    ]
    assert len(bench.importer.source(sha256).account_ids) == 2


def test_rows_keep_their_ids_when_rows_between_are_no_accidents_any_more(bench: Bench) -> None:
    going_on = (
        ",,,,,,3,另一个原因"  # under 受伤人数 it goes on with the row above, under 死亡人数 it is an accident
    )
    sha256 = table(bench, *ROWS[:2], going_on, *ROWS[2:])
    ids = bench.importer.source(sha256).account_ids
    before = state(bench)
    bench.importer.remap(sha256, 0, DEAD, "李四")
    more = bench.importer.source(sha256).account_ids
    assert (len(ids), more) == (3, (ids[0], row(sha256, 4), *ids[1:]))
    bench.importer.remap(sha256, 0, HURT, "李四")
    assert state(bench) == before


def test_corrections_and_decisions_of_persons_stand(bench: Bench) -> None:
    sha256 = table(bench)
    (asked,) = bench.importer.reviews("join")
    bench.importer.decide(asked.review_id, "separate", "王五")
    bench.importer.correct(row(sha256, 2), "activity", "清理砂光机", "王五")
    bench.importer.join(row(sha256, 3), "bundled-b", "王五")
    bench.importer.remap(sha256, 0, DEAD, "李四")
    assert bench.importer.account(row(sha256)).case_id == row(sha256)
    assert bench.cases()[row(sha256, 2)]["activity"] == "清理砂光机"
    assert bench.importer.account(row(sha256, 3)).case_id == "bundled-b"
    states = {(j.account_id, j.state) for j in bench.importer.joins()}
    assert states == {(row(sha256), "refused"), (row(sha256, 3), "joined")}


def test_a_correction_stays_with_the_case_whose_row_is_none_any_more(bench: Bench) -> None:
    sha256 = table(bench, *(line.replace("受伤人数", "死亡人数") for line in ROWS))
    later = report(bench, **PINE)
    bench.importer.correct(row(sha256, 2), "activity", "清理砂光机", "王五")
    bench.importer.remap(sha256, 0, dict.fromkeys(range(8)), "李四")
    assert bench.importer.account(later).case_id == later
    assert bench.cases()[later]["activity"] == "清理砂光机"
    assert [j.state for j in bench.importer.joins()] == []


def test_what_a_person_split_is_not_joined_again(bench: Bench) -> None:
    sha256 = table(bench, *(line.replace("受伤人数", "死亡人数") for line in ROWS))
    later = report(bench, **PINE)
    bench.importer.split(row(sha256, 2), "王五")
    bench.importer.remap(sha256, 0, HURT, "李四")
    bench.importer.remap(sha256, 0, DEAD, "李四")
    assert [bench.importer.account(i).case_id for i in (row(sha256, 2), later)] == [row(sha256, 2), later]


def test_a_table_removed_and_imported_again_is_read_by_the_corrected_columns(bench: Bench) -> None:
    sha256 = table(bench)
    bench.importer.remap(sha256, 0, DEAD, "李四")
    accounts = dict(bench.store.iter_records("accounts"))
    warnings = bench.importer.source(sha256).warnings
    bench.importer.remove(sha256, "王五")
    assert bench.importer.joins() == () and bench.importer.sources() == ()
    assert table(bench) == sha256
    assert dict(bench.store.iter_records("accounts")) == accounts
    assert bench.importer.source(sha256).warnings == warnings


def test_building_anew_keeps_the_corrected_columns(bench: Bench) -> None:
    sha256 = table(bench)
    bench.importer.remap(sha256, 0, DEAD, "李四")
    mapping, before = bench.importer.columns(sha256), state(bench)
    entries = [making.case("bundled-a"), making.case("bundled-b", day="2019-03-03")]
    laid, removed = imported_on_top(bench.store, [case_entry(case) for case in entries])
    bench.store.write_records(laid, remove=removed)
    assert (bench.importer.columns(sha256), state(bench)) == (mapping, before)


def test_columns_of_a_table_that_is_read_otherwise_now_are_not_used_and_that_is_said(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = table(bench)
    bench.importer.remap(sha256, 0, DEAD, "李四")
    bench.importer.remove(sha256, "王五")
    monkeypatch.setattr(columns, "_shape", lambda mapping: [id(mapping)])
    path = bench.home.parent / "台账.csv"
    (entry,) = bench.run(Incoming("台账.csv", path)).entries
    assert "列对照与这次读出的表格不符" in entry.message
    assert bench.cases()[row(sha256, 2)]["toll"]["injured"] == 1


def test_a_fault_at_any_write_leaves_the_former_state_whole(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = table(bench)
    report(bench, **PINE)
    before = state(bench), bench.importer.columns(sha256)
    writes = {"commit": Ledger, "write_records": EmbeddedKnowledgeStore}
    for name, owner in writes.items():
        with monkeypatch.context() as patch:

            def fail(*given: Any, **named: Any) -> None:
                raise StoreError("磁盘已满。请清理后重试。")

            patch.setattr(owner, name, fail)
            with pytest.raises(StoreError):
                bench.importer.remap(sha256, 0, DEAD, "李四")
        assert (state(bench), bench.importer.columns(sha256)) == before
    bench.importer.remap(sha256, 0, DEAD, "李四")
    assert bench.importer.account(row(sha256)).case_id == "bundled-a"


class Killed(BaseException):
    """Stands for the end of the process."""


def test_a_kill_at_any_step_leaves_the_former_state_or_the_new_one(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = table(bench)
    report(bench, **PINE)
    before = state(bench)
    put = Ledger.put_entry
    for step in count(1):
        taken = [0]

        def stepped(self: Ledger, entry: Any, taken: list[int] = taken, step: int = step) -> None:
            taken[0] += 1
            if taken[0] == step:
                raise Killed
            put(self, entry)

        with monkeypatch.context() as patch, suppress(Killed):
            patch.setattr(Ledger, "put_entry", stepped)
            bench.importer.remap(sha256, 0, DEAD, "李四")
        if taken[0] < step:
            break
        assert state(bench) == before
    assert step > 10
    assert bench.importer.account(row(sha256)).case_id == "bundled-a"


def test_wrong_requests_say_what_is_wrong(bench: Bench) -> None:
    sha256 = table(bench)
    text = bench.take("报告.json", text=["一篇报告。"], drafts=[PINE])
    with pytest.raises(NotFound):
        bench.importer.columns("0" * 64)
    with pytest.raises(BadRequest, match="不是按列读取的事故台账"):
        bench.importer.columns(text)
    with pytest.raises(BadRequest, match="没有第 2 个表格"):
        bench.importer.remap(sha256, 1, DEAD, "李四")
    with pytest.raises(BadRequest, match="没有第 100 列"):
        bench.importer.remap(sha256, 0, {99: "deaths"}, "李四")
    with pytest.raises(BadRequest, match="未知的字段“死者”"):
        bench.importer.remap(sha256, 0, {TOLL: "死者"}, "李四")
    with pytest.raises(BadRequest, match="由谁操作"):
        bench.importer.remap(sha256, 0, DEAD, " ")
    assert bench.importer.column_changes(sha256) == ()


def test_several_rows_of_one_accident_make_one_case(bench: Bench) -> None:
    again = ROWS[2].replace("未停机清理", "防护罩拆除")
    rows = [line.replace("受伤人数", "死亡人数") for line in (ROWS[0], ROWS[2], again, again)]
    sha256 = table(bench, *rows)
    assert {bench.importer.account(row(sha256, n)).case_id for n in (1, 2, 3)} == {row(sha256)}


FIRMS = ("安吉红松竹业厂", "安吉白鹭纸品厂", "安吉青竹厂")
ROW = st.tuples(st.sampled_from(FIRMS), st.sampled_from("12"), st.sampled_from(["", "0", "1", "2"]))
REPORT = st.tuples(st.sampled_from(FIRMS), st.sampled_from("12"), st.sampled_from([None, 1, 2]))


@settings(max_examples=25, deadline=None)
@given(st.lists(REPORT, max_size=2), st.lists(ROW, min_size=1, max_size=4), st.lists(REPORT, max_size=3),
       st.lists(st.sampled_from([HURT, DEAD, {DAY: None}, {5: None}]), min_size=1, max_size=3))  # fmt: skip
def test_whatever_was_tried_mapping_back_gives_exactly_the_former_state(
    tmp_path_factory: pytest.TempPathFactory, earlier: Any, rows: Any, later: Any, tried: Any
) -> None:
    with opened(tmp_path_factory.mktemp("tried")) as bench:
        for number, (firm, day, deaths) in enumerate(earlier):
            report(bench, number=number, firm=firm, day=f"2024-05-0{day}", deaths=deaths)
        lines = [f",2024-05-0{d},浙江省,湖州市,安吉县,{firm},{n},积灰" for firm, d, n in rows]
        sha256 = table(bench, ROWS[0].replace("受伤人数", "死亡人数"), *lines)
        for number, (firm, day, deaths) in enumerate(later, len(earlier)):
            report(bench, number=number, firm=firm, day=f"2024-05-0{day}", deaths=deaths)
        before = state(bench)
        for fields in tried:
            bench.importer.remap(sha256, 0, fields, "李四")
        bench.importer.remap(sha256, 0, {DAY: "date", 5: "unit"} | DEAD, "李四")
        assert state(bench) == before
