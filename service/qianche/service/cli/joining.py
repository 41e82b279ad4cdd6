"""`qianche join` and `split`: the account of a file put to another case, and taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qianche.corpus.errors import NotFound
from qianche.service.cli.options import Json, Who, name_of

if TYPE_CHECKING:
    from qianche.corpus.cases import Case
    from qianche.indexing.importing import Importer
    from qianche.indexing.knowledge_base import KnowledgeBase

DAYS_APART = 1
"""A report may date an accident by the night before; what lies further apart is hardly the same accident."""


def join(
    account_id: Annotated[str, typer.Argument(metavar="记述", help="记述编号，见 `qianche show 案例`。")],
    case_id: Annotated[str, typer.Argument(metavar="案例", help="并入哪个案例。")],
    who: Who = None,
    yes: Annotated[bool, typer.Option("--yes", help="日期或死亡人数不同也不再询问，直接并入。")] = False,
    json: Json = False,
) -> None:
    """把一个文件的记述并入一个案例：两者说的是同一起事故。"""
    from qianche.service.cli import opening
    from qianche.service.cli.keeping import confirm

    name = name_of(who)
    with opening.records(changes=True) as (base, importer):
        found = None if yes else _differences(base, importer, account_id, case_id)
        if found:
            confirm(
                f"这份记述与案例“{case_id}”不像同一起事故：{'；'.join(found)}。要并入吗？",
                otherwise="确定是同一起事故时请加上 --yes。",
            )
        importer.join(account_id, case_id, name)
        _tell(base, importer, case_id, json=json)


def split(
    account_id: Annotated[str, typer.Argument(metavar="记述", help="记述编号，见 `qianche show 案例`。")],
    who: Who = None,
    json: Json = False,
) -> None:
    """把一份记述从案例中拆出来，恢复为它自己的案例。"""
    from qianche.service.cli import opening

    name = name_of(who)
    with opening.records(changes=True) as (base, importer):
        importer.split(account_id, name)
        _tell(base, importer, importer.account(account_id).case_id or account_id, json=json)


def _differences(base: KnowledgeBase, importer: Importer, account_id: str, case_id: str) -> list[str]:
    """Return what speaks against a join: days further apart than `DAYS_APART`, other deaths."""
    case = _case(base, case_id)
    if case is None:
        return []  # a case that waits for its date, or none: the importer says which
    found = []
    days = [date.fromisoformat(day) for day in _stated(importer, account_id, "occurred_on")]
    apart = min((abs((day - case.occurred_on).days) for day in days), default=0)
    if apart > DAYS_APART:
        told = "、".join(map(str, days))
        found.append(f"日期，记述为 {told}，案例为 {case.occurred_on}，相差 {apart} 天")
    deaths = _stated(importer, account_id, "toll.deaths")
    if deaths and case.toll.deaths is not None and case.toll.deaths not in deaths:
        told = "、".join(map(str, deaths))
        found.append(f"死亡人数，记述为 {told}，案例为 {case.toll.deaths}")
    return found


def _stated(importer: Importer, account_id: str, field: str) -> Sequence[Any]:
    """Return the values that an account states for a field, each once, as a payload has them."""
    from qianche.indexing.importing.corrections import value_in
    from qianche.service.wire.imports import plain

    account = importer.account(account_id)
    if account.given is not None:
        own = value_in(dict(account.given), field)
        return () if own is None else (own,)
    return tuple(dict.fromkeys(plain(e.value) for e in importer.evidence(account_id) if e.field == field))


def _case(base: KnowledgeBase, case_id: str) -> Case | None:
    """Return a case; None where there is none, or none yet."""
    try:
        return base.case(case_id)
    except NotFound:
        return None


def _tell(base: KnowledgeBase, importer: Importer, case_id: str, *, json: bool) -> None:
    """Print which case an account belongs to now, and which others do."""
    from qianche.service.cli import import_sheets, output
    from qianche.service.wire import imports as import_wire

    accounts = import_wire.accounts(importer, case_id)
    if json:
        output.print_json({"case_id": case_id, "accounts": accounts})
    else:
        import_sheets.print_joined(output.screen(), case_id, _case(base, case_id), accounts)
