"""Old Word files (.doc), RTF and WPS files: turned into .docx by LibreOffice, then read as such."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Literal

from qianche.corpus.reading.formats.docx import read_docx
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawDocument

PROGRAMS = ("soffice", "libreoffice")
"""Names that LibreOffice has on the search path, by system and package."""

SHARE_OF_TIME = 0.8
"""Of the time for a file: LibreOffice is ended, with its children, before the pool ends the process that waits for
it, since it runs in a session of its own that would live on."""

_WORD_DOCUMENT = b"\xec\xa5"
"""First bytes of the main stream of a .doc file; it begins the first sector after the header in practice."""
_STREAM_OFFSET = 512
_FLAGS_OFFSET, _ENCRYPTED = 0x0B, 0x01
"""Source: [MS-DOC] 2.5.2, FibBase: fEncrypted is bit 8 of the flags at offset 0x0A."""


def read_doc(data: bytes, limits: Limits, *, suffix: Literal["doc", "rtf"] = "doc") -> RawDocument:
    """Return a file that LibreOffice can turn into .docx, with format `doc`.

    LibreOffice runs hidden, with a profile and a folder of its own that are removed afterwards, and is ended
    after four fifths of `limits.seconds_per_file`.

    Args:
        data: the bytes of the file.
        limits: also those of the .docx that comes out.
        suffix: what the bytes are; LibreOffice looks at the name first.

    Raises:
        Unreadable: `needs-program` without LibreOffice, `encrypted`, `timeout`, `not-converted` when nothing
            comes out; else as `docx.read_docx`.
    """
    if _is_encrypted(data):
        raise Unreadable("文件已加密，需要密码才能打开。请去掉密码后再导入。", "encrypted")
    program = next((found for found in map(shutil.which, PROGRAMS) if found), None)
    if program is None:
        raise Unreadable(
            f"读取 .{suffix} 文件需要 LibreOffice，本机没有找到。请安装 LibreOffice，或另存为 .docx 后再导入。",
            "needs-program",
        )
    return replace(read_docx(_converted(data, program, suffix, limits), limits), format="doc")


def _is_encrypted(data: bytes) -> bool:
    """Return whether the header of a .doc file says that its text is encrypted."""
    header = data[_STREAM_OFFSET : _STREAM_OFFSET + 0x20]
    return header.startswith(_WORD_DOCUMENT) and bool(header[_FLAGS_OFFSET] & _ENCRYPTED)


def _converted(data: bytes, program: str, suffix: str, limits: Limits) -> bytes:
    """Return the .docx that LibreOffice makes of the bytes."""
    with tempfile.TemporaryDirectory(prefix="qianche-doc-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, f"source.{suffix}"), Path(folder, "out", "source.docx")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [
            program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "docx",
            "--outdir", str(target.parent), str(source),
        ]  # fmt: skip
        problem = _run(command, SHARE_OF_TIME * limits.seconds_per_file)
        if not target.is_file():
            raise Unreadable(
                f"LibreOffice 没能转换这个 .{suffix} 文件{problem}。文件可能已损坏或设有密码，请用 Word 或 WPS 打开并"
                "另存为 .docx 后再导入。",
                "not-converted",
            )
        return target.read_bytes()


def _run(command: list[str], seconds: float) -> str:
    """Run a command and return what its last line of output says, in brackets; "" where it says nothing."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            _, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as fault:
            _end(process)
            raise Unreadable(
                f"LibreOffice 转换超过 {seconds:.0f} 秒，已停止。请用 Word 或 WPS 打开并另存为 .docx 后再导入。",
                "timeout",
            ) from fault
    lines = said.decode("utf-8", errors="replace").split("\n")
    words = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return f"（{words[:200]}）" if words else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with those that it started: soffice is a script around the program proper."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
