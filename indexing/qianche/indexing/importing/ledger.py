"""What is known of imports, and what is about to change: read through, written in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from qianche.corpus.casebook import case_to_payload
from qianche.corpus.cases import Case
from qianche.corpus.errors import NotFound
from qianche.corpus.reading.document import Document
from qianche.corpus.register import rule_from_payload
from qianche.corpus.rule_texts.draft import RuleDraft
from qianche.corpus.rules import Rule
from qianche.indexing.documents import (
    ACCOUNTS,
    CASES,
    CORRECTIONS,
    JOINS,
    MAPPINGS,
    REGISTER,
    REVIEWS,
    SOURCE_TEXTS,
    SOURCES,
    TOLD,
)
from qianche.indexing.importing.codec import from_payload, to_payload
from qianche.indexing.importing.corrections import FIELDS
from qianche.indexing.importing.records import Account, Correction, Join, KeptColumns, Review, Source, Told
from qianche.indexing.store.protocol import KnowledgeStore, RecordEntry

T = TypeVar("T")
_TEXTS = 16


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source, apart from its record: lists of sources stay light."""

    document: Document
    rule_draft: RuleDraft | None = None


COLLECTIONS: dict[type[Any], str] = {
    Source: SOURCES,
    SourceText: SOURCE_TEXTS,
    Account: ACCOUNTS,
    Told: TOLD,
    Join: JOINS,
    Review: REVIEWS,
    Correction: CORRECTIONS,
    KeptColumns: MAPPINGS,
}


@dataclass
class Ledger:
    """One change under way: reads see what it has put; `commit` writes all of it, or nothing.

    Args:
        store: the knowledge base.
        bundled: payload of a bundled case as this program version has it, None for any other id.
    """

    store: KnowledgeStore
    bundled: Callable[[str], dict[str, Any] | None]
    puts: dict[tuple[str, str], RecordEntry] = field(default_factory=dict)
    removed: set[tuple[str, str]] = field(default_factory=set)
    _texts: dict[str, SourceText] = field(default_factory=dict)
    """The last `_TEXTS` texts read: one table may tell thousands of accidents, a base holds thousands of texts."""

    def get(self, kind: type[T], record_id: str) -> T | None:
        """Return a record as it will be."""
        payload = self.payload(COLLECTIONS[kind], record_id)
        return None if payload is None else from_payload(kind, dict(payload))

    def get_all(self, kind: type[T], record_ids: Iterable[str]) -> list[T]:
        """Return those of the records that are there, in the order asked, in one round trip."""
        ids = list(dict.fromkeys(record_ids))
        collection = COLLECTIONS[kind]
        wanted = [i for i in ids if (collection, i) not in self.puts and (collection, i) not in self.removed]
        stored = dict(zip(wanted, self.store.get_records(collection, wanted), strict=True)) if wanted else {}
        payloads = (
            self.puts[collection, i].payload if (collection, i) in self.puts else stored.get(i) for i in ids
        )
        return [from_payload(kind, dict(p)) for p in payloads if p is not None]

    def need(self, kind: type[T], record_id: str, what: str) -> T:
        """Return a record; `NotFound` says in Chinese that there is no such one."""
        found = self.get(kind, record_id)
        if found is None:
            raise NotFound(f"没有编号为“{record_id}”的{what}。请核对编号。")
        return found

    def payload(self, collection: str, record_id: str) -> Mapping[str, Any] | None:
        """Return a payload as it will be."""
        key = (collection, record_id)
        if key in self.puts:
            return self.puts[key].payload
        return None if key in self.removed else self.store.get_record(collection, record_id)

    def put(self, record_id: str, record: Any) -> None:
        """Put a record of importing."""
        self.put_entry(RecordEntry(COLLECTIONS[type(record)], record_id, to_payload(record), ()))
        if isinstance(record, SourceText):
            self._texts[record_id] = record

    def put_entry(self, entry: RecordEntry) -> None:
        """Put a record with its passages."""
        self.removed.discard((entry.collection, entry.record_id))
        self.puts[entry.collection, entry.record_id] = entry

    def remove(self, collection: str, record_id: str) -> None:
        """Remove a record, with its passages."""
        self.puts.pop((collection, record_id), None)
        self.removed.add((collection, record_id))

    def commit(self) -> None:
        """Write everything in one write."""
        self.store.write_records(list(self.puts.values()), remove=sorted(self.removed))

    def all(self, kind: type[T]) -> list[T]:
        """Return every stored record of a kind by id; what is put but not committed is not among them."""
        return [from_payload(kind, p) for _, p in self.store.iter_records(COLLECTIONS[kind])]

    def iter_records(self, collection: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield every record of a collection as it will be, the stored ones first."""
        for record_id, payload in self.store.iter_records(collection):
            key = (collection, record_id)
            if key not in self.puts and key not in self.removed:
                yield record_id, payload
        for (of, record_id), entry in self.puts.items():
            if of == collection:
                yield record_id, dict(entry.payload)

    def told(self, record_id: str) -> Told:
        """Return what imports tell of a record."""
        return self.get(Told, record_id) or Told()

    def corrections(self, case_id: str) -> list[Correction]:
        """Return the corrections of a case, by field."""
        return self.get_all(Correction, [f"{case_id}/{name}" for name in FIELDS])

    def text(self, sha256: str) -> SourceText:
        """Return what was read from a source."""
        text = self._texts.pop(sha256, None) or self.need(SourceText, sha256, "来源")
        self._texts[sha256] = text
        while len(self._texts) > _TEXTS:
            del self._texts[next(iter(self._texts))]
        return text

    def rule(self, rule_id: str) -> Rule | None:
        """Return a rule as it will be."""
        payload = self.payload(REGISTER, rule_id)
        return None if payload is None else rule_from_payload(dict(payload))

    def has_case(self, case_id: str) -> bool:
        """Return whether there is, or will be, such a case."""
        return self.payload(CASES, case_id) is not None


def bundled_payloads(cases: Iterable[Case]) -> dict[str, dict[str, Any]]:
    """Return the payloads of bundled cases by id."""
    return {case.case_id: case_to_payload(case) for case in cases}
