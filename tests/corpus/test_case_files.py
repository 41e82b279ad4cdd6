"""Case files of users: every way a record can be wrong is told with file and line and what to do."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.casebook import load_casebook, read_cases
from qianche.corpus.casebook.checks import same_accident
from qianche.corpus.cases import Corrected
from qianche.corpus.errors import BadRecord


def row(**changed: Any) -> dict[str, Any]:
    """Return an invented record in the file's form; keyword arguments replace whole fields."""
    return {
        "case_id": "2021-some-plant-tank",
        "name": "某市清河化工有限公司“2·28”中毒事故",
        "occurred_on": "2021-02-28",
        "occurred_at": "08:05",
        "place": {"country": "中国", "province": "某省", "city": "某市", "county": None},
        "sector": "危险化学品",
        "industry": "化工",
        "work_kind": "有限空间",
        "accident_classes": [
            {"scheme": "gb6441-1986", "value": "中毒和窒息", "basis": "source", "candidates": []},
            {
                "scheme": "gb6441-2025",
                "value": None,
                "basis": "undecided",
                "candidates": ["中毒", "窒息"],
            },
        ],
        "grade": {"value": "较大", "basis": "computed"},
        "toll": {"deaths": 3, "missing": 0, "severe_injuries": 1, "injured": 2, "direct_loss_wan": 410.5},
        "activity": "清罐",
        "initiating_event": None,
        "direct_cause": "罐内残留气体未置换。",
        "management_failures": ["未检测"],
        "failed_barriers": [],
        "equipment": ["储罐"],
        "substances": ["硫化氢"],
        "lessons": [],
        "cited_rules": [],
        "cause_basis": "report",
        "numbers_confirmed": True,
        "confidence": "high",
        "provenance": [{"kind": "collection", "locator": "县局档案 3 号", "linkable": False}],
        "note": None,
    } | changed


def lines(*rows: dict[str, Any]) -> str:
    return "\n".join(json.dumps(r, ensure_ascii=False) for r in rows)


def message(text: str) -> str:
    """Return the message of the error that reading `text` gives."""
    with pytest.raises(BadRecord) as caught:
        read_cases(text, "本县.jsonl")
    return caught.value.message


def test_a_good_file_is_read_in_its_own_order() -> None:
    later = row()
    earlier = row(case_id="2019-another", occurred_on="2019-01-01", name="某市另一公司“1·1”火灾")
    cases = read_cases("\ufeff" + lines(later, earlier) + "\n\n", "本县.jsonl")
    assert [case.case_id for case in cases] == ["2021-some-plant-tank", "2019-another"]
    assert {case.origin for case in cases} == {"imported"}
    assert cases[0].toll.direct_loss_wan == 410.5
    assert cases[0].place.county is None


def test_a_file_cannot_call_its_records_bundled() -> None:
    assert read_cases(lines(row(origin="bundled")), "本县.jsonl")[0].origin == "imported"


def test_an_empty_file_has_no_cases() -> None:
    assert read_cases("", "本县.jsonl") == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sector": "化工"}, ["sector", "“化工”", "危险化学品、烟花爆竹"]),
        ({"work_kind": "焊接"}, ["work_kind", "“焊接”", "动火、有限空间"]),
        ({"cause_basis": "guess"}, ["cause_basis", "“guess”", "report、page"]),
        ({"confidence": "low"}, ["confidence", "high、medium"]),
        ({"grade": {"value": "特大", "basis": "named"}}, ["grade.value", "“特大”", "特别重大、重大"]),
        ({"grade": {"value": "较大", "basis": "felt"}}, ["grade.basis", "“felt”", "named、computed"]),
        ({"occurred_on": "2021-02-30"}, ["“2021-02-30”不是存在的日期", "2021-02-28 的写法"]),
        ({"occurred_on": "20210228"}, ["“20210228”不是存在的日期"]),
        ({"occurred_on": "2021-W08-7"}, ["不是存在的日期"]),
        ({"occurred_on": None}, ["不是存在的日期"]),
        ({"occurred_at": "24:10"}, ["“24:10”不是存在的时刻"]),
        ({"occurred_at": "8:05"}, ["“8:05”不是存在的时刻", "08:05"]),
        ({"name": "  "}, ["“name”应为非空文字"]),
        ({"activity": ""}, ["“activity”", "写 null"]),
        ({"equipment": "储罐"}, ["“equipment”应为列表"]),
        ({"lessons": ["好", 3]}, ["“lessons”应为非空文字", "“3”"]),
        ({"numbers_confirmed": "是"}, ["true 或 false"]),
        ({"case_id": "2021#1"}, ["“case_id”", "“2021#1”"]),
        ({"place": "某市"}, ["“place”应为 JSON 对象"]),
        ({"place": {"country": "中国", "province": None, "city": None}}, ["“place”缺少", "“county”"]),
        ({"weather": "雨"}, ["未知的键“weather”"]),
        ({"provenance": []}, ["没有来源"]),
    ],
)
def test_a_field_that_is_wrong_is_named_with_its_value(changed: dict[str, Any], said: list[str]) -> None:
    text = message("\n" + lines(row(**changed)))
    assert text.startswith("案例文件“本县.jsonl”第 2 行：")
    assert [part for part in said if part not in text] == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("deaths", -1, "“toll.deaths”应为不小于 0 的整数或 null，现为“-1”"),
        ("deaths", 2.5, "“toll.deaths”应为不小于 0 的整数或 null，现为“2.5”"),
        ("deaths", True, "“toll.deaths”应为不小于 0 的整数"),
        ("missing", "3", "“toll.missing”应为不小于 0 的整数"),
        ("direct_loss_wan", -0.5, "“toll.direct_loss_wan”应为不小于 0 的数（万元）"),
        ("direct_loss_wan", "410", "“toll.direct_loss_wan”应为不小于 0 的数（万元）"),
        ("severe_injuries", 3, "重伤 3 人多于受伤 2 人"),
    ],
)
def test_a_toll_that_cannot_be_is_refused(field: str, value: object, said: str) -> None:
    toll = row()["toll"] | {field: value}
    assert said in message(lines(row(toll=toll)))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"grade": {"value": "重大", "basis": "computed"}}, "按“computed”得到“较大”"),
        ({"grade": {"value": "较大", "basis": "computed-retroactive"}}, "得不出等级，或这一依据不适用"),
        ({"grade": {"value": "较大", "basis": "computed-missing"}}, "得不出等级，或这一依据不适用"),
        (
            {
                "place": {"country": "日本", "province": None, "city": None, "county": None},
            },
            "境外事故不能按国务院令第493号推算等级“较大”",
        ),
    ],
)
def test_a_grade_that_contradicts_the_toll_is_refused(changed: dict[str, Any], said: str) -> None:
    assert said in message(lines(row(**changed)))


def test_a_grade_that_the_source_names_may_differ_from_the_toll() -> None:
    case = read_cases(lines(row(grade={"value": "重大", "basis": "named"})), "本县.jsonl")[0]
    assert case.grade is not None
    assert case.grade.value == "重大"


def accident_class(scheme: str, value: str | None, basis: str, *candidates: str) -> dict[str, Any]:
    return {"scheme": scheme, "value": value, "basis": basis, "candidates": list(candidates)}


@pytest.mark.parametrize(
    ("classes", "said"),
    [
        ([accident_class("gb6441-1986", "中毒", "source")], "“中毒”不在清单中"),
        ([accident_class("gb6441-2030", "中毒", "source")], "“gb6441-2030”不在清单中"),
        ([accident_class("gb6441-2025", None, "undecided", "毒")], "“毒”不在清单中"),
        ([accident_class("gb6441-2025", None, "undecided")], "自相矛盾"),
        ([accident_class("gb6441-2025", "中毒", "undecided", "中毒")], "自相矛盾"),
        ([accident_class("gb6441-2025", None, "source")], "自相矛盾"),
        ([accident_class("gb6441-2025", "中毒", "source", "窒息")], "自相矛盾"),
        ([accident_class("gb6441-1986", "火灾", "source")] * 2, "出现两次"),
        (
            [
                accident_class("gb6441-1986", "透水", "source"),
                accident_class("gb6441-2025", "坍塌", "crosswalk"),
            ],
            "不是由“透水”对照所得（水害）",
        ),
        (
            [
                accident_class("gb6441-1986", "中毒和窒息", "source"),
                accident_class("gb6441-2025", "中毒", "crosswalk"),
            ],
            "不是由“中毒和窒息”对照所得（不止一种可能）",
        ),
    ],
)
def test_a_class_that_does_not_fit_its_scheme_or_basis_is_refused(
    classes: list[dict[str, Any]], said: str
) -> None:
    assert said in message(lines(row(accident_classes=classes)))


@pytest.mark.parametrize(
    "source",
    [
        {"kind": "website", "locator": "https://example.com/", "linkable": True},
        {"kind": "government", "locator": "https://example.com/", "linkable": True},
        {"kind": "government", "locator": "javascript:alert(1)", "linkable": True},
        {"kind": "government", "locator": "https://www.mem.gov.cn/", "linkable": False},
    ],
)
def test_a_link_is_what_its_host_is_not_what_it_is_called(source: dict[str, Any]) -> None:
    assert "linkable" in message(lines(row(provenance=[source])))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"case_id": ', "不是合法的 JSON"),
        ("[1, 2]", "应为一个 JSON 对象"),
        ("null", "应为一个 JSON 对象"),
        ('{"case_id": "a", "case_id": "b"}', "键“case_id”出现两次"),
        ('{"case_id": NaN}', "数字写作“NaN”"),
        ("[" * 100_000, "嵌套过深"),
        ('{"case_id": ' + "9" * 5000 + "}", "数字过长"),
        ('{"case_id": "\\ud83d"}', "残缺的字符"),
        ('{"case_id": "\ud83d"}', "残缺的字符"),
        ('{"case_id": "a"}', "缺少必填的键“name”"),
    ],
)
def test_a_line_that_is_no_record_is_refused(line: str, said: str) -> None:
    text = message(lines(row()) + "\n" + line)
    assert text.startswith("案例文件“本县.jsonl”第 2 行：")
    assert said in text


def test_an_id_cannot_be_used_twice() -> None:
    again = row(occurred_on="2022-01-01", name="别的事故")
    text = message(lines(row(), again))
    assert "第 2 行：编号“2021-some-plant-tank”已用于“本县.jsonl”第 1 行" in text


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "清河化工“2·28”较大中毒和窒息事故"},
        {"name": "某省某市清河化工有限公司2.28事故", "place": row()["place"] | {"city": None}},
        {"name": "清河化工清罐中毒", "place": row()["place"] | {"county": "某县"}},
    ],
)
def test_an_accident_told_twice_is_refused(changed: dict[str, Any]) -> None:
    text = message(lines(row(), row(case_id="other", **changed)))
    assert text.startswith("案例文件“本县.jsonl”第 2 行：")
    assert "应是同一起事故" in text
    assert "第 1 行的“某市清河化工有限公司“2·28”中毒事故”" in text


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": "东岭水泥厂“2·28”中毒事故"}, "another firm"),
        ({"occurred_on": "2021-03-01"}, "another day"),
        ({"place": row()["place"] | {"city": "另一市"}}, "another city"),
        ({"toll": row()["toll"] | {"deaths": 4}}, "another toll"),
    ],
)
def test_two_accidents_of_one_day_are_told_apart(changed: dict[str, Any], why: str) -> None:
    assert len(read_cases(lines(row(), row(case_id="other", **changed)), "本县.jsonl")) == 2, why


def test_an_accident_of_the_casebook_under_its_press_name_is_known_again() -> None:
    bundled = next(c for c in load_casebook() if c.case_id == "2014-kunshan-zhongrong-dust")
    told = row(
        name="昆山中荣“8·2”爆炸",
        occurred_on="2014-08-02",
        place={**row()["place"], "province": "江苏省", "city": None},
    )
    case = read_cases(lines(told | {"grade": None}), "本县.jsonl")[0]
    assert same_accident(bundled, replace(case, toll=bundled.toll))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(row())), JSON)
def test_any_value_in_any_field_is_accepted_or_refused_with_a_message(field: str, value: object) -> None:
    try:
        cases = read_cases(lines(row(**{field: value})), "本县.jsonl")
    except BadRecord as error:
        assert error.message.startswith("案例文件“本县.jsonl”第 1 行：")
    else:
        assert len(cases) == 1


@given(st.text())
def test_any_text_is_read_or_refused_with_a_message(text: str) -> None:
    try:
        assert read_cases(text, "本县.jsonl") == []
    except BadRecord as error:
        assert "本县.jsonl" in error.message


def test_conflicts_and_corrections_are_read_with_their_fields_checked() -> None:
    [case] = read_cases(
        lines(
            row(
                conflicts=[{"field": "toll.missing", "values": ["0", "1"]}],
                corrected=[{"field": "toll.injured", "who": "李四"}],
            )
        ),
        "本县.jsonl",
    )
    assert case.conflict_in("toll.missing") == ("0", "1") and case.conflict_in("toll.deaths") == ()
    assert case.corrected == (Corrected("toll.injured", "李四"),)
    assert "“toll.dead”" in message(lines(row(conflicts=[{"field": "toll.dead", "values": []}])))
    assert "corrected.who" in message(lines(row(corrected=[{"field": "name", "who": ""}])))
