"""Paragraphs, sentences and clauses of a stretch of text, as spans that lose no character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qianche.corpus.reading.document import Span

_OPENERS = {
    **dict.fromkeys("（(", "round"),
    **dict.fromkeys("[［【〔", "square"),
    **dict.fromkeys("《〈", "title"),
}
_OPENERS |= dict.fromkeys("“‘「『", "quote")
_CLOSERS = {
    **dict.fromkeys("）)", "round"),
    **dict.fromkeys("]］】〕", "square"),
    **dict.fromkeys("》〉", "title"),
}
_CLOSERS |= dict.fromkeys("”’」』", "quote")
_STRAIGHT_QUOTE = '"'
_LONGEST_BRACKET = 400
"""A pair further apart than this is taken for a slip of the pen and protects nothing."""

# Ends a sentence: 已撤离。 已撤离！” — not the point of No.3 or 1.5米.
_END = re.compile(r"[。！？；!?;]+[”’」』\"]*")
# A quotation that ends in a full stop ends the sentence too, unless the sentence goes on: …责任。”及根据.
_QUOTED_END = re.compile(r"[。！？!?][”’」』\"]+(?![，、；。,;及和与的等之规所是])")
# An item begins inside a paragraph: 存在问题：一是… 如下：（1）… — not 时间：1月.
_ITEM = re.compile(
    r"(?<=[：:，,])(?=[一二三四五六七八九十]{1,2}是|[①-⑳]|[（(]\d{1,2}[)）]|\d{1,2}、)", re.ASCII
)
_CLAUSE_END = re.compile(r"[，,。！？；!?;：:]+[”’」』\"]*")
_SPACES = " \t\r\n\u3000\xa0"


def trimmed(text: str, span: Span) -> Span:
    """Return the span without white space at its ends; empty (start == end) where there is nothing else."""
    start, end = span.start, span.end
    while start < end and text[start] in _SPACES:
        start += 1
    while end > start and text[end - 1] in _SPACES:
        end -= 1
    return Span(start, end)


def paragraphs(text: str, span: Span) -> tuple[Span, ...]:
    """Return the lines of a span that hold anything, white space at their ends left out."""
    lines = (trimmed(text, line) for line in _lines(text, span))
    return tuple(line for line in lines if line.start < line.end)


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """Return the sentences of a span: in order, without gap or overlap, together the whole span.

    A sentence ends after 。！？；, at a line's end, and before an item of a list inside a paragraph (一是, ①, （1）
    after a colon or comma). Nothing ends inside 《》, brackets or quotation marks that are closed in the same line.
    """
    return _split(text, span, _END)


def clauses(text: str, span: Span) -> tuple[Span, ...]:
    """Return the clauses of a span, cut at commas and colons as well; together the whole span."""
    return _split(text, span, _CLAUSE_END)


def protected(text: str, span: Span) -> tuple[Span, ...]:
    """Return the stretches between brackets or quotation marks, both marks included, outermost only, in order."""
    return tuple(pair for line in _lines(text, span) for pair in _pairs(text, line))


def _lines(text: str, span: Span) -> Iterator[Span]:
    """Yield the lines of a span, each with its newline."""
    start = span.start
    while start < span.end:
        found = text.find("\n", start, span.end)
        end = span.end if found < 0 else found + 1
        yield Span(start, end)
        start = end


def _split(text: str, span: Span, end: re.Pattern[str]) -> tuple[Span, ...]:
    """Return the pieces of a span between the places where `end` matches outside brackets and quotes."""
    pieces: list[Span] = []
    for line in _lines(text, span):
        start = line.start
        for cut in sorted({*_cuts(text, line, end), line.end}):
            if cut > start:
                pieces.append(Span(start, cut))
                start = cut
    return tuple(_join_blanks(text, pieces))


def _cuts(text: str, line: Span, end: re.Pattern[str]) -> Iterator[int]:
    """Yield the offsets in a line where one piece ends and the next begins."""
    pairs = _pairs(text, line)
    inside = {offset for pair in pairs for offset in range(pair.start, pair.end)}
    yield from (m.end() for m in end.finditer(text, line.start, line.end) if m.start() not in inside)
    yield from (m.start() for m in _ITEM.finditer(text, line.start, line.end) if m.start() not in inside)
    closes = {pair.end for pair in pairs}
    yield from (m.end() for m in _QUOTED_END.finditer(text, line.start, line.end) if m.end() in closes)


def _join_blanks(text: str, pieces: list[Span]) -> Iterator[Span]:
    """Yield the pieces, white space alone joined to the piece before it (or the one after, at the start)."""
    held: Span | None = None
    for piece in pieces:
        if held is None:
            held = piece
        elif not text[piece.start : piece.end].strip() or not text[held.start : held.end].strip():
            held = Span(held.start, piece.end)
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _pairs(text: str, line: Span) -> tuple[Span, ...]:
    """Return the outermost closed pairs of marks in a line; half- and full-width marks close each other."""
    opened: list[tuple[str, int]] = []
    found: list[Span] = []
    for offset in range(line.start, line.end):
        mark = text[offset]
        kind = _CLOSERS.get(mark)
        if mark == _STRAIGHT_QUOTE:
            kind = "quote" if any(k == "quote" for k, _ in opened) else None
        if kind is None:
            if mark in _OPENERS or mark == _STRAIGHT_QUOTE:
                opened.append((_OPENERS.get(mark, "quote"), offset))
            continue
        level = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == kind), None)
        if level is not None:
            found.append(Span(opened[level][1], offset + 1))
            del opened[level:]
    return _outermost([pair for pair in found if pair.end - pair.start <= _LONGEST_BRACKET])


def _outermost(pairs: list[Span]) -> tuple[Span, ...]:
    """Return the pairs that lie in no other, in order."""
    kept: list[Span] = []
    for pair in sorted(pairs, key=lambda p: (p.start, -p.end)):
        if not kept or pair.start >= kept[-1].end:
            kept.append(pair)
    return tuple(kept)
