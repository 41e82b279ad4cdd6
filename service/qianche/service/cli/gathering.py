"""Which files a command line means: files as they are named, folders with all that is below them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qianche.corpus.errors import BadRequest
from qianche.corpus.reading.sniff import expected_kind
from qianche.service.cli.options import cause_of, check_readable


@dataclass(frozen=True, slots=True)
class Passed:
    """A file below a folder that is not taken, and why (Chinese)."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """Files to take, each once, in the order found; and what was passed over."""

    files: tuple[Path, ...]
    passed: tuple[Passed, ...]


def gather(given: Iterable[Path]) -> Gathered:
    """Return the files that the paths mean.

    A file that is named is taken whatever it is called; below a folder only files of known kinds are.
    Links to folders are not followed, so that no circle is.

    Raises:
        BadRequest: a path is not there, is neither file nor folder, or may not be read.
    """
    files: dict[Path, None] = {}
    passed: list[Passed] = []
    for path in (p.expanduser() for p in given):
        check_readable(path)
        if path.is_dir():
            for found in _below(path):
                if isinstance(found, Passed):
                    passed.append(found)
                else:
                    files.setdefault(found)
        elif path.is_file():
            files.setdefault(path)
        else:
            raise BadRequest(_not_there(path), code="no-such-file")
    return Gathered(tuple(files), tuple(passed))


def _not_there(path: Path) -> str:
    if path.exists():
        return f"“{path}”不是普通文件，也不是目录，不能导入。请核对路径。"
    return f"没有文件或目录“{path}”。请核对路径；路径中有空格时请加引号。"


def _below(folder: Path) -> Iterator[Path | Passed]:
    """Yield every file below a folder by name, hidden folders as a whole."""
    refused: list[Passed] = []

    def refuse(error: OSError) -> None:
        refused.append(Passed(Path(error.filename), f"不能读取（{cause_of(error)}），请核对这个目录的权限"))

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders.sort()
        for hidden in [name for name in folders if name.startswith(".")]:
            folders.remove(hidden)
            yield Passed(Path(parent, hidden), "隐藏目录")
        for name in sorted(names):
            path = Path(parent, name)
            why = _why_passed(path)
            yield path if why is None else Passed(path, why)
    yield from refused


def _why_passed(path: Path) -> str | None:
    """Return why a file found below a folder is not taken, None where it is."""
    if path.name.startswith("."):
        return "隐藏文件"
    if path.name.startswith("~$"):
        return "Office 打开文件时的临时文件"
    if expected_kind(path.name) is None:
        return f"不认识的类型“{path.suffix}”" if path.suffix else "没有扩展名"
    try:
        if not path.is_file():
            return "不是普通文件，或链接已失效"
    except PermissionError:
        return _NOT_ALLOWED
    return None if os.access(path, os.R_OK) else _NOT_ALLOWED


_NOT_ALLOWED = "没有权限读取，请更改权限后再导入"
