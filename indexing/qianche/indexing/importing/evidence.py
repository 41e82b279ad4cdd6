"""What an account states, field by field, with the places that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from qianche.corpus.reading.document import Document
from qianche.corpus.reports.draft import CaseDraft, Finding, FoundBy
from qianche.indexing.importing.records import Account
from qianche.indexing.importing.to_case import PICKS, WORDED


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """One value of one field: where the source says it, word for word, and how it was found.

    `field` is a key of `corrections.FIELDS`, or `units`, `measures` and the like for what a case does not hold.
    """

    field: str
    value: Any
    source: str
    page: int
    start: int
    end: int
    quote: str
    found_by: FoundBy
    sure: bool
    remark: str


PLACES = 3
"""Places shown of one finding, best first: a report names its equipment in every second sentence."""
_LISTS = {
    "management_failures": "indirect_causes",
    "failed_barriers": "failed_barriers",
    "equipment": "equipment",
    "substances": "substances",
    "lessons": "lessons",
    "measures": "measures",
    "units": "units",
}
"""Key of a list field to its name in the draft; persons are left out (exports must not name them unasked)."""


def evidence_of(account: Account, document: Document) -> tuple[FieldEvidence, ...]:
    """Return every finding of an account with its best places; none for a whole record of our own schema."""
    if account.draft is None:
        return ()
    return tuple(_all(account.source, account.draft, document))


def _all(source: str, draft: CaseDraft, document: Document) -> Iterator[FieldEvidence]:
    for key, pick in {**PICKS, **WORDED}.items():
        yield from _of(source, key, pick(draft).findings, document)
    for scheme, of in draft.accident_class.items():
        yield from _of(source, f"accident_classes.{scheme}", of.findings, document)
    for key, name in _LISTS.items():
        yield from _of(source, key, getattr(draft, name), document)


def _of(
    source: str, key: str, findings: Iterable[Finding[Any]], document: Document
) -> Iterator[FieldEvidence]:
    for f in findings:
        for span in f.spans[:PLACES]:
            yield FieldEvidence(
                key, f.value, source, document.page_at(span.start), span.start, span.end, document.quote(span),
                f.found_by, f.sure, f.remark,
            )  # fmt: skip
