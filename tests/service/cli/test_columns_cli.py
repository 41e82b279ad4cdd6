"""`qianche columns`: the columns of a table are shown and corrected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.indexing.importing.making import ledger
from tests.service.cli.conftest import Run, told

from qianche.service.responses.columns import TableColumns


@pytest.fixture
def sha256(go: Run, drop: Callable[..., Path]) -> str:
    """A table that was imported."""
    (entry,) = told(go("import", str(drop("台账.csv", ledger())), "--json", "--no-vectors"))["entries"]
    return str(entry["sha256"])


def test_the_columns_of_a_table_are_shown_by_sources_and_by_columns(go: Run, sha256: str) -> None:
    for command in ("sources", "columns"):
        shown = go(command, sha256[:8]).stdout
        assert "事故清单，一行一起" in shown
        assert "│ 7  │ 受伤人数 │ 受伤人数 │ 2；1；0" in shown


def test_a_column_is_set_by_name_or_key_and_the_result_is_said(go: Run, sha256: str) -> None:
    result = go("columns", sha256[:8], "--set", "7=死亡人数", "--set", "8=不用", "--who", "张三")
    assert result.exit_code == 0, result.stderr
    assert "│ 7  │ 受伤人数 │ 死亡人数 │" in result.stdout
    assert "已按新的列对照重新收录，由这个文件得到 3 起事故。" in result.stdout
    assert "没有语义模型" in result.stderr
    content = told(go("columns", sha256, "--set", "8=direct_cause", "--who", "张三", "--json"))
    found = TableColumns.model_validate(content)
    assert [change.columns for change in found.changes] == [{"7": "deaths", "8": None}, {"8": "direct_cause"}]
    assert told(go("show", f"imp-{sha256[:12]}-2", "--json"))["deaths"] == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--set", "死亡人数"), "“死亡人数”要写作 列=字段"),
        (("--set", "x=死亡人数"), "要写作 列=字段"),
        (("--set", "7=死者"), "没有字段“死者”。可选：序号、"),
        (("--set", "7=死亡人数"), "请用 --who 给出姓名"),
        (("--set", "0=死亡人数", "--who", "张三"), "从 1 数起"),
        (("--set", "9=死亡人数", "--who", "张三"), "没有第 9 列，共 8 列"),
        (("--set", "7=死亡人数", "--table", "2", "--who", "张三"), "没有第 2 个表格"),
        (("--unit", "元"), "--unit 要同 --set 一起用"),
    ],
)
def test_what_is_asked_wrongly_is_2_and_changes_nothing(
    go: Run, sha256: str, args: tuple[str, ...], message: str
) -> None:
    result = go("columns", sha256, *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert told(go("columns", sha256, "--json"))["changes"] == []


def test_a_report_has_no_columns(go: Run, drop: Callable[..., Path]) -> None:
    (entry,) = told(go("import", str(drop("报告.docx")), "--json", "--no-vectors"))["entries"]
    result = go("columns", entry["sha256"])
    assert (result.exit_code, "不是按列读取的事故台账" in result.stderr) == (2, True)
    assert "个表格" not in go("sources", entry["sha256"]).stdout
