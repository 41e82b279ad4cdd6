"""One file in, what it holds out: every kind of file leads to the right kind of records."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.corpus.reading.docx_files import cell, docx_file, p, table
from tests.corpus.reading.test_archives import archive
from tests.corpus.tables.workbooks import workbook

from qianche.corpus.casebook import case_to_payload, load_casebook
from qianche.corpus.errors import BadRecord
from qianche.corpus.reading.isolation import WorkerPool
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reports.draft import Moment
from qianche.corpus.taking_in import isolated_take_in, take_in, take_in_bytes

REPORT = """甲县乙化工有限公司“3·4”较大中毒事故调查报告
2021年3月4日9时20分许，位于贵州省铜仁市甲县的乙化工有限公司在污水池清淤作业过程中发生一起中毒事故，造成3人死亡，直接经济损失420万元。
一、事故发生经过
3月4日9时许，作业人员张某未经检测进入污水池清淤，吸入硫化氢后倒下，另外两人下池施救时相继中毒。
二、事故原因
（一）直接原因
作业人员未经通风检测即进入污水池，吸入高浓度硫化氢中毒。
（二）间接原因
1.乙化工有限公司未执行有限空间作业审批制度，违反了《中华人民共和国安全生产法》第四十四条。
2.现场没有配备救援器材。
三、防范措施
1.严格执行有限空间作业审批制度。
2.配齐检测和救援器材。
"""
RULE = """某市有限空间作业安全规定
第一章　总则
第一条　为了防止中毒窒息，制定本规定。
第二条　作业前应当先通风、再检测。
第三条　本规定自2022年1月1日起施行。
"""


def test_a_report_becomes_a_draft_with_everything_it_tells() -> None:
    intake = take_in_bytes(REPORT.encode(), "报告.txt")
    (draft,) = intake.case_drafts
    assert intake.kind == "report"
    assert draft.moment.value == Moment(date(2021, 3, 4), "09:20", True)
    assert (draft.deaths.value, draft.direct_loss_wan.value, draft.severity_named.value) == (3, 420.0, "较大")
    assert "污水池" in (draft.direct_cause.value or "")
    assert len(draft.indirect_causes) == 2
    assert [intake.document.quote(c.span) for c in draft.citations] == [
        "《中华人民共和国安全生产法》第四十四条"
    ]
    assert len(draft.measures) == 2
    assert draft.warnings == ()


def test_a_rule_becomes_a_tree() -> None:
    intake = take_in_bytes(RULE.encode(), "某市有限空间作业安全规定(2021-11-30).txt")
    assert intake.kind == "rule"
    assert intake.rule_draft is not None
    assert (intake.rule_draft.title, intake.rule_draft.name_date) == (
        "某市有限空间作业安全规定",
        date(2021, 11, 30),
    )


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.csv", "台账.docx"])
def test_a_ledger_becomes_a_draft_a_row_in_every_format(name: str) -> None:
    rows = [
        ["事故名称", "时间", "死亡人数"],
        ["甲厂触电事故", "2020-1-2", "1"],
        ["乙矿透水事故", "2020-3-4", "2"],
    ]
    if name.endswith("xlsx"):
        data = workbook(rows)
    elif name.endswith("csv"):
        data = "\n".join(",".join(row) for row in rows).encode("gb18030")
    else:
        data = docx_file(table(*("".join(cell(p(text)) for text in row) for row in rows)))
    intake = take_in_bytes(data, name)
    assert intake.kind == "table"
    assert [(d.name.value, d.deaths.value) for d in intake.case_drafts] == [
        ("甲厂触电事故", 1),
        ("乙矿透水事故", 2),
    ]


def test_a_table_that_is_no_ledger_gives_nothing_and_says_so() -> None:
    intake = take_in_bytes("年份,事故起数,死亡人数\n2020,3,4\n".encode(), "统计.csv")
    assert (intake.kind, intake.case_drafts) == ("table", ())
    assert "统计表" in intake.document.warnings[-1]


def own_cases() -> list[dict[str, object]]:
    return [case_to_payload(case) for case in load_casebook()[:2]]


@pytest.mark.parametrize("form", ["lines", "list", "pretty"])
def test_cases_of_our_own_schema_come_whole(form: str) -> None:
    records = own_cases()
    if form == "lines":
        text = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    else:
        text = json.dumps(records, ensure_ascii=False, indent=2 if form == "pretty" else None)
    intake = take_in_bytes(text.encode(), "案例.json")
    assert intake.cases == tuple(replace(case, origin="imported") for case in load_casebook()[:2])
    assert (intake.kind, bool(intake.document.text)) == ("table", True)


@pytest.mark.parametrize(("form", "place"), [("lines", "第 2 行"), ("list", "第 2 行")])
def test_a_mistake_in_our_own_schema_is_told_with_line_and_field(form: str, place: str) -> None:
    records = own_cases()
    records[1]["occurred_on"] = "2021-02-30"
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    text = "\n".join(lines) if form == "lines" else json.dumps(records, ensure_ascii=False, indent=1)
    with pytest.raises(BadRecord) as caught:
        take_in_bytes(text.encode(), "案例.json")
    assert place in caught.value.message
    assert "occurred_on" in caught.value.message


def test_a_list_of_ours_hides_no_repeated_key() -> None:
    text = json.dumps([own_cases()[0]], ensure_ascii=False)
    with pytest.raises(BadRecord) as caught:
        take_in_bytes(text.replace('{"case_id"', '{"name": "x", "case_id"', 1).encode(), "案例.json")
    assert "“name”出现两次" in caught.value.message


def test_every_line_of_a_file_of_reports_is_an_accident() -> None:
    second = REPORT.replace("2021年3月4日", "2022年5月6日").replace("3月4日", "5月6日").replace("3·4", "5·6")
    lines = [
        json.dumps({"no": n, "text": text}, ensure_ascii=False) for n, text in ((9, REPORT), (2, second))
    ]
    intake = take_in_bytes("\n".join(lines).encode(), "报告.jsonl")
    assert [d.moment.value.day for d in intake.case_drafts if d.moment.value] == [
        date(2021, 3, 4),
        date(2022, 5, 6),
    ]
    assert [intake.document.page_at(d.deaths.findings[0].spans[0].start) for d in intake.case_drafts] == [
        1,
        2,
    ]


def test_a_file_of_several_rules_is_kept_and_says_why_it_is_none() -> None:
    lines = [json.dumps({"title": f"{n}号规定", "content": RULE * 2}, ensure_ascii=False) for n in "甲乙"]
    intake = take_in_bytes("\n".join(lines).encode(), "法规.jsonl")
    assert (intake.kind, intake.rule_draft) == ("other", None)
    assert "2 部法规" in intake.document.warnings[-1]


def test_accounts_of_one_accident_stand_side_by_side() -> None:
    again = REPORT.replace("造成3人死亡", "造成4人死亡").replace("调查报告", "案例分析")
    (draft,) = take_in_bytes((REPORT + again).encode(), "两篇.txt").case_drafts
    assert sorted(finding.value for finding in draft.deaths.findings) == [3, 4]
    assert any("数据有出入" in warning and "死亡人数" in warning for warning in draft.warnings)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "空.txt", "empty-file"),
        (archive(a=b"1"), "包.zip", "not-a-text"),
        (b'{"a": ', "坏.json", "damaged"),
        (workbook([["甲"]])[:-40], "坏.xlsx", "truncated"),
    ],
)
def test_what_cannot_be_taken_in_has_a_clear_error(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        take_in_bytes(data, name)
    assert caught.value.code == code


def test_a_file_above_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    path.write_bytes(b"x" * 2048)
    with pytest.raises(Unreadable) as caught:
        take_in(path, "大.txt", Limits(file_bytes=1024))
    assert caught.value.code == "too-large"


def test_files_are_taken_in_by_worker_processes_with_the_same_result(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "0a1b"
    path.write_text(REPORT, encoding="utf-8")
    with caplog.at_level(logging.CRITICAL), WorkerPool(1) as pool:
        isolated = isolated_take_in(pool)
        assert isolated(path, "报告.txt") == take_in(path, "报告.txt")
        path.write_bytes(b"")
        with pytest.raises(Unreadable) as caught:
            isolated(path, "报告.txt")
        assert caught.value.code == "empty-file"
