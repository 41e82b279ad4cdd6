"""The program `qianche`: its commands put together."""

from __future__ import annotations

from typing import Annotated

import typer

from qianche.service.cli import (
    asking,
    citing,
    columns,
    importing,
    joining,
    keeping,
    model,
    reading,
    reviewing,
    rule_diff,
    serving,
    sources,
)
from qianche.service.cli.chrome import Command, Group, help_if_alone, new_app

EPILOG = "退出码：0 完成（包括没有找到），1 没能完成，2 命令写得不对，130 被中断。设置见 `qianche settings`。"

app = new_app(help="前车：用现场的话描述隐患，查出相似的事故案例和当日适用的法规条款。", epilog=EPILOG)


@app.callback(invoke_without_command=True)
def program(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="打印版本后退出。")] = False,
) -> None:
    """前车：用现场的话描述隐患，查出相似的事故案例和当日适用的法规条款。"""
    if show_version:
        from importlib.metadata import version

        typer.echo(f"前车 qianche {version('qianche')}")
        raise typer.Exit
    help_if_alone(context)


def _add(name: str, function: object) -> None:
    """Add a command under the name users type."""
    app.command(name, cls=Command, options_metavar="[选项]")(function)  # type: ignore[type-var]


for _name, _function in (
    ("search", asking.search),
    ("show", reading.show),
    ("rules", reading.rules),
    ("diff", rule_diff.diff),
    ("cite", citing.cite),
    ("segment", asking.segment),
    ("import", importing.import_files),
    ("review", reviewing.review),
    ("correct", reviewing.correct),
    ("join", joining.join),
    ("split", joining.split),
    ("sources", sources.sources),
    ("columns", columns.columns),
    ("remove", sources.remove),
    ("serve", serving.serve),
    ("get", serving.get),
    ("build", keeping.build),
    ("status", keeping.status),
    ("backup", keeping.backup),
    ("restore", keeping.restore),
    ("settings", keeping.settings),
):
    _add(_name, _function)
app.add_typer(model.app, name="model", cls=Group)
