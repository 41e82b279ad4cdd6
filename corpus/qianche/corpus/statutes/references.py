"""References in the text of an article: every place that names another provision or another act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qianche.corpus.citations import Citation, Provision, find_citations
from qianche.corpus.reading.document import Span
from qianche.corpus.register.names import RuleNames
from qianche.corpus.rules import Article, ArticleNumber
from qianche.corpus.statutes.numerals import numeral
from qianche.corpus.statutes.places import has_place, units_at

_N = r"[零〇一二三四五六七八九十百千]+|\d{1,4}"
# 第三十六条, 第一百三十四条之一, 第二款, 第（三）项, 第三项, 第1目; not 第三条件, 第二项目, 第一目标
_UNIT = re.compile(
    rf"第\s*[（(]?(?P<n>{_N})[)）]?\s*(?:(?P<article>条)(?:之(?P<sub>{_N}))?(?![例件约文幅码])|(?P<paragraph>款)(?!项|额)|"
    rf"(?P<item>项)(?!目)|(?P<point>目)(?![标前录的]))"
)
_LEVELS = ("article", "paragraph", "item", "point")
# What parts the provisions of one list: 第一款、第二款, 第九条至第十二条.
_JOIN = re.compile(r"\s*(?:、|，|和|及|以及|与|或|或者)\s*")
_RANGE = re.compile(r"\s*(?:至|到)\s*")
# Before 第三条: the act it belongs to is another one that could not be read; no link then. Not 本法, 本办法.
_OTHER_ACT = re.compile(
    r"(?:法|法典|条例|规定|办法|规程|细则|规则|标准|规范|解释|决定|公约|议定书|协定|通知|意见|章程|合同|[》）)])\s{0,3}$"
)
_ACT_NAMED_WITHIN = 12
"""Characters before a provision in which the last word of an act's name would stand."""
# What an item begins with, the label that parse_article leaves in the text: （一）, (十二)
_ITEM_LABEL = re.compile(r"[（(][^）)]{1,4}[)）]")
# 前款, 前两款, 前三款, 前条, 前项; not 目前条款
_BEFORE = re.compile(r"前([一二两三四五六七八九])?(款|条|项)")
# What no reference is without: most articles have none of it and need not be read.
_NAMES_SOMETHING = re.compile(r"第|前.?[条款项]|《|[A-Z]")


@dataclass(frozen=True, slots=True)
class Reference:
    """One place in an article's text that names a provision.

    `span` is half-open, in characters of `Article.text`. `own`: the provision is one of the same text, else of the
    rule as it stands on the day asked. `provision` without `article`: the act as a whole. `through` is the last
    provision of a range that begins here, which has a reference of its own where it is written out (第九条至第十二条).
    """

    span: Span
    rule_id: str
    own: bool
    provision: Provision
    through: Provision | None = None


def find_references(
    article: Article, previous: ArticleNumber | None, names: RuleNames
) -> tuple[Reference, ...]:
    """Return the references in the order of the text; spans do not overlap.

    What cannot be resolved is left out: acts that the register does not have, titles of several acts, 该法第三条,
    前款 in the first paragraph, paragraphs and items that the article itself does not have. Whether a provision of
    another article exists is not looked into.

    Args:
        article: the article read.
        previous: the number of the article before it, which 前条 names; None where there is none.
        names: the names of all rules.
    """
    if not _NAMES_SOMETHING.search(article.text):
        return ()
    finder = _Finder(article, previous, names)
    found = [r for c in find_citations(article.text) for r in finder.cited(c)]
    found += finder.alone(found)
    kept = [r for r in found if not _in_own_article(article, r) or has_place(article, r.provision)]
    return tuple(sorted(kept, key=_begins))


class _Finder:
    """Reads the references of one article."""

    def __init__(self, article: Article, previous: ArticleNumber | None, names: RuleNames) -> None:
        self._article = article
        self._text = article.text
        self._previous = previous
        self._names = names
        self._rule_id = article.version_id.partition("@")[0]

    def cited(self, citation: Citation) -> Iterator[Reference]:
        """Yield the references of one citation, none where it names nothing that is known."""
        span = citation.span
        if citation.relative is None:
            yield from self._named(citation)
        elif match := _BEFORE.fullmatch(citation.relative):
            yield from self._before(span, match)
        elif citation.relative.startswith("本"):
            yield from self._listed(span, span.start + len(citation.relative), Provision(), self._rule_id)

    def _named(self, citation: Citation) -> Iterator[Reference]:
        """Yield the references to an act by its title or number."""
        rule_id = self._rule(citation)
        if rule_id is None:
            return
        if any(p.article is not None for p in citation.provisions):
            yield from self._listed(citation.span, citation.span.start, Provision(), rule_id)
        elif rule_id != self._rule_id:
            yield Reference(citation.span, rule_id, False, Provision())

    def _rule(self, citation: Citation) -> str | None:
        """The one rule that a title or number names."""
        if citation.title is not None:
            found = {rule.rule_id for rule in self._names.titled(citation.title)}
        else:
            found = {rule.rule_id for rule, _ in self._names.numbered(citation.number or "")}
        return found.pop() if len(found) == 1 else None

    def _before(self, span: Span, match: re.Match[str]) -> Iterator[Reference]:
        """Yield what 前款, 前两款, 前条 or 前项 names, with the units behind it."""
        if self._text[max(0, span.start - 1) : span.start] == "目":
            return
        count = 2 if match[1] == "两" else numeral(match[1] or "一") or 1
        base = self._one_before(span.start, match[2], count)
        if base is None:
            return
        behind = span.start + match.end()
        if count > 1:
            last = self._one_before(span.start, match[2], 1)
            yield Reference(Span(span.start, behind), self._rule_id, True, base, last)
        elif behind < span.end:
            yield from self._listed(span, behind, base, self._rule_id)
        else:
            yield Reference(span, self._rule_id, True, base)

    def _one_before(self, position: int, unit: str, count: int) -> Provision | None:
        """The provision that stands `count` units before the one of a position; None where none does."""
        own = self._article.number
        if unit == "条":
            return Provision(article=self._previous) if self._previous is not None and count == 1 else None
        paragraph, item = units_at(self._article, position)
        if paragraph is None:
            return None
        if unit == "款":
            number = paragraph.number - count
            return Provision(article=own, paragraph=number) if number > 0 else None
        number = item.number - count if item is not None else 0
        return Provision(article=own, paragraph=paragraph.number, item=number) if number > 0 else None

    def _listed(self, span: Span, start: int, base: Provision, rule_id: str) -> list[Reference]:
        """Return the references of a list of provisions; the name before them belongs to the first."""
        own = rule_id == self._rule_id
        found: list[Reference] = []
        end, level = start, -1
        for match in _UNIT.finditer(self._text, start, span.end):
            unit = next(name for name in _LEVELS if match[name])
            provision = _refined(found[-1].provision if found else base, unit, match)
            if provision is None:
                return found
            gap = self._text[end : match.start()]
            deeper = _LEVELS.index(unit) > level
            if found and not gap.strip() and deeper:
                found[-1] = replace(
                    found[-1], span=Span(found[-1].span.start, match.end()), provision=provision
                )
            else:
                begins = match.start() if found else span.start
                if found and _RANGE.fullmatch(gap):
                    found[-1] = replace(found[-1], through=provision)
                found.append(Reference(Span(begins, match.end()), rule_id, own, provision))
            end, level = match.end(), _LEVELS.index(unit)
        return _with_whole_ranges(found)

    def alone(self, found: Sequence[Reference]) -> list[Reference]:
        """Return the references that stand without any name: 第三十四条, 本条第一款, 第一款, 有第三项情形.

        Args:
            found: those with a name, in the order of the text.
        """
        more: list[Reference] = []
        at = behind = 0
        while match := _UNIT.search(self._text, at):
            run = self._run(match)
            at = run.end
            while behind < len(found) and found[behind].span.end <= run.start:
                behind += 1
            if behind < len(found) and found[behind].span.start < run.end:
                continue
            before = max((*found[behind - 1 : behind], *more[-1:]), key=_begins, default=None)
            base = self._base(run, match, before)
            more += [] if base is None else self._listed(run, match.start(), base, self._rule_id)
        return more

    def _run(self, first: re.Match[str]) -> Span:
        """The list of provisions that begins with a unit, with 本条 before it."""
        start, end = first.start(), first.end()
        if self._text.startswith("本条", start - 2) and start >= 2:
            start -= 2
        while True:
            joined = _JOIN.match(self._text, end) or _RANGE.match(self._text, end)
            following = _UNIT.match(self._text, joined.end() if joined else end)
            if following is None:
                return Span(start, end)
            end = following.end()

    def _base(self, run: Span, first: re.Match[str], before: Reference | None) -> Provision | None:
        """What the first unit of a list without a name is a part of; None where that cannot be told.

        Args:
            run: the list.
            first: its first unit.
            before: the last reference before it.
        """
        if first.start() == run.start and self._other_act(run.start):
            return None
        if first["article"]:
            return Provision()
        own = Provision(article=self._article.number)
        if first["paragraph"]:
            return own
        if first["point"]:
            return None
        # An item alone: of the paragraph named before it in the sentence, else of the one it stands in.
        sentence = max(self._text.rfind(end, 0, run.start) + 1 for end in "。\n")
        if before is not None and before.span.start >= sentence:
            last = before.provision
            return replace(last, item=None, point=None) if last.article == self._article.number else None
        paragraph, item = units_at(self._article, run.start)
        return replace(own, paragraph=paragraph.number) if paragraph and item else None

    def _other_act(self, start: int) -> bool:
        """Whether the words before a provision name an act."""
        line = self._text.rfind("\n", 0, start) + 1
        before = self._text[max(line, start - _ACT_NAMED_WITHIN) : start]
        return bool(_OTHER_ACT.search(before)) and not _ITEM_LABEL.fullmatch(before)


def _refined(base: Provision, unit: str, match: re.Match[str]) -> Provision | None:
    """The base down to a unit; None for a number that is none."""
    number = numeral(match["n"])
    sub = numeral(match["sub"]) if match["sub"] else 0
    if not number or sub is None:
        return None
    changed: dict[str, Any] = dict.fromkeys(_LEVELS[_LEVELS.index(unit) :])
    changed[unit] = ArticleNumber(number, sub) if unit == "article" else number
    return replace(base, **changed)


def _with_whole_ranges(found: list[Reference]) -> list[Reference]:
    """The references, without a `through` that lies before its beginning."""
    return [
        r if r.through is None or _order(r.provision) < _order(r.through) else replace(r, through=None)
        for r in found
    ]


def _order(provision: Provision) -> tuple[ArticleNumber, int, int, int]:
    numbers = (provision.paragraph or 0, provision.item or 0, provision.point or 0)
    return (provision.article or ArticleNumber(0), *numbers)


def _begins(reference: Reference) -> int:
    return reference.span.start


def _in_own_article(article: Article, reference: Reference) -> bool:
    return reference.own and reference.provision.article == article.number
