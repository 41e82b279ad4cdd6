"""Workbooks for tests, built in memory: rows of cells, merges, formats, hidden sheets."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

Rows = Sequence[Sequence[Any]]


def workbook(rows: Rows, *, name: str = "Sheet1", merged: Sequence[str] = (), **sheets: Rows) -> bytes:
    """Return an .xlsx file: one sheet of the rows, then the further sheets by their names."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = name
    for row in rows:
        first.append(row)
    for area in merged:
        first.merge_cells(area)
    for title, more in sheets.items():
        sheet = book.create_sheet(title)
        for row in more:
            sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return the bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
