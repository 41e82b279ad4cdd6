"""How a rule stands on a day, and what took the place of what, on the wire."""

from __future__ import annotations

from datetime import date

from qianche.corpus.register.evidence import date_sources
from qianche.corpus.register.labels import EVIDENCE_LABELS
from qianche.corpus.register.standing import (
    RECORDED_UNTIL,
    Standing,
    end_is_inferred,
    rule_standing,
    version_standing,
)
from qianche.corpus.register.standing_labels import (
    INFERRED,
    REGISTER_ENDS,
    doubts,
    link_label,
    reader_note,
    standing_label,
)
from qianche.corpus.register.succession import Link, Succession
from qianche.corpus.rules import Rule, RuleVersion
from qianche.indexing.rulebook.history import RuleHistory, VersionHistory
from qianche.service.wire.found import Json, iso


def link_record(link: Link, seen_from: Rule) -> Json:
    """Return what a version names; ids are null where the register does not have it."""
    version = link.version
    title = version.title if version is not None else link.rule.title if link.rule is not None else None
    return {
        "rule_id": link.rule.rule_id if link.rule is not None else None,
        "version_id": version.version_id if version is not None else None,
        "title": title,
        "number": version.number if version is not None else None,
        "version_date": iso(version.version_date) if version is not None else None,
        "effective_from": iso(version.effective_from) if version is not None else None,
        "verified_label": EVIDENCE_LABELS[version.verified] if version is not None else None,
        "confirmed": link.confirmed,
        "label": link_label(link, seen_from),
    }


def rule_standing_record(history: RuleHistory, on: date) -> Json:
    """Return how a rule as such stands on a day; after the last day of the register the sentence says so."""
    record = _standing(history.rule, rule_standing(history.rule, on), on, history.succession)
    return record | {"label": f"{record['label']}；{REGISTER_ENDS}"} if on > RECORDED_UNTIL else record


def version_in_history(history: RuleHistory, entry: VersionHistory, on: date) -> Json:
    """Return what a version's place in the history adds to the version itself."""
    rule, version, compared = history.rule, entry.version, entry.compare_with
    return {
        "article_count": entry.article_count,
        "standing": _standing(rule, version_standing(version, on), on, history.succession),
        "took_place_of": [link_record(link, rule) for link in entry.took_place_of],
        "ended_by": None if entry.ended_by is None else link_record(entry.ended_by, rule),
        "end_inferred": end_is_inferred(version),
        "end_verified_label": _end_grade(version),
        "version_date_verified_label": (
            EVIDENCE_LABELS[version.version_date_verified] if version.version_date is not None else None
        ),
        "days_applied": entry.days_applied,
        "sources": [
            {"label": source.label, "url": source.url, "linkable": source.linkable}
            for source in date_sources(version)
        ],
        "note": reader_note(version),
        "compare_with": None if compared is None else compared.version_id,
    }


def _end_grade(version: RuleVersion) -> str | None:
    """Return how well the last day is known, or that it was inferred."""
    if end_is_inferred(version):
        return INFERRED
    return None if version.end_verified is None else EVIDENCE_LABELS[version.end_verified]


def _standing(rule: Rule, standing: Standing, on: date, succession: Succession) -> Json:
    """Return a standing with the sentence that explains it."""
    cause = succession.ended_by(standing.version)
    ended = standing.reason in ("revised", "repealed", "gap")
    return {
        "version_id": standing.version.version_id,
        "status": standing.status.value,
        "reason": standing.reason,
        "since": iso(standing.since),
        "until": iso(standing.until),
        "by": link_record(cause, rule) if ended and cause is not None else None,
        "doubts": [link_record(link, rule) for link in doubts(standing.version, on, succession)],
        "label": standing_label(rule, standing, on, succession),
    }
