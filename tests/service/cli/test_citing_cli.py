"""`qianche cite`."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from tests.service.cli.conftest import Run, told

CITED = "违反《池内作业规定》第三条第（二）项，依据第九条"


def test_the_command_prints_each_citation_with_its_outcome_and_text(run: Run) -> None:
    shown = run("cite", CITED, "--as-of", "2021-01-01").stdout
    for text in (
        "按 2021-01-01 认定，共 2 处引用 · 已认定 1 · 没有这一条款 1\n",
        "《池内作业规定》第三条第（二）项  [已认定]\n",
        "部门规章 · 某部令第9号 · 现行（2020-07-01 起） · 日期据原文\n",
        "    （二）检测。\n    编号 invented-rule@2020-05-01/3\n",
        "第九条  [没有这一条款]\n",
        "没有第九条：收录的最后一条是第一百三十四条之一。请核对条号。",
    ):
        assert text in shown


def test_a_text_that_stands_in_has_its_badge_before_it(run: Run) -> None:
    shown = run("cite", "池规3条", "--as-of", "2012-01-01").stdout
    assert (
        shown
        == "没有找到法规引用。可写作 《安全生产法》第三十六条、国务院令第493号 或 GB 30871-2022 5.2.3。\n"
    )
    shown = run("cite", "《池规》第三条", "--as-of", "2012-01-01").stdout
    above, badge, below = shown.partition("    [非当日文本，条号可能不同]\n")
    assert "当日版本未收录" in above
    assert badge
    assert below.startswith("    下池前应当：\n")


def test_the_command_gives_the_json_of_the_api(run: Run, client: TestClient) -> None:
    answer = client.get("/api/cite", params={"text": CITED, "as_of": "2021-01-01"}).json()
    assert told(run("cite", CITED, "--as-of", "2021-01-01", "--json")) == answer
    assert told(run("cite", "-", "--as-of", "2021-01-01", "--json", stdin=CITED)) == answer


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("cite", " "), "文字为空"),
        (("cite", "池", "--as-of", "2021-02-30"), "--as-of“2021-02-30”：需要日期"),
        (("cite", "池", "--as-of", "1900-01-01"), "--as-of“1900-01-01”：早于 1949-10-01"),
        (("cite", "池" * 100_001), "超过上限 100000 字"),
        (("cite", "《池\udcff规》第三条", "--json"), "不是合法的文字"),
    ],
)
def test_what_cannot_be_asked_ends_with_code_2(run: Run, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
