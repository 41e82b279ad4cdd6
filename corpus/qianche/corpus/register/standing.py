"""How a version, and a rule as such, stands on a day: with the days that decide it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.rules import ForceStatus, Rule, RuleVersion

RECORDED_UNTIL = date(2026, 11, 25)
"""Day to which the register was kept: what it says of later days was decided by then."""
END_INFERRED = "止日推定"
"""Begins a sentence of the register's note on a version whose last day was only inferred from the first day of its successor."""
EARLIER_UNLISTED = "更早的版本未登记"
"""Begins a sentence of the note on the first version of a rule that is known to have older ones."""

Reason = Literal["in-force", "not-issued", "not-yet", "revised", "repealed", "unknown", "gap", "earlier"]
"""Why a rule stands as it does: `gap` lies between two versions, `earlier` before the first one in the register."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Status on a day.

    `version` is the one that answers for the day: in force then, or next to it. `since` is the first day of that
    status where it is known (尚未施行: the day from which it will apply); `until` the last day of what is in force,
    of a gap the first day of the version after it.
    """

    version: RuleVersion
    status: ForceStatus
    reason: Reason
    since: date | None
    until: date | None = None


def end_is_inferred(version: RuleVersion) -> bool:
    """Return whether the last day was only inferred from the first day of the successor."""
    return _noted(version, END_INFERRED)


def earlier_unlisted(rule: Rule) -> bool:
    """Return whether the rule is known to have versions, or acts of that title, before the first in the register."""
    return _noted(rule.versions[0], EARLIER_UNLISTED)


def _noted(version: RuleVersion, mark: str) -> bool:
    """Return whether a sentence of the note of a version begins with a mark."""
    return any(sentence.startswith(mark) for sentence in version.note.split("。"))


def version_standing(version: RuleVersion, on: date) -> Standing:
    """Return how one version stands on a day by itself: as a line of a history, or as the one that is named."""
    status = version.status(on)
    if status is ForceStatus.IN_FORCE:
        return Standing(version, status, "in-force", version.effective_from, version.effective_to)
    if status is ForceStatus.NOT_YET:
        issued = version.not_issued_before is None or version.not_issued_before <= on
        return Standing(version, status, "not-yet" if issued else "not-issued", version.effective_from)
    if status is ForceStatus.UNKNOWN or version.effective_to is None:
        return Standing(version, status, "unknown", None)
    reason: Reason = "revised" if status is ForceStatus.REVISED else "repealed"
    return Standing(version, status, reason, version.effective_to + _ONE_DAY)


def rule_standing(rule: Rule, on: date) -> Standing:
    """Return how a rule as such stands on a day: which version answers for it, in what status, and why.

    The one place where that is decided: lists, pages, searches and citations all ask here, or `standing_of`.
    A day before the first version in the register says nothing of a rule that is known to be older: 效力待核.
    """
    standing = version_standing(applicable_version(rule, on), on)
    if standing.status is ForceStatus.NOT_YET and earlier_unlisted(rule):
        return Standing(standing.version, ForceStatus.UNKNOWN, "earlier", standing.since)
    later = rule.versions[rule.versions.index(standing.version) + 1 :]
    if standing.reason in ("revised", "repealed") and later:
        return Standing(standing.version, standing.status, "gap", standing.since, later[0].effective_from)
    return standing


def standing_of(rule: Rule, version: RuleVersion, on: date) -> Standing:
    """Return how a version stands on a day: as its rule does where it is the one that answers for the day."""
    standing = rule_standing(rule, on)
    return standing if standing.version.version_id == version.version_id else version_standing(version, on)
