"""Barriers that were missing or failed, as the causes of a report say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.content.cause_parts import indirect_parts
from qianche.corpus.reports.content.causes import cause_entries
from qianche.corpus.reports.content.direct_cause import find_direct_cause
from qianche.corpus.reports.content.entries import marker_end
from qianche.corpus.reports.content.sentences import clauses, protected, trimmed
from qianche.corpus.reports.content.tables import table, words
from qianche.corpus.reports.draft import Finding, Part

_ABSENT = (
    r"(?:未|没有|没|无(?!MA)|缺少|缺乏|缺|拒绝|忽视|擅自|违规|私自"
    r"|不(?=进行|设|安|戴|佩|系|穿|使用|办|按|落实|执行|采取|配|具备|带|检|监|制定|报))"
)
_FAILED = (
    r"(?:失效|失灵|失控|损坏|故障|缺失|缺陷|不到位|不完善|不健全|不足|不符|不全|不及时|不严|不力|不具备|不合格|不当|滞后|混乱|未(?!来)"
    r"|被[^，,。；;]{0,4}(?:拆|摘|关|停|锁|堵|封|屏蔽|短接)|拆除|摘除|停用|停运|屏蔽|短接|关闭|锁闭|堵塞|封堵|脱落|流于形式|形同虚设|退出|过期|缺)"
)
_NEAR = r"[^，,。；;、：]{0,%d}?"
_LIST_STOP = re.compile(r"、(?=未|没有|无(?!MA)|不|缺|违)")
# Words of the law office, not of the plant: 监督检查不到位, 安全管理混乱 name no barrier.
_NO_BARRIER = re.compile(r"监督检查|安全管理机构|监管|责任制|行政执法|主体责任|思想认识")


def find_failed_barriers(document: Document, span: Span, parts: tuple[Part, ...]) -> tuple[Finding[str], ...]:
    """Return the clauses of the causes that name a missing or failed barrier, in order, each clause once.

    A value is an exact substring, one clause without its stop; `remark` names the barrier (防护环节：通风); the
    table `barriers.tsv` holds the wordings.
    """
    text = document.text
    seen: dict[str, Finding[str]] = {}
    for place in _cause_places(document, span, parts):
        for clause in _short_clauses(text, place):
            barrier = barrier_of(text[clause.start : clause.end])
            quote = text[clause.start : clause.end]
            if barrier and quote not in seen:
                seen[quote] = Finding(quote, (clause,), "dictionary", remark=f"防护环节：{barrier}")
    return tuple(seen.values())


def barrier_of(clause: str) -> str | None:
    """Return the barrier that a clause says was missing or failed, None where it says of none."""
    if _NO_BARRIER.search(clause):
        return None
    return next((name for name, pattern in _patterns() if pattern.search(clause)), None)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return a pattern for every row of the table."""
    made = []
    for row in table("barriers.tsv"):
        objects = "|".join(sorted(words(row["objects"]), key=len, reverse=True))
        absent = f"{_ABSENT}{_NEAR % 14}(?:{objects})"
        failed = f"(?:{objects}){_NEAR % 8}{_FAILED}"
        always = f"|{row['always']}" if row["always"] else ""
        made.append((row["barrier"], re.compile(f"{absent}|{failed}{always}")))
    return tuple(made)


def _cause_places(document: Document, span: Span, parts: tuple[Part, ...]) -> Iterator[Span]:
    """Yield the places of the direct causes and of all entries under indirect causes, in this order."""
    for finding in find_direct_cause(document, span, parts).findings:
        yield finding.spans[0]
    for part in indirect_parts(document.text, parts):
        yield from (entry.text for entry in cause_entries(document.text, part))


def _short_clauses(text: str, place: Span) -> Iterator[Span]:
    """Yield the clauses of a place without their stops, parted at 、 too where each member says 未 or 无."""
    for clause in clauses(text, place):
        start = clause.start
        for stop in _LIST_STOP.finditer(text, clause.start, clause.end):
            yield _bare(text, Span(start, stop.start()))
            start = stop.end()
        yield _bare(text, Span(start, clause.end))


def _bare(text: str, span: Span) -> Span:
    """Return a span without white space, marker, stops and a remark in brackets at its end."""
    inner = trimmed(text, span)
    inner = Span(marker_end(text, inner), inner.end)
    end = inner.end
    aside = protected(text, inner)
    if (
        aside
        and aside[-1].end >= end - 1
        and text[aside[-1].start] in "（("
        and aside[-1].start > inner.start
    ):
        end = aside[-1].start
    while end > inner.start and text[end - 1] in "，,。；;：:！？!?":
        end -= 1
    return trimmed(text, Span(inner.start, end))
