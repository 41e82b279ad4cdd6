"""Deaths, missing, severely hurt and hurt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.reports.telling import facts, values

from qianche.corpus.statutes.numerals import to_chinese

# sentence, deaths, missing, severe, injured; None: no finding
STATED = [
    ("事故造成31人死亡、7人受伤。", 31, None, None, 7),
    ("事故造成 1 人死亡， 1 人受伤 。", 1, None, None, 1),
    ("事故造成6名作业人员当场死亡。", 6, None, None, None),
    ("事故致1死2伤。", 1, None, None, 2),
    ("事故造成死伤5人（死3伤2）。", 3, None, None, 2),
    ("大火夺去了18条生命，另有3人受伤。", 18, None, None, 3),
    ("事故共造成十三人死亡，四人重伤。", 13, None, 4, 4),
    ("事故造成3人死亡、1人重伤、2人轻伤。", 3, None, 1, 3),
    ("事故造成2人死亡，5人受伤（其中2人重伤）。", 2, None, 2, 5),
    ("事故造成3人受伤，其中1人经抢救无效死亡。", 1, None, None, 2),
    ("事故造成2人受伤死亡。", 2, None, None, None),
    ("事故未造成人员伤亡。", 0, None, None, 0),
    ("事故造成1人死亡，无人受伤。", 1, None, None, 0),
    ("事故造成2人死亡，1人下落不明。", 2, 1, None, None),
    ("2人失联。失联的2人确认遇难，事故共造成2人死亡。", 2, None, None, None),
    ("20人被困，经搜救，20人全部遇难。", 20, None, None, None),
    ("3名船员落水失踪，后打捞出3具遗体。", 3, None, None, None),
    ("火灾烧死2人，烧伤20人。", 2, None, None, 20),
    ("事故造成死亡2人、重伤1人。", 2, None, 1, 1),
    ("事故造成行人李某受伤后经抢救无效死亡。", 1, None, None, None),
    ("事故造成行人解某受伤。", None, None, None, 1),
    ("电工陆某在更换10千伏绝缘子时触电，经抢救无效死亡。", 1, None, None, None),
    # half-width marks
    ("事故造成陈××死亡,姜××、郭××、张××受伤。", 1, None, None, 3),
    ("事故造成2人死亡,3人受伤(其中1人重伤);另有1人失联。", 2, 1, 1, 3),
    # who was hurt and died of it is not hurt
    ("事故致3人死亡（2人当场死亡、1人受伤送县医院抢救无效死亡）。", 3, None, None, None),
    ("事故造成死亡2人（其中1人经抢救无效死亡）。", 2, None, None, None),
    ("事故造成2名工人中毒，2人死亡。", 2, None, None, None),
    ("共5人中毒，其中3人死亡，2人脱离危险。", 3, None, None, 2),
    # a clause or more between person and death
    ("一名工人不慎触电，经120医务人员抢救无效死亡。", 1, None, None, None),
    ("造成1名作业人员（系某劳务公司员工）高坠，经送医抢救无效死亡。", 1, None, None, None),
    ("事故致该县农机站干部曹某死亡。", 1, None, None, None),
    ("洞门涌出淤泥，掩埋操作人员陈某，陈某经现场医生确认死亡。", 1, None, None, None),
    ("电工王某触电，经抢救无效死亡。", 1, None, None, None),
    # counts joined before one word of harm
    ("救援中1名队员牺牲，6名队员和2名工人受伤。", 1, None, None, 8),
    ("事故造成小汽车司机及1名乘客当场死亡，另1名乘客受伤，经送医院抢救无效死亡。", 3, None, None, None),
    ("5人落水，2人获救、2人死亡、1人失踪。", 2, 1, None, None),
    # degrees
    ("事故造成1人死亡、3人轻微伤。", 1, None, None, 3),
    ("事故致4人受伤，其中重伤1人、轻伤3人，无人员死亡。", 0, None, 1, 4),
]  # fmt: skip


@pytest.mark.parametrize(("told", "deaths", "missing", "severe", "injured"), STATED)
def test_a_stated_toll_is_read(
    told: str, deaths: int | None, missing: int | None, severe: int | None, injured: int | None
) -> None:
    found = facts("某厂事故", "2020年5月6日9时，某厂发生一起事故。" + told)
    expected = [[] if value is None else [value] for value in (deaths, missing, severe, injured)]
    fields = (found.deaths, found.missing, found.severe_injuries, found.injured)
    assert [values(field) for field in fields] == expected


# sentences that speak of no toll of this accident
NOT_ITS_TOLL = [
    "造成3人以上10人以下死亡的事故为较大事故。",
    "该公司曾发生坍塌事故，造成2人死亡。",
    "同类事故近年造成12人死亡。",
    "现场有作业人员9名，安全员1人。",
    "《生产安全事故报告和调查处理条例》第三条规定：造成10人死亡的为重大事故。",
    "一旦泄漏可能造成30人死亡。",
    "公司历史事故情况：2019年3月2日发生机械伤害事故，死亡4人；2020年5月发生火灾，无人员伤亡。",
]


@pytest.mark.parametrize("sentence", NOT_ITS_TOLL)
def test_other_accidents_rules_and_possibilities_do_not_count(sentence: str) -> None:
    found = facts("2020年5月6日9时，某厂发生坍塌事故，造成1人死亡。", sentence)
    assert values(found.deaths) == [1]
    assert values(found.injured) == []


def test_a_later_total_swallows_the_partial_figure() -> None:
    found = facts(
        "2020年5月6日9时，某厂发生爆炸，造成2人当场死亡。",
        "事故发生经过",
        "1人送医后抢救无效死亡。事故共造成3人死亡。",
    )
    assert values(found.deaths) == [3]


def test_partial_figures_without_a_total_are_added_and_unsure() -> None:
    found = facts(
        "2020年5月6日9时，某路段发生碰撞事故，造成2人当场死亡，4人重伤。",
        "截至下午，另1名乘客经抢救无效死亡。",
    )
    (deaths,) = found.deaths.findings
    assert (deaths.value, deaths.found_by, deaths.sure, len(deaths.spans)) == (3, "derived", False, 2)
    (injured,) = found.injured.findings
    assert (injured.value, injured.sure) == (3, False)


def test_the_toll_of_the_first_day_yields_to_the_total() -> None:
    found = facts(
        "2020年5月6日9时，某抛光车间发生粉尘爆炸事故，当天造成5人死亡、20人受伤。截至报告期满，共有7人死亡、18人受伤。"
    )
    assert (values(found.deaths), values(found.injured)) == ([7], [18])


def test_the_last_word_on_a_toll_that_rose_is_the_toll() -> None:
    found = facts(
        "2021年1月8日9时许，某公司发生爆炸事故，造成3人死亡、1人失联、5人受伤。",
        "1月12日，失联人员遗体被找到。事故最终造成4人死亡、5人受伤。",
    )
    assert (values(found.deaths), values(found.missing), values(found.injured)) == ([4], [], [5])


def test_the_one_who_was_hurt_and_died_two_days_later_is_dead() -> None:
    found = facts(
        "2024年7月19日8时20分，某户拆除房屋时一名工人坠落受伤，送往医院救治。",
        "7月21日中午，伤者经抢救无效死亡，本次事故造成一人死亡。",
    )
    assert (values(found.deaths), values(found.injured)) == ([1], [])
    assert found.moment.value is not None and found.moment.value.day.isoformat() == "2024-07-19"


def test_who_was_hurt_by_name_and_died_by_name_is_dead() -> None:
    found = facts(
        "2025年9月28日10时35分，某村收割机撞倒石碑，龚某被砸重伤。当日13时，龚某经县医院抢救无效后宣布死亡。"
    )
    assert (values(found.deaths), values(found.injured)) == ([1], [])


LISTS_OF_THE_DEAD = [
    ("人员伤亡情况：死者1：王某甲，男，45岁；死者2：李某乙，女，38岁。",),
    ("（三）死亡人员情况", "1.王某甲，男，45岁，某县人。", "2.李某乙，女，38岁，某县人。", "（四）其他", "3.赵某，男，安全员。"),
    ("遇难人员名单：王某甲、李某乙。",),
]  # fmt: skip


@pytest.mark.parametrize("listed", LISTS_OF_THE_DEAD)
def test_a_list_of_the_dead_is_counted_and_unsure(listed: tuple[str, ...]) -> None:
    found = facts("2021年1月8日9时许，某公司发生爆炸事故。", *listed)
    (finding,) = found.deaths.findings
    assert (finding.value, finding.sure, finding.found_by) == (2, False, "derived")


def test_one_person_hurt_and_not_named_is_unsure() -> None:
    found = facts(
        "某矿“7·2”工伤事故", "事故直接原因：链条回弹，碰伤伤者右脚。", "事故间接原因：伤者违反规程。"
    )
    (finding,) = found.injured.findings
    assert (finding.value, finding.sure, finding.found_by) == (1, False, "derived")


def test_two_totals_are_both_kept_and_said() -> None:
    found = facts(
        "2020年5月6日9时，某砖厂发生坍塌事故，造成2人死亡、1人受伤。",
        "三、人员伤亡情况",
        "事故共造成3人死亡，1人受伤。",
    )
    assert values(found.deaths) == [2, 3] and found.deaths.value is None
    assert values(found.injured) == [1] and len(found.injured.findings[0].spans) == 2
    assert any("死亡人数" in warning and "2、3" in warning for warning in found.warnings)


def test_a_label_that_differs_from_the_text_is_a_conflict() -> None:
    found = facts("2020年5月6日9时，某矿发生顶板事故，造成2人死亡。", "死亡人数：1人", "受伤人数：0人")
    assert values(found.deaths) == [1, 2] or values(found.deaths) == [2, 1]
    assert values(found.injured) == [0]


def test_unknown_stays_unknown() -> None:
    found = facts("2020年5月6日9时，某厂发生泄漏事故。")
    assert found.deaths.findings == found.injured.findings == found.missing.findings == ()


def test_harm_told_by_its_signs_is_unsure() -> None:
    (finding,) = facts("2020年5月6日9时，某厂发生氯气泄漏，造成28名职工出现刺激性反应。").injured.findings
    assert (finding.value, finding.sure) == (28, False)


@given(
    deaths=st.integers(1, 300),
    injured=st.integers(1, 900),
    chinese=st.booleans(),
    gap=st.sampled_from(["", " "]),
)
def test_every_count_is_read_back(deaths: int, injured: int, chinese: bool, gap: str) -> None:
    def written(count: int) -> str:
        return to_chinese(count) if chinese else f"{gap}{count}{gap}"

    found = facts(
        f"2020年5月6日9时，某厂发生爆炸事故，造成{written(deaths)}人死亡、{written(injured)}人受伤。"
    )
    assert (values(found.deaths), values(found.injured)) == ([deaths], [injured])
