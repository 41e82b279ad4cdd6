"""The provisions that a citation names: 条 款 项 目 in words or digits, clauses of standards, lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from qianche.corpus.citations.citation import Provision
from qianche.corpus.rules import ArticleNumber
from qianche.corpus.statutes.numerals import numeral

_N = r"(?:[零〇一二三四五六七八九十百千]+|\d{1,4})"
_MORE = rf"(?:\s*[、和及]\s*第?[（(]?{_N}[)）]?)*"
_MAX_RANGE = 60
"""Articles that 第一条至第六十条 is spelled out to; a longer range keeps its two ends."""

# Each token with a text it matches and one it must not.
_ARTICLE = re.compile(rf"第\s*({_N})\s*条(?:之({_N}))?")  # 第三十六条, 第 155 条; not 第三条之后
_SHORT_ARTICLE = re.compile(rf"({_N})\s*条(?:之({_N}))?")  # 安法36条: the 第 left out
_PARAGRAPH = re.compile(rf"第\s*({_N}{_MORE})\s*款")  # 第一款, 第三、四款; not 款项
_ITEM = re.compile(rf"第\s*([（(]?{_N}[)）]?{_MORE})\s*项")  # 第（二）项, 第(五)项, 第一项; not 第二项目
_BARE_ITEM = re.compile(rf"[（(]({_N})[)）](?:\s*项)?")  # 第三条（二）; only right behind a 条 or 款
_POINT = re.compile(rf"第\s*({_N})\s*目")  # 第1目; not 第一目标
_SENTENCE = re.compile(rf"第\s*({_N})\s*句")  # 第二十八条第一句; not 第一句话
# 6.2.2.1, 第7.1.2条, 第4.1; not 3.2米 (see `_clause`), not 2.14.15.1.2.3.4 of six and more levels
_CLAUSE = re.compile(r"(第?)\s*([A-Z]?\d{1,3}(?:\.\d{1,3}){1,4})(?![\d.]|\s*[%％℃])\s*([条款项]?)")
_CLAUSE_ENDS = re.compile(r"\s*(?:$|[，。；：、）)》”]|的?规定|的?要求|中|强制|第)")
_EXCERPT = re.compile(r"\s*[（(]节选[)）]")
_WITH_LEAD = re.compile(r"\s*[（(]连同引导语[)）]")
_JOIN = re.compile(r"\s*(?:、|，|,|和|及|以及|与|或|或者|；|;)\s*(?=第|[（(]|[A-Z]?\d)")
_RANGE = re.compile(r"\s*(?:至|到|-|—|～|~)\s*(?=第)")
_NUMERAL = re.compile(_N)
# What must not follow 条 款 项 目 句: the words go on (条例, 款项, 项目, 目标, 句话).
_GOES_ON = {"条": "例件款约文幅码", "款": "项额", "项": "目", "目": "标前录的", "句": "话"}
_LEVELS = ("article", "paragraph", "item", "point")


@dataclass(frozen=True, slots=True)
class Named:
    """Provisions read from a text, and where the last one ends."""

    provisions: tuple[Provision, ...]
    end: int


def number(text: str) -> int | None:
    """Return the value of a numeral in digits or Chinese, None where it is none (一百五, 0)."""
    return numeral(text) or None


def read_provisions(text: str, start: int, *, short: bool = False, clauses: bool = True) -> Named:
    """Return the provisions that begin at `start`, none where no provision stands there.

    Args:
        short: a first article may stand without 第 (安法36条).
        clauses: decimal clause numbers count, as after the number of a standard.
    """
    found: list[Provision] = []
    position = _skip(text, start)
    end = start
    joined, ranged = False, False
    while True:
        step = _next(text, position, found[-1] if found else None, joined, short and not found, clauses)
        if step is None:
            break
        new, end = step
        if joined or ranged or not found:
            found += _between(found[-1], new[0]) if ranged else []
            found += new
        else:
            found[-1:] = new
        end = _tail(text, end, found)
        joined, ranged = False, False
        position = _skip(text, end)
        if match := _RANGE.match(text, end):
            ranged, position = True, match.end()
        elif match := _JOIN.match(text, end):
            joined, position = True, match.end()
    return Named(tuple(found), end if found else start)


def _skip(text: str, position: int) -> int:
    """Skip blanks between the pieces of one citation; a line's end parts citations."""
    while position < len(text) and text[position] in " \u3000\u00a0":
        position += 1
    return position


def _next(
    text: str, at: int, last: Provision | None, joined: bool, short: bool, clauses: bool
) -> tuple[list[Provision], int] | None:
    """Return what the next piece makes of the last provision, and its end; None where no piece stands."""
    if clauses and (step := _clause(text, at)) is not None:
        return step
    article = _ARTICLE.match(text, at) or (_SHORT_ARTICLE.match(text, at) if short else None)
    if article and not _goes_on(text, article.end(), "条"):
        main, sub = number(article[1]), number(article[2]) if article[2] else 0
        if main is None or sub is None:
            return None
        return [Provision(article=ArticleNumber(main, sub))], article.end()
    base = last or Provision()
    for level, pattern, unit in (
        ("paragraph", _PARAGRAPH, "款"),
        ("item", _ITEM, "项"),
        ("point", _POINT, "目"),
    ):
        match = pattern.match(text, at)
        if match and not _goes_on(text, match.end(), unit):
            return _refined(base, level, match[1], match.end())
    if (match := _SENTENCE.match(text, at)) and last is not None and not _goes_on(text, match.end(), "句"):
        return [replace(base, sentence=number(match[1]))], match.end()
    bare_fits = last is not None and (not joined or last.item is not None)
    if bare_fits and (match := _BARE_ITEM.match(text, at)):
        return _refined(base, "item", match[1], match.end())
    return None


def _goes_on(text: str, end: int, unit: str) -> bool:
    """Whether the unit is only the beginning of another word."""
    return end < len(text) and text[end - 1] == unit and text[end] in _GOES_ON[unit]


def _refined(base: Provision, level: str, numerals: str, end: int) -> tuple[list[Provision], int] | None:
    """Return the base down to a level, once for each number of the list 三、四; deeper levels are cleared."""
    values = [number(n) for n in _NUMERAL.findall(numerals)]
    if None in values:
        return None
    below = _LEVELS[_LEVELS.index(level) + 1 :]
    clear: dict[str, Any] = dict.fromkeys((*below, "sentence"))
    plain = replace(base, excerpt=False, with_lead=False, **clear)
    changes: list[dict[str, Any]] = [{level: value} for value in values]
    return [replace(plain, **change) for change in changes], end


def _clause(text: str, at: int) -> tuple[list[Provision], int] | None:
    """Return the clause of a standard; 3.2 without 第 or 条 only where nothing measured can be meant."""
    match = _CLAUSE.match(text, at)
    if match is None:
        return None
    certain = bool(match[1] or match[3]) or match[2].count(".") > 1
    if not certain and not _CLAUSE_ENDS.match(text, match.end()):
        return None
    return [Provision(clause=match[2])], match.end()


def _tail(text: str, end: int, found: list[Provision]) -> int:
    """Mark the last provision as an excerpt, or quoted with its lead; return where the mark ends."""
    if match := _EXCERPT.match(text, end):
        found[-1] = replace(found[-1], excerpt=True)
        return match.end()
    if match := _WITH_LEAD.match(text, end):
        found[-1] = replace(found[-1], with_lead=True)
        return match.end()
    return end


def _between(first: Provision, last: Provision) -> Iterator[Provision]:
    """Yield the articles between two ends of a range, neither included."""
    if first.article is None or last.article is None or last.article.main - first.article.main > _MAX_RANGE:
        return
    for main in range(first.article.main + 1, last.article.main):
        yield Provision(article=ArticleNumber(main))
