"""事故等级 by casualties and direct loss (国务院令第493号 §3)."""

from __future__ import annotations

from datetime import date

from qianche.corpus.cases import Grade, Toll
from qianche.corpus.schemes import GRADES

IN_FORCE_FROM = date(2007, 6, 1)
"""First day of 国务院令第493号; a grade computed for an earlier day is a 折算."""

DEATHS = (30, 10, 3, 1)
SEVERE_INJURIES = (100, 50, 10, 1)
"""重伤, acute industrial poisoning (急性工业中毒) included."""
LOSS_WAN = (10_000.0, 5_000.0, 1_000.0)
"""Direct loss in 万元. Thresholds run gravest first, as `GRADES`; 以上 includes the figure, 以下 does not."""

_LOWEST = GRADES[-1]


def grade_by_toll(toll: Toll, *, count_missing: bool = False) -> str | None:
    """Return the grade that the known figures reach, None where they do not allow one.

    Any one column reached sets the grade. A figure that is not known counts for nothing, so the grade is the
    least that can be said. §3 speaks of 死亡 only: the missing are not dead, unless `count_missing`.
    None: nobody known dead or hurt and no loss known; or nobody dead and ten or more (or an unknown number)
    hurt of whom it is not known how many severely, since ten 重伤 would already make it 较大.
    """
    deaths = (toll.deaths or 0) + ((toll.missing or 0) if count_missing else 0)
    loss = toll.direct_loss_wan or 0.0
    severe = toll.severe_injuries or 0
    reached = [*_reached(deaths, DEATHS), *_reached(severe, SEVERE_INJURIES), *_reached(loss, LOSS_WAN)]
    grade = min(reached, key=GRADES.index, default=None)
    if grade not in (None, _LOWEST):
        return grade
    if (
        deaths == 0
        and toll.severe_injuries is None
        and (toll.injured is None or toll.injured >= SEVERE_INJURIES[2])
    ):
        return None
    return _LOWEST if deaths or toll.injured or toll.severe_injuries or loss else None


def compute_grade(toll: Toll, occurred_on: date) -> Grade | None:
    """Return the computed grade with its basis; `computed-missing` only where the missing make a difference.

    It is for accidents in China: 国务院令第493号 says nothing of others.
    """
    plain = grade_by_toll(toll)
    counted = grade_by_toll(toll, count_missing=True)
    if counted is not None and counted != plain:
        return Grade(counted, "computed-missing")
    if plain is None:
        return None
    return Grade(plain, "computed" if occurred_on >= IN_FORCE_FROM else "computed-retroactive")


def settled_grade(toll: Toll, occurred_on: date) -> Grade | None:
    """Return the computed grade, None while the deaths are not known.

    Without them the other figures give no more than a least grade, which a reader would take for the grade. For
    records whose figures nobody has gone through: imported ones.
    """
    return None if toll.deaths is None else compute_grade(toll, occurred_on)


def expected_value(grade: Grade, toll: Toll, occurred_on: date) -> str | None:
    """Return the value that the basis of `grade` leads to; None where that basis cannot apply.

    A `named` or `person` grade is what its source or a user says, whatever the toll.
    """
    plain = grade_by_toll(toll)
    match grade.basis:
        case "named" | "person":
            return grade.value
        case "computed":
            return plain if occurred_on >= IN_FORCE_FROM else None
        case "computed-retroactive":
            return plain if occurred_on < IN_FORCE_FROM else None
        case "computed-missing":
            counted = grade_by_toll(toll, count_missing=True)
            return counted if counted != plain else None


def _reached(figure: float, thresholds: tuple[float, ...]) -> list[str]:
    """The gravest grade whose threshold the figure reaches, as a list of none or one."""
    return next(([grade] for grade, least in zip(GRADES, thresholds, strict=False) if figure >= least), [])
