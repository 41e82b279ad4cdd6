"""Lessons and measures as whole entries without headings."""

from __future__ import annotations

from tests.corpus.reports.content_reports import Report, report

from qianche.corpus.reports.content import find_lessons, find_measures


def measures(case: Report) -> list[str]:
    return [f.value for f in find_measures(*case.args)]


def lessons(case: Report) -> list[str]:
    return [f.value for f in find_lessons(*case.args)]


def test_a_heading_line_is_left_out_and_ordinals_inside_an_entry_stay() -> None:
    case = report(
        (
            "measures",
            "八、整改措施",
            [
                "为防止类似事故，提出以下措施：",
                "（一）强化船舶管理",
                "海事部门要严查超载。一是加密巡航；二是核查船员。",
                "（二）加强渡口改造。县政府应安排资金。",
            ],
        )
    )
    assert measures(case) == [
        "海事部门要严查超载。一是加密巡航；二是核查船员。",
        "加强渡口改造。县政府应安排资金。",
    ]
    assert case.document.quote(find_measures(*case.args)[0].spans[1]) == "强化船舶管理"


def test_the_deepest_numbers_are_the_entries_and_what_stands_over_them_is_their_heading() -> None:
    case = report(
        (
            "measures",
            "防范措施：",
            ["（一）企业要做到：", "1.更换全部钢丝绳。", "2.每班试验防坠器。", "（二）监管部门要突击检查。"],
        )
    )
    assert measures(case) == ["更换全部钢丝绳。", "每班试验防坠器。", "监管部门要突击检查。"]


def test_ordinals_are_the_entries_where_there_are_no_numbers() -> None:
    case = report(("lessons", "教训", ["一是隐患长期没有整改。二是盲目施救扩大了伤亡。"]))
    assert lessons(case) == ["隐患长期没有整改。", "盲目施救扩大了伤亡。"]
    assert measures(case) == []


def test_prose_gives_its_paragraphs() -> None:
    case = report(("measures", "对策", ["安装可燃气体报警器，与风机联锁。", "餐饮单位每日检查软管。"]))
    assert measures(case) == ["安装可燃气体报警器，与风机联锁。", "餐饮单位每日检查软管。"]


def test_a_mixed_part_is_sorted_by_what_an_entry_asks() -> None:
    case = report(
        (
            "lessons",
            "三、事故教训及防范措施",
            ["①制动失灵的车辆带病上路，教训惨痛。", "②出车前必须检查制动。", "③严禁酒后驾驶。"],
        )
    )
    assert lessons(case) == ["制动失灵的车辆带病上路，教训惨痛。"]
    assert measures(case) == ["出车前必须检查制动。", "严禁酒后驾驶。"]


def test_several_paragraphs_of_one_entry_are_one_value() -> None:
    case = report(
        (
            "measures",
            "措施",
            ["1、吊篮作业", "吊篮必须由专业单位安装。", "作业人员须系独立安全绳。", "2、其他要求略。"],
        )
    )
    assert measures(case)[0] == "吊篮必须由专业单位安装。\n作业人员须系独立安全绳。"
    assert len(measures(case)) == 2


def test_a_report_without_such_parts_has_neither() -> None:
    case = report(("course", None, ["要加强管理。"]))
    assert measures(case) == []
    assert lessons(case) == []


def test_numbers_that_go_on_inside_the_line_are_entries() -> None:
    case = report(("measures", "整改措施", ["1、停用带病起重机。2、司索工持证上岗。"]))
    assert measures(case) == ["停用带病起重机。", "司索工持证上岗。"]


def test_a_heading_sentence_with_the_lead_to_a_list_is_no_entry() -> None:
    case = report(("measures", "措施", ["（一）压实责任。燃气企业要做到：", "1.专人监护；", "2.立即关阀。"]))
    assert measures(case) == ["专人监护；", "立即关阀。"]
