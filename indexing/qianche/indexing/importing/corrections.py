"""Which fields of a case a person may correct, and how a correction is laid over the case."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from typing import Any

from qianche.corpus.casebook.labels import SCHEME_LABELS
from qianche.corpus.cases import Case
from qianche.corpus.errors import BadRequest
from qianche.corpus.grading import compute_grade
from qianche.corpus.schemes import CLASS_SCHEMES
from qianche.indexing.importing.records import Correction

FIELDS: dict[str, str] = {
    "name": "事故名称",
    "occurred_on": "日期",
    "occurred_at": "时刻",
    "place.country": "国家",
    "place.province": "省份",
    "place.city": "市（州）",
    "place.county": "县（区）",
    "sector": "行业领域",
    "industry": "行业",
    "work_kind": "作业类型",
    "toll.deaths": "死亡人数",
    "toll.missing": "失踪人数",
    "toll.severe_injuries": "重伤人数",
    "toll.injured": "受伤人数",
    "toll.direct_loss_wan": "直接经济损失（万元）",
    "grade": "事故等级",
    **{f"accident_classes.{scheme}": f"事故类别（{SCHEME_LABELS[scheme]}）" for scheme in CLASS_SCHEMES},
    "activity": "作业活动",
    "initiating_event": "起始事件",
    "direct_cause": "直接原因",
    "management_failures": "管理原因",
    "failed_barriers": "失效的防护",
    "equipment": "设备",
    "substances": "物质",
    "lessons": "教训",
}
"""Key of every field that can be corrected, with its name in Chinese."""


def check_field(field: str) -> str:
    """Return the field's name in Chinese; `BadRequest` lists the fields where it cannot be corrected."""
    if field not in FIELDS:
        raise BadRequest(f"字段“{field}”不能更正。可选：{'、'.join(FIELDS)}。", code="unknown-field")
    return FIELDS[field]


def value_in(payload: dict[str, Any], field: str) -> Any:
    """Return what a case payload holds in a field."""
    key, _, part = field.partition(".")
    value = payload[key]
    if key == "accident_classes":
        return next((c["value"] for c in value if c["scheme"] == part), None)
    if key == "grade":
        return value and value["value"]
    return value[part] if part else value


def laid_over(payload: dict[str, Any], corrections: Iterable[Correction]) -> dict[str, Any]:
    """Return the payload with the last value that a person gave for each field, and the note that says so.

    A corrected cause has the basis `person`. Values are not checked here.
    """
    standing = [c for c in corrections if not c.withdrawn]
    if not standing:
        return payload
    changed = deepcopy(payload)
    for correction in standing:
        _put(changed, correction.field, correction.changes[-1].value)
    if any(correction.field == "direct_cause" for correction in standing):
        changed["cause_basis"] = "person"
    changed["note"] = "\n".join(filter(None, [changed["note"], *map(_told, standing)]))
    return changed


def graded_anew(case: Case, corrections: Iterable[Correction]) -> Case:
    """Return the case with its computed grade worked out anew where toll or date were corrected, the grade not."""
    fields = {correction.field for correction in corrections if not correction.withdrawn}
    moved = any(name.startswith("toll.") or name == "occurred_on" for name in fields)
    given = case.grade is not None and case.grade.basis in ("named", "person")
    if not moved or given or case.place.country != "中国":
        return case
    return replace(case, grade=compute_grade(case.toll, case.occurred_on))


def _put(payload: dict[str, Any], field: str, value: Any) -> None:
    key, _, part = field.partition(".")
    if key == "accident_classes":
        others = [c for c in payload[key] if c["scheme"] != part]
        new = {"scheme": part, "value": value, "basis": "person", "candidates": []}
        payload[key] = others if value is None else [*others, new]
    elif key == "grade":
        payload[key] = None if value is None else {"value": value, "basis": "person"}
    elif part:
        payload[key][part] = value
    else:
        payload[key] = value


def _told(correction: Correction) -> str:
    change = correction.changes[-1]
    before = correction.changes[0].before
    return (
        f"更正：{FIELDS[correction.field]}由“{_shown(before)}”改为“{_shown(change.value)}”"
        f"（{change.who}，{change.at:%Y-%m-%d}）。"
    )


def _shown(value: Any) -> str:
    if value is None:
        return "未载"
    return "；".join(map(str, value)) if isinstance(value, list) else str(value)
