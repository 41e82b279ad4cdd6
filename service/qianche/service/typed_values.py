"""What a person types for a field of a case: how it is asked for, and the value it means."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from qianche.corpus.errors import BadRequest
from qianche.corpus.reports.fields.prefectures import PROVINCES
from qianche.corpus.schemes import CLASS_SCHEMES, GRADES, SECTORS, WORK_KINDS
from qianche.indexing.importing.corrections import FIELDS
from qianche.service import import_labels as labels
from qianche.service.by_hand import short_name

InputKind = Literal["integer", "number", "day", "time", "choice", "lines", "text", "words"]

_COUNTS = ("toll.deaths", "toll.missing", "toll.severe_injuries", "toll.injured")
_LISTS = ("management_failures", "failed_barriers", "equipment", "substances", "lessons")
_NEEDED = ("name", "place.country", "sector", "industry", "work_kind")
"""Fields that no case is without."""
_SEAS = ("渤海", "黄海", "东海", "南海")
"""Stand for a province where an accident happened at sea."""
_FIRST_YEAR = 1900
"""A year before is a slip: no accident of the register of cases is so old."""
_HOME = "中国"
_LONG = ("activity", "initiating_event", "direct_cause")
_KINDS: dict[str, InputKind] = {
    **dict.fromkeys(_COUNTS, "integer"),
    **dict.fromkeys(_LISTS, "lines"),
    **dict.fromkeys(_LONG, "words"),
    "toll.direct_loss_wan": "number",
    "occurred_on": "day",
    "occurred_at": "time",
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "sector": tuple(SECTORS),
    "work_kind": tuple(WORK_KINDS),
    "grade": tuple(GRADES),
    **{f"accident_classes.{scheme}": tuple(values) for scheme, values in CLASS_SCHEMES.items()},
}
_HINTS: dict[InputKind, str] = {
    "integer": "整数，0 表示没有",
    "number": "数字，单位万元",
    "day": "年-月-日，如 2021-02-28",
    "time": "时:分，如 08:05",
    "lines": "一行一项",
}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")  # 2022年7月2日, not 22-7-2
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")  # 8:05, not 805
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?")  # 120.5, not 1e9 or -3


@dataclass(frozen=True, slots=True)
class FieldInput:
    """How a field is asked for: kind of input, what to choose from, how it is written ("" where that is plain)."""

    field: str
    label: str
    kind: InputKind
    choices: tuple[str, ...]
    hint: str


def field_input(field: str) -> FieldInput:
    """Return how a field of `corrections.FIELDS` is asked for."""
    choices = _CHOICES.get(field, ())
    kind: InputKind = "choice" if choices else _KINDS.get(field, "text")
    return FieldInput(field, labels.field_label(field), kind, choices, _HINTS.get(kind, ""))


def typed_value(field: str, typed: str, *, country: str | None = None) -> Any:
    """Return the value that was typed for a field, None (for lists []) for nothing.

    Args:
        country: where the accident happened; provinces are checked within 中国, and of an unknown country (None)
            only what looks like one of its provinces is.

    Raises:
        BadRequest: it is no number, day or time where one is needed, a day to come or long ago, or not in the
            list of the field; the message says how to write it.
    """
    text = plain_text(typed)
    kind = field_input(field).kind if field in FIELDS else "text"
    if kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if not text:
        return None
    if kind in ("integer", "number"):
        return _figure(field, text, whole=kind == "integer")
    if kind == "day":
        return _day(field, text)
    if kind == "choice":
        return _choice(field, text)
    if field == "place.province":
        return _province(text, country)
    return _time(field, text) if kind == "time" else text


def unknown_value(field: str | None) -> Any:
    """Return what stands for not known in a field: [] in a list, else None.

    Raises:
        BadRequest: every case has something in that field.
    """
    if field in _NEEDED:
        raise BadRequest(
            f"{labels.field_label(field)}不能没有内容，不能改为未知。请填写正确的内容，或撤回已有的更正。",
            code="bad-value",
        )
    return [] if field in _LISTS else None


def typed_text(value: Any) -> str:
    """Return a value as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return labels.shown(value)


def plain_text(typed: str) -> str:
    """Return the text with line breaks as \\n and without control, format and surrogate characters."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return "".join(kept).strip()


def signed(who: str) -> str:
    """Return the name of the person who acts; whether there is one is the importer's to check.

    Raises:
        BadRequest: the name is too long.
    """
    return short_name(plain_text(who))


def _figure(field: str, text: str, *, whole: bool) -> int | float:
    """Return a number; full-width digits and thousands commas are understood."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(plain) or (whole and not plain.isdigit()):
        example = "整数，如 3" if whole else "数字（万元），如 1710.5"
        raise _not_a(field, text, example)
    return int(plain) if whole else float(plain)


def _day(field: str, text: str) -> str:
    """Return a day as ISO 8601; one that is still to come, or before `_FIRST_YEAR`, is a slip."""
    written = _DAY.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    try:
        found = date(*(int(part) for part in written.groups())) if written else None
    except ValueError:  # 30 February
        found = None
    if found is None:
        raise _not_a(field, text, "日期，写作 年-月-日，如 2021-02-28")
    today = date.today()
    if found > today:
        raise _refused(field, text, f"这一天还没有到（今天是 {today}）")
    if found.year < _FIRST_YEAR:
        raise _refused(field, text, f"早于 {_FIRST_YEAR} 年")
    return found.isoformat()


def _choice(field: str, text: str) -> str:
    """Return a value of a closed list."""
    if text not in _CHOICES[field]:
        raise _refused(field, text, f"不在清单中，可选：{'、'.join(_CHOICES[field])}")
    return text


def _province(text: str, country: str | None) -> str:
    """Return the full name of a province; what stands in no list is refused, with the names that come near."""
    known = (*PROVINCES.values(), *_SEAS)
    if country not in (None, _HOME) or text in known:
        return text
    if text in PROVINCES:
        return PROVINCES[text]
    near = difflib.get_close_matches(text[:20], (*known, *PROVINCES), n=3, cutoff=0.5)
    if country is None and not near:
        return text
    names = tuple(dict.fromkeys(PROVINCES.get(name, name) for name in near)) or known
    raise _refused(
        "place.province", text, f"没有这个省份，{'相近的有' if near else '可选'}：{'、'.join(names)}"
    )


def _time(field: str, text: str) -> str:
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise _not_a(field, text, "时刻，写作 时:分，如 08:05")
    return f"{int(match[1]):02}:{match[2]}"


def _not_a(field: str, text: str, wanted: str) -> BadRequest:
    return _refused(field, text, f"需要{wanted}")


def _refused(field: str, text: str, why: str) -> BadRequest:
    shown = text[:30] + ("…" if len(text) > 30 else "")
    return BadRequest(
        f"{labels.field_label(field)}“{shown}”不能使用：{why}。请改正后再提交。", code="bad-value"
    )
