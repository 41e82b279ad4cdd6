"""The law of a case on the day of the accident and today, on the invented base."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.service.fake_kb import CASES, NEW, OLD, RULE, SCAFFOLD, TANK, FakeKnowledgeBase

from qianche.corpus.cases import Case
from qianche.corpus.citations.outcomes import Outcome
from qianche.corpus.rules import ForceStatus, Rule
from qianche.indexing.rulebook.case_law import CaseLaw, case_law
from qianche.indexing.search.answer import Answer, SearchRequest

TODAY = date(2026, 11, 25)


def law_of(monkeypatch: pytest.MonkeyPatch, case: Case, today: date = TODAY) -> CaseLaw:
    monkeypatch.setitem(CASES, case.case_id, case)
    return case_law(FakeKnowledgeBase(), case.case_id, today)


def test_an_article_matched_on_a_day_without_text_says_which_version_applied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The accident is of 2019-06-01: the text of 2010 applied, which is not held; that of 2020 is.
    [rule] = law_of(monkeypatch, TANK).rules
    assert (rule.basis, rule.text) == ("matched", "《池内作业规定》")
    [then], [now] = rule.then, rule.now
    assert then.resolution.version == OLD
    assert then.resolution.provisions == ()  # no article number is claimed for a text nobody has seen
    assert now.resolution.version == NEW
    assert now.resolution.canonical == "《池内作业规定》第三条"
    assert rule.hit is not None
    assert (rule.hit.held, rule.hit.status) == (NEW, ForceStatus.IN_FORCE)


def test_an_article_matched_in_the_text_of_its_day_is_cited_on_both(monkeypatch: pytest.MonkeyPatch) -> None:
    [rule] = law_of(monkeypatch, replace(TANK, occurred_on=date(2021, 6, 1))).rules
    assert rule.text == "《池内作业规定》第三条"
    [then], [now] = rule.then, rule.now
    assert then.resolution.outcome == now.resolution.outcome == Outcome.RESOLVED
    quote = then.resolution.provisions[0].quote
    assert quote is not None
    assert quote.article.article_id == "invented-rule@2020-05-01/3"


def test_the_title_of_a_version_still_to_come_is_not_that_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    coming = replace(
        NEW,
        title="池内作业条例",
        version_date=date(2026, 10, 1),
        effective_from=date(2027, 1, 1),
        replaces=None,
    )
    rule = replace(RULE, versions=(OLD, NEW, coming))

    class WithComing(FakeKnowledgeBase):
        def rules(
            self, text: str = "", sector: str | None = None, level: str | None = None
        ) -> tuple[Rule, ...]:
            return (rule,)

        def search(self, request: SearchRequest) -> Answer:
            answer = super().search(request)
            return replace(answer, rules=tuple(replace(hit, rule=rule) for hit in answer.rules))

    monkeypatch.setitem(CASES, TANK.case_id, replace(TANK, occurred_on=date(2021, 6, 1)))
    [matched] = case_law(WithComing(), TANK.case_id, TODAY).rules
    [now] = matched.now
    assert (now.resolution.version, now.resolution.outcome) == (NEW, Outcome.RESOLVED)
    assert now.resolution.canonical == "《池内作业规定》第三条"


@pytest.mark.parametrize("written", ["池内作业规定", "《池内作业规定》", "池内作业规定(某部令第1号)"])
def test_a_rule_cited_by_its_name_is_read_however_it_is_written(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    [rule] = law_of(
        monkeypatch, replace(SCAFFOLD, occurred_on=date(2012, 3, 9), cited_rules=(written,))
    ).rules
    assert (rule.basis, rule.text) == ("cited", written)
    assert [read.resolution.rule for read in rule.then] == [RULE]
    assert rule.then[0].resolution.version == OLD
    assert rule.then[0].resolution.outcome == Outcome.RESOLVED


def test_a_rule_cited_before_it_applied_is_not_passed_as_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    [rule] = law_of(monkeypatch, replace(SCAFFOLD, cited_rules=("池内作业规定",))).rules
    assert rule.then[0].resolution.outcome == Outcome.NOT_IN_FORCE
    assert rule.now[0].resolution.version == NEW


@pytest.mark.parametrize("written", ["1972年国际避碰规则第十八条", "某厂动火制度", "口头要求"])
def test_a_rule_outside_the_register_stays_unknown(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    [rule] = law_of(monkeypatch, replace(SCAFFOLD, cited_rules=(written,))).rules
    assert rule.text == written
    assert all(read.resolution.rule is None for read in (*rule.then, *rule.now))


def test_an_accident_abroad_is_not_judged_by_our_law_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    abroad = replace(TANK, place=replace(TANK.place, country="某国"))
    law = law_of(monkeypatch, abroad)
    assert law.abroad
    [rule] = law.rules
    assert (rule.text, rule.then) == ("《池内作业规定》第三条", ())
    assert [read.resolution.version for read in rule.now] == [NEW]
