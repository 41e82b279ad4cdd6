"""What a reader is told about a case: its kind of source, how its cause, grade and classes are known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qianche.corpus.casebook import labels, load_casebook
from qianche.corpus.casebook.sources import classify_locator
from qianche.corpus.cases import AccidentClass, Case, Provenance


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
