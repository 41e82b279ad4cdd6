"""Whether two tellings are of the same accident: joined, put before a person, or kept apart.

The rule, from what `likeness` compares. Nothing is joined on one feature, and a feature that contradicts is never
outvoted by others: at most a person is asked.

- `separate` always: no date on one side; more than a day between the dates; another province, city or county;
  both have telling names that share nothing.
- `certain` (joined at once): same day; same deaths, not none; no contradiction in the class; and either the
  names are alike (`ALIKE`) and the place is known to be the same, or the names share three pairs of characters
  or the loss is equal, to the last digit; or the loss is equal and one side has no telling name.
- `likely` (a person is asked): names alike on the same day, anything short of certain (deaths that differ or are
  not given, a class that differs, a place not known); names nearly equal, same deaths, one day apart (sources
  slip by a day); or the same day, place and three or more deaths where one side hides the name.

One side may count the missing among the dead. Of several cases a file may be joined to, the only certain one is
taken; two certain ones are put before a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qianche.indexing.importing.likeness import (
    Telling,
    class_agreement,
    day_gap,
    deaths_agreement,
    name_likeness,
    place_likeness,
)
from qianche.indexing.importing.records import Verdict

ALIKE = 0.5
"""Least share of the shorter name's pairs; see `casebook.checks.SAME_NAME` for how it was found."""
NEARLY_EQUAL = 0.8
MANY_SHARED = 3
RARE_TOLL = 3
"""Deaths from which one county rarely has two accidents in a day."""
_WEIGHTS = {"day": 0.2, "place": 0.15, "deaths": 0.2, "name": 0.3, "loss": 0.1, "class": 0.05}
"""Only for the order in which proposals are shown; the verdict follows the rule above."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on two tellings, a score from 0 to 1, and the reasons in Chinese."""

    case_id: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Features:
    gap: int
    place: str
    deaths: str
    deadly: int
    name: float | None
    shared: int
    loss: str
    accident_class: str


def compare(one: Telling, other: Telling) -> Comparison:
    """Return whether the two tell the same accident; `case_id` is that of `other`."""
    gap = day_gap(one, other)
    if gap is None or gap > 1:
        return Comparison(other.case_id, "separate", 0.0, ())
    name, shared = name_likeness(one, other)
    losses = one.losses and other.losses
    features = _Features(
        gap=gap,
        place=place_likeness(one, other),
        deaths=deaths_agreement(one, other),
        deadly=max(one.deaths & other.deaths or one.deaths | other.deaths, default=0),
        name=name,
        shared=shared,
        loss="unknown" if not losses else "same" if one.losses & other.losses - {0.0} else "differ",
        accident_class=class_agreement(one, other),
    )
    return Comparison(other.case_id, _verdict(features), _score(features), _reasons(features))


def _verdict(f: _Features) -> Verdict:
    if f.place == "differ" or f.name == 0:
        return "separate"
    alike = f.name is not None and f.name >= ALIKE
    same_toll = f.deaths == "same" and f.deadly > 0
    same_loss = f.loss == "same"
    if f.gap == 0 and same_toll and f.accident_class != "differ":
        located = f.place == "same" or f.shared >= MANY_SHARED or same_loss
        if (alike and located) or (same_loss and f.name is None):
            return "certain"
    if f.gap == 0 and (alike or (same_toll and same_loss)):
        return "likely"
    if f.gap == 1 and f.name is not None and f.name >= NEARLY_EQUAL and same_toll:
        return "likely"
    hidden = f.name is None and f.place == "same" and f.accident_class != "differ"
    if f.gap == 0 and hidden and same_toll and f.deadly >= RARE_TOLL:
        return "likely"
    return "separate"


def _score(f: _Features) -> float:
    halves = {"same": 1.0, "unknown": 0.5, "differ": 0.0}
    values = {
        "day": 1.0 - f.gap / 2,
        "place": halves[f.place],
        "deaths": halves[f.deaths],
        "name": 0.5 if f.name is None else f.name,
        "loss": halves[f.loss],
        "class": halves[f.accident_class],
    }
    return round(sum(_WEIGHTS[name] * value for name, value in values.items()), 3)


def _reasons(f: _Features) -> tuple[str, ...]:
    words = {"same": "一致", "unknown": "有一方未载", "differ": "不同"}
    name = "有一方未写明单位" if f.name is None else f"相近（{f.name:.0%}）" if f.name else "不同"
    return (
        "日期一致" if f.gap == 0 else "日期相差一天",
        f"地点{words[f.place]}",
        f"死亡人数{words[f.deaths]}",
        f"名称{name}",
        f"直接经济损失{words[f.loss]}",
        f"事故类别{words[f.accident_class]}",
    )


def best_match(telling: Telling, others: Iterable[Telling]) -> list[Comparison]:
    """Return the cases that may be the same accident, best first; the first alone may be certain.

    Two certain ones contradict each other: both become likely.
    """
    order = {"certain": 0, "likely": 1, "separate": 2}
    compared = (compare(telling, other) for other in others)
    ranked = sorted(
        (c for c in compared if c.verdict != "separate"),
        key=lambda c: (order[c.verdict], -c.score, c.case_id),
    )
    best = {c.case_id: c for c in reversed(ranked)}  # a case may be told several times: its best counts
    found = [c for c in ranked if best[c.case_id] is c]
    if sum(c.verdict == "certain" for c in found) > 1:
        return [Comparison(c.case_id, "likely", c.score, c.reasons) for c in found]
    return found
