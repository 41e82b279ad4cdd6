"""What the loader of the register refuses, and how it names it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qianche.corpus.errors import BadRecord
from qianche.corpus.register import Register, load_register
from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.rules import Rule, RuleVersion

SECTORS_TOML = 'topics = ["应急"]\n[trades]\n"煤矿" = "煤矿"\n[rules]\n'
CORE_TOML = 'core = ["some-rule"]\n[not_core]\n[amending]\n[articles]\n'


def line(**changes: Any) -> dict[str, Any]:
    """Return one good line of an invented rule, with changes."""
    good = {
        "rule_id": "some-rule", "title": "某某安全规定", "short_titles": ["某规定"], "level": "部门规章",
        "issuer": "某部", "number": "令第1号", "version_date": "2020-01-01", "effective_from": "2020-03-01",
        "effective_to": None, "repealed_by": None, "replaces": None, "sectors": ["煤矿"], "articles": 10,
        "text_available": None, "verified": "page", "version_date_verified": "page", "evidence": "某网页",
        "note": "",
    }  # fmt: skip
    return {**good, **changes}


OLD = line(effective_to="2022-12-31", repealed_by="some-rule@2022-11-01")
NEW = line(version_date="2022-11-01", effective_from="2023-01-01", replaces="some-rule@2020-01-01")

Load = Callable[..., Register]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Return a function that writes a small register and loads it."""

    def write(*lines: dict[str, Any] | str, sectors: str = SECTORS_TOML, core: str = CORE_TOML) -> Register:
        text = "\n".join(x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines)
        (tmp_path / "register.jsonl").write_text(text, encoding="utf-8")
        (tmp_path / "sectors.toml").write_text(sectors, encoding="utf-8")
        (tmp_path / "core.toml").write_text(core, encoding="utf-8")
        return load_register(tmp_path)

    return write


def test_a_good_register_of_two_versions_loads(load: Load) -> None:
    (rule,) = load(OLD, NEW)
    assert isinstance(rule, Rule) and all(isinstance(v, RuleVersion) for v in rule.versions)
    assert [v.effective_to for v in rule.versions] == [date(2022, 12, 31), None]
    assert applicable_version(rule, date(2022, 12, 31)) == rule.versions[0]
    assert applicable_version(rule, date(2023, 1, 1)) == rule.versions[1]


def test_a_text_that_this_product_does_not_hold_is_no_text_source(load: Load) -> None:
    (rule,) = load(line(text_available="somewhere/else.txt"))
    assert rule.versions[0].text_source is None
    (rule,) = load(line(text_available="laws.db"))
    assert rule.versions[0].text_source == "laws.db"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"level": "法规"}, "level 不认识“法规”"),
        ({"sectors": ["煤炭"]}, "sectors 不认识“煤炭”"),
        ({"verified": "guess"}, "verified 不认识“guess”"),
        ({"version_date_verified": "x"}, "version_date_verified 不认识“x”"),
        ({"version_date": "2020-02-30"}, "version_date 不是存在的日期"),
        ({"effective_from": "20200301"}, "effective_from 不是存在的日期"),
        ({"effective_from": 2020}, "effective_from 不是存在的日期"),
        ({"effective_to": "2020-02-29"}, "早于 effective_from"),
        ({"effective_from": "2019-12-31"}, "早于 version_date"),
        ({"effective_from": None, "effective_to": "2019-12-31"}, "早于 version_date"),
        (
            {"effective_to": "2021-01-01", "repealed_by": "other-rule@2020-01-01"},
            "“other-rule@2020-01-01”不在登记表中",
        ),
        (
            {"effective_to": "2021-01-01", "repealed_by": "some-rule@2020-01-02"},
            "“some-rule@2020-01-02”不在登记表中",
        ),
        ({"replaces": "总局令第1号; some-rule@2019-01-01"}, "“some-rule@2019-01-01”不在登记表中"),
        ({"repealed_by": "总局令第1号"}, "没有 effective_to"),
        ({"effective_to": "2021-01-01", "repealed_by": "总局令第1号; 总局令第2号"}, "只能写一个确定的"),
        ({"effective_to": "2021-01-01", "repealed_by": "总局令第1号 (not confirmed)"}, "只能写一个确定的"),
        ({"articles": 0}, "articles 应当是条数"),
        ({"articles": True}, "articles 应当是条数"),
        ({"title": ""}, "title 应当是文字"),
        ({"title": None}, "title 应当是文字"),
        ({"short_titles": "某规定"}, "short_titles 应当是"),
        ({"short_titles": ["甲", "甲"]}, "short_titles 应当是"),
        ({"short_titles": [["甲"]]}, "short_titles 应当是"),
        ({"evidence": ""}, "没有 evidence"),
        ({"rule_id": "Some Rule"}, "rule_id “Some Rule”"),
        ({"extra": 1}, "字段缺少或多余：extra"),
    ],
)
def test_a_bad_line_is_named_with_file_and_line(load: Load, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(BadRecord) as error:
        load("", line(**changes))
    assert says in error.value.message
    assert "register.jsonl 第 2 行" in error.value.message


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([OLD, {**NEW, "effective_from": "2022-12-31"}], "重叠"),
        ([{**OLD, "effective_to": None, "repealed_by": None}, NEW], "没有 effective_to"),
        ([{**NEW, "replaces": None, "effective_to": "2024-01-01"}, {**OLD, "repealed_by": None}], "重叠"),
        (
            [OLD, {**OLD, "effective_from": "2023-01-01", "effective_to": None, "repealed_by": None}],
            "登记了两次",
        ),
        ([OLD, {**NEW, "sectors": ["应急"]}], "sectors 与同一规定的第一行"),
        ([OLD, {**NEW, "effective_from": None, "effective_to": "2022-12-31"}], "先后"),
    ],
)
def test_versions_that_contradict_each_other_are_refused(
    load: Load, lines: list[dict[str, Any]], says: str
) -> None:
    with pytest.raises(BadRecord) as error:
        load(*lines)
    assert says in error.value.message
    assert "register.jsonl 第 2 行" in error.value.message


@pytest.mark.parametrize("text", ["{", "[]", "3", '{"rule_id": "x"}'])
def test_a_line_that_is_no_record_is_refused(load: Load, text: str) -> None:
    with pytest.raises(BadRecord, match="第 1 行"):
        load(text)


@pytest.mark.parametrize(
    ("core", "says"),
    [
        ("core = []\n[not_core]\n[amending]\n[articles]\n", "没有核心标记"),
        (CORE_TOML.replace("[not_core]", '[not_core]\nsome-rule = "理由"'), "判定了两次"),
        (CORE_TOML.replace("[not_core]", '[not_core]\nstranger = "理由"'), "“stranger”不在登记表中"),
        (CORE_TOML + '"some-rule@1999-01-01" = ["1"]\n', "“some-rule@1999-01-01”不在登记表中"),
        (CORE_TOML + '"some-rule@2020-01-01" = ["一"]\n', "“一”无法识别"),
        (CORE_TOML + '"some-rule@2020-01-01" = ["9..3"]\n', "首尾颠倒"),
        ("core = [", "不是合法的 TOML"),
    ],
)
def test_review_files_that_do_not_fit_are_refused(load: Load, core: str, says: str) -> None:
    with pytest.raises(BadRecord) as error:
        load(line(), core=core)
    assert says in error.value.message


def test_a_sector_outside_the_closed_list_is_refused(load: Load) -> None:
    with pytest.raises(BadRecord, match="煤炭业"):
        load(line(), sectors=SECTORS_TOML.replace('= "煤矿"', '= "煤炭业"'))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadRecord, match=r"sectors\.toml"):
        load_register(tmp_path)
