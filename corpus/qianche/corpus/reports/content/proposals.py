"""What a report proposes for a person, as words of the text."""

from __future__ import annotations

import re
from functools import cache

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.content.entries import marker_end
from qianche.corpus.reports.content.sentences import sentences
from qianche.corpus.reports.content.tables import table

# Where a proposal begins: 建议由…, 决定对…, 鉴于其已死亡，… — not 提出了整改建议。
_BEGINS = re.compile(r"(?:鉴于[^。；]{0,60}?[，,])?(?:建议|决定|责成|责令)(?![。；，、的])")
_COUNT_AT_END = re.compile(
    r"\s*[（(]\s*共?\s*(?:\d+|[一二三四五六七八九十]+)\s*[人名个家]\s*[）)]?\s*[：:。]?\Z"
)
_SAYS_WHAT = re.compile(r"建议|不予|免予|免于|移送|移交|强制措施|追究|处分|处罚|问责")


@cache
def _penalties() -> re.Pattern[str]:
    """Return one pattern of all words of penalties."""
    return re.compile("|".join(f"(?:{row['words']})" for row in table("penalties.tsv")))


def penalty_kind(words: str) -> str | None:
    """Return the kind of the first penalty in the words (司法, 党纪, 罚款 …), None where they name none."""
    places = [
        (match.start(), row["penalty"])
        for row in table("penalties.tsv")
        if (match := re.search(row["words"], words))
    ]
    return min(places)[1] if places else None


def proposal_in(text: str, place: Span) -> Span | None:
    """Return the proposal in an entry: from 建议 or 决定 to the end of the last sentence with a penalty.

    Where the entry tells what was done already (已被…采取强制措施) it is that clause. None where there is neither.
    """
    pieces = sentences(text, place)
    start = next(
        (
            match.start()
            for piece in pieces
            for match in _BEGINS.finditer(text, piece.start, piece.end)
            if _penalties().search(text, match.end(), piece.end)
        ),
        None,
    )
    if start is None:
        done = next((p for p in pieces if _penalties().search(text, p.start, p.end)), None)
        return _clause_with_penalty(text, done) if done else None
    last = [p for p in pieces if p.end > start and _penalties().search(text, max(start, p.start), p.end)][-1]
    return _bare(text, Span(start, last.end))


def group_proposal(text: str, heading: Span) -> Span | None:
    """Return the words of a heading over persons that say what is proposed, None where it only says who."""
    start = marker_end(text, heading)
    if not _SAYS_WHAT.search(text, start, heading.end):
        return None
    count = _COUNT_AT_END.search(text, start, heading.end)
    return _bare(text, Span(start, count.start() if count else heading.end))


def _clause_with_penalty(text: str, sentence: Span) -> Span:
    """Return the words of a sentence from the clause before the penalty to its end."""
    match = _penalties().search(text, sentence.start, sentence.end)
    begin = match.start() if match else sentence.start
    reason = text.find("鉴于", sentence.start, begin)
    comma = reason - 1 if reason >= 0 else max(text.rfind(mark, sentence.start, begin) for mark in "，,：:")
    return _bare(text, Span(max(comma + 1, sentence.start), sentence.end))


def _bare(text: str, span: Span) -> Span:
    """Return the span without stops and white space at its end."""
    end = span.end
    while end > span.start and text[end - 1] in "。；;：: \n\t":
        end -= 1
    return Span(span.start, end)
