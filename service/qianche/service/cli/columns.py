"""`qianche columns`: which column of an imported table holds what, and correcting it."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from qianche.corpus.errors import BadRequest
from qianche.service.cli.options import Json, Who, name_of
from qianche.service.cli.sources import Sha, meant

_NOT_USED = ("", "不用")
_SETTING = re.compile(r"\s*([0-9]{1,6})\s*=(.*)")  # 3=死亡人数, not 死亡人数


def columns(
    sha: Sha,
    table: Annotated[int, typer.Option("--table", metavar="序号", min=1, help="更正第几个表格。")] = 1,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="列=字段", help="如 3=死亡人数；3=不用 则不用这一列。可多次给出。"),
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="单位", help="所给各列中金额的单位，如 万元。")
    ] = None,
    who: Who = None,
    json: Json = False,
) -> None:
    """看台账的列对照：哪一列是什么；给出 --set 则更正，各行随即重新收录。"""
    from qianche.service.by_hand import by_hand
    from qianche.service.cli import column_sheets, opening, output
    from qianche.service.wire.columns import columns_of, remap

    given = dict(_setting(text) for text in settings or ())
    if unit is not None and not given:
        raise BadRequest("--unit 要同 --set 一起用：写明哪一列是金额，如 --set 5=直接经济损失 --unit 元。")
    name = name_of(who) if given else ""
    with opening.records(changes=bool(given)) as (_, importer):
        found = meant(importer, sha)
        if given:
            with output.waiting("正在重新收录"), by_hand():
                remap(importer, found, table, given, unit, name)
        content = columns_of(importer, found)
        accounts = len(importer.source(found).account_ids)
    if json:
        output.print_json(content)
        return
    screen = output.screen()
    column_sheets.print_columns(screen, content)
    if given:
        output.put(screen, output.plain(f"已按新的列对照重新收录，由这个文件得到 {accounts} 起事故。"))


def _setting(text: str) -> tuple[int, str | None]:
    """Return column and field of one --set, the field given by its name or key."""
    written = _SETTING.fullmatch(text)
    if written is None:
        raise BadRequest(f"“{text}”要写作 列=字段，如 --set 3=死亡人数。")
    field = written[2].strip()
    return int(written[1]), None if field in _NOT_USED else _field(field)


def _field(text: str) -> str:
    """Return the key of a field that a column can hold; `BadRequest` lists the names."""
    from qianche.corpus.tables import FIELDS

    by_name = {label: key for key, label in FIELDS.items()}
    key = text if text in FIELDS else by_name.get(text)
    if key is None:
        names = "、".join((*by_name, _NOT_USED[1]))
        raise BadRequest(f"没有字段“{text}”。可选：{names}。", code="no-such-field")
    return key
