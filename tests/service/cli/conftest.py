"""Fixture policy: most tests run the program in this process on the hand-written knowledge base (`run`).

`run_real` runs it on whatever the data folder holds, `go` on the small base with an importer, whose files `drop`
writes; `start` starts a process, which costs a second.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.indexing.importing import making
from tests.service.fake_kb import FakeKnowledgeBase
from tests.service.small_base import BUNDLED, open_small_base, says
from typer.testing import CliRunner

from qianche.corpus import taking_in
from qianche.indexing import importing
from qianche.indexing.importing import Importer
from qianche.service.cli import opening
from qianche.service.cli.program import app

ROOT = Path(__file__).parent.parent.parent.parent

Run = Callable[..., Any]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def run(kb: FakeKnowledgeBase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run one command on the hand-written knowledge base."""
    monkeypatch.setattr(opening, "open_base", lambda settings, threads: kb)
    return _runner(monkeypatch, tmp_path / "home")


@pytest.fixture
def run_real(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run one command on whatever the data folder holds."""
    return _runner(monkeypatch, tmp_path / "home")


def _runner(monkeypatch: pytest.MonkeyPatch, home: Path) -> Run:
    monkeypatch.setenv("QIANCHE_HOME", str(home))

    def run(*args: str, stdin: str | bytes | None = None) -> Any:
        return CliRunner().invoke(app, args, input=stdin, prog_name="qianche")

    return run


@pytest.fixture
def start() -> Start:
    """Start the program in a process of its own, after some code that prepares it."""
    return _start


def _start(code: str, *args: str, **options: Any) -> subprocess.Popen[str]:
    script = f"{code}\nfrom qianche.service.cli import main\nmain()"
    return subprocess.Popen(
        [sys.executable, "-c", script, *args],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, encoding="utf-8",
        cwd=ROOT, **options,
    )  # fmt: skip


@pytest.fixture
def go(run_real: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command on the small base."""
    monkeypatch.setattr(opening, "open_base", lambda settings, threads: open_small_base(settings.home))
    monkeypatch.setattr(taking_in, "isolated_take_in", lambda pool, limits: making.take_in)
    monkeypatch.setattr(importing, "Importer", partial(Importer, bundled=lambda: BUNDLED))
    return run_real


@pytest.fixture
def drop(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of the user."""

    def write(name: str, content: bytes = b"", **what: Any) -> Path:
        path = tmp_path / "drop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content or says(**what))
        return path

    return write


def told(result: Any, code: int = 0) -> Any:
    """What a command printed as JSON."""
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout)
