"""Accident class, sector and work kind."""

from __future__ import annotations

import pytest
from tests.corpus.reports.telling import facts, values

from qianche.corpus.reports.fields.words import class_words, sector_words, work_words
from qianche.corpus.schemes import COAL_8, GB6441_1986, SECTORS, WORK_KINDS

# what is said to have happened, class of 1986
NAMED = [
    ("某工地发生一起高处坠落事故", "高处坠落"),
    ("某仓库发生火灾", "火灾"),
    ("某厂发生一起触电事故", "触电"),
    ("某厂发生一起物体打击事故", "物体打击"),
    ("某厂发生一起机械伤害事故", "机械伤害"),
    ("某码头发生一起起重伤害事故", "起重伤害"),
    ("某路段发生一起道路交通事故", "车辆伤害"),
    ("某池塘发生一起淹溺事故", "淹溺"),
    ("某钢厂发生一起灼烫事故", "灼烫"),
    ("某工地发生一起坍塌事故", "坍塌"),
    ("某污水站发生一起中毒和窒息事故", "中毒和窒息"),
    ("某浴室发生一起锅炉爆炸事故", "锅炉爆炸"),
    ("某餐馆发生一起燃气爆炸事故", "其他爆炸"),
    ("某煤矿发生一起瓦斯爆炸事故", "瓦斯爆炸"),
    ("某煤矿发生一起冒顶片帮事故", "冒顶片帮"),
    ("某煤矿发生一起透水事故", "透水"),
]


@pytest.mark.parametrize(("happened", "value"), NAMED)
def test_a_class_that_is_named_is_sure(happened: str, value: str) -> None:
    (finding,) = facts(f"2020年5月6日9时，{happened}，造成1人死亡。").accident_class["gb6441-1986"].findings
    assert (finding.value, finding.sure, finding.found_by) == (value, True, "sentence")


# what is told, class of 1986
BY_SIGNS = [
    ("2020年5月6日9时，某厂发生一起事故，造成1人死亡。", "直接原因：作业人员踩空后从脚手架坠落，未系安全带。", "高处坠落"),
    ("2020年5月6日9时，某鞭炮厂发生爆炸事故，造成1人死亡。", "直接原因：混药时摩擦引爆鞭炮药物。", "火药爆炸"),
    ("2020年5月6日9时，某粮库发生一起事故，造成1人死亡。", "直接原因：硫化氢积聚，下井后中毒缺氧。", "中毒和窒息"),
    ("2020年5月6日9时，某路口发生一起事故，造成1人死亡。", "直接原因：货车驾驶人未观察，车辆碾压行人。", "车辆伤害"),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "cause", "value"), BY_SIGNS)
def test_a_class_told_by_its_signs_is_unsure(opening: str, cause: str, value: str) -> None:
    (finding,) = facts(opening, cause).accident_class["gb6441-1986"].findings
    assert (finding.value, finding.sure) == (value, False)


@pytest.mark.parametrize("value", COAL_8)
def test_the_eight_classes_of_coal_mines_are_read_by_name(value: str) -> None:
    found = facts(f"2020年5月6日9时，某煤矿发生{value}事故，造成1人死亡。")
    assert values(found.accident_class["coal-8"]) == [value]


def test_only_mines_have_a_class_of_coal_mines() -> None:
    assert "coal-8" not in facts("2020年5月6日9时，某商场发生火灾，造成1人死亡。").accident_class


def test_an_outburst_is_gas_and_its_class_of_1986_is_told_by_the_harm() -> None:
    found = facts(
        "2020年5月6日9时，某煤矿发生一起煤与瓦斯突出事故，造成8人死亡。",
        "直接原因：突出的瓦斯使作业人员窒息，高浓度瓦斯缺氧。",
    )
    assert values(found.accident_class["coal-8"]) == ["瓦斯"]
    (finding,) = found.accident_class["gb6441-1986"].findings
    assert (finding.value, finding.sure) == ("中毒和窒息", False)


def test_a_slope_failure_of_an_open_pit_counts_as_roof() -> None:
    found = facts("2020年5月6日9时，某露天煤矿发生坍塌事故，造成3人死亡。")
    assert values(found.accident_class["coal-8"]) == ["顶板"]
    assert values(found.accident_class["gb6441-1986"]) == ["坍塌"]


@pytest.mark.parametrize("label", ["其他爆炸", "其他伤害", "起重伤害"])
def test_a_label_names_the_class(label: str) -> None:
    (finding,) = facts(f"事故类别：{label}").accident_class["gb6441-1986"].findings
    assert (finding.value, finding.found_by) == (label, "label")


# what is told, sector, work kind
TRADES = [
    ("某煤矿综采工作面发生顶板事故", "煤矿", "生产操作"),
    ("某金矿发生一起爆破事故", "非煤矿山", "爆破"),
    ("某高速公路一辆大客车与货车发生追尾事故", "道路运输", "装卸运输"),
    ("某建筑工程工地塔吊吊装作业时发生起重伤害事故", "建筑施工", "吊装"),
    ("某化工公司反应釜检修时发生爆炸事故", "危险化学品", "检维修"),
    ("某小区居民家中燃气泄漏发生燃气爆炸事故", "城镇燃气", "其他"),
    ("某养老院发生火灾", "消防", "其他"),
    ("一艘渔船在捕捞返航时发生沉没事故", "渔业船舶", "装卸运输"),
    ("某烟花爆竹作坊发生爆炸事故", "烟花爆竹", "生产操作"),
    ("某工地污水井内清淤发生中毒事故", "建筑施工", "有限空间"),
    ("某农机合作社收割机清理时发生机械伤害事故", "农林旅游", "检维修"),
    ("某机械制造公司焊接作业时发生火灾", "工贸", "动火"),
]  # fmt: skip


@pytest.mark.parametrize(("happened", "sector", "work"), TRADES)
def test_sector_and_work_kind_follow_the_words(happened: str, sector: str, work: str) -> None:
    found = facts(f"2020年5月6日9时，{happened}，造成1人死亡。")
    assert values(found.sector) == [sector]
    assert values(found.work_kind) == [work]
    assert not found.work_kind.findings[0].sure


def test_the_word_tables_hold_only_values_of_the_closed_lists() -> None:
    assert {row.gb for row in class_words()} - {None} <= set(GB6441_1986)
    assert {row.coal for row in class_words()} - {None} <= set(COAL_8)
    assert {value for row in class_words() for value in row.among} <= set(GB6441_1986)
    names = [row.name for row in sector_words()]
    assert len(names) == len(set(names))
    assert {row.name for row in sector_words()} == set(SECTORS)
    assert {row.name for row in work_words()} <= set(WORK_KINDS)
    assert {value for row in work_words() for value in row.classes} <= set(GB6441_1986)


# what is told, its class of coal mines, whether that is sure
PITS = [
    ("某采石场发生一起坍塌事故", None, False),
    ("某非煤矿山企业采场发生一起冒顶片帮事故", "顶板", False),
    ("某金矿发生一起顶板事故", "顶板", False),
    ("某矿机电队发生一起机电事故", "机电", False),
    ("某煤矿综采工作面发生一起顶板事故", "顶板", True),
]


@pytest.mark.parametrize(("happened", "coal", "sure"), PITS)
def test_a_class_of_coal_mines_is_sure_only_of_a_coal_mine(
    happened: str, coal: str | None, sure: bool
) -> None:
    found = facts(f"2020年5月6日9时，{happened}，造成1人死亡。").accident_class.get("coal-8")
    assert [(f.value, f.sure) for f in (found.findings if found else ())] == ([(coal, sure)] if coal else [])


def test_a_mine_that_is_no_coal_mine_says_so_with_the_characters_of_one() -> None:
    found = facts("2020年5月6日9时，某县非煤矿山发生一起边坡滑坡事故，造成1人死亡。")
    assert values(found.sector) == ["非煤矿山"]
