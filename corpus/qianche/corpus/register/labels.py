"""What the user reads about a version: evidence grades, missing texts, status on a day."""

from __future__ import annotations

from datetime import date

from qianche.corpus.rules import Evidence, ForceStatus, Rule, RuleVersion

EVIDENCE_LABELS: dict[Evidence, str] = {"text": "据原文", "page": "据网页", "memory": "待核"}

NO_TEXT = "正文未收录"
NO_TEXT_HINT = "本库只收录这一规定的名称、文号和施行日期，条文请查阅官方文本。"
AMENDING_ACT = "本法只修改其他法律，修改后的条文见《{title}》。"
UNKNOWN_START = "施行日期不详"
_ACTS = frozenset({"法律", "行政法规", "部门规章", "司法解释", "地方性法规"})
"""Levels that are 公布; standards and notices are 发布."""


def issued_label(version: RuleVersion) -> str:
    """Return when a version was issued, e.g. 2014-08-31 公布, or that it is not known."""
    verb = "公布" if version.level in _ACTS else "发布"
    return f"{version.version_date} {verb}" if version.version_date else f"{verb}日期不详"


def text_label(rule: Rule, version: RuleVersion, amended_title: str | None = None) -> str:
    """Return what to say where the version has no text, "" where it has one.

    Args:
        rule: the rule of the version.
        version: the version shown.
        amended_title: title of the act that `rule.amends` names, where it names one.
    """
    if version.text_source is not None:
        return ""
    if rule.amends is not None and amended_title is not None:
        return AMENDING_ACT.format(title=amended_title)
    return f"{NO_TEXT}：{NO_TEXT_HINT}"


def dates_label(version: RuleVersion) -> str:
    """Return when the version applies, e.g. 2014-12-01 至 2021-08-31, or that it is unknown."""
    unknown = f"{UNKNOWN_START}，{issued_label(version)}"
    start = str(version.effective_from) if version.effective_from else unknown
    if version.effective_to is not None:
        return f"{start} 至 {version.effective_to}"
    return f"{start} 起" if version.effective_from else start


def status_label(version: RuleVersion, on: date) -> str:
    """Return the status on a day with its dates, e.g. 现行（2021-09-01 起）.

    A status that rests on a first day known from memory only says so: 现行（2014-12-01 起，日期待核）.
    """
    status = version.status(on)
    doubt = version.verified == "memory" and status is not ForceStatus.UNKNOWN
    return f"{status}（{dates_label(version)}{'，日期待核' if doubt else ''}）"
