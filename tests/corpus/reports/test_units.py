"""Units with their roles: full names, short forms, masked names, names that do not agree."""

from __future__ import annotations

import pytest
from tests.corpus.reports.content_reports import Report, report

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.content import find_units
from qianche.corpus.reports.content.tables import table
from qianche.corpus.reports.content.unit_names import find_unit_names


def roles(case: Report) -> dict[str, str]:
    return {f.value.name: f.value.role for f in find_units(*case.args)}


def names(text: str) -> list[str]:
    return [name.name for name in find_unit_names(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "由云州恒建劳务有限公司与平江市远图建筑工程有限公司签订合同",
            ["云州恒建劳务有限公司", "平江市远图建筑工程有限公司"],
        ),
        ("临泽煤业集团有限责任公司北山煤矿发生事故", ["临泽煤业集团有限责任公司北山煤矿"]),
        ("青原(集团)有限责任公司", ["青原(集团)有限责任公司"]),
        ("委托某检测有限公司检验", ["某检测有限公司"]),
        ("XX公司和××化工有限公司", ["XX公司", "××化工有限公司"]),
        ("湖东某氮肥厂尿素车间", ["湖东某氮肥厂"]),
        ("河西县应急管理局和石桥镇人民政府未履职", ["河西县应急管理局", "石桥镇人民政府"]),
        ("全县煤矿企业和有关部门要加强煤矿安全", []),
        ("该公司、各公司、上级公司、本矿", []),
        ("产品出厂前由厂长在厂房验收，布局合理", []),
        ("安平财产保险股份有限公司河西分公司承保", []),
        ("金利集团实业有限公司", ["金利集团实业有限公司"]),
        # characters that end the words before a name, inside words of the name
        ("经查，清源污水处理有限公司未建立制度", ["清源污水处理有限公司"]),
        ("宏达金属制品有限公司与永和食品有限公司", ["宏达金属制品有限公司", "永和食品有限公司"]),
        (
            "绿野有机肥有限公司、前进机械厂、经纬纺织有限公司",
            ["绿野有机肥有限公司", "前进机械厂", "经纬纺织有限公司"],
        ),
    ],
)
def test_where_a_name_begins_and_ends(text: str, expected: list[str]) -> None:
    assert names(text) == expected


CONSTRUCTION = report(
    ("title", None, ["河西县康宁医院项目“5·08”坍塌事故调查报告"]),
    (
        "background",
        "一、基本情况",
        [
            "（一）建设单位：河西县康宁医院投资有限公司（以下简称“康宁公司”）。",
            "（二）施工总承包单位",
            "平江市远图建筑工程有限公司，具有一级资质。",
            "（三）云州恒建劳务有限公司（劳务分包单位），成立于2015年。",
            "（四）中诚监理有限公司",
            "监理单位，派驻3人。",
            "项目由江左设计院设计，塔吊由华升机械租赁有限公司出租。",
        ],
    ),
    ("course", "二、经过", ["5月8日，平江市远图建筑工程有限公司组织浇筑，康宁公司催促抢工。"]),
    ("response", "三、救援", ["河西县卫生健康局、河西县消防救援大队赶到现场。"]),
    (
        "indirect_cause",
        "四、间接原因",
        ["1.河西县住房和城乡建设局检查走过场。", "2.石桥镇人民政府未落实属地责任。"],
    ),
)


def test_roles_beside_after_and_over_the_name() -> None:
    found = roles(CONSTRUCTION)
    assert found["河西县康宁医院投资有限公司"] == "建设单位"
    assert found["平江市远图建筑工程有限公司"] == "施工总承包单位"
    assert found["云州恒建劳务有限公司"] == "劳务单位"
    assert found["中诚监理有限公司"] == "监理单位"
    assert found["石桥镇人民政府"] == "属地政府"
    assert found["河西县住房和城乡建设局"] == "监管部门"


def test_those_who_only_came_to_help_are_no_parties() -> None:
    assert "河西县消防救援大队" not in roles(CONSTRUCTION)
    assert "河西县卫生健康局" not in roles(CONSTRUCTION)


def test_a_declared_short_form_belongs_to_its_full_name() -> None:
    found = {f.value.name: f for f in find_units(*CONSTRUCTION.args)}
    owner = found["河西县康宁医院投资有限公司"]
    assert "康宁公司" not in found
    assert owner.remark == "简称“康宁公司”"
    assert owner.sure
    assert len(owner.spans) == 2
    assert "建设单位" in CONSTRUCTION.document.quote(owner.spans[0])
    assert "催促抢工" in CONSTRUCTION.document.quote(owner.spans[1])


def test_the_unit_in_the_opening_sentence_is_the_accident_unit() -> None:
    case = report(
        (
            "introduction",
            None,
            ["2018年7月2日，东湖区利丰家具有限公司（以下简称利丰家具）喷漆车间发生火灾，致1人死亡。"],
        )
    )
    assert roles(case) == {"东湖区利丰家具有限公司": "事故单位"}


def test_two_names_that_look_alike_are_both_kept_and_noted() -> None:
    case = report(
        (
            "background",
            "一、单位情况",
            ["施工单位：黔岭铭建建筑有限公司。", "承包人：黔岭铭建建筑工程有限公司。"],
        )
    )
    found = find_units(*case.args)
    assert {f.value.name for f in found} == {"黔岭铭建建筑有限公司", "黔岭铭建建筑工程有限公司"}
    assert all(not f.sure and "未合并" in f.remark for f in found)


def test_a_lessor_and_a_lessee_a_carrier_and_an_inspector() -> None:
    case = report(
        (
            "background",
            "一、相关单位",
            [
                "出租方：南浦物业管理有限公司；承租方：鑫隆仓储有限公司。",
                "承运单位为顺达危险品运输有限公司，检测机构为信衡安全技术有限公司。",
                "电梯使用单位系云顶酒店管理有限公司，维保单位系捷安电梯有限公司。",
            ],
        )
    )
    assert roles(case) == {
        "南浦物业管理有限公司": "出租方",
        "鑫隆仓储有限公司": "承租方",
        "顺达危险品运输有限公司": "运输单位",
        "信衡安全技术有限公司": "检测机构",
        "云顶酒店管理有限公司": "使用单位",
        "捷安电梯有限公司": "维保单位",
    }


def test_the_unit_most_told_of_is_derived_and_said_to_be() -> None:
    case = report(
        ("course", "经过", ["海晏码头有限公司卸船。海晏码头有限公司停电。"]),
        ("indirect_cause", "原因", ["海晏码头有限公司未设警戒。"]),
    )
    (found,) = find_units(*case.args)
    assert found.value.role == "事故单位"
    assert found.found_by == "derived"
    assert not found.sure
    assert "归纳" in found.remark


def test_who_issued_a_licence_is_no_party() -> None:
    case = report(
        (
            "background",
            "一、情况",
            ["郭某，准驾车型：B2，发证机关：北川市公安局交通警察支队。车辆所有人：北川市捷通运输有限公司。"],
        )
    )
    assert roles(case) == {"北川市捷通运输有限公司": "产权单位"}


def test_every_role_word_stands_in_one_row_only() -> None:
    seen = [word for row in table("unit_roles.tsv") for word in row["words"].split("|")]
    assert len(seen) == len(set(seen))


def test_who_built_and_who_supervised_in_one_sentence_and_a_role_that_only_the_name_suggests() -> None:
    case = report(
        (
            "background",
            "一、情况",
            [
                "改造由云州安捷工程有限公司承建，云州正信咨询有限公司监理。",
                "另有宏远劳务有限公司、云州市特种设备检验研究院。",
            ],
        )
    )
    found = {f.value.name: f for f in find_units(*case.args)}
    assert found["云州安捷工程有限公司"].value.role == "施工单位"
    assert found["云州正信咨询有限公司"].value.role == "监理单位"
    assert found["宏远劳务有限公司"].value.role == "劳务单位"
    assert found["云州市特种设备检验研究院"].value.role == "检测机构"
    assert found["宏远劳务有限公司"].found_by == "derived"
    assert "归纳" in found["宏远劳务有限公司"].remark
