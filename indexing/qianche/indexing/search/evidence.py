"""Evidence: which pieces of a record bear the hit out, and where the query's words stand in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qianche.indexing.passages import Part
from qianche.indexing.search.answer import EvidencePassage
from qianche.indexing.segmentation import normalise, normalise_with_offsets
from qianche.indexing.segmentation.normalise import Offsets

MAX_EVIDENCE = 3
SHORTEST_RUN = 3
"""A piece of the query this long (characters) is marked even where it is no word of its own."""


@dataclass(frozen=True)
class ReadablePart:
    """A part prepared for marking."""

    part: Part
    normalised: str

    @cached_property
    def offsets(self) -> Offsets:
        """Where each character of the normalised text came from; only asked for when the part is quoted."""
        return normalise_with_offsets(self.part.text)[1]


def readable(part: Part) -> ReadablePart:
    """Return the part prepared for marking."""
    return ReadablePart(part, normalise(part.text))


def _word_spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    spans = []
    for word in words:
        start = text.find(word)
        while start >= 0:
            spans.append((start, start + len(word)))
            start = text.find(word, start + len(word))
    return spans


def runs_of(text: str) -> frozenset[str]:
    """Return every `SHORTEST_RUN` neighbouring letters, digits or characters of a text, nothing else between."""
    windows = (text[i : i + SHORTEST_RUN] for i in range(len(text) - SHORTEST_RUN + 1))
    return frozenset(window for window in windows if window.isalnum())


def _run_spans(text: str, own: str, runs: frozenset[str]) -> list[tuple[int, int]]:
    """Spans of `SHORTEST_RUN` characters and more that stand in the query's own text just so."""
    starts = [i for i in range(len(text) - SHORTEST_RUN + 1) if text[i : i + SHORTEST_RUN] in runs]
    spans: list[tuple[int, int]] = []
    for start in starts:
        if spans and start + SHORTEST_RUN <= spans[-1][1]:
            continue  # inside the run before
        end = start + SHORTEST_RUN
        while end < len(text) and text[end].isalnum() and text[start : end + 1] in own:
            end += 1
        spans.append((start, end))
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


@dataclass(frozen=True)
class Highlighter:
    """Finds the words of one query in texts.

    Args:
        words: normalised words to mark wherever they stand.
        weights: what each index term of two and more characters is worth (weight x idf), for choosing pieces.
        own: the query's own normalised text; longer pieces of it are marked where they are no word.
    """

    words: tuple[str, ...]
    weights: Mapping[str, float]
    own: str = ""

    @cached_property
    def _runs(self) -> frozenset[str]:
        return runs_of(self.own)

    def spans(self, text: ReadablePart) -> list[tuple[int, int]]:
        """Return marks in the normalised text."""
        normalised = text.normalised
        return _merged(_word_spans(normalised, self.words) + _run_spans(normalised, self.own, self._runs))

    def worth(self, text: ReadablePart) -> float:
        """Return the summed worth of the query's pairs and long terms that stand in the part."""
        normalised = text.normalised
        return sum([worth for term, worth in self.weights.items() if term in normalised])

    def quote(self, text: ReadablePart) -> EvidencePassage:
        """Return the part as evidence, its marks in characters of the text as stored."""
        marks = _merged([(text.offsets[s][0], text.offsets[e - 1][1]) for s, e in self.spans(text)])
        part = text.part
        return EvidencePassage(
            part.name, part.text, part.start, part.end, tuple(marks), part.source, part.page
        )


def choose_evidence(parts: Sequence[ReadablePart], highlighter: Highlighter) -> tuple[EvidencePassage, ...]:
    """Return up to `MAX_EVIDENCE` parts, best first; where no word of the query stands in any, the first part."""
    ranked = sorted(
        ((highlighter.worth(part), -index, part) for index, part in enumerate(parts)), reverse=True
    )
    chosen = [part for worth, _, part in ranked[:MAX_EVIDENCE] if worth > 0] or list(parts[:1])
    return tuple(highlighter.quote(part) for part in chosen)


def best_part(parts: Sequence[ReadablePart], highlighter: Highlighter) -> tuple[EvidencePassage, ...]:
    """Return the one part that most of the query stands in, nothing where none of it does."""
    worth, part = max(
        ((highlighter.worth(part), part) for part in parts), key=lambda p: p[0], default=(0.0, None)
    )
    return (highlighter.quote(part),) if part is not None and worth > 0 else ()


def matched_words(text: str, highlighter: Highlighter) -> tuple[str, ...]:
    """Return the query's words that stand anywhere in a record's normalised text, in the query's order."""
    return tuple(word for word in highlighter.words if word in text)
