"""Headings that reports and rules are known to have, for telling them from the text stuck to them."""

from __future__ import annotations

import re

_SUBJECT = "(?:本次|本起|该起|此次|这起)?(?:事故|事件)?"
_TABLE = """
基本情况 概况 简介 单位情况 单位基本情况 发生单位情况 发生单位概况 相关单位情况 企业情况 企业概况
项目概况 工程概况 经过 发生经过 经过及救援情况 发生经过和救援情况 发生经过及应急处置情况 现场情况
现场勘查情况 现场勘验情况 应急处置情况 应急救援情况 救援情况 抢险救援情况 报告情况 信息报告情况
应急处置评估 善后处理情况 善后情况 人员伤亡情况 人员伤亡和直接经济损失 人员伤亡及直接经济损失
人员伤亡和直接经济损失情况 人员伤亡和财产损失情况 伤亡情况 死亡人员情况 受伤人员情况 伤亡人员情况
直接经济损失 经济损失 经济损失情况 损失情况 天气情况 气象情况 道路情况 车辆情况 原因 发生原因
原因分析 发生的原因 直接原因 间接原因 主要原因 次要原因 管理原因 直接原因分析 间接原因分析
原因和性质 发生的原因和性质 原因及性质 性质 性质认定 性质和责任 类别 等级 有关方面的具体责任
责任认定 责任分析 责任划分 责任认定及处理建议 责任认定和处理建议 责任的认定及处理建议
责任者的处理建议 处理建议 教训 主要教训 暴露的主要问题 暴露问题 存在的主要问题 主要问题 防范措施
整改措施 防范和整改措施 整改和防范措施 防范措施建议 整改措施建议 防范和整改措施建议 教训及防范措施
"""
_NOUNS = _TABLE.split()
_PLAIN_NOUNS = frozenset(("原因", "教训", "性质", "经过", "类别", "等级", "简介", "概况"))
"""Nouns too short to be a heading by themselves: only 事故原因, or after a marker."""

_ANY = "|".join(sorted(_NOUNS, key=len, reverse=True))
_PHRASE = re.compile(f"{_SUBJECT}(?:{_ANY})")
_ALONE = re.compile(f"(?P<subject>{_SUBJECT})(?P<noun>{_ANY})")
# What goes on with the phrase itself: 直接原因是…, 事故经过如下：, 事故原因分析.
_SAME_CLAUSE = re.compile(
    r"[是为系的和及与或、，。：；:,;.（(）)“”]|分析|如下|情况|有|主要|中|在于|包括|调查|认定|以及|不|未|已|后|前|方面|报告|建议|清单|表|统计|汇总"
)


def phrase_end(text: str, start: int) -> int | None:
    """Return where a known heading phrase ends whose next words begin a sentence of their own, else None.

    >>> phrase_end("（二）事故发生经过通过询问当班人员，查明如下。", 3)
    9
    >>> phrase_end("（二）直接原因是司机操作不当，制动失灵。", 3) is None
    True
    """
    match = _PHRASE.match(text, start)
    if match is None or match.end() == len(text) or _SAME_CLAUSE.match(text, match.end()):
        return None
    return match.end()


def is_heading_phrase(text: str) -> bool:
    """Return whether the text, without a colon at its end, is a known heading and nothing else."""
    match = _ALONE.fullmatch(text.rstrip("：:。"))
    return match is not None and (bool(match["subject"]) or match["noun"] not in _PLAIN_NOUNS)
