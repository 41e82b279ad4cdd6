"""`qianche backup`, `restore`, `model`, `serve`: files, other processes, ports."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import socket
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.service.cli.conftest import Run, Start, told

from qianche.indexing.store.embedded import EmbeddedKnowledgeStore
from qianche.indexing.store.embedded.database import Database
from qianche.indexing.store.embedded.locks import held
from qianche.service.cli import serving
from qianche.service.cli.program import app
from qianche.service.settings import Settings


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder whose record says `first`."""
    folder = tmp_path / "home"
    _say(folder, "first")
    return folder


def _say(folder: Path, value: str) -> None:
    store = EmbeddedKnowledgeStore(folder)
    store.set_state({"said": value})
    store.close()


def _said(folder: Path) -> str | None:
    store = EmbeddedKnowledgeStore(folder)
    try:
        return store.get_state("said")
    finally:
        store.close()


def test_a_backup_is_restored_and_the_old_data_is_kept(run_real: Run, home: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.db"
    made = run_real("backup", str(saved))
    assert (made.exit_code, made.stderr) == (0, "")
    assert f"已备份到“{saved}”" in made.stdout
    assert "导入的原文件（originals/）和导入记录（imports/）不在其中" in made.stdout
    assert f"请另行复制“{home}”中的这两个目录" in made.stdout.replace("\n", "")
    _say(home, "second")
    done = run_real("restore", str(saved), "--yes", "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert _said(home) == "first"
    previous = Path(json.loads(done.stdout)["previous"])
    assert previous.parent == home
    again = run_real("restore", str(previous), "--yes")
    assert again.exit_code == 0
    assert "原有的资料存为“" in again.stdout
    assert _said(home) == "second"


def test_a_restore_says_which_originals_are_not_there(
    go: Run, drop: Callable[..., Path], tmp_path: Path
) -> None:
    saved, home = tmp_path / "saved.db", tmp_path / "home"
    go("import", str(drop("报告.docx").parent), "--no-vectors")
    go("backup", str(saved))
    assert "没有原文件" not in go("restore", str(saved), "--yes").stdout
    shutil.rmtree(home / "originals")
    done = go("restore", str(saved), "--yes")
    assert f"导入的 1 个文件中有 1 个在“{home}”中没有原文件" in done.stdout
    assert told(go("restore", str(saved), "--yes", "--json"))["originals_missing"] == 1


def test_the_help_says_what_a_backup_leaves_out(run: Run) -> None:
    assert "originals/" in run("backup", "--help").stdout


def test_an_existing_file_is_replaced_only_when_told_to(run_real: Run, home: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.db"
    saved.write_text("precious")
    refused = run_real("backup", str(saved))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "已存在" in refused.stderr
    assert "--force" in refused.stderr
    assert saved.read_text() == "precious"
    assert run_real("backup", str(saved), "--force").exit_code == 0
    assert saved.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize(
    ("target", "code", "message"),
    [("", 2, "是一个目录"), ("absent/saved.db", 1, "不存在，无法写入备份")],
)
def test_a_backup_that_cannot_be_written_is_explained(
    run_real: Run, home: Path, tmp_path: Path, target: str, code: int, message: str
) -> None:
    result = run_real("backup", str(tmp_path / target))
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


class _Keyboard(io.StringIO):
    """A terminal at which something is typed."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("是\n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_on_a_terminal_an_existing_file_is_asked_about(
    run_real: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    saved = tmp_path / "saved.db"
    saved.write_text("precious")
    monkeypatch.setattr(sys, "stdin", _Keyboard(typed))
    with pytest.raises(SystemExit) as ended:
        app(["backup", str(saved)], prog_name="qianche")
    assert ended.value.code == code
    assert (saved.read_bytes() == b"precious") is (code == 1)


def test_without_a_record_there_is_nothing_to_back_up(run_real: Run, tmp_path: Path) -> None:
    result = run_real("backup", str(tmp_path / "saved.db"))
    assert result.exit_code == 1
    assert "还没有资料库" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [None, b"", b"a letter, not a record" * 100])
def test_a_file_that_is_no_backup_changes_nothing(
    run_real: Run, home: Path, tmp_path: Path, content: bytes | None
) -> None:
    wrong = tmp_path / "wrong.db"
    if content is not None:
        wrong.write_bytes(content)
    before = sorted(home.iterdir())
    result = run_real("restore", str(wrong), "--yes")
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(wrong) in result.stderr
    assert _said(home) == "first"
    assert sorted(home.iterdir()) == before


def test_a_restore_that_nobody_can_confirm_is_refused(run_real: Run, home: Path, tmp_path: Path) -> None:
    run_real("backup", str(tmp_path / "saved.db"))
    _say(home, "second")
    result = run_real("restore", str(tmp_path / "saved.db"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--yes" in result.stderr
    assert _said(home) == "second"


def test_a_damaged_record_is_moved_aside_by_a_restore(run_real: Run, home: Path, tmp_path: Path) -> None:
    run_real("backup", str(tmp_path / "saved.db"))
    (home / "record.db").write_bytes(b"damaged" * 1000)
    for log in home.glob("record.db-*"):
        log.unlink()
    result = run_real("restore", str(tmp_path / "saved.db"), "--yes", "--json")
    assert result.exit_code == 0, result.stderr
    assert Path(json.loads(result.stdout)["previous"]).read_bytes() == b"damaged" * 1000
    assert _said(home) == "first"


def test_a_restore_is_refused_while_another_writes(
    run_real: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_real("backup", str(tmp_path / "saved.db"))
    _say(home, "second")
    monkeypatch.setitem(Database.__init__.__kwdefaults__ or {}, "lock_timeout", 0.05)
    with held(home / "write.lock", 1):
        result = run_real("restore", str(tmp_path / "saved.db"), "--yes")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "正在写入数据目录" in result.stderr
    assert _said(home) == "second"
    assert not list(home.glob("record.before-restore-*"))


def test_a_file_that_is_no_wheel_is_refused(run_real: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.whl"
    wrong.write_bytes(b"not a wheel")
    for file in (wrong, tmp_path / "absent.whl"):
        result = run_real("model", "import", str(file))
        assert (result.exit_code, result.stdout) == (1, "")
        assert str(file) in result.stderr


def test_a_model_is_not_exported_over_other_files(run_real: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    result = run_real("model", "export", str(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "已有内容" in result.stderr


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_the_service_prints_its_address_and_stops_cleanly(
    start: Start, number: signal.Signals, code: int
) -> None:
    prepare = (
        "from qianche.service.cli import opening\nfrom tests.service.fake_kb import FakeKnowledgeBase\n"
        "opening.open_base = lambda settings, threads, **_: FakeKnowledgeBase()"
    )
    port = _free_port()
    process = start(prepare, "serve", "--port", str(port), env=os.environ | {"QIANCHE_LOG_LEVEL": "error"})
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith(f"前车已启动：http://127.0.0.1:{port}/ ")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as response:
        assert response.status == 200
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert "Traceback" not in err


def test_answers_are_not_held_back_for_an_acknowledgement() -> None:
    with serving._listening(Settings(port=_free_port())) as listener:
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_a_port_that_is_taken_is_explained(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", "--port", port)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"不能在 127.0.0.1:{port} 监听" in result.stderr
    assert "--port" in result.stderr


def test_a_backup_that_may_not_be_read_is_told_in_chinese(
    run_real: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed.db"
    closed.write_bytes(b"x")
    monkeypatch.setattr(os, "access", lambda given, mode, **_: Path(given) != closed)
    for command in (("restore", str(closed), "--yes"), ("model", "import", str(closed))):
        result = run_real(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"没有权限读取“{closed}”。")
