"""The rule and the version that a citation names on a day: by title, by number, by both; never a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qianche.corpus.citations.choice import MOST_CANDIDATES, Choice, Named, candidates
from qianche.corpus.citations.citation import Citation
from qianche.corpus.citations.editions import choose_version, other_edition
from qianche.corpus.citations.outcomes import Outcome
from qianche.corpus.citations.print import in_marks
from qianche.corpus.register.applicable import applicable, applicable_version
from qianche.corpus.register.names import RuleNames, name_key, read_number
from qianche.corpus.register.references import read_references
from qianche.corpus.rules import Rule


def choose(citation: Citation, names: RuleNames, day: date) -> Choice:
    """Return the rule and version that a citation names.

    A title counts by its title, short and former titles; a number by the version that has it. The number of the
    first version is that of the rule and chooses none; every other number, the year of an edition and a title that
    only former versions had choose their version. Of rules with one title, of which one took the place of the
    other, the day decides.
    """
    numbers = tuple(number for number in (citation.number, *citation.other_numbers) if number is not None)
    named = Named(
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
    return choose_version(rules[0], named, day)


def _rules(named: Named, names: RuleNames, day: date) -> tuple[Rule, ...] | Choice:
    """Return the rules that title and numbers name together, or why there is none."""
    by_number = tuple({rule.rule_id: rule for rule, _ in named.numbered}.values())
    if named.citation.title is None and named.citation.damaged is not None:
        return _damaged(named, names, day)
    if named.citation.title is None:
        return by_number or other_edition(named, names) or _unknown(named, names, day)
    if not named.titled:
        return _by_number_alone(named, names, by_number, day)
    if not by_number:
        return _strange_number(named, day) or named.titled
    both = tuple(rule for rule in named.titled if rule in by_number)
    return both or _contradiction(named, (*named.titled, *by_number), day)


def _by_number_alone(
    named: Named, names: RuleNames, by_number: tuple[Rule, ...], day: date
) -> tuple[Rule, ...] | Choice:
    """Return what the number names where the register knows no such title: a part or a slip of it may stand there."""
    if not by_number:
        return other_edition(named, names) or _unknown(named, names, day)
    title = named.citation.title or ""
    near = {rule.rule_id for rule in (*names.ending(title), *names.like(title))}
    fitting = tuple(rule for rule in by_number if rule.rule_id in near or _within(title, rule))
    if fitting:
        named.notes.append(
            f"所写名称“{title}”与登记的名称{in_marks(fitting[0].title)}不完全相同，按文号认定。"
        )
        return fitting
    return _contradiction(named, by_number, day)


def _within(title: str, rule: Rule) -> bool:
    """Whether the title is a part of one of the rule's, or the other way round."""
    key = name_key(title)
    others = [name_key(version.title) for version in rule.versions]
    return len(key) > 3 and any(key in other or other in key for other in others)


def _contradiction(named: Named, rules: tuple[Rule, ...], day: date) -> Choice:
    """Return both: what the title names and what the number does."""
    number = "、".join(named.numbers)
    by_number = "、".join(dict.fromkeys(in_marks(version.title) for _, version in named.numbered[:3]))
    other = "、".join(_title_and_number(rule, day) for rule in named.titled)
    said = f"登记表中是{other}" if other else "不在登记表中"
    message = (
        f"名称与文号不一致：名称“{named.citation.title}”{said}，文号“{number}”是{by_number}的。"
        "请核对后写对其中一个；这里不作选择。"
    )
    return Choice(failure=Outcome.AMBIGUOUS, notes=(message,), candidates=candidates(rules, named, day))


def _strange_number(named: Named, day: date) -> Choice | None:
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
        failure=Outcome.AMBIGUOUS, notes=(message,), candidates=candidates(named.titled, named, day)
    )


def _damaged(named: Named, names: RuleNames, day: date) -> Choice:
    """Return that the number is spoilt, and the rules of the number that it may be."""
    written, likely = named.citation.damaged, named.citation.likely
    guess = f"可能是“{likely}”，" if likely is not None else ""
    found = tuple({r.rule_id: r for r, _ in names.numbered(likely)}.values()) if likely is not None else ()
    message = f"文号“{written}”可能有识别错误，不能认定；{guess}请核对原件。"
    return Choice(failure=Outcome.DAMAGED, notes=(message,), candidates=candidates(found, named, day))


def _title_and_number(rule: Rule, day: date) -> str:
    version = applicable_version(rule, day)
    return in_marks(version.title) + (f"（{version.number}）" if version.number else "")


def _unknown(named: Named, names: RuleNames, day: date) -> Choice:
    """Return that the register has no such rule, with the rules that may be meant."""
    title = named.citation.title
    if title is None:
        return _unknown_number(named, names, day)
    ending = names.ending(title)
    like = names.like(title) or names.implemented(title)
    if len(ending) > 1:
        return Choice(
            failure=Outcome.AMBIGUOUS,
            notes=(f"登记表中有 {len(ending)} 部规定的名称以“{title}”结尾，不能确定是哪一部。请写全称。",),
            candidates=candidates(ending, named, day),
        )
    hint = "名称相近的见备选，请核对。" if ending or like else "它可能是本库未收的规定。"
    return Choice(
        failure=Outcome.UNKNOWN,
        notes=(f"登记表中没有名称为“{title}”的规定。{hint}",),
        candidates=candidates(ending or like, named, day),
    )


def _unknown_number(named: Named, names: RuleNames, day: date) -> Choice:
    """Return that the register has no such number, with the rules that have it from an issuer of a near name."""
    alike = tuple(dict.fromkeys(pair for number in named.numbers for pair in names.numbered_alike(number)))
    rules = tuple({rule.rule_id: rule for rule, _ in alike}.values())
    hint = "发布机关名称相近的见备选，请核对。" if rules else "请核对文号。"
    return Choice(
        failure=Outcome.UNKNOWN,
        notes=(f"登记表中没有文号或标准号“{'、'.join(named.numbers)}”。{hint}",),
        candidates=candidates(rules, replace(named, numbered=alike), day),
    )


def _several(rules: tuple[Rule, ...], named: Named, day: date) -> Choice:
    """Return the one of several rules that took the place of the others, as the day decides; else all of them."""
    line = _in_line(rules)
    if line is not None:
        return choose_version(_answering(line, day), named, day)
    shown = f"（列出前 {MOST_CANDIDATES} 部）" if len(rules) > MOST_CANDIDATES else ""
    if named.citation.title:
        said, wanted = f"名为“{named.citation.title}”", "文号或年份"
    else:
        said, wanted = f"用文号“{'、'.join(named.numbers)}”", "名称、发布机关或年份"
    message = f"登记表中有 {len(rules)} 部规定{said}{shown}，不能确定是哪一部。请写明{wanted}。"
    return Choice(failure=Outcome.AMBIGUOUS, notes=(message,), candidates=candidates(rules, named, day))


def _in_line(rules: tuple[Rule, ...]) -> tuple[Rule, ...] | None:
    """Return the rules oldest first, where the register says of each that the next one ended it."""
    ended_by = {rule.rule_id: _ended_by(rule) for rule in rules}
    by_id = {rule.rule_id: rule for rule in rules}
    first = next((rule for rule in rules if rule.rule_id not in ended_by.values()), None)
    line: list[Rule] = []
    while first is not None and first not in line:
        line.append(first)
        first = by_id.get(ended_by[first.rule_id] or "")
    return tuple(line) if len(line) == len(rules) else None


def _ended_by(rule: Rule) -> str | None:
    """Return the id of the rule that ended the last version of another."""
    return next((reference.rule_id for reference in read_references(rule.versions[-1].repealed_by)), None)


def _answering(line: tuple[Rule, ...], day: date) -> Rule:
    """Return the rule of a line of successors that answers for the day."""
    version = applicable(tuple(version for rule in line for version in rule.versions), day)
    return next(rule for rule in line if version in rule.versions)
