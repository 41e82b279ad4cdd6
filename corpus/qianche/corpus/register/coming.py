"""What is decided to change: versions that do not apply yet, and ends that lie ahead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from qianche.corpus.register.standing import RECORDED_UNTIL
from qianche.corpus.register.succession import Link, Succession
from qianche.corpus.rules import Rule, RuleVersion

ComingKind = Literal["new", "revision", "end", "undated"]
"""A rule that begins; a new version of a rule; an end without a version that begins; a first day not known."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One change: `version` begins on `day`, or ends there (it no longer applies from `day` on) if `kind` is end.

    `day` is None for a version that is issued and will take the place of another on a day that is not known.
    """

    kind: ComingKind
    day: date | None
    rule: Rule
    version: RuleVersion
    in_place_of: tuple[Link, ...]
    """What the version takes the place of."""
    ended_by: Link | None = None
    """What ends it, of an end."""

    def days_from(self, on: date) -> int | None:
        """Return how many days lie between a day and the change."""
        return None if self.day is None else (self.day - on).days


def coming_changes(rules: Iterable[Rule], on: date) -> tuple[Coming, ...]:
    """Return what was decided by a day and takes effect after it, soonest first, unknown days last.

    A version without a day of issue, and an end by something that is not in the register, count as decided from
    `RECORDED_UNTIL` on: of an earlier day it is not known whether they were.
    """
    rules = tuple(rules)
    succession = Succession(rules)
    found: list[Coming] = []
    for rule in rules:
        for version in rule.versions:
            begins = _beginning(rule, version, succession, on)
            ends = _ending(rule, version, succession, on)
            found += [change for change in (begins, ends) if change is not None]
    return tuple(sorted(found, key=lambda c: (c.day or date.max, c.rule.title, c.version.version_id)))


def _beginning(rule: Rule, version: RuleVersion, succession: Succession, on: date) -> Coming | None:
    """Return the change that a version makes when it begins, None where it made it already or is not issued."""
    first = version.effective_from
    if not _decided(version.version_date, on) or (first is not None and first <= on):
        return None
    replaced = succession.took_place_of(version)
    if first is not None:
        revises = any(link.rule is not None and link.rule.rule_id == rule.rule_id for link in replaced)
        return Coming("revision" if revises else "new", first, rule, version, replaced)
    open_ones = tuple(
        link for link in replaced if link.version is not None and link.version.effective_to is None
    )
    if not open_ones or version.effective_to is not None:
        return None
    return Coming("undated", None, rule, version, open_ones)


def _ending(rule: Rule, version: RuleVersion, succession: Succession, on: date) -> Coming | None:
    """Return the end of a version that no beginning tells already, None where it is past or not decided."""
    last = version.effective_to
    if last is None or last < on:
        return None
    day = last + timedelta(days=1)
    cause = succession.ended_by(version)
    successor = cause.version if cause is not None else None
    if not _decided(successor.version_date if successor is not None else None, on):
        return None
    if successor is not None and successor.effective_from == day:
        return None
    return Coming("end", day, rule, version, (), cause)


def _decided(day: date | None, on: date) -> bool:
    """Return whether something decided on a day was decided by another."""
    return on >= RECORDED_UNTIL if day is None else day <= on
