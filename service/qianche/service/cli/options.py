"""Options that several commands share, and the command line's names for the inputs of the API."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from qianche.corpus.errors import BadRequest, NotFound, QiancheError
from qianche.service.validation import BadParameters, read_day

STDIN_LIMIT = 1_000_000
"""Bytes read from standard input; a query is at most 5,000 characters."""

_LISTED = 5
"""Ids that a message lists where several are meant."""

Who = Annotated[str | None, typer.Option("--who", metavar="姓名", help="由谁操作，与改动一起留存。")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，与 HTTP 接口的格式相同。")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="年-月-日", help="按哪一天的法规；不给则为今天。")
]
Words = Annotated[list[str], typer.Argument(metavar="文字", help="要检索的文字；写 - 则读标准输入。")]

_NAMES = {
    "query": "文字", "kinds": "--kind", "top_k": "--top", "accident_class": "--class",
    "substances": "--substance", "date_from": "--from", "date_to": "--to",
}  # fmt: skip
# The API's names that a message may hold.
_FIELD = re.compile(r"\b(?:date_from|deaths_min)\b")


def text_of(words: Sequence[str]) -> str:
    """Return the words as one text; of a single `-` what standard input holds.

    Raises:
        BadRequest: standard input is not UTF-8, or too long to be a query.
    """
    if list(words) != ["-"]:
        return " ".join(words)
    data = sys.stdin.buffer.read(STDIN_LIMIT + 1)
    if len(data) > STDIN_LIMIT:
        raise BadRequest("标准输入超过 1 MB。请只给出与隐患有关的段落。", code="query-too-long")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadRequest(
            "标准输入不是 UTF-8 编码的文字。请先转换编码，如 `iconv -f gbk -t utf-8`。"
        ) from None


def day_of(text: str | None) -> date:
    """Return the day of --as-of, today where none is given; `BadParameters` for what is no day."""
    return read_day(text) if text else date.today()


def wrong_options(error: QiancheError) -> str | None:
    """Return the message of wrong inputs with the options' names for the API's; None for other errors."""
    if not isinstance(error, BadParameters):
        return None
    told = []
    for wrong in error.errors:
        given = f"“{wrong.given}”" if wrong.given else ""
        message = wrong.message.replace("/api/facets", "`qianche get /api/facets`")
        message = _FIELD.sub(lambda found: option_name(found[0]), message)
        told.append(f"{option_name(wrong.field)}{given}：{message.rstrip('。')}")
    return "；".join(told) + "。"


def option_name(field: str) -> str:
    """Return the option that sets a field of the API; the place within a list is left out."""
    field = field.partition(".")[0]
    return _NAMES.get(field, "--" + field.replace("_", "-"))


def cause_of(error: OSError) -> str:
    """Return in Chinese why the system refused something; its own words are English."""
    return _CAUSES.get(error.errno or 0, f"系统错误 {error.errno}")


_CAUSES = {
    errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.ENOENT: "路径不存在", errno.ENOTDIR: "路径中有一段不是目录",
    errno.ENOSPC: "磁盘已满", errno.EROFS: "磁盘只读", errno.ENAMETOOLONG: "名称过长", errno.EIO: "磁盘读写出错",
    errno.EADDRINUSE: "端口已被占用", errno.EADDRNOTAVAIL: "本机没有这个地址", errno.ELOOP: "链接绕成了圈",
}  # fmt: skip


def check_readable(path: Path) -> None:
    """Return unless the path is there and may not be read; then `BadRequest`."""
    try:
        allowed = not path.exists() or os.access(path, os.R_OK)
    except PermissionError:  # a folder on the way to it
        allowed = False
    if not allowed:
        raise BadRequest(
            f"没有权限读取“{path}”。请更改它和上级目录的权限，或换用有权限的账号运行。", code="not-allowed"
        )


def field_meant(text: str, fields: Mapping[str, str]) -> str:
    """Return the key of a field given by its key, its Chinese name, or a beginning that only one name has.

    Args:
        fields: names by key.

    Raises:
        BadRequest: no field is called so, or several begin so; lists the names.
    """
    if text in fields:
        return text
    by_name = {name: key for key, name in fields.items()}
    if text in by_name:
        return by_name[text]
    near = [name for name in by_name if text and name.startswith(text)]
    if len(near) == 1:
        return by_name[near[0]]
    if near:
        raise BadRequest(f"“{text}”可以指几个字段：{'、'.join(near)}。请写全。", code="unknown-field")
    raise BadRequest(f"没有字段“{text}”。可选：{'、'.join(by_name)}。", code="unknown-field")


def name_of(who: str | None) -> str:
    """Return the name under which a change is noted; `BadRequest` where it is missing or too long."""
    from qianche.service.by_hand import short_name

    name = short_name(who or "")
    if not name:
        raise BadRequest("没有写明由谁操作。请用 --who 给出姓名，如 --who 张三。", code="no-name")
    return name


def one_meant(given: str, ids: Iterable[str], what: str) -> str:
    """Return the id that is given whole or by a beginning that only one has.

    Raises:
        NotFound: no id begins so.
        BadRequest: several do.
    """
    known = list(ids)
    if given in known:
        return given
    near = [name for name in known if given and name.startswith(given)]
    if not near:
        raise NotFound(f"没有编号为“{given}”的{what}。请核对编号。")
    if len(near) > 1:
        listed = "、".join(near[:_LISTED]) + ("……" if len(near) > _LISTED else "")
        raise BadRequest(f"以“{given}”开头的{what}不止一个：{listed}。请写得更长一些。", code="ambiguous-id")
    return near[0]
