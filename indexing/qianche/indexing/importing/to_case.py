"""Accounts become the payload of one case: values where they agree, none where they do not, the reasons noted.

Wording (name, causes, activity) is taken from the first account that has it; figures, dates and places must agree
over all accounts or are left out, with every value and its page in the note (数据有出入).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from qianche.corpus.cases import AccidentClass, Toll
from qianche.corpus.crosswalk import TO_2025, class_2025, class_coal
from qianche.corpus.grading import compute_grade
from qianche.corpus.reports.draft import Field
from qianche.corpus.schemes import CLASS_SCHEMES, COMMON, GRADES, SECTORS, WORK_KINDS
from qianche.indexing.importing.corrections import FIELDS
from qianche.indexing.importing.merging import (
    Pick,
    Said,
    Teller,
    agreed,
    day_of,
    first,
    level_of,
    listed,
    said,
    time_of,
)

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
OTHER = "其他"


PICKS: dict[str, Pick] = {
    "occurred_on": day_of,
    "occurred_at": time_of,
    "place.province": level_of("province"),
    "place.city": level_of("city"),
    "place.county": level_of("county"),
    "sector": lambda draft: draft.sector,
    "work_kind": lambda draft: draft.work_kind,
    "toll.deaths": lambda draft: draft.deaths,
    "toll.missing": lambda draft: draft.missing,
    "toll.severe_injuries": lambda draft: draft.severe_injuries,
    "toll.injured": lambda draft: draft.injured,
    "toll.direct_loss_wan": lambda draft: draft.direct_loss_wan,
    "grade": lambda draft: draft.severity_named,
}
"""Fields that must agree, by the key they are corrected under."""
WORDED: dict[str, Pick] = {
    "name": lambda draft: draft.name,
    "activity": lambda draft: draft.activity,
    "initiating_event": lambda draft: draft.initiating_event,
    "direct_cause": lambda draft: draft.direct_cause,
}
"""Fields in the words of a report."""


def conflicts(tellers: Sequence[Teller]) -> dict[str, tuple[Said, ...]]:
    """Return the fields on which the accounts, or places of one account, disagree, with all that is said."""
    found = {key: said(tellers, pick) for key, pick in PICKS.items()}
    found |= {f"accident_classes.{scheme}": of for scheme, of in _classes_said(tellers).items()}
    return {key: of for key, of in found.items() if len(of) > 1}


def _classes_said(tellers: Sequence[Teller]) -> dict[str, tuple[Said, ...]]:
    schemes = dict.fromkeys(s for t in tellers for s in t.draft.accident_class if s in CLASS_SCHEMES)
    return {scheme: said(tellers, _class_in(scheme)) for scheme in schemes}


def _class_in(scheme: str) -> Pick:
    return lambda draft: draft.accident_class.get(scheme, Field())


def case_payload(case_id: str, tellers: Sequence[Teller], *, listed_by_user: bool = False) -> dict[str, Any]:
    """Return the case of these accounts as the payload of `Case`; `occurred_on` is None where no day is agreed.

    Args:
        case_id: of the case; the first account's own id unless a person chose another.
        tellers: the accounts, the one that made the case first.
        listed_by_user: the cause comes from a table of accidents: what it says is the user's word.
    """
    day: date | None = agreed(tellers, day_of)
    toll = Toll(**{key.removeprefix("toll."): agreed(tellers, PICKS[key]) for key in _toll_keys()})
    cause = first(tellers, WORDED["direct_cause"])
    at = agreed(tellers, time_of)
    places = {level: agreed(tellers, level_of(level)) for level in ("province", "city", "county")}
    sector, work_kind = agreed(tellers, PICKS["sector"]), agreed(tellers, PICKS["work_kind"])
    sure = all(v.finding.sure for pick in (day_of, PICKS["toll.deaths"]) for v in said(tellers, pick))
    confirmed = day is not None and toll.deaths is not None and sure
    cause_clear = cause is not None and all(v.finding.sure for v in said(tellers, WORDED["direct_cause"]))
    return {
        "case_id": case_id,
        "name": first(tellers, WORDED["name"]) or _made_name(tellers, day),
        "occurred_on": day and day.isoformat(),
        "occurred_at": at if at and _TIME.fullmatch(at) else None,
        "place": {"country": "中国", **places},
        "sector": sector if sector in SECTORS else OTHER,
        "industry": sector or "未载",
        "work_kind": work_kind if work_kind in WORK_KINDS else OTHER,
        "accident_classes": [_plain_class(c) for c in _classes(tellers)],
        "grade": _grade(tellers, toll, day),
        "toll": {key.removeprefix("toll."): agreed(tellers, PICKS[key]) for key in _toll_keys()},
        "activity": first(tellers, WORDED["activity"]),
        "initiating_event": first(tellers, WORDED["initiating_event"]),
        "direct_cause": cause,
        "management_failures": list(listed(tellers, lambda d: d.indirect_causes)),
        "failed_barriers": list(listed(tellers, lambda d: d.failed_barriers)),
        "equipment": list(listed(tellers, lambda d: d.equipment)),
        "substances": list(listed(tellers, lambda d: d.substances)),
        "lessons": list(listed(tellers, lambda d: d.lessons)),
        "cited_rules": list(_cited(tellers)),
        "cause_basis": "person" if listed_by_user else "report",
        "numbers_confirmed": confirmed,
        "confidence": "high" if confirmed and cause_clear else "medium",
        "provenance": [
            {"kind": "import", "locator": f"导入文件：{name}", "linkable": False}
            for name in dict.fromkeys(t.source_name for t in tellers)
        ],
        "note": _note(tellers, sector),
        "origin": "imported",
    }


def _toll_keys() -> tuple[str, ...]:
    return tuple(key for key in PICKS if key.startswith("toll."))


def _made_name(tellers: Sequence[Teller], day: date | None) -> str:
    """A name for an accident that the source does not name: unit or place, day, class."""
    draft = tellers[0].draft
    units = [f.value.name for f in draft.units if "事故" in f.value.role]
    place = draft.place.findings[0].value.text if draft.place.findings else ""
    mark = f"“{day.month}·{day.day}”" if day else ""
    word = next((v.value for of in _classes_said(tellers).values() for v in of[:1]), "")
    return f"{units[0] if units else place or '未载单位'}{mark}{word}事故"


def _grade(tellers: Sequence[Teller], toll: Toll, day: date | None) -> dict[str, str] | None:
    named = agreed(tellers, PICKS["grade"])
    if named in GRADES:
        return {"value": named, "basis": "named"}
    grade = compute_grade(toll, day) if day is not None else None
    return None if grade is None else {"value": grade.value, "basis": grade.basis}


def _classes(tellers: Sequence[Teller]) -> list[AccidentClass]:
    """One class a scheme; values that disagree are candidates for a person to choose from."""
    found: dict[str, AccidentClass] = {}
    for scheme, of in _classes_said(tellers).items():
        values = tuple(v.value for v in of)
        if scheme != COMMON and not set(values) <= set(CLASS_SCHEMES[scheme]):
            continue
        basis = (
            "source"
            if of and of[0].finding.found_by in ("label", "sentence", "title", "table")
            else "reading"
        )
        if len(values) == 1:
            found[scheme] = AccidentClass(scheme, values[0], basis)  # type: ignore[arg-type]
        elif values:
            found[scheme] = AccidentClass(scheme, None, "undecided", values)
    word = found["gb6441-1986"].value if "gb6441-1986" in found else None
    if word in TO_2025:
        found.setdefault("gb6441-2025", class_2025(word))
        if agreed(tellers, PICKS["sector"]) == "煤矿":
            found.setdefault("coal-8", class_coal(word))
    return list(found.values())


def _plain_class(item: AccidentClass) -> dict[str, Any]:
    return {
        "scheme": item.scheme,
        "value": item.value,
        "basis": item.basis,
        "candidates": list(item.candidates),
    }


def _cited(tellers: Sequence[Teller]) -> tuple[str, ...]:
    quotes = (t.document.quote(c.span).strip() for t in tellers for c in t.draft.citations)
    return tuple(dict.fromkeys(filter(None, quotes)))


def _note(tellers: Sequence[Teller], sector: str | None) -> str | None:
    lines = [told_conflict(key, of) for key, of in conflicts(tellers).items()]
    if sector not in SECTORS:
        lines.append("行业领域未能判定，暂列其他。")
    lines += dict.fromkeys(w for t in tellers for w in t.draft.warnings)
    return "\n".join(lines) or None


def told_conflict(key: str, of: Sequence[Said]) -> str:
    """Return the values of a field in conflict, each with its place: 数据有出入：死亡人数 28（甲.docx 第 3 页）、…"""
    return f"数据有出入：{FIELDS[key]} " + "、".join(f"{_shown(v.value)}（{v.where}）" for v in of) + "。"


def _shown(value: Any) -> str:
    """A value as it is read: a whole number of 万元 has no fraction."""
    return f"{value:g}" if isinstance(value, float) and value < 1e6 else str(value)
