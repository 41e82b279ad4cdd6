"""Pieces of a provision whose numeral is spoilt: 第三＋六条, 第l款, 笫三十六条, 第三十六奈, 5.2.l; none is read as a number."""

from __future__ import annotations

import re
from typing import Final

from qianche.corpus.citations.numerals import (
    BLANK,
    CONFUSIONS,
    HAN,
    NUMBER_CONFUSIONS,
    ORDINAL_CONFUSIONS,
    UNIT_CONFUSIONS,
    likely_number,
)
from qianche.corpus.rules import ArticleNumber

_SIGNS: Final = re.escape("".join(CONFUSIONS) + HAN) + r"\d"
_ORDINAL: Final = f"[第{ORDINAL_CONFUSIONS}]"
# What is no slip of one character between 第 and 条: other units, punctuation, and what people count: 第一批条…
_NO_SLIP: Final = (
    "第笫条款项目章节编页号之《》、，。；：,;:()（）〔〕个类批种次届部步年期方级名位版卷册组几某本" + r"\s"
)
_RUN: Final = rf"(?:[{_SIGNS}][ \u3000]?)"
# 第三＋六条, 第三□六条, 第条, 第l2条之一; one strange character at most. Not 第一责任人的条, 第几条, 第三条件.
_ARTICLE: Final = re.compile(
    rf"{_ORDINAL}[ \u3000]?(?P<body>{_RUN}{{0,12}}(?:[^{_NO_SLIP}{_SIGNS}][ \u3000]?{_RUN}{{0,12}})?)条(?![例件款约文幅码])"
    rf"(?:{BLANK}之{BLANK}(?P<sub>[{_SIGNS}]{{1,3}}))?"
)
# 第三十六奈: the unit is spoilt; not 第一杀手
_UNIT: Final = re.compile(
    rf"{_ORDINAL}[ \u3000]?(?P<body>{_RUN}{{1,12}})[{UNIT_CONFUSIONS}](?=$|[^\u4e00-\u9fff]|[第规的之中和及与或])"
)
# 安法3O条: without 第 only digits with a letter among them
_SHORT: Final = re.compile(r"(?P<body>(?=[^条]{0,3}\d)[\dOolI|SZB]{2,4})\s?条(?![例件款约文幅码])")
_SPOILT_SUB: Final = re.compile(
    rf"{BLANK}之{BLANK}(?P<sub>[lI|丨!\-－—–―_](?![\-—―]))"
)  # 第一百三十四条之l; not 之——
_LOWER: Final = re.compile(
    rf"{BLANK}(?:{_ORDINAL}\s?[（(]?{_RUN}{{1,8}}[)）]?\s?(?:款(?![项额])|项(?!目)|目(?![标前录的]))"  # 第l款, 第（－）项
    r"|[（(][—－\-–―lI|丨!亠卜＋+†Oo]{1,2}[)）](?:\s?项(?!目))?)"  # 第三条（－）; not 第三条（人）
)
_IN_CLAUSE: Final = re.escape("".join(NUMBER_CONFUSIONS)) + r"\d"
# 5.2.l, 第S.2条; not 5.2, not 3.B
_CLAUSE: Final = re.compile(
    rf"第?\s?(?P<clause>[{_IN_CLAUSE}]{{1,3}}(?:\.[{_IN_CLAUSE}]{{1,3}}){{1,4}})(?![A-Za-z\d.])\s?条?"
)
_SOUND_CLAUSE: Final = re.compile(r"(?:[A-HJ-NP-Z]\.?)?\d{1,3}(?:\.\d{1,3})+")
_DIGIT: Final = re.compile(r"\d")
_HAN_ALONE: Final = re.compile(r"[\u4e00-\u9fff]+")
_NUMERALS: Final = frozenset(HAN)


def damaged_article(text: str, at: int, *, short: bool = False) -> tuple[int, ArticleNumber | None] | None:
    """Return where a spoilt 条 or clause that begins at `at` ends, with the one article it may be; None if none does.

    Args:
        short: the 第 may be left out.
    """
    match = _ARTICLE.match(text, at) or _UNIT.match(text, at) or (_SHORT.match(text, at) if short else None)
    if match is not None and _may_be_numeral(match["body"]):
        return match.end(), likely_article(match["body"], match.groupdict().get("sub"))
    match = _CLAUSE.match(text, at)
    if match is not None and not _SOUND_CLAUSE.fullmatch(match["clause"]) and _DIGIT.search(match["clause"]):
        return match.end(), None
    return None


def likely_article(body: str, sub: str | None) -> ArticleNumber | None:
    """Return the one article that a spoilt 条 may be: `body` stands between 第 and 条, `sub` behind 之."""
    main, below = likely_number(body), likely_number(sub) if sub else 0
    return None if main is None or below is None else ArticleNumber(main, below)


def damaged_sub(text: str, end: int, main: int) -> tuple[int, ArticleNumber | None] | None:
    """Return where a spoilt 之一 behind a 条 ends, with the article it may be."""
    match = _SPOILT_SUB.match(text, end)
    if match is None:
        return None
    sub = likely_number(match["sub"])
    return match.end(), ArticleNumber(main, sub) if sub is not None else None


def damaged_lower(text: str, end: int) -> int | None:
    """Return where a spoilt 款, 项 or 目 behind a piece of a provision ends."""
    match = _LOWER.match(text, end)
    return match.end() if match else None


def _may_be_numeral(body: str) -> bool:
    """Whether what stands between 第 and 条 is a numeral or was one: 三□六, □, nothing; not 某."""
    return any(c in CONFUSIONS or c in _NUMERALS or c.isdecimal() for c in body) or not _HAN_ALONE.search(
        body
    )
