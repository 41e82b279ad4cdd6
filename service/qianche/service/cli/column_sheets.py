"""What the columns of an imported table look like on the screen."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from qianche.service.cli.output import DIM, STRONG, WARN, joined, plain, put

_NOT_USED = "（不用）"


def print_columns(console: Console, content: dict[str, Any]) -> None:
    """Print every table of a file: what each column is taken for, with its first cells."""
    for table in content["tables"]:
        put(console, plain(f"第 {table['number']} 个表格 {table['title']}".rstrip(), STRONG))
        put(console, joined((f"第 {table['page']} 页", f"{table['rows']} 行", table["use_label"])), 2)
        if table["note"]:
            put(console, plain(table["note"], WARN), 2)
        put(console, _sheet(table))
    if not content["tables"]:
        put(console, plain("这个文件里没有表格。"))
        return
    if content["changes"]:
        last = content["changes"][-1]
        put(console, plain(f"列对照最近由{last['who']}更正（{last['at'][:10]}）。"))
    put(console, plain("更正：`qianche columns 编号 --set 列=字段 --who 姓名`", DIM))


def _sheet(table: dict[str, Any]) -> Table:
    """One line a column."""
    sheet = Table()
    for name in ("列", "列名", "对应字段", "前几行"):
        sheet.add_column(name, overflow="fold")
    for column in table["columns"]:
        doubt = "" if column["sure"] else "（请核对）"
        unit = f"（{column['unit']}）" if column["unit"] else ""
        sheet.add_row(
            str(column["number"]),
            plain(column["header"]),
            plain(f"{column['field_label'] or _NOT_USED}{unit}{doubt}", "" if column["sure"] else WARN),
            plain("；".join(filter(None, column["samples"]))),
        )
    return sheet
