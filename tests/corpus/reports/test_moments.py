"""When it happened, told apart from the other dates of a report."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.reports.documents import document
from tests.corpus.reports.telling import facts, facts_in

# sentence, day, time, approximate
STATED = [
    ("2023年6月21日20时37分许，某市一餐饮店发生燃气爆炸事故，造成3人死亡。", "2023-06-21", "20:37", True),
    ("2023 年 6 月 21 日 20 时 37 分 ，某市一餐饮店发生燃气爆炸事故，造成 3 人死亡。", "2023-06-21", "20:37", False),
    ("２０２１年３月１５日１４时２０分左右，某工地发生塔机倾覆事故，造成1人死亡。", "2021-03-15", "14:20", True),
    ("2022年1月7日8点51分，某厂发生一起触电事故，造成1人死亡。", "2022-01-07", "08:51", False),
    ("2022年1月7日8:54分，某厂发生一起触电事故，造成1人死亡。", "2022-01-07", "08:54", False),
    ("2022年1月7日8时50许，某厂发生一起触电事故，造成1人死亡。", "2022-01-07", "08:50", True),
    ("2022年1月7日凌晨1时左右，某仓库发生火灾，造成1人死亡。", "2022-01-07", "01:00", True),
    ("2022年1月7日下午3时，某仓库发生火灾，造成1人死亡。", "2022-01-07", "15:00", False),
    ("2022年1月7日晚8点半，某仓库发生火灾，造成1人死亡。", "2022-01-07", "20:30", False),
    ("2022年1月7日零时11分许，某仓库发生火灾，造成1人死亡。", "2022-01-07", "00:11", True),
    ("2022年1月7日凌晨，某仓库发生火灾，造成1人死亡。", "2022-01-07", None, False),
    ("二〇二三年六月五日上午十时许，某码头发生淹溺事故，造成1人死亡。", "2023-06-05", "10:00", True),
    ("2021-04-09 08:47，某隧道发生坍塌事故，造成2人死亡。", "2021-04-09", "08:47", False),
    ("某汽修厂于2020年5月6日9时发生一起机械伤害事故，造成1人死亡。", "2020-05-06", "09:00", False),
    ("2019年11月3日，王某驾车由甲镇驶往乙镇，10时26分许，行至某线2公里处碰撞行人，造成赵某死亡。", "2019-11-03", "10:26", True),
    ("2021年6月1日凌晨零点20分左右,某仓库发生火灾,造成1人死亡。", "2021-06-01", "00:20", True),
    ("2021年06月01日（星期二）上午8：15，某仓库发生火灾，造成1人死亡。", "2021-06-01", "08:15", False),
    ("2015年12月6日约1400时，一艘小船在某岛附近倾覆沉没，造成1人失踪。", "2015-12-06", "14:00", False),
    ("2022年3月4日23时55分许，检修人员进罐；3月5日0时10分许，罐内发生闪爆，造成1人死亡。", "2022-03-05", "00:10", True),
    ("2026年1月5日，某县公布《事故调查报告》，某村在2025年9月28日发生一起事故，致干部曹某死亡。", "2025-09-28", None, False),
    ("2022年3月3日，某公司签订检修合同，2022年3月4日9时检修时发生爆炸，造成1人死亡。", "2022-03-04", "09:00", False),
    ("On 18 June 2021, at about 1420, a freight train collided with the buffers.", "2021-06-18", "14:20", True),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "day", "time", "approximate"), STATED)
def test_a_stated_moment_is_read(sentence: str, day: str, time: str | None, approximate: bool) -> None:
    found = facts(sentence).moment.value
    assert found is not None
    assert (found.day, found.time, found.approximate) == (date.fromisoformat(day), time, approximate)


# paragraphs, day, time: what is left out comes from the text before
FILLED_IN = [
    (("某化工厂爆燃事故", "2022年8月12日，操作工开始投料。次日2时15分，釜内突然爆燃，2人受伤。"), "2022-08-13", "02:15"),
    (("2009年8月19日", "八月十六日，某县发生爆炸。", "十六日十七时左右，炸药爆炸，致九人死亡。"), "2009-08-16", "17:00"),
    (("2022年8月12日8时，班组下井。同日10时20分，3号煤仓溃出，1人被埋。",), "2022-08-12", "10:20"),
    (("2009年8月2日", "本报讯 昨日上午9时50分左右，某镇一修船厂发生火灾，没有人员伤亡。"), "2009-08-01", "09:50"),
    (("某货轮与渔船碰撞事故", "二〇二〇年六月，该轮出厂。6月21日18时16分，该轮与渔船相撞，造成2人死亡。"), "2020-06-21", "18:16"),
]  # fmt: skip


@pytest.mark.parametrize(("paragraphs", "day", "time"), FILLED_IN)
def test_a_date_that_leaves_parts_out_is_filled_in_and_unsure(
    paragraphs: tuple[str, ...], day: str, time: str
) -> None:
    (finding,) = facts(*paragraphs).moment.findings
    assert (finding.value.day.isoformat(), finding.value.time) == (day, time)
    assert not finding.sure and finding.found_by == "derived"


# label lines of forms, day, time
LABELLED = [
    (("四、事故发生时间：2009年7月6日14时10分", "五、事故发生地点：1号原料仓"), "2009-07-06", "14:10"),
    (("日期及时间：2023年10月23日凌晨1:30左右", "事故地点：半成品库"), "2023-10-23", "01:30"),
    (("二、事故发生的时间、地点：2024年1月8日15时许，公司2号生产线。",), "2024-01-08", "15:00"),
    (("（一）事故发生时间", "2021年6月21日15时30分左右。", "（二）事故发生地点"), "2021-06-21", "15:30"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "day", "time"), LABELLED)
def test_a_label_of_a_form_gives_the_moment(lines: tuple[str, ...], day: str, time: str) -> None:
    (finding,) = facts("事故调查报告书", *lines).moment.findings
    assert (finding.value.day.isoformat(), finding.value.time, finding.found_by) == (day, time, "label")


def test_the_date_of_the_signature_gives_the_year_that_stands_nowhere_else_and_is_unsure() -> None:
    lines = (
        "关于一起事故的通报",
        "11月3日9时许，某厂清理料仓时发生坍塌，造成2人死亡。",
        "某市安全生产委员会办公室",
    )
    (finding,) = facts(*lines, "2022年1月5日").moment.findings
    assert (finding.value.day, finding.value.time, finding.sure) == (date(2021, 11, 3), "09:00", False)


def test_the_year_of_the_title_is_the_year_of_the_day() -> None:
    (finding,) = facts(
        "2022年“9·16”大楼火灾事故情况", "9月16日15时48分，某市某大楼起火，未发现人员伤亡。"
    ).moment.findings
    assert (finding.value.day, finding.value.time, finding.sure) == (date(2022, 9, 16), "15:48", False)


def test_an_english_report_gives_the_first_day_that_opens_a_sentence() -> None:
    found = facts(
        "Released on 7 December 2022.",
        "On 17 September 2021, a freight train was on its way. It collided with a bridge.",
        "On 18 August 2018, a wagon collapsed at another place.",
    )
    assert [(f.value.day, f.sure) for f in found.moment.findings] == [(date(2021, 9, 17), False)]


def test_dates_of_licences_reports_and_deaths_are_not_the_accidents() -> None:
    found = facts(
        "一、事故单位基本情况",
        "该公司成立于2015年3月2日，2019年7月1日取得安全生产许可证。",
        "二、事故发生经过",
        "2020年5月6日9时，某厂发生坍塌事故，造成1人死亡、1人受伤。",
        "9时20分接到报警。5月9日，伤者经抢救无效死亡。2020年7月1日，调查组成立。",
    )
    assert [f.value.day for f in found.moment.findings] == [date(2020, 5, 6)]
    assert found.moment.findings[0].value.time == "09:00"


def test_accidents_told_in_passing_are_left_out() -> None:
    found = facts(
        "2024年1月18日8时，某养殖场发生中毒事故，造成1人死亡。",
        "该县2022年5月28日，其监管企业发生一起中毒事故，造成2人死亡；2023年3月8日，发生一起窒息事故，造成2人死亡。",
    )
    assert [f.value.day for f in found.moment.findings] == [date(2024, 1, 18)]
    assert [f.value for f in found.deaths.findings] == [1]


def test_two_dates_of_one_accident_are_both_kept() -> None:
    found = facts(
        "2020年5月6日9时，某厂发生坍塌事故，造成2人死亡。",
        "事故发生经过",
        "2020年5月7日9时，某厂发生坍塌事故，造成2人死亡。",
    )
    assert [f.value.day.day for f in found.moment.findings] == [6, 7]
    assert any("数据有出入" in warning for warning in found.warnings)


def test_a_label_and_a_sentence_that_agree_are_one_finding_with_two_places() -> None:
    found = facts("2020年5月6日9时，某厂发生坍塌事故，造成2人死亡。", "日期和时间：2020年5月6日9时")
    (finding,) = found.moment.findings
    assert finding.found_by == "label" and len(finding.spans) == 2


def test_a_title_of_another_day_is_a_warning() -> None:
    found = facts("某县某矿“5·7”顶板事故调查报告", "2020年5月6日9时，某矿发生顶板事故，造成2人死亡。")
    assert found.moment.findings[0].value.day == date(2020, 5, 6)
    assert not found.moment.findings[0].sure
    assert any("5·7" in warning and "5月6日" in warning for warning in found.warnings)


def test_a_title_of_the_same_day_is_none() -> None:
    found = facts("某县某矿“5·6”顶板事故调查报告", "2020年5月6日9时，某矿发生顶板事故，造成2人死亡。")
    assert found.warnings == ()


def test_a_numbering_is_not_a_day() -> None:
    found = facts("1.1.事故发生时间及地点", "2023年5月18日10时，某住宅楼发生火灾事故，造成1人死亡。")
    assert found.warnings == ()


def test_another_accident_named_by_its_day_is_no_contradiction() -> None:
    found = facts(
        "为吸取某市“3·21”事故教训，现将某矿“5·6”顶板事故通报如下。", "2020年5月6日9时，某矿发生顶板事故，造成2人死亡。",
        "防范措施", "深刻吸取某县“7·7”事故教训。",
    )  # fmt: skip
    assert found.warnings == ()


def test_a_day_without_any_year_is_a_warning_and_no_value() -> None:
    found = facts("某矿“7·27”工伤事故", "事故直接原因：违章作业。")
    assert found.moment.findings == ()
    assert any("7月27日" in warning and "没有年份" in warning for warning in found.warnings)


def test_the_year_of_a_web_address_is_not_a_date() -> None:
    found = facts("某矿“7·27”工伤事故", "网址：https://example.org/html/2019/03/19/1.html")
    assert found.moment.findings == ()


def test_a_date_that_does_not_exist_is_a_warning_and_no_value() -> None:
    found = facts("2023年2月30日8时，某厂发生一起触电事故，造成1人死亡。")
    assert found.moment.findings == ()
    assert any("2023年2月30日" in warning for warning in found.warnings)


@given(
    day=st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    gap=st.sampled_from(["", " ", "\u3000"]),
)
def test_every_moment_is_read_back_from_its_sentence(day: date, hour: int, minute: int, gap: str) -> None:
    written = gap.join(
        [
            str(day.year),
            "年",
            str(day.month),
            "月",
            str(day.day),
            "日",
            str(hour),
            "时",
            f"{minute:02d}",
            "分",
        ]
    )
    told = document(f"{written}，某厂发生爆炸事故，造成1人死亡。")
    (finding,) = facts_in(told).moment.findings
    assert (finding.value.day, finding.value.time) == (day, f"{hour:02d}:{minute:02d}")
    assert told.quote(finding.spans[0]).startswith(written)
