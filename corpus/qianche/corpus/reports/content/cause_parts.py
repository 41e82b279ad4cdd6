"""Parts about causes, set right where one part holds direct and indirect causes one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.content.entries import body, marker_end
from qianche.corpus.reports.content.sentences import sentences, trimmed
from qianche.corpus.reports.draft import Part

# A sentence that begins so turns to the indirect causes: 事故间接原因一是… 2、间接原因：… — not 间接原因不明.
_TURNS = re.compile(
    r"(?:造成)?(?:该起|本次|这起)?(?:事故)?的?(?:间接|管理)原因\s*(?:[：:。]\s*|(?![不未尚没和及的是为]))"
)


def direct_parts(text: str, parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts of direct causes, each up to the sentence that turns to the indirect ones."""
    for part in parts:
        if part.kind == "direct_cause":
            turn = _turn(text, part)
            end = turn[0] if turn else part.span.end
            yield Part("direct_cause", trimmed(text, Span(part.span.start, end)), part.heading)


def indirect_parts(text: str, parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts of indirect causes, the ends of direct ones that turn to them included."""
    for part in parts:
        if part.kind == "indirect_cause":
            yield part
        elif part.kind == "direct_cause" and (turn := _turn(text, part)):
            yield Part("indirect_cause", Span(turn[0], part.span.end), Span(*turn))


def _turn(text: str, part: Part) -> tuple[int, int] | None:
    """Return where the sentence that turns to the indirect causes begins, and where its text begins."""
    inside = trimmed(text, body(part))
    for sentence in sentences(text, inside):
        piece = trimmed(text, sentence)
        match = _TURNS.match(text, marker_end(text, piece), inside.end)
        if match and piece.start > inside.start:
            return piece.start, match.end()
    return None
