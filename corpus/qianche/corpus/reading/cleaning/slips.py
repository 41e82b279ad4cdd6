"""Step 8, slips of recognition: a reviewed table, each pattern with the context that makes it certain."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = "\u4e00-\u9fff"
# A dot between Chinese characters may stand for 、 or belong to a name (阿力·买提), so it goes only inside a word.
_WORD_TABLE = """
应急 救援 高速公路 公路 安全 生产 管理 监督 检查 责任 事故 企业 单位 部门 人员 措施 整改 消防 交通 运输 危险 化学品 调查 隐患
设备 设施 作业 施工 工程 建设 监理 项目 现场 现象 发生 死亡 受伤 伤亡 损失 经济 原因 直接 间接 分析 处理 建议 落实 教训 防范
培训 教育 制度 规定 规程 操作 违章 违法 违规 行为 政府 公司 有限 车辆 驾驶 爆炸 火灾 泄漏 燃烧 中毒 窒息 坍塌 坠落 指挥 组织
"""
_INSIDE_WORDS = "|".join(
    rf"(?<={word[:at]})[.·](?={word[at:]})" for word in _WORD_TABLE.split() for at in range(1, len(word))
)


@dataclass(frozen=True, slots=True)
class Slip:
    """One kind of slip: what is replaced by what, a text that shows it, and one that must stay."""

    pattern: re.Pattern[str]
    replacement: str
    example: str
    keeps: str


SLIPS: tuple[Slip, ...] = (
    Slip(re.compile(r"(?<=[为期共约计有达])[Il|](?=[个名人台次处起条项天])"), "1", "为期I个月", "I类个体"),
    Slip(re.compile(r"(?<=\d)[Il|](?=[\d年月日时分人名元万个米%])"), "1", "20l3年", "3kl油"),
    Slip(re.compile(r"(?<=[年月日时第])[Il|](?=[\d年月日时分条款项])"), "1", "2019年l月", "第I类"),
    Slip(re.compile(r"(?<=\d)[Oo](?=[\d年月日时人名元万米%])"), "0", "2O15年", "H2O分子"),
    Slip(re.compile(_INSIDE_WORDS), "", "应.急救援", "阿力·买提"),
    Slip(
        re.compile(r"(?<=[（(][一二三四五六七八九十])[〉》〕\]](?![款项])"),
        "）",
        "(二〉加强管理",
        "《规定（一）》",
    ),
    Slip(re.compile(r"(?<=[（(]十[一二三四五六七八九])[〉》〕\]]"), "）", "（十二〉加强管理", "〈十二〉"),
    Slip(re.compile(r"(?<=^[（(]\d)[〉》〕\]]"), "）", "(2〉加强管理", "〔2〕"),
    Slip(
        re.compile(r"^[〈《〔\[](?=[一二三四五六七八九十]{1,3}[）)])"), "（", "〈二）加强管理", "〔2013〕7号"
    ),
    Slip(re.compile(r"(?<=[外内])廊(?=尺寸|形尺)"), "廓", "外廊尺寸", "外廊宽度"),
    Slip(re.compile(r"(?<=深)墓(?=坑)"), "基", "深墓坑", "坟墓"),
    Slip(re.compile(r"(?<!教)室(?=息)"), "窒", "室息死亡", "教室息"),
    Slip(re.compile(r"(?<=采)酮|酮(?=室)"), "硐", "采酮回采", "丙酮"),
    Slip(re.compile(r"[─━](?=风吹)"), "一", "─风吹", "——风吹草动"),
)
"""The order matters where a pattern reads what another one mended."""


def mend(text: str) -> tuple[str, int]:
    """Return a recognised line with its slips corrected, and how many places were changed."""
    total = 0
    for slip in SLIPS:
        text, count = slip.pattern.subn(slip.replacement, text)
        total += count
    quotes = text.count('"')
    if quotes and re.search(f"[{_HAN}]", text):
        paired = pair_quotes(text)
        total += quotes - paired.count('"')
        text = paired
    return text, total


def pair_quotes(text: str) -> str:
    """Return the text with straight quotes as curly ones where their partner is on the same line.

    A straight quote closes an open “, opens where a ” is still to come without its “, and pairs with the next
    straight one; one that finds no partner stays.
    """
    characters = list(text)
    opened: int | None = None
    for at, character in enumerate(text):
        if character == "“":
            opened = at
        elif character == "”" and opened is not None:
            if text[opened] == '"':
                characters[opened] = "“"
            opened = None
        elif character == '"' and opened is None:
            opened = at
        elif character == '"' and opened is not None:
            characters[opened], characters[at], opened = "“", "”", None
    return "".join(characters)
