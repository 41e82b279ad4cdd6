"""Old Word files: LibreOffice is called as it must be; what it cannot do is said."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from tests.corpus.reading.docx_files import docx_file, p
from tests.corpus.reading.reading_checks import nothing_is_lost, texts

from qianche.corpus.reading.formats.doc import read_doc
from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"\xec\xa5" + bytes(30)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for soffice is a shell script")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder on the search path besides the shell's own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def install(folder: Path, script: str, name: str = "soffice") -> None:
    """Put a stand-in for LibreOffice on the search path."""
    program = folder / name
    program.write_text("#!/bin/sh\nPATH=/bin:/usr/bin\n" + script, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def problem_of(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Unreadable:
    """Return the error that reading gives."""
    with pytest.raises(Unreadable) as caught:
        read_doc(data, limits)
    return caught.value


@pytest.mark.parametrize("name", ["soffice", "libreoffice"])
def test_libreoffice_converts_in_a_profile_of_its_own_and_the_docx_is_read(
    programs: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "result.docx").write_bytes(docx_file(p("事故经过")))
    log = tmp_path / "log"
    install(
        programs,
        f'echo "$@" > "{log}"\nwhile [ "$1" != --outdir ]; do shift; done\ncat "$3" >> "{log}"\nmkdir -p "$2"\n'
        f'cp "{tmp_path}/result.docx" "$2/source.docx"\n',
        name,
    )
    document = read_doc(b"{\\rtf1 abc}", DEFAULT_LIMITS, suffix="rtf")
    assert (document.format, texts(document)) == ("doc", ["事故经过"])
    assert nothing_is_lost(document)
    said = log.read_text(encoding="utf-8")
    assert "-env:UserInstallation=file://" in said
    assert "--headless" in said
    assert "--convert-to docx" in said
    assert "source.rtf" in said
    assert said.endswith("{\\rtf1 abc}")
    folder = Path(said.split("UserInstallation=file://")[1].split("/profile")[0])
    assert not folder.exists()


def test_without_libreoffice_the_message_says_what_to_install(programs: Path) -> None:
    problem = problem_of(OLD_WORD)
    assert problem.code == "needs-program"
    assert "请安装 LibreOffice，或另存为 .docx 后再导入" in problem.message


def test_an_encrypted_file_is_not_given_to_libreoffice(programs: Path) -> None:
    assert problem_of(OLD_WORD[:523] + b"\x01" + OLD_WORD[524:]).code == "encrypted"


def test_a_file_that_libreoffice_cannot_convert_gives_its_last_words(programs: Path) -> None:
    install(programs, "echo first >&2\necho 'source file could not be loaded' >&2\nexit 1\n")
    problem = problem_of(OLD_WORD)
    assert problem.code == "not-converted"
    assert "（source file could not be loaded）" in problem.message


def test_a_conversion_that_does_not_end_is_ended_with_all_its_processes(programs: Path) -> None:
    install(programs, "sleep 60 &\nwait\n")
    assert problem_of(OLD_WORD, Limits(seconds_per_file=0.2)).code == "timeout"
