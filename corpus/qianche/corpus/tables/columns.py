"""Which column of a table of accidents holds what: found by the headers, to be seen and corrected by the user."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qianche.corpus.errors import BadRequest
from qianche.corpus.reading.document import Document
from qianche.corpus.tables.cells import Column, by_cells
from qianche.corpus.tables.headers import FIELDS, UNITS, meaning, unit_of
from qianche.corpus.tables.sections import Section, find_sections

Use = Literal["accidents", "statistics", "unknown"]
"""事故清单, 一行一起; 统计表; 没有认出."""

IDENTIFYING = frozenset({"name", "date", "year", "place", "unit", "course"})
"""One of these a list of accidents has."""
HARM = frozenset(
    {"deaths", "missing", "severe_injuries", "minor_injuries", "injured", "casualties", "direct_loss"}
)
MONEY = frozenset({"direct_loss", "loss"})
MANY = frozenset(
    {"unit", "owner", "contractor", "subcontractor", "supervisor", "measures", "lessons", "indirect_causes"}
)
"""Fields that may have several columns."""
LEAST_COLUMNS = 3

# Headers of a table of figures: 事故起数, 同比增减, 死亡率.
_STATISTICS = re.compile(r"起数|同比|环比|增减|占比|比例|次数|百分比|率$")
_ACCIDENT = re.compile(r"事故(?!隐患)")
_NO_COLUMN = "没有指定任何列的含义，未收录为案例。"
TABLE_SHARE = 0.7
"""Share of the characters in tables from which a document can be nothing but a table."""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """One table, or one of several under each other in a sheet.

    `block` is its index in `Document.blocks`, `header` the rows of its header, `first` and `end` the half-open
    range of its rows below, from 0. `title` is what stands above the header.
    """

    block: int
    page: int
    header: tuple[int, ...]
    first: int
    end: int
    title: str
    columns: tuple[Column, ...]
    use: Use
    note: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The columns of every table of a document, as found or as a person corrected them."""

    tables: tuple[TableMapping, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Chinese sentences: tables not understood, columns not used, columns that are not sure."""
        return tuple(sentence for table in self.tables for sentence in _told(table))

    def corrected(
        self, table: int, fields: Mapping[int, str | None], *, unit: str | None = None
    ) -> ColumnMapping:
        """Return the mapping with what a person says of some columns; their table is then read as accidents.

        A table none of whose columns is used any more gives nothing.

        Args:
            table: its place in `tables`.
            fields: column index → field, None for a column that is not to be used.
            unit: of money, for the columns of losses among them.

        Raises:
            BadRequest: no such table, column, field or unit.
        """
        if not 0 <= table < len(self.tables):
            raise BadRequest(
                f"没有第 {table + 1} 个表格，共 {len(self.tables)} 个。请核对。", code="no-such-table"
            )
        if unit is not None and unit not in UNITS:
            raise BadRequest(f"未知的金额单位“{unit}”。可选：{'、'.join(UNITS)}。", code="no-such-unit")
        old = self.tables[table]
        for index, name in fields.items():
            if not 0 <= index < len(old.columns):
                raise BadRequest(
                    f"表格没有第 {index + 1} 列，共 {len(old.columns)} 列。请核对。", code="no-such-column"
                )
            if name is not None and name not in FIELDS:
                raise BadRequest(f"未知的字段“{name}”。可选：{'、'.join(FIELDS)}。", code="no-such-field")
        columns = tuple(
            _said(c, fields[c.index], unit or c.unit, old.title) if c.index in fields else c
            for c in old.columns
        )
        used = any(column.field for column in columns)
        new = replace(
            old, columns=columns, use="accidents" if used else "unknown", note="" if used else _NO_COLUMN
        )
        return ColumnMapping((*self.tables[:table], new, *self.tables[table + 1 :]))


def map_columns(document: Document) -> ColumnMapping:
    """Return what the columns of every table of the document hold, as far as their headers tell."""
    found: list[TableMapping] = []
    for index, block in enumerate(document.blocks):
        if block.kind == "table":
            rows = [[document.quote(cell).strip() for cell in row] for row in block.rows]
            page = document.page_at(block.start)
            found += [_mapping(section, rows, index, page) for section in find_sections(rows)]
    return ColumnMapping(tuple(found))


def _said(column: Column, field: str | None, unit: str | None, title: str) -> Column:
    """Return the column as a person says; of money in the unit given, else in that of header or title."""
    written = unit or unit_of(column.header) or unit_of(title)
    return replace(column, field=field, sure=True, unit=written if field in MONEY else None)


def is_accident_list(document: Document, mapping: ColumnMapping) -> bool:
    """Return whether a document is nothing but a table of accidents: most of its characters, two rows or more."""
    cells = sum(block.end - block.start for block in document.blocks if block.kind == "table")
    listed = sum(table.end - table.first for table in mapping.tables if table.use == "accidents")
    return listed >= 2 and cells >= TABLE_SHARE * len(document.text)


def _mapping(section: Section, rows: Sequence[Sequence[str]], block: int, page: int) -> TableMapping:
    """Return what the columns of one section hold, and what use the table has."""
    columns: list[Column] = []
    taken: set[str] = set()
    for index, levels in enumerate(section.headers(rows)):
        means = meaning(levels)
        header = "/".join(dict.fromkeys(filter(None, levels)))
        field = means.field if means and (means.field not in taken or means.field in MANY) else None
        unit = (unit_of(header) or unit_of(section.title)) if field in MONEY else None
        columns.append(Column(index, header, field, bool(means and means.sure) or field is None, unit))
        taken |= {field} if field else set()
    columns = by_cells(columns, rows[section.first : section.end])
    use, note = _use(columns, section)
    return TableMapping(
        block, page, section.header, section.first, section.end, section.title, tuple(columns), use, note
    )


def _use(columns: Sequence[Column], section: Section) -> tuple[Use, str]:
    """Return whether every row of the table is an accident, and why not."""
    if not section.header:
        return "unknown", "没有认出表头。请指定各列的含义。"
    headers = [column.header for column in columns]
    if any(_STATISTICS.search(header) for header in headers):
        return "statistics", "是统计表，不是一行一起事故的清单，未收录为案例。"
    fields = {column.field for column in columns} - {None, "number"}
    tells = fields & HARM or any(_ACCIDENT.search(text) for text in (*headers, section.title))
    if not (tells and fields & IDENTIFYING and len(fields) >= LEAST_COLUMNS):
        return "unknown", "列名不像事故清单，未收录为案例。若是，请指定各列的含义。"
    return "accidents", ""


def _told(table: TableMapping) -> list[str]:
    """Return what a user should know of one table's columns."""
    where = f"第 {table.page} 页“{table.title[:20]}”表格" if table.title else f"第 {table.page} 页的表格"
    if table.use != "accidents":
        return [f"{where}{table.note}"]
    unused = [column.header for column in table.columns if column.field is None and column.header]
    doubtful = [f"{c.header}→{FIELDS[c.field]}" for c in table.columns if c.field and not c.sure]
    told = []
    if unused:
        told.append(f"{where}有未用的列：{'、'.join(unused)}。原文已保存，需要时请指定含义。")
    if doubtful:
        told.append(f"{where}有按近似列名或内容对应的列：{'、'.join(doubtful)}。请核对。")
    return told
