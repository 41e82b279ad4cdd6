"""What is shown in the very place of a figure in conflict, or one that a person gave: labels and answers of the API."""

from __future__ import annotations

from dataclasses import replace

from tests.service.fake_kb import TANK

from qianche.corpus.cases import Conflict, Corrected, Place, Toll
from qianche.indexing.importing.corrections import FIELDS
from qianche.service import labels, wire
from qianche.service.responses.cases import CaseRecord

TORN = replace(
    TANK,
    origin="imported",
    toll=Toll(None, injured=2),
    grade=None,
    place=Place("中国", "甲省", "乙市"),
    direct_cause=None,
    cause_basis="file",
    cause_doubtful=True,
    conflicts=(
        Conflict("toll.deaths", ("3", "4")),
        Conflict("toll.direct_loss_wan", ("90", "120.5")),
        Conflict("place.county", ("丙县", "丁县")),
        Conflict("direct_cause", ("积灰", "过热")),
    ),
    corrected=(Corrected("toll.injured", "李四"),),
)


def test_figures_in_conflict_stand_in_the_line_of_the_toll() -> None:
    assert (
        labels.toll_label(TORN)
        == "死亡 数据有出入（3／4），受伤 2 人，直接经济损失 数据有出入（90 万元／120.5 万元）"
    )
    assert labels.toll_label(replace(TORN, conflicts=(), toll=Toll(None))) == "伤亡和损失原记录未载"


def test_a_level_of_the_place_in_conflict_is_said_with_the_place() -> None:
    assert labels.case_place_label(TORN) == "甲省乙市，县（区）数据有出入（丙县／丁县）"


def test_the_api_gives_conflicts_and_who_corrected_what() -> None:
    answer = wire.case_record(TORN)
    CaseRecord.model_validate(answer)
    assert answer["conflicts"][0] == {
        "field": "toll.deaths",
        "label": "死亡人数",
        "values": ["3", "4"],
        "values_label": "数据有出入（3／4）",
    }
    assert answer["corrected"] == [{"field": "toll.injured", "label": "受伤人数", "who": "李四"}]
    assert (answer["cause_basis"], answer["cause_basis_label"]) == (
        "file",
        "成因据导入文件所述，未见调查认定，存疑",
    )
    assert "direct_cause" not in answer["absent"] and "initiating_event" in answer["absent"]


def test_a_field_has_one_name() -> None:
    assert (FIELDS["initiating_event"], FIELDS["management_failures"]) == ("起因事件", "管理缺陷")
    common = FIELDS.keys() & labels.PART_LABELS.keys() - {"name"}
    assert common and all(FIELDS[key] == labels.PART_LABELS[key] for key in common)
