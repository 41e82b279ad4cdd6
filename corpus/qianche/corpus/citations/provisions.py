"""The provisions that a citation names: 条 款 项 目 in words or digits, clauses of standards, lists of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from qianche.corpus.citations.citation import Provision
from qianche.corpus.citations.damage import damaged_article, damaged_lower, damaged_sub, likely_article
from qianche.corpus.citations.grammar import CLAUSE_ENDS, FLAGS, JOIN, LOWER, PROVISION, RANGE, Short
from qianche.corpus.citations.lists import (
    above,
    articles_of,
    between,
    runs_backwards,
    turned_range,
    values_of,
    with_piece,
)
from qianche.corpus.citations.numerals import HAN, number

Named = tuple[tuple[Provision, ...], int]
"""Provisions read from a text, and where the last one ends."""

_BLANKS = frozenset(" \t\u3000\u00a0")
_STARTS = frozenset("第笫（(ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789lio|" + HAN)
_GOES_ON = frozenset("、，,和及以与或；;至到-—～~第笫（(之 \t\n\u3000\u00a0")
"""What a list of provisions can go on with."""
_SPOILT_BEGINS = frozenset("第笫（(之 \t\u3000\u00a0")
_UNITS = {"款": 0, "项": 1, "）": 1, ")": 1, "目": 2}
"""The level, below 条, of a piece by its last character."""


class _Step(NamedTuple):
    """What was read, where it ends, whether it names its own 条 or clause, where what is damaged begins."""

    new: list[Provision]
    end: int
    whole: bool
    damaged_from: int = -1


def read_provisions(text: str, start: int, *, short: Short = "no") -> Named:
    """Return the provisions that begin at `start`, none where no provision stands there.

    Args:
        short: whether the first 条 may stand without 第.
    """
    found: list[Provision] = []
    position, end, damaged_from, hanging = start, start, -1, False
    ranged = False
    while True:
        position = _skip_blanks(text, position)
        if position == len(text) or text[position] not in _STARTS:
            break
        step = _read(text, position, found[-1] if found else None, short)
        if step is None:
            break
        if found and not step.whole and found[-1].damaged is not None and not found[-1].backwards:
            # 第l条第一款、第二款: what hangs on a damaged piece stays with it
            hanging = True
        else:
            if hanging:
                found[-1], hanging = _hung(found[-1], text[damaged_from:end]), False
            turned = turned_range(found[-1], step.new[0]) if ranged else None
            if turned is not None:
                found[-1:] = [turned, *step.new[1:]]
            else:
                found += between(found[-1], step.new[0]) if ranged else ()
                found += step.new
            damaged_from = step.damaged_from
        end = step.end
        if end == len(text) or text[end] not in _GOES_ON:
            break
        joined = RANGE.match(text, end) or JOIN.match(text, end)
        if joined is not None:
            position, short = joined.end(), "any"
            ranged = joined.re is RANGE
        else:
            position, short, ranged = _skip_blanks(text, end), "no", False
            if position == len(text) or text[position] not in "第笫":
                break
    if hanging:
        found[-1] = _hung(found[-1], text[damaged_from:end])
    return tuple(found), end


def _hung(last: Provision, damaged: str) -> Provision:
    """Return a damaged provision with what hangs on it, flags included."""
    return replace(last, damaged=damaged, excerpt=False, with_lead=False)


def _skip_blanks(text: str, position: int) -> int:
    """Skip blanks between the pieces of one citation; a line's end parts citations."""
    while position < len(text) and text[position] in _BLANKS:
        position += 1
    return position


def _read(text: str, at: int, last: Provision | None, short: Short) -> _Step | None:
    """Read one provision, or several with one unit (第三、四款); None where none stands here."""
    match = PROVISION[short].match(text, at)
    if match is not None and match.end() > at and (step := _made(text, match, last)) is not None:
        return step
    if (spoilt := damaged_article(text, at, short=short != "no")) is not None:
        end, likely = spoilt
        return _damaged(text, at, end, Provision(likely=likely), whole=True)
    lower = damaged_lower(text, at)
    if lower is None or (last is None and text[lower - 1] in "）)"):
        return None
    return _damaged(text, at, lower, above(last, _UNITS[text[lower - 1]]), whole=False)


def _made(text: str, match: re.Match[str], last: Provision | None) -> _Step | None:
    """Return what the pieces of a match make of the last provision; None where they are none here."""
    article, sub, _, clause, _, paragraph, item, bare, point, sentence, excerpt, lead = match.groups()
    new: list[Provision] = []
    if article is not None:
        articles = articles_of(article, sub)
        if not articles:
            spoilt = Provision(likely=likely_article(article, sub), backwards=runs_backwards(article))
            return _unreadable(text, match, match.start(), spoilt, [], whole=True)
        new = [Provision(one) for one in articles[:-1]]
        base = Provision(articles[-1])
    elif clause is not None:
        if not _is_clause(text, match):
            return None
        base = Provision(clause=clause)
    elif paragraph or item or point:
        base = above(last, 0 if paragraph else 1 if item else 2)
    elif last is not None and (sentence or (bare and last.item is not None)):
        base = above(last, 1 if bare else 3)
    else:
        return None
    whole = article is not None or clause is not None
    for level, written in enumerate((paragraph, item or bare, point)):
        if written is None:
            continue
        values = values_of(written)
        if not values:
            base = replace(base, backwards=runs_backwards(written))
            return _unreadable(text, match, _piece_start(text, match, level), base, new, whole=whole)
        new += [with_piece(base, level, value) for value in values[:-1]]
        base = with_piece(base, level, values[-1])
    if sentence is not None or excerpt is not None or lead is not None:
        told = number(sentence) if sentence is not None else None
        base = replace(base, sentence=told, excerpt=excerpt is not None, with_lead=lead is not None)
    new.append(base)
    end = match.end()
    if end < len(text) and text[end] in _SPOILT_BEGINS and not (excerpt or lead):
        article_from = match.start() if article is not None and text[end - 1] == "条" else -1
        return _with_spoilt_rest(text, article_from, _Step(new, end, whole))
    return _Step(new, end, whole)


def _piece_start(text: str, match: re.Match[str], level: int) -> int:
    """Return where a 款, 项 or 目 of the match begins, with its 第 or bracket."""
    name = ("paragraph", "item" if match["item"] else "bare", "point")[level]
    return max(text.rfind(sign, match.start(), match.start(name)) for sign in "第（(")


def _is_clause(text: str, match: re.Match[str]) -> bool:
    """Whether decimals are a clause; 3.2 without 第 or 条 only where nothing measured can be meant."""
    certain = match["mark"] or match["unit"] or match["clause"].count(".") > 1
    return bool(certain or CLAUSE_ENDS.match(text, match.end("clause")))


def _with_spoilt_rest(text: str, article_from: int, step: _Step) -> _Step:
    """Add what is spoilt right behind a step to its last provision: 第三十六条第l款, 第一百三十四条之l.

    Args:
        article_from: where a 条 begins that ends the step, else -1.
    """
    last = step.new[-1]
    if (
        article_from >= 0
        and last.article is not None
        and (spoilt := damaged_sub(text, step.end, last.article.main))
    ):
        end, likely = spoilt
        return _damaged(text, article_from, end, Provision(likely=likely), whole=True)
    lower = damaged_lower(text, step.end)
    if lower is None:
        return step
    return _damaged(text, _skip_blanks(text, step.end), lower, last, step.new[:-1], whole=step.whole)


def _unreadable(
    text: str,
    match: re.Match[str],
    start: int,
    base: Provision,
    before: list[Provision],
    *,
    whole: bool,
) -> _Step:
    """Return a provision with a number that is none, 第零条, 第三条第零款: damaged from there on."""
    flags = [match.start(flag) for flag in ("excerpt", "lead") if match[flag]]
    return _damaged(text, start, min(flags, default=match.end()), base, before, whole=whole)


def _damaged(
    text: str, start: int, end: int, base: Provision, before: list[Provision] | None = None, *, whole: bool
) -> _Step:
    """Return the provisions before and one damaged from `start` on, with all pieces that hang on it."""
    while True:
        lower = LOWER.match(text, end)
        following = lower.end() if lower and lower.end() > end else damaged_lower(text, end)
        if following is None:
            break
        end = following
    flags = FLAGS.match(text, end)
    excerpt, lead = (flags["excerpt"], flags["lead"]) if flags else (None, None)
    damaged = replace(base, damaged=text[start:end], excerpt=excerpt is not None, with_lead=lead is not None)
    return _Step([*(before or ()), damaged], flags.end() if flags else end, whole, start)
