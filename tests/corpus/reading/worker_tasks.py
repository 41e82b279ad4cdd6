"""What the tests of the worker pool let workers do; a worker finds these by name."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.formats import ocr
from qianche.corpus.reading.formats.pdf import read_pdf
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawDocument


class Picky(QiancheError):
    """An error whose class asks for more than it passes on."""

    def __init__(self, message: str, *, page: int) -> None:
        super().__init__(message, code="picky")
        self.page = page


def add(a: int, b: int) -> int:
    """Return the sum."""
    return a + b


def process_id() -> int:
    """Return the worker's own id."""
    return os.getpid()


def many_bytes(count: int) -> bytes:
    """Return so many bytes."""
    return bytes(count)


def length(data: bytes) -> int:
    """Return the number of bytes."""
    return len(data)


def read_address_zero() -> None:
    """Crash as C code does."""
    ctypes.string_at(0)


def exit_at_once(code: int) -> None:
    """End the process without a word."""
    os._exit(code)


def take_memory(count: int) -> int:
    """Take so many bytes."""
    return len(bytearray(count))


def wait_for_ever(sign: str) -> None:
    """Say that the wait began by making a file, then wait."""
    Path(sign).touch()
    threading.Event().wait()


def start_a_program(sign: str) -> None:
    """Start a program that waits, write its id, and wait too."""
    program = subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait()"])
    Path(sign).write_text(str(program.pid))
    threading.Event().wait()


def refuse() -> None:
    """Raise an error for the user."""
    raise Unreadable("文件是空的。请换一个文件。", "empty-file")


def refuse_oddly() -> None:
    """Raise an error for the user that pickle cannot restore."""
    raise Picky("第 3 页不对。", page=3)


def refuse_with_a_lock() -> None:
    """Raise an error for the user that cannot be pickled."""
    error = QiancheError("文件被占用。请稍后再试。", code="locked")
    error.__dict__["lock"] = threading.Lock()
    raise error


def divide_by_zero() -> float:
    """Raise an error that is not for the user."""
    return 1 / int("0")


def descend(depth: int = 0) -> int:
    """Call itself without end."""
    return descend(depth + 1) + 1


def unsendable() -> Any:
    """Return what cannot be pickled."""
    return threading.Lock()


def read_pdf_without_ocr(data: bytes) -> RawDocument:
    """Return a PDF file as a machine without the extra `ocr` reads it."""
    ocr.available = lambda: False  # type: ignore[assignment]
    return read_pdf(data)
