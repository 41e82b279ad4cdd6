"""A `Case` as JSON and back: keys are field names, every key is written, unknown keys are refused."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any, cast, get_args

from qianche.corpus.casebook.labels import FIELD_LABELS
from qianche.corpus.cases import (
    AccidentClass,
    Case,
    CauseBasis,
    ClassBasis,
    Confidence,
    Conflict,
    Corrected,
    Grade,
    GradeBasis,
    Origin,
    Place,
    Provenance,
    ProvenanceKind,
    Toll,
)
from qianche.corpus.errors import BadRecord
from qianche.corpus.schemes import CLASS_SCHEMES, GRADES, SECTORS, WORK_KINDS

_OPTIONAL = frozenset({"note", "origin", "cause_doubtful", "conflicts", "corrected"})
_KEYS: dict[type, tuple[str, ...]] = {
    cls: tuple(f.name for f in fields(cls))
    for cls in (Case, Place, Toll, Grade, AccidentClass, Provenance, Conflict, Corrected)
}
_ALLOWED: dict[type, frozenset[str]] = {cls: frozenset(keys) for cls, keys in _KEYS.items()}
_REQUIRED: dict[type, frozenset[str]] = {cls: keys - _OPTIONAL for cls, keys in _ALLOWED.items()}
_CAUSE_BASES: tuple[str, ...] = get_args(CauseBasis)
_CLASS_BASES: tuple[str, ...] = get_args(ClassBasis)
_CONFIDENCES: tuple[str, ...] = get_args(Confidence)
_GRADE_BASES: tuple[str, ...] = get_args(GradeBasis)
_ORIGINS: tuple[str, ...] = get_args(Origin)
_PROVENANCE_KINDS: tuple[str, ...] = get_args(ProvenanceKind)
_SCHEMES: tuple[str, ...] = tuple(CLASS_SCHEMES)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")  # 2019-xiangshui-tianjiayi-explosion; not 2019#1
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


def case_to_payload(case: Case) -> dict[str, Any]:
    """Return the case as JSON-ready values, keys in field order; a whole loss has no fraction."""
    payload: dict[str, Any] = {}
    for key in _KEYS[Case]:
        value = getattr(case, key)
        if isinstance(value, date):
            payload[key] = value.isoformat()
        elif isinstance(value, Place | Toll | Grade):
            payload[key] = _plain(value)
        elif isinstance(value, tuple):
            payload[key] = [item if isinstance(item, str) else _plain(item) for item in value]
        else:
            payload[key] = value
    return payload


def case_from_payload(payload: dict[str, Any]) -> Case:
    """Return the case that `case_to_payload` wrote.

    Raises:
        BadRecord: a missing or unknown key, a wrong type, a value outside its closed list, an impossible
            date; the message names the field and says what to do, not the file.
    """
    p = _object(payload, "", Case)
    return Case(
        case_id=_slug(p["case_id"]),
        name=_text(p["name"], "name"),
        occurred_on=_day(p["occurred_on"], "occurred_on"),
        occurred_at=_time(p["occurred_at"], "occurred_at"),
        place=_place(p["place"]),
        sector=_choice(p["sector"], "sector", SECTORS),
        industry=_text(p["industry"], "industry"),
        work_kind=_choice(p["work_kind"], "work_kind", WORK_KINDS),
        accident_classes=tuple(_class(c) for c in _list(p["accident_classes"], "accident_classes")),
        grade=None if p["grade"] is None else _grade(p["grade"]),
        toll=_toll(p["toll"]),
        activity=_maybe_text(p["activity"], "activity"),
        initiating_event=_maybe_text(p["initiating_event"], "initiating_event"),
        direct_cause=_maybe_text(p["direct_cause"], "direct_cause"),
        management_failures=_texts(p["management_failures"], "management_failures"),
        failed_barriers=_texts(p["failed_barriers"], "failed_barriers"),
        equipment=_texts(p["equipment"], "equipment"),
        substances=_texts(p["substances"], "substances"),
        lessons=_texts(p["lessons"], "lessons"),
        cited_rules=_texts(p["cited_rules"], "cited_rules"),
        cause_basis=cast("CauseBasis", _choice(p["cause_basis"], "cause_basis", _CAUSE_BASES)),
        numbers_confirmed=_flag(p["numbers_confirmed"], "numbers_confirmed"),
        confidence=cast("Confidence", _choice(p["confidence"], "confidence", _CONFIDENCES)),
        provenance=tuple(_provenance(s) for s in _list(p["provenance"], "provenance")),
        note=_maybe_text(p.get("note"), "note"),
        origin=cast("Origin", _choice(p.get("origin", "bundled"), "origin", _ORIGINS)),
        cause_doubtful=_flag(p.get("cause_doubtful", False), "cause_doubtful"),
        conflicts=tuple(_conflict(c) for c in _list(p.get("conflicts", []), "conflicts")),
        corrected=tuple(_corrected(c) for c in _list(p.get("corrected", []), "corrected")),
    )


def _plain(
    record: Place | Toll | Grade | AccidentClass | Provenance | Conflict | Corrected,
) -> dict[str, Any]:
    """One nested record as JSON-ready values."""
    plain: dict[str, Any] = {}
    for key in _KEYS[type(record)]:
        value = getattr(record, key)
        if isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, float) and value.is_integer():
            value = int(value)
        plain[key] = value
    return plain


def _place(value: Any) -> Place:
    p = _object(value, "place", Place)
    return Place(
        country=_text(p["country"], "place.country"),
        province=_maybe_text(p["province"], "place.province"),
        city=_maybe_text(p["city"], "place.city"),
        county=_maybe_text(p["county"], "place.county"),
    )


def _toll(value: Any) -> Toll:
    p = _object(value, "toll", Toll)
    return Toll(
        deaths=_count(p["deaths"], "toll.deaths"),
        missing=_count(p["missing"], "toll.missing"),
        severe_injuries=_count(p["severe_injuries"], "toll.severe_injuries"),
        injured=_count(p["injured"], "toll.injured"),
        direct_loss_wan=_amount(p["direct_loss_wan"], "toll.direct_loss_wan"),
    )


def _grade(value: Any) -> Grade:
    p = _object(value, "grade", Grade)
    basis = _choice(p["basis"], "grade.basis", _GRADE_BASES)
    return Grade(_choice(p["value"], "grade.value", GRADES), cast("GradeBasis", basis))


def _class(value: Any) -> AccidentClass:
    p = _object(value, "accident_classes", AccidentClass)
    scheme = _choice(p["scheme"], "accident_classes.scheme", _SCHEMES)
    listed = CLASS_SCHEMES[scheme]
    name = _maybe_text(p["value"], "accident_classes.value")
    candidates = _texts(p["candidates"], "accident_classes.candidates")
    if listed:
        for word in (*([name] if name is not None else []), *candidates):
            _choice(word, f"accident_classes（{scheme}）", listed)
    basis = cast("ClassBasis", _choice(p["basis"], "accident_classes.basis", _CLASS_BASES))
    return AccidentClass(scheme, name, basis, candidates)


def _provenance(value: Any) -> Provenance:
    p = _object(value, "provenance", Provenance)
    return Provenance(
        kind=cast("ProvenanceKind", _choice(p["kind"], "provenance.kind", _PROVENANCE_KINDS)),
        locator=_text(p["locator"], "provenance.locator"),
        linkable=_flag(p["linkable"], "provenance.linkable"),
    )


def _conflict(value: Any) -> Conflict:
    p = _object(value, "conflicts", Conflict)
    name = _choice(p["field"], "conflicts.field", tuple(FIELD_LABELS))
    return Conflict(name, _texts(p["values"], "conflicts.values"))


def _corrected(value: Any) -> Corrected:
    p = _object(value, "corrected", Corrected)
    name = _choice(p["field"], "corrected.field", tuple(FIELD_LABELS))
    return Corrected(name, _text(p["who"], "corrected.who"))


def _object(value: Any, where: str, cls: type) -> dict[str, Any]:
    """The mapping itself, after its keys were compared with the fields of `cls`."""
    if isinstance(value, dict) and _REQUIRED[cls] <= value.keys() <= _ALLOWED[cls]:
        return value
    name = f"字段“{where}”" if where else "一条记录"
    if not isinstance(value, dict):
        raise BadRecord(f"{name}应为 JSON 对象，现为{_shown(value)}。请改为 {{…}}。")
    if unknown := [key for key in value if key not in _KEYS[cls]]:
        raise BadRecord(
            f"{name}含未知的键{_words(unknown)}。可用的键：{'、'.join(_KEYS[cls])}。请改名或删去。"
        )
    missing = [key for key in _KEYS[cls] if key in _REQUIRED[cls] and key not in value]
    raise BadRecord(f"{name}缺少必填的键{_words(missing)}。请补上；确实没有的写 null（列表写 []）。")


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadRecord(f"字段“{where}”应为列表，现为{_shown(value)}。请改为 […]，没有的写 []。")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadRecord(f"字段“{where}”应为非空文字，现为{_shown(value)}。请填写。")
    return value


def _maybe_text(value: Any, where: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise BadRecord(f"字段“{where}”应为非空文字或 null，现为{_shown(value)}。原记录未载的请写 null。")
    return value


def _texts(value: Any, where: str) -> tuple[str, ...]:
    items = _list(value, where)
    for item in items:
        if not isinstance(item, str) or not item.strip():
            _text(item, where)
    return tuple(items)


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise BadRecord(f"字段“{where}”应为 true 或 false，现为{_shown(value)}。请更正。")
    return value


def _count(value: Any, where: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadRecord(f"字段“{where}”应为不小于 0 的整数或 null，现为{_shown(value)}。不详的请写 null。")
    return value


def _amount(value: Any, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise BadRecord(
            f"字段“{where}”应为不小于 0 的数（万元）或 null，现为{_shown(value)}。不详的请写 null。"
        )
    return float(value)


def _choice(value: Any, where: str, choices: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise BadRecord(f"字段“{where}”的值{_shown(value)}不在清单中。可选：{'、'.join(choices)}。")
    return value


def _slug(value: Any) -> str:
    if not isinstance(value, str) or not _SLUG.fullmatch(value):
        raise BadRecord(f"字段“case_id”应由小写字母、数字和连字符组成，现为{_shown(value)}。请改写。")
    return value


def _day(value: Any, where: str) -> date:
    try:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise BadRecord(
            f"字段“{where}”的值{_shown(value)}不是存在的日期。请按 2021-02-28 的写法更正。"
        ) from None


def _time(value: Any, where: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise BadRecord(
            f"字段“{where}”的值{_shown(value)}不是存在的时刻。请按 08:05 的写法更正，不详的写 null。"
        )
    return value


def _shown(value: Any) -> str:
    """A value as shown in a message, cut where it is long."""
    if value is None:
        return " null "
    text = str(value)
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"


def _words(keys: Iterable[str]) -> str:
    return "、".join(f"“{key}”" for key in keys)
