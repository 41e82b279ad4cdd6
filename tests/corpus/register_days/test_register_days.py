"""The register against dates read by hand elsewhere: the law on the day before, of and after a change."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.corpus.register_days.questions import Question, read_questions, rule_called, triples, version_named

from qianche.corpus.register import Register
from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.rules import ForceStatus
from qianche.corpus.statutes import Statutes

QUESTIONS = read_questions()


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_the_law_of_the_day(register: Register, question: Question) -> None:
    rule = rule_called(register, question.change.rule)
    version = version_named(rule, question.version)
    assert version.status(question.day) is question.expected, question.change.says
    in_force = [v for v in rule.versions if v.in_force(question.day)]
    answering = applicable_version(rule, question.day)
    assert answering in in_force if in_force else answering.status(question.day) is not ForceStatus.IN_FORCE
    if question.expected is ForceStatus.IN_FORCE:
        assert in_force == [version]
    else:
        assert version not in in_force
    if question.expected is ForceStatus.UNKNOWN:
        assert version.in_force(question.day) is None and in_force == []
    if question.expected is ForceStatus.REPEALED and question.change.ended_by:
        ender = register.resolve(version.repealed_by or "")
        assert ender is not None and ender.title == question.change.ended_by


COUNTED = [
    (q.change, name) for q in {id(q.change): q for q in QUESTIONS}.values() for name in q.change.articles
]


@pytest.mark.parametrize(("change", "name"), COUNTED, ids=lambda value: str(getattr(value, "rule", value)))
def test_the_number_of_articles_is_the_one_counted_in_a_text(
    register: Register, statutes: Statutes, change: object, name: str
) -> None:
    question = next(q for q in QUESTIONS if q.change is change)
    version = version_named(rule_called(register, question.change.rule), name)
    assert version.article_count == question.change.articles[name]
    if version.text_source == "laws.db":
        lost = len(statutes.missing(version.version_id))
        assert len(statutes.articles(version.version_id)) + lost == question.change.articles[name]


def test_a_text_is_said_to_be_held_where_the_package_has_it(register: Register) -> None:
    for question in QUESTIONS:
        for name, held in question.change.held.items():
            version = version_named(rule_called(register, question.change.rule), name)
            assert (version.text_source is not None) is held, version.version_id


def test_the_crime_of_dangerous_operation_came_with_the_eleventh_amendment(
    register: Register, statutes: Statutes
) -> None:
    for change in {id(q.change): q.change for q in QUESTIONS if q.change.has_article}.values():
        rule = rule_called(register, change.rule)
        for name, slug in change.has_article.items():
            version = version_named(rule, name)
            assert slug in [a.number.slug for a in statutes.articles(version.version_id)]
            assert change.turns_on is not None and version.effective_from == change.turns_on


# What the questions are ---


def test_there_are_enough_questions_and_each_has_a_source() -> None:
    assert len(QUESTIONS) >= 100
    assert len(triples(QUESTIONS)) >= 60
    assert len({q.change.rule for q in QUESTIONS}) >= 30
    assert len({q.change.kind for q in QUESTIONS}) >= 10
    for question in QUESTIONS:
        change = question.change
        assert change.grade in ("text", "page") and change.source and change.says
        assert ("http" in change.source) or change.grade == "text", change.source


def test_no_question_is_asked_twice() -> None:
    asked = Counter((q.change.rule, q.day, q.version) for q in QUESTIONS)
    assert [key for key, times in asked.items() if times > 1] == []


def test_every_status_is_an_answer_somewhere() -> None:
    assert {q.expected for q in QUESTIONS} == set(ForceStatus)
