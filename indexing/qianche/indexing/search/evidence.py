"""Evidence: which pieces of a record bear the hit out, and where the query's words stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from qianche.indexing.passages import Part
from qianche.indexing.search.answer import EvidencePassage
from qianche.indexing.segmentation import index_terms, normalise_with_offsets

MAX_EVIDENCE = 3
SHORTEST_RUN = 3
"""A run of neighbouring query pairs this long (characters) is marked even where it is no word of its own."""


@dataclass(frozen=True, slots=True)
class ReadablePart:
    """A part prepared for marking: its normalised text, where each character came from, and its terms."""

    part: Part
    normalised: str
    offsets: list[tuple[int, int]]
    terms: frozenset[str]


def readable(part: Part) -> ReadablePart:
    """Return the part prepared for marking."""
    normalised, offsets = normalise_with_offsets(part.text)
    return ReadablePart(part, normalised, offsets, frozenset(index_terms(normalised)))


def _word_spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    spans = []
    for word in words:
        start = text.find(word)
        while start >= 0:
            spans.append((start, start + len(word)))
            start = text.find(word, start + len(word))
    return spans


def _run_spans(text: str, pairs: frozenset[str]) -> list[tuple[int, int]]:
    """Spans of at least `SHORTEST_RUN` characters whose neighbours are all pairs of the query."""
    spans, start = [], None
    for i in range(len(text)):
        joined = text[i : i + 2] in pairs
        if joined and start is None:
            start = i
        elif not joined and start is not None:
            if i + 1 - start >= SHORTEST_RUN:
                spans.append((start, i + 1))
            start = None
    return spans


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping or touching spans joined, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@dataclass(frozen=True, slots=True)
class Highlighter:
    """Finds the words of one query in texts.

    Args:
        words: normalised words to mark wherever they stand.
        weights: what each index term of the query is worth (weight x idf), for choosing pieces.
        pairs: adjacent pairs of the query's own text.
    """

    words: tuple[str, ...]
    weights: dict[str, float]
    pairs: frozenset[str]

    def spans(self, text: ReadablePart) -> list[tuple[int, int]]:
        """Return marks in the normalised text."""
        return _merged(_word_spans(text.normalised, self.words) + _run_spans(text.normalised, self.pairs))

    def worth(self, text: ReadablePart) -> float:
        """Return the summed worth of the query's pairs and long terms that stand in the part."""
        # fsum: a set has another order in each process, and the choice among equals must not.
        return fsum(self.weights[term] for term in text.terms & self.weights.keys() if len(term) > 1)

    def quote(self, text: ReadablePart) -> EvidencePassage:
        """Return the part as evidence, its marks in characters of the text as stored."""
        marks = _merged([(text.offsets[s][0], text.offsets[e - 1][1]) for s, e in self.spans(text)])
        part = text.part
        return EvidencePassage(part.name, part.text, part.start, part.end, tuple(marks))


def choose_evidence(parts: Sequence[ReadablePart], highlighter: Highlighter) -> tuple[EvidencePassage, ...]:
    """Return up to `MAX_EVIDENCE` parts, best first; where no word of the query stands in any, the first part."""
    ranked = sorted(
        ((highlighter.worth(part), -index, part) for index, part in enumerate(parts)), reverse=True
    )
    chosen = [part for worth, _, part in ranked[:MAX_EVIDENCE] if worth > 0] or list(parts[:1])
    return tuple(highlighter.quote(part) for part in chosen)


def matched_words(texts: Sequence[ReadablePart], highlighter: Highlighter) -> tuple[str, ...]:
    """Return the query's words that stand anywhere in the record, in the query's order."""
    return tuple(word for word in highlighter.words if any(word in text.normalised for text in texts))
