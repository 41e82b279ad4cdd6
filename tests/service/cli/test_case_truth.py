"""A case on the terminal: figures in conflict and of persons in their place, no basis for a cause that is not told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.service.cli.conftest import Run, told

ELSEWHERE = {"day": "2023-02-02", "firm": "安吉另一家厂"}


def case_of(go: Run, path: Path) -> str:
    """The id of the case that an imported file makes."""
    [entry] = told(go("import", str(path), "--json"))["entries"]
    return str(entry["record_ids"][0])


def test_figures_in_conflict_and_of_persons_are_told(go: Run, drop: Callable[..., Path]) -> None:
    given = ELSEWHERE | {"deaths": [3, 4], "injured": 2}
    case_id = case_of(go, drop("甲.docx", text=["甲厂起火，死亡人数前后不一。"], drafts=[given]))
    shown = go("show", case_id).stdout
    assert "死亡 数据有出入（3／4），受伤 2 人" in shown and "伤亡和损失原记录未载" not in shown
    assert "数字与成因均有页面可据" not in shown
    assert "死亡 数据有出入（3／4）" in go("search", "死亡人数前后不一").stdout
    go("correct", case_id, "toll.injured", "5", "--who", "李四")
    assert "受伤人数由使用者更正" in go("show", case_id).stdout


def test_no_cause_no_basis(go: Run, drop: Callable[..., Path]) -> None:
    case_id = case_of(go, drop("甲.docx", text=["甲厂起火。"], drafts=[ELSEWHERE | {"direct_cause": []}]))
    shown = go("show", case_id).stdout
    assert "成因据" not in shown and "直接原因原记录未载" in shown
