"""Grades by casualties and loss: the boundary values of 国务院令第493号 §3, worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.cases import Grade, Toll
from qianche.corpus.grading import compute_grade, expected_value, grade_by_toll, settled_grade
from qianche.corpus.schemes import GRADES

DAY = date(2020, 5, 1)


@pytest.mark.parametrize(
    ("deaths", "grade"),
    [
        (1, "一般"), (2, "一般"), (3, "较大"), (9, "较大"), (10, "重大"), (29, "重大"), (30, "特别重大"),
        (165, "特别重大"),
    ],
)  # fmt: skip
def test_deaths_set_the_grade(deaths: int, grade: str) -> None:
    assert grade_by_toll(Toll(deaths)) == grade


@pytest.mark.parametrize(
    ("severe", "grade"),
    [
        (1, "一般"), (9, "一般"), (10, "较大"), (49, "较大"), (50, "重大"), (99, "重大"), (100, "特别重大"),
    ],
)  # fmt: skip
def test_severe_injuries_set_the_grade(severe: int, grade: str) -> None:
    assert grade_by_toll(Toll(0, severe_injuries=severe)) == grade


@pytest.mark.parametrize(
    ("loss", "grade"),
    [
        (0.01, "一般"), (999.99, "一般"), (1000, "较大"), (4999.99, "较大"), (5000, "重大"),
        (9999.99, "重大"), (10000, "特别重大"),
    ],
)  # fmt: skip
def test_loss_sets_the_grade(loss: float, grade: str) -> None:
    assert grade_by_toll(Toll(0, injured=0, severe_injuries=0, direct_loss_wan=loss)) == grade


@pytest.mark.parametrize(
    ("toll", "grade", "why"),
    [
        (Toll(1, direct_loss_wan=3972), "较大", "one death, but the loss reaches 1,000"),
        (Toll(0, injured=6, direct_loss_wan=9457), "重大", "nobody dead, the loss reaches 5,000"),
        (Toll(9, severe_injuries=50), "重大", "nine deaths, but fifty 重伤"),
        (Toll(29, direct_loss_wan=15800), "特别重大", "29 deaths, but the loss reaches 10,000"),
        (Toll(0, injured=4), "一般", "four hurt cannot be ten 重伤"),
        (Toll(0, injured=9), "一般", "nine hurt cannot be ten 重伤"),
        (Toll(0, injured=10), None, "ten hurt may be ten 重伤"),
        (Toll(0, injured=20, severe_injuries=2), "一般", "of twenty hurt two severely"),
        (
            Toll(0, injured=20, direct_loss_wan=600),
            None,
            "the loss alone would be 一般, the hurt may make it more",
        ),
        (Toll(0, injured=20, direct_loss_wan=1600), "较大", "the loss is enough by itself"),
        (Toll(2, injured=12), "一般", "a known figure sets the least grade"),
        (Toll(0, missing=0, injured=0, severe_injuries=0), None, "nobody hurt and no loss known"),
        (Toll(None), None, "nothing known"),
        (Toll(0, missing=13, injured=0), None, "the missing are not dead"),
        (Toll(4, missing=10), "较大", "the missing are not dead"),
    ],
)
def test_columns_are_combined_as_the_regulation_says(toll: Toll, grade: str | None, why: str) -> None:
    assert grade_by_toll(toll) == grade, why


@pytest.mark.parametrize(
    ("toll", "day", "grade"),
    [
        (Toll(3), date(2007, 5, 31), Grade("较大", "computed-retroactive")),
        (Toll(3), date(2007, 6, 1), Grade("较大", "computed")),
        (Toll(4, missing=10), DAY, Grade("重大", "computed-missing")),
        (Toll(0, missing=1, injured=0), DAY, Grade("一般", "computed-missing")),
        (Toll(4, missing=5), DAY, Grade("较大", "computed")),
        (Toll(0, injured=0), DAY, None),
    ],
)
def test_a_computed_grade_says_how(toll: Toll, day: date, grade: Grade | None) -> None:
    assert compute_grade(toll, day) == grade


@pytest.mark.parametrize(
    ("toll", "grade"),
    [
        (Toll(None, injured=0, direct_loss_wan=105.0), None),
        (Toll(None, direct_loss_wan=6000.0), None),  # 重大 at least, and perhaps more
        (Toll(0, injured=0, direct_loss_wan=105.0), Grade("一般", "computed")),
        (Toll(3), Grade("较大", "computed")),
    ],
)
def test_a_grade_is_settled_only_where_the_deaths_are_known(toll: Toll, grade: Grade | None) -> None:
    assert settled_grade(toll, DAY) == grade


def test_a_basis_of_another_time_leads_to_no_grade() -> None:
    assert expected_value(Grade("较大", "computed"), Toll(3), date(2000, 1, 1)) is None
    assert expected_value(Grade("较大", "computed-retroactive"), Toll(3), DAY) is None
    assert expected_value(Grade("较大", "computed-missing"), Toll(3, missing=1), DAY) is None
    assert expected_value(Grade("特别重大", "named"), Toll(1), DAY) == "特别重大"


COUNTS = st.none() | st.integers(0, 300)
TOLLS = st.builds(Toll, COUNTS, COUNTS, COUNTS, COUNTS, st.none() | st.floats(0, 1e6))


@given(TOLLS, st.integers(1, 100))
def test_one_more_death_never_lowers_the_grade(toll: Toll, more: int) -> None:
    before = grade_by_toll(toll)
    after = grade_by_toll(
        Toll(
            (toll.deaths or 0) + more, toll.missing, toll.severe_injuries, toll.injured, toll.direct_loss_wan
        )
    )
    assert after is not None
    assert before is None or GRADES.index(after) <= GRADES.index(before)


@given(TOLLS, st.dates())
def test_a_computed_grade_never_contradicts_its_toll(toll: Toll, day: date) -> None:
    grade = compute_grade(toll, day)
    assert grade is None or expected_value(grade, toll, day) == grade.value
