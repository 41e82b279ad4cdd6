"""Which versions answer for a day: those in force, and held texts that stand in for those whose text is not held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qianche.corpus.register.standing import rule_standing
from qianche.corpus.rules import Rule, RuleVersion


@dataclass(frozen=True, slots=True)
class LawOfTheDay:
    """What may be found on a day.

    `versions` are ids of those in force, of those whose first day is not known, and, of a rule that is older than its
    first version in the register, of that version (both 效力待核). `texts` are ids of the versions whose articles are
    searched: those of `versions` that are held, and the keys of `stand_ins`.
    """

    versions: tuple[str, ...]
    texts: tuple[str, ...]
    stand_ins: dict[str, RuleVersion]
    """By the id of a held version that did not apply: the version that answers for the day, whose text is not held.

    It may be the same: the first version in the register, of a day before it, answers for the text that applied then.
    """


def law_of(rules: Iterable[Rule], day: date) -> LawOfTheDay:
    """Return what may be found on a day, over all rules."""
    versions: list[str] = []
    texts: list[str] = []
    stand_ins: dict[str, RuleVersion] = {}
    for rule in rules:
        applying = [version for version in rule.versions if version.in_force(day) is not False]
        standing = rule_standing(rule, day)
        if standing.reason == "earlier":
            first = standing.version
            versions.append(first.version_id)
            nearest = first if first.text_source is not None else rule.stand_in(first)
            if nearest is not None:
                stand_ins[nearest.version_id] = first
        for version in applying:
            versions.append(version.version_id)
            if version.text_source is not None:
                texts.append(version.version_id)
        for version in sorted(applying, key=lambda v: v.in_force(day) is True):
            held = rule.stand_in(version)
            if held is not None and held not in applying:
                stand_ins[held.version_id] = version  # one that is known to apply goes before one that may
    return LawOfTheDay(tuple(versions), (*texts, *stand_ins), stand_ins)
