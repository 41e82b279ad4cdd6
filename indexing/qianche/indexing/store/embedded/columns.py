"""The declared fields of a collection as columns: filter masks and facet counts without touching the record.

Every distinct value of a field (a list is one value) has a code; a comparison is decided once per distinct
value by `filters.Comparison.holds`, so the mask means what the reference evaluator means by construction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from qianche.indexing.documents import PART, FilterField
from qianche.indexing.store.filters import Comparison, Condition
from qianche.indexing.store.protocol import Facets, Keys

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]

ABSENT = "null"
"""Code 0 of every column: the passage has no value."""
_REMEMBERED = 256
"""Comparisons whose verdicts are kept: the facets and days people ask for repeat."""
_MASKS_REMEMBERED = 64
"""Whole filters whose masks are kept, a byte a passage each: most questions come with the default one."""


@dataclass(frozen=True)
class Column:
    """One field: `codes[row]` points into `values`, the distinct values as JSON text."""

    codes: Codes
    values: tuple[str, ...]

    @cached_property
    def parsed(self) -> tuple[Any, ...]:
        """The distinct values as a document holds them."""
        return tuple(json.loads(v) for v in self.values)

    @cached_property
    def verdicts(self) -> Callable[[Comparison], Mask]:
        """Which distinct values pass a comparison, shape `(len(values),)`; remembered."""

        @lru_cache(maxsize=_REMEMBERED)
        def decide(leaf: Comparison) -> Mask:
            return np.fromiter((leaf.holds(v) for v in self.parsed), dtype=np.bool_, count=len(self.values))

        return decide

    def extended(self, keep: Mask, added: Sequence[Any]) -> Column:
        """Return the column of the kept rows followed by the added values; codes of old values stay."""
        known = {value: code for code, value in enumerate(self.values)}
        codes = np.fromiter(
            (known.setdefault(canonical(v), len(known)) for v in added), dtype=np.int32, count=len(added)
        )
        return Column(np.concatenate([self.codes[keep], codes]), tuple(known))


@dataclass(frozen=True)
class Columns:
    """Passages by ascending key, with the record each belongs to and the values of its declared fields."""

    keys: Keys
    records: Keys
    columns: Mapping[str, Column]

    @classmethod
    def empty(cls, fields: Sequence[FilterField]) -> Columns:
        """Return the columns of an empty collection; `part` is always among them."""
        nothing = np.empty(0, dtype=np.int64)
        names = dict.fromkeys([*(f.name for f in fields), PART])
        return cls(nothing, nothing, {n: Column(np.empty(0, dtype=np.int32), (ABSENT,)) for n in names})

    def __len__(self) -> int:
        return len(self.keys)

    def updated(self, removed: Keys, added: Iterable[tuple[int, int, Mapping[str, Any]]]) -> Columns:
        """Return the columns without the removed keys and with the added (key, record key, meta) instead."""
        entries = list(added)
        new_keys = np.fromiter((e[0] for e in entries), dtype=np.int64, count=len(entries))
        new_records = np.fromiter((e[1] for e in entries), dtype=np.int64, count=len(entries))
        keep = ~np.isin(self.keys, np.concatenate([removed, new_keys]))
        keys = np.concatenate([self.keys[keep], new_keys])
        order = np.argsort(keys, kind="stable")
        columns = {}
        for name, column in self.columns.items():
            grown = column.extended(keep, [e[2].get(name) for e in entries])
            columns[name] = Column(grown.codes[order], grown.values)
        return Columns(keys[order], np.concatenate([self.records[keep], new_records])[order], columns)

    def rows_of(self, keys: Keys) -> tuple[Rows, Mask]:
        """Return the row of each key, and whether the key is there (else its row means nothing)."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.intp), np.zeros(len(keys), dtype=np.bool_)
        rows = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return rows, self.keys[rows] == keys

    def holds(self, leaf: Comparison) -> bool:
        """Return whether the comparison is about one of these columns."""
        return leaf.in_meta and leaf.field in self.columns

    @cached_property
    def kept_mask(self) -> Callable[[Condition], Mask]:
        """Which rows pass a condition that these columns decide alone, shape `(n,)`, read-only; remembered."""

        @lru_cache(maxsize=_MASKS_REMEMBERED)
        def decide(condition: Condition) -> Mask:
            mask = self.mask(condition, {})
            mask.flags.writeable = False
            return mask

        return decide

    def mask(self, condition: Condition, others: Mapping[Comparison, Mask]) -> Mask:
        """Return which rows pass, shape `(n,)`; `others` masks the comparisons on undeclared fields."""
        if isinstance(condition, Comparison):
            if not self.holds(condition):
                return others[condition]
            column = self.columns[condition.field]
            return column.verdicts(condition)[column.codes]
        masks = [self.mask(c, others) for c in condition.conditions]
        if condition.operator == "OR":
            return np.logical_or.reduce(masks) if masks else np.zeros(len(self), dtype=np.bool_)
        everything = np.logical_and.reduce(masks) if masks else np.ones(len(self), dtype=np.bool_)
        return ~everything if condition.operator == "NOT" else everything

    @cached_property
    def _distinct_records(self) -> tuple[Keys, npt.NDArray[np.intp]]:
        """The record keys, ascending, and for each row the position of its record among them."""
        distinct, positions = np.unique(self.records, return_inverse=True)
        return distinct, positions

    @cached_property
    def _pairs(self) -> dict[str, tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], tuple[str, ...]]]:
        """Filled by `_pairs_of`: the distinct (record, single value) pairs of a field, and the labels."""
        return {}

    def _pairs_of(self, field: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], tuple[str, ...]]:
        """Each pair once, however many passages of the record repeat the value."""
        if field in self._pairs:
            return self._pairs[field]
        column, positions = self.columns[field], self._distinct_records[1]
        labels: dict[str, int] = {}
        elements: list[list[int]] = []
        for value in column.parsed:
            singles = value if isinstance(value, list) else [value]
            elements.append([labels.setdefault(label_of(v), len(labels)) for v in singles if v is not None])
        record, code = np.divmod(np.unique(positions * len(column.values) + column.codes), len(column.values))
        lengths = np.array([len(e) for e in elements], dtype=np.intp)
        flat = np.array([e for singles in elements for e in singles], dtype=np.intp)
        repeats = lengths[code]
        owners = np.repeat(record, repeats)
        within = np.arange(len(owners)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        firsts = np.cumsum(lengths) - lengths
        pairs = np.unique(owners * max(1, len(labels)) + flat[np.repeat(firsts[code], repeats) + within])
        self._pairs[field] = (*np.divmod(pairs, max(1, len(labels))), tuple(labels))
        return self._pairs[field]

    def facets(self, records: Keys, fields: Sequence[str]) -> Facets:
        """Return, for each field, how many of the records carry each value: most frequent first, then by value."""
        distinct, _ = self._distinct_records
        chosen = np.zeros(len(distinct), dtype=np.bool_)
        if len(distinct) and len(records):
            at = np.minimum(np.searchsorted(distinct, records), len(distinct) - 1)
            chosen[at[distinct[at] == records]] = True
        return {field: self._facet(chosen, field) for field in fields}

    def _facet(self, chosen: Mask, field: str) -> dict[str, int]:
        """The counts of one field over the chosen of the distinct records."""
        owners, elements, labels = self._pairs_of(field)
        counts = np.bincount(elements[chosen[owners]], minlength=len(labels))
        found = [(labels[i], int(counts[i])) for i in np.flatnonzero(counts)]
        return dict(sorted(found, key=lambda item: (-item[1], item[0])))


def label_of(value: Any) -> str:
    """Return a facet value as text: numbers as printed, booleans as `true` and `false`."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def canonical(value: Any) -> str:
    """Return a value as JSON text, the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
