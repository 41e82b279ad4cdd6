"""The rule and the version that a citation names on a day: by title, by number, by both; never a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from qianche.corpus.citations.citation import Citation
from qianche.corpus.citations.outcomes import Candidate, Outcome
from qianche.corpus.register.applicable import applicable, applicable_version
from qianche.corpus.register.labels import issued_label
from qianche.corpus.register.names import RuleNames, name_key, read_number, versions_titled
from qianche.corpus.rules import Rule, RuleVersion

# （2022版）, （2021年修正）, (2015年版); not （2024—2026年）.
_EDITION_IN_TITLE = re.compile(
    r"[（(]\s*((?:19|20)\d{2})\s*年?\s*(?:第?[一二三四五六七八九十]*次?(?:修正|修订|修改)|版)本?\s*[)）]\s*$"
)
_MOST_CANDIDATES = 20
"""Of rules that share an order number; the message says how many there are."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The version chosen, or `failure` and the candidates; `notes` are Chinese sentences.

    `on_day` is the version in force on the day, or that may be, where the citation names another one.
    """

    rule: Rule | None = None
    version: RuleVersion | None = None
    on_day: RuleVersion | None = None
    failure: Outcome | None = None
    notes: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(slots=True)
class _Named:
    """What a citation names: rules by its title, versions by its numbers."""

    citation: Citation
    numbers: tuple[str, ...]
    titled: tuple[Rule, ...]
    numbered: tuple[tuple[Rule, RuleVersion], ...]
    notes: list[str] = field(default_factory=list)


def choose(citation: Citation, names: RuleNames, day: date) -> Choice:
    """Return the rule and version that a citation names.

    A title counts by its title, short and former titles; a number by the version that has it. The number of the
    first version is that of the rule and chooses none; every other number, the year of an edition and a title that
    only former versions had choose their version. Of rules with one title, of which one took the place of the
    other, the day decides.
    """
    numbers = tuple(number for number in (citation.number, *citation.other_numbers) if number is not None)
    named = _Named(
        citation,
        numbers,
        names.titled(citation.title) if citation.title is not None else (),
        tuple(dict.fromkeys(pair for number in numbers for pair in names.numbered(number))),
    )
    rules = _rules(named, names, day)
    if isinstance(rules, Choice):
        return rules
    if citation.damaged is not None:
        named.notes.append(f"所写文号“{citation.damaged}”可能有识别错误，只按名称认定，请核对原件。")
    if len(rules) > 1:
        return _several(rules, named, day)
    return _version(rules[0], named, day)


def _rules(named: _Named, names: RuleNames, day: date) -> tuple[Rule, ...] | Choice:
    """Return the rules that title and numbers name together, or why there is none."""
    by_number = tuple({rule.rule_id: rule for rule, _ in named.numbered}.values())
    if named.citation.title is None and named.citation.damaged is not None:
        return _damaged(named, names, day)
    if named.citation.title is None:
        return by_number or _other_edition(named, names, day) or _unknown(named, names, day)
    if not named.titled:
        return _by_number_alone(named, names, by_number, day)
    if not by_number:
        return _strange_number(named, day) or named.titled
    both = tuple(rule for rule in named.titled if rule in by_number)
    return both or _contradiction(named, (*named.titled, *by_number), day)


def _by_number_alone(
    named: _Named, names: RuleNames, by_number: tuple[Rule, ...], day: date
) -> tuple[Rule, ...] | Choice:
    """Return what the number names where the register knows no such title: a part or a slip of it may stand there."""
    title = named.citation.title or ""
    near = {rule.rule_id for rule in (*names.ending(title), *names.like(title))}
    fitting = tuple(rule for rule in by_number if rule.rule_id in near or _within(title, rule))
    if fitting:
        named.notes.append(f"所写名称“{title}”与登记的名称《{fitting[0].title}》不完全相同，按文号认定。")
        return fitting
    if by_number:
        return _contradiction(named, by_number, day)
    return _other_edition(named, names, day) or _unknown(named, names, day)


def _within(title: str, rule: Rule) -> bool:
    """Whether the title is a part of one of the rule's, or the other way round."""
    key = name_key(title)
    others = [name_key(version.title) for version in rule.versions]
    return len(key) > 3 and any(key in other or other in key for other in others)


def _contradiction(named: _Named, rules: tuple[Rule, ...], day: date) -> Choice:
    """Return both: what the title names and what the number does."""
    number = "、".join(named.numbers)
    by_number = "、".join(dict.fromkeys(f"《{version.title}》" for _, version in named.numbered[:3]))
    other = "、".join(_title_and_number(rule, day) for rule in named.titled)
    said = f"登记表中是{other}" if other else "不在登记表中"
    message = (
        f"名称与文号不一致：名称“{named.citation.title}”{said}，文号“{number}”是{by_number}的。"
        "请核对后写对其中一个；这里不作选择。"
    )
    return Choice(failure=Outcome.AMBIGUOUS, notes=(message,), candidates=_candidates(rules, named, day))


def _strange_number(named: _Named, day: date) -> Choice | None:
    """Return that a title stands beside an order of its own issuer which the register has for no rule; else None.

    It may be a slip, or a version that the register does not have: either way nothing can be chosen.
    """
    if not named.numbers:
        return None
    read = [number for text in named.numbers if (number := read_number(text)) is not None]
    known = [
        n for rule in named.titled for v in rule.versions if (n := read_number(v.number or "")) is not None
    ]
    same_issuer = any(
        mine.kind == other.kind and mine.organ == other.organ for mine in read for other in known
    )
    if not same_issuer or any(number.kind == "标准" for number in read):
        return None
    registered = "、".join(_title_and_number(rule, day) for rule in named.titled)
    message = (
        f"名称与文号不一致：登记表中是{registered}，没有文号“{'、'.join(named.numbers)}”。"
        "可能是文号写错，也可能是登记表未收的版本。请核对；这里不作选择。"
    )
    return Choice(
        failure=Outcome.AMBIGUOUS, notes=(message,), candidates=_candidates(named.titled, named, day)
    )


def _damaged(named: _Named, names: RuleNames, day: date) -> Choice:
    """Return that the number is spoilt, and the rules of the number that it may be."""
    written, likely = named.citation.damaged, named.citation.likely
    guess = f"可能是“{likely}”，" if likely is not None else ""
    found = tuple({r.rule_id: r for r, _ in names.numbered(likely)}.values()) if likely is not None else ()
    message = f"文号“{written}”可能有识别错误，不能认定；{guess}请核对原件。"
    return Choice(failure=Outcome.DAMAGED, notes=(message,), candidates=_candidates(found, named, day))


def _title_and_number(rule: Rule, day: date) -> str:
    version = applicable_version(rule, day)
    return f"《{version.title}》" + (f"（{version.number}）" if version.number else "")


def _unknown(named: _Named, names: RuleNames, day: date) -> Choice:
    """Return that the register has no such rule, with the rules that may be meant."""
    title, number = named.citation.title, "、".join(named.numbers)
    if title is None:
        return Choice(failure=Outcome.UNKNOWN, notes=(f"登记表中没有文号或标准号“{number}”。请核对文号。",))
    ending, like = names.ending(title), names.like(title)
    if len(ending) > 1:
        return Choice(
            failure=Outcome.AMBIGUOUS,
            notes=(f"登记表中有 {len(ending)} 部规定的名称以“{title}”结尾，不能确定是哪一部。请写全称。",),
            candidates=_candidates(ending, named, day),
        )
    hint = "登记的名称中有相近的，见备选，请核对。" if ending or like else "它可能是本库未收的规定。"
    return Choice(
        failure=Outcome.UNKNOWN,
        notes=(f"登记表中没有名称为“{title}”的规定。{hint}",),
        candidates=_candidates(ending or like, named, day),
    )


def _other_edition(named: _Named, names: RuleNames, day: date) -> Choice | None:
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


def _no_edition(rule: Rule, edition: str, named: _Named) -> Choice:
    """Return that the register has the rule, but not this edition of it."""
    known = "、".join(_edition_label(version) for version in rule.versions)
    message = f"登记表中《{rule.title}》没有{edition}。登记的版本：{known}。请核对年份。"
    return Choice(
        failure=Outcome.UNKNOWN,
        notes=(message, *named.notes),
        candidates=tuple(Candidate(rule, version) for version in rule.versions),
    )


def _edition_label(version: RuleVersion) -> str:
    issued = issued_label(version)
    return f"{version.number}（{issued}）" if version.number else issued


def _several(rules: tuple[Rule, ...], named: _Named, day: date) -> Choice:
    """Return the one of several rules that took the place of the others, as the day decides; else all of them."""
    line = _in_line(rules)
    if line is not None:
        return _version(_answering(line, day), named, day)
    shown = f"（列出前 {_MOST_CANDIDATES} 部）" if len(rules) > _MOST_CANDIDATES else ""
    if named.citation.title:
        said, wanted = f"名为“{named.citation.title}”", "文号或年份"
    else:
        said, wanted = f"用文号“{'、'.join(named.numbers)}”", "名称、发布机关或年份"
    message = f"登记表中有 {len(rules)} 部规定{said}{shown}，不能确定是哪一部。请写明{wanted}。"
    return Choice(failure=Outcome.AMBIGUOUS, notes=(message,), candidates=_candidates(rules, named, day))


def _in_line(rules: tuple[Rule, ...]) -> tuple[Rule, ...] | None:
    """Return the rules oldest first, where the register says of each that the next one ended it."""
    ended_by = {rule.rule_id: (rule.versions[-1].repealed_by or "").partition("@")[0] for rule in rules}
    by_id = {rule.rule_id: rule for rule in rules}
    first = next((rule for rule in rules if rule.rule_id not in ended_by.values()), None)
    line: list[Rule] = []
    while first is not None and first not in line:
        line.append(first)
        first = by_id.get(ended_by[first.rule_id])
    return tuple(line) if len(line) == len(rules) else None


def _answering(line: tuple[Rule, ...], day: date) -> Rule:
    """Return the rule of a line of successors that answers for the day."""
    version = applicable(tuple(version for rule in line for version in rule.versions), day)
    return next(rule for rule in line if version in rule.versions)


def _candidates(rules: Sequence[Rule], named: _Named, day: date) -> tuple[Candidate, ...]:
    """Return the rules with the version that the number names, else the one that answers for the day."""
    found: dict[str, Candidate] = {}
    for rule in rules:
        numbered = tuple(v for v in rule.versions if (rule, v) in named.numbered)
        version = applicable(numbered, day) if numbered else applicable_version(rule, day)
        found.setdefault(rule.rule_id, Candidate(rule, version))
    return tuple(found.values())[:_MOST_CANDIDATES]


def _version(rule: Rule, named: _Named, day: date) -> Choice:
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


def _by_number(rule: Rule, answering: RuleVersion, named: _Named) -> tuple[RuleVersion, ...] | Choice:
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
            + (f"（《{rule.title}》登记的文号：{known}）" if known else "")
            + "，只按名称认定，请核对文号。"
        )
        return rule.versions
    if rule.versions[0] in numbered and not standard and answering not in numbered:
        # An act goes by the number of its first version, however often it was amended.
        named.notes.append(
            f"文号“{named.numbers[0]}”是该规定 {rule.versions[0].version_date} 公布时的文号；此后有修改。"
        )
        return rule.versions
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
