"""How the names of two units or accidents stand to each other: by what is a company's own, not by trade or place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from qianche.corpus.crosswalk import OUTBURST
from qianche.corpus.reports.fields.prefectures import PROVINCES
from qianche.corpus.schemes import COAL_8, GB6441_1986

NameRelation = Literal["same", "partly", "near", "numbered", "other", "unknown"]
"""`same`: a company's own word is in both and nothing in the names differs. `partly`: one is in both, and each
has another besides (two works of one group). `near`: all but one or two characters (宏发, 宏达). `numbered`: they
differ in a number, phase or letter (一期, 二期). `other`: nothing of their own in common. `unknown`: one is masked
or nothing but place and trade."""
_ORDER: tuple[NameRelation, ...] = ("same", "partly", "near", "numbered", "unknown", "other")

_MINING = "矿业|煤业|煤电|煤炭|煤矿|金矿|铁矿|铜矿|铅锌矿|矿山|矿井|矿区|能源"  # one trade: 梁宝寺能源 is 梁宝寺煤矿
_TRADE = (
    "化工|化学|化肥|机械|建材|物流园|物流|运输|电力|发电|热电|钢铁|冶金|金属|食品|纺织|印染|服装|家具|木业|塑料|橡胶|"
    "造纸|包装|烟花|爆竹|鞭炮|燃气|石油|石化|天然气|加油站|砖|水泥|铸造|锻造|陶瓷|玻璃|五金|电镀|制药|医药|印刷|农业|"
    "养殖|小学|中学|大学|学校|幼儿园|医院|宾馆|酒店|饭店|超市|商场|市场|餐饮"
)
_FORM = (
    "股份|有限|责任|集团|总公司|分公司|公司|企业|总厂|分厂|工厂|科技|技术|实业|工贸|商贸|贸易|投资|控股|发展|开发|工业|"
    "制造|制品|设备|建筑|建设|工程|安装|劳务|材料|新材料|园区|仓库|仓储|特别重大|特大|重大|较大|一般|生产安全|安全生产|事故|"
    "调查报告|案例分析|案例|冲击地压|井下|掘进|综采|采煤|回采|工作面|地面|车间|项目部|项目|工地|爆炸|中毒|窒息|厂|"
)
_TRADES = re.compile(f"(?P<mining>{_MINING})|{_TRADE}")
_COMMON = re.compile("|".join((_MINING, _TRADE, _FORM + "|".join((*GB6441_1986, OUTBURST, *COAL_8[:-1])))))
"""Words that so many names hold that sharing them says nothing."""
_COUNT = "零〇一二三四五六七八九十百"
_NUMBER = re.compile(
    rf"第(?P<nth>\d+|[{_COUNT}]+)(?P<of>号?[\u4e00-\u9fff]?)"
    rf"|(?P<count>\d+|[{_COUNT}]+|[a-z](?=[区座栋幢楼厂库标段线]))(?P<unit>[期矿井区座栋幢楼厂库标段线队]|分厂|[号#][\u4e00-\u9fff]?)"
    r"|(?P<side>[东西南北])(?P<half>[区厂院库])"
)
"""Matches 第一小, 二期, 27号工, A区, 三矿, 东区; must not match 五彩, 10901."""
_LOCAL = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}?(?<![超城门夜])[省市县旗镇乡])+(?=[\u4e00-\u9fff]{2})")
"""Matches, at the beginning of a word, 岚阳市石桥县 or 勺米乡; must not match 永辉超市."""
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_LOOK_ALIKE = ("未末耒", "己已巳", "士土", "日曰", "人入", "干千于", "冶治", "大太", "天夭")
"""Characters that recognition takes for one another: 未阳市 is 耒阳市, 大治市 is 大冶市."""
ONE_SHAPE = str.maketrans({other: group[0] for group in _LOOK_ALIKE for other in group[1:]})
_MASKED = re.compile(r"某|[xX×＊*]{1,3}|\*+")
_NOT_WORD = re.compile(r"[\W\d_a-zA-Z]+")
_FEW = 2
"""Characters by which names of different companies often differ."""


@dataclass(frozen=True, slots=True)
class Name:
    """What is a name's own: its words, its numbers (what is counted, the number) and its trades.

    `joined` are neighbouring words as one: 大峪沟煤业集团炭煤矿 is 大峪沟炭煤矿.
    """

    words: tuple[str, ...]
    joined: tuple[str, ...]
    numbers: frozenset[tuple[str, str]]
    trades: frozenset[str]
    masked: bool = False


def own_name(text: str, places: Iterable[str]) -> Name:
    """Return what is left of a name without places, trade words, legal forms and numbers.

    >>> own_name("石桥县宏发砖厂二期", ["石桥县"]).words
    ('宏发',)
    """
    if _MASKED.search(text):
        return Name((), (), frozenset(), frozenset(), masked=True)
    text = unicodedata.normalize("NFKC", text).lower()
    for place in (*sorted(places, key=len, reverse=True), *PROVINCES):
        text = text.replace(place, " ")
    numbers = frozenset(_number(found) for found in _NUMBER.finditer(text))
    text = _NUMBER.sub(_without_number, text)
    trades = frozenset("矿" if found["mining"] else found[0] for found in _TRADES.finditer(text))
    words = [
        _LOCAL.sub("", word, count=1).translate(ONE_SHAPE)
        for part in _NOT_WORD.split(text)
        for word in _COMMON.sub(" ", part).split()
    ]
    joined = tuple(a + b for a, b in pairwise(words))
    return Name(tuple(word for word in words if len(word) > 1) or joined, joined, numbers, trades)


def _number(found: re.Match[str]) -> tuple[str, str]:
    """What is counted, and the number in figures, letters or a direction."""
    counted = found["of"] or found["unit"] or found["half"] or ""
    value = found["nth"] or found["count"] or found["side"]
    return counted.replace("#", "号"), str(_value(value)) if value[0] in _COUNT else value.lstrip("0")


def _value(text: str) -> int:
    """The number that Chinese numerals below a thousand give."""
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total, digit = total + (digit or 1) * (10 if character == "十" else 100), 0
        else:
            digit = digit * 10 + _DIGITS[character]
    return total + digit


def _without_number(found: re.Match[str]) -> str:
    """A space for the number; the character after it stays where it belongs to the next word."""
    counted = found["of"] or found["unit"] or ""
    return " " + (counted[1:] if counted[:1] in "号#" else counted if found["of"] else "")


def relation(one: Iterable[Name], other: Iterable[Name]) -> tuple[NameRelation, int]:
    """Return the closest relation of any two of the names, and the length of the longest word in both."""
    second = list(other)
    found = [_relation(a, b) for a in one for b in second]
    return min(found, key=lambda r: (_ORDER.index(r[0]), -r[1]), default=("unknown", 0))


def _relation(one: Name, other: Name) -> tuple[NameRelation, int]:
    if one.masked or other.masked:
        return "unknown", 0
    numbered = _numbers_differ(one.numbers, other.numbers)
    if not one.words or not other.words:
        return _without_words(one, other, numbered), 0
    first, second = (one.words + one.joined, other.words + other.joined)
    shared = [min(a, b, key=len) for a in first for b in second if _holds(a, b)]
    if not shared:
        near = any(_near(a, b) for a in one.words for b in other.words)
        return "near" if near else "other", 0
    longest = max(map(len, shared))
    if numbered:
        return "numbered", longest
    trades_differ = one.trades and other.trades and not one.trades & other.trades
    rivals = _left_over(one.words, second) and _left_over(other.words, first)
    return "partly" if trades_differ or rivals else "same", longest


def _without_words(one: Name, other: Name, numbered: bool) -> NameRelation:
    """The relation where one has no word of its own (第一小学, 第27号工地)."""
    if one.words or other.words:
        return "unknown"
    if numbered:
        return "numbered"
    if one.trades and other.trades and not one.trades & other.trades:
        return "other"
    return "partly" if one.numbers & other.numbers else "unknown"


def _numbers_differ(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    """Whether both count the same and no number of it is shared."""
    counted = {what for what, _ in one} & {what for what, _ in other}
    return any(
        {v for w, v in one if w == what}.isdisjoint(v for w, v in other if w == what) for what in counted
    )


def _holds(one: str, other: str) -> bool:
    """Whether the longer word is the shorter with something put before, behind or inside.

    One character more is another name (新兴, 新兴源); what is put inside leaves two characters on each side.
    """
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) == 1:
        return False
    return any(
        long.startswith(short[:cut]) and long.endswith(short[cut:])
        for cut in range(len(short) + 1)
        if cut != 1 and cut != len(short) - 1
    )


def _left_over(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether a word has no counterpart among the others, nor in any of them."""
    return not all(any(_holds(word, other) or word in other for other in others) for word in words)


def _near(one: str, other: str) -> bool:
    """Whether the words differ in one stretch of few characters and have the others in common."""
    least = min(len(one), len(other))
    head = next((i for i in range(least) if one[i] != other[i]), least)
    tail = next((i for i in range(least - head) if one[-1 - i] != other[-1 - i]), least - head)
    return head + tail > 0 and max(len(one), len(other)) - head - tail <= _FEW
