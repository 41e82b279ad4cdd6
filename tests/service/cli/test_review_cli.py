"""`qianche review`, `correct`, `join`, `split`, `show`, on a real base; their JSON is what the API answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from tests.service.cli.conftest import Run, told
from tests.service.small_base import REPORT, open_small_base, open_small_importer

from qianche.service.app import create_app
from qianche.service.responses import imports as shapes
from qianche.service.settings import load_settings

CONFLICT: dict[str, Any] = {"drafts": [{"deaths": [3, 4], "firm": "安吉另一家厂", "day": "2023-02-02"}]}
LIKELY: dict[str, Any] = {"drafts": [{"day": "2024-05-07"}]}


def asked(go: Run, path: Path) -> str:
    """Import a file that leaves one question; return the question's id."""
    assert go("import", str(path)).exit_code == 0
    (item,) = told(go("review", "--json"))["reviews"]
    return str(item["id"])


def test_questions_are_listed_by_kind_and_one_is_shown_with_its_words(
    go: Run, drop: Callable[..., Path]
) -> None:
    assert "没有待核事项。" in go("review").stdout
    review_id = asked(go, drop("事故报告.docx", **CONFLICT))
    listed = go("review").stdout
    for text in ("【数据有出入】1 件", "事故报告.docx · 第 1 页", f"编号 {review_id}"):
        assert text in listed
    shown = go("review", review_id).stdout
    place = f"事故报告.docx · 第 1 页 · “【{REPORT[0][:4]}】{REPORT[0][4:]}”"
    for text in (
        "数据有出入：",
        f"可选的值\n  3\n    {place}\n  4\n    {place}\n",
        "--action value --value 值 --who 姓名",
    ):
        assert text in shown


def test_a_value_is_decided_and_stands_in_the_case(go: Run, drop: Callable[..., Path]) -> None:
    review_id = asked(go, drop("报告.docx", **CONFLICT))
    case_id = review_id.split(":")[1]
    done = go("review", review_id, "--action", "value", "--value", "4", "--who", "张三")
    assert done.exit_code == 0, done.stderr
    assert "已由张三决定：选定“4”（" in done.stdout
    assert told(go("show", case_id, "--json"))["deaths"] == 4
    assert "没有待核事项。" in go("review").stdout
    assert [r["id"] for r in told(go("review", "--decided", "--json"))["reviews"]] == [review_id]
    assert [r["id"] for r in told(go("review", "--all", "--kind", "conflict", "--json"))["reviews"]] == [
        review_id
    ]
    again = go("review", review_id, "--action", "accept", "--who", "李四")
    assert (again.exit_code, "已由张三处理" in again.stderr) == (2, True)


def test_a_beginning_of_an_id_will_do_where_only_one_has_it(go: Run, drop: Callable[..., Path]) -> None:
    review_id = asked(go, drop("报告.docx", **LIKELY))
    assert ">" in review_id
    assert told(go("review", review_id.partition(">")[0], "--json"))["id"] == review_id
    done = told(go("review", "join:", "--action", "join", "--who", "李四", "--json"))
    assert (done["decided_by"], done["decision"]) == ("李四", {"action": "join", "value": None})


WRONG_DECISIONS = [
    (("没有这件",), 1, "没有编号为“没有这件”的待核事项。"),
    (("--kind", "doubt"), 2, "--kind“doubt”：没有这个值。可选：field-doubtful、conflict、"),
    (("--action", "accept"), 2, "没有写明对哪一件作出决定。"),
    (("conflict", "--action", "accept"), 2, "没有写明由谁操作。请用 --who 给出姓名"),
    (("conflict", "--action", "join", "--who", "张三"), 2, "可选：accept、value"),
    (("conflict", "--action", "value", "--who", "张三"), 2, "没有给出选定的值"),
    (("conflict", "--action", "value", "--value", "三", "--who", "张三"), 2, "死亡人数“三”不能使用"),
]


def test_a_decision_that_is_asked_wrongly_changes_nothing(go: Run, drop: Callable[..., Path]) -> None:
    review_id = asked(go, drop("报告.docx", **CONFLICT))
    for args, code, message in WRONG_DECISIONS:
        result = go("review", *args)
        assert (result.exit_code, result.stdout) == (code, ""), args
        assert message in result.stderr
    assert [r["id"] for r in told(go("review", "--json"))["reviews"]] == [review_id]


def test_a_field_is_corrected_by_its_key_or_its_name_and_put_back(go: Run) -> None:
    assert "这个案例没有更正。" in go("correct", "bundled-a").stdout
    done = go("correct", "bundled-a", "死亡人数", "5", "--who", "张三")
    assert "死亡人数〔toll.deaths〕\n  由“2”改为“5” · 张三 · " in done.stdout
    assert told(go("show", "bundled-a", "--json"))["deaths"] == 5
    told(go("correct", "bundled-a", "toll.deaths", "--unknown", "--who", "张三", "--json"))
    assert told(go("show", "bundled-a", "--json"))["deaths"] is None
    kept = told(go("correct", "bundled-a", "toll.deaths", "--withdraw", "--who", "张三", "--json"))
    assert shapes.CorrectionList.model_validate(kept).corrections[0].withdrawn
    assert told(go("show", "bundled-a", "--json"))["deaths"] == 2
    emptied = go("correct", "bundled-a", "物质", "--unknown", "--who", "张三")
    assert "物质〔substances〕\n  已清空，原为“竹粉尘” · 张三 · " in emptied.stdout
    assert told(go("show", "bundled-a", "--json"))["substances"] == []
    go("correct", "bundled-a", "lessons", "先清扫。", "再开机。", "--who", "张三")
    assert told(go("show", "bundled-a", "--json"))["lessons"] == ["先清扫。", "再开机。"]


WRONG_CORRECTIONS = [
    (("bundled-a", "事故名称", " ", "--who", "张三"), 2, "事故名称不能没有内容"),
    (("bundled-a", "页数", "3", "--who", "张三"), 2, "没有字段“页数”。可选：事故名称、日期、"),
    (("bundled-a", "死亡人数", "--who", "张三"), 2, "三者取其一"),
    (("bundled-a", "死亡人数", "3"), 2, "没有写明由谁操作"),
    (("bundled-a", "日期", "2021-02-30", "--who", "张三"), 2, "2021-02-30"),
    (("bundled-a", "行业领域", "月球", "--who", "张三"), 2, "不在清单中"),
    (
        ("bundled-a", "行业领域", "--unknown", "--who", "张三"),
        2,
        "行业领域不能没有内容，不能改为未知。请填写",
    ),
    (
        ("bundled-a", "日期", "2999-01-01", "--who", "张三"),
        2,
        "日期“2999-01-01”不能使用：这一天还没有到（今天是 ",
    ),
    (("bundled-a", "省", "四川生", "--who", "张三"), 2, "没有这个省份，相近的有：四川省"),
    (("bundled-a", "省", "得克萨斯州", "--who", "张三"), 2, "没有这个省份，可选：北京市、"),
    (("bundled-a", "事故类别", "火灾", "--who", "张三"), 2, "“事故类别”可以指几个字段：事故类别（"),
    (("bundled-a", "", "3", "--who", "张三"), 2, "没有字段“”。可选："),
    (("没有这案", "死亡人数", "3", "--who", "张三"), 2, "没有编号为“没有这案”的案例"),
    (("bundled-a", "死亡人数", "--withdraw", "--who", "张三"), 1, "更正"),
]


def test_a_correction_that_cannot_be_made_is_explained(go: Run) -> None:
    for args, code, message in WRONG_CORRECTIONS:
        result = go("correct", *args)
        assert (result.exit_code, result.stdout) == (code, ""), args
        assert message in result.stderr
    assert told(go("show", "bundled-a", "--json"))["deaths"] == 2


def test_a_field_is_named_by_the_beginning_of_its_name_and_values_are_typed_as_people_write(go: Run) -> None:
    for field, typed in (("县", "德清县"), ("省", "四川"), ("日", "2022年7月2日"), ("直接经济", "1,710.5")):
        done = go("correct", "bundled-a", field, typed, "--who", "张三")
        assert done.exit_code == 0, done.stderr
    case = told(go("show", "bundled-a", "--json"))
    assert (case["place"]["county"], case["place"]["province"]) == ("德清县", "四川省")
    assert (case["date"], case["direct_loss_wan"]) == ("2022-07-02", 1710.5)


def test_a_province_abroad_is_taken_as_it_is_typed(go: Run) -> None:
    go("correct", "bundled-a", "国家", "美国", "--who", "张三")
    assert go("correct", "bundled-a", "省份", "得克萨斯州", "--who", "张三").exit_code == 0
    assert told(go("show", "bundled-a", "--json"))["place"]["province"] == "得克萨斯州"


def test_a_value_that_was_not_offered_is_told_as_filled_in(go: Run, drop: Callable[..., Path]) -> None:
    review_id = asked(go, drop("报告.docx", **CONFLICT))
    done = go("review", review_id, "--action", "value", "--value", "5", "--who", "张三")
    assert "已由张三决定：填写正确的值“5”（" in done.stdout


def test_an_imported_case_is_shown_with_its_evidence_and_not_as_our_own_reading(
    go: Run, drop: Callable[..., Path]
) -> None:
    job = told(go("import", str(drop("报告.docx")), "--json", "--no-vectors"))
    case_id = job["entries"][0]["record_ids"][0]
    shown = go("show", case_id).stdout
    for text in (
        "导入的记录",
        "来源文件“报告.docx”所述",
        f"死亡人数：3\n    第 1 页 · 据句子的写法 · “{REPORT[0][:4]}”",
    ):
        assert text in shown
    assert "本库概括" not in shown and "本库归纳" not in shown
    whole = told(go("show", case_id, "--json"))
    assert whole["accounts"] == told(go("get", f"/api/cases/{case_id}/accounts"))["accounts"]
    assert "accounts" not in told(go("show", "bundled-b", "--json"))


SAME_WIRE = [
    (("import", "--jobs"), "/api/imports"),
    (("review",), "/api/reviews"),
    (("review", "--all"), "/api/reviews?state=all"),
    (("sources",), "/api/sources"),
    (("correct", "bundled-a"), "/api/cases/bundled-a/corrections"),
]


def test_json_is_that_of_the_http_api(go: Run, drop: Callable[..., Path], tmp_path: Path) -> None:
    go("import", str(drop("报告.docx", **CONFLICT)), "--no-vectors")
    shown = {address: told(go(*args, "--json")) for args, address in SAME_WIRE}
    assert shown["/api/reviews"] == told(go("get", "/api/reviews"))
    base = open_small_base(tmp_path / "home")
    importer = open_small_importer(base)
    app = create_app(base, load_settings(home=tmp_path / "home"), importer)
    with TestClient(app, base_url="http://127.0.0.1:8737") as client:
        assert {address: client.get(address).json() for address in shown} == shown
    importer.close()
    base.close()
