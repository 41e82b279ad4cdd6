"""Haystack's questions about what the documents' meta holds, answered by reading every document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from haystack.dataclasses import Document

from qianche.indexing.documents import RESERVED, FilterField


class MetadataQueries:
    """Mixed into a store that can scan its documents; a `meta.` before a field name is allowed."""

    fields: tuple[FilterField, ...]

    def _scan(self, filters: dict[str, Any] | None, *, vectors: bool = False) -> Iterator[Document]:
        """The documents that pass; the store has it."""
        raise NotImplementedError

    def count_documents_by_filter(self, filters: dict[str, Any]) -> int:
        """Return how many documents pass."""
        return sum(1 for _ in self._scan(filters))

    def count_unique_metadata_by_filter(
        self, filters: dict[str, Any], metadata_fields: list[str]
    ) -> dict[str, int]:
        """Return how many different values each field has in the documents that pass (a list gives each)."""
        names = {field: _plain(field) for field in metadata_fields}
        seen: dict[str, set[str]] = {name: set() for name in names.values()}
        for document in self._scan(filters):
            for name, values in seen.items():
                values.update(_typed(v) for v in _values(document, name))
        return {name: len(values) for name, values in seen.items()}

    def get_metadata_fields_info(self) -> dict[str, dict[str, str]]:
        """Return the type of each field in use: the declared one, else that of the first value found."""
        declared = {field.name: str(field.type) for field in self.fields}
        found: dict[str, dict[str, str]] = {}
        for document in self._scan(None):
            for name in document.meta:
                if name in found or name in RESERVED:
                    continue
                values = _values(document, name)
                if values:
                    found[name] = {"type": declared.get(name, _TYPES.get(type(values[0]), "object"))}
        return found

    def get_metadata_field_min_max(self, metadata_field: str) -> dict[str, Any]:
        """Return the least and greatest value of a field, numbers before texts; None where not in use."""
        name = _plain(metadata_field)
        values = [v for d in self._scan(None) for v in _values(d, name) if isinstance(v, int | float | str)]
        ordered = sorted(values, key=lambda v: (isinstance(v, str), v))
        return {"min": ordered[0], "max": ordered[-1]} if ordered else {"min": None, "max": None}

    def get_metadata_field_unique_values(
        self, metadata_field: str, search_term: str | None = None, from_: int = 0, size: int = 10,
        filters: dict[str, Any] | None = None,
    ) -> tuple[list[Any], int]:  # fmt: skip
        """Return a page of a field's different values, ordered as text, and how many there are.

        `search_term` keeps the values that contain it, in any case. 1, 1.0, "1" and true are four values.
        """
        name = _plain(metadata_field)
        found: dict[str, Any] = {}
        for document in self._scan(filters):
            for value in _values(document, name):
                if search_term is None or search_term.casefold() in str(value).casefold():
                    found.setdefault(_typed(value), value)
        ordered = [found[key] for key in sorted(found, key=lambda k: (str(found[k]), k))]
        return ordered[from_ : from_ + size], len(ordered)


_TYPES: dict[type, str] = {bool: "boolean", int: "integer", float: "float", str: "keyword"}


def _plain(field: str) -> str:
    """The name inside meta."""
    return field.removeprefix("meta.")


def _values(document: Document, name: str) -> list[Any]:
    """The values of one field: none, one, or the elements of a list."""
    value = document.meta.get(name)
    values = value if isinstance(value, list) else [value]
    return [v for v in values if v is not None]


def _typed(value: Any) -> str:
    """A value as text that keeps its type apart."""
    return f"{type(value).__name__}:{json.dumps(value, ensure_ascii=False, sort_keys=True)}"
