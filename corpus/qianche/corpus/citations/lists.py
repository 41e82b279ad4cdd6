"""Lists and ranges of provisions spelled out: 第三、四款, 第十三条至第十五条, 5.2.1至5.2.4."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from qianche.corpus.citations.citation import Provision
from qianche.corpus.citations.grammar import LISTED
from qianche.corpus.citations.numerals import number
from qianche.corpus.rules import ArticleNumber

_MAX_RANGE = 60
"""Provisions that 第一条至第六十条 is spelled out to; a longer range keeps its two ends."""


@lru_cache(maxsize=4096)
def values_of(written: str) -> tuple[int, ...]:
    """Return the numbers of 三, （三）, 三、四, 三至五, none where one of them is none."""
    single = number(written.strip("（()） \u3000"))
    if single is not None:
        return (single,)
    values: list[int] = []
    for ranged, numeral in LISTED.findall(written):
        value = number(numeral)
        if value is None:
            return ()
        if ranged and values and value - values[-1] <= _MAX_RANGE:
            values += range(values[-1] + 1, value)
        values.append(value)
    return tuple(values)


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


def with_piece(upper: Provision, level: int, number: int) -> Provision:
    """Return the provision one level (款 0, 项 1, 目 2) below another."""
    numbers = [upper.paragraph, upper.item, upper.point]
    numbers[level] = number
    paragraph, item, point = numbers
    return Provision(upper.article, paragraph, item, point, upper.clause)
