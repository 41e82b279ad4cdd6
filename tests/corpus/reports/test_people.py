"""Persons with post and proposal; all names are invented, masked as reports mask them or not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.corpus.reports.content_reports import Report, report
from tests.corpus.reports.documents import document

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.content import check_people, find_people
from qianche.corpus.reports.content.proposals import penalty_kind
from qianche.corpus.reports.content.tables import table
from qianche.corpus.reports.draft import Part


def people(case: Report) -> list[tuple[str, str, str]]:
    return [(f.value.name, f.value.role, f.value.proposal) for f in find_people(*case.args)]


PROVINCIAL = report(
    (
        "responsibility",
        "五、处理建议",
        [
            "（一）因死亡免予追究责任人员（1人）",
            "邹某，男，43岁，恒泽化工操作工，违章开阀，对事故负直接责任，鉴于其在事故中死亡，免予追究责任。",
            "（二）建议移送司法机关人员（3人）",
            "1、尚启明，男，汉族，1970年5月出生，中共党员，恒泽化工有限公司法定代表人、总经理，未履行职责，对事故负有主要责任。",
            "2、柯某，恒泽化工有限公司生产部部长，已被公安机关取保候审。",
            "（三）建议给予党纪政务处分人员（2人）",
            "1.欧阳某，平湾县应急管理局副局长，监管不力，建议给予党内严重警告处分，并责令作出书面检查。",
            "2.戴xx（平湾县应急管理局危化科科长），建议给予政务记大过处分。",
            "（四）对责任单位的处理建议",
            "1.恒泽化工有限公司，未落实主体责任，建议由应急管理局处以120万元罚款。",
        ],
    ),
)

PROSE = report(
    (
        "responsibility",
        "三、责任处理",
        [
            "铸造车间主任冯某、安全员池某，对现场管理不严，决定给予罚款2000元并调离岗位的处理。",
            "分管安全的副厂长、设备科科长，负有领导责任，决定各罚款1000元。",
            "矿长对事故负主要责任，建议撤销矿长职务。",
        ],
    ),
)

COUNTY = report(
    (
        "responsibility",
        "七、建议",
        [
            "1.滕某平（云州恒建劳务有限公司法定代表人）：未组织培训。建议：由县应急管理局处2022年度年收入百分之四十的罚款。",
            "2.平某某作为项目专职安全员，未到现场，建议由公司按照规定予以处理，吊销其安全生产考核合格证。",
            "3.郎某（石桥镇副镇长），已履职，建议不予追究。",
        ],
    ),
)


def test_particulars_are_passed_over_to_the_post() -> None:
    found = people(PROVINCIAL)
    assert found[0] == ("邹某", "恒泽化工操作工", "鉴于其在事故中死亡，免予追究责任")
    assert found[1][:2] == ("尚启明", "恒泽化工有限公司法定代表人、总经理")
    assert found[2] == ("柯某", "恒泽化工有限公司生产部部长", "已被公安机关取保候审")
    assert found[3] == ("欧阳某", "平湾县应急管理局副局长", "建议给予党内严重警告处分，并责令作出书面检查")
    assert found[4] == ("戴xx", "平湾县应急管理局危化科科长", "建议给予政务记大过处分")
    assert len(found) == 5


def test_a_proposal_that_only_the_group_heading_states_is_taken_from_there() -> None:
    finding = find_people(*PROVINCIAL.args)[1]
    assert finding.value.proposal == "建议移送司法机关人员"
    assert finding.found_by == "heading"
    assert "标题" in finding.remark


def test_a_count_that_does_not_fit_gives_a_warning() -> None:
    (warning,) = check_people(*PROVINCIAL.args)
    assert "建议移送司法机关人员（3人）" in warning
    assert "写明3人，读出2人" in warning


def test_posts_before_names_and_posts_without_names_in_prose() -> None:
    assert people(PROSE) == [
        ("冯某", "铸造车间主任", "决定给予罚款2000元并调离岗位的处理"),
        ("池某", "安全员", "决定给予罚款2000元并调离岗位的处理"),
        ("", "分管安全的副厂长", "决定各罚款1000元"),
        ("", "设备科科长", "决定各罚款1000元"),
        ("", "矿长", "建议撤销矿长职务"),
    ]
    assert [f.sure for f in find_people(*PROSE.args)] == [True, True, False, False, False]


def test_brackets_and_zuowei_give_the_post() -> None:
    assert people(COUNTY) == [
        ("滕某平", "云州恒建劳务有限公司法定代表人", "建议：由县应急管理局处2022年度年收入百分之四十的罚款"),
        ("平某某", "项目专职安全员", "建议由公司按照规定予以处理，吊销其安全生产考核合格证"),
        ("郎某", "石桥镇副镇长", "建议不予追究"),
    ]


def test_every_value_stands_in_the_text() -> None:
    for case in (PROVINCIAL, PROSE, COUNTY):
        for finding in find_people(*case.args):
            for word in (finding.value.name, finding.value.role, finding.value.proposal):
                assert word in case.text


def test_groups_as_parts_of_their_own_are_counted_too() -> None:
    case = report(
        (
            "responsibility",
            "（一）建议追究刑事责任人员（2人）",
            ["1.甘某，船长，超载冒险航行。", "2.蒙某，船东，未配救生衣。"],
        ),
        ("responsibility", "（二）建议行政处罚人员（一人）", ["窦某，码头经理，建议罚款三万元。"]),
    )
    assert [p[0] for p in people(case)] == ["甘某", "蒙某", "窦某"]
    assert check_people(*case.args) == ()


def test_a_table_of_persons_is_read_by_the_heads_of_its_columns() -> None:
    rows = (
        "序号\t姓名\t单位及职务\t处理建议",
        "1\t瞿某\t青石县港务公司经理\t罚款3万元",
        "2\t阮某\t起重机司机\t吊销操作证",
    )
    doc = document("五、处理建议", "\n".join(rows))
    cells, start = [], len("五、处理建议") + 1
    for row in rows:
        spans = []
        for cell in row.split("\t"):
            spans.append(Span(start, start + len(cell)))
            start += len(cell) + 1
        cells.append(tuple(spans))
    paragraph, table_block = doc.blocks
    table_block = replace(table_block, kind="table", rows=tuple(cells))
    doc = replace(doc, blocks=(paragraph, table_block))
    part = Part("responsibility", Span(0, len(doc.text)), Span(0, 6))
    found = find_people(doc, Span(0, len(doc.text)), (part,))
    assert [(f.value.name, f.value.role, f.value.proposal) for f in found] == [
        ("瞿某", "青石县港务公司经理", "罚款3万元"),
        ("阮某", "起重机司机", "吊销操作证"),
    ]
    assert {f.found_by for f in found} == {"table"}


def test_measures_already_taken_stand_for_a_proposal() -> None:
    case = report(
        (
            "responsibility",
            "处理",
            [
                "（一）已被采取强制措施人员（1人）",
                "1.韦某，群众，云州安捷工程有限公司挖掘机司机。涉嫌重大责任事故罪，已于9月14日被刑事拘留。",
                "（二）建议给予行政处罚的人员和单位",
                "1.谢某，云州安捷工程有限公司总经理，建议处上一年年收入百分之六十的罚款。",
            ],
        )
    )
    assert people(case) == [
        ("韦某", "云州安捷工程有限公司挖掘机司机", "涉嫌重大责任事故罪，已于9月14日被刑事拘留"),
        ("谢某", "云州安捷工程有限公司总经理", "建议处上一年年收入百分之六十的罚款"),
    ]
    assert check_people(*case.args) == ()


def test_whatever_follows_a_post_and_name_at_the_head_of_a_sentence() -> None:
    case = report(
        (
            "responsibility",
            "处理意见",
            [
                "平湾县住建局副局长乌某分管排水行业，履职不到位，给予政务警告处分。",
                "“远航”轮二副龚某为主要责任人，建议吊销其适任证书。",
                "熊某负直接责任，移送公安机关处理。",
                "法定代表人于某行政拘留10日。",
            ],
        )
    )
    assert [name for name, _, _ in people(case)] == ["乌某", "龚某", "熊某", "于某"]


def test_the_last_entry_before_the_next_group_is_a_person_where_the_first_group_is_part_of_the_heading() -> (
    None
):
    case = report(
        (
            "responsibility",
            "四、处理建议\n（一）建议追究刑事责任的人员",
            [
                "1.周某，货车驾驶人，已被公安机关批准逮捕。",
                "2.金某，通顺公司实际控制人，已被公安机关采取强制措施。",
                "（二）建议给予政务处分的人员（共1人）",
                "3.史某，交通运输局副局长，建议给予政务警告处分。",
            ],
        )
    )
    assert [name for name, _, _ in people(case)] == ["周某", "金某", "史某"]
    assert check_people(*case.args) == ()


def test_units_and_common_words_are_no_persons() -> None:
    case = report(
        (
            "responsibility",
            "处理",
            [
                "1.平江市远图建筑工程有限公司，建议罚款60万元。",
                "2.石桥镇人民政府，建议作出书面检讨。",
                "3.安全管理混乱，建议通报批评。",
            ],
        )
    )
    assert people(case) == []


def test_no_responsibility_part_names_nobody() -> None:
    case = report(("course", "经过", ["班长季某安排工人乔某下井，建议先通风。"]))
    assert find_people(*case.args) == ()
    assert check_people(*case.args) == ()


@pytest.mark.parametrize("row", table("penalties.tsv"), ids=lambda row: row["penalty"])
def test_every_penalty_row_matches_its_example_and_not_its_counter_example(row: dict[str, str]) -> None:
    assert re.search(row["words"], row["example"])
    assert penalty_kind(row["example"]) is not None
