"""What the user reads about how a rule stands on a day, and what took the place of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from qianche.corpus.register.coming import Coming, ComingKind
from qianche.corpus.register.labels import (
    EVIDENCE_LABELS,
    UNKNOWN_START,
    doubts_said_once,
    graded_day,
    issue_verb,
    issued_label,
)
from qianche.corpus.register.standing import RECORDED_UNTIL, Standing, end_is_inferred
from qianche.corpus.register.succession import Link, Succession
from qianche.corpus.rules import Evidence, ForceStatus, Rule, RuleVersion

COMING_LABELS: dict[ComingKind, str] = {
    "new": "新规定施行",
    "revision": "修订后的版本施行",
    "end": "不再适用",
    "undated": "已公布，施行日期不详",
}
UNCONFIRMED_LABEL = "待核"
REGISTER_ENDS = f"法规登记表只登记到 {RECORDED_UNTIL}，此后公布的变化不在其中"
INFERRED = "推定"
"""Grade of a last day that was only inferred from the first day of what followed."""
# A working note in English has words in small letters; a note for the reader only names such as AQ 1008-2007.
_ENGLISH = re.compile(r"[a-z]{2,}")


def reader_note(version: RuleVersion) -> str | None:
    """Return the register's note where it is written for the reader, in Chinese; its English ones are working notes."""
    return version.note if version.note and not _ENGLISH.search(version.note) else None


def link_label(link: Link, seen_from: Rule) -> str:
    """Return how to name what a version ended or was ended by.

    Within the same rule 2014-08-31 公布的版本（主席令第13号）, else 《煤矿安全生产条例》（国务院令第774号，2024-01-24
    公布）; words where the register does not have it.
    """
    rule, version = link.rule, link.version
    if rule is None:
        return link.words
    if version is None:
        return f"《{rule.title}》"
    same_rule = rule.rule_id == seen_from.rule_id
    if same_rule and all(v.title == version.title for v in rule.versions):
        number = f"（{version.number}）" if version.number else ""
        return f"{issued_label(version)}的版本{number}"
    details = "，".join(part for part in (version.number, issued_label(version)) if part)
    return f"《{version.title}》（{details}）"


def standing_label(rule: Rule, standing: Standing, on: date, succession: Succession) -> str:
    """Return the sentence that says since when and why a rule or version stands as it does, without its status.

    Days known from memory only are marked 待核, several of them once.
    """
    return doubts_said_once(_standing(rule, standing, on, succession))


def register_notice(on: date) -> str | None:
    """Return what must be said of an answer for a day after the last one of the register, None for any other day."""
    return f"{REGISTER_ENDS}。" if on > RECORDED_UNTIL else None


def _standing(rule: Rule, standing: Standing, on: date, succession: Succession) -> str:
    """Return the sentence with every doubtful day marked."""
    version = standing.version
    if standing.reason == "earlier":
        return f"本库登记的最早版本{_start(version)}，更早的版本没有登记，当日效力待核"
    if standing.reason == "gap":
        later = rule.versions[rule.versions.index(version) + 1]
        return f"前一版本适用至 {_last_day(version)}，后一版本{_start(later)}，其间没有已知适用的版本"
    if standing.status is ForceStatus.NOT_YET:
        if standing.reason == "not-issued":
            numbered = f"编号{version.number}，" if version.version_date is None else ""
            return f"当日还没有{issue_verb(version)}：{numbered}{issued_label(version)}，{_start(version)}"
        return f"{issued_label(version)}，{_start(version)}"
    if standing.reason in ("revised", "repealed"):
        return _ended(rule, version, standing, succession)
    begun = _start(version) if version.effective_from else f"{UNKNOWN_START}，{issued_label(version)}"
    return begun + _end_ahead(rule, version, succession) + _doubts(rule, version, on, succession)


def _start(version: RuleVersion) -> str:
    """Return from when a version applies: 自 2021-09-01 起施行."""
    if version.effective_from is None:
        return UNKNOWN_START
    return f"自 {graded_day(version.effective_from, version.verified)} 起施行"


def _last_day(version: RuleVersion) -> str:
    """Return the last day of a version that has one."""
    assert version.effective_to is not None
    return graded_day(version.effective_to, version.end_verified)


def _ended(rule: Rule, version: RuleVersion, standing: Standing, succession: Succession) -> str:
    """Return since when a version no longer applies, and through what."""
    cause = succession.ended_by(version)
    assert standing.since is not None
    since = graded_day(standing.since, version.end_verified)
    if cause is None:
        return f"自 {since} 起不再适用，由什么文件终止没有登记"
    revised = standing.status is ForceStatus.REVISED
    standard = cause.version is not None and cause.version.is_standard
    verb = "代替" if revised or standard or end_is_inferred(version) else "废止"
    inferred = "（终止日期是按后者的施行日期推定的）" if end_is_inferred(version) else ""
    return f"自 {since} 起被{_spaced(link_label(cause, rule))}{verb}{inferred}"


def _end_ahead(rule: Rule, version: RuleVersion, succession: Succession) -> str:
    """Return the last day of a version where it is known, and what follows."""
    if version.effective_to is None:
        return ""
    cause = succession.ended_by(version)
    follows = f"，此后由{_spaced(link_label(cause, rule))}代替" if cause is not None else ""
    inferred = f"（{INFERRED}）" if end_is_inferred(version) else ""
    return f"，适用至 {_last_day(version)}{inferred}{follows}"


def _doubts(rule: Rule, version: RuleVersion, on: date, succession: Succession) -> str:
    """Return what may have taken the place of a version that is open."""
    names = [link_label(link, rule) for link in doubts(version, on, succession)]
    return "".join(f"；可能已被{_spaced(name)}代替，待核" for name in names)


def doubts(version: RuleVersion, on: date, succession: Succession) -> Sequence[Link]:
    """Return the versions issued by a day that may have taken the place of an open one."""
    return [
        link
        for link in succession.may_have_replaced(version)
        if link.version is not None and (link.version.version_date or RECORDED_UNTIL) <= on
    ]


def coming_label(change: Coming, on: date) -> str:
    """Return what changes, when and in how many days, e.g. 2027-01-01（37 天后）起施行，代替…; doubts included."""
    return doubts_said_once(_coming(change, on))


def coming_grade(change: Coming) -> Evidence | None:
    """Return how well the day of a change is known, None where the day is not known or its grade not recorded."""
    if change.day is None:
        return None
    return change.version.end_verified if change.kind == "end" else change.version.verified


def _coming(change: Coming, on: date) -> str:
    """Return the sentence with every doubtful day marked."""
    days = change.days_from(on)
    if change.day is None:
        names = "、".join(link_label(link, change.rule) for link in change.in_place_of)
        return f"{issued_label(change.version)}，{UNKNOWN_START}；{names}是否仍适用待核"
    doubt = f"，{EVIDENCE_LABELS['memory']}" if coming_grade(change) == "memory" else ""
    when = f"{change.day}（{days} 天后{doubt}）"
    if change.kind == "end":
        cause = f"，被{_spaced(link_label(change.ended_by, change.rule))}终止" if change.ended_by else ""
        return f"{when}起不再适用{cause}"
    confirmed = [link_label(link, change.rule) for link in change.in_place_of if link.confirmed]
    assumed = [link_label(link, change.rule) for link in change.in_place_of if not link.confirmed]
    replaced = f"，代替{_spaced('、'.join(confirmed))}" if confirmed else ""
    maybe = f"，可能代替{_spaced('、'.join(assumed))}（{UNCONFIRMED_LABEL}）" if assumed else ""
    return f"{when}起施行{replaced}{maybe}"


def _spaced(name: str) -> str:
    """Return a name as it stands inside a sentence: apart from the sign before it where it begins with a digit."""
    return f" {name}" if name[:1].isascii() and name[:1].isalnum() else name
