"""A rule without text is found and quoted by its scope line, until a text of it is held."""

from __future__ import annotations

from dataclasses import replace

from qianche.corpus.register import load_register
from qianche.corpus.register.scopes import scope_of
from qianche.corpus.rules import Rule, RuleVersion
from qianche.indexing.passages import version_parts, version_passages
from qianche.indexing.search.records import RuleRecord


def hot_work() -> tuple[Rule, RuleVersion, str]:
    """A bundled rule without text, its newest version, and what it governs."""
    rule = load_register().rule("gb-30871")
    scope = scope_of(rule)
    assert scope is not None
    return rule, rule.versions[-1], scope.what


def test_a_version_without_text_is_searched_by_what_it_governs_in_both_legs() -> None:
    rule, version, what = hot_work()
    [passage] = version_passages(rule, version)
    assert passage.lexical.endswith(f"\n{what}")
    assert passage.dense == f"危险化学品企业特殊作业安全规范\n{what}"
    assert passage.content == "危险化学品企业特殊作业安全规范"


def test_whom_it_binds_is_shown_and_not_searched() -> None:
    rule, version, _ = hot_work()
    scope = scope_of(rule)
    [passage] = version_passages(rule, version)
    assert scope is not None
    assert scope.whom not in passage.lexical + passage.dense


def test_every_version_without_text_has_the_line_the_older_one_under_its_own_title() -> None:
    rule, _, what = hot_work()
    [passage] = version_passages(rule, rule.versions[0])
    assert passage.dense == f"化学品生产单位特殊作业安全规范\n{what}"


def test_an_imported_text_takes_the_place_of_the_line() -> None:
    rule, version, what = hot_work()
    held = replace(version, text_source="imported")
    [passage] = version_passages(rule, held)
    assert what not in passage.lexical
    assert passage.dense == "危险化学品企业特殊作业安全规范"
    assert [part.name for part in version_parts(rule, held)] == ["title"]
    assert scope_of(rule) is not None


def test_the_line_is_quoted_before_the_title() -> None:
    rule, version, what = hot_work()
    parts = version_parts(rule, version)
    assert [(p.name, p.text, p.start, p.end) for p in parts] == [
        ("scope", what, 0, len(what)),
        ("title", "危险化学品企业特殊作业安全规范", 0, 15),
    ]


def test_words_of_the_line_count_as_matched() -> None:
    rule, version, what = hot_work()
    assert what.split("：")[0] in RuleRecord(rule, version, None, None).searched


def test_a_rule_with_text_is_searched_by_its_names_alone() -> None:
    rule = load_register().rule("work-safety-law")
    for version in rule.versions:
        [passage] = version_passages(rule, version)
        assert passage.dense == version.title
        assert [part.name for part in version_parts(rule, version)] == ["title"]
