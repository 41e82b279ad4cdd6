"""What rules are called: every way people write a title or a number leads to the rule of the register, or to none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.register import Register, load_register
from qianche.corpus.register.names import RuleNames, read_number, versions_titled

NAMES = RuleNames(load_register())

# as written · rules that it names
TITLES: list[tuple[str, set[str]]] = [
    ("安全生产法", {"work-safety-law"}),
    ("《中华人民共和国安全生产法》", {"work-safety-law"}),
    ("中华人民共和国 安全生产法", {"work-safety-law"}),
    ("安全生产法（2021年修正）", {"work-safety-law"}),
    ("安全生产法(2021修正)", {"work-safety-law"}),
    ("安法", {"work-safety-law"}),
    ("493号令", {"accident-report-investigation-regulation"}),
    # the former title of a rule, with and without its （试行）
    ("工贸行业重大生产安全事故隐患判定标准（2017版）", {"major-hazard-industry-trade"}),
    ("工贸行业重大生产安全事故隐患判定标准", {"major-hazard-industry-trade"}),
    ("生产安全事故罚款处罚规定(试行)", {"accident-fine-rules"}),
    ("〈生产安全事故报告和调查处理条例〉罚款处罚暂行规定", {"accident-fine-rules"}),
    ("建设项目安全设施三同时监督管理办法", {"three-simultaneous-rules"}),
    # the central issuer before 关于 is often left out
    ("关于预防煤矿生产安全事故的特别规定", {"coal-mine-accident-prevention-446"}),
    ("中共中央国务院关于推进安全生产领域改革发展的意见", {"central-reform-opinion-2016"}),
    # one title, two rules
    ("企业安全生产标准化基本规范", {"gb-33000", "aq-9006"}),
    ("安全生产责任保险实施办法", {"safety-liability-insurance-rules", "safety-liability-insurance-rules-2025"}),
    # an ordinal tells acts apart: without it four may be meant, with another one none
    ("刑法修正案", {f"criminal-law-amendment-{n}" for n in (6, 8, 9, 11)}),
    ("刑法修正案（六）", {"criminal-law-amendment-6"}),
    ("刑法修正案（十二）", set()),
    # another authority's paper is not the centre's
    ("贵州省关于进一步加强企业安全生产工作的通知", set()),
    ("实施条例", set()),
    ("条例", set()),
    ("", set()),
]  # fmt: skip


@pytest.mark.parametrize(("title", "rules"), TITLES)
def test_a_title_names_its_rules_however_it_is_written(title: str, rules: set[str]) -> None:
    assert {rule.rule_id for rule in NAMES.titled(title)} == rules


# as written · versions that have the number
NUMBERS: list[tuple[str, set[str]]] = [
    ("国务院令第493号", {"accident-report-investigation-regulation@2007-04-09"}),
    ("国务院令493号", {"accident-report-investigation-regulation@2007-04-09"}),
    ("中华人民共和国国务院令第493号", {"accident-report-investigation-regulation@2007-04-09"}),
    ("国务院第493号令", {"accident-report-investigation-regulation@2007-04-09"}),
    ("493号令", {"accident-report-investigation-regulation@2007-04-09"}),
    ("国务院令第四百九十三号", {"accident-report-investigation-regulation@2007-04-09"}),
    ("主席令第493号", set()),
    ("中华人民共和国主席令第88号", {"work-safety-law@2021-06-10"}),
    # two organs have an order 10, only one of them is the ministry named
    ("令第10号", {"major-hazard-industry-trade@2023-04-14", "vehicle-monitoring-rules@2022-02-14"}),
    ("应急管理部令第10号", {"major-hazard-industry-trade@2023-04-14"}),
    ("应急部令10号", {"major-hazard-industry-trade@2023-04-14"}),
    # the former administration under the names it went by
    ("国家安全生产监督管理总局令第16号", {"hidden-danger-rules@2007-12-28"}),
    ("原国家安全监管总局令第16号", {"hidden-danger-rules@2007-12-28"}),
    ("安监总局令第16号", {"hidden-danger-rules@2007-12-28"}),
    ("质检总局令第140号", {"special-equipment-operator-rules@2011-05-03"}),
    ("住建部令第37号", {"dangerous-construction-rules@2018-03-08"}),
    # orders that begin anew each year
    ("交通运输部令2023年第13号", {"road-hazmat-rules@2023-11-10"}),
    ("交通运输部令2022年第13号", set()),
    ("公告2022年第8号", {"hazchem-catalogue@2022-10-13"}),
    ("安监总管三〔2017〕121号", {"major-hazard-chemical@2017-11-13", "major-hazard-fireworks@2017-11-13"}),
    ("安监总管三[2017]121号", {"major-hazard-chemical@2017-11-13", "major-hazard-fireworks@2017-11-13"}),
    ("安监总管四〔2017〕121号", set()),
    ("GB 30871-2022", {"gb-30871@2022-03-15"}),
    ("GB30871—2022", {"gb-30871@2022-03-15"}),
    ("GB/T 30871-2022", {"gb-30871@2022-03-15"}),
    ("GB 30871", {"gb-30871@2014-07-24", "gb-30871@2022-03-15"}),
    ("GB 30871-2018", set()),
    ("GB 3087", set()),
    ("GB 6441-86", {"gb-6441@1986-05-31"}),
    # one number, two texts of it
    ("GB 50016-2014", {"gb-50016@2014-08-27", "gb-50016@2018-03-30"}),
    ("JGJ46-2005", {"jgj-46@2005-04-15"}),
    ("TSG 21-2016", {"tsg-21@2016-02-22"}),
    ("不是文号", set()),
    ("", set()),
]  # fmt: skip


@pytest.mark.parametrize(("number", "versions"), NUMBERS)
def test_a_number_names_its_versions_however_it_is_written(number: str, versions: set[str]) -> None:
    assert {version.version_id for _, version in NAMES.numbered(number)} == versions


def test_every_rule_is_found_by_all_its_titles_and_numbers(register: Register) -> None:
    for rule in register:
        for version in rule.versions:
            assert rule in NAMES.titled(version.title)
            if version.number is not None and read_number(version.number) is not None:
                assert (rule, version) in NAMES.numbered(version.number)
        assert all(rule in NAMES.titled(short) for short in rule.short_titles)


def test_only_a_number_that_says_it_is_unknown_cannot_be_read(register: Register) -> None:
    unread = [v.number for v in register.versions() if v.number and read_number(v.number) is None]
    assert all("未知" in number for number in unread)


def test_the_end_of_several_titles_leads_to_all_of_them() -> None:
    ending = {rule.rule_id for rule in NAMES.ending("实施条例")}
    assert ending == {"mine-safety-law-implementing-regulation", "road-traffic-law-implementing-regulation"}
    assert NAMES.ending("条例") == ()


def test_a_slip_of_the_pen_is_near_and_another_subject_is_not() -> None:
    [near] = NAMES.like("生产安全事故报告与调查处理条例")
    assert near.rule_id == "accident-report-investigation-regulation"
    assert NAMES.like("工程测量规范") == ()


def test_a_title_that_only_some_versions_had_names_those(register: Register) -> None:
    fines = register.rule("accident-fine-rules")
    trial = versions_titled(fines, "生产安全事故罚款处罚规定（试行）")
    assert [str(v.version_date) for v in trial] == ["2015-04-02"]
    either = versions_titled(fines, "生产安全事故罚款处罚规定")
    assert [str(v.version_date) for v in either] == ["2015-04-02", "2024-01-10"]
    assert versions_titled(fines, "罚款处罚规定") == fines.versions


@given(st.text())
def test_any_text_can_be_asked_for(text: str) -> None:
    NAMES.titled(text)
    NAMES.numbered(text)
    NAMES.ending(text)
    NAMES.like(text)
    NAMES.implemented(text)
    NAMES.numbered_alike(text)
