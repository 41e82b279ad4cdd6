"""Files that came with a request, laid down where the importer can take them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.datastructures import UploadFile

from qianche.corpus.errors import BadRequest
from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.indexing.importing import Incoming
from qianche.indexing.store.embedded.faults import translated
from qianche.service.unpacking import unpacked
from qianche.service.validation import clean

PREFIX = "incoming-"
LEFT_BEHIND_SECONDS = 24 * 3600.0
MAX_NAME = 200
"""Characters of a file name that are kept; the end of a longer one, where its kind stands."""


@contextmanager
def laid_down(
    files: Sequence[UploadFile], home: Path, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Iterator[Incoming]]:
    """Lend the files as files of their own under the data folder; gone at the end of the block.

    Names are for display alone and never become a path. In place of an archive come the files in it, which is why
    they can be gone through once only, each while it is at hand.

    Raises:
        BadRequest: no file was sent.
        StoreError: they cannot be written: no room, no permission.
    """
    sent = [file for file in files if file.filename]
    if not sent:
        raise BadRequest("没有收到文件。请选择要导入的文件后再提交。", code="no-files")
    with translated(home):
        home.mkdir(parents=True, exist_ok=True)
        clear_left_behind(home)
        holder = TemporaryDirectory(prefix=PREFIX, dir=home)
    with holder as folder:
        with translated(home):
            incoming = [_laid(file, Path(folder) / str(n)) for n, file in enumerate(sent)]
        members = Path(folder) / "members"
        members.mkdir()
        yield (replace(f, name=shown_name(f.name)) for f in unpacked(incoming, members, limits))


def clear_left_behind(home: Path) -> None:
    """Remove what a kill left of earlier uploads; those of the last hours may be under way."""
    for folder in home.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > LEFT_BEHIND_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _laid(file: UploadFile, path: Path) -> Incoming:
    """Write one file."""
    with path.open("wb") as target:
        shutil.copyfileobj(file.file, target, 1 << 20)
    return Incoming(file.filename or "", path)


def shown_name(name: str) -> str:
    """Return a file's name as it is kept: no control characters, no folder of the sender's machine."""
    plain = clean(name).replace("\\", "/").strip("/ ")
    parts = [part for part in plain.split("/") if part not in ("", ".", "..")]
    return ("/".join(parts) or "未命名")[-MAX_NAME:]
