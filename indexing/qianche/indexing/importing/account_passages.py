"""The text of a report as passages of its case, so that what no field holds can be found and quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qianche.corpus.cases import Case
from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.draft import CaseDraft, Part, PartKind
from qianche.indexing.documents import PAGE, SOURCE, Passage
from qianche.indexing.importing.records import Piece
from qianche.indexing.passages import MIN_PART, case_passages

SEARCHED: frozenset[PartKind] = frozenset(
    {
        "introduction", "background", "course", "response", "losses", "direct_cause", "indirect_cause", "nature",
        "lessons", "measures", "other",
    }
)  # fmt: skip
"""Parts whose text is searched; left out: titles, contents, labels and annexes (noise), and 责任认定与处理建议,
which names persons."""
LONGEST = 400
"""Characters of one passage: the embedding model reads about 500 of Chinese."""
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")


def pieces_of(source: str, document: Document, draft: CaseDraft) -> tuple[Piece, ...]:
    """Return the searched text of one account in passages of at most `LONGEST` characters, verbatim, in order.

    A report without recognised parts is taken whole. Passages end at a paragraph where one fits, else at a
    sentence, else at the limit.
    """
    parts = [part for part in draft.parts if part.kind in SEARCHED]
    if not draft.parts:
        parts = [Part("other", draft.span)]
    found = []
    for part in parts:
        start = part.heading.end if part.heading is not None else part.span.start
        for span in split(document, Span(start, part.span.end)):
            text = document.quote(span)
            page = document.page_at(span.start)
            found.append(Piece(f"report.{part.kind}", text, source, page, span.start, span.end))
    return tuple(found)


def split(document: Document, span: Span) -> Iterator[Span]:
    """Yield the span in pieces of at most `LONGEST` characters, blanks at their ends left out."""
    start = end = span.start
    for unit in _units(document, span):
        if unit.end - start > LONGEST and end > start:
            yield from _trimmed(document, start, end)
            start = unit.start
        end = unit.end
    yield from _trimmed(document, start, end)


def _units(document: Document, span: Span) -> Iterator[Span]:
    """Paragraphs of the span; sentences of one too long; a longer sentence in cuts."""
    start = span.start
    while start < span.end:
        newline = document.text.find("\n", start, span.end)
        end = span.end if newline < 0 else newline + 1
        if end - start <= LONGEST:
            yield Span(start, end)
        else:
            for sentence in _SENTENCE.finditer(document.text, start, end):
                for cut in range(sentence.start(), sentence.end(), LONGEST):
                    yield Span(cut, min(cut + LONGEST, sentence.end()))
        start = end


def _trimmed(document: Document, start: int, end: int) -> Iterator[Span]:
    text = document.text[start:end]
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    if end - start >= MIN_PART:
        yield Span(start, end)


def told_passages(record_id: str, pieces: Sequence[Piece], like: Passage) -> Iterator[Passage]:
    """Yield a passage for each piece, for both legs, with the filter fields of the record's whole passage."""
    for number, piece in enumerate(pieces, start=1):
        yield replace(
            like,
            passage_id=f"{record_id}#told:{number}",
            record_id=record_id,
            part=piece.name,
            content=piece.text,
            lexical=piece.text,
            dense=piece.text,
            span=(piece.start, piece.end),
            attributes=like.attributes | {SOURCE: piece.source, PAGE: piece.page},
        )


def account_passages(case: Case, pieces: Sequence[Piece]) -> Iterator[Passage]:
    """Yield the passages of a case and, after them, those of the reports that tell it."""
    own = list(case_passages(case))
    yield from own
    yield from told_passages(case.case_id, pieces, own[0])
