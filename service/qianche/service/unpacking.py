"""Archives among the files of a user: in place of each, the files in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.archives import Member, members
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import size_text
from qianche.corpus.reading.sniff import kind_of
from qianche.indexing.importing import Incoming
from qianche.indexing.store.embedded.faults import translated

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"


def unpacked(files: Iterable[Incoming], folder: Path, limits: Limits) -> Iterator[Incoming]:
    """Yield the files, and in place of an archive those in it; one that cannot be had bears its problem.

    A file out of an archive lies in `folder` until the next one is asked for, so that there is never more on the
    disk than one of them.
    """
    for file in files:
        if file.problem or not _may_be_archive(file.path):
            yield file
        else:
            yield from _in_its_place(file, folder, limits)


def _may_be_archive(path: Path) -> bool:
    """Return whether the file begins as a zip does; Word files and workbooks do so too."""
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP)) in (_ZIP, _EMPTY_ZIP)
    except OSError:
        return False  # the importer says why it cannot be read


def _in_its_place(file: Incoming, folder: Path, limits: Limits) -> Iterator[Incoming]:
    """Yield the file itself where it is no archive, else the files in it."""
    size = file.path.stat().st_size
    if size > limits.unpacked_bytes:
        yield Incoming(file.name, file.path, f"文件有 {size_text(size)}，超过上限。请拆分后再导入。")
        return
    data = file.path.read_bytes()
    if not _is_archive(data, file.name):
        yield file
        return
    some = False
    try:
        for member in members(data, limits):
            if not member.skipped:
                some = True
                yield from _laid(member, folder)
    except QiancheError as error:
        yield Incoming(file.name, file.path, error.message)
        return
    if not some:
        yield Incoming(file.name, file.path, "压缩包里没有文件。请核对后重新压缩。")


def _is_archive(data: bytes, name: str) -> bool:
    """Return whether it is an archive of files, not a Word file; what cannot be told is for the reader to explain."""
    try:
        return kind_of(data, name) == "archive"
    except QiancheError:
        return False


def _laid(member: Member, folder: Path) -> Iterator[Incoming]:
    """Yield one file of an archive, laid down for as long as it is looked at."""
    path = folder / "member"
    if member.data is None:
        yield Incoming(member.name, path, member.problem)
        return
    with translated(folder):
        path.write_bytes(member.data)
    yield Incoming(member.name, path)
    path.unlink(missing_ok=True)
