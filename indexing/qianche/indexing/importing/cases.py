"""Which accounts make which case: put together, taken apart, written with what needs a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from qianche.corpus.casebook import case_from_payload
from qianche.corpus.cases import Case
from qianche.corpus.errors import BadRecord, BadRequest
from qianche.indexing.build import case_entry
from qianche.indexing.documents import CASES, TOLD, to_document
from qianche.indexing.importing.account_passages import account_passages, pieces_of
from qianche.indexing.importing.corrections import FIELDS, graded_anew, laid_over
from qianche.indexing.importing.ledger import Ledger
from qianche.indexing.importing.merging import Teller
from qianche.indexing.importing.questions import case_questions, settle
from qianche.indexing.importing.records import Account, Correction, Piece, Source, Told
from qianche.indexing.importing.same_text import reduced
from qianche.indexing.importing.to_case import case_payload

WITHOUT_DATE = "没有确定的事故日期，补上或选定后才能成为案例、参加检索"


def attach(ledger: Ledger, account: Account, case_id: str) -> None:
    """Make the account one of a case (its own, a bundled one, one of other accounts), leaving any other."""
    if account.case_id == case_id:
        return
    if account.case_id is not None:
        detach(ledger, account)
    told = ledger.told(case_id)
    ledger.put(case_id, replace(told, account_ids=(*told.account_ids, account.account_id)))
    ledger.put(account.account_id, replace(account, case_id=case_id, waiting_for=""))
    rebuild(ledger, case_id)


def detach(ledger: Ledger, account: Account) -> None:
    """Take the account out of its case; accounts that stay under another's id move to that of their first."""
    case_id = account.case_id
    if case_id is None:
        return
    told = ledger.told(case_id)
    rest = tuple(i for i in told.account_ids if i != account.account_id)
    ledger.put(account.account_id, replace(account, case_id=None))
    ledger.put(case_id, replace(told, account_ids=rest))
    if rest and case_id == account.account_id:
        for other in ledger.get_all(Account, rest):
            ledger.put(other.account_id, replace(other, case_id=rest[0]))
        ledger.put(rest[0], Told(rest))
        pass_on_corrections(ledger, case_id, rest[0])
        ledger.put(case_id, Told())
        rebuild(ledger, rest[0])
    rebuild(ledger, case_id)


def pass_on_corrections(ledger: Ledger, before: str, after: str) -> None:
    """Give a case that goes on under another id what persons corrected; those under the old id stay.

    They count again if the account that bore the id stands alone, or its file is imported once more.
    """
    own = {correction.field for correction in ledger.corrections(after)}
    for correction in ledger.corrections(before):
        if correction.field not in own:
            passed = replace(correction, case_id=after)
            ledger.put(passed.correction_id, passed)


def tellers_of(ledger: Ledger, accounts: Sequence[Account]) -> list[Teller]:
    """Return the accounts that have a draft, with the texts to quote."""
    tellers = []
    for account in accounts:
        if account.draft is not None:
            source = ledger.need(Source, account.source, "来源")
            text = ledger.text(account.source)
            tellers.append(
                Teller(account.account_id, account.source, source.names[0], account.draft, text.document)
            )
    return tellers


def rebuild(ledger: Ledger, case_id: str, *, unfit: bool = False) -> None:
    """Write the case anew from its accounts and corrections, or remove it where nothing tells it any more.

    Without a date it waits: it is no case yet, and its account says so. Questions to a person follow.

    Args:
        unfit: corrections that no longer fit are passed over, and the note says so. A closed list may change with
            the program: a value that was right once must not stop a rebuild.

    Raises:
        BadRecord: a correction does not fit its field, and `unfit` is False.
    """
    accounts = ledger.get_all(Account, ledger.told(case_id).account_ids)
    bundled = ledger.bundled(case_id)
    tellers = tellers_of(ledger, accounts)
    corrections = ledger.corrections(case_id)
    settle(ledger, case_id, accounts, case_questions(case_id, tellers, bundled), corrections)
    if not accounts and bundled is None:
        ledger.remove(CASES, case_id)
        ledger.remove(TOLD, case_id)
        return
    told = bundled or _payload(ledger, case_id, accounts, tellers)
    if unfit:
        payload, corrections = _where_they_fit(told, corrections)
    else:
        payload = laid_over(told, corrections)
    if payload["occurred_on"] is None:
        ledger.remove(CASES, case_id)
        for account in accounts:
            ledger.put(account.account_id, replace(account, waiting_for=WITHOUT_DATE))
        return
    for account in accounts:
        if account.waiting_for:
            ledger.put(account.account_id, replace(account, waiting_for=""))
    case = graded_anew(case_from_payload(payload), corrections)
    _write(ledger, case, accounts, tellers)


def _where_they_fit(
    payload: dict[str, Any], corrections: Sequence[Correction]
) -> tuple[dict[str, Any], list[Correction]]:
    """The payload with the corrections that still fit it, and these; the note tells of those that do not."""
    fitting: list[Correction] = []
    refused: list[str] = []
    for correction in corrections:
        changed = laid_over(payload, [*fitting, correction])
        try:
            if changed["occurred_on"] is not None:
                case_from_payload(changed)
        except BadRecord as error:
            refused.append(f"更正“{FIELDS[correction.field]}”现已不能采用：{error.message}")
        else:
            fitting.append(correction)
    changed = laid_over(payload, fitting)
    if refused:
        changed = changed | {"note": "\n".join(filter(None, [changed["note"], *refused]))}
    return changed, fitting


def _payload(
    ledger: Ledger, case_id: str, accounts: Sequence[Account], tellers: Sequence[Teller]
) -> dict[str, Any]:
    """What the accounts make of the case; a whole record speaks for itself."""
    given = next((a.given for a in accounts if a.given is not None), None)
    if given is not None:
        basis = {} if given["direct_cause"] is not None else {"cause_basis": "absent"}
        return {**given, **basis, "case_id": case_id, "origin": "imported", "note": given.get("note")}
    rows = [t.account_id for t in tellers if ledger.need(Source, t.source, "来源").kind == "table"]
    return case_payload(case_id, tellers, by_user=rows)


def _write(ledger: Ledger, case: Case, accounts: Sequence[Account], tellers: Sequence[Teller]) -> None:
    pieces = tuple(_distinct(p for t in tellers for p in pieces_of(t.source, t.document, t.draft)))
    documents = tuple(to_document(passage) for passage in account_passages(case, pieces))
    ledger.put_entry(replace(case_entry(case), passages=documents))
    if accounts:
        ledger.put(case.case_id, Told(tuple(a.account_id for a in accounts), pieces))
    else:
        ledger.remove(TOLD, case.case_id)


def _distinct(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces that say the same once: a second scan of a report adds only what differs."""
    found: dict[str, Piece] = {}
    for piece in pieces:
        found.setdefault(reduced(piece.text), piece)
    return list(found.values())


def check_case(ledger: Ledger, case_id: str) -> None:
    """Raise `BadRequest` where no case and no waiting account has that id."""
    if not ledger.has_case(case_id) and ledger.get(Account, case_id) is None:
        raise BadRequest(f"没有编号为“{case_id}”的案例。请核对编号。", code="no-such-case")
