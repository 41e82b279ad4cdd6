"""事故类别 from GB/T 6441-1986 into GB 6441-2025 and into the eight classes of coal-mine statistics.

Our reading of the two standards, kept as tables. A row with one target is carried over; a row with several is
never picked from: the class stays 待人工确定 with its candidates.
"""

from __future__ import annotations

from qianche.corpus.cases import AccidentClass
from qianche.corpus.schemes import COAL_8, COMMON, GB6441_1986

OUTBURST = "瓦斯突出"
"""Common usage (煤与瓦斯突出): the harm is 窒息 or burial, so no list has one place for it."""

TO_2025: dict[str, tuple[str, ...]] = {
    "物体打击": ("物体打击",),
    # Needs the place: inside a plant or on a public road or rail.
    "车辆伤害": ("厂(场)内车辆致害", "道路(轨道)车辆致害"),
    "机械伤害": ("机械致害",),
    "起重伤害": ("起重致害",),
    "触电": ("触电",),
    "淹溺": ("淹溺",),
    "灼烫": ("灼烫",),
    "火灾": ("火灾",),
    # Needs the height of the fall.
    "高处坠落": ("高处坠落", "跌落"),
    # Earth and spoil are 滑坡.
    "坍塌": ("坍塌", "滑坡"),
    "冒顶片帮": ("坍塌",),
    "透水": ("水害",),
    # A thrown rock is 物体打击.
    "放炮": ("民用爆炸物品爆炸", "物体打击"),
    "火药爆炸": ("民用爆炸物品爆炸", "烟花爆竹爆炸", "其他可燃固体爆炸"),
    "瓦斯爆炸": ("可燃气体爆炸",),
    "锅炉爆炸": ("容器爆炸", "管道爆炸"),
    "容器爆炸": ("容器爆炸", "管道爆炸"),
    "其他爆炸": ("可燃气体爆炸", "可燃液体蒸气爆炸", "粉尘爆炸", "高温熔融物爆炸", "其他可燃固体爆炸"),
    # Needs the agent.
    "中毒和窒息": ("中毒", "窒息"),
    "其他伤害": ("其他事故", "跌落", "泄漏"),
    OUTBURST: ("窒息", "坍塌"),
}

TO_COAL_8: dict[str, str] = {
    # 冲击地压 and slope failures of open pits count as 顶板 too.
    "冒顶片帮": "顶板",
    "透水": "水害",
    # 瓦斯 covers explosion and burning of gas and coal dust, outbursts, and gas suffocation.
    "瓦斯爆炸": "瓦斯",
    OUTBURST: "瓦斯",
    "火灾": "火灾",
    "放炮": "放炮",
    "触电": "机电",
    "车辆伤害": "运输",
}
"""Only what is beyond doubt: machinery may be 机电 or 运输, suffocation 瓦斯, 火灾 or 其他."""

_OUTBURST_1986 = ("中毒和窒息", "冒顶片帮")


def class_1986(word: str) -> AccidentClass:
    """Return the class of 1986 as the source gives it; 瓦斯突出 is none of the twenty and stays undecided."""
    if word in GB6441_1986:
        return AccidentClass("gb6441-1986", word, "source")
    return AccidentClass(
        "gb6441-1986", None, "undecided", _OUTBURST_1986 if word == OUTBURST else GB6441_1986
    )


def class_2025(word: str) -> AccidentClass:
    """Return the class of 2025 for a class of 1986 (or 瓦斯突出).

    Raises:
        KeyError: `word` is no row of `TO_2025`.
    """
    candidates = TO_2025[word]
    if len(candidates) == 1:
        return AccidentClass("gb6441-2025", candidates[0], "crosswalk")
    return AccidentClass("gb6441-2025", None, "undecided", candidates)


def class_coal(word: str) -> AccidentClass:
    """Return the class of coal-mine statistics for a class of 1986 (or 瓦斯突出) in a coal mine."""
    value = TO_COAL_8.get(word)
    if value is not None:
        return AccidentClass("coal-8", value, "crosswalk")
    return AccidentClass("coal-8", None, "undecided", COAL_8)


def classes_of(word: str, *, coal_mine: bool) -> tuple[AccidentClass, ...]:
    """Return the classes of one accident in every scheme, from its word of 1986 or common usage.

    The word of common usage itself comes first, under the scheme `common`.

    Raises:
        KeyError: `word` is no row of `TO_2025`.
    """
    common = () if word in GB6441_1986 else (AccidentClass(COMMON, word, "source"),)
    coal = (class_coal(word),) if coal_mine else ()
    return (*common, class_1986(word), class_2025(word), *coal)
