"""What a person types for a field: days as people write them, provinces by any name, slips refused."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from qianche.corpus.errors import BadRequest
from qianche.service.typed_values import typed_value, unknown_value

TODAY = date.today()


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
