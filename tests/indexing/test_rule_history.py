"""The history of a rule and coming changes, asked of a base that holds the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from qianche.corpus.errors import NotFound
from qianche.corpus.register import load_register
from qianche.corpus.rules import Article, ArticleNumber, Rule
from qianche.indexing.catalogue import find_rules
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.history import rule_history, upcoming


class RegisterBase:
    """Answers what a history asks, from the register alone."""

    def __init__(self, rules: tuple[Rule, ...], articles: tuple[Article, ...] = ()) -> None:
        self._rules = {rule.rule_id: rule for rule in rules}
        self._articles = articles

    def rule(self, rule_id: str) -> Rule:
        if rule_id not in self._rules:
            raise NotFound(f"没有“{rule_id}”。")
        return self._rules[rule_id]

    def rules(self, text: str = "", sector: str | None = None, level: str | None = None) -> tuple[Rule, ...]:
        return find_rules(self._rules.values(), text, sector, level)

    def articles(self, version_id: str) -> tuple[Article, ...]:
        return tuple(a for a in self._articles if a.version_id == version_id)


RULES = tuple(load_register())
BASE = cast(KnowledgeBase, RegisterBase(RULES))


def test_the_history_of_the_work_safety_law_has_four_versions_with_their_orders() -> None:
    history = rule_history(BASE, "work-safety-law")
    assert [v.version.number for v in history.versions] == [
        "主席令第70号", "主席令第18号", "主席令第13号", "主席令第88号",
    ]  # fmt: skip
    assert [v.successor and v.successor.number for v in history.versions] == [
        "主席令第18号", "主席令第13号", "主席令第88号", None,
    ]  # fmt: skip
    # 2014-12-01 to 2021-08-31: 31 + 6 * 365 + 2 (2016 and 2020) + 243 days of 2021.
    assert history.versions[2].days_applied == 31 + 6 * 365 + 2 + 243
    assert history.versions[3].days_applied is None
    assert (history.predecessors, history.successors) == ((), ())


def test_a_version_is_compared_with_the_nearest_earlier_one_whose_text_is_held() -> None:
    compared = {v.version.version_id: v.compare_with for v in rule_history(BASE, "criminal-law").versions}
    last = compared["criminal-law@2023-12-29"]
    assert last is not None and last.version_id == "criminal-law@2020-12-26"
    assert {v for k, v in compared.items() if k != "criminal-law@2023-12-29"} == {None}


def test_a_text_further_back_is_compared_where_the_one_before_is_not_held() -> None:
    law = next(rule for rule in RULES if rule.rule_id == "work-safety-law")
    imported = (replace(law.versions[0], text_source="imported"), *law.versions[1:])
    base = RegisterBase((replace(law, versions=imported),))
    entries = rule_history(cast(KnowledgeBase, base), "work-safety-law").versions
    assert entries[3].compare_with == imported[0]
    assert entries[2].compare_with is None


def test_articles_of_a_held_text_are_counted_where_the_register_does_not_know_them() -> None:
    law = next(rule for rule in RULES if rule.rule_id == "work-safety-law")
    version = replace(law.versions[3], article_count=None)
    article = Article(f"{version.version_id}/1", version.version_id, ArticleNumber(1), (), "某条。", ())
    base = RegisterBase((replace(law, versions=(*law.versions[:3], version)),), (article,))
    entries = rule_history(cast(KnowledgeBase, base), "work-safety-law").versions
    assert [entry.article_count for entry in entries][2:] == [114, 1]


def test_a_rule_that_is_not_there_has_no_history() -> None:
    with pytest.raises(NotFound, match="no-such-rule"):
        rule_history(BASE, "no-such-rule")


def test_coming_changes_of_a_sector_or_a_level_are_those_alone() -> None:
    on = date(2026, 11, 25)
    everything = upcoming(BASE, on)
    fire = upcoming(BASE, on, sector="消防")
    assert {"gb-13495-2", "gb-47371"} <= {c.rule.rule_id for c in fire} < {c.rule.rule_id for c in everything}
    assert "gb-47499" not in {c.rule.rule_id for c in fire}
    assert {c.rule.versions[-1].level for c in upcoming(BASE, on, level="行政法规")} == {"行政法规"}
