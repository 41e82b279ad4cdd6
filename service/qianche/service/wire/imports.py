"""Importing on the wire: jobs, sources and their text, questions for a person, accounts and corrections."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any

from qianche.indexing.importing import ACTIONS, Importer
from qianche.indexing.importing.evidence import FieldEvidence
from qianche.indexing.importing.records import (
    FINAL,
    Account,
    Correction,
    Difference,
    Entry,
    Job,
    Join,
    Review,
    Source,
)
from qianche.service import import_labels as labels
from qianche.service.places import page_place, page_span
from qianche.service.wire.found import Json


def job(item: Job) -> Json:
    """Return a job with every file."""
    return {
        "id": item.job_id,
        "created_at": _time(item.created_at),
        "who": item.who,
        "state": item.state,
        "state_label": labels.JOB_STATES[item.state],
        "message": item.message,
        "files": len(item.entries),
        "finished": sum(entry.state in FINAL for entry in item.entries),
        "entries": [_entry(entry) for entry in item.entries],
    }


def _entry(entry: Entry) -> Json:
    return {
        "number": entry.number,
        "name": entry.name,
        "sha256": entry.sha256,
        "size_bytes": entry.size_bytes,
        "state": entry.state,
        "state_label": labels.ENTRY_STATES[entry.state],
        "message": entry.message,
        "counts": dict(entry.counts),
        "counts_label": labels.counts_label(entry.counts),
        "record_ids": list(entry.record_ids),
    }


def source(item: Source) -> Json:
    """Return a source with the state of every page."""
    return {
        "sha256": item.sha256,
        "names": list(item.names),
        "size_bytes": item.size_bytes,
        "format": item.format,
        "format_label": labels.FORMATS[item.format],
        "received_at": _time(item.received_at),
        "job_id": item.job_id,
        "kind": item.kind,
        "kind_label": labels.KINDS[item.kind],
        "warnings": list(item.warnings),
        "account_ids": list(item.account_ids),
        "version_of": item.version_of,
        "resemblance": item.resemblance,
        "rule_title": item.rule_title,
        "rule_version": item.rule_version,
        "file_characters": item.file_characters,
        "kept_characters": item.kept_characters,
        "pages": [
            {
                "number": page.number,
                "status": page.status,
                "status_label": labels.page_label(page),
                "confidence": page.confidence,
                "problem": page.problem,
                "file_characters": page.file_characters,
                "kept_characters": page.kept_characters,
            }
            for page in item.pages
        ],
    }


def page_of(importer: Importer, sha256: str, number: int) -> Json:
    """Return one page of what was read: its text, the blocks in it, and what was left out there.

    Raises:
        NotFound: no such file, or no such page; then the last page is named.
    """
    document = importer.document(sha256)
    start, end = page_span(document, page_place(document, number))
    return {
        "sha256": sha256,
        "page": number,
        "pages": len(document.pages),
        "start": start,
        "end": end,
        "text": document.text[start:end],
        "blocks": [
            {"kind": block.kind, "start": max(block.start, start), "end": min(block.end, end)}
            for block in document.blocks
            if block.start < end and block.end > start
        ],
        "removed": [
            {"text": item.text, "reason": item.reason, "reason_label": labels.REMOVED[item.reason]}
            for item in document.removed
            if item.page == number
        ],
    }


def review(item: Review) -> Json:
    """Return a question for a person, with what may be decided."""
    return {
        "id": item.review_id,
        "kind": item.kind,
        "kind_label": labels.REVIEW_KINDS[item.kind],
        "what": item.what,
        "proposal": item.proposal,
        "source": item.source,
        "account_id": item.account_id,
        "case_id": item.case_id,
        "field": item.field,
        "field_label": None if item.field is None else labels.field_label(item.field),
        "page": item.page,
        "span": None if item.span is None else list(item.span),
        "choices": [plain(choice) for choice in item.choices],
        "actions": [
            {"action": action, "label": labels.ACTION_LABELS[action]} for action in ACTIONS[item.kind]
        ],
        "state": item.state,
        "decided_by": item.decided_by,
        "decided_at": None if item.decided_at is None else _time(item.decided_at),
        "decision": plain(item.decision),
    }


def accounts(importer: Importer, case_id: str) -> list[Json]:
    """Return what each imported file tells of a case, the first one first; empty for none."""
    return [
        account(found, importer.evidence(found.account_id), importer.source(found.source).names[0])
        for found in importer.accounts(case_id)
    ]


def account(item: Account, evidence: tuple[FieldEvidence, ...], title: str) -> Json:
    """Return what one file tells of one accident, each field with the words that say so.

    Persons named in the report are left out; `title` is the file's name.
    """
    return {
        "id": item.account_id,
        "source": item.source,
        "source_name": title,
        "number": item.number,
        "case_id": item.case_id,
        "waiting_for": item.waiting_for,
        "warnings": [] if item.draft is None else list(item.draft.warnings),
        "evidence": [
            {
                "field": found.field,
                "field_label": labels.field_label(found.field),
                "value": plain(found.value),
                "page": found.page,
                "start": found.start,
                "end": found.end,
                "quote": found.quote,
                "found_by": found.found_by,
                "found_by_label": labels.FOUND_BY[found.found_by],
                "sure": found.sure,
                "remark": found.remark,
            }
            for found in evidence
        ],
    }


def join(item: Join) -> Json:
    """Return a join, made or proposed, with its reasons."""
    return {
        "id": item.join_id,
        "account_id": item.account_id,
        "case_id": item.case_id,
        "verdict": item.verdict,
        "score": round(item.score, 3),
        "reasons": list(item.reasons),
        "state": item.state,
        "state_label": labels.JOIN_STATES[item.state],
        "by": item.by,
        "at": _time(item.at),
    }


def correction(item: Correction) -> Json:
    """Return a field that persons corrected, with every change, oldest first."""
    return {
        "case_id": item.case_id,
        "field": item.field,
        "field_label": labels.field_label(item.field),
        "withdrawn": item.withdrawn,
        "changes": [
            {"value": plain(c.value), "before": plain(c.before), "who": c.who, "at": _time(c.at)}
            for c in item.changes
        ],
    }


def difference(item: Difference) -> Json:
    """Return one change between two texts."""
    return asdict(item)


def plain(value: Any) -> Any:
    """Return a value of a field as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(v) for name, v in asdict(value).items()}
    return value


def _time(moment: datetime) -> str:
    """A time as ISO 8601 with its zone."""
    return moment.isoformat(timespec="seconds")
