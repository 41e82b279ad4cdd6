"""What was in force on a day: questions with answers read by hand in texts and pages, not in the register.

The answers lie in the TOML files here. An entry of `changes` is one day on which something begins or ends:

- `rule`: the title or short title a person would say; `kind`: what makes the question hard.
- `turns_on`: the day of the change, left out where none is known.
- `grade`: `text` (read in the text of a rule) or `page` (read on a page); `source`: the address, or which article of
  which text; `read_on`: the day it was read; `says`: the fact, in our own words.
- `questions`: rows of day, version, status. A version is named as the source names it: by its day of issue
  (2014-08-31) or by its number (主席令第13号).
- `articles`: number of articles counted in a text, by version; `held`: whether the statute package has that text;
  `has_article`: an article that this version has and the one before it has not.
- `ended_by`: title of what ended a version that is 已废止.

An answer that the register contradicts stays as it is: one of the two is wrong, and the source decides.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from qianche.corpus.register import Register
from qianche.corpus.rules import ForceStatus, Rule, RuleVersion

FILES = ("laws", "regulations", "local", "orders", "notices", "standards")


@dataclass(frozen=True, slots=True)
class Change:
    """One day on which something begins or ends, and where that was read."""

    rule: str
    kind: str
    turns_on: date | None
    grade: str
    source: str
    read_on: date
    says: str
    articles: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[str, bool] = field(default_factory=dict)
    has_article: Mapping[str, str] = field(default_factory=dict)
    ended_by: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """The status of a version on a day; `version` is its day of issue or its number."""

    change: Change
    day: date
    version: str
    expected: ForceStatus

    def __str__(self) -> str:
        """Return the name of the test."""
        return f"{self.change.rule} {self.version} on {self.day}"


def read_questions() -> tuple[Question, ...]:
    """Return all questions in the order of the files."""
    return tuple(question for name in FILES for question in _read(Path(__file__).with_name(f"{name}.toml")))


def _read(path: Path) -> Iterator[Question]:
    """Yield the questions of a file."""
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["changes"]:
        rows: list[Any] = entry.pop("questions")
        change = Change(**{"turns_on": None} | entry)
        for day, version, expected in rows:
            yield Question(change, day, version, ForceStatus(expected))


def triples(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Return the questions of the day before, of and after a change, where all three days are asked."""
    days: dict[int, set[date]] = {}
    for question in questions:
        days.setdefault(id(question.change), set()).add(question.day)
    return tuple(
        q for q in questions if q.day in (around := _around(q.change)) and around <= days[id(q.change)]
    )


def _around(change: Change) -> set[date]:
    """Return the day before, of and after a change."""
    one, day = timedelta(days=1), change.turns_on
    return {day - one, day, day + one} if day else set()


def rule_called(register: Register, name: str) -> Rule:
    """Return the one rule with this title or short title."""
    found = [r for r in register if name in (*r.short_titles, *(v.title for v in r.versions))]
    whole = f"中华人民共和国{name}"
    found = found or [r for r in register if whole in (v.title for v in r.versions)]
    assert len(found) == 1, f"{name}: {[rule.rule_id for rule in found]}"
    return found[0]


def version_named(rule: Rule, name: str) -> RuleVersion:
    """Return the one version of a rule that was issued on this day or has this number."""
    found = [v for v in rule.versions if name in (str(v.version_date), v.number)]
    assert len(found) == 1, f"{rule.rule_id}: {name} is {[v.version_id for v in found]}"
    return found[0]
