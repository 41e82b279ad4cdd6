"""Query understanding: one form of text, index terms, glossary expansion, key terms; says what it did."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from haystack import component

from qianche.corpus.errors import BadRequest
from qianche.indexing.search.answer import Expansion, Kind, QueryReading
from qianche.indexing.search.run import Query
from qianche.indexing.segmentation import (
    Expansion as Fired,
)
from qianche.indexing.segmentation import (
    Glossary,
    Segmenter,
    bundled_glossary,
    index_terms,
    normalise_with_offsets,
)

MAX_QUERY = 5000
"""Characters of a query; longer ones are refused: a whole report is imported, not searched with."""
EXPANSION_WEIGHT = 0.5
"""An expansion term counts half in BM25 (measured: +9 to +24 nDCG points over no expansion)."""

EMBEDDED_TERMS = 3
"""Expansion terms that are embedded with the query; each costs time. nDCG@10 of the tune set (cases / rules) with
none: .815 / .467 and two guard questions lost, 2: .813 / .470, 3: .814 / .478, 6: .813 / .458, all: .812 / .460."""


def check_query(text: str) -> str:
    """Return the query without surrounding blanks; `BadRequest` where nothing or too much is left."""
    stripped = text.strip()
    if not any(character.isprintable() and not character.isspace() for character in stripped):
        raise BadRequest("没有可检索的内容：查询为空。请用一两句话描述看到的隐患。", code="empty-query")
    if len(stripped) > MAX_QUERY:
        raise BadRequest(
            f"查询有 {len(stripped)} 字，超过上限 {MAX_QUERY} 字。请只粘贴与隐患有关的段落。",
            code="query-too-long",
        )
    return stripped


@component
class QueryUnderstanding:
    """Reads a query. Light to construct; dictionary and glossary load at warm-up or first use.

    Args:
        expansion_weight: what a term added by the glossary counts in BM25; 0 turns expansion off.
        cache_folder: where the segmenter keeps its prepared word table between processes.
    """

    def __init__(self, expansion_weight: float = EXPANSION_WEIGHT, cache_folder: str | None = None) -> None:
        self.expansion_weight = expansion_weight
        self.cache_folder = cache_folder
        self._segmenter = Segmenter(cache_folder=Path(cache_folder) if cache_folder else None)
        self._glossary: Glossary | None = None

    def warm_up(self) -> None:
        """Load dictionary and glossary."""
        if self._glossary is None:
            self._segmenter.warm_up()
            self._glossary = bundled_glossary()

    @property
    def segmenter(self) -> Segmenter:
        """The segmenter that queries are cut with."""
        return self._segmenter

    def _weighted(
        self, own: list[str], expansions: Sequence[Fired], kind: Kind
    ) -> tuple[tuple[str, float], ...]:
        """Own terms once each, at full weight; terms an expansion adds once each, at its weight."""
        weights = dict.fromkeys(own, 1.0)
        for expansion in expansions:
            if expansion.scope in ("both", kind):
                for term in index_terms(" ".join(expansion.terms)):
                    weights.setdefault(term, self.expansion_weight)
        return tuple(weights.items())

    @component.output_types(query=Query)
    def run(self, text: str) -> dict[str, Query]:
        """Return the query as understood.

        Raises:
            BadRequest: nothing to search with, or more than `MAX_QUERY` characters.
        """
        self.warm_up()
        assert self._glossary is not None
        text = check_query(text)
        normalised, offsets = normalise_with_offsets(text)
        own = index_terms(normalised)
        fired = self._glossary.expand(normalised) if self.expansion_weight else []
        key_terms = [word.text for word in self._segmenter.key_terms(text)]
        added = list(dict.fromkeys(term for expansion in fired for term in expansion.terms))
        reading = QueryReading(
            text=text,
            normalised=normalised,
            key_terms=tuple(dict.fromkeys(key_terms)),
            expansions=tuple(
                Expansion(e.found, offsets[e.start][0], offsets[e.end - 1][1], tuple(e.terms)) for e in fired
            ),
            engines=(),
        )
        return {
            "query": Query(
                reading=reading,
                terms={kind: self._weighted(own, fired, kind) for kind in ("case", "rule")},
                words=tuple(dict.fromkeys([*key_terms, *added])),
                dense_text=" ".join([text, *added[:EMBEDDED_TERMS]]),
            )
        }
