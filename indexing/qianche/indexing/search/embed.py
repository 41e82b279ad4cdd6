"""The query's vector; the only component that waits for the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from haystack import component

from qianche.indexing.embedding import Embedder
from qianche.indexing.search.run import Query


@component
class QueryEmbedder:
    """Gives the query its vector, or none where there is no model (yet) that fits the passages' vectors.

    Args:
        source: called for each query: the embedder to use, None for none. It may still be loading when the first
            questions are asked.
    """

    def __init__(self, source: Callable[[], Embedder | None]) -> None:
        self.source = source

    @component.output_types(query=Query)
    def run(self, query: Query) -> dict[str, Query]:
        """Return the query with `vector` of shape `(dim,)`, length 1; unchanged without an embedder."""
        embedder = self.source()
        if embedder is None:
            return {"query": query}
        return {"query": replace(query, vector=embedder.embed_query(query.dense_text))}
