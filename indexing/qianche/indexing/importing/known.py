"""What is there to compare a new file with: every case by day, every imported text by its sketch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Protocol

from qianche.corpus.casebook import case_from_payload
from qianche.indexing.documents import ACCOUNTS, CASES, SOURCES
from qianche.indexing.importing.codec import from_payload
from qianche.indexing.importing.joining import compare
from qianche.indexing.importing.likeness import Telling, telling_of_case, telling_of_draft
from qianche.indexing.importing.records import Account
from qianche.indexing.importing.same_text import Sketches
from qianche.indexing.store.protocol import RecordEntry

_ITSELF = ""
_RANK = {"certain": 2, "likely": 1, "separate": 0}


class Records(Protocol):
    """The stored records, or a ledger: the records as they will be."""

    def iter_records(self, collection: str) -> Iterator[tuple[str, dict[str, Any]]]: ...


class Known:
    """The comparison side of a whole base, in memory: some 100 ms and a few MB for 2,000 cases."""

    def __init__(self, records: Records) -> None:
        self.sketches = Sketches()
        self._tellings: dict[str, dict[str, Telling]] = {}
        self._by_day: dict[date, set[str]] = {}
        self._imported: set[str] = set()
        for collection in (CASES, ACCOUNTS, SOURCES):
            for record_id, payload in records.iter_records(collection):
                self._add(collection, record_id, payload)

    def add(self, entries: Iterable[RecordEntry]) -> None:
        """Take in what has just been written."""
        for entry in entries:
            self._add(entry.collection, entry.record_id, dict(entry.payload))

    def _add(self, collection: str, record_id: str, payload: dict[str, Any]) -> None:
        if collection == CASES:
            self._tell(record_id, _ITSELF, telling_of_case(case_from_payload(payload)))
            if payload.get("origin") == "imported":
                self._imported.add(record_id)
        elif collection == ACCOUNTS:
            account = from_payload(Account, payload)
            if account.draft is not None and account.case_id is not None and not account.waiting_for:
                telling = telling_of_draft(account.draft, account.case_id)
                self._tell(account.case_id, record_id, telling)
        elif collection == SOURCES:
            self.sketches.add(record_id, payload.get("sketch", ()))

    def _tell(self, case_id: str, by: str, telling: Telling) -> None:
        self._tellings.setdefault(case_id, {})[by] = telling
        for day in telling.days:
            self._by_day.setdefault(day, set()).add(case_id)

    def near(self, telling: Telling) -> list[Telling]:
        """Return, of every case within a day, the telling that is likest, where any could be the same accident."""
        found = (self._likest(telling, case_id) for case_id in sorted(self._within_a_day(telling)))
        return [other for other in found if other is not None]

    def alike(self, telling: Telling) -> set[str]:
        """Return the ids of the accounts within a day that could tell the same accident."""
        return {
            by
            for case_id in self._within_a_day(telling)
            for by, other in self._tellings[case_id].items()
            if by != _ITSELF and compare(telling, other).verdict != "separate"
        }

    def _within_a_day(self, telling: Telling) -> set[str]:
        """The cases of which any account is dated within a day."""
        return {
            case_id
            for day in telling.days
            for gap in (-1, 0, 1)
            for case_id in self._by_day.get(day + timedelta(gap), ())
        }

    def _likest(self, telling: Telling, case_id: str) -> Telling | None:
        """The likest account of a case; a case made of accounts has nothing to say of its own."""
        tellings = dict(self._tellings[case_id])
        if case_id in self._imported and len(tellings) > 1:
            tellings.pop(_ITSELF, None)
        ranked = [(_RANK[m.verdict], m.score, by) for by, t in tellings.items() if (m := compare(telling, t))]
        rank, _, by = max(ranked)
        return tellings[by] if rank else None
