"""`qianche build`, `status`, `backup`, `restore`, `settings`: the knowledge base itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qianche.corpus.errors import BadRequest, NotFound, StoreError
from qianche.service.cli.options import Json, check_readable

if TYPE_CHECKING:
    from qianche.indexing.knowledge_base import Status

_MEBIBYTE = 1024 * 1024
_NOT_IN_IT = (
    "备份中只有资料库的记录；导入的原文件（originals/）和导入记录（imports/）不在其中，"
    "要一并保存，请另行复制“{home}”中的这两个目录。"
)


def build(
    force: Annotated[bool, typer.Option("--force", help="全部重建，而不只是补上缺少的。")] = False,
    json: Json = False,
) -> None:
    """建立或更新资料库：案例、法规和语义向量。中断后再运行会接着做。"""
    from qianche.service.cli import opening, output

    with output.waiting("正在准备") as report, opening.knowledge_base(opening.begin()) as base:
        base.build(force=force, on_progress=report)
        state = base.status()
    _print_status(state, json)


def status(json: Json = False) -> None:
    """看资料库里有什么，还缺什么。"""
    from qianche.service.cli import opening, output

    with output.waiting("正在读取"), opening.knowledge_base(opening.begin()) as base:
        state = base.status()
    _print_status(state, json)


def settings(json: Json = False) -> None:
    """列出所有设置：变量名、现值、默认值和说明。"""
    from rich.table import Table

    from qianche.service.cli import output
    from qianche.service.settings import load_settings, settings_table

    rows = settings_table(load_settings())
    if json:
        output.print_json([asdict(row) for row in rows])
        return
    table = Table()
    for name in ("变量", "现值", "默认值", "说明"):
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(output.plain(text) for text in (row.variable, row.value, row.default, row.help)))
    output.put(output.screen(), table)


def backup(
    file: Annotated[Path, typer.Argument(metavar="文件", readable=False, help="备份写到哪里。")],
    force: Annotated[bool, typer.Option("--force", help="文件已存在时直接替换。")] = False,
    json: Json = False,
) -> None:
    """把资料库的记录备份成一个文件；导入的原文件（originals/）和导入记录（imports/）不在其中，请随数据目录另行复制。"""
    from qianche.service.cli import opening, output

    home, file = opening.begin().home, file.expanduser()
    _require_record(home)
    check_readable(file.parent)
    if file.is_dir():
        raise BadRequest(f"“{file}”是一个目录。请写明备份文件的名称，如 {file / 'qianche.db'}。")
    if file.exists() and not force:
        confirm(f"“{file}”已存在。要替换它吗？", otherwise="请换一个名称，或加上 --force 替换它。")
    with output.waiting("正在备份") as report:
        _copy_record(home, file, lambda done, total: report("正在备份", done, total))
    size = file.stat().st_size
    if json:
        output.print_json({"file": str(file), "bytes": size})
    else:
        screen = output.screen()
        output.put(screen, output.plain(f"已备份到“{file}”（{size / _MEBIBYTE:.1f} MB）。"))
        output.put(screen, output.plain(_NOT_IN_IT.format(home=home)))


def restore(
    file: Annotated[
        Path, typer.Argument(metavar="文件", readable=False, help="`qianche backup` 写成的文件。")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接恢复。")] = False,
    json: Json = False,
) -> None:
    """用备份替换资料库的记录；原有的资料另存一份，并告知位置。原文件不在备份中，缺少的会说明。"""
    from qianche.indexing.importing.locking import alone
    from qianche.indexing.store.embedded import restore as put_in_place
    from qianche.indexing.store.embedded.tables import check_record
    from qianche.service.cli import opening, output

    home, file = opening.begin().home, file.expanduser()
    check_readable(file)
    check_record(file)
    if not yes:
        confirm(f"数据目录“{home}”的资料将由“{file}”替换。继续吗？", otherwise="确定要恢复时请加上 --yes。")
    with output.waiting("正在恢复") as report, alone(home):
        aside = _set_aside(home)
        kept = _keep_old(home)
        try:
            put_in_place(home, file, lambda done, total: report("正在恢复", done, total))
        except BaseException:
            # Nothing was replaced: the copy would only be mistaken for older data.
            if kept is not None:
                kept.unlink(missing_ok=True)
            raise
    old = _previous(kept, _set_aside(home) - aside)
    missing, held = _originals_missing(home)
    if json:
        output.print_json({
            "home": str(home), "previous": None if old is None else str(old), "originals_missing": missing,
        })  # fmt: skip
        return
    said = f"原有的资料存为“{old}”，确认无误后可以删除。" if old else "数据目录中原来没有资料。"
    output.put(output.screen(), output.plain(f"已从“{file}”恢复。{said}"))
    if missing:
        output.put(output.screen(), output.plain(
            f"导入的 {held} 个文件中有 {missing} 个在“{home}”中没有原文件：读出的内容照常可查，但不能取出原件。"
            "请从原来的数据目录把 originals/ 复制过来，或重新导入这些文件。", output.WARN,
        ))  # fmt: skip


def _originals_missing(home: Path) -> tuple[int, int]:
    """Return how many imported files have no original in the data folder, and how many there are."""
    from qianche.indexing.importing.ledger import Ledger
    from qianche.indexing.importing.originals import Originals
    from qianche.indexing.importing.records import Source
    from qianche.indexing.store.embedded import EmbeddedKnowledgeStore

    originals, store = Originals(home), EmbeddedKnowledgeStore(home)
    try:
        sources = list(Ledger(store, lambda case_id: None).all(Source))
    finally:
        store.close()
    return sum(not originals.path(source.sha256).is_file() for source in sources), len(sources)


def _set_aside(home: Path) -> set[Path]:
    """Return the damaged records that restores have moved out of the way."""
    return set(home.glob("record.db.broken-*"))


def _previous(kept: Path | None, moved: set[Path]) -> Path | None:
    """Return where the data that was there before the restore lies now."""
    if not moved:
        return kept
    if kept is not None:
        kept.unlink()  # a copy of what was damaged; the original itself has been moved
    return min(moved, key=lambda path: len(path.name))  # the record, not the log beside it


def _keep_old(home: Path) -> Path | None:
    """Return a copy of the record about to be replaced; None where there is none, or it cannot be read."""
    from qianche.indexing.store.embedded.faults import DAMAGED, FOREIGN

    if not _record_file(home).exists():
        return None
    copy = home / f"record.before-restore-{datetime.now():%Y%m%d-%H%M%S-%f}.db"
    try:
        _copy_record(home, copy, lambda done, total: None)
    except StoreError as error:
        if error.code in (DAMAGED, FOREIGN):
            return None  # `restore` moves such a record aside as it is
        raise
    return copy


def _copy_record(home: Path, file: Path, report: Callable[[int, int], None]) -> None:
    """Write the record of a data folder into a file."""
    from qianche.indexing.store.embedded import EmbeddedKnowledgeStore

    store = EmbeddedKnowledgeStore(home)
    try:
        store.backup_to(file, report)
    finally:
        store.close()


def _record_file(home: Path) -> Path:
    """Return where the record of a data folder lies."""
    from qianche.indexing.store.embedded.database import RECORD_FILE

    return home / RECORD_FILE


def _require_record(home: Path) -> None:
    """Return if there is something to back up."""
    if not _record_file(home).exists():
        raise NotFound(f"数据目录“{home}”里还没有资料库，没有可备份的内容。请核对 QIANCHE_HOME。")


def confirm(question: str, *, otherwise: str) -> None:
    """Return if the user says yes; `BadRequest` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise BadRequest(f"{question.partition('。')[0]}。{otherwise}", code="not-confirmed")
    sys.stderr.write(f"{question}[y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "是"):
        raise NotConfirmedError(f"没有改动。{otherwise}")


class NotConfirmedError(StoreError):
    """The user said no."""

    code = "not-confirmed"


def _print_status(state: Status, json: bool) -> None:
    """Print the state of the knowledge base."""
    from qianche.service import wire
    from qianche.service.cli import output

    if json:
        output.print_json(wire.stats(state) | {"home": str(state.home)})
        return
    output.put(output.screen(), output.grid(_status_rows(state)))


def _status_rows(state: Status) -> list[tuple[str, Any]]:
    """Return the state of the knowledge base as names and values."""
    from qianche.corpus.casebook.labels import CAUSE_BASIS_LABELS
    from qianche.service import labels
    from qianche.service.wire.status import coverage

    years = f"（{state.earliest_case} 至 {state.latest_case}）" if state.earliest_case else ""
    basis = "；".join(
        f"{label} {state.cases_by_cause_basis[name]} 件"
        for name, label in CAUSE_BASIS_LABELS.items()
        if name in state.cases_by_cause_basis
    )
    return [
        ("状态", labels.readiness_line(state)),
        ("数据目录", f"{state.home}（{state.disk_bytes / _MEBIBYTE:.1f} MB）"),
        ("事故案例", f"{state.cases} 件{years}"),
        ("成因依据", basis or "无"),
        ("法规标准", f"{state.rules} 部，{state.rule_versions} 个版本，收录条文 {state.articles} 条"),
        ("检索段落", f"{state.passages} 段，语义向量 {labels.coverage_percent(coverage(state))}"),
        ("语义模型", state.model or "没有"),
        ("写入次数", str(state.generation)),
        ("构建信息", "；".join(f"{name}={value}" for name, value in state.facts.items())),
    ]
