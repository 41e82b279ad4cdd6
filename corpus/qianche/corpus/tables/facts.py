"""The facts and figures of one row: what its cells state, and what of them a person should look at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from qianche.corpus.cases import Toll
from qianche.corpus.grading import IN_FORCE_FROM, compute_grade
from qianche.corpus.reading.document import Span
from qianche.corpus.reports.draft import Field, Finding, Moment, Whereabouts
from qianche.corpus.reports.fields.regions import Region, region_within
from qianche.corpus.reports.fields.words import class_words, sector_words
from qianche.corpus.schemes import COAL_8, GB6441_1986, GRADES, SECTORS, WORK_KINDS
from qianche.corpus.tables.values import (
    Read,
    read_casualties,
    read_clock,
    read_day,
    read_money,
    read_month_day,
    read_persons,
    read_year,
)

_PERSONS = {
    "deaths": "死亡人数",
    "missing": "失踪人数",
    "severe_injuries": "重伤人数",
    "minor_injuries": "轻伤人数",
    "injured": "受伤人数",
}
_FIGURES = ("deaths", "missing", "severe_injuries", "injured", "direct_loss_wan")
"""In the order of `Toll`."""
_LEVELS = ("province", "city", "county", "town")
_SECTOR_NAMES: dict[str, str] = {
    "金属非金属矿山": "非煤矿山", "非煤矿": "非煤矿山", "非煤": "非煤矿山", "采石": "非煤矿山",
    "煤炭": "煤矿", "建筑": "建筑施工", "房屋": "建筑施工",
    "市政工程": "建筑施工", "道路": "道路运输", "化工": "危险化学品", "危化": "危险化学品",
    "冶金": "工贸", "有色": "工贸", "建材": "工贸",
    "机械制造": "工贸", "轻工": "工贸", "纺织": "工贸", "烟草": "工贸", "商贸": "工贸", "制造业": "工贸", "渔业": "渔业船舶",
    "水上": "水上交通", "铁路": "铁路民航", "民航": "铁路民航", "燃气": "城镇燃气", "火灾": "消防", "农业": "农林旅游",
    "农林": "农林旅游", "农机": "农林旅游", "林业": "农林旅游", "旅游": "农林旅游",
}  # fmt: skip
"""How ledgers call a sector; where several stand in a cell the longest counts."""
DATE_DOUBT = "行的日期无法确定："
"""What a warning says before the reason why a row has no date."""
# The day over which an accident went, or several days: 5月6日至8日.
_SEVERAL_DAYS = re.compile(r"\d[日号]?\s*(?:至|~|～|—)\s*\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell; `sure`, `unit` and `header` are those of its column."""

    text: str
    span: Span
    unit: str | None
    sure: bool
    header: str


@dataclass(frozen=True, slots=True)
class RowCells:
    """The filled cells of one row by field; `number` counts the rows of the sheet from 1."""

    number: int
    span: Span
    cells: dict[str, list[Cell]]

    def first(self, name: str) -> Cell | None:
        """Return the first cell of a field, None where the row has none."""
        return next(iter(self.cells.get(name, ())), None)


def row_facts(row: RowCells, year: int | None, year_span: Span | None) -> tuple[dict[str, Any], list[str]]:
    """Return the facts of `CaseDraft` by their names, and warnings that name row and cell.

    Args:
        row: the cells.
        year: that title or caption give to rows without one, None where there is none.
        year_span: where it stands.
    """
    warnings: list[str] = []
    persons = _persons(row, warnings)
    moment = _moment(row, year, year_span, warnings)
    loss = _loss(row, warnings)
    sector = _sector(row)
    facts: dict[str, Any] = {
        "name": _text(row, "name"),
        "moment": moment,
        "place": _place(row),
        "sector": sector,
        "accident_class": _classes(row, sector),
        "work_kind": _work_kind(row),
        "deaths": persons["deaths"],
        "missing": persons["missing"],
        "severe_injuries": persons["severe_injuries"],
        "injured": persons["injured"],
        "direct_loss_wan": loss,
        "severity_named": _severity(row, warnings),
    }
    return facts, warnings


def _text(row: RowCells, name: str) -> Field[str]:
    """Return the cell of a field as it stands."""
    cell = row.first(name)
    return Field((Finding(cell.text.strip(), (cell.span,), "table", cell.sure),)) if cell else Field()


def _moment(row: RowCells, year: int | None, year_span: Span | None, warnings: list[str]) -> Field[Moment]:
    """Return day and time, from one column or from year, month, day and time in columns of their own."""
    cell = row.first("date") or row.first("month_day")
    day, why = read_day(cell.text) if cell else (None, "")
    spans = [cell.span] if cell else []
    remark = ""
    if day is None and (own := _of_columns(row)):
        day, spans, why = own[0], own[1], "" if own[0] else "年、月、日各列合不成一个日期"
    if day is None and cell is not None:
        given = row.first("year")
        stated = read_year(given.text) if given else year
        day = read_month_day(cell.text, stated) if stated else None
        where = given.span if given else year_span
        spans += [where] if day and where else []
        remark = "" if given or not day else f"年份取自表题（{stated}年）"
    if day is None:
        if why:
            warnings.append(f"第 {row.number} {DATE_DOUBT}{why}。请更正。")
        return Field()
    clock = row.first("clock")
    time, about = read_clock(clock.text) if clock else read_clock(cell.text) if cell else (None, False)
    if clock and time:
        spans.append(clock.span)
    if cell and _SEVERAL_DAYS.search(cell.text):
        remark = remark or "单元格写了几个日期，取第一个"
    sure = not remark and (cell is None or cell.sure)
    return Field((Finding(Moment(day, time, about), tuple(spans), "table", sure, remark),))


def _of_columns(row: RowCells) -> tuple[date | None, list[Span]] | None:
    """Return the day of columns 年, 月, 日 and where they stand, None where the row has not all three."""
    cells = [row.first(name) for name in ("year", "month", "day")]
    found = [cell for cell in cells if cell is not None]
    if len(found) < 3:
        return None
    numbers = [re.search(r"\d+", cell.text) for cell in found]
    text = "-".join(match[0] for match in numbers if match)
    return read_day(text)[0], [cell.span for cell in found]


def _place(row: RowCells) -> Field[Whereabouts]:
    """Return the place, levels of columns of their own before those that its words hold."""
    cell = row.first("place")
    columns = {level: row.first(level) for level in _LEVELS}
    words = "".join(c.text.strip() for c in [*columns.values(), cell] if c)
    found = [c for c in [*columns.values(), cell] if c]
    if not found:
        return Field()
    region = region_within(words) if words else Region()
    levels = {level: getattr(region, level) for level in _LEVELS}
    levels |= {
        level: levels[level] or c.text.strip() for level, c in columns.items() if c and level != "province"
    }
    text = cell.text.strip() if cell else words
    above = columns["province"]
    if cell and above and levels["province"] is None:
        text = above.text.strip() + text  # no province of the list: its words stay in those of the place
    place = Whereabouts(text, **levels)
    remark = "省份按城市名推定" if region.derived else ""
    return Field((Finding(place, tuple(c.span for c in found), "table", found[0].sure, remark),))


def _persons(row: RowCells, warnings: list[str]) -> dict[str, Field[int]]:
    """Return the casualties: columns of numbers, then words such as 死亡1人，受伤2人."""
    found: dict[str, Field[int]] = {}
    for name, words in _PERSONS.items():
        cell = row.first(name)
        read = read_persons(cell.text) if cell else None
        if cell and read is None:
            warnings.append(f"第 {row.number} 行的{words}“{cell.text.strip()[:20]}”读不成数字。请更正。")
        found[name] = _number(cell, read, int) if cell and read else Field()
    told = row.first("casualties")
    in_words = read_casualties(told.text) if told else {}
    if told and not in_words:
        warnings.append(f"第 {row.number} 行的伤亡“{told.text.strip()[:20]}”分不清死亡和受伤。请更正。")
    for name, number in in_words.items():
        if told and not found[name].findings:
            found[name] = Field((Finding(number, (told.span,), "table", told.sure),))
    severe, minor, injured = found["severe_injuries"], found["minor_injuries"], found["injured"]
    if not injured.findings and severe.value is not None and minor.value is not None:
        spans = (*severe.findings[0].spans, *minor.findings[0].spans)
        found["injured"] = Field(
            (Finding(severe.value + minor.value, spans, "derived", True, "重伤与轻伤之和"),)
        )
    elif severe.value is not None and injured.value is not None and severe.value > injured.value:
        warnings.append(f"第 {row.number} 行的重伤 {severe.value} 人多于受伤 {injured.value} 人。请核对。")
    return found


def _number(cell: Cell, read: Read, kind: Callable[[float], Any]) -> Field[Any]:
    """Return a number as the one finding of a field."""
    remark = read.remark or ("约数" if read.about else "")
    return Field((Finding(kind(read.value), (cell.span,), "table", cell.sure and not read.remark, remark),))


def _loss(row: RowCells, warnings: list[str]) -> Field[float]:
    """Return the direct loss in 万元; a column of losses not called direct is taken, unsure."""
    cell = row.first("direct_loss") or row.first("loss")
    if cell is None:
        return Field()
    read = read_money(cell.text, cell.unit)
    if read is None:
        warnings.append(f"第 {row.number} 行的损失“{cell.text.strip()[:20]}”读不成金额。请更正。")
        return Field()
    if row.first("direct_loss") is None:
        remark = "；".join(filter(None, ("列名没有写明是直接经济损失", read.remark)))
        read = Read(read.value, remark, read.about)
    return _number(cell, read, float)


def _severity(row: RowCells, warnings: list[str]) -> Field[str]:
    """Return the grade that the row names."""
    cell = row.first("severity")
    if cell is None:
        return Field()
    grade = next((grade for grade in GRADES if grade in cell.text), None)
    if grade is None:
        warnings.append(
            f"第 {row.number} 行的等级“{cell.text.strip()[:20]}”不是{'、'.join(GRADES)}之一，未采用。"
        )
        return Field()
    return Field((Finding(grade, (cell.span,), "table", cell.sure),))


def graded(row: RowCells, facts: dict[str, Any]) -> tuple[Field[str], tuple[str, ...]]:
    """Return the grade by 国务院令第493号 and a warning where the row names another; none from figures in conflict."""
    fields: list[Field[Any]] = [facts[name] for name in _FIGURES]
    if any(field.conflicting for field in fields):
        return Field(), ()
    day = facts["moment"].value.day if facts["moment"].value else None
    grade = compute_grade(Toll(*(field.value for field in fields)), day or IN_FORCE_FROM)
    if grade is None or grade.basis == "computed-missing":
        return Field(), ()
    findings = [finding for field in fields for finding in field.findings]
    spans = tuple(dict.fromkeys(span for finding in findings for span in finding.spans))
    remark = "按493号令折算" if grade.basis == "computed-retroactive" else ""
    field = Field((Finding(grade.value, spans, "derived", all(f.sure for f in findings), remark),))
    named = facts["severity_named"].value
    if named is None or named == grade.value:
        return field, ()
    warning = (
        f"第 {row.number} 行的等级“{named}”与按伤亡和损失推算的“{grade.value}”不同。请核对等级、伤亡和损失。"
    )
    return field, (warning,)


def _sector(row: RowCells) -> Field[str]:
    """Return one of `SECTORS` where the cell names it or speaks of it, else the cell's own words, unsure."""
    cell = row.first("sector")
    if cell is None:
        return Field()
    text = cell.text.strip()
    named = _sector_named(text)
    if named:
        # A value of the list says itself what the column is.
        return Field((Finding(named, (cell.span,), "table", cell.sure or text in SECTORS),))
    told = next((r.name for r in sector_words() if any(w in r.plain(text) for w in r.words)), None)
    remark = f"按“{text[:20]}”归入" if told else "不在行业领域清单中"
    return Field((Finding(told or text, (cell.span,), "table", False, remark),))


def _sector_named(text: str) -> str | None:
    """Return the sector that a cell names: an exact value of the list, else the longest name in it, the first of two.

    非煤矿 holds 煤矿 but is none: 非煤 stands first.
    """
    if text in SECTORS:
        return text
    names = {sector: sector for sector in SECTORS if sector != "其他"} | _SECTOR_NAMES
    held = [word for word in names if word in text]
    return names[max(held, key=lambda word: (len(word), -text.index(word)))] if held else None


def is_coal_mine(sector: Field[str]) -> bool:
    """Return whether a sector is surely 煤矿; only then has a row a class of coal mines."""
    return sector.value == "煤矿" and all(finding.sure for finding in sector.findings)


def _classes(row: RowCells, sector: Field[str]) -> dict[str, Field[str]]:
    """Return the class in the scheme of 1986, and of coal mines where the row is of one."""
    cell = row.first("accident_class")
    if cell is None:
        return {}
    text = cell.text.strip().removesuffix("事故")
    words = next((r for r in class_words() if any(name in text for name in r.named)), None)
    gb = text if text in GB6441_1986 else words.gb if words else None
    coal = text if text in COAL_8 else words.coal if words else None
    found = {}
    if gb:
        found["gb6441-1986"] = Field((Finding(gb, (cell.span,), "table", cell.sure),))
    if coal and is_coal_mine(sector):
        found["coal-8"] = Field((Finding(coal, (cell.span,), "table", cell.sure),))
    return found


def _work_kind(row: RowCells) -> Field[str]:
    """Return one of `WORK_KINDS` that the cell names."""
    cell = row.first("work_kind")
    kind = next((kind for kind in WORK_KINDS if cell and kind in cell.text), None)
    return Field((Finding(kind, (cell.span,), "table", cell.sure),)) if cell and kind else Field()
