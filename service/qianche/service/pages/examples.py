"""Hazards in the words people use on site, to click on the first view."""

from __future__ import annotations

EXAMPLES: tuple[str, ...] = (
    "打磨铝件的车间除尘管道积灰很厚，工人用压缩空气吹扫",
    "污水池清淤没有通风检测，下去一个人没上来",
    "储罐没清洗置换，就在罐顶动火焊接",
    "塔吊安装时连接螺栓没有上全",
    "饭店后厨液化气软管老化漏气，没装报警器",
    "三楼外架没挂安全网，工人没系安全带",
    "群租厂房里电动自行车进楼充电，安全出口上锁",
    "掘进头瓦斯超限了还在放炮",
)
