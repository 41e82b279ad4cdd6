"""The versions of a rule as a history, and the changes that are decided but still ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qianche.corpus.register.coming import Coming, coming_changes
from qianche.corpus.register.succession import Link, Succession
from qianche.corpus.rules import Rule, RuleVersion
from qianche.indexing.knowledge_base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class VersionHistory:
    """One version with what it took the place of and what ended it.

    `compare_with` is the nearest earlier version whose text is held too, None where either text is not.
    """

    version: RuleVersion
    took_place_of: tuple[Link, ...]
    ended_by: Link | None
    compare_with: RuleVersion | None
    article_count: int | None

    @property
    def days_applied(self) -> int | None:
        """Days from the first to the last, both counted; None where one of them is open or not known."""
        first, last = self.version.effective_from, self.version.effective_to
        return None if first is None or last is None else (last - first).days + 1

    @property
    def successor(self) -> RuleVersion | None:
        """The version whose first day ended this one: its evidence is that of the end."""
        return self.ended_by.version if self.ended_by is not None else None


@dataclass(frozen=True, slots=True)
class RuleHistory:
    """A rule with its versions, oldest first, and the other rules before and after it, nearest first."""

    rule: Rule
    versions: tuple[VersionHistory, ...]
    predecessors: tuple[Link, ...]
    successors: tuple[Link, ...]
    succession: Succession


def rule_history(kb: KnowledgeBase, rule_id: str) -> RuleHistory:
    """Return the history of a rule.

    Raises:
        NotFound: no rule has this id.
    """
    rule = kb.rule(rule_id)
    succession = Succession(kb.rules())
    return RuleHistory(
        rule=rule,
        versions=tuple(_version_history(kb, rule, place, succession) for place in range(len(rule.versions))),
        predecessors=succession.predecessors(rule),
        successors=succession.successors(rule),
        succession=succession,
    )


def upcoming(
    kb: KnowledgeBase, on: date, sector: str | None = None, level: str | None = None
) -> tuple[Coming, ...]:
    """Return what was decided by a day and takes effect after it, soonest first; of a sector or level only."""
    kept = {rule.rule_id for rule in kb.rules("", sector, level)}
    return tuple(change for change in coming_changes(kb.rules(), on) if change.rule.rule_id in kept)


def _version_history(kb: KnowledgeBase, rule: Rule, place: int, succession: Succession) -> VersionHistory:
    """Return one version of a rule with what surrounds it."""
    version = rule.versions[place]
    held = version.text_source is not None
    earlier = [v for v in rule.versions[:place] if v.text_source is not None]
    count = version.article_count
    if count is None and held:
        count = len(kb.articles(version.version_id)) or None
    return VersionHistory(
        version=version,
        took_place_of=succession.took_place_of(version),
        ended_by=succession.ended_by(version),
        compare_with=earlier[-1] if held and earlier else None,
        article_count=count,
    )
