"""The direct cause of an accident: the accounts a report gives of it, side by side where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.content.cause_parts import direct_parts
from qianche.corpus.reports.content.entries import body, is_heading, marker_end
from qianche.corpus.reports.content.sentences import paragraphs, sentences, trimmed
from qianche.corpus.reports.draft import Field, Finding, FoundBy, Part, PartKind

# 直接原因是… 直接原因：… 直接原因为… — not 直接原因分析, not 的直接原因。
_STATED = re.compile(r"直接原因(?:认定)?(?:如下)?\s*(?:[：:]|[是为系](?!什么)[：:，,]?)\s*")
# …是造成此次事故的直接原因。 — the sentence before it is the cause.
_POINTED = re.compile(r"(?:是|为|系|成为)[^，,。；;]{0,24}的?(?:主要)?直接原因(?!之外|以外)")
_INTRODUCES = re.compile(r"(?:具体|详细)?(?:情况|分析|原因|过程)?(?:如下|是)?[：:]\Z")
_SAME_ACCOUNT = 0.55
"""Share of the shorter account's letter pairs found in the longer one from which the two tell the same."""
_STATED_THERE: tuple[FoundBy, str] = ("sentence", "")
_NO_ACCOUNT: frozenset[PartKind] = frozenset({"annex", "contents", "labels", "measures", "lessons"})
# When and where a fire began, told before its cause. Matches 起火部位, 起火时间为…; not 起火原因, not 起火部位…，起火原因为….
_WHERE_IT_BEGAN = re.compile(r"起火的?(?:时间|部位|点|场所|位置)(?![^\n]*原因)")
_NOT_DIRECT = re.compile(r"间接原因|管理原因")


def find_direct_cause(document: Document, span: Span, parts: tuple[Part, ...]) -> Field[str]:
    """Return the direct cause: whole paragraphs, or the words after 直接原因是; each account one finding.

    Accounts that tell the same are one finding with several spans, the fullest first; accounts that differ stand
    side by side. A value is an exact substring of the text.
    """
    text = document.text
    found = [(s, _how(text, part)) for part in direct_parts(text, parts) for s in _under_heading(text, part)]
    found += [(s, _STATED_THERE) for s in _stated(text, span, parts)]
    return Field(tuple(_accounts(text, found)))


def states_direct_cause(quote: str) -> bool:
    """Return whether a sentence says of itself that it is the direct cause."""
    stated = _STATED.search(quote)
    return bool(_POINTED.search(quote) or (stated and not _NOT_DIRECT.search(quote, 0, stated.start())))


def _under_heading(text: str, part: Part) -> Iterator[Span]:
    """Yield the account under a heading: what follows 直接原因是 in it, else all its paragraphs."""
    inside = trimmed(text, body(part))
    if inside.start == inside.end:
        return
    stated = _STATED.search(text, inside.start, inside.end)
    if stated and not _NOT_DIRECT.search(text, inside.start, stated.start()):
        told = _rest_of_paragraph(text, Span(stated.end(), inside.end))
        yield from [told] if told.start < told.end else []
        return
    lines = paragraphs(text, inside)
    if len(lines) > 1 and text[lines[0].end - 1] in "：:":
        lines = lines[1:]
    if not _without_where(text, lines):
        return
    pointed = _POINTED.search(text, lines[0].start, inside.end)
    end = next((s.end for s in sentences(text, inside) if pointed and s.end >= pointed.end()), inside.end)
    start = marker_end(text, lines[0]) if len(lines) == 1 else lines[0].start
    told = trimmed(text, Span(start, end))
    if told.start < told.end:
        yield told


def _without_where(text: str, lines: Sequence[Span]) -> tuple[Span, ...]:
    """Return the paragraphs less those that tell when and where a fire began, and those under a heading of it."""
    kept: list[Span] = []
    under = False
    for line in lines:
        where = _WHERE_IT_BEGAN.match(text, marker_end(text, line), line.end)
        if not where and not under:
            kept.append(line)
        under = bool(where) and is_heading(text, line)
    return tuple(kept)


def _rest_of_paragraph(text: str, span: Span) -> Span:
    """Return the sentences from here to the end of the paragraph (of the next one, if this one is empty)."""
    line = paragraphs(text, span)[:1]
    if not line:
        return span
    kept = line[0]
    pieces = sentences(text, kept)
    if len(pieces) > 1 and _INTRODUCES.search(text, pieces[-1].start, pieces[-1].end):
        kept = trimmed(text, Span(kept.start, pieces[-1].start))
    return Span(marker_end(text, kept), kept.end)


def _stated(text: str, span: Span, parts: Sequence[Part]) -> Iterator[Span]:
    """Yield the direct causes stated outside parts of that name."""
    closed = [p.span for p in parts if p.kind in _NO_ACCOUNT or (p.kind == "direct_cause" and p.heading)]
    for line in paragraphs(text, span):
        if any(s.start <= line.start < s.end for s in closed):
            continue
        stated = _STATED.search(text, line.start, line.end)
        if stated and stated.end() < line.end:
            cut = _NOT_DIRECT.search(text, stated.end(), line.end)
            yield _until_sentence(text, Span(stated.end(), line.end), cut.start() if cut else line.end)
            continue
        for sentence in sentences(text, line):
            if _POINTED.search(text, sentence.start, sentence.end):
                kept = trimmed(text, sentence)
                yield Span(marker_end(text, kept), kept.end)


def _until_sentence(text: str, span: Span, cut: int) -> Span:
    """Return the whole sentences of the span before the cut (an account ends where 间接原因 begins)."""
    kept = [s for s in sentences(text, span) if s.end <= cut or s.start == span.start]
    return trimmed(text, Span(span.start, kept[-1].end if kept else span.end))


def _how(text: str, part: Part) -> tuple[FoundBy, str]:
    """Return how the account of a part was found, and what speaks against it."""
    heading = text[part.heading.start : part.heading.end] if part.heading else ""
    told_apart = (
        "直接" in text[part.span.start : part.span.end] or "起火原因" in heading or "技术原因" in heading
    )
    return ("heading" if heading else "sentence"), "" if told_apart else "报告未写明这是直接原因"


def _accounts(text: str, found: Sequence[tuple[Span, tuple[FoundBy, str]]]) -> Iterator[Finding[str]]:
    """Yield one finding an account; later ones that tell the same only add their span."""
    groups: list[tuple[list[Span], FoundBy, str]] = []
    for place, (how, doubt) in found:
        same = next((g for g, _, _ in groups if _same_account(text, g[0], place)), None)
        if same is None:
            groups.append(([place], how, doubt))
        elif place not in same:
            same.append(place)
    for places, how, doubt in groups:
        remark = "文中对直接原因有几种表述" if len(groups) > 1 else doubt
        value = text[places[0].start : places[0].end]
        yield Finding(value, tuple(places), how, sure=not remark, remark=remark)


def _same_account(text: str, one: Span, other: Span) -> bool:
    """Return whether two accounts share most of the letter pairs of the shorter one."""
    pairs = [_letter_pairs(text[s.start : s.end]) for s in (one, other)]
    shorter, longer = sorted(pairs, key=len)
    return not shorter or len(shorter & longer) / len(shorter) >= _SAME_ACCOUNT


def _letter_pairs(quote: str) -> set[str]:
    """Return the pairs of neighbouring letters, marks and spaces left out."""
    letters = [c for c in quote if c.isalnum()]
    return {a + b for a, b in pairwise(letters)}
