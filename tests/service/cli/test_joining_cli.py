"""`qianche join` and `split`; and `qianche show` of an account that is no case of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.service.cli.conftest import Run, told

from qianche.service.responses import imports as shapes

LIKELY: dict[str, Any] = {"drafts": [{"day": "2024-05-07"}]}
"""A day after the bundled case A, with the same two deaths."""
FAR: dict[str, Any] = {"drafts": [{"day": "2023-01-05", "deaths": 3, "firm": "安吉另一家厂"}]}
WAITING: dict[str, Any] = {"drafts": [{"day": None, "firm": "安吉第三家厂"}]}


def account_of(go: Run, path: Path) -> str:
    """Import a file of one accident; return the id of its account."""
    (entry,) = told(go("import", str(path), "--json", "--no-vectors"))["entries"]
    return f"imp-{entry['sha256'][:12]}-1"


def test_a_file_is_joined_to_a_case_and_taken_out_again(go: Run, drop: Callable[..., Path]) -> None:
    account = account_of(go, drop("补充报告.docx", **LIKELY))
    joined = go("join", account, "bundled-a", "--who", "张三")
    assert joined.exit_code == 0, joined.stderr
    assert joined.stdout == (
        "案例 bundled-a：浙江安吉青岭竹制品“5·6”火灾事故\n"
        "  2024-05-06，死亡 2 人，失踪 0 人\n"
        "  来源文件 1 个：\n"
        f"    补充报告.docx（记述 {account}）\n"
        "全部内容：`qianche show bundled-a`\n"
    )
    assert "来源文件“补充报告.docx”所述" in go("show", "bundled-a").stdout
    apart = go("split", account, "--who", "张三")
    assert apart.stdout.startswith(f"案例 {account}：") and "2024-05-07，死亡 2 人" in apart.stdout
    go("join", account, "bundled-a", "--who", "张三")
    content = shapes.AccountList.model_validate(told(go("split", account, "--who", "张三", "--json")))
    assert (content.case_id, len(content.accounts)) == (account, 1)
    wrong = go("join", account, "没有这案", "--who", "张三")
    assert (wrong.exit_code, "没有编号为“没有这案”的案例" in wrong.stderr) == (2, True)
    assert go("split", account, "--who", "张三").exit_code == 2
    assert go("join", "没有这份", "bundled-a", "--who", "张三").exit_code == 1


def test_a_join_of_what_differs_names_the_differences_and_needs_a_yes(
    go: Run, drop: Callable[..., Path]
) -> None:
    account = account_of(go, drop("远.docx", **FAR))
    unsure = go("join", account, "bundled-a", "--who", "张三")
    assert (unsure.exit_code, unsure.stdout) == (2, "")
    assert unsure.stderr.replace("\n", "") == (
        "这份记述与案例“bundled-a”不像同一起事故：日期，记述为 2023-01-05，案例为 2024-05-06，相差 487 天；"
        "死亡人数，记述为 3，案例为 2。确定是同一起事故时请加上 --yes。"
    )
    assert told(go("show", account, "--json"))["date"] == "2023-01-05"
    assert go("join", account, "bundled-a", "--who", "张三", "--yes").exit_code == 0


def test_an_account_that_was_joined_is_shown_to_be_in_its_case(go: Run, drop: Callable[..., Path]) -> None:
    account = account_of(go, drop("补充报告.docx", **LIKELY))
    go("join", account, "bundled-a", "--who", "张三")
    shown = go("show", account)
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert (
        f"“{account}”是文件“补充报告.docx”的一份记述，已并入案例 bundled-a（浙江安吉青岭竹制品“5·6”"
        in shown.stderr
    )
    assert "`qianche show bundled-a`" in shown.stderr


def test_an_account_without_a_date_says_what_it_waits_for(go: Run, drop: Callable[..., Path]) -> None:
    account = account_of(go, drop("无日期.docx", **WAITING))
    shown = go("show", account)
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "还不是案例：没有确定的事故日期" in shown.stderr
    assert "没有编号" not in shown.stderr
    assert "没有编号为“imp-000000000000-1”" in go("show", "imp-000000000000-1").stderr
