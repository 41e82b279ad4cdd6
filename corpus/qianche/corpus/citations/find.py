"""Every citation of a rule in a text, with its span: titles in 《》, known names, numbers, and 本法第三条."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qianche.corpus.citations.citation import Citation, Provision
from qianche.corpus.citations.numbers import (
    DOCUMENT,
    ORDER,
    STANDARD,
    document_number,
    document_start,
    is_rule_document,
    order_number,
    standard_number,
)
from qianche.corpus.citations.provisions import Named, read_provisions
from qianche.corpus.citations.titles import bare_title, is_own_paper, is_paper_title, is_rule_title
from qianche.corpus.reading.document import Span

TITLED = re.compile(r"(?:中华人民共和国\s*)?《([^《》\n]{2,80}(?:〈[^〉\n]*〉[^《》\n]*)?)》")
# （国务院令第493号）, (GB6721—1986), （以下简称《条例》）; read only right behind a title
_BRACKET = re.compile(
    r"\s*[（(〔\[]([^（()）\n]{2,60}(?:[（(][^（()）]{1,20}[)）][^（()）\n]{0,20})?)[)）〕\]]"
)
# What such a bracket holds besides a number: 以下简称《条例》, 2021年修正, 试行; not 原国家局
_BESIDE_NAME = re.compile(r"以下(?:简称|称)|简称|\d{4}年?(?:版|修)|试行|修订|修正")
# What may part a name from its provision: 《安全生产法》 第三条, 《安全生产法》中第三条; not 中的设备
_BETWEEN = re.compile(r"\s{0,2}(?:[中的之]\s{0,1}(?=第))?")
# 本法第二十一条, 该条例第九条, 上述规定第三条
_THIS = re.compile(r"(?:本|该)(?:法|条例|规定|办法|规程|规范|标准|细则|规则|解释|通知|意见)")
# 前款, 前两款, 前条第一款; not 前款项
_BEFORE = re.compile(r"(?:前|上)(?:[一二两三]|述)?(?:款|条|项)(?!项|件|目)")
# A provision whose rule stands before it: 违反第三十六条, and anywhere 第三十六条第一款, 第九条的规定; not 第三条皮带
_LEAD = re.compile(r"(?:依据|根据|按照|依照|违反了?|符合|适用|触犯了?)\s*$")
_ALONE = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条")
_RULED = re.compile(r"\s*[之的]?规定")
_PAPER_WORD = re.compile(r"\s*(?:文件?|通知|意见|令|号文)")
_NO_PROVISION = Named((), 0)


def find_citations(text: str) -> tuple[Citation, ...]:
    """Return the citations in the order of the text; spans are half-open and do not overlap.

    A title in 《》 counts where it is a rule's by its wording, or where a rule's number or a provision stands
    beside it; a known name without 《》 and 本法 count before a provision; a standard's number counts with its
    year or a provision. Numbers of experts' reports, courts and licences are none.
    """
    found: list[Citation] = []
    for finder in (_titled, _bare, _numbered, _relative):
        for citation in finder(text):
            if not any(_overlap(citation.span, other.span) for other in found):
                found.append(citation)
    return tuple(sorted(found, key=lambda citation: citation.span.start))


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _titled(text: str) -> Iterator[Citation]:
    """Titles in 《》 with the number and the provisions behind them."""
    for match in TITLED.finditer(text):
        title = " ".join(match[1].split())
        numbers, end = _numbers_behind(text, match.end())
        named = _provisions(text, end)
        if _names_rule(title, numbers, named.provisions):
            yield Citation(
                Span(match.start(), named.end or end),
                title=title,
                number=numbers[0] if numbers else None,
                provisions=named.provisions,
            )


def _names_rule(title: str, numbers: list[str], provisions: tuple[Provision, ...]) -> bool:
    """Whether a title in 《》 is a rule's, by its wording or by what stands behind it."""
    if numbers and STANDARD.fullmatch(numbers[0]):
        return True
    if is_rule_title(title):
        return True
    return not is_own_paper(title) and (bool(numbers and is_paper_title(title)) or _has_article(provisions))


def _provisions(text: str, start: int, *, short: bool = False) -> Named:
    """Provisions right behind a name: blanks and 中 or 的 may stand between."""
    skipped = _BETWEEN.match(text, start)
    at = skipped.end() if skipped else start
    named = read_provisions(text, at, short=short)
    return named if named.provisions else _NO_PROVISION


def _has_article(provisions: tuple[Provision, ...]) -> bool:
    return any(p.article is not None or p.clause is not None for p in provisions)


def _numbers_behind(text: str, start: int) -> tuple[list[str], int]:
    """The numbers of a rule right behind its title, in brackets or not, and where they end."""
    numbers: list[str] = []
    end = start
    while len(numbers) < 4:
        at = end + (len(text[end : end + 2]) - len(text[end : end + 2].lstrip(" ")))
        bracket = _BRACKET.match(text, end)
        if bracket and (inside := _number_in(bracket[1])):
            numbers.append(inside)
            end = bracket.end()
            continue
        if bracket and _BESIDE_NAME.match(bracket[1]):
            end = bracket.end()
            continue
        standard = STANDARD.match(text, at)
        if standard and not numbers:
            numbers.append(standard_number(standard))
            end = standard.end()
            continue
        break
    return numbers, end


def _number_in(text: str) -> str | None:
    """The rule's number that a bracket holds."""
    if match := ORDER.search(text):
        return order_number(match)
    if match := STANDARD.match(text.strip()):
        return standard_number(match)
    if (match := DOCUMENT.search(text)) and is_rule_document(match["organ"]):
        return document_number(match)
    return None


def _bare(text: str) -> Iterator[Citation]:
    """Known names without 《》, where a provision stands right behind: 安全生产法第三十六条, 安法36条."""
    for match in bare_title().finditer(text):
        named = _provisions(text, match.end(), short=True)
        if _has_article(named.provisions):
            yield Citation(
                Span(match.start(), named.end),
                title=match.group(),
                provisions=named.provisions,
            )


def _numbered(text: str) -> Iterator[Citation]:
    """Numbers without a title: 国务院令第493号, 令10号第四条, GB 30871-2022 5.2.3, 国发〔2010〕23号文."""
    for match in ORDER.finditer(text):
        named = _provisions(text, match.end())
        if match["organ"] or named.provisions:
            yield Citation(
                Span(match.start(), named.end or match.end()),
                number=order_number(match),
                provisions=named.provisions,
            )
    for match in STANDARD.finditer(text):
        named = _provisions(text, match.end())
        if match["year"] or _has_article(named.provisions):
            yield Citation(
                Span(match.start(), named.end or match.end()),
                number=standard_number(match),
                provisions=named.provisions,
            )
    for match in DOCUMENT.finditer(text):
        named = _provisions(text, match.end())
        if is_rule_document(match["organ"]) and (named.provisions or _PAPER_WORD.match(text, match.end())):
            yield Citation(
                Span(document_start(match), named.end or match.end()),
                number=document_number(match),
                provisions=named.provisions,
            )


def _relative(text: str) -> Iterator[Citation]:
    """本法第二十一条, 前款, and 第三十六条 whose rule stands before it."""
    for match in _THIS.finditer(text):
        named = _provisions(text, match.end())
        if named.provisions:
            yield Citation(
                Span(match.start(), named.end), relative=match.group(), provisions=named.provisions
            )
    for match in _BEFORE.finditer(text):
        named = read_provisions(text, match.end(), clauses=False)
        yield Citation(
            Span(match.start(), named.end if named.provisions else match.end()),
            relative=match.group(),
            provisions=named.provisions,
        )
    for match in _ALONE.finditer(text):
        named = read_provisions(text, match.start(), clauses=False)
        deep = any(p.paragraph or p.item for p in named.provisions)
        led = _LEAD.search(text[max(0, match.start() - 4) : match.start()])
        if named.provisions and (deep or led or _RULED.match(text, named.end)):
            yield Citation(Span(match.start(), named.end), relative="", provisions=named.provisions)
