"""Rows become drafts: every value with its cell, doubts said, no row lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.tables.test_columns import document_of
from tests.corpus.tables.workbooks import workbook

from qianche.corpus.reading.document import Document
from qianche.corpus.reports.draft import CaseDraft, Field, Moment, Unit, Whereabouts
from qianche.corpus.tables import day_doubt, map_columns, row_number, rows_to_drafts
from qianche.corpus.tables.values import (
    entries,
    read_casualties,
    read_clock,
    read_day,
    read_money,
    read_persons,
)


def drafts_of(table: bytes | str) -> tuple[Document, tuple[CaseDraft, ...]]:
    document = document_of(table)
    return document, rows_to_drafts(document, map_columns(document))


def drafts(table: bytes | str) -> tuple[CaseDraft, ...]:
    return drafts_of(table)[1]


def told(field: Field[Any]) -> list[tuple[Any, bool]]:
    return [(finding.value, finding.sure) for finding in field.findings]


def test_a_whole_row_with_every_value_at_its_cell() -> None:
    document, (draft,) = drafts_of(
        workbook(
            [
                [
                    "事故名称", "发生时间", "地点", "事故单位", "监理单位", "行业", "事故类别", "事故等级", "死亡", "重伤",
                    "轻伤", "直接经济损失（万元）", "事故经过", "直接原因", "间接原因", "防范措施",
                ],
                [
                    "甲厂“5·6”触电事故", "2023-05-06 14:30", "贵州省铜仁市松桃苗族自治县某镇", "甲厂", "乙监理公司", "工贸",
                    "触电", "一般", 1, 0, 2, 165.5, "电工检修时触电。", "未断电", "1.无票作业；2.培训缺失", "断电挂牌",
                ],
            ]
        )
    )  # fmt: skip
    assert told(draft.name) == [("甲厂“5·6”触电事故", True)]
    assert told(draft.moment) == [(Moment(date(2023, 5, 6), "14:30"), True)]
    place = Whereabouts("贵州省铜仁市松桃苗族自治县某镇", "贵州省", "铜仁市", "松桃苗族自治县", "某镇")
    assert told(draft.place) == [(place, True)]
    assert [finding.value for finding in draft.units] == [
        Unit("甲厂", "事故单位"),
        Unit("乙监理公司", "监理单位"),
    ]
    assert (draft.sector.value, draft.severity_named.value, draft.severity_computed.value) == (
        "工贸",
        "一般",
        "一般",
    )
    assert draft.accident_class["gb6441-1986"].value == "触电"
    assert (draft.deaths.value, draft.severe_injuries.value, draft.injured.value) == (1, 0, 2)
    assert draft.missing.findings == ()
    assert draft.direct_loss_wan.value == 165.5
    assert draft.direct_cause.value == "未断电"
    assert [finding.value for finding in draft.indirect_causes] == ["无票作业", "培训缺失"]
    assert [part.kind for part in draft.parts] == ["course", "direct_cause", "indirect_cause", "measures"]
    assert draft.warnings == ()
    for field in (draft.name, draft.deaths, draft.direct_loss_wan, draft.direct_cause, draft.severity_named):
        (finding,) = field.findings
        assert finding.found_by == "table"
        shown = document.quote(finding.spans[0])
        assert shown == (f"{finding.value:g}" if isinstance(finding.value, float) else str(finding.value))
    assert [document.quote(f.spans[0]) for f in draft.indirect_causes] == ["无票作业", "培训缺失"]
    assert document.quote(draft.span).startswith("甲厂“5·6”")


def test_a_row_that_cannot_be_read_is_a_draft_with_a_warning() -> None:
    no_day, no_number, impossible = drafts(
        "事故名称,时间,死亡人数\n甲,待查,1\n乙,2020-1-2,若干\n丙,2021-2-30,1\n"
    )
    assert (no_day.name.value, no_day.moment.findings) == ("甲", ())
    assert no_day.warnings == ("第 2 行没有可用的发生日期。请补上。",)
    assert (no_number.moment.value, no_number.deaths.findings) == (Moment(date(2020, 1, 2)), ())
    assert no_number.warnings == ("第 3 行的死亡人数“若干”读不成数字。请更正。",)
    assert impossible.warnings == ("第 4 行的日期无法确定：日期不存在（2021-2-30）。请更正。",)


def test_a_year_above_the_table_completes_days_and_is_said() -> None:
    first, second = drafts("某局2022年事故台账,,\n名称,日期,死亡\n甲,5月6日,1\n2023年,,\n乙,1.2,0\n")
    assert told(first.moment) == [(Moment(date(2022, 5, 6)), False)]
    assert first.moment.findings[0].remark == "年份取自表题（2022年）"
    assert told(second.moment) == [(Moment(date(2023, 1, 2)), False)]


def test_year_month_day_and_time_in_columns_of_their_own() -> None:
    (draft,) = drafts("年,月,日,时刻,单位,死亡\n2021,3,4,8时5分许,甲,1\n")
    assert told(draft.moment) == [(Moment(date(2021, 3, 4), "08:05", True), True)]


def test_sums_notes_captions_and_repeated_headers_are_no_accidents() -> None:
    found = drafts(
        "名称,时间,死亡人数\n一、煤矿,,\n甲,2020-1-2,1\n名称,时间,死亡人数\n乙,2020-1-3,2\n合计,,3\n填表人：张某,,\n"
    )
    assert [draft.name.value for draft in found] == ["甲", "乙"]


def test_a_row_that_names_no_accident_goes_on_with_the_one_above() -> None:
    (draft,) = drafts("名称,时间,死亡,间接原因\n甲,2020-1-2,1,无票作业\n,,,监护缺失\n")
    assert [finding.value for finding in draft.indirect_causes] == ["无票作业", "监护缺失"]
    assert draft.warnings == ("第 3 行没有事故名称、时间、地点和单位，按上一行的续行处理。",)


def test_unknown_is_not_zero() -> None:
    (draft,) = drafts("名称,时间,死亡,失踪,重伤,受伤\n甲,2020-1-2,0,无,-,\n")
    assert (draft.deaths.value, draft.missing.value) == (0, 0)
    assert (draft.severe_injuries.findings, draft.injured.findings) == ((), ())


def test_a_loss_without_unit_or_not_called_direct_is_not_sure() -> None:
    (bare,) = drafts("名称,时间,死亡,直接经济损失\n甲,2020-1-2,1,30\n")
    assert told(bare.direct_loss_wan) == [(30.0, False)]
    assert bare.direct_loss_wan.findings[0].remark == "列名和单元格都没有写金额单位，按万元读取"
    (other,) = drafts("名称,时间,死亡,经济损失（元）\n甲,2020-1-2,1,30000\n")
    assert told(other.direct_loss_wan) == [(3.0, False)]


def test_words_of_a_row_fill_what_no_column_gives_and_contradictions_stand_side_by_side() -> None:
    words = "2021年3月4日8时，甲县乙煤矿井下发生顶板事故，造成2人死亡，直接经济损失300万元。"
    (filled,) = drafts(f"名称,事故经过,直接原因,防范措施\n乙煤矿顶板事故,{words},支护不足,加强支护\n")
    assert (filled.moment.value, filled.deaths.value) == (Moment(date(2021, 3, 4), "08:00"), 2)
    assert (filled.direct_loss_wan.value, filled.severity_computed.value) == (300.0, "一般")
    (differing,) = drafts(f"名称,时间,死亡,事故经过\n乙煤矿顶板事故,2021-3-4,3,{words}\n")
    assert [value for value, _ in told(differing.deaths)] == [3, 2]
    assert differing.warnings == ("数据有出入：第 2 行的死亡人数，列中为 3，文字中为 2。请核对后选定。",)


def test_a_grade_that_does_not_follow_from_the_toll_is_told() -> None:
    (draft,) = drafts("名称,时间,死亡,事故等级\n甲,2020-1-2,3,一般\n")
    assert (draft.severity_named.value, draft.severity_computed.value) == ("一般", "较大")
    assert draft.warnings == ("第 2 行的等级“一般”与按伤亡和损失推算的“较大”不同。请核对等级、伤亡和损失。",)


def test_classes_of_coal_mines_and_words_of_common_usage() -> None:
    coal, fall = drafts(
        "名称,时间,死亡,行业,事故类别\n甲,2020-1-2,1,煤矿,顶板\n乙,2020-1-3,1,房屋建筑和市政工程,高处坠落事故\n"
    )
    assert {s: f.value for s, f in coal.accident_class.items()} == {
        "gb6441-1986": "冒顶片帮",
        "coal-8": "顶板",
    }
    assert {s: f.value for s, f in fall.accident_class.items()} == {"gb6441-1986": "高处坠落"}
    assert told(fall.sector) == [("建筑施工", True)]


def test_a_sector_that_is_in_no_list_is_kept_in_its_own_words() -> None:
    (draft,) = drafts("名称,时间,死亡,行业\n甲,2020-1-2,1,航天\n")
    assert told(draft.sector) == [("航天", False)]


def test_rules_that_a_row_cites_are_found() -> None:
    document, (draft,) = drafts_of(
        "名称,时间,死亡,违反条款\n甲,2020-1-2,1,《中华人民共和国安全生产法》第二十五条\n"
    )
    assert [document.quote(c.span) for c in draft.citations] == ["《中华人民共和国安全生产法》第二十五条"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年5月6日", date(2023, 5, 6)),
        ("2023-05-06 14:30", date(2023, 5, 6)),
        ("2023/5/6", date(2023, 5, 6)),
        ("2023.5.6上午", date(2023, 5, 6)),
        ("20230506", date(2023, 5, 6)),
        ("二〇二三年五月六日", date(2023, 5, 6)),
        ("２０２３年５月６日", date(2023, 5, 6)),
        ("45052", date(2023, 5, 6)),
        ("2023年5月", None),
        ("5月6日", None),
        ("23-5-6", None),
        ("2023-13-01", None),
        ("", None),
    ],
)
def test_days_are_read_in_every_writing(text: str, day: date | None) -> None:
    assert read_day(text)[0] == day


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2023-05-06 14:30:00", ("14:30", False)),
        ("14时30分许", ("14:30", True)),
        ("下午2点半", ("14:30", False)),
        ("凌晨3时", ("03:00", False)),
        ("2:05 PM", ("14:05", False)),
        ("2023年5月6日", (None, False)),
        ("25:00", (None, False)),
    ],
)
def test_times_are_read_in_every_writing(text: str, clock: tuple[str | None, bool]) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize(
    ("text", "number", "sure"),
    [
        ("3", 3, True), ("3人", 3, True), ("十二", 12, True), ("无", 0, True), ("3.0", 3, True),
        ("3（含失踪1人）", 3, False), ("若干", None, True), ("-1", None, True), ("3.5", None, True),
    ],
)  # fmt: skip
def test_numbers_of_persons(text: str, number: int | None, sure: bool) -> None:
    read = read_persons(text)
    assert (None if read is None else read.value) == number
    assert read is None or (not read.remark) == sure


@pytest.mark.parametrize(
    ("text", "unit", "wan"),
    [
        ("165.5", "万元", 165.5),
        ("1,655,000", "元", 165.5),
        ("1.2亿元", "万元", 12_000.0),
        ("约3万元", None, 3.0),
        ("30000元", "万元", 3.0),
        ("壹佰陆拾伍万元", None, 165.0),
        ("五", "万元", 5.0),
        ("不多", "万元", None),
    ],
)
def test_amounts_of_money(text: str, unit: str | None, wan: float | None) -> None:
    read = read_money(text, unit)
    assert (None if read is None else read.value) == wan


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("死亡1人，重伤2人", {"deaths": 1, "severe_injuries": 2}),
        ("1死2伤", {"deaths": 1, "injured": 2}),
        ("3人死亡、5人受伤、1人失踪", {"deaths": 3, "injured": 5, "missing": 1}),
        ("亡二人", {"deaths": 2}),
        ("轻伤3人", {"minor_injuries": 3}),
        ("无人员伤亡", {"deaths": 0, "injured": 0}),
        ("5", {}),
    ],
)
def test_casualties_in_words(text: str, found: dict[str, int]) -> None:
    assert read_casualties(text) == found


def test_entries_of_a_cell_leave_out_their_numbers() -> None:
    text = "一是未断电；二是无监护。"
    assert [text[a:b] for a, b in entries(text)] == ["未断电", "无监护。"]
    assert [("1.5米处坠落")[a:b] for a, b in entries("1.5米处坠落")] == ["1.5米处坠落"]


CELLS = st.sampled_from(
    [
        "",
        "甲厂",
        "2020-1-2",
        "3",
        "无",
        "1死2伤",
        "合计",
        "触电",
        "2022年",
        "30万元",
        "若干",
        "1.断电；2.挂牌",
    ]
) | st.text(st.characters(exclude_characters='",\n\r\x00', exclude_categories=["Cs", "Cc"]), max_size=6)
HEADERS = st.lists(
    st.sampled_from(["名称", "时间", "死亡人数", "单位", "伤亡情况", "直接经济损失", "事故经过", "防范措施", "天气", ""]),
    min_size=2, max_size=6,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(HEADERS, st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=6))
def test_any_table_gives_drafts_whose_spans_lie_in_the_text(header: list[str], rows: list[list[str]]) -> None:
    document, found = drafts_of("\n".join(",".join(row) for row in [header, *rows]) + "\n甲,乙")
    for draft in found:
        spans = [draft.span, *(part.span for part in draft.parts)]
        for value in (draft.name, draft.moment, draft.deaths, draft.direct_loss_wan, draft.direct_cause):
            spans += [span for finding in value.findings for span in finding.spans]
        spans += [span for finding in (*draft.units, *draft.measures) for span in finding.spans]
        assert all(0 <= span.start <= span.end <= len(document.text) for span in spans)


# cell, sector
SECTORS_TOLD = [
    ("非煤矿山", "非煤矿山"),
    ("煤矿", "煤矿"),
    ("非煤", "非煤矿山"),
    ("非煤矿", "非煤矿山"),
    ("非煤露天矿山", "非煤矿山"),
    ("金属非金属矿山（非煤）", "非煤矿山"),
    ("煤矿企业", "煤矿"),
    ("其他", "其他"),
    ("农林", "农林旅游"),
    ("水暖", "水暖"),
]


@pytest.mark.parametrize(("cell", "sector"), SECTORS_TOLD)
def test_a_sector_of_the_list_is_itself_and_no_trade_but_coal_is_a_coal_mine(cell: str, sector: str) -> None:
    (draft,) = drafts(f"名称,时间,死亡,行业\n甲,2020-1-2,1,{cell}\n")
    assert draft.sector.value == sector
    assert draft.sector.findings[0].sure is (sector != "水暖")


@pytest.mark.parametrize(
    ("sector", "coal"), [("煤矿", "顶板"), ("非煤矿山", None), ("建筑施工", None), ("", None)]
)
def test_only_a_row_of_a_coal_mine_has_a_class_of_coal_mines(sector: str, coal: str | None) -> None:
    (draft,) = drafts(
        f"名称,时间,死亡,行业,事故类别,事故经过\n甲,2020-1-2,1,{sector},坍塌,边坡上的浮石滚落后砸中了正在装车的司机。\n"
    )
    assert draft.accident_class["gb6441-1986"].value == "坍塌"
    assert (draft.accident_class["coal-8"].value if coal else draft.accident_class.get("coal-8")) == coal


def test_the_words_of_a_row_give_no_class_of_coal_mines_against_its_sector() -> None:
    (draft,) = drafts(
        "名称,时间,死亡,行业,事故经过\n甲,2020-1-2,1,非煤矿山,某煤矿综采工作面发生一起顶板事故，造成1人死亡。\n"
    )
    assert "coal-8" not in draft.accident_class


def test_a_province_is_one_of_the_list_and_other_words_stay_in_the_place() -> None:
    short, unknown = drafts(
        "名称,时间,省,地点,死亡\n甲,2020-1-2,四川,某工业园,1\n乙,2020-1-3,川东,某工业园,1\n"
    )
    assert (short.place.value.province, unknown.place.value.province) == ("四川省", None)
    assert (short.place.value.text, unknown.place.value.text) == ("某工业园", "川东某工业园")


def test_a_row_knows_its_number_and_why_it_has_no_day() -> None:
    document, (first, second) = drafts_of("某局台账,,\n名称,时间,死亡\n甲,2022-02-30,1\n乙,不详,1\n")
    assert [row_number(document, draft) for draft in (first, second)] == [3, 4]
    assert day_doubt(first.warnings) == "日期不存在（2022-02-30）"
    assert day_doubt(second.warnings) == ""


def test_a_loss_in_short_units_is_in_wan() -> None:
    (draft,) = drafts("名称,时间,死亡,直接经济损失（万）\n甲,2020-1-2,1,4.5\n")
    assert told(draft.direct_loss_wan) == [(4.5, True)]
