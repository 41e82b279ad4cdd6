"""What the header of one column means: its words against the table of wordings (`columns.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FIELDS: dict[str, str] = {
    "number": "序号", "note": "备注", "name": "事故名称", "date": "发生时间", "clock": "时刻", "year": "年", "month": "月",
    "day": "日", "month_day": "月日", "place": "地点", "province": "省", "city": "市", "county": "县", "town": "乡镇",
    "unit": "事故单位", "owner": "建设单位", "contractor": "施工单位", "subcontractor": "分包单位", "supervisor": "监理单位",
    "sector": "行业领域", "accident_class": "事故类别", "severity": "事故等级", "deaths": "死亡人数", "missing": "失踪人数",
    "severe_injuries": "重伤人数", "minor_injuries": "轻伤人数", "injured": "受伤人数", "casualties": "伤亡情况",
    "direct_loss": "直接经济损失", "loss": "经济损失", "work_kind": "作业类型", "activity": "作业活动",
    "initiating_event": "触发事件", "equipment": "设备", "substances": "物质", "course": "事故经过", "response": "应急处置",
    "direct_cause": "直接原因", "indirect_causes": "间接原因", "cause": "事故原因", "failed_barriers": "失效的防护",
    "nature": "事故性质", "responsibility": "处理情况", "violated_rules": "违反的规定", "lessons": "教训",
    "measures": "防范措施",
}  # fmt: skip
"""Every field that a column can hold, with its name for the user."""
UNITS: dict[str, float] = {"亿元": 10_000.0, "万元": 1.0, "千元": 0.1, "元": 0.0001}
"""Units of money in 万元, the longer name first."""

_BRACKETS = re.compile(r"[（(\[【〔][^（()）\]】〕]*[)）\]】〕]")
_NOT_WORD = re.compile(r"[\W_]+")
_LEAD = re.compile(r"^(?:其中|是否|共)")
# A unit in a header or title: （万元）, 单位：元, 损失/亿元; not 单元, 元素.
_UNIT = re.compile(r"(亿元|万元|千元|(?<![单美港日欧公])元(?![素件]))")

# The same in short: 损失（万）; not 万人.
_WAN = re.compile(r"[（(/]\s*万\s*(?:[)）]|$)")


@dataclass(frozen=True, slots=True)
class Wording:
    """One row of `columns.toml`."""

    field: str
    names: frozenset[str]
    parts: tuple[str, ...]
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header means; `sure` where it is one of the known names, not only contains one."""

    field: str
    sure: bool


@cache
def wordings() -> tuple[Wording, ...]:
    """Return the table of wordings."""
    rows = tomllib.loads(files("qianche.corpus.tables").joinpath("columns.toml").read_text("utf-8"))["column"]
    return tuple(
        Wording(
            row["field"],
            frozenset(name.lower() for name in row["names"]),
            tuple(row.get("parts", ())),
            tuple(row.get("not", ())),
        )
        for row in rows
    )


@cache
def _by_name() -> dict[str, str]:
    return {name: wording.field for wording in reversed(wordings()) for name in wording.names}


def meaning(levels: Sequence[str]) -> Meaning | None:
    """Return what a header means, None where no wording fits.

    Args:
        levels: the header's words from the upper header row to the lowest; "" for an empty cell.

    >>> meaning(["伤亡情况（人）", "死亡"])
    Meaning(field='deaths', sure=True)
    """
    words = list(_candidates([bare(level) for level in levels if bare(level)]))
    for word in words:
        if word in _by_name():
            return Meaning(_by_name()[word], True)
    for word in words:
        for wording in wordings():
            if any(part in word for part in wording.parts) and not any(no in word for no in wording.excluded):
                return Meaning(wording.field, False)
    return None


def _candidates(levels: list[str]) -> Iterator[str]:
    """Yield the words to look up: the lowest level, then together with the one above it (原因 over 直接)."""
    if not levels:
        return
    yield levels[-1]
    if len(levels) > 1:
        yield levels[-2] + levels[-1]
        yield levels[-1] + levels[-2]


def bare(header: str) -> str:
    """Return a header without brackets, units, spaces and marks: “* 死亡人数 （人）” → 死亡人数."""
    plain = _NOT_WORD.sub("", _BRACKETS.sub("", header)) or _NOT_WORD.sub("", header)
    plain = _LEAD.sub("", plain)
    return (re.sub(r"(?:亿元|万元|千元)$", "", plain) or plain).lower()


def unit_of(text: str) -> str | None:
    """Return the unit of money that a header or a title names, None where it names none."""
    match = _UNIT.search(text)
    return match[1] if match else "万元" if _WAN.search(text) else None
