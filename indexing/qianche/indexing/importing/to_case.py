"""Accounts become the payload of one case: values where they agree, none where they do not, the reasons noted.

Wording (name, causes, activity) is taken from the first account that has it; figures, dates and places must agree
over all accounts or are left out, with every value and its page in the note (数据有出入).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from qianche.corpus.casebook.labels import CONFLICTING, is_number
from qianche.corpus.cases import AccidentClass, CauseBasis, Grade, Toll
from qianche.corpus.crosswalk import TO_2025, class_2025, class_coal
from qianche.corpus.reports.cause_basis import cause_basis
from qianche.corpus.reports.draft import Field
from qianche.corpus.schemes import CLASS_SCHEMES, COMMON, GRADES, SECTORS, WORK_KINDS
from qianche.indexing.importing.corrections import FIELDS, NO_DAY, imported_grade, shown
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
_TOLL = tuple(key for key in PICKS if key.startswith("toll."))
WORDED: dict[str, Pick] = {
    "name": lambda draft: draft.name,
    "activity": lambda draft: draft.activity,
    "initiating_event": lambda draft: draft.initiating_event,
    "direct_cause": lambda draft: draft.direct_cause,
}
"""Fields in the words of a report."""


_WARNED_AS = {
    "occurred_on": ("事故时间", "发生日期"),
    "occurred_at": ("事故时间",),
    "place.province": ("事故地点",),
    "place.city": ("事故地点",),
    "place.county": ("事故地点",),
}
"""What warnings of reports and tables call a field, where it is not its name."""


def conflicts(tellers: Sequence[Teller]) -> dict[str, tuple[Said, ...]]:
    """Return the fields on which the accounts, or places of one account, disagree, with all that is said."""
    found = {key: said(tellers, pick) for key, pick in PICKS.items()}
    found |= {f"accident_classes.{scheme}": of for scheme, of in _classes_said(tellers).items()}
    return {key: of for key, of in found.items() if len(of) > 1}


def _left_open(
    tellers: Sequence[Teller], conflicting: Mapping[str, tuple[Said, ...]]
) -> dict[str, tuple[str, ...]]:
    """The fields that the case leaves empty because several values are stated, with the values as they are read.

    Of wording only what no account says in one way.
    """
    found = {key: of for key, of in conflicting.items() if not key.startswith("accident_classes.")}
    for key, pick in WORDED.items():
        if first(tellers, pick) is None and (of := said(tellers, pick)):
            found[key] = of
    return {key: tuple(dict.fromkeys(shown(v.value) for v in of)) for key, of in found.items()}


def _classes_said(tellers: Sequence[Teller]) -> dict[str, tuple[Said, ...]]:
    schemes = dict.fromkeys(s for t in tellers for s in t.draft.accident_class if s in CLASS_SCHEMES)
    return {scheme: said(tellers, _class_in(scheme)) for scheme in schemes}


def _class_in(scheme: str) -> Pick:
    return lambda draft: draft.accident_class.get(scheme, Field())


def case_payload(case_id: str, tellers: Sequence[Teller], *, by_user: Collection[str] = ()) -> dict[str, Any]:
    """Return the case of these accounts as the payload of `Case`; `occurred_on` is None where no day is agreed.

    Args:
        case_id: of the case; the first account's own id unless a person chose another.
        tellers: the accounts, the one that made the case first.
        by_user: ids of the accounts that are rows of a table of accidents: what they say is the user's word.
    """
    day: date | None = agreed(tellers, day_of)
    toll = Toll(**{key.removeprefix("toll."): agreed(tellers, PICKS[key]) for key in _TOLL})
    at = agreed(tellers, time_of)
    places = {level: agreed(tellers, level_of(level)) for level in ("province", "city", "county")}
    sector, work_kind = agreed(tellers, PICKS["sector"]), agreed(tellers, PICKS["work_kind"])
    conflicting = conflicts(tellers)
    open_fields = _left_open(tellers, conflicting)
    sure = all(v.finding.sure for pick in (day_of, PICKS["toll.deaths"]) for v in said(tellers, pick))
    agree = not any(map(is_number, open_fields))
    confirmed = day is not None and toll.deaths is not None and sure and agree
    cause, basis, doubtful = _cause(tellers, by_user)
    found = basis == "report"
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
        "grade": _grade(tellers, toll, day, open_fields),
        "toll": asdict(toll),
        "activity": first(tellers, WORDED["activity"]),
        "initiating_event": first(tellers, WORDED["initiating_event"]),
        "direct_cause": cause,
        "management_failures": list(listed(tellers, lambda d: d.indirect_causes)),
        "failed_barriers": list(listed(tellers, lambda d: d.failed_barriers)),
        "equipment": list(listed(tellers, lambda d: d.equipment)),
        "substances": list(listed(tellers, lambda d: d.substances)),
        "lessons": list(listed(tellers, lambda d: d.lessons)),
        "cited_rules": list(_cited(tellers)),
        "cause_basis": basis,
        "numbers_confirmed": confirmed,
        "confidence": "high" if confirmed and found else "medium",
        "provenance": [
            {"kind": "import", "locator": f"导入文件：{name}", "linkable": False}
            for name in dict.fromkeys(t.source_name for t in tellers)
        ],
        "note": _note(tellers, conflicting, sector, day),
        "origin": "imported",
        "cause_doubtful": doubtful,
        "conflicts": [{"field": key, "values": list(values)} for key, values in open_fields.items()],
        "corrected": [],
    }


def _cause(tellers: Sequence[Teller], by_user: Collection[str]) -> tuple[str | None, CauseBasis, bool]:
    """The direct cause, how it is known, and whether it is in doubt: of an investigation report before any other."""
    told: list[tuple[str | None, CauseBasis, bool]] = []
    for teller in tellers:
        if teller.draft.direct_cause.findings:
            basis, doubtful = cause_basis(teller.document, teller.draft)
            listed_row = teller.account_id in by_user
            told.append((teller.draft.direct_cause.value, "person" if listed_row else basis, doubtful))
    found = next((cause for cause in told if cause[1] == "report"), None)
    clear = found or next((cause for cause in told if cause[0] is not None), None)
    return clear or (told[0] if told else (None, "absent", False))


def _made_name(tellers: Sequence[Teller], day: date | None) -> str:
    """A name for an accident that the source does not name: unit or place, day, class."""
    draft = tellers[0].draft
    units = [f.value.name for f in draft.units if "事故" in f.value.role]
    place = draft.place.findings[0].value.text if draft.place.findings else ""
    mark = f"“{day.month}·{day.day}”" if day else ""
    word = next((v.value for of in _classes_said(tellers).values() for v in of[:1]), "")
    return f"{units[0] if units else place or '未载单位'}{mark}{word}事故"


def _grade(
    tellers: Sequence[Teller], toll: Toll, day: date | None, open_fields: Iterable[str]
) -> dict[str, str] | None:
    """The grade that is named, else the computed one where the figures settle it."""
    named = agreed(tellers, PICKS["grade"])
    if named in GRADES:
        return {"value": named, "basis": "named"}
    grade: Grade | None = imported_grade(toll, day, open_fields) if day is not None else None
    return None if grade is None else {"value": grade.value, "basis": grade.basis}


def _classes(tellers: Sequence[Teller]) -> list[AccidentClass]:
    """One class a scheme; values that disagree are candidates for a person to choose from."""
    found: dict[str, AccidentClass] = {}
    coal = agreed(tellers, PICKS["sector"]) == "煤矿"
    for scheme, of in _classes_said(tellers).items():
        if scheme == "coal-8" and not coal:
            continue  # other mines have no class of coal mines
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
        if coal:
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


def _note(
    tellers: Sequence[Teller],
    conflicting: Mapping[str, tuple[Said, ...]],
    sector: str | None,
    day: date | None,
) -> str | None:
    """Conflicts, each said once, and what the accounts warn of beyond them."""
    lines = [f"{CONFLICTING}：{side_by_side(key, of)}" for key, of in conflicting.items()]
    if sector not in SECTORS:
        lines.append("行业领域未能判定，暂列其他。")
    warnings = dict.fromkeys(w for t in tellers for w in t.draft.warnings)
    lines += [w for w in warnings if not _told_already(w, conflicting) and not (day and NO_DAY.match(w))]
    return "\n".join(lines) or None


def _told_already(warning: str, found: Iterable[str]) -> bool:
    """Whether a warning of an account repeats a conflict that the note tells with its places."""
    if not warning.startswith(CONFLICTING):
        return False
    return any(words in warning for key in found for words in (FIELDS[key], *_WARNED_AS.get(key, ())))


def side_by_side(key: str, of: Sequence[Said]) -> str:
    """Return the values of a field in conflict, each with its place: 死亡人数 28（甲.docx 第 3 页）、…"""
    return f"{FIELDS[key]} " + "、".join(f"{shown(v.value)}（{v.where}）" for v in of) + "。"
