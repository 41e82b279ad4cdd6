"""Tables of accidents: Excel workbooks and CSV files, told apart by their content."""

from __future__ import annotations

from qianche.corpus.reading.formats.csv_file import read_csv
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.raw import RawDocument

_ZIP = b"PK"


def read_table(data: bytes, limits: Limits) -> RawDocument:
    """Return a workbook as one page a sheet, a CSV file as one page; rows of cells as they are printed.

    Row n of a page's table is row n of the sheet. Raises as `workbook.read_workbook` and `csv_file.read_csv`.
    """
    if data.startswith(_ZIP):
        from qianche.corpus.reading.formats.workbook import (
            read_workbook,
        )  # openpyxl takes a quarter of a second

        return read_workbook(data, limits)
    return read_csv(data, limits)
