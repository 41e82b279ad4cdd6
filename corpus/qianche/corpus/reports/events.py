"""Which accident a title or an opening sentence speaks of, as far as needed to tell two accidents apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qianche.corpus.statutes.numerals import from_chinese

_NUMBER = "[\\d〇○零一二三四五六七八九十]"
# 2015年3月2日, 2015 年 3 月 2 日, 二〇一五年三月二日, 3月2日; not 3月份.
_DAY = re.compile(rf"(?:({_NUMBER}{{4}})年)?({_NUMBER}{{1,3}})月({_NUMBER}{{1,3}})日")
# “3·2”, "11.25", “12-16”, 3·2, 5.8加气管碰伤事故; not 3.5米, 4.2条.
_QUOTED_DAY = re.compile(
    r"[“\"‘「](\d{1,2})\s*[-·•.．‧・]\s*(\d{1,2})[”\"’」]"
    r"|(?<![\d.])(\d{1,2})[·•‧・](\d{1,2})(?![\d.])"
    r"|(?<![\d.])(\d{1,2})\.(\d{1,2})(?=[一-鿿]{2,12}事故)"
)
SHARED = 0.5
"""Share of the pairs of characters that two openings have in common from which they name one accident."""

_HARM = "事故|事件|火灾|大火|爆炸|爆燃|坍塌|中毒|沉没|泄漏|起火|着火"
# 2015年3月2日，某厂发生一起机械伤害事故; not 3月2日，王某到车间上班.
_OPENING = re.compile(
    rf"(?:{_NUMBER}日|\d{{4}}年|昨日|今日|日前|昨天|今天)[^。]{{0,140}}?(?:发生|突发|造成|致)[^。]{{0,60}}?(?:{_HARM}|死亡|受伤|遇难)"
)


@dataclass(frozen=True, slots=True)
class EventDay:
    """The day an accident is named by; `year` None where only month and day are given (“3·2”事故)."""

    year: int | None
    month: int
    day: int

    def differs(self, other: EventDay) -> bool:
        """Return whether the two cannot be the same day."""
        years = self.year is not None and other.year is not None and self.year != other.year
        return years or (self.month, self.day) != (other.month, other.day)


def event_day(text: str) -> EventDay | None:
    """Return the first day that a text names, None where it names none: 2015年3月2日, 3月2日, “3·2”."""
    text = re.sub(r"\s", "", text)
    found = [*_DAY.finditer(text), *_QUOTED_DAY.finditer(text)]
    for match in sorted(found, key=re.Match.start):
        groups = [group for group in match.groups() if group]
        year = _number(match[1]) if match.re is _DAY and match[1] else None
        month, day = (_number(group) for group in groups[-2:])
        if month and day and month <= 12 and day <= 31:
            return EventDay(year, month, day)
    return None


def tell_the_same(first: str, second: str) -> bool:
    """Return whether two openings with the same day name the same place or company, by the words they share."""
    left, right = _pairs(first), _pairs(second)
    return len(left & right) >= SHARED * min(len(left), len(right))


def opens_event(text: str) -> bool:
    """Return whether a text tells in its first sentences that an accident happened on a day."""
    return _OPENING.search(re.sub(r"\s", "", text)[:400]) is not None


def _pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring Chinese characters in the head of a text, dates and common words left out."""
    head = re.sub(r"[^一-鿿]|年|月|日|时|分|发生|事故|造成|死亡|受伤|有限|公司|责任", "", text[:60])
    return {head[i : i + 2] for i in range(len(head) - 1)}


def _number(text: str) -> int | None:
    """Return the value of digits or of a Chinese numeral."""
    return int(text) if text.isascii() and text.isdigit() else from_chinese(text.replace("○", "〇"))
