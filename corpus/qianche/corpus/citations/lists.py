"""Lists and ranges of provisions spelled out: 第三、四款, 第十三条至第十五条, 5.2.1至5.2.4."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from qianche.corpus.citations.citation import Provision
from qianche.corpus.citations.grammar import LISTED
from qianche.corpus.citations.numerals import number
from qianche.corpus.citations.print import print_provision
from qianche.corpus.rules import ArticleNumber

_MAX_RANGE = 60
"""Provisions that 第一条至第六十条 is spelled out to; a longer range keeps its two ends."""


@lru_cache(maxsize=4096)
def values_of(written: str) -> tuple[int, ...]:
    """Return the numbers of 三, （三）, 三、四, 三至五, none where one of them is none or a range runs backwards."""
    single = number(written.strip("（()） \u3000"))
    if single is not None:
        return (single,)
    values: list[int] = []
    for ranged, numeral in LISTED.findall(written):
        value = number(numeral)
        if value is None or (ranged and values and value < values[-1]):
            return ()
        if ranged and values and value - values[-1] <= _MAX_RANGE:
            values += range(values[-1] + 1, value)
        values.append(value)
    return tuple(values)


def runs_backwards(written: str) -> bool:
    """Return whether a range of numbers ends before it begins: 五至三; not 三、五至七, 五至□."""
    numbers = [(bool(ranged), number(numeral)) for ranged, numeral in LISTED.findall(written)]
    return any(
        ranged and low is not None and high is not None and high < low
        for (_, low), (ranged, high) in pairwise(numbers)
    )


@lru_cache(maxsize=4096)
def articles_of(written: str, sub: str | None) -> tuple[ArticleNumber, ...]:
    """Return the articles of 三十六, 三十三、三十四, 一百三十四条之一; none where a numeral is none."""
    values = values_of(written)
    below = number(sub) if sub is not None else 0
    if not values or below is None:
        return ()
    return (*map(ArticleNumber, values[:-1]), ArticleNumber(values[-1], below))


def above(last: Provision | None, level: int) -> Provision:
    """Return what a piece of a level (款 0, 项 1, 目 2, 句 3) takes over from the provision before it."""
    if last is None:
        return Provision()
    return Provision(
        last.article,
        last.paragraph if level > 0 else None,
        last.item if level > 1 else None,
        last.point if level > 2 else None,
        last.clause,
    )


def between(first: Provision, last: Provision) -> Iterator[Provision]:
    """Yield the provisions between two ends of a range, neither included; they differ in one number."""
    if first.damaged is not None or last.damaged is not None:
        return
    if first.article is not None and last.article is not None and first.article != last.article:
        if last.article.main - first.article.main <= _MAX_RANGE:
            yield from (Provision(ArticleNumber(n)) for n in range(first.article.main + 1, last.article.main))
    elif first.clause is not None and last.clause is not None and first.clause != last.clause:
        head, _, low = first.clause.rpartition(".")
        other, _, high = last.clause.rpartition(".")
        if head == other and int(high) - int(low) <= _MAX_RANGE:
            yield from (Provision(clause=f"{head}.{n}") for n in range(int(low) + 1, int(high)))
    else:
        yield from _pieces_between(first, last)


def _pieces_between(first: Provision, last: Provision) -> Iterator[Provision]:
    """Yield the 款, 项 or 目 between two of one article: 第一项至第三项."""
    lows, highs = (first.paragraph, first.item, first.point), (last.paragraph, last.item, last.point)
    for level, (low, high) in enumerate(zip(lows, highs, strict=True)):
        if low != high:
            if low is not None and high is not None and high - low <= _MAX_RANGE:
                upper = above(last, level)
                yield from (with_piece(upper, level, n) for n in range(low + 1, high))
            return


def turned_range(first: Provision, last: Provision) -> Provision | None:
    """Return a range that runs backwards as one provision: what its ends share is read, the rest `damaged`.

    第三十六条第四款至第二款 is article 36 with damaged 第四款至第二款. None where the range runs on, or is none.
    """
    if first.damaged is not None or last.damaged is not None:
        return None
    if first.article != last.article or first.clause != last.clause:
        return _turned(Provision(), first, last) if _behind(first, last) else None
    lows, highs = (first.paragraph, first.item, first.point), (last.paragraph, last.item, last.point)
    for level, (low, high) in enumerate(zip(lows, highs, strict=True)):
        if low != high:
            if low is None or high is None or low < high:
                return None
            shared = above(last, level)
            return _turned(shared, *(_without(shared, end) for end in (first, last)))
    return None


def _behind(first: Provision, last: Provision) -> bool:
    """Whether the 条 or clause of the first provision stands behind that of the last one."""
    if first.article is not None and last.article is not None:
        return first.article > last.article
    if first.clause is None or last.clause is None:
        return False
    letters = [
        [part for part in clause.split(".") if not part.isdecimal()] for clause in (first.clause, last.clause)
    ]
    low, high = (
        [int(part) for part in clause.split(".") if part.isdecimal()]
        for clause in (first.clause, last.clause)
    )
    return letters[0] == letters[1] and low > high


def _without(shared: Provision, end: Provision) -> Provision:
    """Return the end of a range without what both ends share."""
    return replace(
        end,
        article=None,
        clause=None,
        paragraph=None if shared.paragraph is not None else end.paragraph,
        item=None if shared.item is not None else end.item,
    )


def _turned(shared: Provision, first: Provision, last: Provision) -> Provision:
    return replace(shared, damaged=f"{print_provision(first)}至{print_provision(last)}", backwards=True)


def with_piece(upper: Provision, level: int, number: int) -> Provision:
    """Return the provision one level (款 0, 项 1, 目 2) below another."""
    numbers = [upper.paragraph, upper.item, upper.point]
    numbers[level] = number
    paragraph, item, point = numbers
    return Provision(upper.article, paragraph, item, point, upper.clause)
