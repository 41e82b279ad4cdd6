"""The register of rules: what is in force on a day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from qianche.corpus.errors import NotFound
from qianche.corpus.register import Register, labels, rule_from_payload, rule_to_payload
from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.rules import ArticleNumber, ForceStatus
from qianche.corpus.schemes import ALL_SECTORS, SECTORS


def test_the_register_holds_469_versions_of_283_rules(register: Register) -> None:
    assert len(register) == 283
    assert len(register.versions()) == 469


@pytest.mark.parametrize(
    ("rule_id", "day", "version"),
    [
        # 安全生产法: the decision of 2021-06-10 applies from 2021-09-01.
        ("work-safety-law", "2002-10-31", None),
        ("work-safety-law", "2002-11-01", "2002-06-29"),
        ("work-safety-law", "2021-06-10", "2014-08-31"),
        ("work-safety-law", "2021-08-31", "2014-08-31"),
        ("work-safety-law", "2021-09-01", "2021-06-10"),
        # 危险化学品安全法 Art. 127: 自2026年5月1日起施行.
        ("hazchem-safety-law", "2026-04-30", None),
        ("hazchem-safety-law", "2026-05-01", "2025-12-27"),
        # 生态环境法典 Art. 1242: from 2026-08-15, the environment acts it names end the day before.
        ("environmental-protection-law", "2026-08-14", "2014-04-24"),
        ("environmental-protection-law", "2026-08-15", None),
        ("air-pollution-law", "2026-08-14", "2018-10-26"),
        ("air-pollution-law", "2026-08-15", None),
        ("eco-environment-code", "2026-08-14", None),
        ("eco-environment-code", "2026-08-15", "2026-03-12"),
        # 煤矿安全生产条例 applies from 2024-05-01 and ends 煤矿安全监察条例.
        ("coal-mine-supervision-regulation", "2024-04-30", "2013-07-18"),
        ("coal-mine-supervision-regulation", "2024-05-01", None),
        ("coal-mine-safety-production-regulation", "2024-04-30", None),
        ("coal-mine-safety-production-regulation", "2024-05-01", "2024-01-24"),
        # 刑法修正案（十一） from 2021-03-01, 修正案（十二） from 2024-03-01.
        ("criminal-law", "2021-02-28", "2015-08-29"),
        ("criminal-law", "2021-03-01", "2020-12-26"),
        ("criminal-law", "2024-02-29", "2020-12-26"),
        ("criminal-law", "2024-03-01", "2023-12-29"),
        # 劳动合同法: the amendment of 2012-12-28 applies from 2013-07-01.
        ("labour-contract-law", "2013-06-30", "2007-06-29"),
        ("labour-contract-law", "2013-07-01", "2012-12-28"),
        ("civil-aviation-law", "2026-06-30", "2021-04-29"),
        ("civil-aviation-law", "2026-07-01", "2025-12-27"),
    ],
)
def test_the_version_in_force_changes_on_the_day_it_should(
    register: Register, rule_id: str, day: str, version: str | None
) -> None:
    on = date.fromisoformat(day)
    found = [v.version_id for v in register.rule(rule_id).versions if v.in_force(on)]
    assert found == ([f"{rule_id}@{version}"] if version else [])


def test_a_version_without_a_known_first_day_is_neither_in_force_nor_dropped(register: Register) -> None:
    version = register.rule("major-hazard-chemical").versions[-1]
    assert version.effective_from is None and version.version_date == date(2017, 11, 13)
    assert version.in_force(date(2020, 1, 1)) is None
    assert version.status(date(2020, 1, 1)) is ForceStatus.UNKNOWN
    assert version.status(date(2017, 11, 12)) is ForceStatus.NOT_YET
    assert applicable_version(register.rule("major-hazard-chemical"), date(2020, 1, 1)) is version


def test_a_version_without_any_date_is_unknown_from_the_year_of_its_number_on(register: Register) -> None:
    version = register.version("major-hazard-aviation@undated")
    assert (version.version_date, version.number) == (None, "民航规〔2022〕32号")
    assert version.status(date(2021, 12, 31)) is ForceStatus.NOT_YET
    assert version.in_force(date(2021, 12, 31)) is False
    assert version.status(date(2022, 1, 1)) is ForceStatus.UNKNOWN
    assert version.status(date(2030, 1, 1)) is ForceStatus.UNKNOWN


@pytest.mark.parametrize(
    ("number", "first"),
    [
        ("安委〔2022〕6号", date(2022, 1, 1)),
        ("GB 15577-2007", date(2007, 1, 1)),
        ("GB 50016-2014（2018年版）", date(2018, 1, 1)),
        ("交通运输部令2013年第2号", date(2013, 1, 1)),
        ("GB/T 2008-1987", date(1987, 1, 1)),
        # No year: an order, a standard without one, a standard whose number looks like one.
        ("国务院令第493号", None),
        ("国家安全生产监督管理总局令第2013号", None),
        ("AQ 2006", None),
        (None, None),
    ],
)
def test_the_year_of_a_number_is_the_first_in_which_a_version_can_have_been_issued(
    register: Register, number: str | None, first: date | None
) -> None:
    version = replace(register.version("major-hazard-aviation@undated"), number=number)
    assert version.not_issued_before == first
    known = replace(version, version_date=date(2001, 2, 3))
    assert known.not_issued_before == date(2001, 2, 3)


def test_a_last_day_is_known_as_well_as_what_followed(register: Register) -> None:
    # 2014-12-01 was seen nowhere, 2021-09-01 on a page; the version of 2009 ends on the day before the first of these.
    versions = register.rule("work-safety-law").versions
    assert [v.end_verified for v in versions] == ["page", "memory", "page", None]
    assert labels.dates_label(versions[1]) == "2009-08-27 至 2014-11-30，日期待核"
    assert labels.dates_label(versions[0]) == "2002-11-01 至 2009-08-26"
    assert [labels.dates_grade_label(v) for v in versions] == ["据网页", None, None, "据网页"]


def test_an_unknown_start_with_a_known_end_is_over_after_it(register: Register) -> None:
    version = register.version("gb-15577@undated")
    assert version.status(date(2019, 5, 31)) is ForceStatus.UNKNOWN
    assert version.status(date(2019, 6, 1)) is ForceStatus.REVISED


def test_what_ended_a_version_tells_revised_from_repealed(register: Register) -> None:
    day = date(2026, 11, 25)
    assert register.version("work-safety-law@2014-08-31").status(day) is ForceStatus.REVISED
    assert register.version("coal-mine-supervision-regulation@2013-07-18").status(day) is ForceStatus.REPEALED


def test_a_title_belongs_to_a_version(register: Register) -> None:
    rule = register.rule("confined-space-rules")
    assert rule.title == "工贸企业有限空间作业安全规定"
    assert rule.versions[0].title == "工贸企业有限空间作业安全管理与监督暂行规定"


def test_no_day_has_two_versions_of_one_rule_in_force(register: Register) -> None:
    for rule in register:
        days = {d for v in rule.versions for d in (v.effective_from, v.effective_to) if d}
        for day in days:
            assert sum(v.in_force(day) is True for v in rule.versions) <= 1, rule.rule_id


def test_every_reference_in_id_form_resolves(register: Register) -> None:
    old = register.version("gb-12710@undated")
    assert register.resolve("gb-12710@GB 12710-2008") == old
    assert register.resolve("aq-1008") == register.rule("aq-1008")
    assert register.resolve("coal-rockburst-rules@2018-05-02 (not confirmed)") is not None
    assert register.resolve("总局令第89号") is None


def test_unknown_ids_are_not_found_with_a_message(register: Register) -> None:
    with pytest.raises(NotFound, match="no-such-law"):
        register.rule("no-such-law")
    with pytest.raises(NotFound, match="work-safety-law@1999-01-01"):
        register.version("work-safety-law@1999-01-01")


# Reviewed marks ---


def test_every_rule_has_sectors_of_the_closed_list(register: Register) -> None:
    for rule in register:
        assert rule.sectors and set(rule.sectors) <= {*SECTORS, ALL_SECTORS}, rule.rule_id
        assert ALL_SECTORS not in rule.sectors or rule.sectors == (ALL_SECTORS,), rule.rule_id


@pytest.mark.parametrize(
    ("rule_id", "sectors"),
    [
        ("work-safety-law", ("综合",)),
        ("mine-safety-law", ("煤矿", "非煤矿山")),
        ("railway-accident-regulation", ("铁路民航",)),
        ("civil-aviation-law", ("铁路民航",)),
        ("dust-explosion-rules", ("工贸",)),
        ("major-hazard-industry-trade", ("工贸",)),
        ("occupational-disease-law", ("综合",)),
        ("criminal-law", ("综合",)),
        ("gb-46768", ("综合",)),
        ("maritime-traffic-safety-law", ("水上交通", "渔业船舶")),
        ("safety-licence-regulation", ("煤矿", "非煤矿山", "危险化学品", "烟花爆竹", "民爆", "建筑施工")),
    ],
)
def test_register_sectors_map_to_the_closed_list(
    register: Register, rule_id: str, sectors: tuple[str, ...]
) -> None:
    assert register.rule(rule_id).sectors == sectors


@pytest.mark.parametrize(
    ("rule_id", "core"),
    [
        ("work-safety-law", True), ("fire-law", True), ("hazchem-safety-law", True), ("criminal-law", True),
        ("town-gas-regulation", True), ("aq-1029", True), ("beijing-safety-regulation", True),
        ("civil-code", False), ("eco-environment-code", False), ("environmental-protection-law", False),
        ("administrative-licensing-law", False), ("trade-union-law", False), ("standardization-law", False),
        ("energy-law", False), ("labour-contract-law", False), ("criminal-law-amendment-11", False),
    ],
)  # fmt: skip
def test_the_default_scope_holds_the_safety_rules(register: Register, rule_id: str, core: bool) -> None:
    assert register.rule(rule_id).core is core


@pytest.mark.parametrize("version_id", ["criminal-law@2020-12-26", "criminal-law@2023-12-29"])
def test_only_the_safety_crimes_of_the_criminal_law_are_in_the_default_scope(
    register: Register, version_id: str
) -> None:
    rule, version = register.rule("criminal-law"), register.version(version_id)
    inside = [(115, 0), (131, 0), (133, 1), (133, 2), (134, 0), (134, 1), (135, 1), (139, 1), (397, 0)]
    outside = [(1, 0), (120, 1), (128, 0), (140, 0), (165, 0), (234, 0), (244, 0), (390, 0)]
    assert all(rule.is_core(version, ArticleNumber(*n)) for n in inside)
    assert not any(rule.is_core(version, ArticleNumber(*n)) for n in outside)


def test_all_articles_of_a_core_rule_without_ranges_are_core_and_none_of_another(register: Register) -> None:
    safety = register.rule("work-safety-law")
    assert safety.is_core(safety.versions[-1], ArticleNumber(1))
    code = register.rule("civil-code")
    assert not code.is_core(code.versions[-1], ArticleNumber(1))


def test_amending_acts_stay_in_the_register_without_text(register: Register) -> None:
    act = register.rule("criminal-law-amendment-11")
    assert act.amends == "criminal-law"
    assert act.versions[0].text_source is None
    title = register.rule("criminal-law").title
    assert "《中华人民共和国刑法》" in labels.text_label(act, act.versions[0], title)


# Labels ---


def test_labels_say_in_chinese_how_well_a_date_is_known_and_what_is_not(register: Register) -> None:
    current = register.version("work-safety-law@2021-06-10")
    assert labels.status_label(current, date(2021, 9, 1)) == "现行（2021-09-01 起）"
    assert labels.text_label(register.rule("work-safety-law"), current) == ""
    old = register.version("work-safety-law@2014-08-31")
    assert labels.status_label(old, date(2022, 1, 1)) == "已被修订（2014-12-01 至 2021-08-31，日期待核）"
    assert labels.text_label(register.rule("work-safety-law"), old).startswith("正文未收录")
    unknown = register.version("major-hazard-chemical@2017-11-13")
    assert (
        labels.status_label(unknown, date(2020, 1, 1)) == "效力待核（施行日期不详，2017-11-13 发布）"
    )  # fmt: skip
    undated = register.version("major-hazard-aviation@undated")
    assert labels.dates_label(undated) == "施行日期不详，发布日期不详"
    assert labels.dates_grade_label(undated) is None
    ended = register.version("major-hazard-industry-trade@2017-11-30")
    assert labels.dates_label(ended) == "施行日期不详，2017-11-30 公布，适用至 2023-05-14"
    inferred = register.version("aq-1008@2007-10-22")
    assert labels.dates_label(inferred).startswith("2008-01-01 至 2024-06-30，止日推定")


# Payload ---


def test_every_rule_survives_json(register: Register) -> None:
    for rule in register:
        assert rule_from_payload(json.loads(json.dumps(rule_to_payload(rule)))) == rule
