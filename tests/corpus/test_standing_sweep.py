"""Every version and rule of the register on the days around its dates: what is printed says no more than is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from qianche.corpus.register import load_register
from qianche.corpus.register.coming import coming_changes
from qianche.corpus.register.labels import dates_grade_label, dates_label, doubts_said_once, status_label
from qianche.corpus.register.standing import RECORDED_UNTIL, Standing, rule_standing, version_standing
from qianche.corpus.register.standing_labels import coming_label, standing_label
from qianche.corpus.register.succession import Succession
from qianche.corpus.rules import ForceStatus, Rule, RuleVersion

RULES = tuple(load_register())
CHAIN = Succession(RULES)
ONE = timedelta(days=1)


def days(rule: Rule) -> list[date]:
    """The day before, of and after every date of a rule, and three others."""
    known = {d for v in rule.versions for d in (v.version_date, v.effective_from, v.effective_to) if d}
    around = {d + step for d in known for step in (-ONE, timedelta(0), ONE)}
    return sorted(around | {date(1960, 1, 1), RECORDED_UNTIL, date(2030, 1, 1)})


def told() -> Iterator[tuple[Rule, Standing, date]]:
    for rule in RULES:
        for day in days(rule):
            yield rule, rule_standing(rule, day), day
            for version in rule.versions:
                yield rule, version_standing(version, day), day


def from_memory(rule: Rule, version: RuleVersion) -> set[str]:
    """The days of a version, and of what it names, that the register has from memory alone and from nothing else."""
    cause = CHAIN.ended_by(version)
    versions = {v.version_id: v for v in rule.versions}
    if cause is not None and cause.version is not None:
        versions[cause.version.version_id] = cause.version
    for link in CHAIN.may_have_replaced(version):
        if link.version is not None:
            versions[link.version.version_id] = link.version
    doubtful, seen = set(), set()
    for v in versions.values():
        for day, grade in ((v.version_date, v.version_date_verified), (v.effective_from, v.verified)):
            (doubtful if grade == "memory" else seen).add(day)
            if day is not None and day == v.effective_from:
                (doubtful if grade == "memory" else seen).add(day - ONE)  # the last day of the one before
    return {str(day) for day in doubtful - seen if day is not None}


def test_only_what_is_in_force_is_said_to_be_and_days_from_memory_are_marked() -> None:
    for rule, standing, day in told():
        version, where = standing.version, f"{standing.version.version_id} on {day}"
        sentence = standing_label(rule, standing, day, CHAIN)
        badge = status_label(version, day)
        if standing.status is not ForceStatus.IN_FORCE:
            assert "现行" not in sentence, where
        assert ("现行" in badge) == (version.status(day) is ForceStatus.IN_FORCE), where
        printed = set(re.findall(r"\d{4}-\d\d-\d\d", sentence))
        if printed & from_memory(rule, version):
            assert "待核" in sentence, f"{where}: {sentence}"
        assert len(re.findall("（待核）|日期待核|其中 .* 待核", sentence)) <= 1, f"{where}: {sentence}"
        if set(re.findall(r"\d{4}-\d\d-\d\d", badge)) & from_memory(rule, version):
            assert badge.endswith("日期待核）"), f"{where}: {badge}"
            assert dates_grade_label(version) is None


def test_no_day_stands_for_an_end_beside_an_unknown_beginning() -> None:
    for rule in RULES:
        for version in rule.versions:
            label = dates_label(version)
            assert ("至" in label) == (version.effective_to is not None)
            assert not re.search(r"(公布|发布)(日期不详)? 至", label), label
            if "不详，发布日期不详" in label and version.effective_to is None:
                assert dates_grade_label(version) is None


def test_a_coming_change_known_from_memory_is_marked() -> None:
    on = date(2014, 9, 1)  # 2014-12-01 was seen nowhere
    [change] = [c for c in coming_changes(RULES, on) if c.rule.rule_id == "work-safety-law"]
    assert (
        coming_label(change, on)
        == "2014-12-01（91 天后，待核）起施行，代替 2009-08-27 公布的版本（主席令第18号）"
    )


@pytest.mark.parametrize(
    ("sentence", "once"),
    [
        ("自 2014-12-01（待核） 起施行，适用至 2021-08-31", "自 2014-12-01（待核）起施行，适用至 2021-08-31"),
        (
            "2009-06-08（待核）公布，自 2009-07-01（待核）起施行",
            "2009-06-08 公布，自 2009-07-01 起施行，日期待核",
        ),
        (
            "自 2014-12-01（待核）起施行，适用至 2021-08-31（待核），此后由 2021-06-10 公布的版本代替",
            "自 2014-12-01 起施行，适用至 2021-08-31，此后由 2021-06-10 公布的版本代替，其中 2014-12-01、2021-08-31 待核",
        ),
        ("自 2021-09-01 起施行", "自 2021-09-01 起施行"),
    ],
)
def test_several_doubtful_days_are_said_once(sentence: str, once: str) -> None:
    assert doubts_said_once(sentence) == once
