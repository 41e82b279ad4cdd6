"""Scope lines: one for each rule without text, of a form that can be searched; what breaks that is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qianche.corpus.errors import BadRecord
from qianche.corpus.register import Register, load_register
from qianche.corpus.register.scopes import Scope, load_scopes, scope_of, since, since_label
from qianche.corpus.rules import Rule, RuleVersion

FIRST = RuleVersion(
    rule_id="ladder-rule",
    title="车间梯子安全规定",
    level="部门规章",
    issuer="某部",
    number="令第1号",
    version_date=date(2010, 5, 1),
    effective_from=date(2010, 7, 1),
    effective_to=date(2019, 12, 31),
    repealed_by="ladder-rule@2019-11-01",
    replaces=None,
    article_count=20,
    text_source=None,
    verified="memory",
    version_date_verified="page",
    evidence="",
    note="",
)
SECOND = replace(
    FIRST,
    version_date=date(2019, 11, 1),
    effective_from=date(2020, 1, 1),
    effective_to=None,
    repealed_by=None,
    verified="page",
)
WHAT = "车间里爬梯子换灯、刷墙、检修怎样选梯子、扶梯子、系安全带，不许带电和单手攀爬"
WHOM = "用梯子登高的车间和工人"


def a_rule(*versions: RuleVersion, rule_id: str = "ladder-rule", amends: str | None = None) -> Rule:
    """An invented rule with these versions."""
    mine = tuple(replace(version, rule_id=rule_id) for version in versions)
    return Rule(rule_id, ("梯子规定",), ("综合",), ("综合",), True, mine, amends)


WITHOUT_TEXT = a_rule(FIRST, SECOND)
WITH_TEXT = a_rule(FIRST, replace(SECOND, text_source="laws.db"), rule_id="held-rule")
AMENDING = a_rule(SECOND, rule_id="amending-rule", amends="ladder-rule")
REGISTER = Register((WITHOUT_TEXT, WITH_TEXT, AMENDING))


def entry(rule_id: str = "ladder-rule", what: str = WHAT, whom: str = WHOM) -> str:
    """One entry of the file."""
    return f'[{rule_id}]\nwhat = "{what}"\nwhom = "{whom}"\n'


Read = Callable[..., object]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A function that writes scopes.toml and loads it for a register."""

    def write(text: str, register: Register = REGISTER) -> object:
        (tmp_path / "scopes.toml").write_text(text, encoding="utf-8")
        return load_scopes(register, tmp_path)

    return write


def test_the_rule_without_text_has_its_line_and_the_others_need_none(read: Read) -> None:
    assert read(entry()) == {"ladder-rule": Scope(WHAT, WHOM)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有正文的规定“ladder-rule”缺适用范围"),
        (entry() + entry("no-such-rule", WHAT + "。"), "[no-such-rule]：登记表中没有这一规定"),
        (entry() + entry("held-rule", WHAT + "。"), "[held-rule]：这一规定有正文或只作修改"),
        (entry() + entry("amending-rule", WHAT + "。"), "[amending-rule]：这一规定有正文或只作修改"),
        (entry(what="梯" * 24), "[ladder-rule]：what 有 24 个字，应为 25 至 80 个"),
        (entry(what="梯" * 81), "[ladder-rule]：what 有 81 个字，应为 25 至 80 个"),
        (entry(whom="工人们"), "[ladder-rule]：whom 有 3 个字，应为 4 至 40 个"),
        (entry(whom="人" * 41), "[ladder-rule]：whom 有 41 个字，应为 4 至 40 个"),
        (entry(what=" " + WHAT), "[ladder-rule]：what 要写成一行文字"),
        (entry(what=WHAT + "\\n"), "[ladder-rule]：what 要写成一行文字"),
        (f'[ladder-rule]\nwhat = "{WHAT}"\nwhom = 5\n', "[ladder-rule]：whom 要写成一行文字"),
        (f'[ladder-rule]\nwhat = "{WHAT}"\n', "[ladder-rule]：要写且只写 what、whom 两项"),
        (entry() + 'since = "2010-07-01"\n', "[ladder-rule]：要写且只写 what、whom 两项"),
        ("ladder-rule = 5\n", "[ladder-rule]：要写且只写 what、whom 两项"),
        (entry() + entry(), "不是合法的 TOML"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_and_the_entry_named(read: Read, text: str, said: str) -> None:
    with pytest.raises(BadRecord) as refused:
        read(text)
    assert said in str(refused.value)
    assert "scopes.toml" in str(refused.value)


def test_two_rules_with_the_same_words_are_refused(read: Read) -> None:
    register = Register((WITHOUT_TEXT, a_rule(SECOND, rule_id="other-rule")))
    with pytest.raises(BadRecord, match="与 \\[ladder-rule\\] 相同"):
        read(entry() + entry("other-rule", whom="别的人们"), register)


def test_the_longest_and_shortest_lines_allowed_are_taken(read: Read) -> None:
    assert read(entry(what="梯" * 25, whom="工人自己")) == {"ladder-rule": Scope("梯" * 25, "工人自己")}
    assert read(entry(what="梯" * 80, whom="人" * 40)) == {"ladder-rule": Scope("梯" * 80, "人" * 40)}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadRecord, match=r"scopes\.toml：无法读取"):
        load_scopes(REGISTER, tmp_path)


def test_a_rule_applies_since_its_oldest_version_and_a_day_from_memory_is_marked() -> None:
    assert since(WITHOUT_TEXT) == date(2010, 7, 1)
    assert since_label(WITHOUT_TEXT) == "2010-07-01 起（本库所知最早的版本，日期待核）"
    assert since_label(a_rule(SECOND)) == "2020-01-01 起"
    older = replace(SECOND, note="更早的版本未登记：某令。")
    assert since_label(a_rule(older)) == "2020-01-01 起（本库所知最早的版本）"


def test_a_first_day_not_known_stays_unknown_though_a_later_version_has_one() -> None:
    rule = a_rule(replace(FIRST, effective_from=None), SECOND)
    assert since(rule) is None
    assert since_label(rule) == "施行日期不详（2010-05-01 公布）"
    assert since_label(a_rule(replace(FIRST, effective_from=None, version_date=None))) == "施行日期不详"


def test_every_bundled_rule_without_text_has_a_line_and_no_other() -> None:
    register = load_register()
    scopes = load_scopes(register)
    for rule in register:
        held = any(version.text_source for version in rule.versions)
        assert (rule.rule_id in scopes) == (rule.amends is None and not held), rule.rule_id
        assert scope_of(rule) == scopes.get(rule.rule_id)


@pytest.mark.parametrize(
    ("rule_id", "words"),
    [
        ("gb-30871", ("动火", "登高", "吊装", "盲板")),
        ("jgj-46", ("临时用电", "漏电保护")),
        ("school-bus-regulation", ("校车", "超员")),
        ("gb-18218", ("重大危险源", "临界量")),
    ],
)
def test_lines_use_the_words_of_the_site(rule_id: str, words: tuple[str, ...]) -> None:
    scope = scope_of(load_register().rule(rule_id))
    assert scope is not None
    assert all(word in scope.what for word in words)
