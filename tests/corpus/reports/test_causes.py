"""Direct cause, initiating event, indirect causes and failed barriers, on passages from many trades."""

from __future__ import annotations

import re

import pytest
from tests.corpus.reports.content_reports import Report, report

from qianche.corpus.reports.content import (
    find_direct_cause,
    find_failed_barriers,
    find_indirect_causes,
    find_initiating_event,
)
from qianche.corpus.reports.content.barrier_phrases import barrier_phrase
from qianche.corpus.reports.content.tables import table


def values(found: tuple) -> list[str]:  # type: ignore[type-arg]
    return [finding.value for finding in found]


CHEMICAL = report(
    ("introduction", None, ["2019年6月3日10时许，平湾县恒泽化工有限公司发生一起爆燃事故，造成2人死亡。"]),
    (
        "direct_cause",
        "（一）直接原因",
        [
            "经调查组认定，事故的直接原因是：3号釜夹套穿孔，冷却水漏入釜内，物料剧烈分解、压力骤升，爆破片冲开后喷出的"
            "甲苯蒸气遇电火花爆炸。具体分析如下：",
            "1.夹套腐蚀。夹套多年未测厚。",
        ],
    ),
    (
        "indirect_cause",
        "（二）间接原因",
        [
            "1.恒泽公司",
            "（1）设备管理缺位。反应釜未定期检验，温度联锁被摘除；",
            "（2）变更管理失控。一是原料变更未做安全评估，二是操作规程未修订。",
            "2.平湾县应急管理局",
            "对企业检查不细，未发现联锁停用。执法闭环不到位。",
        ],
    ),
)

ROAD = report(
    ("course", "二、事故经过", ["7时40分，龚某驾驶轻型货车行至长坡路段处，与对向驶来的客车相撞。"]),
    (
        "direct_cause",
        "（一）事故的原因。",
        ["龚某疲劳驾驶，驶入对向车道，是造成此次事故的直接原因。客车驾驶人无过错。"],
    ),
)

CONSTRUCTION = report(
    ("direct_cause", "直接原因：", ["沟槽深3.2米未放坡、未支护，沟壁土体突然坍塌，将2名作业人员掩埋。"]),
    ("indirect_cause", "间接原因：", ["施工单位未编制专项方案；现场无人监护。监理单位对违章作业未予制止。"]),
)

FIRE = report(
    (
        "direct_cause",
        "三、起火原因",
        ["（一）起火部位位于二层仓库。", "（二）电动自行车充电时锂电池热失控，引燃纸箱。"],
    ),
    (
        "indirect_cause",
        "四、履职情况",
        ["1.镇政府多次开展排查，发放宣传单。", "2.派出所未对该场所进行消防检查。"],
    ),
)

COAL = report(
    (
        "direct_cause",
        "事故直接原因：",
        ["工作面上隅角瓦斯积聚，电缆接头失爆产生火花，引起瓦斯爆炸。"],
    ),
    (
        "indirect_cause",
        "事故间接原因",
        [
            "经分析，事故间接原因如下：",
            "（一）通风管理混乱",
            "矿井风量不足，局部通风机无计划停风。",
            "（二）蓄意隐瞒",
            "①图纸作假。",
            "②监控探头被短接。",
        ],
    ),
)

BOAT = report(
    ("course", "事故经过", ["“江顺06”轮满载黄沙下行。行至弯道时，突遇横风，船体迅速左倾进水，随即翻沉。"]),
    ("indirect_cause", "管理原因：", ["管理原因是船舶未配足船员，超载航行。"]),
)

PARAGRAPH = report(
    (
        "other",
        None,
        [
            "2010年3月，某砖厂发生一起机械伤害事故。事故的直接原因是窦某在搅拌机运转时伸手清料。间接原因是防护罩缺失。",
        ],
    ),
)


def test_words_after_the_statement_are_the_direct_cause_and_the_lead_to_details_is_not() -> None:
    found = find_direct_cause(*CHEMICAL.args)
    assert found.value is not None
    assert found.value.startswith("3号釜夹套穿孔，")
    assert found.value.endswith("遇电火花爆炸。")
    assert found.findings[0].found_by == "heading"
    assert found.findings[0].sure


def test_a_sentence_that_calls_itself_the_direct_cause_ends_the_value() -> None:
    assert find_direct_cause(*ROAD.args).value == "龚某疲劳驾驶，驶入对向车道，是造成此次事故的直接原因。"


def test_a_heading_on_the_same_line_is_left_out() -> None:
    value = find_direct_cause(*CONSTRUCTION.args).value
    assert value == "沟槽深3.2米未放坡、未支护，沟壁土体突然坍塌，将2名作业人员掩埋。"


def test_all_paragraphs_under_the_heading_are_the_value_where_none_is_marked() -> None:
    value = find_direct_cause(*FIRE.args).value
    assert value is not None
    assert value.split("\n") == [
        "（一）起火部位位于二层仓库。",
        "（二）电动自行车充电时锂电池热失控，引燃纸箱。",
    ]


def test_without_parts_the_statement_is_found_and_ends_before_the_indirect_cause() -> None:
    found = find_direct_cause(*PARAGRAPH.args)
    assert found.value == "窦某在搅拌机运转时伸手清料。"
    assert found.findings[0].found_by == "sentence"


def test_a_summary_of_the_same_account_is_one_finding_with_two_places() -> None:
    one = report(
        ("introduction", None, ["调查认定，直接原因是吊带断裂，模板坠落砸中孙某。"]),
        ("direct_cause", "直接原因", ["起吊时吊带断裂，钢模板坠落，砸中违规站在吊物下方的孙某。"]),
    )
    found = find_direct_cause(*one.args)
    assert len(found.findings) == 1
    assert len(found.findings[0].spans) == 2
    assert found.value == "起吊时吊带断裂，钢模板坠落，砸中违规站在吊物下方的孙某。"


def test_accounts_that_differ_stand_side_by_side() -> None:
    two = report(
        ("direct_cause", "一、直接原因", ["液氯罐车后轮爆胎失控，撞上护栏后罐体开裂。"]),
        ("other", None, ["另一篇报道称，事故直接原因是驾驶员酒后超速行驶。"]),
    )
    found = find_direct_cause(*two.args)
    assert found.conflicting
    assert [f.sure for f in found.findings] == [False, False]
    assert found.value is None


def test_a_section_that_does_not_say_direct_is_kept_unsure() -> None:
    plain = report(("direct_cause", "二、事故原因", ["法兰垫片老化，高温油喷出。"]))
    finding = find_direct_cause(*plain.args).findings[0]
    assert finding.value == "法兰垫片老化，高温油喷出。"
    assert not finding.sure


def test_when_and_where_a_fire_began_is_no_cause_where_its_cause_is_a_part_of_its_own() -> None:
    case = report(
        (
            "direct_cause",
            "三、起火原因认定",
            ["（一）起火时间", "2时5分左右。", "（二）起火部位：北侧排风管道。"],
        ),
        ("direct_cause", "（三）起火原因", ["风机轴承过热引燃漆垢。"]),
    )
    assert find_direct_cause(*case.args).value == "风机轴承过热引燃漆垢。"


def test_a_sentence_that_states_the_direct_cause_is_no_indirect_one() -> None:
    case = report(
        (
            "indirect_cause",
            None,
            [
                "经调查认定，事故的直接原因是驾驶人疲劳驾驶。",
                "事故的间接原因是路面视认效果不良，企业未落实责任。",
            ],
        )
    )
    assert [f.value for f in find_indirect_causes(*case.args)] == ["路面视认效果不良，企业未落实责任。"]


def test_no_direct_cause_is_no_finding() -> None:
    none = report(("course", None, ["当日无事。"]))
    assert find_direct_cause(*none.args).findings == ()
    assert find_initiating_event(*none.args).findings == ()
    assert find_indirect_causes(*none.args) == ()


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (CHEMICAL, "3号釜夹套穿孔"),
        (CONSTRUCTION, "沟壁土体突然坍塌"),
        (COAL, "引起瓦斯爆炸"),
        (BOAT, "行至弯道时，突遇横风，船体迅速左倾进水，随即翻沉。"),
        (ROAD, "7时40分，龚某驾驶轻型货车行至长坡路段处，与对向驶来的客车相撞。"),
    ],
)
def test_the_initiating_event_is_a_clause_of_the_cause_or_a_sentence_of_the_course(
    case: Report, expected: str
) -> None:
    found = find_initiating_event(*case.args)
    assert found.value == expected
    assert not found.findings[0].sure


def test_indirect_causes_are_entries_without_headings_with_their_unit_in_the_remark() -> None:
    found = find_indirect_causes(*CHEMICAL.args)
    assert values(found) == [
        "设备管理缺位。反应釜未定期检验，温度联锁被摘除；",
        "原料变更未做安全评估，",
        "操作规程未修订。",
        "对企业检查不细，未发现联锁停用。",
        "执法闭环不到位。",
    ]
    assert [f.remark for f in found] == ["单位：恒泽公司"] * 3 + ["单位：平湾县应急管理局"] * 2
    assert [CHEMICAL.document.quote(f.spans[0]) for f in found] == values(found)


def test_a_declared_short_form_over_the_entries_is_their_unit() -> None:
    case = report(
        ("background", "情况", ["云州中润燃气发展有限公司（以下简称“中润燃气”）负责供气。"]),
        (
            "indirect_cause",
            "间接原因",
            ["1.中润燃气未落实主体责任。一是未按规定巡检；二是接报后未组织疏散。"],
        ),
    )
    found = find_indirect_causes(*case.args)
    assert [(f.value, f.remark) for f in found] == [
        ("未按规定巡检；", "单位：中润燃气"),
        ("接报后未组织疏散。", "单位：中润燃气"),
    ]
    assert case.document.quote(found[0].spans[1]) == "中润燃气未落实主体责任。"


def test_one_part_with_both_causes_is_parted_where_it_turns_to_the_indirect_ones() -> None:
    case = report(
        (
            "direct_cause",
            "事故直接原因：",
            ["倒车时碾压指挥人员。", "事故间接原因一是倒车影像损坏；二是未设人行通道。"],
        )
    )
    assert find_direct_cause(*case.args).value == "倒车时碾压指挥人员。"
    assert values(find_indirect_causes(*case.args)) == ["倒车影像损坏；", "未设人行通道。"]
    assert "倒车影像损坏" in values(find_failed_barriers(*case.args))


def test_prose_is_cut_into_sentences() -> None:
    assert values(find_indirect_causes(*CONSTRUCTION.args)) == [
        "施工单位未编制专项方案；",
        "现场无人监护。",
        "监理单位对违章作业未予制止。",
    ]


def test_a_heading_line_goes_and_the_introduction_of_a_list_too() -> None:
    assert values(find_indirect_causes(*COAL.args)) == [
        "矿井风量不足，局部通风机无计划停风。",
        "图纸作假。",
        "监控探头被短接。",
    ]


def test_duties_that_were_done_are_no_causes() -> None:
    assert values(find_indirect_causes(*FIRE.args)) == ["派出所未对该场所进行消防检查。"]


def test_words_that_only_announce_the_cause_are_left_out() -> None:
    assert values(find_indirect_causes(*BOAT.args)) == ["船舶未配足船员，超载航行。"]


def test_failed_barriers_are_short_clauses_of_the_causes() -> None:
    assert [(f.value, f.remark) for f in find_failed_barriers(*CONSTRUCTION.args)] == [
        ("沟槽深3.2米未放坡", "防护环节：支护"),
        ("未支护", "防护环节：支护"),
        ("施工单位未编制专项方案", "防护环节：作业许可"),
        ("现场无人监护", "防护环节：监护"),
    ]
    chemical = values(find_failed_barriers(*CHEMICAL.args))
    assert "反应釜未定期检验" in chemical
    assert "温度联锁被摘除" in chemical
    coal = values(find_failed_barriers(*COAL.args))
    assert "监控探头被短接" in coal or "矿井风量不足" in coal


@pytest.mark.parametrize("row", table("barriers.tsv"), ids=lambda row: row["barrier"])
def test_every_barrier_row_finds_its_example_and_not_its_counter_example(row: dict[str, str]) -> None:
    found = barrier_phrase(row["example"])
    assert found is not None and found.barrier == row["barrier"]
    assert barrier_phrase(row["counter"]) is None


@pytest.mark.parametrize("row", table("events.tsv"), ids=lambda row: row["example"])
def test_every_event_row_matches_its_example(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], row["example"])


def test_a_counter_example_of_an_event_is_no_event() -> None:
    for row in table("events.tsv"):
        if row["kind"] == "event":
            calm = report(("direct_cause", "直接原因", [f"经查，{row['counter']}，其余正常。"]))
            found = find_initiating_event(*calm.args).value or ""
            assert not re.search(row["pattern"], found), row["counter"]


# clause, phrase
PHRASES = [
    ("王小明在未系安全带的情况下", "未系安全带"),
    ("某作业人员在没有安全绳的情况下冒险爬上屋面", "没有安全绳"),
    ("施救人员未佩戴空气呼吸器盲目施救", "施救人员未佩戴空气呼吸器"),
    ("恒泽公司未为工人配备安全带和安全绳", "未为工人配备安全带和安全绳"),
    ("平湾县公路养护中心未增设警示标志", "未增设警示标志"),
    ("钻工张小平未经培训无证上岗", "无证上岗"),
    ("监控人员夜间脱岗", "监控人员夜间脱岗"),
    ("司机李某未按规定设置警戒区", "未按规定设置警戒区"),
    ("温度联锁被摘除", "温度联锁被摘除"),
    ("未执行“一炮三检”制度", "未执行“一炮三检”制度"),
    ("未取得《爆破作业许可证》", "未取得《爆破作业许可证》"),
]


@pytest.mark.parametrize(("clause", "phrase"), PHRASES)
def test_a_barrier_is_told_shortly_and_names_no_person_and_no_unit(clause: str, phrase: str) -> None:
    found = barrier_phrase(clause)
    assert found is not None and clause[found.start : found.end] == phrase


ACTS = [
    "恒泽公司不具备相应资质承揽屋面维修",
    "王小明驾驶超载的货车在弯道超速行驶",
    "李小平无证驾驶无号牌三轮摩托车违法载人",
    "盲目下池施救",
    "违章指挥工人冒险作业",
]


@pytest.mark.parametrize("clause", ACTS)
def test_what_somebody_did_is_no_barrier(clause: str) -> None:
    assert barrier_phrase(clause) is None
