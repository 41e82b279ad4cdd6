"""What a person types for a field: days as people write them, provinces by any name, slips refused."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.errors import BadRequest
from qianche.service.typed_values import field_input, signed, typed_text, typed_value, unknown_value

TODAY = date.today()


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("toll.deaths", "3", 3),
        ("toll.deaths", " ３ ", 3),  # full-width, as an input method types it
        ("toll.deaths", "0", 0),  # zero is not unknown
        ("toll.deaths", "", None),
        ("toll.direct_loss_wan", "1,710.5", 1710.5),
        ("toll.direct_loss_wan", "1710", 1710.0),
        ("occurred_on", "2021-02-28", "2021-02-28"),
        ("occurred_at", "8：05", "08:05"),
        ("sector", "煤矿", "煤矿"),
        ("sector", "", None),
        ("lessons", " 先通风\r\n\r\n再检测 ", ["先通风", "再检测"]),
        ("lessons", "", []),
        ("direct_cause", "风筒\u200b脱落\u202e", "风筒脱落"),
        ("name", "\x00", None),
    ],
)
def test_what_is_typed_becomes_the_value_that_is_meant(field: str, typed: str, value: object) -> None:
    assert typed_value(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("toll.deaths", "三", "死亡人数“三”不能使用：需要整数"),
        ("toll.deaths", "2.5", "需要整数"),
        ("toll.deaths", "-1", "需要整数"),
        ("toll.deaths", "1e3", "需要整数"),
        ("toll.direct_loss_wan", "nan", "需要数字"),
        ("toll.direct_loss_wan", "一亿", "需要数字"),
        ("occurred_on", "2021-02-29", "需要日期"),
        ("occurred_at", "25:00", "需要时刻"),
    ],
)
def test_what_cannot_be_meant_is_said_with_the_field(field: str, typed: str, said: str) -> None:
    with pytest.raises(BadRequest, match=re.escape(said)):
        typed_value(field, typed)


@given(st.floats(min_value=0, max_value=1e9, allow_nan=False).map(lambda x: round(x, 4)))
def test_a_figure_is_typed_as_it_is_printed(figure: float) -> None:
    assert typed_value("toll.direct_loss_wan", typed_text(figure)) == figure


@given(st.text(max_size=200))
def test_no_text_breaks_a_field_of_words(typed: str) -> None:
    value = typed_value("direct_cause", typed)
    assert value is None or (value.strip() == value and "\r" not in value and "\u202e" not in value)


def test_a_closed_list_is_chosen_from() -> None:
    assert field_input("grade").choices == ("特别重大", "重大", "较大", "一般")
    assert field_input("accident_classes.coal-8").label == "事故类别（煤矿事故八类）"
    assert field_input("accident_classes.common").kind == "text"


def test_a_name_is_one_line_and_not_too_long() -> None:
    assert signed(" 张\n三 ") == "张 三"
    with pytest.raises(BadRequest, match="姓名有 51 个字，最多 50 个字"):
        signed("张" * 51)


@pytest.mark.parametrize(
    "typed", ["2022-07-02", "2022年7月2日", "２０２２年７月２日", "2022/7/2", "2022.7.2", "2022 年 7 月 2 日"]
)
def test_a_day_is_typed_as_people_write_it(typed: str) -> None:
    assert typed_value("occurred_on", typed) == "2022-07-02"


def test_today_is_taken_and_tomorrow_is_not() -> None:
    assert typed_value("occurred_on", TODAY.isoformat()) == TODAY.isoformat()
    with pytest.raises(BadRequest, match="这一天还没有到"):
        typed_value("occurred_on", (TODAY + timedelta(days=1)).isoformat())


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("occurred_on", "1899-12-31", "日期“1899-12-31”不能使用：早于 1900 年。"),
        ("occurred_on", "2021年2月29日", "需要日期，写作 年-月-日"),
        ("occurred_on", "22-7-2", "需要日期"),
        ("sector", "月球", "行业领域“月球”不能使用：不在清单中，可选：煤矿、"),
        ("place.province", "四川生", "省份“四川生”不能使用：没有这个省份，相近的有：四川省"),
    ],
)
def test_a_slip_is_refused_with_what_to_do(field: str, typed: str, said: str) -> None:
    with pytest.raises(BadRequest, match=re.escape(said)):
        typed_value(field, typed)


@pytest.mark.parametrize(
    ("typed", "country", "meant"),
    [
        ("四川", "中国", "四川省"),
        ("内蒙古", None, "内蒙古自治区"),
        ("北京市", "中国", "北京市"),
        ("南海", "中国", "南海"),  # an accident at sea
        ("得克萨斯州", "美国", "得克萨斯州"),
        ("佐治亚州", None, "佐治亚州"),
    ],
)
def test_a_province_is_known_by_its_short_name_and_one_abroad_is_left(
    typed: str, country: str | None, meant: str
) -> None:
    assert typed_value("place.province", typed, country=country) == meant


def test_what_is_not_known_is_empty_in_a_list_and_refused_where_every_case_has_something() -> None:
    assert (unknown_value("substances"), unknown_value("toll.deaths"), unknown_value(None)) == (
        [],
        None,
        None,
    )
    with pytest.raises(BadRequest, match="事故名称不能没有内容"):
        unknown_value("name")
