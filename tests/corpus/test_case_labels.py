"""What a reader is told about a case: its kind of source, how its cause, grade and classes are known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qianche.corpus.casebook import labels, load_casebook
from qianche.corpus.casebook.sources import classify_locator
from qianche.corpus.cases import AccidentClass, Case, Conflict, Corrected, Provenance


@pytest.fixture(scope="module")
def casebook() -> dict[str, Case]:
    return {case.case_id: case for case in load_casebook()}


@pytest.mark.parametrize(
    ("locator", "kind", "linkable"),
    [
        ("https://www.mem.gov.cn/gk/", "government", True),
        ("http://gov.cn/x", "government", True),
        ("http://www.hse.gov.uk/news", "government", True),
        ("https://www.csb.gov/", "government", True),
        ("https://www.moel.go.kr/", "government", True),
        ("https://wenshu.court.gov.cn/x", "court", True),
        ("https://society.people.com.cn/n1/", "national-media", True),
        ("https://news.cctv.com/x", "national-media", True),
        ("https://www.thepaper.cn/newsDetail_forward_1", "website", False),
        ("https://news.china.com/socialgd/1.html", "website", False),
        ("http://gov.cn.example.com/x", "website", False),
        ("http://notpeople.com.cn/x", "website", False),
        ("http://evilgov.cn/x", "website", False),
        ("javascript:alert(1)//www.gov.cn", "collection", False),
        ("ftp://www.gov.cn/x", "collection", False),
        ("http://[broken", "collection", False),
        ("CoalQA case 512", "collection", False),
    ],
)
def test_a_source_is_told_by_its_host(locator: str, kind: str, linkable: bool) -> None:
    assert classify_locator(locator) == Provenance(kind, locator, linkable)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("basis", "note", "label"),
    [
        ("general", None, "成因据同类机理概括，非调查认定"),
        ("memory", None, "成因据公开资料记忆，待核"),
        ("page", None, "成因据公开页面所述"),
        (
            "page",
            "1死1伤;原因据页面所述经过归纳,未见调查报告的原因认定段",
            "成因据公开页面所述经过归纳，未见调查认定",
        ),
        ("page", "原因为初步分析或通报口径,非最终报告", "成因据初步分析或通报口径，非最终认定"),
        ("general", "原因据页面所述经过归纳", "成因据同类机理概括，非调查认定"),
    ],
)
def test_the_cause_says_how_it_is_known(
    basis: str, note: str | None, label: str, casebook: dict[str, Case]
) -> None:
    case = replace(casebook["1960-mianyang-molten-iron"], cause_basis=basis, note=note)  # type: ignore[arg-type]
    assert labels.cause_label(case) == label


@pytest.mark.parametrize(
    ("basis", "doubtful", "label"),
    [
        ("report", False, "成因据调查报告"),
        ("file", False, "成因据导入文件所述，未见调查认定"),
        ("file", True, "成因据导入文件所述，未见调查认定，存疑"),
        ("preliminary", False, "成因据初步分析，非最终认定"),
        ("preliminary", True, "成因据初步分析，非最终认定，存疑"),
        ("absent", False, "直接原因原记录未载"),
    ],
)
def test_the_cause_of_a_file_says_how_far_it_goes(
    basis: str, doubtful: bool, label: str, casebook: dict[str, Case]
) -> None:
    told = casebook["1960-mianyang-molten-iron"]
    case = replace(told, origin="imported", cause_basis=basis, cause_doubtful=doubtful)  # type: ignore[arg-type]
    assert labels.cause_label(case) == label


def test_an_imported_case_without_a_cause_claims_no_basis(casebook: dict[str, Case]) -> None:
    case = replace(casebook["1960-mianyang-molten-iron"], origin="imported", direct_cause=None)
    assert labels.cause_label(replace(case, cause_basis="report")) == "直接原因原记录未载"
    told_twice = replace(
        case, cause_basis="file", cause_doubtful=True, conflicts=(Conflict("direct_cause", ("甲", "乙")),)
    )
    assert labels.cause_label(told_twice) == "成因据导入文件所述，未见调查认定，存疑"


def test_numbers_of_persons_and_numbers_in_conflict_are_not_the_file_s(casebook: dict[str, Case]) -> None:
    case = replace(casebook["1960-mianyang-molten-iron"], origin="imported", numbers_confirmed=True)
    by_hand = (Corrected("toll.injured", "李四"), Corrected("toll.deaths", "王五"), Corrected("name", "李四"))
    assert labels.numbers_label(replace(case, corrected=by_hand[:1])) == (
        "受伤人数由使用者更正，其余伤亡数字和日期据导入的文件所载"
    )
    both = replace(case, corrected=by_hand, conflicts=(Conflict("toll.direct_loss_wan", ("90", "120")),))
    assert labels.numbers_label(both) == (
        "受伤人数、死亡人数由使用者更正，直接经济损失（万元）数据有出入，其余伤亡数字和日期据导入的文件所载"
    )
    assert labels.numbers_label(replace(case, corrected=by_hand[2:])) is None
    bundled = replace(case, origin="bundled", corrected=by_hand[:1])
    assert labels.numbers_label(bundled) == "受伤人数由使用者更正"
    assert labels.numbers_label(replace(bundled, numbers_confirmed=False)) == (
        "受伤人数由使用者更正，其余伤亡数字或日期未经公开页面核实"
    )


def test_grades_in_conflict_are_shown_where_the_grade_stands(casebook: dict[str, Case]) -> None:
    case = replace(
        casebook["1960-mianyang-molten-iron"], grade=None, conflicts=(Conflict("grade", ("一般", "较大")),)
    )
    assert labels.grade_label(case) == "数据有出入（一般／较大）"


def test_a_bundled_record_says_whose_words_it_holds(casebook: dict[str, Case]) -> None:
    case = casebook["1960-mianyang-molten-iron"]
    assert labels.record_label(case) == "本库概括，非报告原文"
    assert labels.lessons_label(case) == "本库归纳"
    assert labels.lessons_label(replace(case, lessons=())) == "原记录未载"
    assert labels.numbers_label(case) is None
    assert labels.numbers_label(replace(case, numbers_confirmed=False)) == "伤亡数字或日期未经公开页面核实"
    imported = replace(case, numbers_confirmed=False, origin="imported")
    assert labels.numbers_label(imported) == "伤亡数字和日期据导入的文件所载"
    assert labels.grade_label(case) == "重大（按493号令折算）"
    assert labels.grade_label(replace(case, grade=None)) == "未定级"
    assert labels.class_label(case.accident_classes[0]) == "其他爆炸"
    assert labels.class_label(casebook["2018-shajiaoc-bus-arc"].accident_classes[1]) == (
        "灼烫（由 1986 版类别对照）"
    )
    undecided = AccidentClass("gb6441-2025", None, "undecided", ("中毒", "窒息"))
    assert labels.class_label(undecided) == "待人工确定（中毒、窒息）"
    imported = replace(case, origin="imported", note="原因据页面所述经过归纳")
    assert labels.record_label(imported) == "导入的记录"
    assert labels.lessons_label(imported) is None
    assert labels.cause_label(imported) == "成因据公开页面所述"
