"""Accounts find their case: the one they certainly tell, or one of their own with what it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from qianche.corpus.casebook import case_from_payload
from qianche.indexing.documents import CASES
from qianche.indexing.importing import cases
from qianche.indexing.importing.joining import Comparison, best_match, compare
from qianche.indexing.importing.known import Known
from qianche.indexing.importing.ledger import Ledger
from qianche.indexing.importing.likeness import (
    Telling,
    day_gap,
    name_relation,
    place_likeness,
    telling_of_case,
    telling_of_draft,
    time_agreement,
)
from qianche.indexing.importing.records import Account, Join, Review, Source

BY_RULE = "规则"
_TOLD = 6


@dataclass
class Outcome:
    """What came of one file, for its entry in the job."""

    sentences: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    record_ids: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        """Add to a count."""
        if number:
            self.counts[what] = self.counts.get(what, 0) + number

    @property
    def message(self) -> str:
        """What to tell the user, at most `_TOLD` sentences: a table may hold hundreds of accidents."""
        more = (
            [f"另有 {len(self.sentences) - _TOLD} 条说明，见各条记录"] if len(self.sentences) > _TOLD else []
        )
        return "".join(f"{sentence}。" for sentence in [*self.sentences[:_TOLD], *more])


def telling_of(account: Account) -> Telling:
    """Return what an account tells, under its own id."""
    if account.draft is not None:
        return telling_of_draft(account.draft, account.account_id)
    return telling_of_case(case_from_payload({**(account.given or {}), "case_id": account.account_id}))


def place(
    ledger: Ledger, known: Known, source: Source, account: Account, siblings: Sequence[Telling],
    at: datetime, outcome: Outcome,
) -> Telling:  # fmt: skip
    """Put one account to the case it certainly tells, or make it one of its own and say what it may be."""
    telling = telling_of(account)
    matches = _matches(ledger, known, source, account, telling, siblings)
    certain = matches[0] if matches and matches[0].verdict == "certain" else None
    target = certain.case_id if certain else account.account_id
    cases.attach(ledger, account, target)
    for match in [certain] if certain else matches:
        _note_join(ledger, source, account, match, at)
    placed = ledger.need(Account, account.account_id, "记述")
    if certain:
        outcome.count("joined")
        outcome.sentences.append(f"与已有案例“{_name(ledger, target)}”为同一起事故，已并入")
    elif placed.waiting_for:
        outcome.count("waiting")
        outcome.sentences.append(placed.waiting_for)
    else:
        outcome.count("cases")
    if not placed.waiting_for:
        outcome.record_ids.append(target)
    return replace(telling, case_id=target)


def _matches(
    ledger: Ledger,
    known: Known,
    source: Source,
    account: Account,
    telling: Telling,
    siblings: Sequence[Telling],
) -> list[Comparison]:
    """Cases the account may tell, of the base and of the same file; in a version of an earlier file, its own."""
    if account.given is not None and ledger.bundled(str(account.given["case_id"])) is not None:
        return [Comparison(str(account.given["case_id"]), "certain", 1.0, ("编号与自带案例相同",))]
    version = _of_version(ledger, source, telling) if source.version_of is not None else None
    if version is not None and _kept_apart(ledger, account, version.case_id):
        return []
    if version is not None and version.verdict == "certain":
        return [version]
    days = {day + timedelta(gap) for day in telling.days for gap in (-1, 0, 1)}
    # What is known may have been taken back by another process since.
    near = [other for other in known.near(telling) if ledger.has_case(other.case_id)]
    near += (s for s in siblings if not days.isdisjoint(s.days))
    found = best_match(telling, [o for o in near if not _kept_apart(ledger, account, o.case_id)])
    if version is None or (found and found[0].verdict == "certain"):
        return found
    return [version, *(match for match in found if match.case_id != version.case_id)]


def _kept_apart(ledger: Ledger, account: Account, case_id: str) -> bool:
    """Whether a person has said that the account does not tell the case."""
    join = ledger.get(Join, f"{account.account_id}>{case_id}")
    return join is not None and join.state in ("refused", "undone")


def _of_version(ledger: Ledger, source: Source, telling: Telling) -> Comparison | None:
    """The case of the earlier file that this account tells again, where there is no doubt which.

    An only accident is the same whatever figures were edited, unless date, time, place or name speak against it or
    a date is missing: two forms filled in for two accidents have nearly the same text, so a person is asked. Of
    several, the rule must be certain.
    """
    earlier = ledger.need(Source, source.version_of or "", "来源")
    only = len(earlier.account_ids) == 1
    found = []
    for account in ledger.get_all(Account, earlier.account_ids):
        theirs = telling_of(account)
        match = compare(telling, theirs)
        certain = match.verdict == "certain" or (only and _nothing_against(telling, theirs))
        if account.case_id is not None and (certain or only):
            found.append((certain, match.score, account.case_id))
    if not found:
        return None
    certain, score, case_id = max(found)
    percent = f"{source.resemblance or 0:.0%}"
    reasons = (
        f"与“{earlier.names[0]}”文字相近（{percent}），{'为其另一版本' if certain else '所述不尽一致'}",
    )
    return Comparison(case_id, "certain" if certain else "likely", score, reasons)


def _nothing_against(one: Telling, other: Telling) -> bool:
    """Whether both have a date, within a day, and neither place nor name nor time of day differs."""
    gap = day_gap(one, other)
    dated = gap is not None and gap <= 1 and time_agreement(one, other) != "differ"
    name, _ = name_relation(one, other)
    return dated and place_likeness(one, other) != "differ" and name not in ("near", "numbered", "other")


def _note_join(ledger: Ledger, source: Source, account: Account, match: Comparison, at: datetime) -> None:
    """Keep the join, made or proposed, and ask a person about a proposed one."""
    made = match.verdict == "certain"
    verdict = "certain" if made else "likely"
    join = Join(
        account.account_id, match.case_id, verdict, match.score, match.reasons,  # type: ignore[arg-type]
        "joined" if made else "proposed", BY_RULE, at,
    )  # fmt: skip
    ledger.put(join.join_id, join)
    if not made:
        review = join_review(ledger, source, join)
        ledger.put(review.review_id, review)


def join_review(ledger: Ledger, source: Source, join: Join) -> Review:
    """Return the question whether an account and a case tell the same accident."""
    return Review(
        review_id=f"join:{join.join_id}",
        kind="join",
        what=f"“{source.names[0]}”所述事故与案例“{_name(ledger, join.case_id)}”可能是同一起：{'，'.join(join.reasons)}。",
        source=source.sha256,
        proposal="是同一起的请并入，不是的请分开。",
        account_id=join.account_id,
        case_id=join.case_id,
        choices=("join", "separate"),
    )


def _name(ledger: Ledger, case_id: str) -> str:
    payload = ledger.payload(CASES, case_id)
    return str(payload["name"]) if payload else case_id
