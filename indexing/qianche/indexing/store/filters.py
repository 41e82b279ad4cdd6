"""What a filter means, once for every engine: the grammar is Haystack's, `matches` is the reference.

It differs from `haystack.utils.filters` where that depends on the data or on the machine:

* a list in a document passes when one of its elements does; an empty list is the same as no value
  (Haystack compares the list itself; no search engine can);
* strings are dates only in ISO form from `YYYY-MM-DD` on (Haystack guesses: "10" is the tenth of this month);
  a time without zone is UTC;
* `true` is not 1, and comparing what cannot be compared is no match, whatever other documents hold; only
  what is wrong with the filter itself is an error.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from haystack.dataclasses import Document
from haystack.errors import FilterError

from qianche.indexing.documents import FieldType, FilterField

LOGIC = ("AND", "OR", "NOT")
ORDERINGS = (">", ">=", "<", "<=")
COMPARISONS = ("==", "!=", *ORDERINGS, "in", "not in")
MAX_DEPTH = 32
"""Levels of nesting; a deeper filter is nobody's question and would exhaust the stack."""

_READABLE = ("id", "content")
_UNREADABLE = ("embedding", "sparse_embedding", "blob", "score", "meta")
# "2024-05-01", "2024-05-01T08:30:00+08:00"; not "20240501", "2024-05", nor full-width digits.
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ].+)?", re.DOTALL)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS: dict[FieldType, tuple[str, str]] = {
    "keyword": ("text", "文字"),
    "integer": ("number", "数"),
    "date": ("instant", "日期（YYYY-MM-DD）"),
    "boolean": ("boolean", "true 或 false"),
}

Comparable = tuple[str, Any]
"""(kind, value): two values compare only within one kind: text, number, instant, boolean, other."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`field operator value`, ready to be applied; among the operands None stands for "absent"."""

    field: str
    """`id`, `content`, or a path inside `meta` without the prefix."""
    in_meta: bool
    operator: str
    operands: tuple[Comparable | None, ...]

    def holds(self, value: Any) -> bool:
        """Return whether a document with this value of the field passes; None and [] are "absent"."""
        if self.operator in ORDERINGS:
            wanted = self.operands[0]
            return wanted is not None and any(_ordered(self.operator, v, wanted) for v in _values(value))
        found = _values(value)
        hit = any(v in self.operands for v in found) if found else None in self.operands
        return hit != (self.operator in ("!=", "not in"))


@dataclass(frozen=True, slots=True)
class Logic:
    """AND, OR, NOT over conditions; NOT means "not all of them"."""

    operator: str
    conditions: tuple[Condition, ...]


Condition = Comparison | Logic


def check(filters: Mapping[str, Any] | None, fields: Sequence[FilterField] = ()) -> None:
    """Return quietly for a filter that can be asked; None and {} pass everything.

    Raises:
        FilterError: malformed, nested deeper than `MAX_DEPTH`, an unknown operator, or a value that cannot be
            compared with the declared type of its field.
    """
    parse(filters, fields)


def matches(filters: Mapping[str, Any] | None, document: Document) -> bool:
    """Return whether the document passes the filter: the reference every engine is tested against."""
    condition = parse(filters)
    return condition is None or passes(condition, document)


def parse(filters: Mapping[str, Any] | None, fields: Sequence[FilterField] = ()) -> Condition | None:
    """Return the filter as a tree, None for the filter that passes everything; raises as `check` does."""
    if filters is None or filters == {}:
        return None
    return _parse(filters, {f.name: f for f in fields}, 1)


def passes(condition: Condition, document: Document) -> bool:
    """Return whether the document passes a parsed filter."""
    return evaluate(condition, lambda leaf: leaf.holds(read(leaf, document)))


def evaluate(condition: Condition, leaf: Callable[[Comparison], bool]) -> bool:
    """Return the truth of the tree, given that of its comparisons."""
    if isinstance(condition, Comparison):
        return leaf(condition)
    parts = (evaluate(c, leaf) for c in condition.conditions)
    if condition.operator == "OR":
        return any(parts)
    return all(parts) != (condition.operator == "NOT")


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield the comparisons of the tree, left to right."""
    if isinstance(condition, Comparison):
        yield condition
    else:
        for part in condition.conditions:
            yield from comparisons(part)


def read(leaf: Comparison, document: Document) -> Any:
    """Return what the document holds at the comparison's field, None where it holds nothing."""
    if not leaf.in_meta:
        return document.id if leaf.field == "id" else document.content
    value: Any = document.meta
    for step in leaf.field.split("."):
        if not isinstance(value, Mapping) or step not in value:
            return None
        value = value[step]
    return value


def iso_instant(text: str) -> int | None:
    """Return microseconds since 1970 (UTC) for an ISO date or time, None for any other text."""
    if not _ISO.fullmatch(text):
        return None
    try:
        return _instant(datetime.fromisoformat(text))
    except ValueError:
        return None


def comparable(value: Any) -> Comparable:
    """Return the value with its kind; booleans are no numbers, ISO dates no texts."""
    if isinstance(value, bool):
        return "boolean", value
    if isinstance(value, int | float):
        return "number", value
    if isinstance(value, str):
        instant = iso_instant(value)
        return ("text", value) if instant is None else ("instant", instant)
    if isinstance(value, datetime):
        return "instant", _instant(value)
    if isinstance(value, date):
        return "instant", _instant(datetime.combine(value, time.min))
    return "other", json.dumps(value, sort_keys=True, default=str)


def _instant(moment: datetime) -> int:
    """Microseconds since 1970; a time without zone is UTC, so that the order is total."""
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _values(value: Any) -> list[Comparable]:
    """The comparable values a field holds: none, one, or the elements of a list."""
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return [comparable(v) for v in value if v is not None]
    return [comparable(value)]


def _ordered(operator: str, value: Comparable, wanted: Comparable) -> bool:
    """Whether value stands to wanted as the operator says; different kinds never do."""
    if value[0] != wanted[0] or value[0] not in ("number", "instant"):
        return False
    left, right = value[1], wanted[1]
    if operator == ">":
        return bool(left > right)
    if operator == ">=":
        return bool(left >= right)
    return bool(left < right) if operator == "<" else bool(left <= right)


def _parse(filters: Any, fields: Mapping[str, FilterField], depth: int) -> Condition:
    """One node; a node with `field` is a comparison, any other a combination."""
    if not isinstance(filters, Mapping):
        raise FilterError(
            f"过滤条件应是对象，收到的是{_shown(filters)}。"
            "请写成 {field, operator, value} 或 {operator, conditions}。"
        )
    if depth > MAX_DEPTH:
        raise FilterError(f"过滤条件嵌套超过 {MAX_DEPTH} 层。请合并条件后再试。")
    if "field" in filters:
        return _comparison(filters, fields)
    for needed in ("operator", "conditions"):
        if needed not in filters:
            raise FilterError(f"组合条件缺少“{needed}”：{_shown(filters)}。请写成 {{operator, conditions}}。")
    operator, conditions = filters["operator"], filters["conditions"]
    if operator not in LOGIC:
        raise FilterError(f"未知的逻辑运算“{operator}”。可选：{'、'.join(LOGIC)}。")
    if not isinstance(conditions, list | tuple):
        raise FilterError(f"“conditions”应是列表，收到的是{_shown(conditions)}。")
    return Logic(operator, tuple(_parse(c, fields, depth + 1) for c in conditions))


def _comparison(filters: Mapping[str, Any], fields: Mapping[str, FilterField]) -> Comparison:
    """A leaf with its operands prepared and checked."""
    for needed in ("operator", "value"):
        if needed not in filters:
            raise FilterError(
                f"比较条件缺少“{needed}”：{_shown(filters)}。请写成 {{field, operator, value}}。"
            )
    name, operator, value = filters["field"], filters["operator"], filters["value"]
    if not isinstance(name, str) or not name or name in _UNREADABLE:
        raise FilterError(f"不能按“{name}”过滤。可用 id、content 或 meta 中的字段，例如 meta.sector。")
    if operator not in COMPARISONS:
        raise FilterError(f"未知的比较运算“{operator}”。可选：{'、'.join(COMPARISONS)}。")
    in_meta = name not in _READABLE
    path = name.removeprefix("meta.") if in_meta else name
    if operator in ("in", "not in"):
        if not isinstance(value, list):
            raise FilterError(f"“{name}”用 {operator} 时，值应是列表，收到的是{_shown(value)}。")
        operands = tuple(_operand(name, v) for v in value)
    else:
        operands = (_operand(name, value),)
    leaf = Comparison(path, in_meta, operator, operands)
    _check_kinds(name, leaf, fields.get(path) if in_meta else None)
    return leaf


def _operand(name: str, value: Any) -> Comparable | None:
    """A scalar of the filter, None for "absent"."""
    if value is None:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        raise FilterError(f"“{name}”不能与 {value} 比较。请给出一个有限的数。")
    if not isinstance(value, bool | int | float | str | date):
        raise FilterError(f"“{name}”只能与单个值比较，收到的是{_shown(value)}。多个值请用 in。")
    return comparable(value)


def _check_kinds(name: str, leaf: Comparison, declared: FilterField | None) -> None:
    """Refuse an order among texts or booleans, and values of another type than the field's."""
    for operand in leaf.operands:
        if operand is None:
            continue
        if leaf.operator in ORDERINGS and operand[0] not in ("number", "instant"):
            raise FilterError(
                f"“{name}”用 {leaf.operator} 时，值应是数或 ISO 日期（YYYY-MM-DD），收到的是“{operand[1]}”。"
            )
        if declared is None:
            continue
        kind, wanted = _KINDS[declared.type]
        # A keyword may look like a date; it is compared as one on both sides, so equality still holds.
        if operand[0] != kind and not (kind == "text" and operand[0] == "instant"):
            raise FilterError(f"字段“{name}”的值应是{wanted}，收到的是“{operand[1]}”。")
        if leaf.operator in ORDERINGS and kind == "text":
            raise FilterError(f"字段“{name}”是文字，不能用 {leaf.operator} 比较。请用 ==、!=、in 或 not in。")


def _shown(value: Any) -> str:
    """The value as a message can hold it."""
    text = str(value)
    return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”"
