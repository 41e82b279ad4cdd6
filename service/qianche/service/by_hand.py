"""What a person gives: a name to stand under a change, and a value for a field of a case."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from qianche.corpus.errors import BadRecord, BadRequest
from qianche.service.schemas import Text

MAX_NAME = 50
MAX_TEXT = 20_000
"""Characters of one text; the longest causes of official reports have some thousands."""
MAX_TEXTS = 200
"""Texts of a list field, e.g. lessons."""
UNNAMED = "未署名"
"""Stands for who imported where nobody said."""


def one_line(text: str) -> str:
    """Return a name free of control characters and line breaks."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def short_name(text: str) -> str:
    """Return a name on one line, "" for none; `BadRequest` where it is too long."""
    name = one_line(text)
    if len(name) > MAX_NAME:
        raise BadRequest(f"姓名有 {len(name)} 个字，最多 {MAX_NAME} 个字。请缩短。", code="bad-name")
    return name


def check_value(value: Any) -> Any:
    """Return a value that a field can be given: a text, a figure, a list of texts, None for not known."""
    if value is None or _is_figure(value) or _is_text(value):
        return value
    if isinstance(value, list) and len(value) <= MAX_TEXTS and all(map(_is_text, value)):
        return value
    raise PydanticCustomError("field_value", "neither text, figure, texts nor null")


def _is_figure(value: Any) -> bool:
    """Whether it is a number that JSON can hold."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_text(value: Any) -> bool:
    """Whether it is a text of sensible length that can be stored and sent."""
    return (
        isinstance(value, str)
        and len(value) <= MAX_TEXT
        and not any("\ud800" <= c <= "\udfff" for c in value)
    )


Name = Annotated[Text, Field(max_length=MAX_NAME), AfterValidator(one_line)]
FieldValue = Annotated[
    Any,
    BeforeValidator(check_value),
    WithJsonSchema({
        "anyOf": [
            {"type": "string", "maxLength": MAX_TEXT},
            {"type": "number"},
            {"type": "array", "items": {"type": "string", "maxLength": MAX_TEXT}, "maxItems": MAX_TEXTS},
            {"type": "null"},
        ],
    }),
]  # fmt: skip


@contextmanager
def by_hand() -> Iterator[None]:
    """Turn a value that its field cannot hold into a wrong request: a person gave it, no data file did.

    Raises:
        BadRequest: with the code `bad-value`.
    """
    try:
        yield
    except BadRecord as error:
        raise BadRequest(error.message, code="bad-value") from None
