"""The version of a rule that a citation names: by number, by the year of an edition, by title, else by the day."""

from __future__ import annotations

import re
from datetime import date

from qianche.corpus.citations.choice import Choice, Named
from qianche.corpus.citations.citation import Citation
from qianche.corpus.citations.outcomes import Candidate, Outcome
from qianche.corpus.citations.print import in_marks
from qianche.corpus.register.applicable import applicable, applicable_version
from qianche.corpus.register.labels import issued_label
from qianche.corpus.register.names import RuleNames, RuleNumber, designations, read_number, versions_titled
from qianche.corpus.rules import Rule, RuleVersion

# （2022版）, （2021年修正）, (2015年版); not （2024—2026年）.
_EDITION_IN_TITLE = re.compile(
    r"[（(]\s*((?:19|20)\d{2})\s*年?\s*(?:第?[一二三四五六七八九十]*次?(?:修正|修订|修改)|版)本?\s*[)）]\s*$"
)


def choose_version(rule: Rule, named: Named, day: date) -> Choice:
    """Return the version of the rule that the citation names, by number, edition and title, else by the day."""
    answering = applicable_version(rule, day)
    kept = _by_number(rule, answering, named)
    if isinstance(kept, Choice):
        return kept
    edition = _edition(named.citation)
    if edition is not None:
        of_year = tuple(v for v in kept if _is_edition(v, edition))
        if not of_year:
            return _no_edition(rule, f"{edition}年的版本", named)
        kept = of_year
    elif named.citation.title is not None:
        of_title = versions_titled(rule, named.citation.title)
        kept = tuple(v for v in kept if v in of_title) or kept
    version = answering if answering in kept else applicable(kept, day)
    return Choice(
        rule=rule,
        version=version,
        on_day=answering if version is not answering and answering.in_force(day) is not False else None,
        notes=tuple(named.notes),
    )


def _by_number(rule: Rule, answering: RuleVersion, named: Named) -> tuple[RuleVersion, ...] | Choice:
    """Return the versions that the numbers leave, all where they choose none."""
    if not named.numbers:
        return rule.versions
    numbered = tuple(version for version in rule.versions if (rule, version) in named.numbered)
    read = read_number(named.numbers[0])
    standard = read is not None and read.kind == "标准"
    if not numbered:
        if standard and read is not None and read.year is not None:
            return _no_edition(rule, f"{read.year}年版（{named.numbers[0]}）", named)
        known = "、".join(dict.fromkeys(v.number for v in rule.versions if v.number))
        named.notes.append(
            f"文号“{'、'.join(named.numbers)}”不在登记表中"
            + (f"（{in_marks(rule.title)}登记的文号：{known}）" if known else "")
            + "，只按名称认定，请核对文号。"
        )
        return rule.versions
    first = rule.versions[0]
    if first in numbered and not standard and answering not in numbered:
        # An act goes by the number of its first version, however often it was amended.
        named.notes.append(
            f"文号“{first.number}”是该规定第一个版本（{issued_label(first)}）的文号；此后有修改。"
        )
        return rule.versions
    return _of_sort(numbered, read, named) if standard and read is not None else numbered


def _of_sort(numbered: tuple[RuleVersion, ...], read: RuleNumber, named: Named) -> tuple[RuleVersion, ...]:
    """Return the editions that are GB where GB is written, GB/T where GB/T is; all, with a note, where none is."""
    same = tuple(v for v in numbered if any(other.sort == read.sort for other in designations(v)))
    if same:
        return same
    registered = "、".join(v.number for v in numbered if v.number)
    named.notes.append(
        f"登记的标准号是 {registered}，所写的是 {named.numbers[0]}：强制性标准与推荐性标准（/T）的标准号不同，"
        "这里按同一序号认定，请核对标准号。"
    )
    return numbered


def _edition(citation: Citation) -> int | None:
    """Return the year of the edition that a citation names, behind the title or at its end: （2022版）."""
    if citation.edition is not None:
        return citation.edition
    match = _EDITION_IN_TITLE.search(citation.title or "")
    return int(match[1]) if match else None


def _is_edition(version: RuleVersion, year: int) -> bool:
    """Whether a version is the edition of a year: by its number's or title's year, by its issue or first day."""
    read = read_number(version.number or "")
    if f"（{year}" in version.title or (read is not None and read.kind == "标准" and read.year == year):
        return True
    if f"（{year}年版）" in (version.number or ""):
        return True
    days = (version.version_date, version.effective_from)
    return (read is None or read.kind != "标准") and any(day is not None and day.year == year for day in days)


def other_edition(named: Named, names: RuleNames) -> Choice | None:
    """Return that the register has the standard, but not the edition of the year named; None where it has none."""
    for number in named.numbers:
        read = read_number(number)
        if read is None or read.kind != "标准" or read.year is None:
            continue
        series = number.rsplit("-", 1)[0]
        rules = tuple({rule.rule_id: rule for rule, _ in names.numbered(series)}.values())
        if rules:
            return _no_edition(rules[0], f"{read.year}年版（{number}）", named)
    return None


def _no_edition(rule: Rule, edition: str, named: Named) -> Choice:
    """Return that the register has the rule, but not this edition of it."""
    known = "、".join(_edition_label(version) for version in rule.versions)
    message = f"登记表中{in_marks(rule.title)}没有{edition}。登记的版本：{known}。请核对年份。"
    return Choice(
        failure=Outcome.UNKNOWN,
        notes=(message, *named.notes),
        candidates=tuple(Candidate(rule, version) for version in rule.versions),
    )


def _edition_label(version: RuleVersion) -> str:
    issued = issued_label(version)
    return f"{version.number}（{issued}）" if version.number else issued
