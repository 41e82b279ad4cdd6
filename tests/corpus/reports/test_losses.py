"""Direct loss in 万元, and the severity that follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.reports.telling import facts, values

from qianche.corpus.reports.fields.numbers import read_count, read_figure

# sentence, 万元, remark
STATED = [
    ("直接经济损失1710万元。", 1710.0, ""),
    ("直接经济损失 178.5 万元。", 178.5, ""),
    ("直接经济损失约1166万元，其中设备损失约536万元。", 1166.0, "约数"),
    ("事故直接经济损失2000余万元。", 2000.0, "约数"),
    ("直接经济损失1.35亿元。", 13500.0, ""),
    ("直接经济损失1亿2000万元。", 12000.0, ""),
    ("直接经济损失为人民币壹佰陆拾伍万圆整（165.00万元）。", 165.0, ""),
    ("直接经济损失一百一十二万元。", 112.0, ""),
    ("直接经济损失1,032.6万元。", 1032.6, ""),
    ("直接经济损失（不含事故罚款）205.15万元。", 205.15, ""),
    ("直接经济损失共计￥29980998.11元。", 2998.099811, ""),
    ("依据《企业职工伤亡事故经济损失统计标准》（GB6721—1986）核定，直接经济损失为85万元。", 85.0, ""),
    ("造成近320万元直接经济损失。", 320.0, "约数"),
    ("直接财产损失5万多元。", 5.0, "约数"),
    ("间接经济损失300万元，直接经济损失120万元。", 120.0, ""),
    ("直接经济损失3533万余元。", 3533.0, "约数"),
    ("直接经济损失2百余万元。", 200.0, "约数"),
    ("直接财产损失人民币贰拾叁万伍仟元整。", 23.5, ""),
    ("经初步统计，直接经济损失合计约为1 250 000元。", 125.0, "约数"),
    ("直接经济损失为：赔偿费用120万元，善后费用8万元，共计128万元。", 128.0, ""),
    ("直接经济损失120万元，间接经济损失30万元，合计150万元。", 120.0, ""),
    ("经济损失（直接）88万元。", 88.0, ""),
    ("伤1人,直接经济损失97.76万元人民币。", 97.76, ""),
]


@pytest.mark.parametrize(("sentence", "wan", "remark"), STATED)
def test_a_stated_loss_is_read_in_wan(sentence: str, wan: float, remark: str) -> None:
    (finding,) = facts("2020年5月6日9时，某厂发生爆炸事故，造成1人死亡。" + sentence).direct_loss_wan.findings
    assert (finding.value, finding.remark, finding.sure) == (wan, remark, True)


# sentences without a direct loss
NO_LOSS = [
    "间接经济损失300万元。",
    "经济损失5万多元。",
    "直接经济损失正在核定。",
    "造成1000万元以上直接经济损失的为较大事故。",
    "直接经济损失3万美元。",
    "合同价为人民币贰仟玖佰万元整。",
    "该公司曾发生火灾，直接经济损失20万元。",
]


@pytest.mark.parametrize("sentence", NO_LOSS)
def test_what_is_not_a_direct_loss_is_none(sentence: str) -> None:
    found = facts("2020年5月6日9时，某厂发生爆炸事故，造成1人死亡。", sentence)
    assert found.direct_loss_wan.findings == ()


def test_the_sum_of_the_items_under_the_heading_is_the_loss() -> None:
    found = facts(
        "2020年5月6日9时，某厂发生爆炸事故，造成1人死亡。",
        "（二）直接经济损失",
        "医疗费3.2万元、丧葬及抚恤费130万元、设备损失12.5万元，合计145.7万元。",
    )
    assert values(found.direct_loss_wan) == [145.7]


def test_a_loss_not_called_direct_is_a_warning() -> None:
    found = facts("2020年5月6日9时，某厂发生泄漏事故，经济损失5万多元。")
    assert any("经济损失5万多元" in warning for warning in found.warnings)


def test_the_same_loss_twice_is_one_finding_and_another_a_conflict() -> None:
    found = facts(
        "2020年5月6日9时，某厂发生爆炸事故，造成1人死亡，直接经济损失180万元。",
        "事故直接经济损失为180万元。",
        "直接经济损失210万元。",
    )
    assert values(found.direct_loss_wan) == [180.0, 210.0]
    assert len(found.direct_loss_wan.findings[0].spans) == 2


def test_a_figure_under_the_heading_of_direct_loss_counts() -> None:
    found = facts("2020年5月6日9时，某厂发生爆炸事故。", "（二）直接经济损失", "经核定，共计165万元。")
    assert values(found.direct_loss_wan) == [165.0]


# opening, named, computed, whether they differ
SEVERITIES = [
    ("某厂“5·6”较大爆炸事故调查报告", "造成3人死亡", ["较大"], ["较大"], False),
    ("某厂“5·6”较大爆炸事故调查报告", "造成2人死亡", ["较大"], ["一般"], True),
    ("某厂“5·6”爆炸事故调查报告", "造成31人死亡", [], ["特别重大"], False),
    ("某厂“5·6”特别重大燃气爆炸事故", "造成31人死亡", ["特别重大"], ["特别重大"], False),
    ("某厂“5·6”爆炸事故", "造成1人死亡，直接经济损失5000万元", [], ["重大"], False),
]


@pytest.mark.parametrize(("title", "toll", "named", "computed", "differ"), SEVERITIES)
def test_severity_is_named_and_computed(
    title: str, toll: str, named: list[str], computed: list[str], differ: bool
) -> None:
    found = facts(title, f"2020年5月6日9时，某厂发生爆炸事故，{toll}。")
    assert (values(found.severity_named), values(found.severity_computed)) == (named, computed)
    assert any("请核对等级" in warning for warning in found.warnings) == differ


def test_the_nature_of_the_accident_names_the_severity() -> None:
    found = facts(
        "2020年5月6日9时，某厂发生爆炸事故，造成1人死亡。",
        "经调查认定，该起事故是一起一般生产安全责任事故。",
        "全面排查重大事故隐患，坚决防范遏制重特大事故。",
    )
    assert values(found.severity_named) == ["一般"]


def test_words_of_the_time_before_the_regulation_are_flagged() -> None:
    found = facts("1994年11月27日13时30分，某歌舞厅发生特大火灾，烧死233人。")
    (named,), (computed,) = found.severity_named.findings, found.severity_computed.findings
    assert (named.value, named.sure) == ("特大", False) and "2007年6月1日前" in named.remark
    assert (computed.value, computed.remark) == ("特别重大", "按493号令折算")


def test_deaths_in_conflict_lead_to_every_grade_they_allow() -> None:
    found = facts(
        "2020年5月6日9时，某厂发生坍塌事故，造成2人死亡。", "三、人员伤亡情况", "事故共造成3人死亡。"
    )
    assert values(found.severity_computed) == ["较大", "一般"]
    assert not any(finding.sure for finding in found.severity_computed.findings)


@given(st.decimals(min_value=1, max_value=99999, places=2, allow_nan=False))
def test_every_figure_is_read_back_with_and_without_separators(figure: object) -> None:
    number = float(str(figure))
    assert read_figure(f"{number:.2f}") == number
    assert read_figure(f"{number:,.2f}") == number


@pytest.mark.parametrize(
    ("text", "count"), [("十", 10), ("一百零四", 104), ("两", 2), ("壹佰陆拾伍", 165), ("零", 0), ("一百五", None), ("x", None)]
)  # fmt: skip
def test_numerals_are_read_or_refused(text: str, count: int | None) -> None:
    assert read_count(text) == count
