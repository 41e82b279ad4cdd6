"""Closed lists of the domain; values are Chinese as people print them."""

from __future__ import annotations

SECTORS: tuple[str, ...] = (
    "煤矿", "非煤矿山", "危险化学品", "烟花爆竹", "民爆", "建筑施工", "道路运输", "水上交通", "渔业船舶",
    "铁路民航", "消防", "城镇燃气", "油气管道", "特种设备", "电力", "工贸", "农林旅游", "其他",
)  # fmt: skip
"""One list for cases, rules and facets; 非煤矿山 includes 尾矿库. A rule for every trade has 综合 instead."""

ALL_SECTORS = "综合"
"""Sector of a rule that binds every trade; it passes every sector filter on rules."""

WORK_KINDS: tuple[str, ...] = (
    "动火", "有限空间", "高处", "吊装", "临时用电", "动土", "盲板抽堵", "断路", "检维修", "爆破", "装卸运输",
    "生产操作", "其他",
)  # fmt: skip
"""作业类型: the work whose hazard did the harm, where the harm began; not what the victims were doing.

A fire that welding lit is 动火 though those who died were asleep. Works that need a permit of their own come
before 检维修, that before 装卸运输, that before 生产操作; of two such works, the one that set it off:

- 盲板抽堵.
- 动火: welding, gas or abrasive cutting that lit or blew something up (a blow from the tool is not).
- 有限空间: entering, or falling into, a tank, pool, well, silo, duct, sewer or coal bunker, and harm by its
  air or by burial; rescuers too. Mine roadways are not 有限空间.
- 吊装: lifting by any crane; erecting, climbing and dismantling one.
- 高处: a fall of a person or of what he stands on from 2 m or more, also while erecting a crane. Riding a
  hoist is 装卸运输.
- 临时用电; 断路; 动土 (pits, trenches, slopes; tunnels and mine headings are 生产操作).
- 爆破: charging, firing, misfires, and gas, water or outbursts that a shot let loose. Moving explosives is
  装卸运输, making them 生产操作.
- 检维修: inspection, repair, cleaning, clearing of jams, tests, setting up and removal of plant in use;
  repair of mine roadways, fitting and withdrawal of face equipment.
- 装卸运输: loading, moving and storing away by hand, truck, rail, ship, conveyor or hoist, people included;
  putting derailed mine cars back.
- 生产操作: everything else that runs a plant, a mine, a site, a farm or a laboratory, storage included.
- 其他: homes and public places, visitors, natural events, and work that the record does not tell.
"""

GRADES: tuple[str, ...] = ("特别重大", "重大", "较大", "一般")
"""事故等级, gravest first (国务院令第493号 §3)."""

GB6441_1986: tuple[str, ...] = (
    "物体打击", "车辆伤害", "机械伤害", "起重伤害", "触电", "淹溺", "灼烫", "火灾", "高处坠落", "坍塌",
    "冒顶片帮", "透水", "放炮", "火药爆炸", "瓦斯爆炸", "锅炉爆炸", "容器爆炸", "其他爆炸", "中毒和窒息",
    "其他伤害",
)  # fmt: skip
"""GB/T 6441-1986, 20 classes in the order of the standard."""

GB6441_2025: tuple[str, ...] = (
    "物体打击", "厂(场)内车辆致害", "道路(轨道)车辆致害", "机械致害", "起重致害", "触电", "淹溺", "灼烫",
    "火灾", "高处坠落", "跌落", "坍塌", "水害", "容器爆炸", "管道爆炸", "可燃气体爆炸", "可燃液体蒸气爆炸",
    "粉尘爆炸", "民用爆炸物品爆炸", "烟花爆竹爆炸", "其他可燃固体爆炸", "高温熔融物爆炸", "中毒", "窒息",
    "滑坡", "泄漏", "其他事故",
)  # fmt: skip
"""GB 6441-2025, 27 basic types (in force 2026-07-01); numeric codes were not readable and are left out."""

COAL_8: tuple[str, ...] = ("顶板", "瓦斯", "机电", "运输", "放炮", "水害", "火灾", "其他")
"""The eight classes of coal-mine statistics."""

COMMON = "common"
"""Scheme of a class word in common usage that stands in no list; its values are free text."""

CLASS_SCHEMES: dict[str, tuple[str, ...]] = {
    "gb6441-1986": GB6441_1986,
    "gb6441-2025": GB6441_2025,
    "coal-8": COAL_8,
    COMMON: (),
}
"""Scheme of an accident class to its closed list."""

RULE_LEVELS: tuple[str, ...] = (
    "法律", "行政法规", "部门规章", "司法解释", "国家标准", "行业标准", "规范性文件", "地方性法规",
)  # fmt: skip
