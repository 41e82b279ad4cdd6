"""The query's vector; the only component that waits for the model."""

from __future__ import annotations

from dataclasses import replace

from haystack import component

from qianche.indexing.embedding import Embedder
from qianche.indexing.search.run import Query


@component
class QueryEmbedder:
    """Gives the query its vector, or none where no model is on this machine."""

    def __init__(self, embedder: Embedder | None) -> None:
        self.embedder = embedder

    @component.output_types(query=Query)
    def run(self, query: Query) -> dict[str, Query]:
        """Return the query with `vector` of shape `(dim,)`, length 1; unchanged without a model."""
        if self.embedder is None:
            return {"query": query}
        return {"query": replace(query, vector=self.embedder.embed_query(query.dense_text))}
