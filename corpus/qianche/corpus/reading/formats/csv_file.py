"""CSV files: encoding and delimiter found by the content, line breaks inside quoted cells kept."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice

from qianche.corpus.reading.formats.counting import count_characters
from qianche.corpus.reading.formats.encoding import decode
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawBlock, RawDocument, RawPage

DELIMITERS = (",", "\t", ";", "|", "，")
"""The earlier wins a tie."""
SAMPLE_ROWS = 50
_HINT = "sep="
"""First line by which Excel is told the delimiter: sep=;"""


def read_csv(data: bytes, limits: Limits) -> RawDocument:
    """Return a CSV file as one page with one table.

    Raises:
        Unreadable: `unknown-format` when the bytes are no text, `too-large` above the limits on rows and columns,
            `damaged` for a cell beyond any measure, which is a quote never closed.
    """
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    hint, lines = _hinted(text)
    delimiter = hint or _delimiter(lines)
    rows = _rows(lines, delimiter, limits)
    characters = _characters("\n".join(lines), rows, delimiter)
    filled = without_empty_end(rows)
    blocks = (RawBlock("table", rows=tuple(filled)),) if filled else ()
    page = RawPage(1, blocks, "table" if filled else "empty", file_characters=characters)
    return RawDocument("table", (page,), warnings=decoded.warnings)


def _hinted(text: str) -> tuple[str, list[str]]:
    """Return the delimiter that the first line gives, "" where it gives none, and the lines of the table."""
    lines = text.split("\n")
    first = lines[0].strip().strip('"')
    if first.lower().startswith(_HINT) and len(first) == len(_HINT) + 1:
        return first[-1], lines[1:]
    return ("\t", lines[1:]) if first.lower() == _HINT and lines[0].endswith("\t") else ("", lines)


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter that parts most of the first rows into equally many cells, more than one."""

    def score(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in islice(_parsed(lines, delimiter), SAMPLE_ROWS) if row]
        except csv.Error:
            return (0.0, 0)
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 0)

    return max(DELIMITERS, key=score)


def _parsed(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the rows; a line break inside quotes belongs to the cell."""
    return csv.reader((line + "\n" for line in lines), delimiter=delimiter)


def _rows(lines: list[str], delimiter: str, limits: Limits) -> list[tuple[str, ...]]:
    """Return the rows, empty ones too: their place is their number."""
    rows: list[tuple[str, ...]] = []
    try:
        for row in _parsed(lines, delimiter):
            check_size(len(rows) + 1, len(row), limits)
            rows.append(tuple(row))
    except csv.Error as fault:
        raise Unreadable(
            "表格里有一个单元格长得不合常理，多半是少了一个引号。请用 Excel 打开核对后另存一份再导入。",
            "damaged",
        ) from fault
    return rows


def without_empty_end(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the rows up to the last that holds anything."""
    last = next((i for i in range(len(rows), 0, -1) if any(cell.strip() for cell in rows[i - 1])), 0)
    return rows[:last]


def check_size(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a table larger than the limits.

    Raises:
        Unreadable: `too-large`.
    """
    if rows > limits.table_rows:
        raise Unreadable(f"表格超过 {limits.table_rows} 行的上限。请拆成几个文件后再导入。", "too-large")
    if columns > limits.table_columns:
        raise Unreadable(
            f"表格有一行超过 {limits.table_columns} 列的上限。请删去无关的列后再导入。", "too-large"
        )


def _characters(text: str, rows: Iterable[tuple[str, ...]], delimiter: str) -> int:
    """Return the non-space characters of the file without its delimiters and the quotes around cells."""
    cells = [cell for row in rows for cell in row]
    parted = sum(max(len(row) - 1, 0) for row in rows) if not delimiter.isspace() else 0
    quotes = text.count('"') - sum(cell.count('"') for cell in cells)
    return count_characters(text) - parted - quotes
