"""Records as JSON-ready payloads and back; pydantic knows dataclasses, dates and unions already."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """The adapter of a record type, made once."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_payload(record: Any) -> dict[str, Any]:
    """Return a dataclass as plain JSON types; fields that hold their default are left out."""
    payload: dict[str, Any] = _adapter(type(record)).dump_python(record, mode="json", exclude_defaults=True)
    return payload


def from_payload(kind: type[T], payload: dict[str, Any]) -> T:
    """Return the record that `to_payload` wrote."""
    record: T = _adapter(kind).validate_python(payload)
    return record
