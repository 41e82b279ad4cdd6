"""Which version a citation names on a day; rules and days are the register's."""

# ruff: noqa: E501  (a table of one row a case)

from __future__ import annotations

from datetime import date

import pytest
from tests.corpus.citations.pond_act import TODAY, resolve

from qianche.corpus.citations.outcomes import Outcome
from qianche.corpus.register.labels import status_label

# citation · day · version, by the days on which the acts themselves say they begin
VERSIONS: list[tuple[str, date, str, Outcome]] = [
    ("《安全生产法》", date(2021, 8, 31), "work-safety-law@2014-08-31", Outcome.RESOLVED),
    ("《安全生产法》", date(2021, 9, 1), "work-safety-law@2021-06-10", Outcome.RESOLVED),
    ("《煤矿安全监察条例》", date(2024, 4, 30), "coal-mine-supervision-regulation@2013-07-18", Outcome.RESOLVED),
    ("《煤矿安全监察条例》", date(2024, 5, 1), "coal-mine-supervision-regulation@2013-07-18", Outcome.NOT_IN_FORCE),
    ("《煤矿安全生产条例》", date(2024, 4, 30), "coal-mine-safety-production-regulation@2024-01-24", Outcome.NOT_IN_FORCE),
    ("《环境保护法》", date(2026, 8, 14), "environmental-protection-law@2014-04-24", Outcome.RESOLVED),
    ("《环境保护法》", date(2026, 8, 15), "environmental-protection-law@2014-04-24", Outcome.NOT_IN_FORCE),
    # an edition, an amending order, a year and a former title choose their version
    ("GB 6441-1986", date(2026, 6, 30), "gb-6441@1986-05-31", Outcome.RESOLVED),
    ("GB 6441-1986", date(2026, 7, 1), "gb-6441@1986-05-31", Outcome.NOT_IN_FORCE),
    ("GB 6441-2025", date(2026, 6, 30), "gb-6441@2025-12-31", Outcome.NOT_IN_FORCE),
    ("GB 30871第5.2.3条", date(2022, 9, 30), "gb-30871@2014-07-24", Outcome.TEXT_NOT_HELD),
    ("GB 30871第5.2.3条", date(2022, 10, 1), "gb-30871@2022-03-15", Outcome.TEXT_NOT_HELD),
    ("《安全生产法》（主席令第88号）", date(2015, 6, 1), "work-safety-law@2021-06-10", Outcome.NOT_IN_FORCE),
    ("《安全生产法》（主席令第13号）", TODAY, "work-safety-law@2014-08-31", Outcome.NOT_IN_FORCE),
    ("《安全生产法》（2014年修正）", TODAY, "work-safety-law@2014-08-31", Outcome.NOT_IN_FORCE),
    ("《工贸行业重大生产安全事故隐患判定标准（2017版）》", date(2023, 5, 15), "major-hazard-industry-trade@2017-11-30", Outcome.NOT_IN_FORCE),
    ("《工贸企业重大事故隐患判定标准》", date(2023, 5, 15), "major-hazard-industry-trade@2023-04-14", Outcome.RESOLVED),
    # the number of the first version is that of the act, amended or not
    ("《安全生产许可证条例》（国务院令第397号）", TODAY, "safety-licence-regulation@2014-07-29", Outcome.RESOLVED),
    # a title within a title, however it is set off
    ("《《生产安全事故报告和调查处理条例》罚款处罚暂行规定》", date(2012, 1, 1), "accident-fine-rules@2011-09-01", Outcome.RESOLVED),
    ("《〈生产安全事故报告和调查处理条例〉罚款处罚暂行规定》", date(2012, 1, 1), "accident-fine-rules@2011-09-01", Outcome.RESOLVED),
    # one title, one after the other: the day decides
    ("《企业安全生产标准化基本规范》", date(2015, 1, 1), "aq-9006@2010-04-15", Outcome.RESOLVED),
    ("《企业安全生产标准化基本规范》", date(2018, 1, 1), "gb-33000@2016-12-13", Outcome.RESOLVED),
    # first day not known; a day before the versions in the register
    ("《国务院关于进一步加强企业安全生产工作的通知》", TODAY, "state-council-2010-23@2010-07-19", Outcome.FORCE_UNKNOWN),
    ("《煤矿安全规程》", date(2012, 1, 1), "coal-mine-safety-code@2016-02-25", Outcome.FORCE_UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "version_id", "outcome"), VERSIONS)
def test_the_version_is_that_of_the_day_or_the_one_named(
    text: str, day: date, version_id: str, outcome: Outcome
) -> None:
    found = resolve(text, day)
    assert found.version is not None
    assert (found.version.version_id, found.outcome) == (version_id, outcome)
    if outcome in (Outcome.NOT_IN_FORCE, Outcome.FORCE_UNKNOWN):
        assert found.messages


def test_a_dead_rule_is_told_with_what_ended_it_and_since_when() -> None:
    [said, *_] = resolve("《煤矿安全监察条例》", date(2024, 5, 1)).messages
    assert "2024-05-01 已废止：自 2024-05-01 起被《煤矿安全生产条例》（国务院令第774号" in said


def test_a_version_named_that_does_not_apply_is_told_beside_the_one_that_does() -> None:
    found = resolve("《安全生产法》（主席令第88号）第二条", date(2015, 6, 1))
    assert found.on_day is not None
    assert found.on_day.version_id == "work-safety-law@2014-08-31"
    assert "2015-06-01 适用的是《中华人民共和国安全生产法》" in "".join(found.messages)


def test_a_first_day_from_memory_is_said_to_need_a_check() -> None:
    found = resolve("《安全生产法》", date(2015, 6, 1))
    assert found.version is not None
    assert status_label(found.version, date(2015, 6, 1)) == "现行（2014-12-01 至 2021-08-31，日期待核）"
    assert found.messages == ()


# standard as written · day · version · outcome · whether the sign differs from every registered one
# GB 6441-1986 became GB/T 6441-1986 in 2017, and GB 6441-2025 is GB again
SIGNS: list[tuple[str, date, str, Outcome, bool]] = [
    ("GB/T 6441", TODAY, "gb-6441@1986-05-31", Outcome.NOT_IN_FORCE, False),
    ("GB/T 6441", date(2020, 1, 1), "gb-6441@1986-05-31", Outcome.RESOLVED, False),
    ("GB/T 6441-1986", date(2020, 1, 1), "gb-6441@1986-05-31", Outcome.RESOLVED, False),
    ("GB 6441", TODAY, "gb-6441@2025-12-31", Outcome.RESOLVED, False),
    ("GB/T 6441-2025", TODAY, "gb-6441@2025-12-31", Outcome.RESOLVED, True),
    ("GB/T 30871-2022", TODAY, "gb-30871@2022-03-15", Outcome.RESOLVED, True),
    ("GB 13861-2022", TODAY, "gb-13861@2022-03-09", Outcome.RESOLVED, True),
    ("GB/T 13861-2022", TODAY, "gb-13861@2022-03-09", Outcome.RESOLVED, False),
    # JGJ 46-2005 was followed by JGJ/T 46-2024
    ("JGJ/T 46-2024", TODAY, "jgj-46@2024-09-09", Outcome.RESOLVED, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "version_id", "outcome", "other_sign"), SIGNS)
def test_a_recommended_standard_is_told_from_a_mandatory_one(
    text: str, day: date, version_id: str, outcome: Outcome, other_sign: bool
) -> None:
    found = resolve(text, day)
    assert found.version is not None
    assert (found.version.version_id, found.outcome) == (version_id, outcome)
    assert any("强制性标准与推荐性标准" in message for message in found.messages) is other_sign


def test_the_edition_of_the_day_is_told_beside_the_one_that_has_the_sign() -> None:
    found = resolve("GB/T 6441")
    assert found.on_day is not None
    assert found.on_day.number == "GB 6441-2025"
    assert "GB 6441-2025" in "".join(found.messages)
