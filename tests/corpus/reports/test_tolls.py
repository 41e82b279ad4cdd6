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
