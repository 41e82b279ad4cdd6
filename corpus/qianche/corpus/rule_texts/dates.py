"""Days as rules print them: 2021年6月10日, ２０１３年６月２９日, 二○一一年十一月二十六日, 2022-03-15 (standards)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qianche.corpus.statutes.numerals import numeral

_DIGITS = r"[\d〇○零０Ｏ一二三四五六七八九]"
_SMALL = r"[\d〇零一二三四五六七八九十]{1,3}"
# Matches 2021年6月10日, 一九九三年五月一日, 2015 年 3 月 20 日; not 2021年6月.
_DAY = re.compile(rf"({_DIGITS}(?:\s*{_DIGITS}){{3}})\s*年\s*({_SMALL})\s*月\s*({_SMALL})\s*日")
# Matches 2022-03-15 and 2022.3.15 as covers of standards print them; not GB 1234-2022-03.
_PLAIN_DAY = re.compile(r"(?<![\d.\-])((?:19|20)\d{2})([-.／/])(\d{1,2})\2(\d{1,2})(?![\d.\-])")
_PLACES = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0", "Ｏ": "0"}

UNTIL_PROMULGATION = timedelta(days=120)
"""From adoption, which a head may be all that tells, to promulgation: a city's 条例 waits for the province's approval."""


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day and where it stands in the text searched."""

    day: date
    start: int
    end: int


def find_days(text: str) -> Iterator[DayFound]:
    """Yield the days in the text, in order; impossible ones (13月) are left out."""
    found = [*_written(text), *_plain(text)]
    yield from sorted(found, key=lambda day: day.start)


def _written(text: str) -> Iterator[DayFound]:
    """Yield the days with 年月日."""
    for match in _DAY.finditer(text):
        year = int("".join(_PLACES.get(c, c) for c in match[1] if not c.isspace()))
        yield from _valid(year, numeral(match[2]), numeral(match[3]), match)


def _plain(text: str) -> Iterator[DayFound]:
    """Yield the days in digits alone."""
    for match in _PLAIN_DAY.finditer(text):
        yield from _valid(int(match[1]), int(match[3]), int(match[4]), match)


def _valid(year: int, month: int | None, day: int | None, match: re.Match[str]) -> Iterator[DayFound]:
    """Yield the day where the calendar has it."""
    try:
        yield DayFound(date(year, month or 0, day or 0), match.start(), match.end())
    except ValueError:
        return


def only_day(text: str) -> date | None:
    """Return the day where the text is nothing but one: a signature's date line."""
    bare = text.strip("（）() \t\u3000\xa0*")
    found = next(find_days(bare), None)
    return found.day if found and found.start == 0 and found.end == len(bare) else None


def written(day: date) -> str:
    """Return 2021年9月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
