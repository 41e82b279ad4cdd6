"""What a person does to imported records: within one change, under one name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from qianche.corpus.errors import BadRequest
from qianche.indexing.documents import ACCOUNTS, CASES, JOINS, REVIEWS, SOURCE_TEXTS, SOURCES
from qianche.indexing.importing import cases, corrections, rules
from qianche.indexing.importing.intake import case_stem
from qianche.indexing.importing.ledger import Ledger
from qianche.indexing.importing.records import (
    Account,
    Change,
    ColumnChange,
    Correction,
    Join,
    KeptColumns,
    Review,
    ReviewKind,
    Source,
)
from qianche.indexing.importing.remapping import remap

ACTIONS: dict[ReviewKind, tuple[str, ...]] = {
    "field-doubtful": ("accept", "value"),
    "conflict": ("accept", "value"),
    "incomplete": ("accept", "value"),
    "join": ("join", "separate"),
    "page-unread": ("accept",),
    "contents-only": ("accept",),
    "rule-unmatched": ("version", "accept"),
}
"""What may be decided: `accept` leaves things as they are; `value` and `version` need a value."""


@dataclass(frozen=True, slots=True)
class Hand:
    """One person's change to a ledger; `at` is UTC."""

    ledger: Ledger
    who: str
    at: datetime

    def __post_init__(self) -> None:
        if not self.who.strip():
            raise BadRequest("没有写明由谁操作。请填写姓名或账号。", code="no-name")

    def account(self, account_id: str) -> Account:
        """Return an account as it is now in the ledger."""
        return self.ledger.need(Account, account_id, "记述")

    def join(self, account_id: str, case_id: str) -> None:
        """Put an account, and those it shares its own case with, to another case."""
        cases.check_case(self.ledger, case_id)
        case_id = self._present_case(case_id)
        account = self.account(account_id)
        if account.case_id == case_id:
            raise BadRequest("该记述已经属于这个案例，不必再并入。", code="already-joined")
        moving = self._moving(account, case_id)
        for moved in reversed(
            moving
        ):  # the one whose id the case bears leaves last: the id changes hands once
            cases.attach(self.ledger, self.account(moved), case_id)
        for moved in moving:
            known = self.ledger.get(Join, f"{moved}>{case_id}")
            made = known or Join(moved, case_id, "person", 1.0, ("人工并入",), "joined", self.who, self.at)
            self.ledger.put(made.join_id, replace(made, state="joined", by=self.who, at=self.at))
            self.close_review(f"join:{made.join_id}", "join")

    def _present_case(self, case_id: str) -> str:
        """The case of that id; where it was an account's own and the account has moved, the case it is in now."""
        account = None if self.ledger.has_case(case_id) else self.ledger.get(Account, case_id)
        return case_id if account is None or account.case_id is None else account.case_id

    def _moving(self, account: Account, case_id: str) -> tuple[str, ...]:
        """The account and those under its own id; alone where its case is a bundled one or takes it back."""
        together = self.ledger.told(account.case_id or "").account_ids
        shared = account.case_id is not None and self.ledger.bundled(account.case_id) is None
        return together if shared and case_id not in together else (account.account_id,)

    def split(self, account_id: str) -> None:
        """Let an account stand alone again, as its file tells it."""
        account = self.account(account_id)
        together = self.ledger.told(account.case_id or "").account_ids
        if account.case_id == account_id and len(together) < 2:
            raise BadRequest("该记述没有与其他记述并在一起，无须拆分。", code="not-joined")
        cases.detach(self.ledger, account)
        cases.attach(self.ledger, self.account(account_id), account_id)
        join = self.ledger.get(Join, f"{account_id}>{account.case_id}")
        if join is not None:
            self.ledger.put(join.join_id, replace(join, state="undone", by=self.who, at=self.at))
        if account.case_id == account_id:  # it had given the case its id: the others were joined to it
            for other in together:
                joined = self.ledger.get(Join, f"{other}>{account_id}")
                if joined is not None and joined.state == "joined":
                    undone = replace(joined, state="undone", by=self.who, at=self.at)
                    self.ledger.put(joined.join_id, undone)

    def correct(self, case_id: str, field: str, value: Any) -> Correction:
        """Set a field of a case to what the person says."""
        corrections.check_field(field)
        cases.check_case(self.ledger, case_id)
        if field == "occurred_on" and value is None and self.ledger.bundled(case_id) is not None:
            raise BadRequest("自带案例不能没有日期。请填写正确的日期，或撤回更正。", code="no-date")
        known = self.ledger.get(Correction, f"{case_id}/{field}")
        changes = known.changes if known and not known.withdrawn else ()
        before = changes[-1].value if changes else self._value(case_id, field)
        change = Change(value, before, self.who, self.at)
        correction = Correction(case_id, field, (*changes, change))
        self.ledger.put(correction.correction_id, correction)
        cases.rebuild(self.ledger, case_id)
        return correction

    def _value(self, case_id: str, field: str) -> Any:
        """What the case holds now; None while it waits for its date."""
        payload = self.ledger.payload(CASES, case_id)
        return None if payload is None else corrections.value_in(dict(payload), field)

    def withdraw(self, case_id: str, field: str) -> None:
        """Take a correction back."""
        correction = self.ledger.need(Correction, f"{case_id}/{field}", "更正")
        self.ledger.put(correction.correction_id, replace(correction, withdrawn=True))
        cases.rebuild(self.ledger, case_id)

    def decide(self, review_id: str, action: str, value: Any) -> Review:
        """Do what was decided and note it."""
        review = self.ledger.need(Review, review_id, "待核事项")
        _check_action(review, action, value)
        self._carry_out(review, action, value)
        self.close_review(review_id, action, value)
        return self.ledger.need(Review, review_id, "待核事项")

    def _carry_out(self, review: Review, action: str, value: Any) -> None:
        if action == "value" and review.case_id and review.field:
            self.correct(review.case_id, review.field, value)
        elif action == "join" and review.account_id and review.case_id:
            self._join_proposed(review.account_id, review.case_id)
        elif action == "separate":
            join = self.ledger.need(Join, f"{review.account_id}>{review.case_id}", "合并建议")
            self.ledger.put(join.join_id, replace(join, state="refused", by=self.who, at=self.at))
        elif action == "version":
            source = self.ledger.need(Source, review.source, "来源")
            held, ids = rules.hold(self.ledger, source, str(value))
            if not ids:
                raise BadRequest(
                    f"版本“{value}”已有正文，不能再收。请核对版本，或选择不收。", code="text-held"
                )
            self.ledger.put(held.sha256, held)

    def _join_proposed(self, account_id: str, proposed: str) -> None:
        """Join as proposed; where the case has gone over to another since, the proposal goes with it."""
        case_id = self._present_case(proposed)
        if self.account(account_id).case_id != case_id:
            self.join(account_id, case_id)
        if case_id != proposed:
            self.ledger.remove(JOINS, f"{account_id}>{proposed}")

    def close_review(self, review_id: str, action: str, value: Any = None) -> None:
        """Note a decision on an item, if there is one and it is open."""
        review = self.ledger.get(Review, review_id)
        if review is None or review.state == "decided":
            return
        decision = {"action": action, "value": value}
        decided = replace(review, state="decided", decided_by=self.who, decided_at=self.at, decision=decision)
        self.ledger.put(review_id, decided)

    def remap(self, sha256: str, table: int, fields: Mapping[int, str | None], unit: str | None) -> Source:
        """Read a table anew with what the person says of its columns."""
        change = ColumnChange(table, dict(fields), unit, self.who, self.at)
        return remap(self.ledger, self.ledger.need(Source, sha256, "来源"), change)

    def remove(self, sha256: str) -> None:
        """Take a file back whole; corrections stay."""
        ledger = self.ledger
        source = ledger.need(Source, sha256, "来源")
        for account_id in source.account_ids:
            cases.detach(ledger, self.account(account_id))
        rules.give_back(ledger, source)
        kept = ledger.get(KeptColumns, sha256)
        own = {
            *source.account_ids,
            *(f"{case_stem(sha256)}-{n}" for n in (kept.numbers if kept else {}).values()),
        }
        for account_id in source.account_ids:
            ledger.remove(ACCOUNTS, account_id)
        for join in ledger.all(Join):
            if join.account_id in own or join.case_id in own:
                ledger.remove(JOINS, join.join_id)
        for review in ledger.all(Review):
            put_anew = (REVIEWS, review.review_id) in ledger.puts
            of_join = review.kind == "join" and review.case_id in own
            if (review.source == sha256 or of_join) and not put_anew:
                ledger.remove(REVIEWS, review.review_id)
        for other in ledger.all(Source):
            if other.version_of == sha256:
                ledger.put(other.sha256, replace(other, version_of=None, resemblance=None))
        ledger.remove(SOURCES, sha256)
        ledger.remove(SOURCE_TEXTS, sha256)


def _check_action(review: Review, action: str, value: Any) -> None:
    if review.state == "decided":
        raise BadRequest(f"该事项已由{review.decided_by}处理。", code="already-decided")
    allowed = ACTIONS[review.kind]
    if action not in allowed:
        raise BadRequest(f"此类事项不能“{action}”。可选：{'、'.join(allowed)}。", code="unknown-action")
    if action in ("value", "version") and value is None:
        raise BadRequest("没有给出选定的值。请选择或填写。", code="no-value")
