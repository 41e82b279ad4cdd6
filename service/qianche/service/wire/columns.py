"""The columns of an imported table on the wire; tables and columns are numbered from 1, as a person counts them."""

from __future__ import annotations

from collections.abc import Mapping

from qianche.corpus.errors import BadRequest
from qianche.corpus.reading.document import Document
from qianche.corpus.tables import FIELDS, UNITS, Column, TableMapping
from qianche.indexing.importing import Importer
from qianche.indexing.importing.records import ColumnChange
from qianche.service.wire.found import Json

USES = {"accidents": "事故清单，一行一起", "statistics": "统计表，未收录", "unknown": "没有认出，未收录"}
SAMPLES = 3
"""Rows of which the cells of a column are shown."""
_SHOWN = 60
"""Characters of a sample."""


def columns_of(importer: Importer, sha256: str) -> Json:
    """Return which column of every table of a file holds what, and what it could hold.

    Raises:
        NotFound: no such file.
        BadRequest: the file is no table.
    """
    mapping = importer.columns(sha256)
    document = importer.document(sha256)
    return {
        "sha256": sha256,
        "tables": [_table(document, number, table) for number, table in enumerate(mapping.tables, 1)],
        "fields": [{"field": field, "label": label} for field, label in FIELDS.items()],
        "units": list(UNITS),
        "changes": [_change(change) for change in importer.column_changes(sha256)],
    }


def remap(
    importer: Importer, sha256: str, table: int, columns: Mapping[int, str | None], unit: str | None, who: str
) -> None:
    """Read a table anew; table and columns are numbered from 1."""
    if table < 1 or min(columns, default=1) < 1:
        raise BadRequest("表格和列都从 1 数起。请核对。", code="no-such-column")
    importer.remap(sha256, table - 1, {number - 1: field for number, field in columns.items()}, who, unit)


def _table(document: Document, number: int, table: TableMapping) -> Json:
    rows = document.blocks[table.block].rows[table.first : table.end]
    shown = [[document.quote(cell).strip() for cell in row] for row in rows[:SAMPLES]]
    return {
        "number": number,
        "page": table.page,
        "title": table.title,
        "use": table.use,
        "use_label": USES[table.use],
        "note": table.note,
        "rows": len(rows),
        "columns": [_column(column, shown) for column in table.columns],
    }


def _column(column: Column, rows: list[list[str]]) -> Json:
    samples = [row[column.index] if column.index < len(row) else "" for row in rows]
    return {
        "number": column.index + 1,
        "header": column.header,
        "field": column.field,
        "field_label": None if column.field is None else FIELDS[column.field],
        "sure": column.sure,
        "unit": column.unit,
        "samples": [text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…" for text in samples],
    }


def _change(change: ColumnChange) -> Json:
    return {
        "table": change.table + 1,
        "columns": {str(index + 1): field for index, field in change.fields.items()},
        "unit": change.unit,
        "who": change.who,
        "at": change.at.isoformat(timespec="seconds"),
    }
