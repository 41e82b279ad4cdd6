"""`qianche import`, `sources`, `remove`, on a real base in a folder; files hold what `small_base.says` makes them say."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.indexing.importing.making import NOON
from tests.service.cli.conftest import Run, Start, told
from tests.service.small_base import REPORT, open_small_base, open_small_importer, says

from qianche.indexing.importing.records import Entry, Job
from qianche.service.app import create_app
from qianche.service.cli import importing
from qianche.service.cli.gathering import gather
from qianche.service.responses import imports as shapes
from qianche.service.settings import load_settings

BROKEN = '{"fail": "文件损坏，无法读取。请重新下载后再导入。"}'.encode()


def test_files_are_imported_and_each_has_its_line(go: Run, drop: Callable[..., Path]) -> None:
    drop("报告.docx")
    drop("里/坏.pdf", BROKEN)
    result = go("import", str(drop("报告.docx").parent), "--who", "张三")
    assert result.exit_code == 1
    for text in (
        "│ 报告.docx │ 已导入 │ 事故报告 │ 新案例 1 │",
        "│ 失败   │          │          │ 文件损坏，无法读取。请重新下载后再导入。 │",
        "共 2 个文件：已导入 1，失败 1；新案例 1。",
    ):
        assert text in result.stdout
    assert "没有语义模型，新资料暂按字词检索。" in result.stderr


def test_what_is_all_imported_or_known_already_ends_with_0(go: Run, drop: Callable[..., Path]) -> None:
    path = str(drop("报告.docx"))
    job = shapes.ImportJob.model_validate(
        told(go("import", path, "--who", " 张  三 ", "--json", "--no-vectors"))
    )
    assert (job.who, job.state, job.entries[0].counts) == ("张 三", "done", {"cases": 1})
    again = go("import", path, "--no-vectors")
    assert (again.exit_code, "已跳过" in again.stdout) == (0, True)
    unnamed = told(go("import", "--jobs", "--json"))["jobs"][0]
    assert unnamed["who"] == "未署名"


def test_what_was_imported_is_found_at_once(go: Run, drop: Callable[..., Path]) -> None:
    go("import", str(drop("报告.docx")), "--no-vectors")
    found = told(go("search", "砂光车间除尘管积灰起火", "--no-wait", "--json"))
    assert found["cases"][0]["name"].startswith("安吉云泉竹制品厂")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "请给出要导入的文件或目录"),
        (("--resume", "--jobs"), "或者只给 --resume、--jobs、--job、--cancel 中的一个"),
        (("没有这个.docx",), "没有文件或目录“没有这个.docx”。"),
        (("--who", "长" * 51, "."), "姓名有 51 个字，最多 50 个字。"),
    ],
)
def test_an_import_that_is_asked_wrongly_is_2(go: Run, args: tuple[str, ...], message: str) -> None:
    result = go("import", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_path_that_may_not_be_read_is_told_in_chinese(
    go: Run, drop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop("封.docx")
    monkeypatch.setattr(os, "access", lambda given, mode, **_: Path(given) != path)
    alone = go("import", str(path))
    assert (alone.exit_code, alone.stdout) == (2, "")
    assert alone.stderr.startswith(f"没有权限读取“{path}”。请更改它和上级目录的权限")
    below = go("import", str(path.parent))
    assert f"略过“{path}”：没有权限读取，请更改权限后再导入。" in below.stderr.splitlines()


def test_a_folder_that_may_not_be_read_is_told_in_chinese(
    drop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = drop("关/a.docx").parent
    scan = os.scandir

    def scandir(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (passed,) = gather([closed.parent]).passed
    assert (passed.path, passed.why) == (closed, "不能读取（没有权限），请核对这个目录的权限")


def test_a_rule_outside_the_register_is_said_to_be_kept_and_not_searched(
    go: Run, drop: Callable[..., Path]
) -> None:
    path = drop(
        "办法.docx",
        text=["云泉县竹粉尘管理办法", "第一条 应当日清日结。"],
        rule="云泉县竹粉尘管理办法",
        drafts=[],
    )
    done = go("import", str(path), "--no-vectors")
    for text in ("“办法.docx”：原件和读出的文字已保存", "不作为法规检索", "请在核对中选定", "不能另行登记"):
        assert text in done.stdout
    (source,) = told(go("sources", "--json"))["sources"]
    assert "不作为法规检索" in go("sources", source["sha256"][:12]).stdout
    assert "不作为法规检索" in go("review", "rule:").stdout
    assert "不作为法规检索" not in go("import", str(drop("报告.docx")), "--no-vectors").stdout


def test_a_folder_without_a_file_of_a_known_kind_is_2_and_says_what_is_there(
    go: Run, drop: Callable[..., Path]
) -> None:
    folder = drop("程序.exe", b"x").parent
    result = go("import", str(folder))
    assert result.exit_code == 2
    assert f"略过“{folder / '程序.exe'}”：不认识的类型“.exe”。" in result.stderr
    assert "没有可以导入的文件。" in result.stderr


def test_below_a_folder_only_files_of_known_kinds_are_taken(drop: Callable[..., Path]) -> None:
    for name in (
        "b.PDF",
        "a/c.docx",
        "a/b.txt",
        ".h.txt",
        ".git/x.txt",
        "~$a.docx",
        "x.exe",
        "README",
        "a/z.zip",
    ):
        drop(name, b"x")
    folder = drop("b.PDF", b"x").parent
    (folder / "loop").symlink_to(folder)
    (folder / "dead.pdf").symlink_to(folder / "nothing")
    found = gather([folder, folder / "a" / "b.txt"])
    assert [str(p.relative_to(folder)) for p in found.files] == ["b.PDF", "a/b.txt", "a/c.docx", "a/z.zip"]
    assert {p.path.name: p.why for p in found.passed} == {
        ".h.txt": "隐藏文件",
        ".git": "隐藏目录",
        "~$a.docx": "Office 打开文件时的临时文件",
        "x.exe": "不认识的类型“.exe”",
        "README": "没有扩展名",
        "dead.pdf": "不是普通文件，或链接已失效",
    }


def test_a_file_that_is_named_is_taken_whatever_it_is_called(drop: Callable[..., Path]) -> None:
    path = drop(".报告", b"x")
    assert gather([path, path]).files == (path,)


def test_a_long_name_keeps_its_ending(go: Run, drop: Callable[..., Path]) -> None:
    name = "长" * 80 + ".docx"  # 245 bytes: file systems take 255
    (entry,) = told(go("import", str(drop(name)), "--json", "--no-vectors"))["entries"]
    assert entry["name"] == name


def test_jobs_are_listed_and_one_is_shown_with_every_file(go: Run, drop: Callable[..., Path]) -> None:
    assert "还没有导入过文件。" in go("import", "--jobs").stdout
    job = told(go("import", str(drop("报告.docx")), "--json", "--no-vectors"))
    listed = go("import", "--jobs").stdout
    assert f"│ {job['id']} │ 已完成 │ 未署名 │ 1/1  │ 已导入 1 │" in listed
    assert told(go("import", "--job", job["id"], "--json")) == job
    assert "│ 报告.docx │ 已导入 │" in go("import", "--job", job["id"]).stdout
    assert told(go("import", "--cancel", job["id"], "--json")) == job
    unknown = go("import", "--job", "20990101-000000-1")
    assert (unknown.exit_code, unknown.stdout) == (1, "")


_BLOCKED = """
import sys, threading
from tests.service.small_base import open_small_base
from qianche.service.cli import importing, opening
from qianche.corpus import taking_in
opening.open_base = lambda settings, threads: open_small_base(settings.home)
def never(path, name):
    print("reading", file=sys.stderr, flush=True)
    threading.Event().wait()
taking_in.isolated_take_in = lambda pool, limits: never
"""


def test_an_interrupted_import_says_how_to_go_on_and_does(
    start: Start, go: Run, drop: Callable[..., Path], tmp_path: Path
) -> None:
    process = start(
        _BLOCKED, "import", str(drop("报告.docx")), env=os.environ | {"QIANCHE_HOME": str(tmp_path / "home")}
    )
    assert process.stderr is not None
    while "reading" not in process.stderr.readline():
        pass
    process.send_signal(signal.SIGINT)
    line = process.stderr.readline()
    assert "已停止。" in line and "`qianche import --resume`" in line
    assert "正在停止：" in process.stderr.readline()
    process.send_signal(signal.SIGINT)  # the file will never be read: do not wait for it
    process.communicate(timeout=30)
    assert process.returncode == 130
    assert "`qianche import --resume`" in go("import", "--jobs").stdout
    (job,) = told(go("import", "--resume", "--json", "--no-vectors"))["jobs"]
    assert (job["state"], job["entries"][0]["state"]) == ("done", "done")
    assert "没有未做完的导入。" in go("import", "--resume").stdout


def test_an_unfinished_import_can_be_given_up(
    start: Start, go: Run, drop: Callable[..., Path], tmp_path: Path
) -> None:
    process = start(
        _BLOCKED, "import", str(drop("报告.docx")), env=os.environ | {"QIANCHE_HOME": str(tmp_path / "home")}
    )
    assert process.stderr is not None
    while "reading" not in process.stderr.readline():
        pass
    process.kill()
    process.communicate(timeout=30)
    (job,) = told(go("import", "--jobs", "--json"))["jobs"]
    assert job["finished"] == 0
    given_up = told(go("import", "--cancel", job["id"], "--json"))
    assert (given_up["state"], given_up["entries"][0]["state"]) == ("cancelled", "cancelled")


def test_waiting_for_another_process_is_told_and_so_is_the_file_under_way() -> None:
    entries = (Entry(1, "一.docx", "0" * 64, 3, "done"), Entry(2, "二.docx", "1" * 64, 3, "reading"))
    job = Job("j", NOON, "张三", "running", entries)
    said: list[tuple[object, ...]] = []
    importing._report(job, lambda *given: said.append(given))  # type: ignore[arg-type]
    untouched = tuple(replace(entry, state="pending") for entry in entries)
    waiting = replace(job, state="waiting", entries=untouched)
    importing._report(waiting, lambda *given: said.append(given))  # type: ignore[arg-type]
    assert said == [("正在导入", 1, 2, "二.docx"), ("排队：等另一个进程的导入做完", 0, 2, "")]


# Files


def test_imported_files_are_listed_and_one_is_shown_page_by_page(go: Run, drop: Callable[..., Path]) -> None:
    assert "还没有导入过文件。" in go("sources").stdout
    (entry,) = told(go("import", str(drop("报告.docx")), "--json", "--no-vectors"))["entries"]
    sha = entry["sha256"]
    assert f"编号 {sha[:12]}" in go("sources").stdout
    shown = go("sources", sha[:8].upper()).stdout
    kept = sum(map(len, REPORT))
    assert f"│ 1  │ 文字 │ {kept}/{kept} " in shown
    assert "\n".join(REPORT) in go("sources", sha[:8], "--page", "1").stdout
    assert told(go("sources", sha, "--page", "1", "--json"))["text"] == "\n".join(REPORT)


def test_an_original_is_taken_out_byte_for_byte_and_never_over_a_file(
    go: Run, drop: Callable[..., Path], tmp_path: Path
) -> None:
    (entry,) = told(go("import", str(drop("报告.docx")), "--json", "--no-vectors"))["entries"]
    copy = tmp_path / "取出.docx"
    assert go("sources", entry["sha256"], "--save", str(copy)).exit_code == 0
    assert copy.read_bytes() == says()
    copy.write_bytes(b"mine")
    refused = go("sources", entry["sha256"], "--save", str(copy))
    assert (refused.exit_code, copy.read_bytes()) == (2, b"mine")
    nowhere = go("sources", entry["sha256"], "--save", str(tmp_path / "没有" / "x"))
    assert (nowhere.exit_code, "不能写入" in nowhere.stderr) == (1, True)


def test_two_files_are_compared(go: Run, drop: Callable[..., Path]) -> None:
    after = REPORT[1].replace("3人", "4人")
    drop("a.docx", drafts=[])
    drop("b.docx", drafts=[], text=[REPORT[0], after, REPORT[2]])
    job = told(go("import", str(drop("a.docx", drafts=[]).parent), "--json", "--no-vectors"))
    a, b = (entry["sha256"] for entry in job["entries"])
    assert f"- 第 1 页  {REPORT[1]}\n+ 第 1 页  {after}" in go("sources", b, "--diff", a).stdout
    assert "没有不同" in go("sources", a, "--diff", a).stdout


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("0" * 12,), 1, "没有编号为“000000000000”的文件。"),
        (("--page", "1"), 2, "要先给出文件的编号"),
        (("0" * 12, "--page", "1", "--diff", "x"), 2, "一次只用一个"),
        (("0" * 12, "--page", "一"), 2, "页码“一”需要整数"),
    ],
)
def test_a_file_that_is_asked_for_wrongly_is_explained(
    go: Run, args: tuple[str, ...], code: int, message: str
) -> None:
    result = go("sources", *args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


def test_a_file_is_taken_back_when_that_is_confirmed(go: Run, drop: Callable[..., Path]) -> None:
    (entry,) = told(go("import", str(drop("报告.docx")), "--json", "--no-vectors"))["entries"]
    sha = entry["sha256"]
    unsure = go("remove", sha[:12], "--who", "张三")
    assert (unsure.exit_code, "--yes" in unsure.stderr) == (2, True)
    assert go("remove", sha[:12], "--yes").exit_code == 2
    done = go("remove", sha[:12], "--who", "张三", "--yes")
    assert (done.exit_code, "已撤回“报告.docx”。" in done.stdout) == (0, True)
    assert told(go("sources", "--json")) == {"total": 0, "offset": 0, "sources": []}
    assert go("show", entry["record_ids"][0]).exit_code == 1


def test_a_running_service_and_an_import_share_a_folder(
    go: Run, drop: Callable[..., Path], tmp_path: Path
) -> None:
    base = open_small_base(tmp_path / "home")
    importer = open_small_importer(base)
    app = create_app(base, load_settings(home=tmp_path / "home"), importer)
    with TestClient(app, base_url="http://127.0.0.1:8737") as client:
        job = told(go("import", str(drop("报告.docx")), "--json", "--no-vectors"))
        assert client.get(f"/api/imports/{job['id']}").json() == job
        assert client.get(f"/api/cases/{job['entries'][0]['record_ids'][0]}").status_code == 200
    importer.close()
    base.close()
