"""What took the place of what: the chain of versions within a rule and across rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qianche.corpus.register.references import Reference, read_references
from qianche.corpus.rules import Rule, RuleVersion


@dataclass(frozen=True, slots=True)
class Link:
    """A rule or one version of it as another version names it.

    `rule` is None where the register does not have it: then `words` is all that is known of it. `version` is None
    where the rule as such is named.
    """

    words: str
    rule: Rule | None
    version: RuleVersion | None
    confirmed: bool = True


def version_named(rule: Rule, version: str) -> RuleVersion | None:
    """Return the version of a rule with this day of issue or number, None where there is none."""
    return next((v for v in rule.versions if version in (v.version_id.partition("@")[2], v.number)), None)


_Step = Callable[[Rule], list[Link]]


class Succession:
    """Answers over a set of rules what ended a version and what it took the place of.

    Args:
        rules: all rules that are known; made once for a set, then every question is a look-up.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {rule.rule_id: rule for rule in rules}
        self._claims: dict[str, list[tuple[Rule, RuleVersion, Reference]]] = defaultdict(list)
        self._ended: dict[str, list[RuleVersion]] = defaultdict(list)
        for rule in self._rules.values():
            for version in rule.versions:
                for reference in read_references(version.replaces):
                    if reference.rule_id is not None:
                        self._claims[reference.rule_id].append((rule, version, reference))
                for reference in read_references(version.repealed_by):
                    if reference.rule_id is not None and reference.rule_id != rule.rule_id:
                        self._ended[reference.rule_id].append(version)

    def link(self, reference: Reference) -> Link:
        """Return what a reference names, in words alone where it names nothing known."""
        rule = self._rules.get(reference.rule_id or "")
        if rule is None or reference.version is None:
            return Link(reference.words, rule, None, reference.confirmed)
        version = version_named(rule, reference.version)
        # A version that is not known is no reason to name another one of the rule.
        known = rule if version is not None else None
        return Link(reference.words, known, version, reference.confirmed)

    def ended_by(self, version: RuleVersion) -> Link | None:
        """Return what ended a version, None where nothing is known to have."""
        references = read_references(version.repealed_by)
        return self.link(references[0]) if references else None

    def took_place_of(self, version: RuleVersion) -> tuple[Link, ...]:
        """Return what a version took, or is assumed to have taken, the place of; a rule named as such by its last text."""
        links = (self.link(reference) for reference in read_references(version.replaces))
        return tuple(
            Link(link.words, link.rule, link.rule.versions[-1], link.confirmed)
            if link.rule is not None and link.version is None
            else link
            for link in links
        )

    def may_have_replaced(self, version: RuleVersion) -> tuple[Link, ...]:
        """Return what may have taken the place of a version whose end is not known.

        Such a successor is only assumed, or the day from which it applies is not known.
        """
        if version.effective_to is not None or version.repealed_by is not None:
            return ()
        found = []
        for rule, successor, reference in self._claims[version.rule_id]:
            link = self.link(reference)
            named = link.version or (link.rule.versions[-1] if link.rule is not None else None)
            if named is not None and named.version_id == version.version_id:
                confirmed = reference.confirmed and successor.effective_from is not None
                found.append(Link(successor.version_id, rule, successor, confirmed))
        return tuple(found)

    def predecessors(self, rule: Rule) -> tuple[Link, ...]:
        """Return the other rules that this one, or one before it, took the place of, nearest first."""
        return self._follow(rule, self._before)

    def successors(self, rule: Rule) -> tuple[Link, ...]:
        """Return the other rules that took the place of this one, or of one after it, nearest first."""
        return self._follow(rule, self._after)

    def _follow(self, rule: Rule, step: _Step) -> tuple[Link, ...]:
        """Return what `step` leads to from a rule, and from there, each rule or name once."""
        found: dict[str, Link] = {}
        to_visit = [rule]
        while to_visit:
            for link in step(to_visit.pop(0)):
                key = link.rule.rule_id if link.rule is not None else link.words
                if key != rule.rule_id and key not in found:
                    found[key] = link
                    if link.rule is not None:
                        to_visit.append(link.rule)
        return tuple(found.values())

    def _before(self, rule: Rule) -> list[Link]:
        """Return the other rules whose place the versions of this one took."""
        links = [link for version in rule.versions for link in self.took_place_of(version)]
        ended = [Link(v.version_id, self._rules[v.rule_id], v) for v in self._ended[rule.rule_id]]
        return [link for link in (*links, *ended) if link.rule is None or link.rule.rule_id != rule.rule_id]

    def _after(self, rule: Rule) -> list[Link]:
        """Return the other rules that ended this one, or may have."""
        links = [self.ended_by(version) for version in rule.versions]
        maybe = [link for version in rule.versions for link in self.may_have_replaced(version)]
        return [
            link
            for link in (*links, *maybe)
            if link is not None and (link.rule is None or link.rule.rule_id != rule.rule_id)
        ]
