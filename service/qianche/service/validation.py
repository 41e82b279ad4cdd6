"""Wrong input, field by field, in Chinese: what was given, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qianche.corpus.errors import BadRequest

MAX_SHOWN = 60
"""Characters of a wrong value that a message repeats."""
NOT_A_DAY = "需要日期，写作 年-月-日，如 2021-09-01"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong input: the field as the caller names it, what was given, what to do, the valid values."""

    field: str
    given: str
    message: str
    allowed: tuple[str, ...] | None = None


class BadParameters(BadRequest):
    """One or more inputs that cannot be used; `errors` tells them apart."""

    code = "bad-parameters"

    def __init__(self, errors: Sequence[FieldError], *, code: str | None = None) -> None:
        self.errors = tuple(errors)
        super().__init__("；".join(_sentence(e) for e in self.errors) + "。", code=code)


def bad_parameters(details: Iterable[Mapping[str, Any]]) -> BadParameters:
    """Return pydantic's error details as one error in Chinese, without `body` or `query` before a name."""
    return BadParameters([_field_error(detail) for detail in details])


def read_day(text: str, field: str = "as_of") -> date:
    """Return the day written as 2021-09-01; `BadParameters` for what is none, such as 2021-02-30."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # no such day: told below
    raise BadParameters([FieldError(field, shown(text), NOT_A_DAY)])


def shown(value: Any) -> str:
    """Return a value as a message repeats it: short, and free of what cannot be encoded or printed."""
    text = value if isinstance(value, str) else "" if value is None else repr(value)
    cut = text[:MAX_SHOWN] + ("…" if len(text) > MAX_SHOWN else "")
    return clean(cut)


def clean(text: str) -> str:
    """Return the text with lone surrogates and control characters replaced, fit to be sent and shown."""
    encodable = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in encodable)


def _sentence(error: FieldError) -> str:
    """Return one error as part of the summary."""
    given = f"“{error.given}”" if error.given else ""
    return f"{error.field}{given}：{error.message}" if error.field else error.message


def _field_error(detail: Mapping[str, Any]) -> FieldError:
    """Return one detail in Chinese; the value itself is left out where it is missing or is the whole body."""
    path = [str(step) for step in detail["loc"]]
    if path and path[0] in ("body", "query", "path"):
        path = path[1:]
    kind, context = str(detail["type"]), detail.get("ctx") or {}
    whole = not path or kind == "missing"
    message, allowed = _explain(kind, context)
    return FieldError(".".join(path), "" if whole else shown(detail.get("input")), message, allowed)


def _explain(kind: str, context: Mapping[str, Any]) -> tuple[str, tuple[str, ...] | None]:
    """Return what is wrong and what is allowed, for one of pydantic's error types."""
    if kind == "literal_error":
        allowed = tuple(
            p.strip().strip("'") for p in str(context["expected"]).replace(" or ", ", ").split(",")
        )
        return f"没有这个选项。可选：{'、'.join(allowed)}", allowed
    for prefix, message in _MESSAGES:
        if kind.startswith(prefix):
            return message.format_map(context), None
    return "值不符合要求，请对照接口说明", None


# First match wins; a name in braces comes from the context that pydantic gives with the error.
_MESSAGES: tuple[tuple[str, str], ...] = (
    ("missing", "必须给出"),
    ("extra_forbidden", "没有这个参数，请核对拼写"),
    ("value_error", "需要上传的文件"),
    ("field_value", "需要文字、数字、文字的列表，或 null（未知）；文字不能过长"),
    ("string_pattern_mismatch", "格式不对，请核对"),
    ("string_too_long", "最多 {max_length} 个字符"),
    ("string_too_short", "不能为空"),
    ("string_unicode", "含有不成对的代理字符，不是合法的文字"),
    ("string", "需要文字"),
    ("int", "需要整数"),
    ("finite_number", "需要整数"),
    ("bool", "需要 true 或 false"),
    ("list", "需要列表，如 [\"工贸\"]"),
    ("too_long", "最多 {max_length} 个值"),
    ("too_short", "至少 {min_length} 个值"),
    ("date", NOT_A_DAY),
    ("greater_than_equal", "不能小于 {ge}"),
    ("less_than_equal", "不能大于 {le}"),
    ("model", "请求正文需要是 JSON 对象，如 {{\"query\": \"…\"}}"),
    ("dict", "请求正文需要是 JSON 对象，如 {{\"query\": \"…\"}}"),
)  # fmt: skip
