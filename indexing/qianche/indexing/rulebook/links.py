"""What an article is linked with on a day: what it names, what names it, its penalties, the duties it punishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from threading import Lock

from qianche.corpus.citations import Provision
from qianche.corpus.citations.print import print_provision
from qianche.corpus.errors import BadRecord
from qianche.corpus.penalties import (
    Breach,
    PenaltyTable,
    check_table,
    join_breaches,
    load_penalties,
    stated_breaches,
)
from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.register.names import RuleNames
from qianche.corpus.rules import Article, ArticleNumber, Rule, RuleVersion
from qianche.corpus.statutes import cite
from qianche.corpus.statutes.places import has_place, place_of
from qianche.corpus.statutes.references import Reference, find_references
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.linked import ArticleLinks, BreachLink, Link, Target

_MAX_RANGE = 60
"""Articles of another act that a range stands for; a longer one counts for its two ends."""
References = dict[ArticleNumber, tuple[Reference, ...]]


@dataclass(frozen=True, slots=True)
class _Text:
    """The articles of one version with their references."""

    rule: Rule
    version: RuleVersion
    articles: dict[ArticleNumber, Article]
    references: References

    def target(self, provision: Provision) -> Target | None:
        """The target of a provision; None where this text does not have it."""
        if provision.article is None:
            return Target(self.rule, self.version, Provision(), True, f"《{self.version.title}》")
        article = self.articles.get(provision.article)
        if article is None or not has_place(article, provision):
            return None
        return Target(self.rule, self.version, provision, True, _citation(article, self.version, provision))


class RuleLinks:
    """Links of articles over one knowledge base; thread-safe.

    What is read once is kept as long as the base's rules are the same objects, which is until its next write.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._lock = Lock()
        self._kept: _Book | None = None

    def of(self, article: Article, day: date) -> ArticleLinks:
        """Return the links of an article of any version.

        Other acts are taken as they stood on the day, the article's own act as the version it belongs to. Of other
        acts only articles in force that day count as citing, and only where this version was in force as well.
        """
        return self._book().links(article, day)

    def prepare(self) -> None:
        """Read all texts now, so that the first article asked for need not wait for it."""
        self._book()

    def _book(self) -> _Book:
        rules = self._kb.rules()
        with self._lock:
            book = self._kept
            if book is None or not book.is_of(rules):
                book = self._kept = _Book(rules, self._kb, load_penalties())
            return book


class _Book:
    """All texts held of one state of the base, with their references."""

    def __init__(self, rules: Sequence[Rule], kb: KnowledgeBase, tables: dict[str, PenaltyTable]) -> None:
        self._rules = {rule.rule_id: rule for rule in rules}
        self._tables = tables
        names = RuleNames(rules)
        self._texts = {
            version.version_id: _read(rule, version, kb.articles(version.version_id), names)
            for rule in rules
            for version in rule.versions
            if version.text_source is not None
        }
        self._breaches: dict[str, tuple[tuple[Breach, ...], str | None]] = {}

    def is_of(self, rules: Sequence[Rule]) -> bool:
        """Return whether the base still has the same rules."""
        mine = self._rules.values()
        return len(mine) == len(rules) and all(a is b for a, b in zip(mine, rules, strict=True))

    def links(self, article: Article, day: date) -> ArticleLinks:
        """Return the links of an article."""
        text = self._texts.get(article.version_id)
        if text is None or article.number not in text.articles:
            return ArticleLinks((), (), (), ())
        breaches, notice = self._breaches_of(text)
        return ArticleLinks(
            references=tuple(self._links(text, article, day)),
            cited_by=tuple(self._citing(text, article.number, day)),
            penalties=_seen(text, breaches, article.number, from_duty=True),
            penalises=_seen(text, breaches, article.number, from_duty=False),
            notice=notice,
        )

    def _links(self, text: _Text, article: Article, day: date) -> Iterator[Link]:
        """The references of an article whose targets are there, or are not held."""
        for reference in text.references[article.number]:
            target = self._target(text, reference, reference.provision, day)
            if target is not None:
                through = reference.through
                last = self._target(text, reference, through, day) if through is not None else None
                yield Link(reference.span, target, last)

    def _target(self, text: _Text, reference: Reference, provision: Provision, day: date) -> Target | None:
        """What a reference names on a day; None where a text that is held does not have it."""
        if reference.own:
            return text.target(provision)
        rule = self._rules[reference.rule_id]
        version = applicable_version(rule, day)
        held = self._texts.get(version.version_id)
        if held is not None:
            return held.target(provision)
        citation = f"《{version.title}》{print_provision(provision)}"
        return Target(rule, version, provision, False, citation)

    def _citing(self, text: _Text, number: ArticleNumber, day: date) -> Iterator[Target]:
        """The places that name an article, its own act's first."""
        own, others = self._index
        for place in own.get((text.version.version_id, number), ()):
            if place.article != number and (target := text.target(place)) is not None:
                yield target
        if applicable_version(text.rule, day).version_id != text.version.version_id:
            return
        for version_id, place in others.get((text.rule.rule_id, number), ()):
            other = self._texts[version_id]
            if other.version.in_force(day) and (target := other.target(place)) is not None:
                yield target

    @cached_property
    def _index(self) -> tuple[_Own, _Others]:
        """The citing places by what they name: in the same version, and in other acts."""
        own: _Own = {}
        others: _Others = {}
        for text in self._texts.values():
            for article in text.articles.values():
                for reference in text.references[article.number]:
                    place = place_of(article, reference.span.start)
                    for number in _numbers(reference, text.articles):
                        if reference.own:
                            own.setdefault((text.version.version_id, number), {})[place] = None
                        else:
                            key = (reference.rule_id, number)
                            others.setdefault(key, {})[text.version.version_id, place] = None
        return own, others

    def _breaches_of(self, text: _Text) -> tuple[tuple[Breach, ...], str | None]:
        """The duties and penalties of a version, from both sources; and why its table is not used, if it is not."""
        version_id = text.version.version_id
        if version_id not in self._breaches:
            articles = tuple(text.articles.values())
            reviewed, notice = self._reviewed(version_id, articles)
            named = {
                (holder, number)
                for holder, references in text.references.items()
                for reference in references
                if reference.own
                for number in _numbers(reference, text.articles)
            }
            stated = stated_breaches(articles, text.references)
            self._breaches[version_id] = join_breaches(stated, reviewed, named), notice
        return self._breaches[version_id]

    def _reviewed(
        self, version_id: str, articles: Sequence[Article]
    ) -> tuple[tuple[Breach, ...], str | None]:
        """What the table of a version says; nothing and the reason where it does not fit the text held."""
        table = self._tables.get(version_id)
        if table is None:
            return (), None
        try:
            check_table(table, articles)
        except BadRecord as error:
            return (), f"本库归纳的罚则与收录的条文不符，未采用。{error}"
        return table.breaches, None


_Own = dict[tuple[str, ArticleNumber], dict[Provision, None]]
_Others = dict[tuple[str, ArticleNumber], dict[tuple[str, Provision], None]]


def _read(rule: Rule, version: RuleVersion, articles: Iterable[Article], names: RuleNames) -> _Text:
    """The text of a version, read."""
    references: References = {}
    by_number: dict[ArticleNumber, Article] = {}
    previous: ArticleNumber | None = None
    for article in articles:
        references[article.number] = find_references(article, previous, names)
        by_number[article.number] = article
        previous = article.number
    return _Text(rule, version, by_number, references)


def _numbers(reference: Reference, articles: dict[ArticleNumber, Article]) -> list[ArticleNumber]:
    """The articles that a reference names, those within a range included."""
    first = reference.provision.article
    last = reference.through.article if reference.through is not None else None
    if first is None:
        return []
    if last is None or last == first:
        return [first]
    if reference.own:
        return [number for number in articles if first <= number < last]
    if last.main - first.main > _MAX_RANGE:
        return [first]
    return [first, *(ArticleNumber(main) for main in range(first.main + 1, last.main))]


def _seen(
    text: _Text, breaches: Iterable[Breach], number: ArticleNumber, *, from_duty: bool
) -> tuple[BreachLink, ...]:
    """The breaches of an article as seen from it, in the order of its own text."""
    links: list[BreachLink] = []
    for breach in breaches:
        own, other = (breach.duty, breach.penalty) if from_duty else (breach.penalty, breach.duty)
        if own.article == number and (target := text.target(other)) is not None:
            links.append(BreachLink(own, target, breach.basis, breach.note))
    return tuple(sorted(links, key=lambda link: (_order(link.own), _order(link.target.provision))))


def _order(place: Provision) -> tuple[ArticleNumber, int, int]:
    return place.article or ArticleNumber(0), place.paragraph or 0, place.item or 0


def _citation(article: Article, version: RuleVersion, place: Provision) -> str:
    """The citation of a place; of an item that several paragraphs have, without them."""
    holders = [p for p in article.paragraphs if any(item.number == place.item for item in p.items)]
    if place.paragraph is None and place.item is not None and len(holders) > 1:
        return f"《{version.title}》{print_provision(replace(place, point=None))}"
    return cite(article, version, place.paragraph, place.item, place.point)
