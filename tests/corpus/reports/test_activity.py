"""What was being done, on openings from many trades."""

from __future__ import annotations

import re

import pytest
from tests.corpus.reports.content_reports import report

from qianche.corpus.reports.content import find_activity
from qianche.corpus.reports.content.tables import table


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2020年5月3日，三名工人在进行污水池清淤作业时中毒。", "污水池清淤作业"),
        ("焊工在对储罐进行焊接过程中，罐内残留柴油闪爆。", "焊接"),
        ("施工人员从事外墙粉刷施工期间，吊篮钢丝绳断裂。", "外墙粉刷施工"),
        ("当日夜班组织回柱放顶时，顶板垮落。", "回柱放顶"),
        ("龚某驾驶云A×重型自卸货车下坡，制动失灵。", "驾驶云A×重型自卸货车"),
        ("渔民在近岸捕捞作业途中，渔船倾覆。", "近岸捕捞作业"),
        ("维修工在清理皮带机滚筒积料时，手臂被卷入。", "清理皮带机滚筒积料"),
        ("承包商实施管道气割，火花引燃油气。", "管道气割"),
        ("押运员正在液氯卸车时，软管脱落。", "液氯卸车"),
        ("电梯维保人员在调试电梯时坠落。", "调试电梯"),
    ],
)
def test_the_work_is_the_phrase_tied_to_the_moment(sentence: str, expected: str) -> None:
    case = report(("introduction", None, [sentence]))
    found = find_activity(*case.args)
    assert found.value == expected
    assert case.document.quote(found.findings[0].spans[0]) == expected


@pytest.mark.parametrize(
    "sentence",
    ["郭某，准驾车型C1，持有驾驶证。", "中毒事故造成2人死亡。", "该厂具有安全生产许可证，检测中心出具报告。"],
)
def test_no_work_is_told(sentence: str) -> None:
    assert find_activity(*report(("introduction", None, [sentence])).args).findings == ()


def test_the_opening_comes_before_the_course_and_other_work_is_in_the_remark() -> None:
    case = report(
        ("course", "经过", ["上午在进行钢筋绑扎作业时下雨。"]),
        ("introduction", None, ["工人在进行模板拆除作业时坠落。"]),
    )
    (finding,) = find_activity(*case.args).findings
    assert finding.value == "模板拆除作业"
    assert finding.remark == "文中另有：钢筋绑扎作业"
    assert not finding.sure


@pytest.mark.parametrize("row", table("activities.tsv"), ids=lambda row: row["group"])
def test_every_row_of_work_words_ends_its_example(row: dict[str, str]) -> None:
    assert re.search(f"(?:{row['words']})\\Z", row["example"])
    assert not re.search(f"(?:{row['words']})\\Z", row["counter"])
