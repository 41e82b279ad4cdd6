"""Every date and time of day that an account mentions, with what is left out filled in from what goes before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from qianche.corpus.reports.fields.account import Sentence
from qianche.corpus.reports.fields.numbers import read_count

_CN_DAY = "[一二三四五六七八九十]{1,3}"
_CN_YEAR = "[一二][〇零○O九][〇零○O一二三四五六七八九]{2}"
_PERIOD = "凌晨|清晨|早晨|早上|上午|中午|正午|午后|下午|傍晚|晚上|晚间|夜间|深夜|当晚|晚|早"
_LATE = ("午后", "下午", "傍晚", "晚上", "晚间", "夜间", "深夜", "当晚", "昨晚", "晚")

# Matches 2023年6月21日, 2023-6-21, 二〇二三年六月二十一日; not 2023年度, not GB6721-1986.
_FULL = (
    rf"(?<![\d—])(?P<y>(?:19|20)\d\d|{_CN_YEAR})(?:年|[-./])(?P<m>\d{{1,2}}|{_CN_DAY})(?:月|[-./])"
    rf"(?P<d>\d{{1,2}}|{_CN_DAY})(?:[日号]|(?![\d.])|(?=\d\d:\d\d))"
)
# Matches 二〇二三年六月, 2023年6月 without a day.
_MONTH = rf"(?<!\d)(?P<my>(?:19|20)\d\d|{_CN_YEAR})年(?P<mm>\d{{1,2}}|{_CN_DAY})月(?:份)?"
# Matches 2022年 in a title: 2022年“9·16”火灾; not 2022年6月.
_YEAR = r"(?<!\d)(?P<yy>(?:19|20)\d\d)年(?![\d一二三四五六七八九十底初末度来以])"
# Matches 1月19日, 五月二十一日.
_PARTIAL = rf"(?<![\d.])(?P<pm>\d{{1,2}}|{_CN_DAY})月(?P<pd>\d{{1,2}}|{_CN_DAY})[日号]"
# Matches 21日 in 21日18时16分 and 二十一日 in 二十一日上午; not 30日内.
_DAY = rf"(?<![\d月])(?P<dd>\d{{1,2}}|{_CN_DAY})[日号](?={_PERIOD}|\d{{1,2}}[时点:]|{_CN_DAY}[时点])"
_RELATIVE = "(?P<r>当日|当天|同日|是日|事发日|当晚|次日|翌日|第二天|昨日|昨天|昨晚|今日|今天|今晨)"
# Matches 20时37分许, 8点51分, 8:54分, 8时50许, 下午3时, 零时11分; not 8小时, not 一点 (a little), not 1:500.
# and 1400时, as ships keep time; not 1400小时.
_TIME = (
    rf"(?P<p>{_PERIOD})?(?:(?P<ship>(?:[01]\d|2[0-3])[0-5]\d)时(?!间|段|候|任|代|速|期|许多)|(?P<H>\d{{1,2}}|零|{_CN_DAY})"
    rf"(?:(?P<sep>时|点钟?)(?!间|段|候|位|多|火|代|速|期)(?:(?P<M>\d{{1,2}}|{_CN_DAY})分?|(?P<half>半|整))?|:(?P<C>[0-5]\d)(?!\d)(?::[0-5]\d)?(?P<cm>分|时)?))"
    r"(?P<about>许|左右|前后)?"
)
_TIME_AFTER_DATE = rf"(?:[，,的()]?(?:约|大约|大概)?{_TIME})?"
_MENTION = re.compile(
    rf"(?:{_FULL}|{_PARTIAL}|{_MONTH}|{_YEAR}|{_DAY}|{_RELATIVE})(?:[（(]?(?:星期|周)[一二三四五六日天][)）]?)?{_TIME_AFTER_DATE}"
)
_ADDRESS = re.compile(r"https?://[\w./?=&%-]+|www\.[\w./-]+", re.ASCII)
_TIME_ALONE = re.compile(rf"(?<![\d.:]){_TIME}")
_SHIFT = {"次日": 1, "翌日": 1, "第二天": 1, "昨日": -1, "昨天": -1, "昨晚": -1}
_FROM_DATELINE = ("昨日", "昨天", "昨晚", "今日", "今天", "今晨")
_ABOUT_BEFORE = re.compile("(?:约|大约|大概)$")

_TITLE_WITHIN = 2
"""Sentences from the start in which a bare year is the year of the accident."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ENGLISH = re.compile(
    rf"(?:(?P<d>\d{{1,2}})(?P<m>{_MONTHS})|(?P<m2>{_MONTHS})(?P<d2>\d{{1,2}}),?)(?P<y>(?:19|20)\d\d)(?!\d)"
)
# Matches 0250, 10:25pm, 1420hours after "at about"; English text has lost its spaces here.
_ENGLISH_TIME = re.compile(
    r"(?:at|about|approximately|around)(?P<H>[01]?\d|2[0-3])[:.]?(?P<M>[0-5]\d)(?P<half>[ap]\.?m)?(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One date or time. `day` is None where the year is nowhere to be found, or the date does not exist.

    `stated`: year, month and day stand here; else parts of it come from the text before. `month_day` is kept
    where the year is missing. `has_day`: not a bare time of day.
    """

    order: int
    start: int
    end: int
    day: date | None
    time: str | None
    approximate: bool
    stated: bool
    has_day: bool
    month_day: tuple[int, int] | None = None
    impossible: str = ""


@dataclass(frozen=True, slots=True)
class _Context:
    """The date last spoken of, and the day the text was written where a dateline says so."""

    year: int | None = None
    month: int | None = None
    day: date | None = None
    dateline: date | None = None


def find_mentions(sentences: Iterable[Sentence]) -> tuple[Mention, ...]:
    """Return all dates and times in reading order."""
    found: list[Mention] = []
    context = _Context()
    for sentence in sentences:
        for match in _matches(sentence.text):
            mention, context = _resolve(sentence, match, context)
            if mention is not None:
                found.append(mention)
        found += _english(sentence)
    return tuple(found)


def _matches(text: str) -> list[re.Match[str]]:
    """Dates with their times, and times alone between them, in order."""
    addresses = [(m.start(), m.end()) for m in _ADDRESS.finditer(text)]
    dated = [m for m in _MENTION.finditer(text) if not any(a <= m.start() < b for a, b in addresses)]
    taken = [*addresses, *((m.start(), m.end()) for m in dated)]
    alone = [
        m
        for m in _TIME_ALONE.finditer(text)
        if not any(m.start() < end and start < m.end() for start, end in taken) and _is_time(m)
    ]
    return sorted([*dated, *alone], key=lambda m: m.start())


def _is_time(match: re.Match[str]) -> bool:
    """A bare time must look like one: 8:30 with 分, 许 or 上午; 一点 needs minutes or 凌晨."""
    if match["ship"]:
        return True
    if match["C"]:
        return bool(match["cm"] or match["about"] or match["p"])
    return match["H"].isdigit() or bool(match["M"] or match["p"])


def _resolve(sentence: Sentence, match: re.Match[str], context: _Context) -> tuple[Mention | None, _Context]:
    """The mention with its day filled in, and the date that later mentions refer to."""
    groups = match.groupdict()
    time, approximate = _time_of(groups)
    approximate = approximate or bool(time and _ABOUT_BEFORE.search(sentence.text[: match.start()]))
    blank = Mention(sentence.order, match.start(), match.end(), None, time, approximate, False, True)
    if groups.get("my"):
        year, month = read_count(groups["my"]), read_count(groups["mm"])
        return None, replace(context, year=year, month=month)
    if groups.get("yy"):
        in_title = sentence.order < _TITLE_WITHIN and context.year is None
        return None, replace(context, year=read_count(groups["yy"])) if in_title else context
    if groups.get("y"):
        return _dated(blank, groups["y"], groups["m"], groups["d"], context, match[0])
    if groups.get("pm"):
        return _partial(blank, groups["pm"], groups["pd"], context, match[0])
    if groups.get("dd"):
        return _partial(blank, str(context.month or ""), groups["dd"], context, match[0])
    if groups.get("r"):
        return _relative(blank, groups["r"], context)
    return (replace(blank, day=context.day, has_day=False), context) if time else (None, context)


def _dated(
    blank: Mention, year: str, month: str, day: str, context: _Context, text: str
) -> tuple[Mention | None, _Context]:
    """A date that stands in full."""
    numbers = [read_count(part.replace("O", "〇")) for part in (year, month, day)]
    found = _day(numbers)
    if found is None:
        return replace(blank, stated=True, impossible=text), context
    dateline = context.dateline or (found if blank.order <= 1 and blank.time is None else None)
    return replace(blank, day=found, stated=True), _Context(found.year, found.month, found, dateline)


def _partial(
    blank: Mention, month: str, day: str, context: _Context, text: str
) -> tuple[Mention | None, _Context]:
    """A date without its year (and month): the year spoken of before."""
    numbers = (read_count(month) if month else None, read_count(day))
    if numbers[0] is None or numbers[1] is None:
        return None, context
    month_day = (numbers[0], numbers[1])
    if context.year is None:
        return replace(blank, month_day=month_day), replace(context, month=month_day[0])
    found = _day([context.year, *month_day])
    if found is None:
        return replace(blank, impossible=text), context
    return replace(blank, day=found, month_day=month_day), replace(context, month=found.month, day=found)


def _relative(blank: Mention, word: str, context: _Context) -> tuple[Mention | None, _Context]:
    """当日, 次日 …: from the date before; 昨日 from the day the text was written."""
    base = context.dateline if word in _FROM_DATELINE else context.day
    if base is None:
        return None, context
    day = base + timedelta(days=_SHIFT.get(word, 0))
    return replace(blank, day=day), replace(context, year=day.year, month=day.month, day=day)


def _day(numbers: list[int | None]) -> date | None:
    """The date of year, month and day; None where there is no such date."""
    year, month, day = numbers
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time_of(groups: dict[str, str | None]) -> tuple[str | None, bool]:
    """The time `HH:MM` and whether it is an estimate; None where none stands or it does not exist."""
    hour_text, ship = groups.get("H"), groups.get("ship")
    if ship:
        return f"{ship[:2]}:{ship[2:]}", bool(groups.get("about"))
    if hour_text is None:
        return None, False
    hour, period = read_count(hour_text), groups.get("p") or groups.get("r") or ""
    minute_text = groups.get("M") or groups.get("C")
    minute = read_count(minute_text) if minute_text else (30 if groups.get("half") == "半" else 0)
    if hour is None or minute is None:
        return None, False
    if hour < 12 and (period in _LATE or (period == "中午" and hour < 3)):
        hour += 12
    if hour > 23 or minute > 59:
        return None, False
    return f"{hour:02d}:{minute:02d}", bool(groups.get("about"))


def _english(sentence: Sentence) -> list[Mention]:
    """Dates of an English sentence, each with the time of day that the sentence gives first."""
    found = []
    for match in _ENGLISH.finditer(sentence.text):
        month = _MONTHS.split("|").index(match["m"] or match["m2"]) + 1
        day = _day([int(match["y"]), month, int(match["d"] or match["d2"])])
        clock = _ENGLISH_TIME.search(sentence.text)
        time = None
        if clock:
            late = (clock["half"] or "").lower().startswith("p") and int(clock["H"]) < 12
            time = f"{int(clock['H']) + (12 if late else 0):02d}:{clock['M']}"
        about = bool(clock and not clock[0].lower().startswith("at"))
        place = (sentence.order, match.start(), match.end())
        found.append(Mention(*place, day, time, about, True, True, impossible="" if day else match[0]))
    return found
