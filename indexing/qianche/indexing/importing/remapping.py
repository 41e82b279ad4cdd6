"""A table read anew by corrected columns: the rows that say something else now find their case once more.

The base is then as though the file had come with these columns from the beginning, whatever was tried between:
mapped back, it is as before. Rows that say the same stay untouched. A row that changed, and every later account
that was joined or proposed to its case, or that the row could now be the accident of, is taken out and placed by
the joining rule in the order in which the files came. What persons decided stands: accounts that they joined stay
together, those that they kept apart stay apart, corrections lie over the case of the row, whose id stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from qianche.corpus.reports.draft import CaseDraft
from qianche.corpus.tables import rows_to_drafts
from qianche.indexing.documents import ACCOUNTS, CASES, JOINS, REVIEWS
from qianche.indexing.importing import cases
from qianche.indexing.importing.codec import to_payload
from qianche.indexing.importing.columns import columns_of, numbered, rows_of, warned
from qianche.indexing.importing.intake import case_stem
from qianche.indexing.importing.known import Known
from qianche.indexing.importing.ledger import Ledger
from qianche.indexing.importing.likeness import Telling
from qianche.indexing.importing.placing import BY_RULE, Outcome, place, telling_of
from qianche.indexing.importing.questions import decided_of
from qianche.indexing.importing.records import (
    Account,
    ColumnChange,
    Join,
    KeptColumns,
    Source,
)

_Order = tuple[datetime, str, int]


def remap(ledger: Ledger, source: Source, change: ColumnChange) -> Source:
    """Put the table as read by the corrected columns into the ledger; return its record.

    Raises:
        BadRequest: the file is no table; no such table, column, field or unit.
    """
    before = columns_of(ledger, source)
    after = before.corrected(change.table, change.fields, unit=change.unit)
    document = ledger.text(source.sha256).document
    kept = ledger.get(KeptColumns, source.sha256)
    old = ledger.get_all(Account, source.account_ids)
    rows = rows_of(document, (a.draft for a in old if a.draft is not None))
    known = {**(kept.numbers if kept else {}), **dict(zip(rows, (a.number for a in old), strict=True))}
    drafts = rows_to_drafts(document, after)
    numbers = numbered(document, drafts, known)
    changes = (*(kept.changes if kept else ()), change)
    ledger.put(source.sha256, KeptColumns(source.sha256, after.tables, changes, known | numbers))
    _read_anew(ledger, source, old, dict(zip(numbers.values(), drafts, strict=True)))
    stem = case_stem(source.sha256)
    renewed = replace(
        source,
        account_ids=tuple(f"{stem}-{number}" for number in numbers.values()),
        warnings=warned(source.warnings, before, after),
    )
    ledger.put(source.sha256, renewed)
    return renewed


def _read_anew(
    ledger: Ledger, source: Source, old: Sequence[Account], drafts: Mapping[int, CaseDraft]
) -> None:
    """Replace the accounts that changed by those of the drafts (number → draft) and place them."""
    stored = {account.number: account for account in old}
    stem = case_stem(source.sha256)
    changed = [
        Account(f"{stem}-{number}", source.sha256, number, draft=draft)
        for number, draft in drafts.items()
        if number not in stored or to_payload(stored[number].draft) != to_payload(draft)
    ]
    gone = [account for account in old if account.number not in drafts]
    _Replay(ledger, changed, gone).run()


@dataclass
class _Replay:
    """Accounts taken out of their cases and placed once more, oldest file first."""

    ledger: Ledger
    changed: Sequence[Account]
    gone: Sequence[Account]
    _joins: list[Join] = field(init=False)
    _sources: dict[str, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._joins = self.ledger.all(Join)

    def run(self) -> None:
        """Take out, place, and bring the questions of every case touched up to date."""
        ledger = self.ledger
        affected = self._affected()
        heirs = {a.account_id: ledger.told(a.account_id).account_ids for a in self.gone}
        touched = self._take_out(affected)
        decided = [review for case_id in sorted(touched) for review in decided_of(ledger, case_id)]
        for case_id in sorted(touched):
            cases.rebuild(ledger, case_id)
        left = {account.account_id for account in self.gone}
        self._place([a for a in affected.values() if a.account_id not in left])
        again = self._inherit(heirs, left)
        for review in decided:
            if review.case_id and ledger.told(review.case_id).account_ids:
                ledger.put(review.review_id, review)
                again.add(review.case_id)
        for case_id in sorted(again):
            cases.rebuild(ledger, case_id)

    def _affected(self) -> dict[str, Account]:
        """The changed accounts as they are now, the gone ones, and all whose place may depend on one of them."""
        known = Known(self.ledger)
        tellings = {account.account_id: telling_of(account) for account in self.changed}
        own = {account.account_id for account in (*self.changed, *self.gone)}
        linked: dict[str, set[str]] = {}
        for join in self._joins:
            if join.state in ("joined", "proposed"):
                linked.setdefault(join.case_id, set()).add(join.account_id)
        found: dict[str, Account] = {}
        todo = [*self.changed, *self.gone]
        while todo:
            account = todo.pop()
            if account.account_id in found:
                continue
            found[account.account_id] = account
            stored = self.ledger.get(Account, account.account_id)
            near: set[str] = set()
            for case_id in {account.account_id, (stored and stored.case_id) or account.account_id}:
                near |= {*self.ledger.told(case_id).account_ids, *linked.get(case_id, ())}
            if telling := tellings.get(account.account_id):
                near |= known.alike(telling)
            others = self.ledger.get_all(Account, sorted(near - own - found.keys()))
            todo += [o for o in others if self._depends(o, account)]
        return found

    def _depends(self, other: Account, account: Account) -> bool:
        """Whether the other came later, or has its case from the account."""
        return other.case_id == account.account_id or self._order(other) > self._order(account)

    def _order(self, account: Account) -> _Order:
        """When the account came."""
        source = self._source(account)
        return source.received_at, source.sha256, account.number

    def _source(self, account: Account) -> Source:
        if account.source not in self._sources:
            self._sources[account.source] = self.ledger.need(Source, account.source, "来源")
        return self._sources[account.source]

    def _take_out(self, affected: Mapping[str, Account]) -> set[str]:
        """Leave the accounts without a case and without what the rule made of them; return the cases they left."""
        ledger = self.ledger
        touched: set[str] = set()
        for account_id, account in affected.items():
            stored = ledger.get(Account, account_id)
            if stored is not None and stored.case_id is not None:
                told = ledger.told(stored.case_id)
                rest = tuple(i for i in told.account_ids if i != account_id)
                ledger.put(stored.case_id, replace(told, account_ids=rest))
                touched.add(stored.case_id)
            ledger.put(account_id, replace(account, case_id=None, waiting_for=""))
        for account in self.gone:
            ledger.remove(ACCOUNTS, account.account_id)
        for join in self._joins:
            if join.account_id in affected and join.by == BY_RULE:
                ledger.remove(JOINS, join.join_id)
                ledger.remove(REVIEWS, f"join:{join.join_id}")
        return touched

    def _place(self, accounts: Sequence[Account]) -> None:
        """Place the accounts, those that a person joined last."""
        ledger, known = self.ledger, Known(self.ledger)
        by_person = {j.account_id: j for j in sorted(self._joins, key=lambda j: j.at) if _of_person(j)}
        siblings: dict[str, list[Telling]] = {}
        for account in sorted(accounts, key=lambda a: (a.account_id in by_person, self._order(a))):
            source, account_id = self._source(account), account.account_id
            account = ledger.need(Account, account_id, "记述")
            target = self._case_of(by_person.get(account_id))
            if target is not None:
                cases.attach(ledger, account, target)
            else:
                told = siblings.setdefault(account.source, [])
                told.append(place(ledger, known, source, account, told, source.received_at, Outcome()))
            case_id = ledger.need(Account, account_id, "记述").case_id or account_id
            keys = ((ACCOUNTS, account_id), (CASES, case_id))
            known.add(ledger.puts[key] for key in keys if key in ledger.puts)

    def _case_of(self, join: Join | None) -> str | None:
        """The case that a person joined to, where it is now; None where there is none."""
        if join is None:
            return None
        if self.ledger.has_case(join.case_id):
            return join.case_id
        account = self.ledger.get(Account, join.case_id)
        return None if account is None else account.case_id

    def _inherit(self, heirs: Mapping[str, Sequence[str]], left: set[str]) -> set[str]:
        """Pass what persons corrected of a case whose row is none any more to the case of the account next in it."""
        touched: set[str] = set()
        for before, ids in heirs.items():
            for heir in self.ledger.get_all(Account, (i for i in ids if i not in left))[:1]:
                if heir.case_id is not None:
                    cases.pass_on_corrections(self.ledger, before, heir.case_id)
                    touched.add(heir.case_id)
        return touched


def _of_person(join: Join) -> bool:
    return join.by != BY_RULE and join.state == "joined"
