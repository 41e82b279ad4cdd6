"""What imported files tell of a case, field by field, one file beside the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from qianche.indexing.importing import Importer
from qianche.indexing.importing.corrections import FIELDS, value_in
from qianche.indexing.importing.evidence import FieldEvidence
from qianche.indexing.importing.records import Account
from qianche.indexing.importing.to_case import PICKS
from qianche.service import import_labels as labels
from qianche.service.import_labels import field_label
from qianche.service.pages.quoting import Quote, Shelf, anchor, clipped, told_in
from qianche.service.typed_values import FieldInput, field_input, typed_text
from qianche.service.wire import imports as import_wire

MOST_ACCOUNTS = 6
"""Accounts told beside each other; of more, the rest is only named."""
MOST_VALUES = 5
"""Values of a list field told one by one."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One value as one file tells it.

    `plain`: the quote is the value, so that it is told once. `same_as`: the field above that the same words
    were already quoted for, "" where they were not.
    """

    value: str
    plain: bool
    same_as: str
    quote: Quote
    more: int
    found_by: str
    sure: bool
    remark: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one file tells in one field; `left_out` counts values that are not shown."""

    account: int
    tellings: tuple[Telling, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field: its value in the case, what each file tells, what persons made of it, how it is corrected.

    `conflicting`: the files disagree. `differs`: the case holds a figure that no file gives.
    """

    field: str
    label: str
    anchor: str
    current: str
    typed: str
    cells: tuple[Cell, ...]
    conflicting: bool
    differs: bool
    doubtful: bool
    correction: dict[str, Any] | None
    input: FieldInput | None


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """A file's account of the case, with the join that brought it here."""

    account: Account
    number: int
    source_name: str
    whole_record: bool
    can_split: bool
    reasons: tuple[str, ...]
    joined_by: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """All that imported files and persons say of a case; `others` are accounts beyond those told."""

    accounts: tuple[ShownAccount, ...]
    others: int
    rows: tuple[FieldRow, ...]
    correctable: tuple[FieldInput, ...]


def told_of(importer: Importer, case_id: str, payload: Mapping[str, Any] | None) -> Told:
    """Return what is told of a case.

    Args:
        payload: the case as it is held, None while it waits for its date.
    """
    everything = importer.accounts(case_id)
    accounts = everything[:MOST_ACCOUNTS]
    shelf = Shelf(importer)
    corrections = {c.field: c for c in importer.corrections(case_id)}
    evidence = [importer.evidence(a.account_id) for a in accounts]
    quoted = _Quoted()
    rows = [
        _row(key, label, evidence, quoted, payload, corrections.get(key))
        for key, label in _labels(evidence).items()
        if any(e.field == key for of in evidence for e in of) or key in corrections
    ]
    shown = _shown_accounts(importer, case_id, accounts, len(everything), shelf)
    return Told(shown, len(everything) - len(accounts), tuple(rows), tuple(map(field_input, FIELDS)))


def _labels(evidence: Iterable[Iterable[FieldEvidence]]) -> dict[str, str]:
    """Every field of a case and what else the files tell, in the order they are shown."""
    more = dict.fromkeys(e.field for of in evidence for e in of if e.field not in FIELDS)
    return {key: field_label(key) for key in (*FIELDS, *more)}


def _row(
    key: str, label: str, evidence: Sequence[Sequence[FieldEvidence]], quoted: _Quoted,
    payload: Mapping[str, Any] | None, correction: Any,
) -> FieldRow:  # fmt: skip
    found = [[e for e in of if e.field == key] for of in evidence]
    values = {labels.shown(import_wire.plain(e.value)) for of in found for e in of}
    must_agree = key in PICKS or key.startswith("accident_classes.")
    current = value_in(dict(payload), key) if payload is not None and key in FIELDS else None
    return FieldRow(
        field=key,
        label=label,
        anchor=anchor(f"field:{key}"),
        current=labels.shown(current) if key in FIELDS and payload is not None else "",
        typed=typed_text(current),
        cells=tuple(_cell(number, label, of, quoted) for number, of in enumerate(found) if of),
        conflicting=must_agree and len(values) > 1,
        differs=must_agree and bool(values) and current is not None and labels.shown(current) not in values,
        doubtful=any(not e.sure for of in found for e in of),
        correction=None if correction is None else import_wire.correction(correction),
        input=field_input(key) if key in FIELDS else None,
    )


@dataclass
class _Quoted:
    """Knows for which field words were quoted first."""

    first: dict[tuple[str, int, int], str] = field(default_factory=dict)

    def before(self, label: str, of: FieldEvidence) -> str:
        """Return the name of another field that these words were shown for already, "" where they were not."""
        first = self.first.setdefault((of.source, of.start, of.end), label)
        return first if first != label else ""


def _cell(account: int, label: str, found: Sequence[FieldEvidence], quoted: _Quoted) -> Cell:
    by_value = [list(of) for _, of in groupby(found, key=lambda e: str(e.value))]
    shown = tuple(_telling(label, of, quoted) for of in by_value[:MOST_VALUES])
    return Cell(account, shown, len(by_value) - len(shown))


def _telling(label: str, of: Sequence[FieldEvidence], quoted: _Quoted) -> Telling:
    """One value with the first of its quotes."""
    first = of[0]
    value = labels.shown(import_wire.plain(first.value))
    return Telling(
        value=clipped(value),
        plain="".join(value.split()) == "".join(first.quote.split()),
        same_as=quoted.before(label, first),
        quote=told_in(first),
        more=len(of) - 1,
        found_by=labels.FOUND_BY[first.found_by],
        sure=all(e.sure for e in of),
        remark=first.remark,
    )


def _shown_accounts(
    importer: Importer, case_id: str, accounts: Sequence[Account], total: int, shelf: Shelf
) -> tuple[ShownAccount, ...]:
    together = total > 1
    apart = [a.account_id != case_id or together for a in accounts]
    joins = {}
    if any(apart):
        joins = {j.account_id: j for j in importer.joins("joined") if j.case_id == case_id}
    return tuple(
        ShownAccount(
            account=account,
            number=number,
            source_name=shelf.name(account.source),
            whole_record=account.given is not None,
            can_split=can_split,
            reasons=joins[account.account_id].reasons if account.account_id in joins else (),
            joined_by=joins[account.account_id].by if account.account_id in joins else None,
            warnings=account.draft.warnings if account.draft else (),
        )
        for number, (account, can_split) in enumerate(zip(accounts, apart, strict=True))
    )
