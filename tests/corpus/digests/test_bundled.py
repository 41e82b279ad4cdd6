"""The bundled digests: true to the texts in what can be checked, our own words, all lists in use."""

from __future__ import annotations

from datetime import date

import pytest
from tests.extraction.measure_digests import annexes, held_texts

from qianche.corpus.digests import DUTY_HOLDERS, Digests, load_digests
from qianche.corpus.digests.checking import (
    Fault,
    check_digests,
    copied_faults,
)
from qianche.corpus.register import Register
from qianche.corpus.register.standing import RECORDED_UNTIL
from qianche.corpus.statutes import Statutes


@pytest.fixture(scope="module")
def digests(register: Register) -> Digests:
    return load_digests(register)


def test_no_check_finds_a_fault(digests: Digests, register: Register, statutes: Statutes) -> None:
    faults: list[Fault] = list(check_digests(digests, register, held_texts(statutes)))
    assert faults == []


def test_nothing_is_copied_from_an_annex(digests: Digests, statutes: Statutes) -> None:
    assert list(copied_faults(digests, annexes(statutes))) == []


def test_there_are_at_least_six_hundred_articles(digests: Digests) -> None:
    assert sum(not digest.major_hazard for digest in digests) >= 600


def test_the_list_of_hazards_is_small_and_all_duty_holders_are_bound(digests: Digests) -> None:
    assert 100 <= len(digests.hazards) <= 200
    bound = {holder for digest in digests for holder in digest.duty_holders}
    assert [holder for holder in DUTY_HOLDERS if holder not in bound] == []
    assert len(set(DUTY_HOLDERS)) == len(DUTY_HOLDERS)


def test_the_acts_of_the_field_have_digests(digests: Digests) -> None:
    acts = {digest.version_id.split("@")[0] for digest in digests}
    assert acts >= {
        "work-safety-law", "fire-law", "special-equipment-safety-law", "mine-safety-law", "hazchem-safety-law",
        "construction-law", "occupational-disease-law", "emergency-response-law", "road-traffic-safety-law",
        "maritime-traffic-safety-law", "coal-law", "oil-gas-pipeline-protection-law", "criminal-law",
    }  # fmt: skip


def test_the_crimes_of_work_safety_have_digests(digests: Digests) -> None:
    places = {digest.place for digest in digests.of_version("criminal-law@2023-12-29")}
    assert places >= {"134", "134-1", "135", "135-1", "136", "137", "138", "139", "139-1"}


def test_of_every_rule_the_version_in_force_has_digests(digests: Digests, register: Register) -> None:
    versions = {digest.version_id for digest in digests}
    for rule_id in {version_id.partition("@")[0] for version_id in versions}:
        current = register.rule(rule_id).version_on(RECORDED_UNTIL)
        assert current is None or current.version_id in versions, rule_id


def test_the_list_of_industry_and_trade_of_2017_is_never_in_force(
    digests: Digests, register: Register
) -> None:
    # 应急管理部令第10号 applies from 2023-05-15 in its place; the first day of the list of 2017 is not known.
    old, new = (
        register.version(f"major-hazard-industry-trade@{day}") for day in ("2017-11-30", "2023-04-14")
    )
    days = (date(2017, 11, 29), date(2018, 6, 1), date(2023, 5, 14), date(2023, 5, 15), RECORDED_UNTIL)
    assert [old.status(day) for day in days] == ["尚未施行", "效力待核", "效力待核", "已被修订", "已被修订"]
    assert [new.status(day) for day in days[2:]] == ["尚未施行", "现行", "现行"]
    assert digests.of_version(new.version_id)


def test_only_the_list_of_industry_and_trade_of_2017_is_a_dead_list(
    digests: Digests, register: Register
) -> None:
    dead = {
        digest.version_id
        for digest in digests
        if digest.major_hazard and register.version(digest.version_id).effective_to is not None
    }
    assert dead <= {"major-hazard-industry-trade@2017-11-30"}
