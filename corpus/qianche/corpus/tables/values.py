"""What one cell of a table states: dates, times, numbers of persons, money, casualties in words, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qianche.corpus.reports.fields.numbers import FIGURE, NUMERAL, read_count, read_figure
from qianche.corpus.tables.headers import UNITS, unit_of

_SAME_WIDTH = str.maketrans("０１２３４５６７８９（）：．，％", "0123456789():.,%")
_NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "不详",
        "未知",
        "待查",
        "待定",
        "未统计",
        "n/a",
        "#n/a",
        "?",
        "？",
        "…",
        "空",
    }
)
"""Not known: these say nothing."""
_NONE = frozenset({"无", "没有", "无伤亡", "无人员伤亡", "未造成人员伤亡", "无死亡", "无受伤"})
"""These say that there was none."""

_CN = "[一二三四五六七八九十]{1,3}"
# 2023年5月6日, 2023-05-06, 2023/5/6, 2023.5.6, 二〇二三年五月六日, 20230506; not 2023-05.
_DAY = re.compile(
    rf"(?<!\d)(?P<y>(?:19|20)\d\d|[一二][〇零○O九][〇零○O一二三四五六七八九]{{2}})\s*[年/.\-]\s*(?P<m>\d{{1,2}}|{_CN})\s*[月/.\-]\s*(?P<d>\d{{1,2}}|{_CN})(?!\d)[日号]?"
)
_COMPACT = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
# 5月6日, 5.6, 5-6, “5·6”; only where the year stands elsewhere.
_MONTH_DAY = re.compile(rf"(?<!\d)(?P<m>\d{{1,2}}|{_CN})\s*[月/.·\-]\s*(?P<d>\d{{1,2}}|{_CN})(?!\d)[日号]?")
# 45052, the day as Excel counts it, lost its format on export.
_SERIAL = re.compile(r"(?P<n>[2-6]\d{4})(?:\.\d+)?")
_EXCEL_DAY_0 = date(1899, 12, 30)
"""From 1900-03-01 on Excel's count is days since this one (it holds a 29 February 1900 that never was)."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
# 14:30, 14:30:00, 14时30分许, 下午2点半, 2:30 PM; not 14小时.
_CLOCK = re.compile(
    rf"(?P<p>凌晨|清晨|早上|上午|中午|正午|下午|傍晚|晚上|夜间|深夜|晚|AM|PM)?\s*(?P<H>\d{{1,2}}|零|{_CN})\s*"
    rf"(?:[:](?P<C>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?|[时点](?!间)钟?\s*(?:(?P<M>\d{{1,2}}|{_CN})\s*分?|(?P<half>半))?)\s*(?P<about>许|左右|前后)?\s*(?P<q>AM|PM)?",
    re.IGNORECASE,
)
_LATE = ("下午", "傍晚", "晚上", "夜间", "深夜", "晚", "pm")
_COUNT = re.compile(rf"(?:约|共|计)?\s*(?P<n>\d{{1,5}}|{NUMERAL}{{1,6}})(?:\.0+)?\s*(?:人|名|个|位)?")
_LEADING_COUNT = re.compile(rf"(?P<n>\d{{1,5}}|{NUMERAL}{{1,6}})\s*(?:人|名)?\s*(?=[(（,，;；、])")
_MONEY = re.compile(
    rf"(?P<about>约|近|逾|超过|大约)?\s*(?:人民币)?\s*[¥￥]?\s*(?P<n>{FIGURE})\s*(?P<more>余|多)?\s*(?P<unit>亿元?|万元?|千元|元|圆)?\s*(?P<more2>余|多|左右|以上)?(?:整|人民币)?"
)
# 死亡3人, 3人死亡, 3死, 亡3人; each kind of harm the same way.
_HARMS = {
    "deaths": "死亡|遇难|死|亡", "missing": "失踪|失联|下落不明", "severe_injuries": "重伤", "minor_injuries": "轻伤",
    "injured": "受伤|(?<!重)(?<!轻)(?<!死)伤",
}  # fmt: skip
_N = rf"(?P<n>\d{{1,4}}|{NUMERAL}{{1,4}})"
_HARMED = {
    name: (
        re.compile(rf"(?:{words})(?:人数)?:?(?:共)?{_N}(?=人|名|[,，;；、。)]|$)"),
        re.compile(rf"{_N}(?:人|名)?(?:{words})"),
    )
    for name, words in _HARMS.items()
}
# 1. 未系安全带；2、…, （一）…, ①…: what parts the entries of one cell.
_ENTRY = re.compile(
    r"(?:^|(?<=[。；;:： ]))\s*(?:\d{1,2}\s*[.．、)](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}[、是])\s*"
)
_LISTED = re.compile(r"[、,，;；/]|\s{2,}")


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a cell; `remark` (Chinese) says why a person should look, "" where all is plain."""

    value: float
    remark: str = ""
    about: bool = False


def is_empty(text: str) -> bool:
    """Return whether a cell says nothing: blank, a dash, 不详."""
    return text.strip().lower() in _NOTHING


def read_day(text: str) -> tuple[date | None, str]:
    """Return the day that a cell gives, or None with the reason in Chinese ("" where it says nothing)."""
    text = text.translate(_SAME_WIDTH)
    if is_empty(text):
        return None, ""
    match = _DAY.search(text) or _COMPACT.search(text)
    if match:
        day = _day(match["y"], match["m"], match["d"])
        return (day, "") if day else (None, f"日期不存在（{match[0]}）")
    serial = _SERIAL.fullmatch(text.strip())
    if serial:
        return _EXCEL_DAY_0 + timedelta(days=int(serial["n"])), ""
    return None, f"“{text[:20]}”不是完整的日期"


def read_month_day(text: str, year: int) -> date | None:
    """Return the day of a cell that leaves the year out (5月6日), None where it holds none."""
    match = _MONTH_DAY.search(text.translate(_SAME_WIDTH))
    return _day(str(year), match["m"], match["d"]) if match else None


def read_year(text: str) -> int | None:
    """Return the one year that a text names, None where it names none or several."""
    years = set(_YEAR.findall(text.translate(_SAME_WIDTH)))
    return int(years.pop()) if len(years) == 1 else None


def read_clock(text: str) -> tuple[str | None, bool]:
    """Return the time HH:MM behind a date or alone, and whether it is an estimate; None where there is none."""
    text = _COMPACT.sub(" ", _DAY.sub(" ", text.translate(_SAME_WIDTH)))
    match = _CLOCK.search(text)
    if match is None:
        return None, False
    period = (match["p"] or match["q"] or "").lower()
    hour = read_count(match["H"])
    minute = read_count(match["C"] or match["M"]) if match["C"] or match["M"] else 30 if match["half"] else 0
    if hour is None or minute is None:
        return None, False
    if hour < 12 and (period in _LATE or (period == "中午" and hour < 3)):
        hour += 12
    if hour == 12 and period == "am":
        hour = 0
    return (f"{hour:02d}:{minute:02d}", bool(match["about"])) if hour < 24 and minute < 60 else (None, False)


def read_persons(text: str) -> Read | None:
    """Return a number of persons; 无 is 0. None where the cell holds no number: then ask `is_empty`."""
    text = text.translate(_SAME_WIDTH).strip()
    if text in _NONE:
        return Read(0)
    whole = _COUNT.fullmatch(text)
    match = whole or _LEADING_COUNT.match(text)
    number = read_count(match["n"]) if match else None
    if number is None:
        return None
    return Read(number, "" if whole else f"单元格写作“{text[:20]}”，取其中第一个数")


def read_money(text: str, unit: str | None) -> Read | None:
    """Return a loss in 万元; a unit in the cell goes before that of the header. None where there is no figure."""
    text = text.translate(_SAME_WIDTH).strip()
    if text in _NONE:
        return Read(0.0)
    match = _MONEY.fullmatch(text)
    figure = read_figure(match["n"]) if match else None
    if match is None or figure is None:
        return None
    about = bool(match["about"] or match["more"] or match["more2"])
    own = (
        unit_of(
            (match["unit"] or "").replace("圆", "元")
            + ("" if (match["unit"] or "").endswith(("元", "圆")) else "元")
        )
        if match["unit"]
        else None
    )
    remark = "" if own or unit else "列名和单元格都没有写金额单位，按万元读取"
    return Read(round(figure * UNITS[own or unit or "万元"], 6), remark, about)


def read_casualties(text: str) -> dict[str, int]:
    """Return what a cell tells in words: 死亡1人，重伤2人; 1死2伤. Keys are fields; {} where nothing is told."""
    text = re.sub(r"\s", "", text.translate(_SAME_WIDTH))
    found: dict[str, int] = {}
    for name, (word_first, number_first) in _HARMED.items():
        match = word_first.search(text) or number_first.search(text)
        number = read_count(match["n"]) if match else None
        if number is not None:
            found[name] = number
    if not found and text in _NONE and "伤亡" in text:
        return {"deaths": 0, "injured": 0}
    return found


def entries(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every numbered entry of a cell, number and last stop left out; else of the whole cell."""
    numbers = [(match.start(), match.end()) for match in _ENTRY.finditer(text)]
    if not numbers or text[: numbers[0][0]].strip():
        numbers.insert(0, (0, 0))
    ends = [*(start for start, _ in numbers[1:]), len(text)]
    for (_, start), end in zip(numbers, ends, strict=True):
        own = text[start:end].rstrip().rstrip("；;")
        if own.strip():
            yield start + len(own) - len(own.lstrip()), start + len(own)


def listed(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every thing in a list of things: 起重机、钢丝绳."""
    start = 0
    for match in [*_LISTED.finditer(text), None]:
        end = match.start() if match else len(text)
        if not is_empty(text[start:end]):
            yield start, end
        start = match.end() if match else end


def _day(year: str, month: str, day: str) -> date | None:
    """Return the day, None where there is none such."""
    numbers = [read_count(part.replace("O", "〇")) for part in (year, month, day)]
    try:
        return date(*numbers)  # type: ignore[arg-type]  # None is a TypeError
    except (ValueError, TypeError):
        return None
