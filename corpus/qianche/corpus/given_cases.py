"""Whole cases in a JSON or JSON Lines file of the product's own schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from qianche.corpus.casebook import read_cases
from qianche.corpus.cases import Case
from qianche.corpus.reading.formats.encoding import decode

OWN_KEYS = frozenset({"case_id", "occurred_on", "accident_classes", "toll", "provenance"})
"""Keys that no other file has together; three of them make a record one of ours, so that its mistakes are told."""
LEAST_OWN_KEYS = 3

# What stands before the first item of a list and between two.
_GAP = re.compile(r"[\s,]*\[?[\s,]*")


def given_cases(data: bytes, name: str) -> tuple[Case, ...]:
    """Return the cases of a file of the product's own schema, () where the file is of another kind.

    One object a line, a list of objects, or one object.

    Raises:
        BadRecord: a record breaks the schema, contradicts itself or tells an accident twice; the message names
            the file, the line (of a list: the record's number) and the field.
        Unreadable: the bytes are no text.
    """
    text = decode(data).text
    try:
        value = json.loads(text)
    except RecursionError:
        return ()
    except ValueError:
        return _of_lines(text, name)
    if isinstance(value, list) and any(map(_is_own, value)):
        return tuple(read_cases("\n".join(_raw_items(text)), f"{name}（每条记录计一行）"))
    return tuple(read_cases(_one_line(text), name)) if _is_own(value) else ()


def _of_lines(text: str, name: str) -> tuple[Case, ...]:
    """Return the cases of JSON Lines, () where the first line is no record of ours."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    try:
        is_own = _is_own(json.loads(first))
    except (ValueError, RecursionError):
        return ()
    return tuple(read_cases(text, name)) if is_own else ()


def _is_own(record: Any) -> bool:
    """Return whether a record is meant to be one of ours."""
    return isinstance(record, dict) and len(OWN_KEYS & record.keys()) >= LEAST_OWN_KEYS


def _raw_items(text: str) -> Iterator[str]:
    """Yield the items of a list as the file writes them: mistakes that a parser evens out stay visible."""
    decoder = json.JSONDecoder()
    at = _GAP.match(text).end()  # type: ignore[union-attr]  # matches anything
    while text[at] != "]":
        _, end = decoder.raw_decode(text, at)
        yield _one_line(text[at:end])
        at = _GAP.match(text, end).end()  # type: ignore[union-attr]


def _one_line(text: str) -> str:
    """Return JSON on one line; a line break can stand only between its words."""
    return text.replace("\r", " ").replace("\n", " ")
