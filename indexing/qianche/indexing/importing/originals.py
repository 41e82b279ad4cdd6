"""Original files, kept byte for byte under `originals/<aa>/<sha256>`."""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from contextlib import suppress
from pathlib import Path

from qianche.corpus.errors import NotFound
from qianche.indexing.store.embedded.faults import translated

_BLOCK = 1 << 20
_ABANDONED = 3600
"""Seconds after which nobody writes a copy any more."""


class Originals:
    """The originals of one data folder; a file is there whole or not at all."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "originals"

    def path(self, sha256: str) -> Path:
        """Return where a file lies, whether it is there or not."""
        return self._folder / sha256[:2] / sha256

    def find(self, sha256: str) -> Path:
        """Return where a file lies; `NotFound` where it is not there."""
        path = self.path(sha256)
        if not path.is_file():
            raise NotFound(f"原始文件“{sha256[:12]}…”不在数据目录中。请重新导入该文件。")
        return path

    def keep(self, file: Path) -> tuple[str, int]:
        """Copy a file in and return (sha256, bytes); on the disk when it returns.

        Raises:
            StoreError: the folder cannot be written, the disk is full.
            OSError: the file given cannot be read.
        """
        with translated(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f".{uuid.uuid4().hex}.part"
        digest, size = hashlib.sha256(), 0
        try:
            with file.open("rb") as source, translated(self._folder), part.open("wb") as copy:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    size += len(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
            with translated(self._folder):
                self._put(part, self.path(digest.hexdigest()))
        finally:
            part.unlink(missing_ok=True)
        return digest.hexdigest(), size

    def _put(self, part: Path, target: Path) -> None:
        """Move a complete file into its place, and sync the folder entry."""
        if target.exists():
            return
        target.parent.mkdir(exist_ok=True)
        part.replace(target)
        sync_folder(target.parent)

    def drop(self, sha256: str) -> None:
        """Remove a file if it is there."""
        with translated(self._folder):
            self.path(sha256).unlink(missing_ok=True)

    def clear_unfinished(self) -> None:
        """Remove copies that a killed process left half done; a young one may still be written by another."""
        for part in self._folder.glob(".*.part"):
            with suppress(FileNotFoundError):
                if time.time() - part.stat().st_mtime > _ABANDONED:
                    part.unlink()


def sync_folder(folder: Path) -> None:
    """Make a rename or a new file in the folder last; Windows neither can nor needs to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
