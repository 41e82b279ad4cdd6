"""What a line of register.jsonl must look like; one line is one version of a rule."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from qianche.corpus.errors import BadRecord
from qianche.corpus.register.references import REFERENCE, UNCONFIRMED, read_references
from qianche.corpus.rules import Evidence
from qianche.corpus.schemes import RULE_LEVELS

EVIDENCE: tuple[str, ...] = get_args(Evidence)
TEXT_PACKAGE = "laws.db"
"""The one text source of this product; other values of `text_available` only say where a text was seen."""

_TEXT = {
    "rule_id": True, "title": True, "level": True, "issuer": False, "number": False, "repealed_by": False,
    "replaces": False, "text_available": False, "verified": True, "version_date_verified": True,
    "evidence": True, "note": True,
}  # fmt: skip
"""Fields holding text, and whether they must be there."""
_MAY_BE_EMPTY = frozenset({"note", "evidence"})
_DATES = ("version_date", "effective_from", "effective_to")
_LISTS = ("short_titles", "sectors")
_FIELDS = frozenset({*_TEXT, *_DATES, *_LISTS, "articles"})


@dataclass(frozen=True, slots=True)
class Line:
    """One checked line with its place, `fields` as in the file but for the dates."""

    where: str
    fields: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return the value of a field."""
        return self.fields[name]


def read_line(text: str, where: str) -> Line:
    """Return one line of the register, each field checked by itself.

    Args:
        text: one JSON object.
        where: file and line, for messages.

    Raises:
        BadRecord: the line is no JSON object, lacks a field or has one too many, or a value is not allowed.
    """
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadRecord(f"{where}：不是合法的 JSON（{error.msg}）。请改正这一行。") from error
    if not isinstance(fields, dict):
        raise BadRecord(f"{where}：这一行不是一个 JSON 对象。请改正这一行。")
    if wrong := _FIELDS.symmetric_difference(fields):
        names = "、".join(sorted(wrong))
        raise BadRecord(f"{where}：字段缺少或多余：{names}。请与其他行对照。")
    for name in _TEXT:
        _check_text(fields[name], name, where)
    for name in _LISTS:
        _check_list(fields[name], name, where)
    for name in _DATES:
        fields[name] = _day(fields[name], name, where)
    _check_closed(fields, where)
    _check_days(fields, where)
    return Line(where, fields)


def _check_text(value: object, name: str, where: str) -> None:
    """Reject anything but text, and nothing where there must be some."""
    if value is None and not _TEXT[name]:
        return
    if not isinstance(value, str) or (not value.strip() and name not in _MAY_BE_EMPTY):
        raise BadRecord(f"{where}：{name} 应当是文字，现在是 {value!r}。请补上；不知道时{_unknown(name)}。")


def _unknown(name: str) -> str:
    """Return what to write where the value is not known."""
    return "请在登记前查明" if _TEXT[name] else "写 null"


def _check_list(value: object, name: str, where: str) -> None:
    """Reject anything but a list of texts without repetition."""
    good = isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
    if not good or len(set(value)) != len(value):  # type: ignore[arg-type,call-overload]
        raise BadRecord(f"{where}：{name} 应当是不重复的文字列表，现在是 {value!r}。请改正。")


def _day(value: object, name: str, where: str) -> date | None:
    """Return the date, None for null."""
    if value is None:
        return None
    try:
        if isinstance(value, str) and len(value) == len("2021-09-01"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise BadRecord(f"{where}：{name} 不是存在的日期：{value!r}。请写成 2021-09-01 的形式；不知道时写 null。")


def _check_closed(fields: dict[str, Any], where: str) -> None:
    """Reject values outside the closed lists."""
    for name, allowed in (
        ("level", RULE_LEVELS),
        ("verified", EVIDENCE),
        ("version_date_verified", EVIDENCE),
    ):
        if fields[name] not in allowed:
            raise BadRecord(f"{where}：{name} 不认识“{fields[name]}”。可选：{'、'.join(allowed)}。")
    grades = {fields["verified"], fields["version_date_verified"]}
    if not fields["evidence"] and grades != {"memory"}:
        raise BadRecord(f"{where}：没有 evidence，日期却标为有据。请写明出处，或把两项可靠程度改为 memory。")
    count = fields["articles"]
    if count is not None and (not isinstance(count, int) or isinstance(count, bool) or count < 1):
        raise BadRecord(f"{where}：articles 应当是条数（正整数），现在是 {count!r}。不知道时写 null。")
    if not REFERENCE.fullmatch(fields["rule_id"]) or "@" in fields["rule_id"]:
        raise BadRecord(f"{where}：rule_id “{fields['rule_id']}”只能用小写字母、数字和连字符。请改正。")


def _check_days(fields: dict[str, Any], where: str) -> None:
    """Reject dates that contradict each other within the line."""
    issued, first, last = (fields[name] for name in _DATES)
    if first and last and last < first:
        raise BadRecord(f"{where}：effective_to（{last}）早于 effective_from（{first}）。请核对两个日期。")
    if issued and first and first < issued:
        raise BadRecord(f"{where}：effective_from（{first}）早于 version_date（{issued}）。请核对两个日期。")
    if issued and last and last < issued:
        raise BadRecord(f"{where}：effective_to（{last}）早于 version_date（{issued}）。请核对两个日期。")
    _check_end(fields["repealed_by"], last, where)


def _check_end(repealed_by: str | None, last: date | None, where: str) -> None:
    """Reject an end that is half told: what ended a version without its last day, or several causes."""
    if repealed_by is None:
        return
    if last is None:
        raise BadRecord(
            f"{where}：写了 repealed_by（{repealed_by}），没有 effective_to。请补上最后一天；"
            "不知道时把 repealed_by 写作 null，在 note 中说明。"
        )
    if len(read_references(repealed_by)) != 1 or repealed_by.endswith(UNCONFIRMED):
        raise BadRecord(
            f"{where}：repealed_by 只能写一个确定的规定或文号，现在是“{repealed_by}”。请改正；"
            "不能确定时写 null，在 note 中说明。"
        )
