"""The law of a case: every rule it cites, and the articles it matches, on the day of the accident and today."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from qianche.corpus.cases import Case
from qianche.corpus.citations import Provision
from qianche.corpus.citations.outcomes import Resolution
from qianche.corpus.citations.quoting import canonical
from qianche.corpus.citations.resolve import Resolver
from qianche.corpus.collation import collate
from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.register.standing import standing_of
from qianche.corpus.rules import ArticleNumber, RuleVersion
from qianche.corpus.schemes import SECTORS
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.passages import case_story
from qianche.indexing.search.answer import RuleFilters, RuleHit, SearchRequest
from qianche.indexing.search.understanding import MAX_QUERY

Basis = Literal["cited", "matched"]
"""`cited`: the record of the case names the rule; `matched`: found by search (系统匹配，非报告引用)."""
HOME = "中国"
MATCHED = 6
"""Articles matched to a case; further down they are about the trade rather than the accident."""
# 渔船作业避让规定第二十九条 is a title and a place
_BARE = re.compile(r"(?P<title>[^《》]+?)(?P<place>第[零一二三四五六七八九十百千\d]+条.*)?")
_NO_TRADE = ("农林旅游", "其他")
"""Sectors that no rule of the register is made for."""


@dataclass(frozen=True, slots=True)
class Read:
    """A citation as it was read: the text given, and what became of it on one day."""

    text: str
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class CaseRule:
    """One rule of a case on two days.

    `text` is the citation as the record has it, or, of what was matched, in full. `then` and `now` are empty where
    no citation can be read in it; `now` has one entry for each article that an article matched has become. `hit` is
    what was matched: where the text of that day is not held, its article is that of another version.
    """

    basis: Basis
    text: str
    then: tuple[Read, ...]
    now: tuple[Read, ...]
    hit: RuleHit | None = None
    of_the_day: bool = True
    """Whether the article matched is of the text that applied on the day of the accident."""


@dataclass(frozen=True, slots=True)
class CaseLaw:
    """The rules of a case: those cited in the order of the record, then those matched, best first.

    `abroad`: the accident happened under other law, which is not held; then nothing is matched for its day, and what is
    matched is the law of today, to compare with.
    """

    case: Case
    today: date
    abroad: bool
    rules: tuple[CaseRule, ...]


def case_law(kb: KnowledgeBase, case_id: str, today: date) -> CaseLaw:
    """Return the rules of a case as they stood on the day of the accident, and as they stand today.

    Raises:
        NotFound: no such case.
    """
    case = kb.case(case_id)
    resolver = Resolver(kb.rules(), kb.articles)
    cited = tuple(_cited(resolver, text, case.occurred_on, today) for text in case.cited_rules)
    abroad = case.place.country != HOME
    named = {found.rule_id for rule in cited for read in rule.then if (found := read.resolution.rule)}
    matched = tuple(
        _matched(kb, resolver, hit, None if abroad else case.occurred_on, today)
        for hit in _hits(kb, case, today if abroad else case.occurred_on)
        if hit.article is not None or hit.digest is not None or hit.rule.rule_id not in named
    )
    return CaseLaw(case, today, abroad, (*cited, *matched))


def _read(resolver: Resolver, text: str, day: date) -> tuple[Read, ...]:
    return tuple(Read(text, resolution) for resolution in resolver.resolve(text, day))


def _cited(resolver: Resolver, text: str, then: date, today: date) -> CaseRule:
    """Return a rule that the record cites; a bare title is read as one in 《》."""
    for form in (text, _titled(text)):
        found = _read(resolver, form, then)
        if any(read.resolution.rule is not None for read in found) or (found and "《" in form):
            return CaseRule("cited", text, found, _read(resolver, form, today))
    return CaseRule("cited", text, (), ())


def _titled(text: str) -> str:
    """Return the text with its title in 《》, as it is where that has brackets already."""
    match = _BARE.fullmatch(text)
    return f"《{match['title']}》{match['place'] or ''}" if match else text


def _hits(kb: KnowledgeBase, case: Case, day: date) -> tuple[RuleHit, ...]:
    """Return what a search for the story of the case finds in the law of a day."""
    own_trade = case.sector in SECTORS and case.sector not in _NO_TRADE
    request = SearchRequest(
        query=(case_story(case) or case.name)[:MAX_QUERY],
        as_of=day,
        kinds=("rule",),
        top_k=MATCHED,
        rule_filters=RuleFilters(sector=(case.sector,)) if own_trade else RuleFilters(),
        with_facets=False,
    )
    return kb.search(request).rules


def _matched(kb: KnowledgeBase, resolver: Resolver, hit: RuleHit, then: date | None, today: date) -> CaseRule:
    """Return what was found by search; today's article is the one it has become, where both texts are held.

    Without a day `then`, of an accident abroad, only today's side is filled.
    """
    current = applicable_version(hit.rule, today)
    rule = canonical(hit.version)

    def on_its_day(text: str) -> tuple[Read, ...]:
        return () if then is None else _read(resolver, text, then)

    if hit.article is None:
        place = (
            hit.digest.label
            if hit.digest is not None and hit.digest.version_id == hit.version.version_id
            else ""
        )
        still = place if current is hit.version else ""
        now_named = _read(resolver, canonical(current) + still, today)
        return CaseRule("matched", rule + place, on_its_day(rule + place), now_named, hit)
    # Where the text of that day is not held, its number for this article is not known either.
    of_the_day = hit.held is hit.version and (
        then is None or standing_of(hit.rule, hit.version, then).reason != "earlier"
    )
    text = canonical(hit.version, Provision(article=hit.article.number)) if of_the_day else rule
    now: list[Read] = []
    for number in _become(kb, hit, current):
        now += _read(resolver, canonical(current, Provision(article=number)), today)
    return CaseRule("matched", text, on_its_day(text), tuple(now), hit, of_the_day)


def _become(kb: KnowledgeBase, hit: RuleHit, current: RuleVersion) -> tuple[ArticleNumber, ...]:
    """Return the numbers that an article has in the current text, none where it was removed."""
    assert hit.article is not None
    held, number = hit.held, hit.article.number
    if held is None or current is held or current.text_source is None:
        return (number,)
    pairs = collate(kb.articles(held.version_id), kb.articles(current.version_id)).pairs
    return tuple(
        article.number
        for pair in pairs
        if any(old.number == number for old in pair.old)
        for article in pair.new
    )
