"""A rule text as read is matched to the one version of the register that it is; never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qianche.corpus.register import Register
from qianche.corpus.register.labels import version_name
from qianche.corpus.register.names import RuleNames, title_suffix
from qianche.corpus.rule_texts.dates import UNTIL_PROMULGATION, written
from qianche.corpus.rule_texts.draft import RuleDraft
from qianche.corpus.rule_texts.tree import walk
from qianche.corpus.rules import Rule, RuleVersion

MatchKind = Literal["unique", "candidates", "none"]


@dataclass(frozen=True, slots=True)
class Match:
    """What the register has for a text. `version` is set for `unique` alone; `reason` is for the reader.

    `candidates`: the versions of the rules that have the title, for a person to choose from.
    """

    kind: MatchKind
    version: RuleVersion | None
    candidates: tuple[RuleVersion, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What speaks for a version and what against it (Chinese)."""

    version: RuleVersion
    support: tuple[str, ...]
    contradictions: tuple[str, ...]


def match_version(draft: RuleDraft, register: Register) -> Match:
    """Return the version that the text is, by title and by the dates and number of its head.

    One version is named only where the title is that of one rule, and a day or the number of the head is this
    version's own and no other's, and nothing in the text speaks against it: a later amendment, another first
    day, another number of articles. The day in the file's name counts where the head has no day at all.
    """
    if draft.title is None:
        return Match("none", None, (), "正文没有标题，无法与登记表对照。请补充标题，或由人工指定版本。")
    rules = RuleNames(register).titled(draft.title)
    if not rules:
        return Match("none", None, (), f"登记表中没有题名为“{draft.title}”的规定。")
    versions = tuple(version for rule in rules for version in rule.versions)
    verdicts = [_judge(draft, version) for version in versions]
    supported = [v for v in verdicts if v.support and not v.contradictions]
    if len(supported) == 1:
        found = supported[0]
        return Match("unique", found.version, (found.version,), f"题名相符，{'，'.join(found.support)}。")
    return Match("candidates", None, versions, _doubt(draft, rules, verdicts, supported))


def _judge(draft: RuleDraft, version: RuleVersion) -> _Verdict:
    """Return what speaks for and against the version."""
    issued, stated = draft.promulgated_on, draft.effective_from
    day, first = version.version_date, version.effective_from
    support: list[str] = []
    against: list[str] = []
    if issued is not None and issued == day:
        support.append(f"题注最后一次公布或修改的日期与该版本一致（{written(issued)}）")
    elif issued is not None and day is not None and _adopted_shortly_before(draft, issued, day):
        support.append(f"题注的通过日期与该版本一致（{written(day)}）")
    elif issued is not None and day is not None:
        _judge_other_day(draft, issued, day, against)
    if stated is not None and first is not None:
        if stated == first:
            support.append(f"施行日期一致（{written(stated)}）")
        else:
            against.append(f"施行日期不同（文中{written(stated)}，登记表{written(first)}）")
    if (
        draft.number is not None
        and not draft.number_from_name
        and version.number is not None
        and _same_number(draft.number, version.number)
    ):
        support.append(f"文号一致（{version.number}）")
    if draft.name_date is not None and issued is None and draft.name_date == day:
        support.append(f"题注没有日期，文件名的日期与该版本一致（{written(draft.name_date)}）")
    elif (
        draft.name_date is not None
        and day is not None
        and draft.name_date > day
        and _is_later(draft, version)
    ):
        against.append(f"文件名的日期{written(draft.name_date)}晚于该版本")
    counted = _article_count(draft)
    if counted is not None and version.article_count is not None and counted != version.article_count:
        against.append(f"条数不同（文中{counted}条，登记表{version.article_count}条）")
    if _other_edition(draft.title or "", version.title):
        against.append(f"题名不同（登记表为“{version.title}”）")
    return _Verdict(version, tuple(support), tuple(against))


def _adopted_shortly_before(draft: RuleDraft, issued: date, day: date) -> bool:
    """Return whether the version's day is that of the adoption which the head's last day, the signature, follows."""
    adopted = [event.day for event in draft.history if "通过" in event.event]
    last = max((event.day for event in draft.history), default=None)
    return day in adopted and last == day and day <= issued <= day + UNTIL_PROMULGATION


def _judge_other_day(draft: RuleDraft, issued: date, day: date, against: list[str]) -> None:
    """Say what the head's last day says against a version of another day; adoption may precede it a little."""
    if issued > day:
        against.append(f"题注写有更晚的公布或修改（{written(issued)}）")
    elif day - issued > UNTIL_PROMULGATION or any("修" in event.event for event in draft.history):
        against.append(f"题注没有该版本的公布或修改日期（{written(day)}）")


def _is_later(draft: RuleDraft, version: RuleVersion) -> bool:
    """Return whether the file's date cannot be that of the version's promulgation or first day."""
    assert draft.name_date is not None and version.version_date is not None
    return (
        draft.name_date != version.effective_from
        and draft.name_date - version.version_date > UNTIL_PROMULGATION
    )


def _same_number(one: str, other: str) -> bool:
    """Return whether two numbers are the same, spaces and the name of the issuer's order aside."""
    plain = [re.sub(r"\s|第(?=\d)", "", text) for text in (one, other)]
    return plain[0] == plain[1]


def _article_count(draft: RuleDraft) -> int | None:
    """Return the highest article number of the text, None where it has no articles."""
    numbers = [int(node.number.split("-")[0]) for node in walk(draft.body) if node.kind == "条"]
    return max(numbers, default=None)


def _other_edition(title: str, other: str) -> bool:
    """Return whether both titles name an edition in brackets and not the same: （试行） and （2022版）."""
    mine, theirs = title_suffix(title), title_suffix(other)
    return mine is not None and theirs is not None and mine != theirs


def _doubt(
    draft: RuleDraft, rules: tuple[Rule, ...], verdicts: list[_Verdict], supported: list[_Verdict]
) -> str:  # fmt: skip
    """Return why no version is named."""
    if len(rules) > 1:
        names = "、".join(rule.title for rule in rules[:3])
        return f"题名与{len(rules)}部规定相符（{names}），不能确定是哪一部。请人工选定。"
    if len(supported) > 1:
        names = "、".join(version_name(verdict.version) for verdict in supported)
        return f"题名相符，但有{len(supported)}个版本与文中日期都不矛盾：{names}。请人工选定。"
    named = next((v.version for v in verdicts if v.version.version_date == draft.name_date is not None), None)
    if named is not None and draft.promulgated_on is not None:
        return (
            f"题名相符，文件名的日期与{version_name(named)}一致，但题注只写到{written(draft.promulgated_on)}，"
            "可能缺少最近的修改。请人工核对。"
        )
    refuted = next((v for v in verdicts if v.support and v.contradictions), None)
    if refuted is not None:
        return (
            f"题名相符，{'，'.join(refuted.support)}，但{'，'.join(refuted.contradictions)}，"
            f"不能确认是{version_name(refuted.version)}。请人工核对。"
        )
    if draft.promulgated_on is None and draft.effective_from is None:
        return f"题名相符，但正文开头没有公布、修订或施行日期，不能确认是登记的{len(verdicts)}个版本中的哪一个。请人工选定。"
    against = next(
        (v.contradictions[0] for v in reversed(verdicts) if v.contradictions), "没有与登记版本一致的日期"
    )
    return (
        f"题名相符，但没有与文中日期一致的版本（最近的版本：{against}）。可能是登记表未收的版本，请人工核对。"
    )
