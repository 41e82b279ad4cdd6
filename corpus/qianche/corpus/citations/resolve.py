"""Every citation of a text resolved on a day: rule, version, provision and its text, or why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from qianche.corpus.citations.characters import in_plain_characters
from qianche.corpus.citations.choice import Choice
from qianche.corpus.citations.choosing import choose
from qianche.corpus.citations.citation import Citation
from qianche.corpus.citations.context import Context
from qianche.corpus.citations.find import find_citations
from qianche.corpus.citations.outcomes import Outcome, Resolution, ResolvedProvision, gravest
from qianche.corpus.citations.print import in_marks, print_citation
from qianche.corpus.citations.quoting import Articles, canonical, resolve_provision
from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.register.labels import AMENDING_ACT, issued_label
from qianche.corpus.register.names import RuleNames
from qianche.corpus.register.standing import Standing, rule_standing, version_standing
from qianche.corpus.register.standing_labels import doubts, standing_label
from qianche.corpus.register.succession import Succession
from qianche.corpus.rules import ForceStatus, Rule, RuleVersion

_FORCE = {
    ForceStatus.IN_FORCE: Outcome.RESOLVED,
    ForceStatus.UNKNOWN: Outcome.FORCE_UNKNOWN,
    ForceStatus.NOT_YET: Outcome.NOT_IN_FORCE,
    ForceStatus.REVISED: Outcome.NOT_IN_FORCE,
    ForceStatus.REPEALED: Outcome.NOT_IN_FORCE,
}


class Resolver:
    """Resolves citations by a set of rules and the texts that are held.

    Args:
        rules: every rule there is.
        articles: gives the articles of a version; asked once for each version and text.
    """

    def __init__(self, rules: Iterable[Rule], articles: Articles) -> None:
        self._rules = {rule.rule_id: rule for rule in rules}
        self._names = RuleNames(self._rules.values())
        self._succession = Succession(self._rules.values())
        self._articles = articles

    def resolve(self, text: str, day: date) -> tuple[Resolution, ...]:
        """Return what becomes of every citation that `find_citations` finds, in the order of the text.

        A relative citation is read by the rule, and the article, named last before it; one that nothing before it
        explains is told as such. Nothing is chosen where several rules may be meant.
        """
        citations = find_citations(text)
        context = Context(in_plain_characters(text), citations)
        articles = cache(self._articles)
        found: list[Resolution] = []
        for citation in citations:
            reading = context.read(citation)
            if reading.citation is None:
                found.append(_unread(citation, reading.why))
                context.tell(citation, citation, None)
                continue
            resolution = self._resolve(reading.citation, articles, day)
            found.append(replace(resolution, citation=citation, read_as=reading.why))
            context.tell(citation, reading.citation, resolution.version)
        return tuple(found)

    def _resolve(self, citation: Citation, articles: Articles, day: date) -> Resolution:
        """Resolve a citation that names its rule."""
        choice = choose(citation, self._names, day)
        rule, version = choice.rule, choice.version
        if rule is None or version is None:
            return _chosen_none(citation, choice)
        provisions = tuple(resolve_provision(p, rule, version, articles, day) for p in citation.provisions)
        chosen = version is not applicable_version(rule, day)
        standing = version_standing(version, day) if chosen else rule_standing(rule, day)
        said = (
            *self._force(rule, standing, day),
            _instead(choice.on_day, day),
            self._amending(rule, provisions),
            *choice.notes,
        )
        return Resolution(
            citation=citation,
            outcome=gravest([_FORCE[standing.status], *(p.outcome for p in provisions)]),
            canonical="；".join(p.citation for p in provisions) or canonical(version),
            messages=tuple(message for message in said if message),
            rule=rule,
            version=version,
            on_day=choice.on_day,
            provisions=provisions,
        )

    def _force(self, rule: Rule, standing: Standing, day: date) -> tuple[str, ...]:
        """Say how the version stands on the day where it is not simply in force."""
        version = standing.version
        why = standing_label(rule, standing, day, self._succession)
        if standing.status is not ForceStatus.IN_FORCE:
            named = f"{in_marks(version.title)}（{issued_label(version)}）"
            return (f"{named}{day} {standing.status}：{why}。",)
        if doubts(version, day, self._succession):
            return (f"{why}。",)
        return ()

    def _amending(self, rule: Rule, provisions: tuple[ResolvedProvision, ...]) -> str:
        """Say where the articles of an act are that only amends another."""
        amended = self._rules.get(rule.amends or "")
        return AMENDING_ACT.format(title=amended.title) if amended is not None and provisions else ""


def _instead(on_day: RuleVersion | None, day: date) -> str:
    """Say which version answers for the day in place of the one named."""
    if on_day is None:
        return ""
    status = on_day.status(day)
    verb = "适用的是" if status is ForceStatus.IN_FORCE else f"对应的版本（{status}）是"
    number = f"，{on_day.number}" if on_day.number else ""
    return f"{day} {verb}{in_marks(on_day.title)}（{issued_label(on_day)}{number}）。"


def _chosen_none(citation: Citation, choice: Choice) -> Resolution:
    """Return that no rule was chosen, and which ones may be meant."""
    assert choice.failure is not None
    return Resolution(
        citation, choice.failure, print_citation(citation), choice.notes, candidates=choice.candidates
    )


def _unread(citation: Citation, why: str) -> Resolution:
    """Return that a relative citation needs its context."""
    return Resolution(citation, Outcome.NEEDS_CONTEXT, print_citation(citation), (why,))
