"""One file becomes records: its source, its accounts put to cases, its rule text, and the questions left open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from qianche.corpus.casebook import case_to_payload
from qianche.corpus.intake import Intake
from qianche.corpus.register.labels import version_name
from qianche.corpus.rule_texts.draft import RuleDraft
from qianche.corpus.rule_texts.matching import Match
from qianche.indexing.documents import REVIEWS
from qianche.indexing.importing import rules
from qianche.indexing.importing.columns import as_corrected
from qianche.indexing.importing.known import Known
from qianche.indexing.importing.ledger import Ledger, SourceText
from qianche.indexing.importing.likeness import Telling
from qianche.indexing.importing.placing import Outcome, place
from qianche.indexing.importing.records import Account, Review, Source
from qianche.indexing.importing.same_text import nearly_same, resemblance, runs, sketch

MatchRule = Callable[[RuleDraft], Match]
_COMPARED = 10
"""Texts compared in full, likeliest first: reports to one template may all be candidates of each other."""
_UNREAD = {"unread": "扫描件，未识别", "failed": "读取失败"}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file on its way in: which bytes, under which name, in which job, when (UTC)."""

    sha256: str
    name: str
    size_bytes: int
    job_id: str
    at: datetime


def record(ledger: Ledger, known: Known, arrival: Arrival, intake: Intake, match_rule: MatchRule) -> Outcome:
    """Put everything that one file gives into the ledger; nothing is written before its `commit`."""
    outcome = Outcome()
    intake, numbers, remark = as_corrected(ledger, arrival.sha256, intake)
    outcome.sentences += [remark] if remark else []
    source = _source(ledger, known, arrival, intake, outcome)
    ledger.put(source.sha256, SourceText(intake.document, intake.rule_draft))
    ledger.put(source.sha256, source)
    _ask_about_pages(ledger, source, outcome)
    tellings: list[Telling] = []
    for account in _accounts(source, intake, numbers):
        tellings.append(place(ledger, known, source, account, tellings, arrival.at, outcome))
        source = replace(source, account_ids=(*source.account_ids, account.account_id))
    if intake.rule_draft is not None:
        source = _hold_rule(ledger, source, intake.rule_draft, match_rule, outcome)
    ledger.put(source.sha256, source)
    _say_what_it_is(ledger, source, intake, outcome)
    outcome.count("reviews", _open_reviews(ledger))
    return outcome


def case_stem(sha256: str) -> str:
    """Return the beginning of the ids of a file's cases."""
    return f"imp-{sha256[:12]}"


def _source(ledger: Ledger, known: Known, arrival: Arrival, intake: Intake, outcome: Outcome) -> Source:
    """The record of the file, linked to an earlier one of nearly the same text."""
    document = intake.document
    own = runs(document.text)
    source = Source(
        sha256=arrival.sha256, names=(arrival.name,), size_bytes=arrival.size_bytes, format=document.format,
        received_at=arrival.at, job_id=arrival.job_id, kind=intake.kind, pages=document.pages,
        warnings=document.warnings, sketch=sketch(own),
        rule_title=intake.rule_draft.title if intake.rule_draft else None,
    )  # fmt: skip
    for sha256 in known.sketches.candidates(source.sketch)[:_COMPARED]:
        earlier = ledger.get(Source, sha256)
        if earlier is None or earlier.kind != source.kind:
            continue
        theirs = runs(ledger.text(sha256).document.text)
        if nearly_same(own, theirs) and _may_be_one(ledger, earlier, intake):
            likeness = round(resemblance(own, theirs), 3)
            outcome.sentences.append(
                f"与已导入的“{earlier.names[0]}”文字相近（{likeness:.0%}），记为其另一版本"
            )
            return replace(source, version_of=sha256, resemblance=likeness)
    return source


def _may_be_one(ledger: Ledger, earlier: Source, intake: Intake) -> bool:
    """Whether no date speaks against it: two accidents written to one template have nearly the same text."""
    accounts = ledger.get_all(Account, earlier.account_ids)
    theirs = {m.value.day for a in accounts if a.draft for m in a.draft.moment.findings}
    ours = {m.value.day for draft in intake.case_drafts for m in draft.moment.findings}
    return not ours or not theirs or bool(ours & theirs)


def _accounts(source: Source, intake: Intake, numbers: Iterable[int]) -> Iterable[Account]:
    """Every accident of the file, drafts first."""
    stem = case_stem(source.sha256)
    tales: list[dict[str, Any]] = [{"draft": draft} for draft in intake.case_drafts]
    tales += [{"given": case_to_payload(case)} for case in intake.cases]
    for number, tale in zip(numbers, tales, strict=True):
        yield Account(f"{stem}-{number}", source.sha256, number, **tale)


def _ask_about_pages(ledger: Ledger, source: Source, outcome: Outcome) -> None:
    """One question a file about the pages that could not be read."""
    unread = [page for page in source.pages if page.status in _UNREAD]
    if not unread:
        return
    shown = "；".join(f"第 {p.number} 页：{p.problem or _UNREAD[p.status]}" for p in unread[:20])
    more = f"；另有 {len(unread) - 20} 页" if len(unread) > 20 else ""
    outcome.sentences.append(f"{len(source.pages)} 页中有 {len(unread)} 页未读出")
    ledger.put(
        f"page:{source.sha256}",
        Review(
            review_id=f"page:{source.sha256}", kind="page-unread", source=source.sha256, page=unread[0].number,
            what=f"“{source.names[0]}”有 {len(unread)} 页未读出：{shown}{more}。",
            proposal="请换用可复制文字的文件，或安装识别组件（`qianche[ocr]`）后重新导入；其余各页已收录。",
        ),
    )  # fmt: skip


def _hold_rule(
    ledger: Ledger, source: Source, draft: RuleDraft, match_rule: MatchRule, outcome: Outcome
) -> Source:
    """Write the rule text under the one version it is, or ask a person which."""
    match = match_rule(draft)
    if match.version is not None:
        version_id = match.version.version_id
        held, ids = rules.hold(ledger, source, version_id)
        outcome.record_ids += ids
        if ids:
            outcome.count("articles", len(ids))
            amount = f"，共 {len(ids)} 条" if ids[0] != version_id else ""
            outcome.sentences.append(f"正文已收入{version_name(match.version)}{amount}")
        else:
            outcome.sentences.append(f"{version_name(match.version)}已有正文，本文件只作原件保存")
        return held
    outcome.sentences.append(f"法规“{draft.title or source.names[0]}”待人工确定版本")
    question = rules.version_question(source, match.reason, [v.version_id for v in match.candidates])
    ledger.put(question.review_id, question)
    return source


def _say_what_it_is(ledger: Ledger, source: Source, intake: Intake, outcome: Outcome) -> None:
    """Say plainly where a file gave nothing."""
    if intake.kind == "contents-only":
        outcome.sentences.append("只有目录，没有正文")
        ledger.put(
            f"contents:{source.sha256}",
            Review(
                review_id=f"contents:{source.sha256}", kind="contents-only", source=source.sha256,
                what=f"“{source.names[0]}”只有目录，没有正文。", proposal="请找到报告正文后导入。",
            ),
        )  # fmt: skip
    elif not source.account_ids and intake.rule_draft is None:
        outcome.sentences.append("没有认出事故或法规，原件和文字已保存，不参加检索")


def _open_reviews(ledger: Ledger) -> int:
    return sum(
        collection == REVIEWS and entry.payload.get("state", "open") == "open"
        for (collection, _), entry in ledger.puts.items()
    )
