"""The columns of a table over HTTP: what they are taken for, corrected, and what cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from tests.indexing.importing.making import LEDGER, ledger
from tests.service.import_api.bench import NOBODY, Bench, problem

from qianche.corpus.tables import FIELDS
from qianche.service.api import import_examples
from qianche.service.responses.columns import TableColumns

TOLL = "7"


def columns(bench: Bench, sha256: str) -> TableColumns:
    return TableColumns.model_validate_json(bench.get(f"/api/sources/{sha256}/columns").content)


def correct(bench: Bench, sha256: str, **body: Any) -> Any:
    return bench.client.post(f"/api/sources/{sha256}/columns", json={"who": "李四"} | body)


def test_every_column_is_shown_with_what_it_is_taken_for_and_its_first_cells(bench: Bench) -> None:
    found = columns(bench, bench.take("台账.csv", ledger()))
    (table,) = found.tables
    assert (table.number, table.page, table.use, table.rows) == (1, 1, "accidents", 3)
    assert [c.header for c in table.columns] == LEDGER[0].split(",")
    toll = table.columns[6]
    assert (toll.number, toll.field, toll.field_label, toll.sure) == (7, "injured", "受伤人数", True)
    assert toll.samples == ["2", "1", "0"]
    assert {item.field: item.label for item in found.fields} == FIELDS
    assert found.units == ["亿元", "万元", "千元", "元"] and found.changes == []


def test_corrected_columns_change_the_cases_and_are_kept_with_who_and_when(bench: Bench) -> None:
    sha256 = bench.take("台账.csv", ledger())
    case = f"/api/cases/imp-{sha256[:12]}-2"
    assert bench.get(case).json()["deaths"] is None
    reply = correct(bench, sha256, columns={TOLL: "deaths"})
    told = TableColumns.model_validate_json(reply.content)
    assert (reply.status_code, told) == (200, columns(bench, sha256))
    assert told.tables[0].columns[6].field_label == "死亡人数"
    (change,) = told.changes
    assert (change.table, change.columns, change.who, change.unit) == (1, {TOLL: "deaths"}, "李四", None)
    assert bench.get(case).json()["deaths"] == 1


def test_a_column_can_be_left_unused_and_its_unit_be_said(bench: Bench) -> None:
    rows = ("事故名称,发生日期,地点,死亡人数,经济损失", "甲厂火灾事故,2020-01-02,安吉县,1,2000000")
    sha256 = bench.take("台账.csv", ledger(*rows))
    correct(bench, sha256, columns={"5": "direct_loss", "4": None}, unit="元")
    assert [c.unit for c in columns(bench, sha256).tables[0].columns] == [None] * 4 + ["元"]
    toll = bench.get(f"/api/cases/imp-{sha256[:12]}-1").json()
    assert (toll["direct_loss_wan"], toll["deaths"]) == (200.0, None)


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ({"columns": {TOLL: "死者"}}, "no-such-field", "未知的字段“死者”"),
        ({"columns": {"99": "deaths"}}, "no-such-column", "没有第 99 列，共 8 列"),
        ({"columns": {TOLL: "deaths"}, "table": 2}, "no-such-table", "没有第 2 个表格，共 1 个"),
        ({"columns": {TOLL: "deaths"}, "unit": "美元"}, "no-such-unit", "未知的金额单位“美元”"),
        ({"columns": {TOLL: "deaths"}, "who": " "}, "no-name", "由谁操作"),
        ({"columns": {}}, "bad-parameters", "columns"),
        ({"columns": {"0": "deaths"}}, "bad-parameters", "不能小于 1"),
        ({"columns": {"死亡": "deaths"}}, "bad-parameters", "需要整数"),
        ({"columns": {TOLL: 3}}, "bad-parameters", "需要文字"),
        ({"columns": {str(10**30): "deaths"}}, "no-such-column", "列"),
        ({"columns": {TOLL: "deaths"}, "table": 0}, "bad-parameters", "不能小于 1"),
        ({}, "bad-parameters", "必须给出"),
    ],
)
def test_what_cannot_be_carried_out_is_said_in_chinese_and_changes_nothing(
    bench: Bench, body: Any, code: str, said: str
) -> None:
    sha256 = bench.take("台账.csv", ledger())
    assert said in problem(correct(bench, sha256, **body), 422, code)
    assert columns(bench, sha256).changes == []


def test_a_file_that_is_no_table_or_not_there_has_no_columns(bench: Bench) -> None:
    text = bench.take("报告.docx")
    for sha256, status, code in (
        (text, 422, "no-table"), (NOBODY, 404, "not-found"), ("ABC", 422, "bad-parameters"),
    ):  # fmt: skip
        problem(bench.client.get(f"/api/sources/{sha256}/columns"), status, code)
        problem(correct(bench, sha256, columns={TOLL: "deaths"}), status, code)
    problem(bench.client.post(f"/api/sources/{text}/columns", content="x"), 415, "not-json")


def test_the_examples_have_the_declared_shape() -> None:
    for example in (import_examples.COLUMNS, import_examples.COLUMNS_CORRECTED):
        TableColumns.model_validate(example)
