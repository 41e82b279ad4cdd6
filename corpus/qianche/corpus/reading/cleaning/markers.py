"""What begins a heading, an article or a list entry, and what only looks so at the beginning of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qianche.corpus.reading.cleaning.units import UNIT
from qianche.corpus.statutes.numerals import from_chinese

_NUMERAL = "[〇零一二三四五六七八九十百千]"
_GOES_ON = "的|第|规定|所|中|、|和|及|以及|或|至|，|。|；|款|项|）|》|内容|要求"
"""Words after 第三条 or 第二章 that show a reference inside a sentence."""
_TITLE = rf"(?=[^，。；：]{{0,40}}(?:$|第{_NUMERAL}+[章节条]))"
"""After 第二章 a title stands, to the end of the line or to the next number; else it is a reference."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style of marker: `sure` begins a paragraph wherever a line begins with it, the others need evidence.

    `example` is a line that it matches, `counter` one that it must not.
    """

    name: str
    pattern: re.Pattern[str]
    sure: bool
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Marker:
    """The marker that a line begins with; `number` has one part for each level, () where none can be read."""

    style: str
    sure: bool
    number: tuple[int, ...]
    end: int


def _style(name: str, pattern: str, sure: bool, example: str, counter: str) -> Style:
    """Return one row of the table."""
    return Style(name, re.compile(pattern), sure, example, counter)


STYLES: tuple[Style, ...] = (
    _style(
        "chapter", rf"第({_NUMERAL}+|\d+)(?:编|分编|章|节)(?!{_GOES_ON}|安全){_TITLE}", True,
        "第二章　监督检查", "第二章规定的措施",
    ),
    _style(
        "article", rf"第({_NUMERAL}+|\d+)条(?:之{_NUMERAL}+)?(?!{_GOES_ON}|之)", False,
        "第十二条 作业前应当通风", "第十二条规定的作业",
    ),
    _style("han", rf"({_NUMERAL}{{1,3}})、(?!{_NUMERAL}+[级类期层、])", True, "一、事故经过", "一起爆炸事故"),
    _style(
        "han-bracket", rf"[（(]({_NUMERAL}{{1,3}})[）)〉〕](?![款项目条的、和及])", True,
        "（三）现场情况", "（三）项的规定",
    ),
    _style(
        "digit", r"(?!(?:19|20)\d\d)(\d{1,4})[.、．](?!\d)|(\d{1,4})\.(?=(?:19|20)\d\d年)", False,
        "3.培训不到位", "3.5万元",
    ),
    _style("digit-bracket", r"[（(](\d{1,3})[）)〉〕](?![款项目条的])", False, "(2)未检测", "(2)项的规定"),
    _style("digit-half-bracket", r"(\d{1,2})[)）](?![款项目条的，。；、])", False, "2)未检测", "2017）的规定"),
    _style(
        "decimal", rf"(\d{{1,2}}(?:\.\d{{1,3}}){{1,5}})(?=\s*[\u4e00-\u9fff《“])(?!\s*{UNIT})", False,
        "5.2.1 作业票", "5.2.1 的要求",
    ),
    _style(
        "clause", rf"(\d{{1,2}})(?=\s[\u4e00-\u9fff]{{2,16}}$)(?!\s*{UNIT})", False,
        "4 一般规定", "4 名工人",
    ),
    _style("circled", r"([①-⑳])", False, "①未设专人监护", "见图①"),
    _style("letter", r"([a-zA-Z])[)）、](?=\S)", False, "a)通风", "ab)"),
    _style("stem", r"([甲乙丙丁戊])、(?![甲乙丙丁戊])", False, "甲、乘员", "甲、乙双方"),
    _style(
        "annex", rf"附(?:件|表|录|图)?({_NUMERAL}{{1,2}}|\d{{1,2}})?(?:[:：]|(?<!附)$)", True,
        "附件1：名单", "附件1所列名单",
    ),
    _style("reference", r"\[(\d{1,3})\](?![，。；、）])", True, "[2]《某规范》5.1：", "[2]，未设置"),
    _style("bullet", r"[•●■▪◆➢✓☑☐★◇]", True, "•高处作业", "5•12"),
)  # fmt: skip


def marker_of(text: str) -> Marker | None:
    """Return the marker that the text begins with, None where there is none."""
    if not text or text[0] not in _FIRST:
        return None
    for style in STYLES:
        match = style.pattern.match(text)
        if match:
            found = next((group for group in match.groups() if group), "")
            return Marker(style.name, style.sure, _number(found), match.end())
    return None


_FIRST = frozenset("第〇零一二三四五六七八九十百千（(0123456789甲乙丙丁戊附[•●■▪◆➢✓☑☐★◇") | frozenset(
    map(chr, [*range(0x2460, 0x2474), *range(65, 91), *range(97, 123)])
)


def succeeds(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Return whether the number comes right after the last one of its style: 3 after 2, 4.2.1 after 4.2.

    >>> succeeds((4, 3), (4, 2, 7)), succeeds((11, 5, 14, 2), (4, 2))
    (True, False)
    """
    if not number or not last:
        return False
    depth = len(number)
    return number == (*last, 1) or (
        depth <= len(last) and number[:-1] == last[: depth - 1] and number[-1] == last[depth - 1] + 1
    )


def _number(text: str) -> tuple[int, ...]:
    """Return the number as printed, one part for each level."""
    if re.fullmatch(r"\d+(?:\.\d+)*", text):
        return tuple(int(part) for part in text.split("."))
    if len(text) == 1 and "①" <= text <= "⑳":
        return (ord(text) - ord("①") + 1,)
    if len(text) == 1 and text.isascii() and text.isalpha():
        return (ord(text.lower()) - ord("a") + 1,)
    if len(text) == 1 and text in "甲乙丙丁戊":
        return ("甲乙丙丁戊".index(text) + 1,)
    value = from_chinese(text) if text else None
    return (value,) if value is not None else ()
