"""`qianche sources` and `qianche remove`: imported files as they were read, and taking one back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qianche.corpus.errors import BadRequest, StoreError
from qianche.service.cli.options import Json, Who, cause_of, name_of, one_meant

if TYPE_CHECKING:
    from qianche.indexing.importing import Importer

Sha = Annotated[str, typer.Argument(metavar="编号", help="文件的 sha256，或不致混淆的开头。")]


def sources(
    sha: Annotated[
        str | None, typer.Argument(metavar="编号", help="文件的 sha256，或不致混淆的开头。")
    ] = None,
    page: Annotated[str | None, typer.Option("--page", metavar="页码", help="看读出的一页文字。")] = None,
    diff: Annotated[
        str | None, typer.Option("--diff", metavar="编号", help="与另一个文件的文字逐段比较。")
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="文件", readable=False, help="把原文件取出到这里，逐字节相同。"),
    ] = None,
    json: Json = False,
) -> None:
    """列出导入的文件；给出编号则看一个文件，每页是怎样读出的。"""
    from qianche.service.cli import column_sheets, import_sheets, opening, output
    from qianche.service.wire import imports as import_wire
    from qianche.service.wire.found import stretch

    asked = [given for given in (page, diff, save) if given is not None]
    if len(asked) > 1 or (asked and sha is None):
        raise BadRequest("--page、--diff、--save 要先给出文件的编号，且一次只用一个。")
    number = None if page is None else _page_number(page)
    settings = opening.begin()
    with (
        output.waiting("正在读取"),
        opening.knowledge_base(settings) as base,
        opening.importer(settings, base) as importer,
    ):
        content: Any
        if sha is None:
            content = stretch("sources", [import_wire.source(item) for item in importer.sources()])
        else:
            content = _one(importer, sha, number, diff, save)
        mapped = _columns(importer, content["sha256"]) if sha is not None and not asked and not json else None
    if json:
        output.print_json(content)
        return
    screen = output.screen()
    if sha is None:
        import_sheets.print_sources(screen, content["sources"])
    elif save is not None:
        output.put(screen, output.plain(f"原文件已取出到“{content['file']}”（{content['bytes']} 字节）。"))
    elif number is not None:
        import_sheets.print_page(screen, content)
    elif diff is not None:
        import_sheets.print_differences(screen, content)
    else:
        import_sheets.print_source(screen, content)
        if mapped is not None:
            column_sheets.print_columns(screen, mapped)


def remove(
    sha: Sha,
    who: Who = None,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接撤回。")] = False,
    json: Json = False,
) -> None:
    """撤回一个导入的文件：连同由它而来的记述、条文、待核事项和原文件。"""
    from qianche.service.cli import opening, output
    from qianche.service.cli.keeping import confirm
    from qianche.service.wire import imports as import_wire

    name = name_of(who)
    with opening.records(changes=True) as (_, importer):
        source = importer.source(meant(importer, sha))
        if not yes:
            confirm(
                f"将撤回“{source.names[0]}”和由它而来的全部内容。继续吗？",
                otherwise="确定要撤回时请加上 --yes。",
            )
        importer.remove(source.sha256, name)
        content = import_wire.source(source)
    if json:
        output.print_json(content)
    else:
        output.put(output.screen(), output.plain(f"已撤回“{source.names[0]}”。"))


def _one(importer: Importer, given: str, page: int | None, diff: str | None, save: Path | None) -> Any:
    """Return what is asked of one file, as the wire has it."""
    from qianche.service.wire import imports as import_wire

    sha = meant(importer, given)
    if page is not None:
        return import_wire.page_of(importer, sha, page)
    if diff is not None:
        other = meant(importer, diff)
        found = [import_wire.difference(item) for item in importer.diff(other, sha)]
        return {"a": other, "b": sha, "differences": found}
    if save is not None:
        return _save(importer.original(sha), save.expanduser())
    return import_wire.source(importer.source(sha))


def _columns(importer: Importer, sha: str) -> dict[str, Any] | None:
    """Return which column of a table holds what, None for a file that is no table."""
    from qianche.service.wire.columns import columns_of

    return columns_of(importer, sha) if importer.is_table(sha) else None


def meant(importer: Importer, given: str) -> str:
    """Return the sha256 that is given whole or by its beginning."""
    return one_meant(given.lower(), (source.sha256 for source in importer.sources()), "文件")


def _page_number(text: str) -> int:
    """Return the page asked for."""
    if not (text.isascii() and text.isdigit()):
        raise BadRequest(f"页码“{text}”需要整数，如 --page 3。")
    return int(text)


def _save(original: Path, target: Path) -> dict[str, Any]:
    """Copy an original to a place of the user's, never over anything."""
    if target.exists():
        raise BadRequest(f"“{target}”已存在。请换一个名称。")
    try:
        shutil.copyfile(original, target)
    except OSError as error:
        raise StoreError(f"不能写入“{target}”：{cause_of(error)}。请核对路径和权限。") from error
    return {"file": str(target), "bytes": target.stat().st_size}
