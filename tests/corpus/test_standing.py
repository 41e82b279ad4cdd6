"""How rules of the register stand on a day; days read from the texts and pages that the register names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.register import Register, load_register
from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.register.standing import Standing, end_is_inferred, rule_standing, version_standing
from qianche.corpus.register.standing_labels import reader_note, standing_label
from qianche.corpus.register.succession import Succession
from qianche.corpus.rules import ForceStatus, Rule, RuleVersion

RULES = tuple(load_register())
CHAIN = Succession(RULES)


def stands(rule_id: str, day: str) -> Standing:
    """Return how a rule of the register stands on a day."""
    rule = next(rule for rule in RULES if rule.rule_id == rule_id)
    return rule_standing(rule, date.fromisoformat(day))


def told(rule_id: str, day: str) -> str:
    """Return the sentence beside the status of a rule on a day."""
    rule = next(rule for rule in RULES if rule.rule_id == rule_id)
    on = date.fromisoformat(day)
    return standing_label(rule, rule_standing(rule, on), on, CHAIN)


@pytest.mark.parametrize(
    ("rule_id", "day", "version_date", "status"),
    [
        # 煤矿安全生产条例 (国务院令第774号) applies from 2024-05-01 and repeals 煤矿安全监察条例.
        ("coal-mine-supervision-regulation", "2024-04-30", "2013-07-18", "现行"),
        ("coal-mine-supervision-regulation", "2024-05-01", "2013-07-18", "已废止"),
        ("coal-mine-safety-production-regulation", "2024-04-30", "2024-01-24", "尚未施行"),
        ("coal-mine-safety-production-regulation", "2024-05-01", "2024-01-24", "现行"),
        # 生态环境法典: 自2026年8月15日起施行, the environment acts end with it.
        ("environmental-protection-law", "2026-08-14", "2014-04-24", "现行"),
        ("environmental-protection-law", "2026-08-15", "2014-04-24", "已废止"),
        ("solid-waste-law", "2026-08-14", "2020-04-29", "现行"),
        ("solid-waste-law", "2026-08-15", "2020-04-29", "已废止"),
        ("radioactive-pollution-law", "2026-08-14", "2003-06-28", "现行"),
        ("radioactive-pollution-law", "2026-08-15", "2003-06-28", "已废止"),
        ("eco-environment-code", "2026-08-14", "2026-03-12", "尚未施行"),
        ("eco-environment-code", "2026-08-15", "2026-03-12", "现行"),
        # 工贸: order 10 was issued on 2023-04-14 and applies from 2023-05-15; the list of 2017 has no start clause.
        ("major-hazard-industry-trade", "2023-04-14", "2017-11-30", "效力待核"),
        ("major-hazard-industry-trade", "2023-05-14", "2017-11-30", "效力待核"),
        ("major-hazard-industry-trade", "2023-05-15", "2023-04-14", "现行"),
        ("gb-6441", "2026-06-30", "1986-05-31", "现行"),
        ("gb-6441", "2026-07-01", "2025-12-31", "现行"),
        # 安全生产法: 2002 from 2002-11-01, 2014 from 2014-12-01, 2021 from 2021-09-01.
        ("work-safety-law", "2002-06-28", "2002-06-29", "尚未施行"),
        ("work-safety-law", "2002-10-31", "2002-06-29", "尚未施行"),
        ("work-safety-law", "2002-11-01", "2002-06-29", "现行"),
        ("work-safety-law", "2014-11-30", "2009-08-27", "现行"),
        ("work-safety-law", "2014-12-01", "2014-08-31", "现行"),
        ("work-safety-law", "2021-08-31", "2014-08-31", "现行"),
        ("work-safety-law", "2021-09-01", "2021-06-10", "现行"),
        # Issued 2017-11-13 without a start clause.
        ("major-hazard-chemical", "2017-11-12", "2017-11-13", "尚未施行"),
        ("major-hazard-chemical", "2020-01-01", "2017-11-13", "效力待核"),
        # Repealed by an order that is not in the register.
        ("confined-space-five-rules", "2017-03-05", "2014-09-29", "现行"),
        ("confined-space-five-rules", "2017-03-06", "2014-09-29", "已废止"),
        # The versions before 2021 are not in the register: nothing can be said of 2010.
        ("trade-union-law", "2010-01-01", "2021-12-24", "效力待核"),
        ("trade-union-law", "2022-01-01", "2021-12-24", "现行"),
    ],
)
def test_a_rule_stands_on_a_day_as_the_texts_say(
    rule_id: str, day: str, version_date: str, status: str
) -> None:
    standing = stands(rule_id, day)
    assert (str(standing.version.version_date), standing.status.value) == (version_date, status)


@pytest.mark.parametrize(
    ("rule_id", "day", "sentence"),
    [
        ("work-safety-law", "2002-06-28", "当日还没有公布：2002-06-29 公布，自 2002-11-01 起施行"),
        ("work-safety-law", "2002-10-31", "2002-06-29 公布，自 2002-11-01 起施行"),
        ("work-safety-law", "2022-01-01", "自 2021-09-01 起施行"),
        (
            "work-safety-law", "2015-01-01",
            "自 2014-12-01（待核）起施行，适用至 2021-08-31，此后由 2021-06-10 公布的版本（主席令第88号）代替",
        ),
        (
            "coal-mine-supervision-regulation", "2024-05-01",
            "自 2024-05-01 起被《煤矿安全生产条例》（国务院令第774号，2024-01-24 公布）废止",
        ),
        ("confined-space-five-rules", "2020-01-01", "自 2017-03-06 起被总局令第89号废止"),
        ("major-hazard-chemical", "2020-01-01", "施行日期不详，2017-11-13 发布"),
        ("trade-union-law", "2010-01-01", "本库登记的最早版本自 2022-01-01 起施行，更早的版本没有登记，当日效力待核"),
        (
            "aq-1008", "2024-07-01",
            "自 2024-07-01 起被《矿山救援规程》（应急管理部令第16号，2024-04-28 公布）代替"
            "（终止日期是按后者的施行日期推定的）",
        ),
        (
            "aq-9006", "2017-04-01",
            "自 2017-04-01 起被《企业安全生产标准化基本规范》（GB/T 33000-2016，2016-12-13 发布）代替"
            "（终止日期是按后者的施行日期推定的），日期待核",
        ),
        (
            "safety-liability-insurance-rules", "2025-03-29",
            "自 2018-01-01（待核）起施行；可能已被《安全生产责任保险实施办法》（应急〔2025〕27号，2025-03-29 发布）代替，待核",
        ),
        ("safety-liability-insurance-rules", "2025-03-28", "自 2018-01-01（待核）起施行"),
        # The code of 1979 applied, which is not in the register.
        ("criminal-law", "1990-01-01", "本库登记的最早版本自 1997-10-01 起施行，更早的版本没有登记，当日效力待核"),
        # No day of issue is known, but the year of the number is.
        ("fifteen-measures", "1960-01-01", "当日还没有发布：编号安委〔2022〕6号，发布日期不详，施行日期不详"),
        ("fifteen-measures", "2022-01-01", "施行日期不详，发布日期不详"),
        # The successor of 2018 begins on 2019-06-01; of the edition of 2007 no day is known.
        (
            "gb-15577", "2014-08-02",
            "施行日期不详，发布日期不详，适用至 2019-05-31，此后由 2018-11-19（待核）发布的版本（GB 15577-2018）代替",
        ),
    ],
)  # fmt: skip
def test_the_sentence_beside_the_status_says_since_when_and_through_what(
    rule_id: str, day: str, sentence: str
) -> None:
    assert told(rule_id, day) == sentence


def test_a_revised_version_names_the_one_that_took_its_place(register: Register) -> None:
    rule, old = register.rule("work-safety-law"), register.version("work-safety-law@2014-08-31")
    on = date(2021, 9, 1)
    standing = version_standing(old, on)
    assert (standing.status, standing.since) == (ForceStatus.REVISED, on)
    assert standing_label(rule, standing, on, CHAIN) == (
        "自 2021-09-01 起被 2021-06-10 公布的版本（主席令第88号）代替"
    )


def test_only_the_ends_that_the_register_says_were_inferred_count_as_inferred(register: Register) -> None:
    inferred = {v.version_id for v in register.versions() if end_is_inferred(v)}
    assert inferred == {
        "forest-fire-regulation@2008-12-01",
        "aq-9006@2010-04-15",
        "aq-1008@2007-10-22",
    }


def test_working_notes_in_english_are_not_for_the_reader(register: Register) -> None:
    shown = register.version("aq-1008@2007-10-22")
    assert (reader_note(shown) or "").startswith("止日推定")
    assert reader_note(replace(shown, note="laws.db prints 2002-11-01.")) is None
    assert reader_note(replace(shown, note="")) is None


# Edges of one version ---

VERSION = RuleVersion(
    rule_id="some-rule", title="某规定", level="部门规章", issuer=None, number="令第1号",
    version_date=date(2020, 1, 1), effective_from=date(2020, 3, 1), effective_to=date(2022, 12, 31),
    repealed_by="some-rule@2022-11-01", replaces=None, article_count=None, text_source=None,
    verified="page", version_date_verified="page", evidence="某网页", note="",
)  # fmt: skip
OPEN = replace(VERSION, effective_to=None, repealed_by=None)
NO_START = replace(VERSION, effective_from=None)


@pytest.mark.parametrize(
    ("version", "day", "in_force", "status"),
    [
        (VERSION, "2019-12-31", False, "尚未施行"),
        (VERSION, "2020-02-29", False, "尚未施行"),
        (VERSION, "2020-03-01", True, "现行"),
        (VERSION, "2022-12-31", True, "现行"),
        (VERSION, "2023-01-01", False, "已被修订"),
        (replace(VERSION, repealed_by="other-rule@2022-11-01"), "2023-01-01", False, "已废止"),
        (replace(VERSION, repealed_by="总局令第89号"), "2023-01-01", False, "已废止"),
        (replace(VERSION, repealed_by=None), "2023-01-01", False, "已废止"),
        # The id of another rule that begins with the same words is another rule.
        (replace(VERSION, repealed_by="some-rule-2@2022-11-01"), "2023-01-01", False, "已废止"),
        (OPEN, "2020-03-01", True, "现行"),
        (OPEN, "2099-01-01", True, "现行"),
        (NO_START, "2019-12-31", False, "尚未施行"),
        (NO_START, "2020-01-01", None, "效力待核"),
        (NO_START, "2022-12-31", None, "效力待核"),
        (NO_START, "2023-01-01", False, "已被修订"),
        (replace(NO_START, version_date=None), "1949-10-01", None, "效力待核"),
        (replace(NO_START, version_date=None), "2023-01-01", False, "已被修订"),
        (replace(OPEN, effective_from=None), "2099-01-01", None, "效力待核"),
        (replace(OPEN, version_date=None), "2020-02-29", False, "尚未施行"),
        # One day long.
        (replace(VERSION, effective_to=date(2020, 3, 1)), "2020-03-01", True, "现行"),
        (replace(VERSION, effective_to=date(2020, 3, 1)), "2020-03-02", False, "已被修订"),
    ],
)
def test_a_version_applies_from_its_first_to_its_last_day(
    version: RuleVersion, day: str, in_force: bool | None, status: str
) -> None:
    on = date.fromisoformat(day)
    assert version.in_force(on) is in_force
    assert version.status(on).value == status
    assert version_standing(version, on).status.value == status


def test_a_day_between_two_versions_is_a_gap() -> None:
    later = replace(OPEN, version_date=date(2023, 6, 1), effective_from=date(2023, 7, 1))
    rule = Rule("some-rule", (), (), (), True, (replace(VERSION, repealed_by=None), later))
    on = date(2023, 3, 1)
    standing = rule_standing(rule, on)
    assert (standing.reason, standing.since, standing.until) == ("gap", date(2023, 1, 1), date(2023, 7, 1))
    assert standing_label(rule, standing, on, Succession([rule])) == (
        "前一版本适用至 2022-12-31，后一版本自 2023-07-01 起施行，其间没有已知适用的版本"
    )


def test_in_a_gap_the_version_that_ended_last_answers_though_its_first_day_is_not_known() -> None:
    first = replace(VERSION, repealed_by=None)
    second = replace(
        NO_START, version_date=date(2023, 2, 1), effective_to=date(2023, 6, 30), repealed_by=None
    )
    third = replace(OPEN, version_date=date(2024, 1, 1), effective_from=date(2024, 7, 1))
    rule = Rule("some-rule", (), (), (), True, (first, second, third))
    assert applicable_version(rule, date(2023, 1, 15)) == first
    assert applicable_version(rule, date(2023, 3, 1)) == second
    standing = rule_standing(rule, date(2023, 12, 1))
    assert (standing.version, standing.reason, standing.since) == (second, "gap", date(2023, 7, 1))


def test_an_end_without_a_cause_says_that_none_is_registered() -> None:
    ended = replace(VERSION, repealed_by=None)
    rule = Rule("some-rule", (), (), (), True, (ended,))
    on = date(2023, 1, 1)
    assert standing_label(rule, rule_standing(rule, on), on, Succession([rule])) == (
        "自 2023-01-01 起不再适用，由什么文件终止没有登记"
    )


@given(
    st.sampled_from(RULES),
    st.dates(date(1980, 1, 1), date(2030, 1, 1)),
)
def test_what_is_not_known_to_be_in_force_is_never_said_to_be(rule: Rule, on: date) -> None:
    standing = rule_standing(rule, on)
    assert (standing.status is ForceStatus.IN_FORCE) == any(v.in_force(on) for v in rule.versions)
    assert standing_label(rule, standing, on, CHAIN)
    if standing.status is ForceStatus.IN_FORCE:
        assert standing.since is not None and standing.since <= on
        assert standing.until is None or on <= standing.until


@given(st.sampled_from([v for rule in RULES for v in rule.versions if v.effective_to and v.effective_from]))
def test_the_last_day_is_the_last_day_in_force(version: RuleVersion) -> None:
    assert version.effective_to is not None
    assert version.in_force(version.effective_to)
    assert version.in_force(version.effective_to + timedelta(days=1)) is False
