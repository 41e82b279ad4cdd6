"""A duty and the penalty for its breach; the pairs that the penalty articles themselves state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from qianche.corpus.citations import Provision
from qianche.corpus.rules import Article, ArticleNumber
from qianche.corpus.statutes.places import place_of
from qianche.corpus.statutes.references import Reference

Basis = Literal["stated", "reviewed"]
"""`stated`: the penalty article names the duty article (条文明示); `reviewed`: of a table of this product (本库归纳)."""

_PENALTY_HEADING = re.compile(r"法律责任|罚则")
# The words that make naming a provision the breach of it: 违反本法第二十二条, 未采取本法第二十条规定的措施.
_BREACH = re.compile(r"违反|(?:未|不|没有)(?:经|按|依|采取|符合|履行|执行|遵守)")
# Where the condition of a penalty begins anew; behind 的， stands the penalty itself: …的，应当依照第四十七条….
_CLAUSE = re.compile(r"[。；：\n]|的，")


@dataclass(frozen=True, slots=True)
class Breach:
    """A duty and the provision that punishes its breach, both of one version.

    Places are as fine as they are known: 条 alone, 款, or 项. `note` is a remark in the product's own words.
    """

    duty: Provision
    penalty: Provision
    basis: Basis
    note: str = ""

    @property
    def pair(self) -> tuple[ArticleNumber | None, ArticleNumber | None]:
        """The articles of duty and penalty."""
        return self.duty.article, self.penalty.article


def is_penalty_article(article: Article) -> bool:
    """Return whether the article stands under a heading 法律责任 or 罚则."""
    return any(_PENALTY_HEADING.search(heading.text) for heading in article.path)


def stated_breaches(
    articles: Iterable[Article], references: Mapping[ArticleNumber, Iterable[Reference]]
) -> tuple[Breach, ...]:
    """Return the pairs that penalty articles state: 违反本法第二十二条的规定, in the order of the text.

    A range (第九条至第十二条) gives each article that the version has. Articles under 法律责任 are no duties.

    Args:
        articles: all articles of one version.
        references: by the number of the article that holds them.
    """
    by_number = {article.number: article for article in articles}
    found: dict[tuple[Provision, Provision], Breach] = {}
    for article in by_number.values():
        if not is_penalty_article(article):
            continue
        for reference in references.get(article.number, ()):
            if not reference.own or not _says_breach(article.text, reference.span.start):
                continue
            for duty in _named(reference, by_number):
                breach = Breach(duty, place_of(article, reference.span.start), "stated")
                found.setdefault((breach.duty, breach.penalty), breach)
    return tuple(found.values())


def join_breaches(
    stated: Iterable[Breach], reviewed: Iterable[Breach], named: set[tuple[ArticleNumber, ArticleNumber]]
) -> tuple[Breach, ...]:
    """Return both sources as one list; what both tell is told once, with the finer places, as stated.

    Args:
        stated: of `stated_breaches`.
        reviewed: of a table, for the same version.
        named: (penalty article, duty article) wherever the one names the other in any words.
    """
    reviewed = tuple(reviewed)
    told = {breach.pair for breach in reviewed}
    joined = [b for b in stated if b.pair not in told]
    for breach in reviewed:
        duty, penalty = breach.pair
        joined.append(replace(breach, basis="stated") if (penalty, duty) in named else breach)
    return tuple(joined)


def _says_breach(text: str, position: int) -> bool:
    """Whether the condition that a reference stands in speaks of a breach."""
    begins = max((match.end() for match in _CLAUSE.finditer(text, 0, position)), default=0)
    return _BREACH.search(text, begins, position) is not None


def _named(reference: Reference, articles: Mapping[ArticleNumber, Article]) -> list[Provision]:
    """The duties that a reference names; none in articles that are penalties themselves or not there."""
    first, last = reference.provision, reference.through
    numbers = [first.article]
    if last is not None and first.article is not None and last.article is not None:
        numbers = [n for n in articles if first.article <= n <= last.article]
    held = [n for n in numbers if n is not None and n in articles and not is_penalty_article(articles[n])]
    if len(numbers) == 1:
        return [replace(first, article=n) for n in held]
    return [Provision(article=n) for n in held]
