"""What a citation names by its title and its numbers, and what is chosen of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from qianche.corpus.citations.citation import Citation
from qianche.corpus.citations.outcomes import Candidate, Outcome
from qianche.corpus.register.applicable import applicable, applicable_version
from qianche.corpus.rules import Rule, RuleVersion

MOST_CANDIDATES = 20
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
class Named:
    """What a citation names: rules by its title, versions by its numbers."""

    citation: Citation
    numbers: tuple[str, ...]
    titled: tuple[Rule, ...]
    numbered: tuple[tuple[Rule, RuleVersion], ...]
    notes: list[str] = field(default_factory=list)


def candidates(rules: Sequence[Rule], named: Named, day: date) -> tuple[Candidate, ...]:
    """Return the rules with the version that the number names, else the one that answers for the day."""
    found: dict[str, Candidate] = {}
    for rule in rules:
        numbered = tuple(v for v in rule.versions if (rule, v) in named.numbered)
        version = applicable(numbered, day) if numbered else applicable_version(rule, day)
        found.setdefault(rule.rule_id, Candidate(rule, version))
    return tuple(found.values())[:MOST_CANDIDATES]
