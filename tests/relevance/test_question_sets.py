"""The question sets are well formed, and their labels name records and articles that exist."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qianche.corpus.casebook import load_casebook
from qianche.corpus.cases import Case
from qianche.corpus.register import load_register
from qianche.corpus.statutes import load_statutes

FOLDER = Path(__file__).parent
LABELLED = ("guard", "tune")
RULEBOOK = "rulebook"
FILES = (*LABELLED, "no_answer", RULEBOOK)
ASKED_ON = date(2026, 11, 25)
"""The labels name the versions in force on this day."""

LABELLED_STYLES = frozenset(
    (
        "inspection",
        "worker",
        "manager",
        "report",
        "trainer",
        "typo",
        "traditional",
        "english",
        "long",
        "number",
        "negation",
    )
)
NO_ANSWER_STYLES = frozenset(["off-topic", "near-topic"])
RULEBOOK_STYLES = frozenset(["inspection", "worker", "manager", "report", "trainer"])
STYLES = {"no_answer": NO_ANSWER_STYLES, RULEBOOK: RULEBOOK_STYLES} | dict.fromkeys(LABELLED, LABELLED_STYLES)
RULEBOOK_ACTS = {
    "work-safety-law": 35,
    "fire-law": 12,
    "special-equipment-safety-law": 12,
    "hazchem-safety-law": 12,
    "occupational-disease-law": 7,
    "road-traffic-safety-law": 6,
    "construction-law": 5,
    "mine-safety-law": 5,
    "emergency-response-law": 4,
    "maritime-traffic-safety-law": 4,
    "criminal-law": 4,
    "coal-law": 2,
    "oil-gas-pipeline-protection-law": 2,
}
"""Questions of `rulebook.jsonl` by the act they were written for, the first of `acts`."""
ARTICLE_ID = re.compile(r"[a-z0-9-]+@\d{4}-\d{2}-\d{2}/\d+(-\d+)?")
"""Matches `work-safety-law@2021-06-10/36` and `criminal-law@2023-12-29/134-1`, not `work-safety-law/36`."""

MAX_QUERY_CHARS = 250
COPIED_CHARS = 4
"""A query with this many consecutive characters of a labelled text would test copying, not search."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a question file and where it stands."""

    where: str
    raw: dict[str, Any]

    @property
    def cases(self) -> dict[str, int]:
        """Graded case ids, empty where the line has none."""
        return dict(self.raw.get("cases", {}))

    @property
    def rules(self) -> dict[str, int]:
        """Graded article ids, empty where the line has none."""
        return dict(self.raw.get("rules", {}))


def read(name: str) -> list[Line]:
    """Return the lines of one question file."""
    text = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
    return [Line(f"{name}.jsonl:{n}", json.loads(line)) for n, line in enumerate(text.splitlines(), start=1)]


def copied(query: str, cause: str) -> set[str]:
    """Return the runs of `COPIED_CHARS` characters that stand in both texts."""
    query, cause = (unicodedata.normalize("NFKC", text) for text in (query, cause))
    runs = {query[i : i + COPIED_CHARS] for i in range(len(query) - COPIED_CHARS + 1)}
    return {run for run in runs if run in cause}


@pytest.fixture(scope="module")
def casebook() -> dict[str, Case]:
    """The bundled cases by id."""
    return {case.case_id: case for case in load_casebook()}


def test_a_copied_run_is_seen_across_widths_of_punctuation() -> None:
    assert copied("锅炉，安全阀压住", "压砖使锅炉,安全阀失效") == {"锅炉,安", "炉,安全", ",安全阀"}
    assert copied("安全阀压住", "安全阀失效") == set()


@pytest.mark.parametrize("name", FILES)
def test_every_line_has_id_query_and_style(name: str) -> None:
    styles = STYLES[name]
    for line in read(name):
        assert isinstance(line.raw["id"], str), line.where
        assert isinstance(line.raw["query"], str), line.where
        assert line.raw["query"] == line.raw["query"].strip() != "", line.where
        assert len(line.raw["query"]) <= MAX_QUERY_CHARS, line.where
        assert line.raw["style"] in styles, line.where


def test_ids_and_queries_are_unique_over_all_files() -> None:
    lines = [line for name in FILES for line in read(name)]
    for key in ("id", "query"):
        repeated = [value for value, n in Counter(line.raw[key] for line in lines).items() if n > 1]
        assert repeated == [], key


@pytest.mark.parametrize("name", LABELLED)
def test_labels_are_graded_and_every_question_has_an_on_point_one(name: str) -> None:
    for line in read(name):
        assert set(line.raw) <= {"id", "query", "style", "cases", "rules"}, line.where
        assert {*line.cases.values(), *line.rules.values()} <= {1, 2}, line.where
        assert 2 in {*line.cases.values(), *line.rules.values()}, line.where
        for key in ("cases", "rules"):
            assert line.raw.get(key) != {}, f"{line.where}: leave out an empty {key!r}"
        assert all(ARTICLE_ID.fullmatch(article) for article in line.rules), line.where


def test_questions_without_an_answer_carry_no_label_and_near_ones_say_why() -> None:
    for line in read("no_answer"):
        near = line.raw["style"] == "near-topic"
        assert set(line.raw) == {"id", "query", "style"} | ({"note"} if near else set()), line.where
        assert line.raw.get("note") != "", line.where


def test_the_sets_are_large_enough_to_calibrate_on() -> None:
    assert len(read("guard")) == 20
    assert sum(2 in line.cases.values() for line in read("tune")) >= 45
    assert sum(2 in line.rules.values() for line in read("tune")) >= 45
    assert {line.raw["style"] for line in read("tune")} == LABELLED_STYLES
    styles = Counter(line.raw["style"] for line in read("no_answer"))
    assert styles.total() >= 60
    assert min(styles["off-topic"], styles["near-topic"]) >= 0.4 * styles.total()


@pytest.mark.parametrize("name", LABELLED)
def test_labelled_cases_exist_and_no_query_copies_their_cause(name: str, casebook: dict[str, Case]) -> None:
    for line in read(name):
        for case_id in line.cases:
            assert case_id in casebook, f"{line.where}: no such case {case_id}"
            runs = copied(line.raw["query"], casebook[case_id].direct_cause or "")
            assert runs == set(), f"{line.where}: {case_id} {runs}"


def test_labelled_articles_exist_in_force_and_on_point_ones_are_in_the_default_scope() -> None:
    register = load_register()
    statutes = load_statutes(register)
    for line in (line for name in (*LABELLED, RULEBOOK) for line in read(name)):
        for article_id, grade in line.rules.items():
            article = statutes.article(article_id)
            version = register.version(article.version_id)
            assert version.in_force(ASKED_ON), f"{line.where}: {article_id}"
            assert not article.deleted, f"{line.where}: {article_id}"
            core = register.rule(version.rule_id).is_core(version, article.number)
            assert core or grade == 1, f"{line.where}: {article_id} is outside the default scope"


def test_every_rule_question_names_its_acts_and_has_one_to_three_articles_on_point() -> None:
    for line in read(RULEBOOK):
        assert set(line.raw) == {"id", "query", "style", "half", "acts", "rules"}, line.where
        assert set(line.rules.values()) <= {1, 2}, line.where
        assert all(ARTICLE_ID.fullmatch(article) for article in line.rules), line.where
        on_point = [article for article, grade in line.rules.items() if grade == 2]
        assert 1 <= len(on_point) <= 3, line.where
        acts = line.raw["acts"]
        assert len(acts) == len(set(acts)), line.where
        assert set(acts) == {article.split("@")[0] for article in on_point}, line.where


def test_rule_questions_are_spread_over_acts_and_styles_and_halved_by_turns_within_a_style() -> None:
    lines = read(RULEBOOK)
    assert Counter(line.raw["acts"][0] for line in lines) == RULEBOOK_ACTS
    for style in RULEBOOK_STYLES:
        halves = [line.raw["half"] for line in lines if line.raw["style"] == style]
        assert len(halves) >= 20, style
        assert halves == [("tune", "test")[n % 2] for n in range(len(halves))], style


def test_no_rule_question_copies_an_article_it_is_labelled_with() -> None:
    statutes = load_statutes(load_register())
    for line in read(RULEBOOK):
        for article_id in line.rules:
            runs = copied(line.raw["query"], statutes.article(article_id).text)
            assert runs == set(), f"{line.where}: {article_id} {runs}"
