"""Which fields of a case a person may correct, and how a correction is laid over the case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from qianche.corpus.casebook.labels import FIELD_LABELS, conflict_label, is_number
from qianche.corpus.cases import Case, Grade, Toll
from qianche.corpus.errors import BadRequest
from qianche.corpus.grading import compute_grade, settled_grade
from qianche.indexing.importing.records import Correction

FIELDS: dict[str, str] = FIELD_LABELS
"""Key of every field that can be corrected, with its name in Chinese."""
# 第 3 行没有可用的发生日期。请补上。 — of a table; not 第 3 行的日期无法确定：….
NO_DAY = re.compile(r"第 \d+ 行(?:没有可用的发生日期|的日期无法确定)")
# 第 3 行的日期无法确定：日期不存在（2022-02-30）。请更正。 — goes with the first once a person gave the day.
_DAY_IN_DOUBT = re.compile(r"第 \d+ 行(?:没有可用的发生日期|的日期)")
_DECIDING = frozenset(
    {"toll.deaths", "toll.missing", "toll.severe_injuries", "toll.direct_loss_wan", "grade"}
)
"""Fields that decide a computed grade, and the grade that the source names; the injured do where nobody died."""


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

    A corrected cause has the basis `person`; a corrected field is no longer in conflict, and `corrected` says who gave
    it; numbers and cause are then not all on a page any more. Values are not checked here.
    """
    standing = [c for c in corrections if not c.withdrawn]
    if not standing:
        return payload
    changed = deepcopy(payload)
    for correction in standing:
        _put(changed, correction.field, correction.changes[-1].value)
    by_hand = {correction.field for correction in standing}
    stated = {c["field"]: c["values"] for c in payload.get("conflicts", [])}
    changed["conflicts"] = [{"field": f, "values": v} for f, v in stated.items() if f not in by_hand]
    changed["corrected"] = [{"field": c.field, "who": c.changes[-1].who} for c in standing]
    if "direct_cause" in by_hand:
        changed["cause_basis"] = "absent" if changed["direct_cause"] is None else "person"
        changed["cause_doubtful"] = False
    if "direct_cause" in by_hand or any(map(is_number, by_hand)):
        changed["confidence"] = "medium"
    told = [_told(correction, stated.get(correction.field, ())) for correction in standing]
    changed["note"] = "\n".join([*_still_true(changed), *told])
    return changed


def _still_true(payload: dict[str, Any]) -> list[str]:
    """The lines of the note, without those that ask for the day of a row once there is one."""
    lines = (payload["note"] or "").split("\n")
    given = payload["occurred_on"] and any(c["field"] == "occurred_on" for c in payload["corrected"])
    asks = NO_DAY if not given else _DAY_IN_DOUBT
    return [line for line in lines if line and not (payload["occurred_on"] and asks.match(line))]


def graded_anew(case: Case, corrections: Iterable[Correction]) -> Case:
    """Return the case with its computed grade worked out anew where toll or date were corrected, the grade not."""
    fields = {correction.field for correction in corrections if not correction.withdrawn}
    moved = any(name.startswith("toll.") or name == "occurred_on" for name in fields)
    given = case.grade is not None and case.grade.basis in ("named", "person")
    if not moved or given or case.place.country != "中国":
        return case
    if case.origin == "imported":
        return replace(
            case, grade=imported_grade(case.toll, case.occurred_on, [c.field for c in case.conflicts])
        )
    return replace(case, grade=compute_grade(case.toll, case.occurred_on))


def imported_grade(toll: Toll, day: date, conflicting: Iterable[str]) -> Grade | None:
    """Return the computed grade of an imported case; None while deaths are unknown, or a figure or the named grade is
    in conflict: any of the values may be the one that decides."""
    deciding = _DECIDING if toll.deaths else _DECIDING | {"toll.injured"}
    return settled_grade(toll, day) if deciding.isdisjoint(conflicting) else None


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


def _told(correction: Correction, stated: Sequence[str]) -> str:
    """What a person changed; a field that was in conflict was not 未载 before."""
    change = correction.changes[-1]
    before = correction.changes[0].before
    was = conflict_label(stated) if before is None and stated else shown(before)
    return (
        f"更正：{FIELDS[correction.field]}由“{was}”改为“{shown(change.value)}”"
        f"（{change.who}，{change.at:%Y-%m-%d}）。"
    )


def shown(value: Any) -> str:
    """Return a value as it is read, to the last digit; a whole number of 万元 has no fraction."""
    if value is None:
        return "未载"
    if isinstance(value, list):
        return "；".join(map(shown, value))
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
