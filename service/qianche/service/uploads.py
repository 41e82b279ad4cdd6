"""Files that came with a request, laid down where the importer can take them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.datastructures import UploadFile

from qianche.corpus.errors import BadRequest
from qianche.indexing.importing import Incoming
from qianche.service.validation import clean

MAX_NAME = 200
"""Characters of a file name that are kept; the end of a longer one, where its kind stands."""


@contextmanager
def laid_down(files: Sequence[UploadFile], home: Path) -> Iterator[list[Incoming]]:
    """Lend the files as files of their own under the data folder; gone at the end of the block.

    Names are for display alone and never become a path.

    Raises:
        BadRequest: no file was sent.
    """
    sent = [file for file in files if file.filename]
    if not sent:
        raise BadRequest("没有收到文件。请选择要导入的文件后再提交。", code="no-files")
    home.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="incoming-", dir=home) as folder:
        incoming = []
        for number, file in enumerate(sent):
            path = Path(folder) / str(number)
            with path.open("wb") as target:
                shutil.copyfileobj(file.file, target, 1 << 20)
            incoming.append(Incoming(shown_name(file.filename or ""), path))
        yield incoming


def shown_name(name: str) -> str:
    """Return a file's name as it is kept: no control characters, no folder of the sender's machine."""
    plain = clean(name).replace("\\", "/").strip("/ ")
    parts = [part for part in plain.split("/") if part not in ("", ".", "..")]
    return ("/".join(parts) or "未命名")[-MAX_NAME:]
