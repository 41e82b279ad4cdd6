"""What an imported case claims: whose a cause and a figure is, what is in conflict, which grade is settled."""

from __future__ import annotations

from typing import Any

import pytest
from tests.indexing.importing.conftest import Bench
from tests.indexing.importing.making import ledger

from qianche.corpus.casebook import case_from_payload, labels
from qianche.corpus.taking_in import take_in
from qianche.indexing.importing import Incoming
from qianche.indexing.importing.merging import Teller
from qianche.indexing.importing.to_case import case_payload

ELSEWHERE = {"day": "2021-07-08", "place": ("江西省", "赣州市", "信丰县"), "firm": "信丰白鹭木器有限公司"}
REPORT = ["信丰白鹭木器有限公司“7·8”火灾事故调查报告", "当天起火。"]


def taken(bench: Bench, text: list[str] | None = None, **given: Any) -> tuple[str, dict[str, Any]]:
    """The case of one report, by id and payload."""
    extra = {k: given.pop(k) for k in ("doubtful",) if k in given}
    sha = bench.take("信丰.docx", text=text or ["当天起火。"], drafts=[ELSEWHERE | given], **extra)
    case_id = f"imp-{sha[:12]}-1"
    return case_id, bench.cases()[case_id]


def cause_label(payload: dict[str, Any]) -> str:
    return labels.cause_label(case_from_payload(payload))


def test_only_an_investigation_report_is_the_basis_of_a_cause(bench: Bench) -> None:
    _, payload = taken(bench, REPORT)
    assert (payload["cause_basis"], payload["cause_doubtful"], payload["confidence"]) == (
        "report",
        False,
        "high",
    )


def test_a_text_that_is_no_report_is_only_what_the_file_says(bench: Bench) -> None:
    _, payload = taken(bench, ["当天起火。", "起因如上。"])
    assert cause_label(payload) == "成因据导入文件所述，未见调查认定"
    assert payload["confidence"] == "medium"


def test_a_preliminary_cause_is_never_shown_as_on_a_page(bench: Bench) -> None:
    _, payload = taken(bench, ["事故快报", "当天起火。"])
    assert cause_label(payload) == "成因据初步分析，非最终认定"
    assert payload["confidence"] == "medium"


def test_the_finding_of_a_report_takes_the_place_of_an_earlier_preliminary_cause(bench: Bench) -> None:
    case_id, before = taken(bench, ["事故快报", "当天起火。"], direct_cause="疑为电机过热")
    assert before["direct_cause"] == "疑为电机过热"
    second = bench.take("报告.docx", text=REPORT, drafts=[ELSEWHERE | {"direct_cause": "除尘管积灰"}])
    [account] = bench.importer.source(second).account_ids
    if bench.importer.account(account).case_id != case_id:
        bench.importer.join(account, case_id, "李四")
    payload = bench.cases()[case_id]
    assert (payload["direct_cause"], cause_label(payload)) == ("除尘管积灰", "成因据调查报告")


def test_a_doubtful_cause_says_so(bench: Bench) -> None:
    _, payload = taken(bench, REPORT, doubtful="direct_cause")
    assert cause_label(payload) == "成因据导入文件所述，未见调查认定，存疑"
    assert payload["confidence"] == "medium"


def test_without_a_cause_nothing_is_claimed_until_a_person_gives_one(bench: Bench) -> None:
    case_id, payload = taken(bench, REPORT, direct_cause=[])
    assert (payload["direct_cause"], payload["cause_basis"]) == (None, "absent")
    assert cause_label(payload) == "直接原因原记录未载"
    bench.importer.correct(case_id, "direct_cause", "除尘管积灰", "李四")
    assert cause_label(bench.cases()[case_id]) == "成因由使用者填写"
    bench.importer.correct(case_id, "direct_cause", None, "李四")
    assert bench.cases()[case_id]["cause_basis"] == "absent"


def test_a_cause_told_in_several_ways_is_in_conflict_and_not_absent(bench: Bench) -> None:
    _, payload = taken(bench, REPORT, direct_cause=["除尘管积灰", "电机过热"])
    assert payload["direct_cause"] is None
    assert payload["conflicts"] == [{"field": "direct_cause", "values": ["除尘管积灰", "电机过热"]}]
    assert cause_label(payload) == "成因据导入文件所述，未见调查认定，存疑"


def test_figures_in_conflict_stand_side_by_side_where_they_belong(bench: Bench) -> None:
    case_id, payload = taken(bench, REPORT, deaths=[3, 4], direct_loss_wan=[90.0, 120.5], injured=2)
    assert payload["conflicts"] == [
        {"field": "toll.deaths", "values": ["3", "4"]},
        {"field": "toll.direct_loss_wan", "values": ["90", "120.5"]},
    ]
    case = case_from_payload(payload)
    assert (case.numbers_confirmed, case.confidence, case.grade) == (False, "medium", None)
    bench.importer.correct(case_id, "toll.deaths", 4, "李四")
    after = case_from_payload(bench.cases()[case_id])
    assert [c.field for c in after.conflicts] == ["toll.direct_loss_wan"]
    assert "更正：死亡人数由“数据有出入（3／4）”改为“4”（李四，2026-03-01）。" in (after.note or "")


def test_losses_that_differ_in_the_last_digit_are_told_to_the_last_digit(bench: Bench) -> None:
    _, payload = taken(bench, REPORT, direct_loss_wan=[19371.65, 19371.68])
    assert payload["conflicts"] == [{"field": "toll.direct_loss_wan", "values": ["19371.65", "19371.68"]}]
    assert "19371.65（" in payload["note"] and "19371.68（" in payload["note"]


def test_places_in_conflict_are_no_silent_blank(bench: Bench) -> None:
    sha = bench.take("甲.docx", text=["一段。"], drafts=[ELSEWHERE])
    case_id = f"imp-{sha[:12]}-1"
    other = ELSEWHERE | {"place": ("江西省", "赣州市", "龙南市")}
    second = bench.take("乙.docx", text=["另一段文字。"], drafts=[other])
    [account] = bench.importer.source(second).account_ids
    if bench.importer.account(account).case_id != case_id:
        bench.importer.join(account, case_id, "李四")
    case = case_from_payload(bench.cases()[case_id])
    assert (case.place.county, case.conflict_in("place.county")) == (None, ("信丰县", "龙南市"))


def test_one_figure_in_conflict_takes_the_computed_grade(bench: Bench) -> None:
    _, payload = taken(bench, deaths=1, direct_loss_wan=[900.0, 1100.0])  # 一般 by the one, 较大 by the other
    assert payload["grade"] is None
    _, payload = taken(bench, ["另一份。"], day="2020-01-02", deaths=1, injured=[4, 5])  # 一般 by both
    assert payload["grade"] == {"value": "一般", "basis": "computed"}


@pytest.mark.parametrize(("deaths", "grade"), [(None, None), (0, {"value": "一般", "basis": "computed"})])
def test_no_grade_is_computed_while_the_deaths_are_unknown(
    bench: Bench, deaths: int | None, grade: dict[str, str] | None
) -> None:
    _, payload = taken(bench, deaths=deaths, injured=0, direct_loss_wan=105.0)
    assert (payload["toll"]["deaths"], payload["grade"]) == (deaths, grade)


def test_a_corrected_figure_makes_no_grade_while_the_deaths_are_unknown(bench: Bench) -> None:
    case_id, _ = taken(bench, deaths=None)
    bench.importer.correct(case_id, "toll.direct_loss_wan", 105.0, "李四")
    assert bench.cases()[case_id]["grade"] is None
    bench.importer.correct(case_id, "toll.deaths", 3, "李四")
    assert bench.cases()[case_id]["grade"] == {"value": "较大", "basis": "computed"}


def test_grades_named_differently_leave_none(bench: Bench) -> None:
    _, payload = taken(bench, deaths=2, severity_named=["一般", "较大"])
    assert payload["grade"] is None
    assert labels.grade_label(case_from_payload(payload)) == "数据有出入（一般／较大）"


def test_a_figure_of_a_person_is_not_credited_to_the_file(bench: Bench) -> None:
    case_id, before = taken(bench, REPORT)
    bench.importer.correct(case_id, "toll.injured", 5, "李四")
    bench.importer.correct(case_id, "toll.injured", 6, "王五")
    payload = bench.cases()[case_id]
    assert payload["corrected"] == [{"field": "toll.injured", "who": "王五"}]
    case = case_from_payload(payload)
    assert labels.numbers_label(case) == "受伤人数由使用者更正，其余伤亡数字和日期据导入的文件所载"
    assert case.confidence == "medium"
    bench.importer.withdraw(case_id, "toll.injured", "李四")
    assert bench.cases()[case_id] == before


def test_a_conflict_is_said_once_in_the_note(bench: Bench) -> None:
    report = [
        "信丰白鹭木器有限公司“7·8”火灾事故调查报告",
        "2021年7月8日，江西省赣州市信丰县白鹭木器有限公司发生火灾事故，造成2人死亡。",
        "事故共造成3人死亡，直接经济损失90万元。",
    ]
    path = bench.home.parent / "r.txt"
    path.write_text("\n".join(report), "utf-8")
    taken_in = take_in(path, "报告.txt")
    tellers = [Teller("a", "s", "报告.txt", draft, taken_in.document) for draft in taken_in.case_drafts]
    assert tellers[0].draft.deaths.conflicting
    note = case_payload("a", tellers)["note"]
    assert note.count("死亡人数") == 1 and note.count("数据有出入") == 1


def test_the_wish_for_a_date_goes_once_the_date_is_given(bench: Bench) -> None:
    header, row = (
        "事故名称,发生时间,省,单位,死亡人数,直接原因",
        "白鹭厂火灾事故,,江西省,信丰白鹭厂,2,积灰遇火花",
    )
    path = bench.home.parent / "t.csv"
    path.write_bytes(ledger(header, row, "红松厂火灾事故,2021-02-03,江西省,信丰红松厂,1,积灰"))
    [entry] = bench.run(Incoming("台账.csv", path)).entries
    case_id = f"imp-{(entry.sha256 or '')[:12]}-1"
    assert case_id not in bench.cases()
    bench.importer.correct(case_id, "occurred_on", "2021-07-08", "李四")
    note = bench.cases()[case_id]["note"]
    assert "发生日期" not in note and "更正：日期由“未载”改为“2021-07-08”" in note
