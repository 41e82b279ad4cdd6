"""Which version of a rule answers for a day."""

from __future__ import annotations

from datetime import date

from qianche.corpus.rules import Rule, RuleVersion


def applicable_version(rule: Rule, day: date) -> RuleVersion:
    """Return the version that answers for a day; its `status(day)` says in what capacity.

    In order: the one in force; one whose first day is not known (效力待核); the last that had ended (已废止,
    已被修订), be its first day known or not; the first of all (尚未施行).
    """
    return applicable(rule.versions, day)


def applicable(versions: tuple[RuleVersion, ...], day: date) -> RuleVersion:
    """Return the one of some versions of a rule, oldest first, that answers for a day."""
    in_force = [version for version in versions if version.in_force(day)]
    unknown = [version for version in versions if version.in_force(day) is None]
    ended = [v for v in versions if v.effective_to is not None and v.effective_to < day]
    return (in_force or unknown or ended or [versions[0]])[-1]
