"""Citations that lean on what stands before them: 本法, 该条例, 前款, 第三十六条 alone, and 《条例》 as defined."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qianche.corpus.citations.citation import Citation, Provision
from qianche.corpus.citations.naming import TITLED
from qianche.corpus.citations.print import in_marks, print_provision
from qianche.corpus.register.names import name_key
from qianche.corpus.rules import ArticleNumber, RuleVersion

# （以下简称《条例》）, （以下简称“493号令”）, (简称 事故条例)
_DEFINED = re.compile(
    r"(?:以下(?:简称|称)|简称)\s*(?:为|：|:)?\s*[《“\"‘']?([^《》“”\"‘’'（）()，。；\s]{1,30})"
)
_DEFINED_WITHIN = 60
"""Characters behind a citation in which its short name is defined."""
_KIND = re.compile(r"法典|法|条例|规定|办法|规程|规范|标准|细则|规则|解释|通知|意见")
# A title that is only the word of a kind: 《条例》, 《实施细则》; not 《安全生产法》.
_ONLY_KIND = re.compile(r"(?:实施)?(?:条例|规定|办法|规程|规范|标准|细则|规则|法)")
_BEFORE = re.compile(r"[前上](?P<many>[一二两三])?(?P<said>述)?(?P<unit>[款条项])")
_OPENING, _CLOSING = "“「『", "”」』"


@dataclass(frozen=True, slots=True)
class Reading:
    """A citation that leans on others, written out; `why` (Chinese) says by what, or why it cannot be."""

    citation: Citation | None
    why: str


class Context:
    """What a text has named so far; told of every citation in the order of the text."""

    def __init__(self, text: str, citations: Sequence[Citation]) -> None:
        self._text = text
        self._starts = [citation.span.start for citation in citations]
        self._ends = [citation.span.end for citation in citations]
        self._named: Citation | None = None
        self._titles: tuple[str, ...] = ()
        self._place: Provision | None = None
        self._end = 0
        self._defined: dict[str, Citation] = {}

    def tell(self, citation: Citation, read: Citation, version: RuleVersion | None) -> None:
        """Note a citation, how it was read, and the version that it was found to name."""
        if read.title is not None or read.number is not None:
            self._named = read
            titles = (read.title, None if version is None else version.title)
            self._titles = tuple(title for title in titles if title)
            self._define(citation, read)
        if read.provisions:
            self._place = read.provisions[-1]
        elif citation.relative is None:
            self._place = None
        self._end = citation.span.end

    def _define(self, citation: Citation, read: Citation) -> None:
        """Note the short name that the text gives the rule: （以下简称《条例》）."""
        start = citation.span.start
        match = _DEFINED.search(self._text, start, citation.span.end + _DEFINED_WITHIN)
        if match is None or re.search(r"[。；\n]", self._text[start : match.start()]):
            return
        if not self._begin_within(citation.span.end, match.start()):
            self._defined.setdefault(name_key(match[1]), replace(read, provisions=()))

    def read(self, citation: Citation) -> Reading:
        """Return the citation with the rule and article that it leans on; as it is where it leans on none."""
        if citation.relative is None:
            return self._titled(citation)
        if (before := _BEFORE.fullmatch(citation.relative)) is not None:
            return self._before(citation, before)
        if self._named is None:
            return Reading(None, "上文没有写明是哪一部规定，无法认定。请补上规定的名称。")
        kind = _KIND.search(citation.relative)
        if kind is not None and not any(_is_kind(title, kind[0]) for title in self._titles):
            return Reading(
                None,
                f"上文最近写明的是{self._last()}，与“{citation.relative}”不合，无法认定。请补上规定的名称。",
            )
        if kind is None and (other := self._unread_title(citation)):
            return Reading(
                None, f"其前最近的名称“{other}”不是本库能认定的规定，不能确定第几条是谁的。请补上规定的名称。"
            )
        return Reading(self._with(citation, citation.provisions), f"据上文理解为{self._last()}的条款。")

    def _titled(self, citation: Citation) -> Reading:
        """A title of its own, one that the text defined, or only the word of a kind: 《条例》."""
        key = name_key(citation.title or "")
        if citation.number is not None or not key:
            return Reading(citation, "")
        if (defined := self._defined.get(key)) is not None:
            whole = replace(defined, span=citation.span, provisions=citation.provisions)
            return Reading(whole, f"“{citation.title}”是上文给{_name(defined)}的简称。")
        if not _ONLY_KIND.fullmatch(key) or key == "实施条例":
            return Reading(citation, "")
        if self._named is not None and any(_is_kind(title, key) for title in self._titles):
            return Reading(self._with(citation, citation.provisions), f"据上文理解为{self._last()}。")
        return Reading(None, f"“{citation.title}”没有写明是哪一部，上文也没有相应的名称。请写全称。")

    def _before(self, citation: Citation, match: re.Match[str]) -> Reading:
        """前款, 前条, 前项: in a quotation of the rule what stands before the one quoted, else the one named last."""
        relative, unit, last = match[0], match["unit"], self._place
        if self._named is None or last is None or last.article is None:
            return Reading(
                None, f"“{relative}”要看上文：上文没有写明是哪一部规定的哪一条。请写明规定和条号。"
            )
        if match["many"]:
            return Reading(None, f"“{relative}”指几处，不作推断。请逐一写明条号。")
        base = _named_last(last, unit) if not self._quoted(citation) else _one_before(last, unit)
        if base is None:
            return Reading(
                None, f"“{relative}”要看上文：上文写的是{_shown(last)}，不能确定指哪一{unit}。请写明条号。"
            )
        provisions = tuple(_below(base, p) for p in citation.provisions) or (base,)
        return Reading(
            self._with(citation, provisions),
            f"据上文{self._last()}{_shown(last)}，“{relative}”理解为{_shown(base)}。",
        )

    def _with(self, citation: Citation, provisions: tuple[Provision, ...]) -> Citation:
        assert self._named is not None
        return replace(self._named, span=citation.span, provisions=provisions)

    def _last(self) -> str:
        assert self._named is not None
        return _name(self._named)

    def _unread_title(self, citation: Citation) -> str | None:
        """Return a title in 《》 between the rule named last and here that is no citation: a company's paper."""
        titles = [
            match[1]
            for match in TITLED.finditer(self._text, self._end, citation.span.start)
            if not self._cited_at(match.start())
        ]
        return titles[-1] if titles else None

    def _begin_within(self, start: int, end: int) -> bool:
        """Whether a citation begins in that part of the text."""
        return bisect_left(self._starts, start) < bisect_left(self._starts, end)

    def _cited_at(self, place: int) -> bool:
        """Whether a citation covers that place of the text."""
        index = bisect_right(self._starts, place) - 1
        return index >= 0 and place < self._ends[index]

    def _quoted(self, citation: Citation) -> bool:
        """Whether a quotation opened after the citation before and goes on here."""
        between = self._text[self._end : citation.span.start]
        opened = sum(between.count(mark) for mark in _OPENING) - sum(between.count(mark) for mark in _CLOSING)
        return opened > 0


def _is_kind(title: str, kind: str) -> bool:
    """Whether a rule with this title is called so: 本法 is a law, 法典 too; 该条例 is a 条例."""
    key = re.sub(r"（[^（）]*）$", "", name_key(title))
    return key.endswith(kind) or (kind == "法" and key.endswith("法典"))


def _name(citation: Citation) -> str:
    return in_marks(citation.title) if citation.title is not None else citation.number or ""


def _named_last(last: Provision, unit: str) -> Provision | None:
    """Return the 条, 款 or 项 that was named last, None where none of that unit was."""
    if unit == "条":
        return Provision(article=last.article)
    if unit == "款":
        return Provision(article=last.article, paragraph=last.paragraph) if last.paragraph else None
    return Provision(article=last.article, paragraph=last.paragraph, item=last.item) if last.item else None


def _one_before(last: Provision, unit: str) -> Provision | None:
    """Return the 条, 款 or 项 before the one quoted, None where there is none or it is not known."""
    if unit == "条" and last.article is not None:
        main = last.article.main - 1
        return Provision(article=ArticleNumber(main)) if main and not last.article.sub else None
    if unit == "款" and last.paragraph is not None and last.paragraph > 1:
        return Provision(article=last.article, paragraph=last.paragraph - 1)
    if unit == "项" and last.item is not None and last.item > 1:
        return Provision(article=last.article, paragraph=last.paragraph, item=last.item - 1)
    return None


def _below(base: Provision, provision: Provision) -> Provision:
    """Return the provision below the base, 前款第二项; one of another 条 or clause, 前款、第九条, stands for itself."""
    if provision.article is not None or provision.clause is not None:
        return provision
    return replace(
        provision,
        article=base.article,
        paragraph=provision.paragraph or base.paragraph,
        item=provision.item or base.item,
    )


def _shown(provision: Provision) -> str:
    """Return 第三十六条第二款第（一）项; what is finer or damaged is left out."""
    return print_provision(
        Provision(article=provision.article, paragraph=provision.paragraph, item=provision.item)
    )
