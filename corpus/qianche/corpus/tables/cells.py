"""What a column holds by its cells, where its header is not understood: dates, numbers of dead and injured."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qianche.corpus.tables.values import is_empty, read_day, read_month_day, read_persons

SHARE = 0.8
"""Share of the filled cells that must read as what the column is taken for."""
LEAST_CELLS = 2
MOST_PERSONS = 999
_LEAP_YEAR = 2000
"""Any day of the calendar exists in it."""

# Days on which something else was done. Matches 上报日期, 结案时间, 整改完成日期.
_OTHER_DAY = re.compile(
    r"报|结案|批复|发布|调查|出生|入职|到达|处罚|整改|完成|下发|立案|检查|更新|录入|登记|备案|期限|截止|签|培训|取证|投产|开工|竣工|验收|复工|处理|教育|会议"
)
# 走了几人, 没了几个: persons, and what became of them.
_PERSONS = re.compile(r"人|几个|几名|多少")
_BECAME: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("missing", re.compile(r"失踪|失联|没找到|找不到")),
    ("injured", re.compile(r"(?<!重)(?<!轻)(?<!死)伤")),
    ("deaths", re.compile(r"死(?!伤)|亡|遇难|走了|没了|去世|丧生|罹难")),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `index` from 0, `header` as printed (levels parted by /), `field` of `headers.FIELDS` or None.

    `unit` is the unit of money that header or title give. `sure` is False where the user should look.
    """

    index: int
    header: str
    field: str | None
    sure: bool = True
    unit: str | None = None


def by_cells(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Return the columns, those that no header explains with what their cells propose, never sure.

    Dates where no other column has them; numbers of persons where the header speaks of persons and what became of
    them (走了几人). Columns that a header explains stay as they are.

    Args:
        columns: as the headers explain them.
        rows: the rows below the header.
    """
    taken = {column.field for column in columns}
    found = []
    for column in columns:
        field = None
        if column.field is None and column.header:
            cells = [row[column.index] for row in rows if column.index < len(row)]
            field = _proposed(column.header, [cell for cell in cells if not is_empty(cell)])
        if (
            field is not None
            and field not in taken
            and not (field == "date" and taken & {"month_day", "year"})
        ):
            taken.add(field)
            column = replace(column, field=field, sure=False)
        found.append(column)
    return found


def _proposed(header: str, cells: Sequence[str]) -> str | None:
    """What the cells of a column propose, None where they propose nothing."""
    if len(cells) < LEAST_CELLS:
        return None
    if not _OTHER_DAY.search(header) and _most(cells, _is_day):
        return "date"
    if _PERSONS.search(header) and _most(cells, _is_count):
        return next((field for field, words in _BECAME if words.search(header)), None)
    return None


def _most(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return sum(map(fits, cells)) >= SHARE * len(cells)


def _is_day(cell: str) -> bool:
    """Whether a cell is a day; a bare number as Excel counts days may be anything."""
    if cell.strip().replace(".", "").isdigit() and len(cell.strip()) < len("20230506"):
        return False
    return read_day(cell)[0] is not None or ("月" in cell and read_month_day(cell, _LEAP_YEAR) is not None)


def _is_count(cell: str) -> bool:
    read = read_persons(cell)
    return read is not None and not read.remark and read.value <= MOST_PERSONS
