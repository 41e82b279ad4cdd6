"""What a person is asked about a case: fields in doubt, figures in conflict, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from qianche.corpus.tables import day_doubt, row_number
from qianche.indexing.documents import REVIEWS
from qianche.indexing.importing.corrections import FIELDS, shown
from qianche.indexing.importing.ledger import Ledger
from qianche.indexing.importing.merging import Said, Teller, said
from qianche.indexing.importing.records import Account, Correction, Review
from qianche.indexing.importing.to_case import PICKS, WORDED, conflicts, side_by_side

_NEEDED = {
    "occurred_on": "补上日期后成为案例。",
    "place.province": "案例已可检索，此项留空。",
    "toll.deaths": "案例已可检索，此项留空。",
    "sector": "案例已可检索，暂列“其他”。",
}
"""Fields that every case should have, with what holds while they are missing."""
_NO_CASE_YET = "日期尚缺，还不成为案例；此项可一并补上，或留空。"
_LONGEST_ROW_NAME = 20
_UNDATED = "请核对原文，选定日期；选定之前不成为案例，不参加检索。"
_INFERRED = frozenset({"work_kind", "activity", "initiating_event"})
"""Inferred in most reports and seldom stated: shown as 存疑 beside the field, but no question to a person each."""
_KINDS = ("field-doubtful", "conflict", "incomplete")


def case_questions(case_id: str, tellers: Sequence[Teller], bundled: dict[str, Any] | None) -> list[Review]:
    """Return what is to be asked about a case as it stands; a bundled record has answers to the rest."""
    if not tellers:
        return []
    found = [_conflict(case_id, key, of) for key, of in conflicts(tellers).items()]
    asked = {review.field for review in found}
    if bundled is None:
        found += [r for r in _doubtful(case_id, tellers) if r.field not in asked]
        found += [_missing(case_id, key, tellers) for key in _NEEDED if not said(tellers, PICKS[key])]
    return found


def _conflict(case_id: str, key: str, of: Sequence[Said]) -> Review:
    return _question(
        "conflict", case_id, key, of[0],
        what=side_by_side(key, of),
        proposal=_UNDATED if key == "occurred_on" else "请核对原文，选定一个数值；暂不选定的，案例中此项留空。",
        choices=tuple(_plain(v.value) for v in of),
    )  # fmt: skip


def _doubtful(case_id: str, tellers: Sequence[Teller]) -> Iterable[Review]:
    for key, pick in {**PICKS, **WORDED}.items():
        for value in () if key in _INFERRED else said(tellers, pick):
            if not value.finding.sure:
                yield _question(
                    "field-doubtful", case_id, key, value,
                    what=f"{FIELDS[key]}“{shown(value.value)}”存疑：{value.finding.remark or '请核对原文'}（{value.where}）。",
                    proposal=f"现取“{shown(value.value)}”。",
                    choices=(_plain(value.value),),
                )  # fmt: skip
                break


def _missing(case_id: str, key: str, tellers: Sequence[Teller]) -> Review:
    teller = tellers[0]
    where = f"“{teller.source_name}”{_row_in_words(teller)}"
    why = day_doubt(teller.draft.warnings) if key == "occurred_on" else ""
    what = f"{where}的日期无法确定：{why}。" if why else f"{where}没有写明{FIELDS[key]}，或未能读出。"
    dated = key == "occurred_on" or bool(said(tellers, PICKS["occurred_on"]))
    return Review(
        review_id=_id("incomplete", case_id, key), kind="incomplete", what=what, source=teller.source,
        proposal=_NEEDED[key] if dated else _NO_CASE_YET, account_id=teller.account_id, case_id=case_id, field=key,
        page=teller.document.page_at(teller.draft.span.start) if teller.document.pages else None,
        span=(teller.draft.span.start, teller.draft.span.end),
    )  # fmt: skip


def _row_in_words(teller: Teller) -> str:
    """The row of a table that an account is, with its name or first words; "" where it is no row."""
    number = row_number(teller.document, teller.draft)
    if number is None:
        return ""
    draft = teller.draft
    words = draft.name.value or " ".join(teller.document.quote(draft.span).split())
    return f"第 {number} 行（{words[:_LONGEST_ROW_NAME]}）"


def _question(
    kind: Any, case_id: str, key: str, value: Said, *, what: str, proposal: str, choices: tuple[Any, ...]
) -> Review:
    return Review(
        review_id=_id(kind, case_id, key), kind=kind, what=what, source=value.teller.source, proposal=proposal,
        account_id=value.teller.account_id, case_id=case_id, field=key, page=value.page,
        span=(value.span.start, value.span.end), choices=choices,
    )  # fmt: skip


def _id(kind: str, case_id: str, key: str) -> str:
    return f"{kind}:{case_id}:{key}"


def _plain(value: Any) -> Any:
    """A value as a correction would give it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def settle(
    ledger: Ledger,
    case_id: str,
    accounts: Sequence[Account],
    asked: Sequence[Review],
    corrections: Sequence[Correction],
) -> None:
    """Bring the review list of a case up to date.

    What was decided stays decided while it is the same question; a corrected field is decided by the
    correction; open questions that no longer arise go.
    """
    corrected = {c.field: c for c in corrections if not c.withdrawn}
    known = {r.review_id: r for r in ledger.get_all(Review, _ids(case_id))}
    wanted = {review.review_id: review for review in asked}
    for review_id, review in wanted.items():
        before = known.get(review_id)
        if before is not None and before.state == "decided" and before.what == review.what:
            continue
        correction = corrected.get(review.field or "")
        ledger.put(review_id, review if correction is None else _decided_by(review, correction))
    for review_id, review in known.items():
        if review_id not in wanted and (review.state == "open" or not accounts):
            ledger.remove(REVIEWS, review_id)


def decided_of(ledger: Ledger, case_id: str) -> list[Review]:
    """Return the questions about a case that a person has decided."""
    return [review for review in ledger.get_all(Review, _ids(case_id)) if review.state == "decided"]


def _ids(case_id: str) -> list[str]:
    return [_id(kind, case_id, key) for kind in _KINDS for key in FIELDS]


def _decided_by(review: Review, correction: Correction) -> Review:
    change = correction.changes[-1]
    decision = {"action": "value", "value": change.value}
    return replace(review, state="decided", decided_by=change.who, decided_at=change.at, decision=decision)
