"""Columns are known by what their headers mean: many wordings, several header rows, titles above, none at all."""

from __future__ import annotations

import pytest
from tests.corpus.tables.workbooks import workbook

from qianche.corpus.errors import BadRequest
from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.document import Document
from qianche.corpus.reading.formats.tables import read_table
from qianche.corpus.reading.limits import DEFAULT_LIMITS
from qianche.corpus.tables import (
    ColumnMapping,
    is_accident_list,
    map_columns,
)
from qianche.corpus.tables.headers import FIELDS, meaning, unit_of, wordings


def document_of(data: bytes | str) -> Document:
    """Return the clean document of a workbook or of the text of a CSV file."""
    return clean(read_table(data if isinstance(data, bytes) else data.encode(), DEFAULT_LIMITS))


def fields_of(mapping: ColumnMapping, table: int = 0) -> list[str | None]:
    return [column.field for column in mapping.tables[table].columns]


@pytest.mark.parametrize(
    ("levels", "field", "sure"),
    [
        (["死亡人数"], "deaths", True),
        (["死亡（人）"], "deaths", True),
        (["* 死亡人数（必填）"], "deaths", True),
        (["伤亡情况", "死亡"], "deaths", True),
        (["伤亡情况（人）", "其中：重伤"], "severe_injuries", True),
        (["事故伤亡人数", ""], None, True),
        (["事故原因", "直接"], "direct_cause", True),
        (["原因", "直接"], "direct_cause", True),
        (["经济损失", "直接"], "direct_loss", True),
        (["伤亡情况", "姓名"], None, True),
        (["直接经济损失\n（万元）"], "direct_loss", True),
        (["直接经济损失万元"], "direct_loss", True),
        (["经济损失（元）"], "loss", True),
        (["间接经济损失"], None, True),
        (["事故发生的时间"], None, True),
        (["事故发生时间（年月日）"], "date", True),
        (["上报时间"], None, True),
        (["企业主要防范措施情况"], "measures", False),
        (["死亡人员姓名"], None, True),
        (["死亡人数占比"], "deaths", False),
        (["事故单位地址"], None, True),
        (["省（区、市）"], "province", True),
        (["ID"], "number", True),
        (["隐患描述"], None, True),
        ([""], None, True),
    ],
)
def test_headers_are_read_by_their_meaning(levels: list[str], field: str | None, sure: bool) -> None:
    found = meaning(levels)
    assert (found.field if found else None) == field
    assert found is None or found.sure == sure


def test_every_wording_leads_to_a_field_and_no_name_to_two() -> None:
    names = [name for wording in wordings() for name in wording.names]
    assert {wording.field for wording in wordings()} == set(FIELDS)
    assert len(names) == len(set(names))
    assert all(meaning([name]) is not None for name in names)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("损失（万元）", "万元"),
        ("单位：元", "元"),
        ("损失/亿元", "亿元"),
        ("千元", "千元"),
        ("单元", None),
        ("损失（美元）", None),
        ("元素", None),
    ],
)
def test_the_unit_of_money_is_read(text: str, unit: str | None) -> None:
    assert unit_of(text) == unit


def test_a_title_and_two_header_rows() -> None:
    mapping = map_columns(
        document_of(
            workbook(
                [
                    ["某县2023年事故台账"],
                    ["序号", "发生时间", "事故单位", "伤亡情况", None, None, "直接经济损失（万元）", "备注"],
                    [None, None, None, "死亡", "重伤", "轻伤", None, None],
                    [1, "2023-5-6", "甲厂", 1, 0, 2, 30, None],
                ],
                merged=["A1:H1", "D2:F2", "A2:A3"],
            )
        )
    )
    (table,) = mapping.tables
    assert fields_of(mapping) == [
        "number", "date", "unit", "deaths", "severe_injuries", "minor_injuries", "direct_loss", "note",
    ]  # fmt: skip
    assert (table.header, table.first, table.end, table.title, table.use) == (
        (1, 2),
        3,
        4,
        "某县2023年事故台账",
        "accidents",
    )
    assert (table.columns[3].header, table.columns[6].unit) == ("伤亡情况/死亡", "万元")
    assert mapping.warnings == ()


def test_the_unit_may_stand_in_the_title() -> None:
    mapping = map_columns(
        document_of("事故统计清单（单位：元）\n事故名称,时间,死亡,直接损失\n甲,2020-1-2,1,5000\n")
    )
    assert mapping.tables[0].columns[3].unit == "元"


def test_a_table_without_header_says_so_and_can_be_told_its_columns() -> None:
    mapping = map_columns(document_of("甲厂,2020-01-02,3\n乙厂,2021-02-03,1\n"))
    assert mapping.warnings == ("第 1 页的表格没有认出表头。请指定各列的含义。",)
    told = mapping.corrected(0, {0: "unit", 1: "date", 2: "deaths"})
    assert (fields_of(told), told.tables[0].use) == (["unit", "date", "deaths"], "accidents")
    assert (told.tables[0].first, told.tables[0].end) == (0, 2)


def test_columns_not_understood_are_kept_and_told() -> None:
    mapping = map_columns(document_of("事故名称,时间,死亡人数,天气,经办科室\n甲,2020-1-2,1,晴,三科\n"))
    assert fields_of(mapping) == ["name", "date", "deaths", None, None]
    assert mapping.warnings == ("第 1 页的表格有未用的列：天气、经办科室。原文已保存，需要时请指定含义。",)


def test_a_header_that_only_contains_a_known_word_is_not_sure() -> None:
    mapping = map_columns(document_of("事故名称,时间,死亡人数,企业主要防范措施情况\n甲,2020-1-2,1,培训\n"))
    assert not mapping.tables[0].columns[3].sure
    assert mapping.warnings == (
        "第 1 页的表格有按近似列名或内容对应的列：企业主要防范措施情况→防范措施。请核对。",
    )


@pytest.mark.parametrize(
    ("header", "use"),
    [
        ("年份,事故起数,死亡人数,受伤人数", "statistics"),
        ("隐患描述,检查单位,检查时间,整改措施", "unknown"),
        ("姓名,性别,时间,地点,单位", "unknown"),
        ("名称,文号,发布机关,施行时间", "unknown"),
        ("事故名称,时间,事故经过", "accidents"),
        ("单位,时间,地点,死亡", "accidents"),
    ],
)
def test_only_lists_of_accidents_are_taken_for_such(header: str, use: str) -> None:
    row = ",".join(["甲"] * len(header.split(",")))
    assert [t.use for t in map_columns(document_of(f"{header}\n{row}\n{row}\n")).tables] == [use]


def test_tables_under_each_other_are_told_apart_and_a_repeated_header_begins_none() -> None:
    mapping = map_columns(
        document_of(
            "一、煤矿事故\n事故名称,时间,死亡人数\n甲,2020-1-2,1\n事故名称,时间,死亡人数\n乙,2020-3-4,2\n"
            ",,\n二、道路事故\n时间,地点,死亡人数,受伤人数\n2020-5-6,某路,3,4\n"
        )
    )
    assert [(t.title, t.first, t.end) for t in mapping.tables] == [
        ("一、煤矿事故", 2, 5),
        ("二、道路事故", 8, 9),
    ]
    assert fields_of(mapping, 1) == ["date", "place", "deaths", "injured"]


@pytest.mark.parametrize(
    ("table", "fields", "unit", "code"),
    [
        (1, {}, None, "no-such-table"),
        (0, {9: "date"}, None, "no-such-column"),
        (0, {0: "weather"}, None, "no-such-field"),
        (0, {}, "美元", "no-such-unit"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    table: int, fields: dict[int, str | None], unit: str | None, code: str
) -> None:
    mapping = map_columns(document_of("事故名称,时间,死亡人数\n甲,2020-1-2,1\n"))
    with pytest.raises(BadRequest) as caught:
        mapping.corrected(table, fields, unit=unit)
    assert caught.value.code == code


def test_a_document_is_a_list_of_accidents_only_with_rows() -> None:
    listed = document_of("事故名称,时间,死亡人数\n甲,2020-1-2,1\n乙,2020-1-3,1\n")
    assert is_accident_list(listed, map_columns(listed))
    one = document_of("事故名称,时间,死亡人数\n甲,2020-1-2,1\n")
    assert not is_accident_list(one, map_columns(one))


# header, what its cells are, field
BY_CELLS = [
    ("那一天", ("2022-01-09", "2022年4月16日", "5月21日"), "date"),
    ("上报的那天", ("2022-01-09", "2022-04-16", "2022-05-21"), None),
    ("那一天", ("2022-01-09", "待查", "后山"), None),
    ("编码", ("45052", "45053", "45054"), None),
    ("没了的人", ("1", "0", "2人"), "deaths"),
    ("在场几人", ("1", "0", "2"), None),
    ("没了的人", ("司机", "厂长", "电工"), None),
]


@pytest.mark.parametrize(("header", "cells", "field"), BY_CELLS)
def test_a_header_not_understood_is_proposed_by_its_cells_and_never_sure(
    header: str, cells: tuple[str, ...], field: str | None
) -> None:
    rows = "".join(f"事故{i},某镇,某厂,1,{cell}\n" for i, cell in enumerate(cells))
    (table,) = map_columns(document_of(f"名称,地点,单位,受伤,{header}\n{rows}")).tables
    assert (table.columns[4].field, table.columns[4].sure) == (field, field is None)
    (told,) = map_columns(document_of(f"名称,地点,单位,受伤,{header}\n{rows}")).warnings
    assert (f"按近似列名或内容对应的列：{header}→" in told) is (field is not None)


def test_a_column_of_days_is_not_taken_beside_one_that_its_header_explains() -> None:
    (table,) = map_columns(
        document_of("名称,发生时间,那天,死亡\n甲,2020-1-2,2020-1-3,1\n乙,2020-2-2,2020-2-3,1\n")
    ).tables
    assert [column.field for column in table.columns] == ["name", "date", None, "deaths"]


# how people write it, field
COLLOQUIAL = [
    ("哪天出的事", "date"), ("出事日期", "date"), ("走了几人", "deaths"), ("死了几个", "deaths"), ("伤了几人", "injured"),
    ("咋回事", "course"), ("出事地点", "place"), ("出事单位", "unit"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "field"), COLLOQUIAL)
def test_headers_in_plain_speech_are_known(header: str, field: str) -> None:
    found = meaning([header])
    assert found is not None and (found.field, found.sure) == (field, True)
