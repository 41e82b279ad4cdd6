"""The program as such: help, exit codes, streams, errors, interrupts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from tests.service.cli.conftest import Run, Start
from tests.service.fake_kb import FakeKnowledgeBase

from qianche.corpus.errors import StoreError

QUERY = "下池前没有通风，硫化氢"


def test_the_version_is_printed_without_loading_the_heavy_packages(start: Start) -> None:
    watch = (
        "import atexit, sys\nheavy = {'haystack', 'fastapi', 'onnxruntime', 'numpy', 'rich'}\n"
        "atexit.register(lambda: print(sorted(heavy & set(sys.modules))))"
    )
    process = start(watch, "--version")
    out, err = process.communicate(timeout=60)
    assert (out, err, process.returncode) == ("前车 qianche 0.1.0\n[]\n", "", 0)


def test_telemetry_of_haystack_is_off_before_it_is_imported(start: Start) -> None:
    code = (
        "import qianche.service.cli\nimport haystack.telemetry._telemetry as t\n"
        "assert t.telemetry is None\nraise SystemExit(7)"
    )
    process = start(code)
    process.communicate(timeout=60)
    assert process.returncode == 7


@pytest.mark.parametrize("args", [("--help",), ("search", "--help"), ("model", "--help"), ("restore", "-h")])
def test_help_is_chinese(run: Run, args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.exit_code == 0
    assert "用法：qianche" in result.stdout
    for english in ("Usage", "Options", "Arguments", "Commands", "Show this message", "required", "default"):
        assert english not in result.stdout


COMMANDS = [
    *((name,) for name in (
        "search", "show", "rules", "segment", "import", "review", "correct", "join", "split", "sources",
        "columns", "remove", "serve", "get", "build", "status", "backup", "restore", "settings",
    )),
    ("model", "import"), ("model", "export"), ("model", "show"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_no_help_names_a_type_of_python(run: Run, command: tuple[str, ...]) -> None:
    shown = run(*command, "--help").stdout
    for word in ("<", "list[", "bool", "Path]", "TEXT", "INTEGER"):
        assert word not in shown, word


def test_a_table_in_a_pipe_is_as_wide_as_columns_says(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert max(cell_len(line) for line in run("settings").stdout.splitlines()) <= 100
    monkeypatch.setenv("COLUMNS", "60")
    assert max(cell_len(line) for line in run("settings").stdout.splitlines()) <= 60


def test_a_value_of_the_wrong_kind_is_said_in_chinese(run: Run) -> None:
    for typed, said in (("x", "选项“--table”需要整数。"), ("0", "选项“--table”太小。")):
        assert f"{said}用法见 `qianche columns --help`。" in run("columns", "a", "--table", typed).stderr


@pytest.mark.parametrize("args", [(), ("model",)])
def test_a_group_without_a_command_shows_its_help_and_ends_with_2(run: Run, args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert "用法：qianche" in result.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("search",), "缺少参数 文字。用法见 `qianche search --help`。"),
        (("serch", "动火"), "没有命令“serch”。可用的命令：search、show、rules、"),
        (("model", "load"), "没有命令“load”。可用的命令：import、export、show。"),
        (("search", "--topp", "3", "动火"), "没有选项“--topp”。相近的有："),
        (("search", "动火", "--top"), "选项“--top”后面需要一个值。"),
        (("status", "--json=1"), "选项“--json”是开关，不带值。"),
        (("show", "a", "b"), "多出了参数(b)。"),
        (("search", ""), "查询为空"),
        (("search", "   "), "查询为空"),
        (("search", "火" * 5001), "超过上限 5000 字"),
        (("search", "动火", "--kind", "law"), "--kind“law”：没有这个值。可选：case、rule、both"),
        (("search", "动火", "--top", "0"), "--top“0”：不能小于 1"),
        (("search", "动火", "--top", "many"), "--top“many”：需要整数"),
        (("search", "动火", "--scope", "x"), "--scope“x”：没有这个选项。可选：safety、all"),
        (("search", "动火", "--sort", "x"), "--sort“x”：没有这个选项。可选：relevance、date、deaths"),
        (("search", "动火", "--as-of", "2021-02-30"), "--as-of“2021-02-30”：需要日期"),
        (("search", "动火", "--from", "2021-02-30"), "--from“2021-02-30”：需要日期"),
        (("search", "动火", "--from", "2021-02-02", "--to", "2021-02-01"), "不能早于 --from（2021-02-02）"),
        (("search", "动火", "--deaths-min", "3", "--deaths-max", "1"), "不能小于 --deaths-min（3）"),
        (("search", "动火", "--year", "二〇二一"), "--year“二〇二一”：需要整数"),
        (("search", "动火", "--sector", "矿山"), "--sector“矿山”：没有这个值。可选：煤矿、非煤矿山、"),
        (("search", "动火", "--class", "爆炸了"), "--class“爆炸了”：没有这个值。可选：物体打击、"),
        (("search", "动火", "--substance", "水"), "--substance“水”：没有这个值。可选：硫化氢、瓦斯"),
        (("search", "动火", "--level", "宪法"), "--level“宪法”：没有这个值。可选：法律、"),
        (("rules", "--sector", "矿山"), "--sector“矿山”：没有这个值。"),
        (("show", "invented-rule/3", "--as-of", "2021-2-3"), "--as-of“2021-2-3”：需要日期"),
        (("show", "invented-rule/三"), "“三”不是条号。"),
        (("get", "api/stats"), "需要以 / 开头"),
        (("serve", "--port", "70000"), "设置 QIANCHE_PORT 的值“70000”不能使用。"),
        (("serve", "--host", "0.0.0.0"), "没有设置访问口令，服务不启动。"),
    ],
)
def test_what_is_asked_wrongly_is_said_on_stderr_with_2(run: Run, args: Sequence[str], message: str) -> None:
    result = run(*args)
    assert message in result.stderr.replace("\n", "")
    assert result.stdout == ""
    assert result.exit_code == 2


def test_a_wrong_setting_is_said_by_its_variable(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIANCHE_RECIPE", "best")
    result = run("search", "动火")
    assert result.exit_code == 2
    assert result.stderr == "设置 QIANCHE_RECIPE 的值“best”不能使用。可选：exact、int8。\n"


def test_an_error_of_the_store_is_one_message_and_1(run: Run, kb: FakeKnowledgeBase) -> None:
    kb.failure = StoreError("资料库已损坏。请恢复备份。")
    result = run("search", QUERY, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "资料库已损坏。请恢复备份。\n"


def test_an_unforeseen_error_says_how_to_see_more(run: Run, kb: FakeKnowledgeBase) -> None:
    kb.failure = ZeroDivisionError("secret detail")
    result = run("search", QUERY)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "程序内部出错" in result.stderr
    assert "QIANCHE_LOG_LEVEL=debug" in result.stderr
    assert "Traceback" not in result.stderr
    assert "ZeroDivisionError" not in result.stderr


def test_an_unforeseen_error_shows_its_traceback_on_demand(start: Start) -> None:
    code = (
        "from qianche.service.cli import asking\n"
        "def text_of(words): raise ZeroDivisionError('the detail')\n"
        "asking.text_of = text_of"
    )
    process = start(code, "search", "动火", env=os.environ | {"QIANCHE_LOG_LEVEL": "debug"})
    out, err = process.communicate(timeout=60)
    assert (out, process.returncode) == ("", 1)
    assert "ZeroDivisionError: the detail" in err
    assert "程序内部出错，没能完成。详情见上。" in err


def test_an_interrupt_ends_with_130(run: Run, kb: FakeKnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(request: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(kb, "search", interrupt)
    result = run("search", QUERY)
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (130, "", "已中断。")
    assert kb.calls[-1] == "close"


def test_a_real_interrupt_leaves_no_traceback(start: Start) -> None:
    code = (
        "import signal\nfrom qianche.service.cli import asking\n"
        "asking.text_of = lambda words: signal.raise_signal(signal.SIGINT)"
    )
    process = start(code, "search", "动火")
    out, err = process.communicate(timeout=60)
    assert (out, err.strip(), process.returncode) == ("", "已中断。", 130)


@pytest.mark.parametrize("args", [["settings"], ["settings", "--json"]])
def test_a_reader_that_goes_away_leaves_no_traceback(args: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        script = "from qianche.service.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", script, *args],
            stdout=write,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    finally:
        os.close(write)
    assert (done.stderr, done.returncode) == (b"", 1)
