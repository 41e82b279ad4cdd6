"""Provisions in running text: of a name without 《》 right before them, or of a rule that stands further up."""

from __future__ import annotations

import re

from qianche.corpus.citations.citation import Citation, Provision
from qianche.corpus.citations.naming import (
    edition_before,
    edition_behind,
    has_article,
    named,
    provisions_behind,
    read_beside,
)
from qianche.corpus.citations.numerals import HAN
from qianche.corpus.citations.provisions import read_provisions
from qianche.corpus.citations.titles import is_own_paper, known_name_before, unknown_name_before
from qianche.corpus.reading.document import Span

# What leads in a provision whose rule stands before it: 违反第三十六条; not 第三条皮带
_LEADS = ("依据", "根据", "按照", "依照", "违反", "违反了", "符合", "适用", "触犯", "触犯了")
_RULED = re.compile(r"\s{0,3}[之的]?规定")
# Between the citation before and a provision that goes on with its rule: 前款、第三十六条; 第三十六条。第五百条
_GOES_ON = re.compile(r"\s{0,2}[、，,。；;和及与或]\s{0,2}")
# Behind such a provision; not 第三条皮带
_SAID = re.compile(r"\s{0,3}(?:\Z|[，。；：、,;:）)》”]|[之的也还又均都则]|要求|明确|指出|处罚|另)")
_BEHIND_SHORT = re.compile(rf" ?[（(]| ?[{HAN}\d]")


def read_alone(text: str, at: int, floor: int) -> Citation | int:
    """第三十六条: of the name that ends before it, 安全生产法第三十六条, else of the rule that stands before."""
    provisions, end = read_provisions(text, at)
    if not provisions:
        return at + 1
    name_end, edition = edition_behind(text, _name_end(text, at, floor), floor)
    if has_article(provisions) and name_end > floor:
        if (known := known_name_before(text, name_end, floor)) is not None:
            return bare_citation(text, known, name_end, provisions, end, edition, floor)
        unknown = unknown_name_before(text, name_end, floor)
        if unknown is not None:
            if is_own_paper(text[unknown:name_end]):
                return end
            return bare_citation(text, unknown, name_end, provisions, end, edition, floor)
    return _relative(text, at, provisions, end, floor)


def _name_end(text: str, at: int, floor: int) -> int:
    """Where a name ends that stands before a provision: blanks, 中, 的 or 之 may part them."""
    end = at
    for skipped in (" \u3000", "中的之", " \u3000"):
        for _ in range(2 if skipped[0] == " " else 1):
            if end > floor and text[end - 1] in skipped:
                end -= 1
    return end


def bare_citation(
    text: str,
    start: int,
    name_end: int,
    provisions: tuple[Provision, ...],
    end: int,
    edition: int | None,
    floor: int,
) -> Citation:
    """A name without 《》 with its provisions and the year of its edition."""
    title = text[start:name_end]
    start, before = edition_before(text, start, floor)
    return Citation(Span(start, end), title, None, provisions, edition=before if edition is None else edition)


def _relative(text: str, at: int, provisions: tuple[Provision, ...], end: int, floor: int) -> Citation | int:
    """第三十六条第一款 whose rule stands before it: with 款 or 项, led in by 违反, right behind a citation, or before 规定."""
    first = provisions[0]
    if first.article is None and first.damaged is None and not (first.clause and text[end - 1] == "条"):
        return end
    lead = text[max(floor, at - 6) : at].rstrip().endswith(_LEADS) or (
        floor > 0 and bool(_GOES_ON.fullmatch(text, floor, at) and _SAID.match(text, end))
    )
    deep = any(p.paragraph or p.item or p.damaged for p in provisions)
    spoilt = first.damaged is not None and first.article is None and first.clause is None
    if lead or (not spoilt and (deep or _RULED.match(text, end))):
        return Citation(Span(at, end), None, None, provisions, "")
    return end


def read_short(text: str, at: int, floor: int) -> Citation | int:
    """安法36条, 建规5.2.3, 安法（主席令第88号）: a known name ends here, and no 第 stands behind it."""
    if not _BEHIND_SHORT.match(text, at + 1):
        return at + 1
    start = known_name_before(text, at + 1, floor)
    if start is None:
        return at + 1
    beside = read_beside(text, at + 1)
    provisions, end = provisions_behind(text, beside.end, "any")
    if not has_article(provisions) and not beside.numbers:
        return at + 1
    title = text[start : at + 1]
    start, before = edition_before(text, start, floor)
    edition = before if beside.edition is None else beside.edition
    return named(Span(start, end), title, beside.numbers, provisions, edition)
