"""Whether two tellings are of the same accident: joined, put before a person, or kept apart.

The rule, from what `likeness` compares. Nothing is joined on one feature, and a feature that contradicts is never
outvoted by others: at most a person is asked.

- `separate` always: no date on one side; more than a day between the dates; another province, city or county;
  both have names of their own that share nothing.
- `certain` (joined at once): same day; same deaths, not none; nothing that contradicts (times of day more than
  half an hour apart, injured that differ, losses that differ beyond rounding, another class); and either the names
  are the same (`naming`: what is the company's own, without place, trade, legal form and number) and the place is
  known to agree, or the word in both is long, or the loss is equal to the last digit; or the loss is equal and one
  side has no telling name.
- `likely` (a person is asked): the same names on the same day, anything short of certain; names that share a
  word while each has another besides, with the same deaths and place; names that differ in a character or two and
  the same deaths, place and time or loss; names that differ in a number or phase, only if the loss is equal too;
  deaths and loss equal; the same names and deaths one day apart (sources slip by a day); or the same day, place
  and three or more deaths where one side hides the name.

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
    injured_agreement,
    loss_agreement,
    name_relation,
    place_likeness,
    time_agreement,
)
from qianche.indexing.importing.naming import NameRelation
from qianche.indexing.importing.records import Verdict

LONG_WORD = 4
"""Characters of a company's own word from which it is hardly another's in another place."""
RARE_TOLL = 3
"""Deaths from which one county rarely has two accidents in a day."""
_WEIGHTS = {"day": 0.2, "place": 0.15, "deaths": 0.2, "name": 0.3, "loss": 0.1, "class": 0.05}
"""Only for the order in which proposals are shown; the verdict follows the rule above."""
_NAMES: dict[NameRelation, tuple[float, str]] = {
    "same": (1.0, "名称相同"),
    "partly": (0.6, "名称部分相同"),
    "near": (0.4, "名称只差一两个字"),
    "numbered": (0.3, "名称的编号或分期不同"),
    "unknown": (0.5, "有一方未写明单位"),
    "other": (0.0, "名称不同"),
}
"""What each relation of names counts in the score, and how it is told."""


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
    name: NameRelation
    shared: int
    loss: str
    accident_class: str
    time: str
    injured: str

    @property
    def contradicted(self) -> bool:
        """Whether anything but the name speaks against one accident."""
        return "differ" in (self.place, self.deaths, self.loss, self.accident_class, self.time, self.injured)


def compare(one: Telling, other: Telling) -> Comparison:
    """Return whether the two tell the same accident; `case_id` is that of `other`."""
    gap = day_gap(one, other)
    if gap is None or gap > 1:
        return Comparison(other.case_id, "separate", 0.0, ())
    name, shared = name_relation(one, other)
    features = _Features(
        gap=gap,
        place=place_likeness(one, other),
        deaths=deaths_agreement(one, other),
        deadly=max(one.deaths & other.deaths or one.deaths | other.deaths, default=0),
        name=name,
        shared=shared,
        loss=loss_agreement(one, other),
        accident_class=class_agreement(one, other),
        time=time_agreement(one, other),
        injured=injured_agreement(one, other),
    )
    return Comparison(other.case_id, _verdict(features), _score(features), _reasons(features))


def _verdict(f: _Features) -> Verdict:
    if f.place == "differ" or f.name == "other":
        return "separate"
    if _certain(f):
        return "certain"
    return "likely" if _likely(f) else "separate"


def _certain(f: _Features) -> bool:
    if f.gap or f.deaths != "same" or not f.deadly or f.contradicted:
        return False
    if f.name == "same":
        return f.place == "same" or f.shared >= LONG_WORD or f.loss == "same"
    return f.name == "unknown" and f.loss == "same"


def _likely(f: _Features) -> bool:
    same_toll = f.deaths == "same" and f.deadly > 0
    if f.gap:
        return f.name == "same" and same_toll
    if f.name == "same":
        return True
    if not same_toll:
        return False
    if f.name == "partly":
        return f.place == "same" or f.loss == "same"
    if f.name in ("near", "numbered"):
        agrees = f.loss == "same" or (f.name == "near" and f.time == "same")
        return agrees and f.place == "same" and not f.contradicted
    hidden = f.place == "same" and f.accident_class != "differ" and f.deadly >= RARE_TOLL
    return hidden or f.loss == "same"


def _score(f: _Features) -> float:
    halves = {"same": 1.0, "unknown": 0.5, "differ": 0.0}
    values = {
        "day": 1.0 - f.gap / 2,
        "place": halves[f.place],
        "deaths": halves[f.deaths],
        "name": _NAMES[f.name][0],
        "loss": halves[f.loss],
        "class": halves[f.accident_class],
    }
    return round(sum(_WEIGHTS[name] * value for name, value in values.items()), 3)


def _reasons(f: _Features) -> tuple[str, ...]:
    words = {"same": "一致", "unknown": "有一方未载", "differ": "不同"}
    told = (
        "日期一致" if f.gap == 0 else "日期相差一天",
        f"地点{words[f.place]}",
        f"死亡人数{words[f.deaths]}",
        _NAMES[f.name][1],
        f"直接经济损失{'相近或有一方未载' if f.loss == 'unknown' else words[f.loss]}",
        f"事故类别{words[f.accident_class]}",
    )
    against = (("时刻", f.time), ("受伤人数", f.injured))
    return told + tuple(f"{what}不同" for what, agreement in against if agreement == "differ")


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
