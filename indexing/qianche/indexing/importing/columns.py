"""Which column of an imported table holds what: as its headers tell, or as a person corrected it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace

from qianche.corpus.errors import BadRequest
from qianche.corpus.intake import Intake
from qianche.corpus.reading.document import Document
from qianche.corpus.reports.draft import CaseDraft
from qianche.corpus.tables import ColumnMapping, map_columns, rows_to_drafts
from qianche.indexing.importing.ledger import Ledger
from qianche.indexing.importing.records import Account, KeptColumns, Source

NOT_FITTING = "以前更正的列对照与这次读出的表格不符，没有采用，请重新核对列对照"


def is_table(ledger: Ledger, source: Source) -> bool:
    """Return whether the file was read by columns: a table that holds no whole records of our own schema."""
    accounts = ledger.get_all(Account, source.account_ids[:1])
    return source.kind == "table" and not any(account.given is not None for account in accounts)


def columns_of(ledger: Ledger, source: Source) -> ColumnMapping:
    """Return the mapping in force for a table; `BadRequest` where the file is none."""
    if is_table(ledger, source):
        found = map_columns(ledger.text(source.sha256).document)
        return _in_force(ledger.get(KeptColumns, source.sha256), found)
    raise BadRequest(
        f"“{source.names[0]}”不是按列读取的事故台账，没有列对照。请选择表格文件（.xlsx、.csv 等）。",
        code="no-table",
    )


def as_corrected(ledger: Ledger, sha256: str, intake: Intake) -> tuple[Intake, tuple[int, ...], str]:
    """Return what a file holds by the mapping that persons gave it earlier, the numbers of its accounts, a remark.

    The remark (Chinese, mostly "") says where that mapping no longer fits the table as it is read now.
    """
    plain = tuple(range(1, len(intake.case_drafts) + len(intake.cases) + 1))
    kept = ledger.get(KeptColumns, sha256)
    if kept is None or intake.kind != "table" or intake.cases:
        return intake, plain, ""
    found = map_columns(intake.document)
    mapping = _in_force(kept, found)
    if mapping is found:
        return intake, plain, NOT_FITTING
    document = replace(intake.document, warnings=warned(intake.document.warnings, found, mapping))
    drafts = rows_to_drafts(document, mapping)
    numbers = numbered(document, drafts, kept.numbers)
    ledger.put(sha256, replace(kept, numbers=kept.numbers | numbers))
    return replace(intake, document=document, case_drafts=drafts), tuple(numbers.values()), ""


def warned(warnings: Iterable[str], before: ColumnMapping, after: ColumnMapping) -> tuple[str, ...]:
    """Return the warnings of a file with those about its columns renewed."""
    return (*(w for w in warnings if w not in before.warnings), *after.warnings)


def numbered(document: Document, drafts: Iterable[CaseDraft], known: Mapping[int, int]) -> dict[int, int]:
    """Return row → number of its account, in the order of the drafts; a row not known gets the next free one."""
    numbers: dict[int, int] = {}
    last = max(known.values(), default=0)
    for row in rows_of(document, drafts):
        if row not in known:
            last += 1
        numbers[row] = known.get(row, last)
    return numbers


def rows_of(document: Document, drafts: Iterable[CaseDraft]) -> list[int]:
    """Return the row that every draft begins with, counted over all tables of the document from 0."""
    starts = [row[0].start for block in document.blocks if block.kind == "table" for row in block.rows if row]
    return [bisect_right(starts, draft.span.start) - 1 for draft in drafts]


def _in_force(kept: KeptColumns | None, found: ColumnMapping) -> ColumnMapping:
    """The mapping that persons gave, as long as the tables are those it was given for."""
    if kept is None or _shape(ColumnMapping(kept.tables)) != _shape(found):
        return found
    return ColumnMapping(kept.tables)


def _shape(mapping: ColumnMapping) -> list[object]:
    """Where every table stands, and its headers."""
    return [
        (table.block, table.header, table.first, table.end, [column.header for column in table.columns])
        for table in mapping.tables
    ]
