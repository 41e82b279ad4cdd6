"""Words that count or measure: a number before one of them is a quantity, not the number of a clause."""

from __future__ import annotations

_WORDS = (
    "年 月 日 号 时 点 分 秒 天 周 季 岁 人 名 位 户 家 个 只 台 辆 套 条 款 项 目 处 起 次 座 层 间 栋 块 张 份 根 支 口 眼 "
    "吨 千克 公斤 克 米 厘米 毫米 公里 平方 立方 升 毫升 亩 公顷 元 万 亿 千 百 倍 度 伏 安 千瓦 兆 帕 级 种 类 批 组 班 "
    "余 多 以上 以下 以内 至 到 或 和 、 ～ % ‰ ℃ 的 规定 要求 所 等 之"
)
UNIT = "(?:" + "|".join(sorted(_WORDS.split(), key=len, reverse=True)) + ")"
"""Regex of one unit, or of a word by which a sentence goes on after a figure (3 至 5 人, 6.2.1 的要求)."""
