"""The history of a rule, and coming changes, on the wire."""

from __future__ import annotations

from datetime import date

from qianche.corpus.register.coming import Coming
from qianche.corpus.register.labels import EVIDENCE_LABELS
from qianche.corpus.register.standing import RECORDED_UNTIL, rule_standing
from qianche.corpus.register.standing_labels import (
    COMING_LABELS,
    coming_grade,
    coming_label,
    reader_note,
)
from qianche.indexing.rulebook.history import RuleHistory
from qianche.service.wire.found import Json, iso
from qianche.service.wire.rules import version_entry, version_record
from qianche.service.wire.standing import link_record, rule_standing_record


def rule_history(history: RuleHistory, on: date) -> Json:
    """Return a rule's versions, oldest first, and the rules before and after it; named as on the day."""
    rule = history.rule
    shown = rule_standing(rule, on).version
    return {
        "id": rule.rule_id,
        "title": shown.title,
        "level": shown.level,
        "as_of": on.isoformat(),
        "standing": rule_standing_record(history, on),
        "versions": [version_entry(history, entry, on) for entry in history.versions],
        "predecessors": [link_record(link, rule) for link in history.predecessors],
        "successors": [link_record(link, rule) for link in history.successors],
    }


def upcoming_changes(changes: tuple[Coming, ...], on: date) -> Json:
    """Return the coming changes, soonest first, those of unknown day last."""
    return {
        "as_of": on.isoformat(),
        "recorded_until": RECORDED_UNTIL.isoformat(),
        "total": len(changes),
        "changes": [_change(change, on) for change in changes],
    }


def _change(change: Coming, on: date) -> Json:
    """Return one coming change."""
    rule, version, grade = change.rule, change.version, coming_grade(change)
    return {
        "kind": change.kind,
        "kind_label": COMING_LABELS[change.kind],
        "day": iso(change.day),
        "days": change.days_from(on),
        "label": coming_label(change, on),
        "rule_id": rule.rule_id,
        "title": version.title,
        "level": version.level,
        "sectors": list(rule.sectors),
        "version": version_record(rule, version, on),
        "verified_label": None if grade is None else EVIDENCE_LABELS[grade],
        "in_place_of": [link_record(link, rule) for link in change.in_place_of],
        "ended_by": None if change.ended_by is None else link_record(change.ended_by, rule),
        "note": reader_note(version),
    }
