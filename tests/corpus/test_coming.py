"""Coming changes: what was decided by a day and takes effect after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.register import load_register
from qianche.corpus.register.coming import Coming, coming_changes
from qianche.corpus.register.standing_labels import coming_label
from qianche.corpus.rules import Rule, RuleVersion

RULES = tuple(load_register())


def ahead(day: str) -> list[Coming]:
    """Return the coming changes of the register on a day."""
    return list(coming_changes(RULES, date.fromisoformat(day)))


def numbers(changes: list[Coming]) -> dict[str, list[str]]:
    """Return the numbers of the versions that begin, by day."""
    found: dict[str, list[str]] = {}
    for change in changes:
        if change.kind in ("new", "revision"):
            found.setdefault(str(change.day), []).append(change.version.number or change.version.title)
    return {day: sorted(names) for day, names in found.items()}


def test_the_standards_that_come_after_november_2026_are_listed_by_day() -> None:
    assert numbers(ahead("2026-11-25")) == {
        "2027-01-01": [
            "GB 12142-2025", "GB 15499-2025", "GB 23525-2025",
            "GB 4053.1-2025", "GB 4053.2-2025", "GB 4053.3-2025",
        ],
        "2027-02-01": ["GB 13495.2-2026", "GB/T 13869-2026"],
        "2027-04-01": ["GB 47371-2026", "GB 47372-2026"],
        "2027-05-01": [
            "GB 47499-2026",
            *(f"GB/T 47438.{part}-2026" for part in (1, 2, 3, 4, 5)),
        ],
    }  # fmt: skip


def test_the_environment_code_is_ahead_from_its_issue_to_its_eve() -> None:
    def code(day: str) -> list[Coming]:
        return [change for change in ahead(day) if change.rule.rule_id == "eco-environment-code"]

    assert code("2026-03-11") == []
    (issued,) = code("2026-03-12")
    assert (issued.kind, issued.day, issued.days_from(date(2026, 3, 12))) == ("new", date(2026, 8, 15), 156)
    (eve,) = code("2026-08-14")
    assert eve.days_from(date(2026, 8, 14)) == 1
    assert "《中华人民共和国环境保护法》" in coming_label(eve, date(2026, 8, 14))
    assert "水污染防治法" in coming_label(eve, date(2026, 8, 14))
    assert code("2026-08-15") == []


def test_a_revision_names_the_version_whose_place_it_takes() -> None:
    (change,) = [c for c in ahead("2021-08-31") if c.rule.rule_id == "work-safety-law"]
    assert (change.kind, change.day) == ("revision", date(2021, 9, 1))
    assert coming_label(change, date(2021, 8, 31)) == (
        "2021-09-01（1 天后）起施行，代替 2014-08-31 公布的版本（主席令第13号）"
    )


def test_what_was_not_issued_yet_is_not_ahead() -> None:
    assert [c for c in ahead("2021-06-09") if c.rule.rule_id == "work-safety-law"] == []


def test_a_successor_whose_first_day_is_not_known_comes_last() -> None:
    changes = ahead("2026-11-25")
    undated = [c.rule.rule_id for c in changes if c.day is None]
    assert undated == [c.rule.rule_id for c in changes[-len(undated) :]]
    assert set(undated) == {
        "safety-liability-insurance-rules-2025", "road-transport-regulation-2026", "coal-rockburst-rules-2026",
    }  # fmt: skip


VERSION = RuleVersion(
    rule_id="some-rule", title="某规定", level="部门规章", issuer=None, number="令第1号",
    version_date=date(2026, 1, 1), effective_from=date(2026, 3, 1), effective_to=date(2027, 12, 31),
    repealed_by="某部令第9号", replaces=None, article_count=None, text_source=None,
    verified="page", version_date_verified="page", evidence="某网页", note="",
)  # fmt: skip


def only(version: RuleVersion) -> Rule:
    """Return an invented rule of one version."""
    return Rule("some-rule", (), (), (), True, (version,))


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        ("2026-02-28", ["new"]),
        ("2026-03-01", []),
        # When the repealing act was issued is not known: decided from the day to which the register was kept.
        ("2026-11-24", []),
        ("2026-11-25", ["end"]),
        ("2027-12-31", ["end"]),
        ("2028-01-01", []),
    ],
)
def test_an_end_by_an_act_outside_the_register_is_ahead_once_it_is_known_to_be_decided(
    day: str, kinds: list[str]
) -> None:
    on = date.fromisoformat(day)
    changes = coming_changes([only(VERSION)], on)
    assert [c.kind for c in changes] == kinds
    if kinds == ["end"]:
        assert changes[0].day == date(2028, 1, 1)
        assert "起不再适用，被某部令第9号终止" in coming_label(changes[0], on)


def test_a_version_without_a_day_of_issue_counts_as_issued_from_the_last_day_of_the_register_on() -> None:
    undated = replace(
        VERSION, version_date=None, effective_from=date(2027, 2, 1), effective_to=None, repealed_by=None
    )
    assert coming_changes([only(undated)], date(2026, 11, 24)) == ()
    assert [c.kind for c in coming_changes([only(undated)], date(2026, 11, 25))] == ["new"]
    assert coming_changes([only(undated)], date(2027, 2, 1)) == ()


@given(st.dates(date(1995, 1, 1), date(2028, 1, 1)))
def test_everything_ahead_lies_ahead_and_stands_in_order(on: date) -> None:
    changes = coming_changes(RULES, on)
    days = [change.day or date.max for change in changes]
    assert days == sorted(days)
    for change in changes:
        assert change.day is None or change.day > on
        assert change.version.version_date is None or change.version.version_date <= on
        assert change.version.in_force(on) is not True or change.kind == "end"
        assert coming_label(change, on)
