"""Headings by their wording: numbering of any style, a title made of known phrases, or a label before its text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, cast

from qianche.corpus.reports.draft import PartKind
from qianche.corpus.statutes.numerals import from_chinese

HeadingKind = PartKind | Literal["cause", "overview", "circumstances", "handling"]
"""`cause`: 原因 not told apart; `overview`: 概况 that is introduction or course, by what else there is;
`circumstances`: 事故基本情况, which tells of the company, of the course, or of both; `handling`: 事故处理情况, which
is what became of the persons responsible or of the victims."""

LONG_KEY = 3
"""Least length of a phrase that is a heading before a mere stop: 间接原因。but not 落实主体责任。"""
TITLE_MAX = 46
"""Longest title of a heading in characters; the longest met has 25."""


class NumberStyle(NamedTuple):
    """A way of numbering: the pattern's group 1 is the number; `example` matches, `unlike` does not."""

    name: str
    pattern: re.Pattern[str]
    example: str
    unlike: str


_CN = "[一二三四五六七八九十]{1,3}"
# 2.1 经过, 4.2.2经过; not 2.1 米, not 3.5人次.
_DECIMAL = re.compile(
    r"((?:\d{1,2}[.．]){1,3}\d{1,2})"
    r"(?:[.．、\s]+(?=[^\d\s%％米吨元℃])|(?=[^\d\s%％米吨公千万亿元人个时分秒毫厘度倍平立兆℃A-Za-z]))"
)
# 案例二：, 【案例1】, 事故一：; not 案例分析, not 事故一方.
_CASE = re.compile(rf"【?(?:(?:事故)?案例|事故)\s*({_CN}|\d{{1,3}})(?:[】、:：.．\s]+|$)")
NUMBER_STYLES = (
    NumberStyle("chapter", re.compile(rf"第\s*({_CN}|\d{{1,2}})\s*(?:部分|章)[、:：.．\s]*"), "第一部分 概况", "第一次"),
    NumberStyle("case", _CASE, "案例二：", "案例分析"),
    NumberStyle("digit", re.compile(r"(\d{1,4})\s*[、.．](?=(?:19|20)\d\d\s*年)"), "26.2022 年8 月", "26.5米"),
    NumberStyle("chinese", re.compile(rf"({_CN})\s*[、.．]\s*"), "一、经过", "一起重大事故"),
    NumberStyle("bracketed", re.compile(rf"[（(〈]\s*({_CN})\s*[）)〉〕][、.．]?\s*"), "（一）经过", "（一级）"),
    NumberStyle("decimal", _DECIMAL, "2.1 经过", "2.1 米"),
    NumberStyle("digit", re.compile(r"(\d{1,3})\s*[、.．](?!\d)\s*"), "1．经过", "1.5米"),
    NumberStyle("digit", re.compile(r"([⒈-⒛])\s*"), "⒈经过", "①经过"),
    NumberStyle("enclosed", re.compile(r"[（(]\s*(\d{1,2})\s*[）)〉]\s*|([⑴-⒇])\s*"), "（1）经过", "（1人）"),
    NumberStyle("circled", re.compile(r"([①-⑳])\s*"), "①经过", "1、经过"),
    NumberStyle("spaced", re.compile(r"(\d{1,2})[ \t　]+(?=[^\d\s年月日时分：:])"), "1 经过", "2023 年"),
    NumberStyle("lens", re.compile(r"()(?=【)"), "【经过】", "《经过》"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number before a title: its style, its value (None: unreadable), and where the title begins in the line."""

    style: str
    value: int | None
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at the start of a line.

    `kinds` in the order of the title (教训及防范措施 has two). `end` is where it ends in the line, its colon
    included. `clear`: the title stands by itself; not clear: text follows it without any mark between. `named`:
    other words stand before the phrase (某某化工厂基本情况).
    """

    kinds: tuple[HeadingKind, ...]
    numbering: Numbering | None
    end: int
    clear: bool
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The wordings of the data file, compiled."""

    kind_of: dict[str, HeadingKind]
    run: re.Pattern[str]
    token: re.Pattern[str]
    after: re.Pattern[str]
    at_end: re.Pattern[str]
    english: dict[str, HeadingKind]
    merged: frozenset[str]


def heading_rows() -> list[dict[str, Any]]:
    """Return the rows of `headings.toml` as they are: kind, phrases, english, example, not."""
    return cast("list[dict[str, Any]]", _data()["part"])


def numbering_of(line: str, *, spaced: bool = False) -> Numbering | None:
    """Return the number that a line begins with, None where it begins with none.

    `spaced`: a number that only a space parts from the title counts too (1 事故经过, but also 7 人受伤).
    """
    offset = len(line) - len(line.lstrip(" \t　#*"))
    for style in NUMBER_STYLES:
        match = style.pattern.match(line, offset)
        if match is not None and (spaced or style.name != "spaced"):
            return Numbering(style.name, _value(next((g for g in match.groups() if g), "")), match.end())
    return None


def heading_of(line: str) -> Heading | None:
    """Return the heading that the line begins with, None where it begins with none.

    Recognised: a title of known phrases, alone or before 。：or a line end; the same merged with the text after it,
    when it is numbered; a short line that ends with a known phrase; an English heading alone on its line.

    >>> heading_of("（二）事故发生经过通过查看监控还原如下").kinds
    ('course',)
    """
    numbering = numbering_of(line, spaced=True)
    start = numbering.end if numbering else len(line) - len(line.lstrip(" \t　#*"))
    return (
        _titled(line, start, numbering) or _ending(line, start, numbering) or _english(line, start, numbering)
    )


def _titled(line: str, start: int, numbering: Numbering | None) -> Heading | None:
    """Return the heading whose title is made of known phrases from its first character on."""
    text, offsets = _compact(line, start)
    phrases = _phrases()
    run = phrases.run.match(text)
    if run is None:
        return None
    tokens = list(phrases.token.finditer(text, 0, run.end()))
    keys = [token for token in tokens if token[0] in phrases.kind_of]
    if not keys:
        return None
    end = run.end()
    mark = _MARK.match(text, end)
    if mark is None:
        after = phrases.after.match(text, keys[-1].end())
        end = after.end() if after else keys[-1].end()
        mark = _MARK.match(text, end)
    bracketed = text.startswith("【")
    if (
        numbering is None
        and not _stands_alone(text, keys[-1][0], mark)
        and not _is_merged(text, keys[-1], run.end())
    ):
        return None
    if mark is None and (bracketed or {text[end : end + 1], text[run.end() : run.end() + 1]} & _FAULT):
        return None
    stop = mark.end() if mark else end
    at = offsets[stop - 1] + 1 if stop else start
    return Heading(_distinct(phrases.kind_of[key[0]] for key in keys), numbering, at, mark is not None)


def _stands_alone(text: str, key: str, mark: re.Match[str] | None) -> bool:
    """Whether a title without number is one: at the line's end, before a colon, or a long phrase before a stop."""
    if mark is None:
        return False
    return mark.end() == len(text) or mark[0][-1:] in ("：", ":", "∶", "】") or len(key) >= LONG_KEY


def _is_merged(text: str, key: re.Match[str], end: int) -> bool:
    """Whether an unnumbered label is merged with its text: 防范措施各区队要加强…, not 防范措施的落实."""
    return key[0] in _phrases().merged and key.end() == end and text[end : end + 1] not in _GOES_ON


def _ending(line: str, start: int, numbering: Numbering | None) -> Heading | None:
    """Return the heading of a short line of its own that ends with a known phrase: 某某公司基本情况."""
    text, _ = _compact(line, start)
    if len(text) > TITLE_MAX or _PREDICATE.search(text):
        return None
    match = _phrases().at_end.search(text)
    if match is None or (numbering is None and len(text) > 24):
        return None
    keys = [token[0] for token in _phrases().token.finditer(match[0])]
    kinds = _distinct(_phrases().kind_of[key] for key in keys if key in _phrases().kind_of)
    return Heading(kinds, numbering, len(line.rstrip()), True, named=match.start() > 0) if kinds else None


def _english(line: str, start: int, numbering: Numbering | None) -> Heading | None:
    """Return the heading of a line that is one of the English phrases."""
    kind = _phrases().english.get(" ".join(line[start:].strip(" :：.*#").lower().split()))
    return Heading((kind,), numbering, len(line.rstrip()), True) if kind else None


# What may end a title: a count in brackets, then a colon, a stop or the end of the line (OCR writes ; and ∶ for ：),
# or the first item of the list under it, its line break lost: 事故间接原因一是….
_MARK = re.compile(
    r"(?:[（(][^（）()]{1,8}[）)])?(?:】+[：:]?|[】\]*]*(?:[：:∶；;。.]|——|$)+|(?=一是|一、|[（(][一1][）)]|1[、.．]|①))"
)


# What a name does not hold: 事故相关企业未落实主体责任 and 进一步强化责任追究 are items of a list.
_PREDICATE = re.compile(
    r"[，。；！？,;]|建议由|建议给予|未|落实|压实|强化|加强|吸取|汲取|严格|完善|健全|进一步|切实"
)
# 安全防范措施不到位 and 应急救援缺失 are items of a list, no headings merged with their text.
_GOES_ON = frozenset("的是为尚不未和与及或等中有已，、；（“…失")
_FAULT = frozenset("不未缺失无差弱没虚混流滞欠")


def _compact(line: str, start: int) -> tuple[str, list[int]]:
    """Return the head of the line without spaces, in simplified characters, and where each of these stands."""
    simplified = _simplified()
    head = [
        (simplified.get(c, c), i)
        for i, c in enumerate(line[start : start + 2 * TITLE_MAX], start)
        if not c.isspace() and c != "*"
    ]
    cut = "" if start + 2 * TITLE_MAX >= len(line) else "…"
    return "".join(c for c, _ in head) + cut, [i for _, i in head] + [len(line)]


def _value(text: str) -> int | None:
    """Return the value of a number as printed: 十二, 12, ⒓, ⑿, ⑫, the last one of 2.1."""
    if len(text) == 1 and text in _ENCLOSED:
        return _ENCLOSED[text]
    last = re.split(r"[.．]", text)[-1]
    return int(last) if last.isdigit() else from_chinese(text)


_ENCLOSED = {chr(first + i): i + 1 for first in (0x2460, 0x2474, 0x2488) for i in range(20)}


def _distinct(kinds: Iterable[HeadingKind]) -> tuple[HeadingKind, ...]:
    """Return the kinds once each, in order."""
    return tuple(dict.fromkeys(kinds))


@cache
def _data() -> dict[str, Any]:
    """Return the data file."""
    return tomllib.loads((files("qianche.corpus.reports") / "headings.toml").read_text("utf-8"))


@cache
def _simplified() -> dict[str, str]:
    """Return the simplified character of each traditional one that headings have."""
    pairs = "".join(_data()["words"]["traditional"].split())
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


@cache
def _phrases() -> _Phrases:
    """Return the phrases compiled, the longest first."""
    data = _data()
    kind_of = {phrase: row["kind"] for row in data["part"] for phrase in row["phrases"]}
    words = data["words"]
    either = _alternation([*kind_of, *words["between"], *words["after"]])
    return _Phrases(
        kind_of=kind_of,
        run=re.compile(rf"【?(?:{either})+"),
        token=re.compile(either),
        after=re.compile(f"(?:{_alternation(words['after'])})+"),
        at_end=re.compile(
            rf"(?:{either})*(?:{_alternation(kind_of)})(?:{_alternation(words['after'])})*{_MARK.pattern}"
        ),
        english={phrase: row["kind"] for row in data["part"] for phrase in row.get("english", ())},
        merged=frozenset(words["merged"]),
    )


def _alternation(phrases: Iterable[str]) -> str:
    """Return a pattern that matches the longest of the phrases."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
