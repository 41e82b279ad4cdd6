"""What the user reads about a version: evidence grades, missing texts, status on a day."""

from __future__ import annotations

import re
from datetime import date

from qianche.corpus.register.standing import Standing, end_is_inferred, version_standing
from qianche.corpus.rules import Evidence, Rule, RuleVersion

EVIDENCE_LABELS: dict[Evidence, str] = {"text": "据原文", "page": "据网页", "memory": "待核"}
_WEAKEST_FIRST: tuple[Evidence, ...] = ("memory", "page", "text")

NO_TEXT = "正文未收录"
NO_TEXT_HINT = "本库只收录这一规定的名称、文号和施行日期，条文请查阅官方文本。"
AMENDING_ACT = "本法只修改其他法律，修改后的条文见《{title}》。"
UNKNOWN_START = "施行日期不详"
DOUBTFUL = "日期待核"
_ACTS = frozenset({"法律", "行政法规", "部门规章", "司法解释", "地方性法规"})
"""Levels that are 公布; standards and notices are 发布."""
_DAY = r"\d{4}-\d\d-\d\d"
_MARK = "（待核）"
_MARKED = re.compile(rf"({_DAY}){_MARK}")
_BEFORE_A_WORD = re.compile(rf"({_DAY}){_MARK}(?=[\u4e00-\u9fff])")


def graded_day(day: date, grade: Evidence | None) -> str:
    """Return a day as it stands in a sentence: marked where it is known from memory only, 2014-12-01（待核）.

    The sentence is then to go through `doubts_said_once`.
    """
    return f"{day}{_MARK}" if grade == "memory" else str(day)


def doubts_said_once(sentence: str) -> str:
    """Return a sentence with several days marked by `graded_day` as one with a single remark at its end.

    >>> doubts_said_once("自 2014-12-01（待核） 起施行，适用至 2021-08-31")
    '自 2014-12-01（待核）起施行，适用至 2021-08-31'
    >>> doubts_said_once("2009-06-08（待核）公布，自 2009-07-01（待核）起施行")
    '2009-06-08 公布，自 2009-07-01 起施行，日期待核'
    """
    sentence = sentence.replace(f"{_MARK} ", _MARK)
    marked = _MARKED.findall(sentence)
    if len(marked) < 2:
        return sentence
    plain = _BEFORE_A_WORD.sub(r"\1 ", sentence).replace(_MARK, "")
    doubtful = list(dict.fromkeys(marked))
    every = set(re.findall(_DAY, plain)) == set(doubtful)
    which = DOUBTFUL if every else f"其中 {'、'.join(doubtful)} 待核"
    return f"{plain}，{which}"


def issue_verb(version: RuleVersion) -> str:
    """Return what was done with a version on its day of issue: acts are 公布, standards and notices 发布."""
    return "公布" if version.level in _ACTS else "发布"


def issued_label(version: RuleVersion) -> str:
    """Return when a version was issued, e.g. 2014-08-31 公布, or that it is not known."""
    verb = issue_verb(version)
    if version.version_date is None:
        return f"{verb}日期不详"
    return doubts_said_once(f"{graded_day(version.version_date, version.version_date_verified)} {verb}")


def version_name(version: RuleVersion) -> str:
    """Return a version as a reader knows it, and as a command takes it: 《…》2014-08-31 公布的版本（id）."""
    return f"《{version.title}》{issued_label(version)}的版本（{version.version_id}）"


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


def dates_grade(version: RuleVersion) -> Evidence | None:
    """Return the weakest grade of the days that `dates_label` gives, None where it gives none or it is not recorded."""
    if version.effective_from is not None:
        grades = {version.verified}
    else:
        grades = {version.version_date_verified} if version.version_date is not None else set()
    if version.effective_to is not None and version.end_verified is not None:
        grades.add(version.end_verified)
    return next((grade for grade in _WEAKEST_FIRST if grade in grades), None)


def dates_grade_label(version: RuleVersion) -> str | None:
    """Return what stands beside `dates_label` of how its days are known; None where that says 待核, or gives no day."""
    grade = dates_grade(version)
    return None if grade in (None, "memory") else EVIDENCE_LABELS[grade]


def dates_label(version: RuleVersion) -> str:
    """Return when the version applies, e.g. 2014-12-01 至 2021-08-31, or that it is unknown; doubts included."""
    first, last = version.effective_from, version.effective_to
    if first is not None:
        span = f"{first} 至 {last}" if last is not None else f"{first} 起"
    else:
        issued = version.version_date and f"{version.version_date} {issue_verb(version)}"
        span = f"{UNKNOWN_START}，{issued or issued_label(version)}"
        span += f"，适用至 {last}" if last is not None else ""
    inferred = "，止日推定" if last is not None and end_is_inferred(version) else ""
    return span + inferred + (f"，{DOUBTFUL}" if dates_grade(version) == "memory" else "")


def status_label(version: RuleVersion, on: date) -> str:
    """Return the status of a version on a day with its dates, e.g. 现行（2021-09-01 起）.

    Days known from memory only are said to be: 现行（2014-12-01 起，日期待核）.
    """
    return standing_status_label(version_standing(version, on))


def standing_status_label(standing: Standing) -> str:
    """Return the status with the dates of the version that answers, as `status_label` does.

    Before the first version in the register of a rule that is older, the dates are said to be that version's.
    """
    what = "登记的最早版本 " if standing.reason == "earlier" else ""
    return f"{standing.status}（{what}{dates_label(standing.version)}）"
