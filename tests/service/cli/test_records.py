"""`qianche show`, `rules`, `segment`, `build`, `status`, `settings`, `get`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.service.cli.conftest import Run, told
from tests.service.fake_kb import FakeKnowledgeBase

from qianche.service import wire


def test_a_case_is_shown_whole_and_what_is_missing_is_said(run: Run) -> None:
    shown = run("show", "tank-2019").stdout
    for text in (
        "本库概括，非报告原文",
        "2019-06-01 14:20",
        "较大（按493号令标准推算）",
        "待人工确定（中毒、窒息）〔GB 6441-2025〕",
        "直接原因（成因据同类机理概括，非调查认定）\n",
        "教训（本库归纳）\n  • 先通风再作业。",
        "失效的防护（本库归纳）\n",
        "起因事件\n  原记录未载\n",
        "设备\n  原记录未载\n",
        "政府网站 · https://example.gov.cn/1\n",
        "公开资料汇编\n",
        "部分内容待核",
    ):
        assert text in shown
    assert "内部汇编 3" not in shown


def test_zero_dead_is_not_unknown(run: Run) -> None:
    assert "死亡 0 人，重伤 1 人，受伤 1 人，直接经济损失 12.5 万元" in run("show", "scaffold-2005").stdout
    unknown = run("show", "mine-2011").stdout
    assert "伤亡和损失原记录未载" in unknown
    assert "事故等级  未定级" in unknown


@pytest.mark.parametrize("name", ["invented-rule/3", "invented-rule@2020-05-01/3", "invented-rule/第三条"])
def test_an_article_is_shown_with_its_place_and_status(run: Run, name: str) -> None:
    shown = run("show", name, "--as-of", "2021-01-01").stdout
    for text in (
        "《池内作业规定》第三条",
        "[现行（2020-07-01 起）]",
        "第一章 总则",
        "下池前应当：\n（一）通风；\n（二）检测。",
        "下一条 invented-rule@2020-05-01/134-1",
        " · 日期据原文 · ",
    ):
        assert text in shown


def test_an_article_of_a_day_whose_text_is_not_held_says_so(run: Run) -> None:
    shown = run("show", "invented-rule/3", "--as-of", "2012-01-01").stdout
    assert "当日版本未收录：查询日适用的是《池内作业规定》2010-01-01（待核）公布的版本（现行）" in shown
    above, mark, below = shown.partition("非当日文本，条号可能不同")
    assert mark
    assert "（一）通风" not in above
    assert "（一）通风" in below


def test_an_old_version_asked_for_by_name_is_not_called_that_of_the_day(run: Run) -> None:
    shown = run("show", "invented-rule@2010-01-01/3", "--as-of", "2021-01-01").stdout
    assert "[已被修订（2010-03-01 至 2020-06-30，日期待核）]" in shown
    assert "正文未收录" in shown
    assert "查询日适用" not in shown


def test_a_rule_is_shown_with_its_versions_and_contents(run: Run) -> None:
    shown = run("show", "invented-rule", "--as-of", "2021-01-01").stdout
    for text in (
        "《池内作业规定》",
        "某部令第9号",
        "池规",
        "invented-rule@2010-01-01",
        "未收录",
        "第三条",
        "第一百三十四条之一",
    ):
        assert text in shown
    old = run("show", "invented-rule@2010-01-01", "--as-of", "2021-01-01").stdout
    assert "某部令第1号" in old
    assert "正文未收录" in old
    assert "第三条" not in old


@pytest.mark.parametrize(
    ("args", "address"),
    [
        (("show", "tank-2019"), "/api/cases/tank-2019"),
        (("show", "invented-rule"), "/api/rules/invented-rule?as_of=2021-01-01"),
        (("show", "invented-rule/134-1"), "/api/rules/invented-rule/articles/134-1?as_of=2021-01-01"),
        (("rules", "池规"), "/api/rules?text=池规&as_of=2021-01-01"),
        (("segment", "池内通风"), "/api/segment?text=池内通风"),
    ],
)
def test_json_is_everywhere_that_of_the_http_api(
    run: Run, client: TestClient, args: tuple[str, ...], address: str
) -> None:
    day = () if args[0] == "segment" else ("--as-of", "2021-01-01")
    result = run(*args, *day, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == client.get(address).json()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nobody-2020", "没有编号为“nobody-2020”的案例或法规。"),
        ("池规", "名称相近的法规：invented-rule（池内作业规定）。"),
        ("invented-rule/9", "没有第9条"),
        ("invented-rule@2020-05-01/9", "没有第九条：收录的最后一条是第一百三十四条之一。"),
        ("invented-rule@1999-01-01/3", "登记的版本：invented-rule@2010-01-01、invented-rule@2020-05-01。"),
        ("nobody/3", "没有编号为“nobody”的法规。"),
    ],
)
def test_an_unknown_id_is_1_with_what_there_is(run: Run, name: str, message: str) -> None:
    result = run("show", name)
    assert message in result.stderr
    assert (result.exit_code, result.stdout) == (1, "")


def test_rules_are_listed_with_their_status_on_the_day(run: Run) -> None:
    shown = run("rules", "池规", "--as-of", "2012-01-01").stdout
    assert "《池内作业规定》  [现行（2010-03-01 至 2020-06-30，日期待核）]" in shown
    assert "正文未收录" in shown
    nothing = run("rules", "没有这部")
    assert nothing.exit_code == 0
    assert "没有名称、简称或文号与之相符的法规。" in nothing.stdout


def test_segment_shows_words_and_key_terms(run: Run) -> None:
    shown = run("segment", "池内通风").stdout
    assert "通风〔measure〕" in shown
    assert "关键词" in shown


def test_build_makes_records_and_vectors_and_prints_the_state(run: Run, kb: FakeKnowledgeBase) -> None:
    kb.ready, kb.coverage = False, 0.0
    result = run("build")
    assert kb.calls == ["records", "vectors", "close"]
    assert "可以查询，资料和语义向量齐全。" in result.stdout


def test_status_says_what_is_there_and_what_is_missing(run: Run, kb: FakeKnowledgeBase) -> None:
    kb.coverage = 0.999
    shown = run("status").stdout
    assert "语义向量正在生成，已完成 99%" in shown
    assert "3 件（2005-03-09 至 2019-06-01）" in shown
    assert "成因据同类机理概括，非调查认定1件" in "".join(shown.split())
    assert kb.calls == ["close"]


def test_the_status_as_json_is_that_of_the_http_api_and_the_folder(run: Run, client: TestClient) -> None:
    content = told(run("status", "--json"))
    assert content.pop("home") == "/nowhere"
    assert content == client.get("/api/stats").json()


def test_without_records_no_vectors_are_complete(run: Run, kb: FakeKnowledgeBase) -> None:
    kb.ready, kb.coverage = False, 1.0  # of no passages none lacks its vector
    assert told(run("status", "--json"))["vector_coverage"] == 0
    assert "语义向量 0%" in run("status").stdout
    state = wire.readiness(kb.status())
    assert (state["ready"], state["vectors"], state["vector_coverage"]) == (False, "pending", 0)


def test_settings_are_listed_and_the_token_is_not_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIANCHE_TOKEN", "correct-horse-battery")
    result = run("settings")
    assert result.exit_code == 0
    assert "QIANCHE_TOKEN" in result.stdout
    assert "correct-horse" not in result.stdout
    rows = {row["variable"]: row for row in json.loads(run("settings", "--json").stdout)}
    assert rows["QIANCHE_TOKEN"]["value"] == "（已设置）"
    assert (rows["QIANCHE_PORT"]["value"], rows["QIANCHE_PORT"]["default"]) == ("8737", "8737")


def test_get_prints_what_the_address_returns(run: Run, client: TestClient) -> None:
    result = run("get", "/api/stats")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == client.get("/api/stats").text


def test_get_ends_with_1_where_the_address_reports_an_error(run: Run) -> None:
    result = run("get", "/api/cases/nobody")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["code"] == "not-found"
    assert "HTTP 404" in result.stderr


def test_get_shows_the_token_that_is_set(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIANCHE_TOKEN", "correct-horse-battery")
    assert run("get", "/api/stats").exit_code == 0


def test_a_data_folder_that_is_a_file_is_explained(run_real: Run, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    result = run_real("status")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "是一个文件，不是目录" in result.stderr
    assert (tmp_path / "home").read_text() == "not a folder"
