"""The data tables of this package: tab-separated, `#` begins a comment, the first row names the columns."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from qianche.corpus.errors import BadRecord

_PACKAGE = "qianche.corpus.reports.content"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table file of this package by column name; a missing last cell is "".

    Raises:
        BadRecord: a row has more cells than the head, or the same row stands twice.
    """
    lines = files(_PACKAGE).joinpath(name).read_text(encoding="utf-8").splitlines()
    kept = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    columns = kept[0][1].split("\t")
    rows: list[dict[str, str]] = []
    for number, line in kept[1:]:
        cells = line.split("\t")
        if len(cells) > len(columns):
            raise BadRecord(
                f"{name} 第{number}行有{len(cells)}格，表头只有{len(columns)}格。请删去多余的格。"
            )
        row = dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))
        if row in rows:
            raise BadRecord(f"{name} 第{number}行与前面的行相同：{line}。请删去一行。")
        rows.append(row)
    return tuple(rows)


def words(cell: str) -> tuple[str, ...]:
    """Return the alternatives of a cell, parted by `|`."""
    return tuple(word for word in cell.split("|") if word)
