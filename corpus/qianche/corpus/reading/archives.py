"""Zip archives of files: members one by one, none outside, none that unpacks without end."""

from __future__ import annotations

import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable, size_text

RATIO_MATTERS_FROM_BYTES = 32 * 1024**2
"""As for Word files: a small member may unpack at any ratio."""
MOST_MEMBERS = 100_000
LONGEST_SHOWN = 60

_UTF8 = 0x800
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
# What programs leave beside the files: __MACOSX/._a.docx, .DS_Store, ~$报告.docx (a lock of Word).
_LEFTOVER = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._[^/]*$|~\$[^/]*$)", re.IGNORECASE
)
_CHUNK = 1 << 20
_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError, ValueError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its bytes, or why it cannot be had.

    `name` is as the archive gives it, folders parted by /, that of a nested archive before it (`甲.zip/报告.docx`). Of
    a member that is refused or `skipped` (leftovers of programs) `data` is None and `problem` is Chinese.
    """

    name: str
    data: bytes | None = None
    problem: str = ""
    skipped: bool = False


def members(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Iterator[Member]:
    """Yield the files of an archive in its order, those of an archive inside it too, one level deep; folders are none.

    A member that is encrypted, damaged, too large, a link, or named outside the archive fails alone.

    Args:
        data: all bytes of the archive.
        limits: `file_bytes` holds for every member, `unpacked_bytes` for all together, `decompression_ratio` for each.

    Raises:
        Unreadable: `truncated` or `damaged` where the archive has no directory; `too-large` where what it states to
            hold is above the limits, before anything is unpacked, or shows itself so on unpacking.
    """
    yield from _members(data, limits, _Budget(limits.unpacked_bytes), "")


@dataclass(slots=True)
class _Budget:
    """How many bytes may still be unpacked."""

    left: int

    def spend(self, size: int, limits: Limits) -> None:
        """Take bytes off, or stop the whole archive."""
        self.left -= size
        if self.left < 0:
            raise Unreadable(
                f"压缩包解压后超过上限 {size_text(limits.unpacked_bytes)}，已停止。请拆成几个压缩包后再导入。",
                "too-large",
            )


def _members(data: bytes, limits: Limits, budget: _Budget, inside: str) -> Iterator[Member]:
    """Yield the files of one archive; `inside` is the name of the archive that holds it, "" for none."""
    with _opened(data) as archive:
        entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
        _check(entries, len(data), limits)
        for entry in entries:
            name = f"{inside}/{_name(entry)}" if inside else _name(entry)
            if _LEFTOVER.search(_name(entry)):
                yield Member(name, problem="系统或办公软件的附属文件，已略过。", skipped=True)
            elif problem := _refusal(entry, limits):
                yield Member(name, problem=problem)
            else:
                yield from _unpacked(archive, entry, name, limits, budget, nested=bool(inside))


def _opened(data: bytes) -> zipfile.ZipFile:
    """Return the archive, its directory read."""
    try:
        return zipfile.ZipFile(BytesIO(data))
    except _FAULTS as fault:
        raise Unreadable(
            f"压缩包不完整：{size_text(len(data))} 的文件缺少目录。请重新下载或重新压缩后再导入。",
            "truncated",
        ) from fault


def _check(entries: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    """Refuse an archive by what it states to hold."""
    if len(entries) > MOST_MEMBERS:
        raise Unreadable(
            f"压缩包里有 {len(entries)} 个文件，上限 {MOST_MEMBERS} 个。请拆分后再导入。", "too-large"
        )
    stated = sum(entry.file_size for entry in entries)
    if stated > limits.unpacked_bytes:
        raise Unreadable(
            f"压缩包解压后有 {size_text(stated)}，超过上限 {size_text(limits.unpacked_bytes)}。请拆成几个压缩包后再导入。",
            "too-large",
        )
    ratio = stated // max(packed, 1)
    if stated > RATIO_MATTERS_FROM_BYTES and ratio > limits.decompression_ratio:
        raise Unreadable(
            f"压缩包解压后是原来的 {ratio} 倍（上限 {limits.decompression_ratio} 倍），不像正常文件，未解压。请确认来源。",
            "too-large",
        )


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the member's name: UTF-8 where the archive says so or it reads as such, else GB18030."""
    if entry.flag_bits & _UTF8:
        name = entry.filename
    else:
        raw = entry.orig_filename.encode("cp437", errors="replace")  # as `zipfile` decoded it
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", errors="replace")
    return name.replace("\\", "/").split("\0")[0]


def _refusal(entry: zipfile.ZipInfo, limits: Limits) -> str:
    """Return why a member is not unpacked, "" where nothing speaks against it."""
    name = _name(entry)
    path = PurePosixPath(name)
    if path.is_absolute() or _DRIVE.match(name) or ".." in path.parts:
        return f"文件名“{_shown(name)}”指向压缩包之外，未解压。请重新压缩后再导入。"
    if not path.name:
        return "文件没有名称，未解压。请重新压缩后再导入。"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return f"“{_shown(name)}”是指向别处的链接，未解压。请放入文件本身后再压缩。"
    if entry.flag_bits & _ENCRYPTED:
        return f"“{_shown(name)}”已加密，需要密码。请解压后再导入。"
    if entry.file_size > limits.file_bytes:
        return (
            f"“{_shown(name)}”有 {size_text(entry.file_size)}，超过单个文件的上限 {size_text(limits.file_bytes)}。"
            "请拆分后再导入。"
        )
    ratio = entry.file_size // max(entry.compress_size, 1)
    if entry.file_size > RATIO_MATTERS_FROM_BYTES and ratio > limits.decompression_ratio:
        return f"“{_shown(name)}”解压后是原来的 {ratio} 倍，不像正常文件，未解压。请确认来源。"
    return ""


def _unpacked(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    name: str,
    limits: Limits,
    budget: _Budget,
    *,
    nested: bool,
) -> Iterator[Member]:
    """Yield one member, or those of the archive that it is."""
    try:
        data = _bytes(archive, entry, limits, budget)
    except _FAULTS:
        yield Member(
            name, problem=f"“{_shown(name)}”已损坏，无法解压。请重新压缩后再导入；其余文件不受影响。"
        )
        return
    if data is None:
        yield Member(name, problem=f"“{_shown(name)}”解压后比所称的大，不像正常文件，未读取。请确认来源。")
    elif not name.lower().endswith(".zip"):
        yield Member(name, data)
    elif nested:
        yield Member(name, problem=f"“{_shown(name)}”是第三层压缩包，未解压。请先解压一层后再导入。")
    else:
        try:
            yield from _members(data, limits, budget, name)
        except Unreadable as problem:
            if budget.left < 0:
                raise
            yield Member(name, problem=f"“{_shown(name)}”：{problem.message}")


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, budget: _Budget) -> bytes | None:
    """Return the bytes of a member, None where they are more than it states."""
    unpacked = bytearray()
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            budget.spend(len(chunk), limits)
            unpacked += chunk
            if len(unpacked) > min(entry.file_size, limits.file_bytes):
                return None
    return bytes(unpacked)


def _shown(name: str) -> str:
    """Return a name for a message, its beginning left out where it is long."""
    return name if len(name) <= LONGEST_SHOWN else "…" + name[-LONGEST_SHOWN:]
