"""Headings by numbering and wording, and the wordings of unheaded text: every row of the data is tried."""

from __future__ import annotations

from typing import Any

import pytest

from qianche.corpus.reports.cues import Cue, cues
from qianche.corpus.reports.headings import NUMBER_STYLES, NumberStyle, heading_of, heading_rows, numbering_of


@pytest.mark.parametrize("style", NUMBER_STYLES, ids=lambda style: style.example)
def test_each_style_of_numbering_shows_what_it_matches_and_what_not(style: NumberStyle) -> None:
    assert style.pattern.match(style.example)
    assert not style.pattern.match(style.unlike)


@pytest.mark.parametrize("row", heading_rows(), ids=lambda row: row["kind"])
def test_each_kind_of_heading_shows_what_it_matches_and_what_not(row: dict[str, Any]) -> None:
    heading = heading_of(row["example"])
    assert heading is not None
    assert heading.kinds[0] == row["kind"]
    assert heading_of(row["not"]) is None


def test_no_phrase_has_two_kinds() -> None:
    phrases = [phrase for row in heading_rows() for phrase in row["phrases"]]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize("cue", cues(), ids=lambda cue: cue.example)
def test_each_cue_shows_what_it_matches_and_what_not(cue: Cue) -> None:
    assert cue.pattern.search(cue.example)
    assert not cue.pattern.search(cue.unlike)


@pytest.mark.parametrize(
    ("line", "style", "value"),
    [
        ("第三部分 经过", "chapter", 3),
        ("案例十二：爆炸", "case", 12),
        ("事故二：爆炸", "case", 2),
        ("十一、附则", "chinese", 11),
        ("(三）性质", "bracketed", 3),
        ("〈四〉性质", "bracketed", 4),
        ("5.2 间接原因", "decimal", 2),
        ("12．经过", "digit", 12),
        ("26.2022 年8 月4 日", "digit", 26),
        ("⒉违章指挥", "digit", 2),
        ("（1）越界", "enclosed", 1),
        ("⑴越界", "enclosed", 1),
        ("③措施", "circled", 3),
    ],
)
def test_the_number_of_a_line(line: str, style: str, value: int) -> None:
    numbering = numbering_of(line)
    assert numbering is not None
    assert (numbering.style, numbering.value) == (style, value)


@pytest.mark.parametrize(
    "line", ["一起重大事故", "2023年1月1日", "7 人受伤", "1.5米高", "第三十六条规定", "（一级）", "3.5%的"]
)
def test_lines_that_bear_no_number(line: str) -> None:
    assert numbering_of(line) is None


@pytest.mark.parametrize(
    ("line", "kinds", "end"),
    [
        ("（二）事故发生经过通过查看监控还原", ["course"], "（二）事故发生经过"),
        ("（三）人员伤亡情况事故共造成3人死亡", ["losses"], "（三）人员伤亡情况"),
        ("事故直接原因：钢丝绳断丝超限", ["direct_cause"], "事故直接原因："),
        ("事故间接原因。", ["indirect_cause"], "事故间接原因。"),
        ("三、事故教训及防范措施", ["lessons", "measures"], "三、事故教训及防范措施"),
        ("二、事故发生经过、应急救援、事故现场和善后处置情况", ["course", "response"], None),
        ("(一)建议移送司法机关处理人员（2人）", ["responsibility"], None),
        ("（二）松涛建筑有限公司基本情况", ["background"], None),
        ("四、 事 故 原 因", ["cause"], None),
        ("【事故简要经过】", ["course"], None),
        ("3 Findings", ["direct_cause"], None),
        ("六、对有关责任人员和责任单位的处理建议", ["responsibility"], None),
        ("五、有关部门单位主要问题", ["indirect_cause"], None),
        ("七、暴露出的主要问题", ["lessons"], None),
    ],
)  # fmt: skip
def test_the_meaning_and_the_end_of_a_heading(line: str, kinds: list[str], end: str | None) -> None:
    heading = heading_of(line)
    assert heading is not None
    assert list(heading.kinds) == kinds
    assert line[: heading.end] == (end or line)


@pytest.mark.parametrize(
    "line",
    [
        "（二）安全防范措施不到位。",
        "(四)整改措施落实不力，",
        "责任。强化监管人员培训",
        "经过近三小时的扑救，火势被扑灭。",
        "一起特别重大燃气爆炸事故，造成3人死亡",
        "事故原因正在调查中。",
        "2.对重大危险源管控不力。",
        "损失约5万元。",
        "",
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    assert heading_of(line) is None
