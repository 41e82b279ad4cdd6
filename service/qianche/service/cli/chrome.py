"""What typer itself says, in Chinese: help, usage errors; and the one way every command ends.

typer has no switch for its language; the few English words it prints are replaced where it offers a method.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from qianche.corpus.errors import BadRequest
from qianche.service.cli.ending import guarded

_TITLES = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "REQUIRED_LONG_STRING": "[必填]",
    "DEFAULT_STRING": "[默认：{}]",
    "ENVVAR_STRING": "[环境变量：{}]",
}


class _Chinese:
    """Help in Chinese; mixed into typer's command and group."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage: ", "用法：", 1)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option --help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示这份说明后退出。"
        return option

    def get_params(self, ctx: Any) -> Any:
        """Return the parameters, which name no type of Python in the help."""
        found = super().get_params(ctx)  # type: ignore[misc]
        for param in found:
            param.display_type_rich = partial(_type_shown, param)
        return found

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help."""
        from typer import rich_utils

        for name, title in _TITLES.items():
            setattr(rich_utils, name, title)
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(_Chinese, TyperCommand):
    """A command."""


class Group(_Chinese, TyperGroup):
    """A group of commands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is named; `BadRequest` lists those there are."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            valid = "、".join(self.list_commands(ctx))
            raise BadRequest(f"没有命令“{args[0]}”。可用的命令：{valid}。")
        return super().resolve_command(ctx, args)


class Program(Group):
    """The whole program: every way a command can end becomes an exit code and at most one message."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line given and end the process with its exit code."""
        run = partial(super().main, args, prog_name, complete_var, False, windows_expand_args, **extra)
        code = guarded(run, _explain_usage)
        if standalone_mode:
            sys.exit(code)
        return code


def new_app(*, help: str, epilog: str | None = None, cls: type[TyperGroup] = Program) -> typer.Typer:
    """Return an empty program or group of commands."""
    return typer.Typer(
        cls=cls, help=help, epilog=epilog, add_completion=False, pretty_exceptions_enable=False,
        options_metavar="[选项]", subcommand_metavar="命令 [参数]…",
        context_settings={"help_option_names": ["--help", "-h"]},
    )  # fmt: skip


def help_if_alone(context: typer.Context) -> None:
    """Print the help and end with 2 where a group was called without a command."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)


def _type_shown(param: Any, ctx: Any) -> str | None:
    """Return what the help shows as the kind of a parameter: our own word for it, never `<bool>`."""
    shown: str | None = type(param).display_type_rich(param, ctx)
    return None if shown is None or shown.startswith("<") else shown


# The base is not exported, and moved when typer took click in; its child is where it always was.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]


def _explain_usage(error: Exception) -> str | None:
    """Return in Chinese what is wrong with the command line, None if the error is of another kind."""
    if not isinstance(error, _USAGE_ERROR):
        return None
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "qianche"
    return f"{_what(error)}用法见 `{command} --help`。"


def _what(error: Any) -> str:
    """Return the sentence that says what is wrong."""
    kind, message = type(error).__name__, str(error.message)
    if kind == "MissingParameter" and error.param is not None:
        return f"缺少参数 {error.param.metavar or error.param.name}。"
    if kind == "NoSuchOption":
        near = f"相近的有：{'、'.join(sorted(error.possibilities))}。" if error.possibilities else ""
        return f"没有选项“{error.option_name}”。{near}"
    if kind == "BadOptionUsage":
        flag = "does not take" in message
        return f"选项“{error.option_name}”{'是开关，不带值' if flag else '后面需要一个值'}。"
    if message.startswith("Got unexpected extra argument"):
        return f"多出了参数{message[message.rfind('(') :].rstrip('.')}。含空格的内容请加引号。"
    param = getattr(error, "param", None)
    name = "参数" if param is None else _named(param)
    return next((f"{name}{said}" for part, said in _WRONG_VALUES if part in message), f"{name}的值不能使用。")


def _named(param: Any) -> str:
    """Return what a parameter is called on the command line."""
    option = next((name for name in param.opts if name.startswith("--")), None)
    return f"参数“{param.metavar or param.name}”" if option is None else f"选项“{option}”"


# What typer says of a value, and what is said instead.
_WRONG_VALUES = (
    ("valid integer", "需要整数。"),
    ("greater than or equal", "太小。"),
    ("not in the range", "超出了允许的范围。"),
    ("not readable", "所指的文件没有读取权限。请更改它的权限，或换用有权限的账号运行。"),
    ("is not one of", "没有这个值。"),
)
