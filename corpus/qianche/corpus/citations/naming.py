"""A rule named by its title in 《》: with the numbers, the year of the edition and the provisions beside it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from qianche.corpus.citations.citation import Citation, Provision
from qianche.corpus.citations.grammar import CLAUSE_ENDS, Short
from qianche.corpus.citations.numbers import STANDARD, FoundNumber, read_rule_number, read_standard
from qianche.corpus.citations.provisions import Named, read_provisions
from qianche.corpus.citations.titles import is_own_paper, is_paper_title, is_rule_title
from qianche.corpus.reading.document import Span
from qianche.corpus.rules import STATE

# 《关于修改〈安全生产法〉的决定》, 《《安全生产法》释义》; bounded without overlap: 《《《《 and 〈〈〈〈 are read in one pass
_INNER = r"(?:〈[^〉《》\n]{0,80}〉|《[^〈《》\n]{0,80}》)"
TITLED: Final = re.compile(rf"《([^《》〈\n]{{0,80}}(?:{_INNER}[^《》〈\n]{{0,80}}){{0,3}})》")
# （国务院令第493号）, （GB6721—1986）, （以下简称《条例》）; read only right behind a name
_BRACKET = re.compile(
    r"\s{0,3}[（(〔\[]([^（()）\n]{2,60}(?:[（(][^（()）]{1,20}[)）][^（()）\n]{0,20})?)[)）〕\]]"
)
# What such a bracket holds besides a number: 以下简称《条例》, 试行; not 原国家局
_BESIDE_NAME = re.compile(r"以下(?:简称|称)|简称|试行|暂行|修订|修正")
# （2014年修正）, （2021年版）, （2021）, （2014年8月31日第二次修正）; not 2021年6月10日 alone, which is a day
_EDITION = re.compile(
    r"((?:19|20)\d{2})\s?(?:年(?:\d{1,2}月\d{1,2}日(?=.{0,8}修))?)?"
    r"(?:$|第?[一二三四五六七八九\d]{0,2}次?(?:版|修[正订改]版?|公布|发布|通过))"
)
# 《安全生产法》2021年版
_EDITION_BEHIND = re.compile(r"\s?((?:19|20)\d{2})\s?年?(?:版|修[正订]版?)")
# 2014年《安全生产法》, 2014年版《安全生产法》, 2021版安法; not 2014年1月
_EDITION_BEFORE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?(?:年版?|版|年?修[正订]版?)的?\s?\Z")
_EDITION_BEFORE_ENDS = frozenset("年版正订的 ")
# What may part a name from its provision: 《安全生产法》 第三条, 《安全生产法》中第三条, 《安全生产法》<b>第三条; not 中的设备
_BETWEEN = re.compile(r"\s{0,2}(?:</?[A-Za-z][^<>\n]{0,80}>\s{0,2}){0,4}(?:[中的之]\s?(?=[第笫]))?")
# 《安全生产法》（第三十六条）, (第三十六条的规定); not （二）, which is an item, nor （原第三条）
_OPENS = re.compile(r"\s{0,2}[（(]\s?(?=[第笫\dA-Z])")
_CLOSES = re.compile(r"(?:[之的]?规定)?\s?[)）]")
_MOST_BRACKETS = 6


class Beside(NamedTuple):
    """What stands right behind a name: numbers as found, the year of the edition, and the end of it all."""

    numbers: tuple[FoundNumber, ...]
    edition: int | None
    end: int


def read_titled(text: str, at: int, floor: int, before: FoundNumber | None = None) -> Citation | int:
    """Return the citation whose 《 stands at `at`, or where to go on where the title is no rule's.

    The provisions behind a company's own paper are its own and are passed over.

    Args:
        floor: nothing before it belongs to the citation.
        before: the number right before the title: GB 30871-2022《…》.
    """
    match = TITLED.match(text, at)
    if match is None or len(match[1]) < 2:
        return at + 1
    title = " ".join(match[1].split()) if any(map(str.isspace, match[1])) else match[1]
    beside = read_beside(text, match.end())
    provisions, end = provisions_behind(text, beside.end, "long")
    numbers = beside.numbers if before is None else (before, *beside.numbers)
    if not _names_rule(title, numbers, provisions):
        return max(end, at + 1) if provisions else at + 1
    start = at
    if before is not None:
        start = before.start
    else:
        if text.endswith(STATE, floor, at):
            start -= len(STATE)
        start, edition = edition_before(text, start, floor)
        if edition is not None and beside.edition is None:
            beside = beside._replace(edition=edition)
    return named(Span(start, end), title, numbers, provisions, beside.edition)


def named(
    span: Span,
    title: str | None,
    numbers: tuple[FoundNumber, ...],
    provisions: tuple[Provision, ...],
    edition: int | None,
) -> Citation:
    """Return the citation of a rule with its numbers, the first of them first; a spoilt one is kept as written."""
    if not numbers:
        return Citation(span, title, None, provisions, None, edition)
    read = [n.number for n in numbers if n.number is not None]
    spoilt = next((n for n in numbers if n.number is None), None)
    return Citation(
        span,
        title,
        read[0] if read else None,
        provisions,
        edition=edition,
        other_numbers=tuple(read[1:]),
        damaged=spoilt.damaged if spoilt else None,
        likely=spoilt.likely if spoilt else None,
    )


def provisions_behind(text: str, start: int, short: Short) -> Named:
    """Return the provisions right behind a name, and where they end, `start` without any.

    中, 的 or tags of markup may part them, and a bracket may hold them, which then belongs to them.
    """
    if start == len(text):
        return (), start
    between = _BETWEEN.match(text, start)
    at = between.end() if between else start
    provisions, end = read_provisions(text, at, short=short)
    if provisions:
        return provisions, end
    if (opening := _OPENS.match(text, at)) is not None:
        provisions, end = read_provisions(text, opening.end(), short=short)
        if has_article(provisions) and (closing := _CLOSES.match(text, end)) is not None:
            return provisions, closing.end()
        if has_article(provisions) and CLAUSE_ENDS.match(text, end):
            return provisions, end
    return (), start


def has_article(provisions: tuple[Provision, ...]) -> bool:
    """Return whether one of the provisions names a 条 or clause, be it a spoilt one."""
    return any(p.article is not None or p.clause is not None or p.damaged is not None for p in provisions)


def read_beside(text: str, start: int) -> Beside:
    """Return the numbers and the edition right behind a name, in brackets or not, and where they end."""
    numbers: list[FoundNumber] = []
    edition: int | None = None
    end = start
    for _ in range(_MOST_BRACKETS):
        at = end
        while at < len(text) and at < end + 3 and text[at].isspace():
            at += 1
        sign = text[at : at + 1]
        if sign and sign in "（(〔[":
            bracket = _BRACKET.match(text, end)
            if bracket is None:
                break
            if (year := _EDITION.match(bracket[1].strip())) is not None:
                edition = edition or int(year[1])
            elif not _BESIDE_NAME.match(bracket[1]):
                inside = read_rule_number(bracket[1])
                if inside is None:
                    break
                numbers.append(inside)
            end = bracket.end()
        elif (
            sign.isascii()
            and sign.isupper()
            and not numbers
            and (standard := read_standard(text, at)) is not None
        ):
            numbers.append(standard)
            end = standard.end
        elif sign.isdecimal() and edition is None and (year := _EDITION_BEHIND.match(text, end)) is not None:
            edition, end = int(year[1]), year.end()
        else:
            break
    return Beside(tuple(numbers), edition, end)


def edition_before(text: str, start: int, floor: int) -> tuple[int, int | None]:
    """Return where a name begins with the year before it, and that year: 2014年《安全生产法》."""
    if start <= floor or text[start - 1] not in _EDITION_BEFORE_ENDS:
        return start, None
    match = _EDITION_BEFORE.search(text, max(floor, start - 12), start)
    return (match.start(), int(match[1])) if match is not None else (start, None)


def edition_behind(text: str, end: int, floor: int) -> tuple[int, int | None]:
    """Return where a name ends before the bracket that ends at `end`, and its edition: 安法（2014年修正）第三条."""
    if end <= floor or text[end - 1] not in "）)":
        return end, None
    opening = max(text.rfind(sign, max(floor, end - 24), end) for sign in "（(")
    year = _EDITION.match(text[opening + 1 : end - 1].strip()) if opening >= 0 else None
    return (opening, int(year[1])) if year is not None else (end, None)


def _names_rule(title: str, numbers: tuple[FoundNumber, ...], provisions: tuple[Provision, ...]) -> bool:
    """Whether a title in 《》 is a rule's, by its wording or by what stands behind it."""
    if is_rule_title(title):
        return True
    if numbers and (numbers[0].number is None or STANDARD.fullmatch(numbers[0].number)):
        return True
    return not is_own_paper(title) and (bool(numbers and is_paper_title(title)) or has_article(provisions))
