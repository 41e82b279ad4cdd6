"""Several accidents in one document, and several articles about one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.reports.documents import document, whole
from tests.corpus.reports.golden import GOLDEN
from tests.corpus.reports.golden_late import GOLDEN_LATE
from tests.corpus.reports.golden_more import GOLDEN_MORE
from tests.corpus.reports.golden_short import GOLDEN_SHORT

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.accounts import find_accounts
from qianche.corpus.reports.events import EventDay, event_day, tell_the_same
from qianche.corpus.reports.splitting import split_accidents

CAUSE = "事故直接原因：作业人员违章跨越运行中的输送机。"
MEASURE = "防范措施：加装过桥，严禁跨越。"


def starts(doc: Document, spans: tuple[Span, ...]) -> list[str]:
    return [doc.quote(span).strip()[:6] for span in spans]


def accounts_of(*paragraphs: str) -> list[str]:
    doc = document(*paragraphs)
    return starts(doc, find_accounts(doc, whole(doc)))


def cases_of(*paragraphs: str) -> list[str]:
    doc = document(*paragraphs)
    return starts(doc, split_accidents(doc))


def test_numbered_openings_with_days_of_their_own_are_cases() -> None:
    assert cases_of(
        "7.2023年3月1日2时，甲沟煤矿发生运输事故，造成1人死亡。", CAUSE, MEASURE,
        "8.2022 年11 月9 日，乙岭煤矿发生顶板事故，造成2人死亡。", CAUSE, MEASURE,
        "10.2021年5月6日，丙坪煤矿发生机电事故，造成1人受伤。", CAUSE, MEASURE,
    ) == ["7.2023", "8.2022", "10.202"]  # fmt: skip


def test_cases_named_as_such_are_split_and_the_preface_stays_with_the_first() -> None:
    assert cases_of(
        "有限空间典型事故案例", "为吸取教训，现汇编两起典型事故。",
        "案例一 甲镇污水井中毒事故", "2018年6月3日，甲镇维修工下井疏通时中毒，造成2人死亡。", CAUSE,
        "案例二 乙村化粪池窒息事故", "2019年7月8日，乙村清掏工下池时窒息，造成1人死亡。", CAUSE,
    ) == ["有限空间典型", "案例二 乙村"]  # fmt: skip


def test_cases_numbered_as_chapters_with_titles_are_split() -> None:
    assert cases_of(
        "2017年建筑施工事故汇编",
        "一、丁市“2·11”高处坠落事故", "2017年2月11日，丁市某工地一名抹灰工从洞口坠落死亡。",
        "（一）事故原因", "洞口未防护。", "（二）防范措施", "洞口加盖。",
        "二、戊市“4·25”塔吊倒塌事故", "2017年4月25日，戊市某工地塔吊顶升时倒塌，造成3人死亡。",
        "（一）事故原因", "顶升销轴未到位。", "（二）防范措施", "顶升须旁站。",
    ) == ["2017年建", "二、戊市“4"]  # fmt: skip


def test_accidents_numbered_as_such_are_split() -> None:
    assert cases_of(
        "事故一：2020年1月5日，甲厂行车吊钩脱落，造成1人死亡。", CAUSE,
        "事故二：2020年8月9日，乙厂煤气泄漏，造成2人中毒死亡。", CAUSE,
    ) == ["事故一：20", "事故二：20"]  # fmt: skip


def test_titles_without_numbers_part_accidents_of_other_days() -> None:
    assert cases_of(
        "甲化工厂“5·12”闪爆事故", "2015年5月12日，甲化工厂储罐检修时发生闪爆，造成3人死亡。", CAUSE, MEASURE,
        "乙化工厂“9·30”灼烫事故", "2016年9月30日，乙化工厂酸管破裂，造成1人受伤。", CAUSE, MEASURE,
    ) == ["甲化工厂“5", "乙化工厂“9"]  # fmt: skip


def test_two_cases_of_one_day_in_different_places_are_two() -> None:
    assert len(cases_of(
        "1.2019年4月2日，松岭县红岩采石场发生坍塌事故，造成1人死亡。", CAUSE,
        "2.2019年4月2日，沧浦市滨江码头发生起重伤害事故，造成1人死亡。", CAUSE,
    )) == 2  # fmt: skip


def test_earlier_accidents_listed_under_a_heading_of_the_report_leave_it_one() -> None:
    assert len(cases_of(
        "己公司“6·18”机械伤害事故调查报告", "2020年6月18日，己公司发生机械伤害事故，造成1人死亡。",
        "一、事故经过", "6月18日9时，工人清理搅拌机时被卷入。",
        "二、同类事故案例",
        "1.2018年3月4日，庚公司发生搅拌机伤害事故，造成1人死亡。",
        "2.2019年5月6日，辛公司发生搅拌机伤害事故，造成1人死亡。",
        "三、防范措施", "检修须断电挂牌。",
    )) == 1  # fmt: skip


def test_the_dated_steps_of_one_accident_are_not_cases() -> None:
    assert len(cases_of(
        "壬公司泄漏事故经过", "一、事故经过",
        "1.2021年4月1日8时，操作工发现法兰渗漏。", "2.2021年4月2日9时，法兰爆裂，造成2人受伤。",
        "二、事故原因", "螺栓预紧力不足。",
    )) == 1  # fmt: skip


@pytest.mark.parametrize(
    "golden", GOLDEN + GOLDEN_MORE + GOLDEN_SHORT + GOLDEN_LATE, ids=lambda golden: golden.name
)
def test_a_report_of_one_accident_is_one_span_and_one_account(golden: object) -> None:
    doc: Document = golden.document  # type: ignore[attr-defined]
    assert split_accidents(doc) == (whole(doc),)
    assert find_accounts(doc, whole(doc)) == (whole(doc),)


def test_an_article_with_a_title_of_its_own_is_an_account() -> None:
    assert accounts_of(
        "“7·15”苯罐车泄漏事故", "2004年7月15日，一辆苯罐车在省道侧翻泄漏，造成5人中毒。",
        "一、事故经过", "罐车行至弯道侧翻，约12吨苯流入水沟。", "二、事故教训", "超载、车况差是祸根。",
        "苯罐车侧翻泄漏事故的反思", "2004年7月15日19时，苯罐车侧翻，事故造成6人中毒，泄漏苯14吨，直接经济损失210万元。",
        "事故原因：驾驶员疲劳驾驶，罐体超载。",
    ) == ["“7·15”", "苯罐车侧翻泄"]  # fmt: skip


def test_a_second_story_without_title_begins_after_the_measures() -> None:
    assert accounts_of(
        "氨机房爆管事故", "2009年8月2日，冷冻厂氨机房发生氨泄漏事故，造成3人受伤。",
        "一、事故经过", "管道焊缝开裂，氨气喷出，值班工撤离时被灼伤。", "二、防范措施", "定期检测焊缝，配备空气呼吸器。",
        "2009年8月2日上午，冷冻厂发生液氨泄漏事故，4人受伤，周边居民疏散200余人，消防部门稀释两小时后控制险情。",
        "一、事故经过", "八时许，机房内氨气弥漫，消防员关闭阀门。", "二、事故原因",
        "焊接缺陷长期未检出，企业管理混乱，未制定应急预案。",
    ) == ["氨机房爆管事", "2009年8"]  # fmt: skip


def test_a_marked_further_report_is_an_account() -> None:
    assert accounts_of(
        "材料一", "2010年10月4日，某矿井下发生透水事故，造成7人被困，经全力抢救5人获救，2人死亡，事故原因正在调查之中。",
        "材料二", "10月4日，某矿发生透水事故，7名矿工被困。截至6日，已有5人升井，2人遇难，救援工作全部结束，善后工作正在进行。",
    ) == ["材料一\n20", "材料二\n10"]  # fmt: skip


def test_a_similar_accident_of_another_day_told_at_the_end_is_no_account() -> None:
    assert len(accounts_of(
        "癸厂“3·3”触电事故调查报告", "2014年3月3日，癸厂发生触电事故，造成1人死亡。",
        "一、事故经过", "电工未验电即接线，触电身亡，工友发现后断电施救。", "二、防范措施",
        "严格执行停电、验电、挂牌制度，配备绝缘用具。",
        "子厂触电事故", "2013年6月7日，子厂发生触电事故，造成1人死亡，其原因与本起事故相同，也是未验电即作业，教训没有吸取。",
    )) == 1  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015 年3 月2 日，某厂", EventDay(2015, 3, 2)),
        ("二〇一五年十二月三十一日", EventDay(2015, 12, 31)),
        ("某矿“11·20”事故", EventDay(None, 11, 20)),
        ("某矿“12-16”事故", EventDay(None, 12, 16)),
        ("2002.8.3", None),
        ("后勤部5.8碰伤事故", EventDay(None, 5, 8)),
        ("高3.5米的平台", None),
        ("3月份发生", None),
    ],
)
def test_the_day_that_a_title_or_opening_names(text: str, day: EventDay | None) -> None:
    assert event_day(text) == day


def test_days_differ_only_where_they_cannot_be_one() -> None:
    assert EventDay(2015, 3, 2).differs(EventDay(2016, 3, 2))
    assert EventDay(None, 3, 2).differs(EventDay(2016, 3, 3))
    assert not EventDay(None, 3, 2).differs(EventDay(2016, 3, 2))


def test_openings_tell_the_same_accident_by_the_names_in_them() -> None:
    assert tell_the_same("2019年4月2日，松岭县红岩采石场发生坍塌事故", "松岭县红岩采石场“4·2”坍塌事故")
    assert not tell_the_same("松岭县红岩采石场发生坍塌事故", "沧浦市滨江码头发生起重伤害事故")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([
    "1.2019年4月2日，红岩采石场发生坍塌事故，造成1人死亡。", "2.2020年5月3日，滨江码头发生火灾事故，造成2人死亡。",
    "案例一", "案例二 某厂爆炸事故", "一、事故经过", "二、防范措施", "材料二", "某厂“5·3”爆炸事故", "工人离开现场。",
    "2019年4月2日发生事故。",
]), max_size=12))  # fmt: skip
def test_spans_of_accidents_and_accounts_cover_the_text_without_overlap(paragraphs: list[str]) -> None:
    doc = document(*paragraphs)
    accidents = split_accidents(doc)
    assert [span.start for span in accidents] == [0, *(span.end for span in accidents[:-1])]
    assert accidents[-1].end == len(doc.text)
    for accident in accidents:
        accounts = find_accounts(doc, accident)
        assert [span.start for span in accounts] == [accident.start, *(span.end for span in accounts[:-1])]
        assert accounts[-1].end == accident.end


BULLETIN = (
    "关于近期两起事故的通报",
    "近期我市发生2起事故，共造成3人死亡。",
    "8月3日9时许，临江县一建材厂料仓坍塌，造成2人死亡。",
    "8月11日15时许，青原市一泵站发生中毒事故，造成1人死亡。",
    "各单位要吸取教训。",
)


def test_a_notice_that_says_how_many_accidents_it_tells_is_split_by_its_days() -> None:
    made = document(*BULLETIN)
    first, second = (made.quote(span) for span in split_accidents(made))
    assert first == BULLETIN[2] + "\n"
    assert second == "\n".join(BULLETIN[3:])


@pytest.mark.parametrize(
    "changed",
    [
        BULLETIN[2:],
        ("关于近期事故的通报", "近期我市发生3起事故。", *BULLETIN[2:]),
        (*BULLETIN[:3], BULLETIN[3].replace("8月11日15时", "8月3日15时"), BULLETIN[4]),
    ],
    ids=["no count", "another count", "one day"],
)
def test_days_alone_split_nothing(changed: tuple[str, ...]) -> None:
    assert len(split_accidents(document(*changed))) == 1


@pytest.mark.parametrize("mark", ["", ",", "，"], ids=["no mark", "half-width", "full-width"])
def test_an_opening_told_twice_with_and_without_its_time_is_one_accident(mark: str) -> None:
    assert cases_of(
        "塔吊折断致4人死亡事故责任人受罚",
        "发布时间:2024-11-17 05:29:23",
        f"2022年9月3日9时49分,青河区龙泉街道安置小区工地发生1起较大起重伤害事故{mark}",
        "2022年9月3日,青河区龙泉街道安置小区工地发生一起起重伤害事故,造成4人死亡。",
        "租赁公司负有直接管理责任。",
    ) == ["塔吊折断致4"]  # fmt: skip


def test_two_titled_accidents_of_one_day_at_different_places_stay_two() -> None:
    assert cases_of(
        "恒达化工厂爆炸事故", "2022年9月3日9时，恒达化工厂反应釜爆炸，发生一起造成2人死亡的事故。", CAUSE,
        "青河大桥坍塌事故", "2022年9月3日15时，青河大桥支架坍塌，发生一起造成3人死亡的事故。", CAUSE,
    ) == ["恒达化工厂爆", "青河大桥坍塌"]  # fmt: skip
