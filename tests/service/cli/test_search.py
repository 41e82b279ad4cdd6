"""`qianche search`: labels, JSON, options, standard input, what is built before."""

from __future__ import annotations

import io
import json

import pytest
from fastapi.testclient import TestClient
from rich.cells import cell_len
from rich.console import Console
from tests.service.cli.conftest import Run
from tests.service.fake_kb import FakeKnowledgeBase

from qianche.corpus.errors import StoreError
from qianche.service.cli import cards

QUERY = "下池前没有通风，硫化氢"


def test_results_carry_every_label_of_how_far_they_are_known(run: Run) -> None:
    result = run("search", QUERY, "--as-of", "2021-01-01")
    assert result.exit_code == 0
    assert result.stderr == ""
    for text in (
        "按 2021-01-01 的法规",
        "检索方式：字词、语义",
        "【事故案例】显示 1 条，相近的共 1 条",
        "1. 甲市食品厂“6·1”中毒和窒息事故  [较大（按493号令标准推算）]",
        "2019-06-01 · 甲省乙市 · 工贸 · 有限空间 · 中毒和窒息、待人工确定（中毒、窒息）",
        "死亡 3 人，受伤 1 人 · 伤亡数字或日期未经公开页面核实",
        "直接原因（成因据同类机理概括，非调查认定）：有限空间内硫化氢积聚，下池前没有通风",
        "本库概括，非报告原文",
        "编号 tank-2019",
        "1. 《池内作业规定》第三条  [现行（2020-07-01 起）]",
        "第一章 总则",
        "（一）通风；",
        "编号 invented-rule@2020-05-01/3",
    ):
        assert text in result.stdout
    assert "\x1b" not in result.stdout


def test_a_rule_whose_text_is_not_held_says_so(run: Run) -> None:
    result = run("search", "通风", "--kind", "rule", "--as-of", "2012-01-01")
    assert "1. 《池内作业规定》  [现行（2010-03-01 至 2020-06-30，日期待核）]" in result.stdout
    assert "正文未收录" in result.stdout
    assert "事故案例" not in result.stdout


def test_the_json_is_the_wire_of_the_http_api(run: Run, client: TestClient) -> None:
    over_http = client.get("/api/search", params={"query": QUERY, "as_of": "2021-01-01", "top_k": 5})
    result = run("search", QUERY, "--as-of", "2021-01-01", "--top", "5", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == over_http.json()


def test_every_option_reaches_the_question(run: Run, kb: FakeKnowledgeBase) -> None:
    result = run(
        "search",
        "动火",
        "作业",
        "--kind",
        "case",
        "--as-of",
        "2019-06-01",
        "--top",
        "7",
        "--scope",
        "all",
        "--sort",
        "deaths",
        "--include-not-in-force",
        "--sector",
        "工贸",
        "--sector",
        "综合",
        "--class",
        "瓦斯突出",
        "--grade",
        "较大",
        "--work-kind",
        "动火",
        "--equipment",
        "脚手架",
        "--substance",
        "瓦斯",
        "--province",
        "甲省",
        "--year",
        "2019",
        "--from",
        "2019-01-01",
        "--to",
        "2019-12-31",
        "--deaths-min",
        "1",
        "--deaths-max",
        "9",
        "--level",
        "法律",
        "--rule",
        "invented-rule",
        "--no-text",
    )
    assert result.exit_code == 0, result.stderr
    [asked] = kb.requests
    assert (asked.query, asked.kinds, asked.top_k, asked.scope) == ("动火 作业", ("case",), 7, "all")
    assert (str(asked.as_of), asked.sort, asked.include_not_in_force) == ("2019-06-01", "deaths", True)
    cases, rules = asked.case_filters, asked.rule_filters
    assert (cases.sector, cases.accident_class, cases.grade) == (("工贸",), ("瓦斯突出",), ("较大",))
    assert (cases.work_kind, cases.equipment, cases.substances) == (("动火",), ("脚手架",), ("瓦斯",))
    assert (cases.province, cases.year) == (("甲省",), (2019,))
    assert (str(cases.date_from), str(cases.date_to)) == ("2019-01-01", "2019-12-31")
    assert (cases.deaths_min, cases.deaths_max) == (1, 9)
    assert (rules.sector, rules.level, rules.rule) == (("工贸", "综合"), ("法律",), ("invented-rule",))
    assert rules.has_text == (False,)


def test_a_hyphen_reads_standard_input(run: Run, kb: FakeKnowledgeBase) -> None:
    result = run("search", "-", stdin="\ufeff下池前\n没有通风\n")
    assert result.exit_code == 0
    assert kb.requests[0].query == "下池前\n没有通风"


@pytest.mark.parametrize(
    ("stdin", "message"),
    [
        ("通风".encode("gbk"), "标准输入不是 UTF-8 编码的文字"),
        (b"a" * 1_000_001, "标准输入超过 1 MB"),
        (b"", "查询为空"),
    ],
)
def test_standard_input_that_cannot_be_read_is_refused(run: Run, stdin: bytes, message: str) -> None:
    result = run("search", "-", stdin=stdin)
    assert message in result.stderr
    assert result.exit_code == 2


def test_nothing_found_is_said_and_is_no_failure(run: Run) -> None:
    result = run("search", "今天天气怎么样")
    assert result.exit_code == 0
    assert "提示：没有找到与所述内容相近的事故案例和法规条款。" in result.stdout
    assert "【事故案例】没有相近的" in result.stdout
    assert "【法规条款】没有相近的" in result.stdout


def test_a_new_knowledge_base_is_built_before_the_answer(run: Run, kb: FakeKnowledgeBase) -> None:
    kb.ready, kb.coverage = False, 0.0
    result = run("search", QUERY)
    assert kb.calls == ["records", "vectors", "close"]
    assert "语义向量正在生成" not in result.stdout
    assert "【事故案例】显示 1 条" in result.stdout


def test_no_wait_answers_by_words_and_says_so(run: Run, kb: FakeKnowledgeBase) -> None:
    kb.ready, kb.coverage = False, 0.0
    result = run("search", QUERY, "--no-wait")
    assert kb.calls == ["records", "close"]
    assert "提示：语义向量正在生成" in result.stdout


def test_vectors_that_cannot_be_made_now_are_reported_beside_the_answer(
    run: Run, kb: FakeKnowledgeBase
) -> None:
    kb.coverage = 0.5

    def refuse(*_: object) -> None:
        raise StoreError("数据目录只读。")

    kb.build_vectors = refuse  # type: ignore[method-assign]
    result = run("search", QUERY, "--json")
    assert result.exit_code == 0
    assert result.stderr == "语义向量没有做完，结果只按已有的部分检索。数据目录只读。\n"
    assert [n["code"] for n in json.loads(result.stdout)["notice"]] == ["vectors-pending"]


def test_without_a_model_the_search_goes_on_and_says_so(run: Run, kb: FakeKnowledgeBase) -> None:
    kb.model = None
    result = run("search", QUERY)
    assert result.exit_code == 0
    assert "提示：本机没有语义模型" in result.stdout
    assert kb.calls == ["records", "close"]


@pytest.mark.parametrize("width", [30, 80])
def test_on_a_terminal_lines_fit_and_matches_are_highlighted(run: Run, width: int) -> None:
    answer = json.loads(run("search", QUERY, "--as-of", "2021-01-01", "--json").stdout)
    file = io.StringIO()
    console = Console(
        file=file, force_terminal=True, width=width, color_system="standard", legacy_windows=False
    )
    cards.print_answer(console, answer)
    shown = file.getvalue()
    assert "\x1b[1;30;43m通风\x1b[0m" in shown
    assert max(cell_len(line) for line in _without_colours(shown).splitlines()) <= width


def _without_colours(text: str) -> str:
    return "".join(part.partition("m")[2] if n else part for n, part in enumerate(text.split("\x1b[")))


def test_control_characters_of_a_query_do_not_reach_the_terminal(run: Run) -> None:
    result = run("segment", "通风\x1b[2J")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
