"""Why a file cannot be read: one error with a stable code and a Chinese message."""

from __future__ import annotations

from typing import Literal

from qianche.corpus.errors import QiancheError

ProblemCode = Literal[
    "empty-file",
    "too-large",
    "too-many-pages",
    "too-deep",
    "line-too-long",
    "truncated",
    "damaged",
    "encrypted",
    "unknown-format",
    "not-a-text",
    "needs-extra",
    "needs-program",
    "not-converted",
    "timeout",
    "crashed",
    "too-much-memory",
]
"""空文件, 过大, 页数过多, 嵌套过深, 单段过长, 不完整, 损坏, 加密, 格式不识, 不是文稿 (a table, an archive, data),
缺组件, 缺程序, 转换失败, 超时, 读取进程崩溃, 内存超限.
"""


class Unreadable(QiancheError):
    """A file that cannot be read as a whole.

    The message says what happened, with the value, then what to do; it does not name the file, since readers
    get bytes: who shows it puts the name before it.
    """

    code = "unreadable"

    def __init__(self, message: str, code: ProblemCode) -> None:
        super().__init__(message, code=code)


def size_text(size_bytes: int) -> str:
    """Return a size for a message, in units that fit it."""
    if size_bytes < 1024:
        return f"{size_bytes} 字节"
    if size_bytes < 1024**2:
        return f"{size_bytes / 1024:.1f} KB"
    return f"{size_bytes / 1024**2:.1f} MB"
