"""From the classes of 1986 to those of 2025 and of coal-mine statistics, row by row."""

from __future__ import annotations

import pytest

from qianche.corpus.cases import AccidentClass
from qianche.corpus.crosswalk import (
    OUTBURST,
    TO_2025,
    TO_COAL_8,
    class_1986,
    class_2025,
    class_coal,
    classes_of,
)
from qianche.corpus.schemes import CLASS_SCHEMES, COAL_8, GB6441_1986, GB6441_2025


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("物体打击", "物体打击"), ("机械伤害", "机械致害"), ("起重伤害", "起重致害"), ("触电", "触电"),
        ("淹溺", "淹溺"), ("灼烫", "灼烫"), ("火灾", "火灾"), ("冒顶片帮", "坍塌"), ("透水", "水害"),
        ("瓦斯爆炸", "可燃气体爆炸"),
    ],
)  # fmt: skip
def test_a_one_to_one_row_is_carried_over(old: str, new: str) -> None:
    assert class_2025(old) == AccidentClass("gb6441-2025", new, "crosswalk")


@pytest.mark.parametrize(
    ("old", "candidates"),
    [
        ("车辆伤害", {"厂(场)内车辆致害", "道路(轨道)车辆致害"}),
        ("高处坠落", {"高处坠落", "跌落"}),
        ("坍塌", {"坍塌", "滑坡"}),
        ("放炮", {"民用爆炸物品爆炸", "物体打击"}),
        ("火药爆炸", {"民用爆炸物品爆炸", "烟花爆竹爆炸", "其他可燃固体爆炸"}),
        ("锅炉爆炸", {"容器爆炸", "管道爆炸"}),
        ("容器爆炸", {"容器爆炸", "管道爆炸"}),
        (
            "其他爆炸",
            {"可燃气体爆炸", "可燃液体蒸气爆炸", "粉尘爆炸", "高温熔融物爆炸", "其他可燃固体爆炸"},
        ),
        ("中毒和窒息", {"中毒", "窒息"}),
        ("其他伤害", {"其他事故", "跌落", "泄漏"}),
    ],
)
def test_a_one_to_many_row_is_left_to_a_person(old: str, candidates: set[str]) -> None:
    found = class_2025(old)
    assert (found.value, found.basis) == (None, "undecided")
    assert set(found.candidates) == candidates


def test_every_class_of_1986_has_a_row_and_every_target_is_listed() -> None:
    assert set(TO_2025) == {*GB6441_1986, OUTBURST}
    assert {target for row in TO_2025.values() for target in row} <= set(GB6441_2025)
    assert set(TO_COAL_8.values()) < set(COAL_8)


def test_the_lists_have_as_many_classes_as_their_standards() -> None:
    assert [len(set(CLASS_SCHEMES[s])) for s in ("gb6441-1986", "gb6441-2025", "coal-8")] == [20, 27, 8]


def test_an_outburst_keeps_its_word_and_is_decided_only_where_it_has_a_place() -> None:
    assert classes_of("瓦斯突出", coal_mine=True) == (
        AccidentClass("common", "瓦斯突出", "source"),
        AccidentClass("gb6441-1986", None, "undecided", ("中毒和窒息", "冒顶片帮")),
        AccidentClass("gb6441-2025", None, "undecided", ("窒息", "坍塌")),
        AccidentClass("coal-8", "瓦斯", "crosswalk"),
    )


@pytest.mark.parametrize(
    "word", ["机械伤害", "中毒和窒息", "高处坠落", "坍塌", "其他爆炸", "灼烫", "物体打击"]
)
def test_what_may_be_several_coal_classes_is_left_to_a_person(word: str) -> None:
    assert class_coal(word) == AccidentClass("coal-8", None, "undecided", COAL_8)


def test_only_a_coal_mine_has_a_coal_class() -> None:
    assert [c.scheme for c in classes_of("火灾", coal_mine=False)] == ["gb6441-1986", "gb6441-2025"]
    assert [c.scheme for c in classes_of("火灾", coal_mine=True)] == ["gb6441-1986", "gb6441-2025", "coal-8"]


def test_a_word_of_no_list_is_refused() -> None:
    with pytest.raises(KeyError):
        classes_of("撞车", coal_mine=False)
    assert class_1986("撞车").value is None
