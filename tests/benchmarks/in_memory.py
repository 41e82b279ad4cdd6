"""Haystack's own in-memory hybrid on the same passages and vectors."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from haystack import Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from qianche.indexing.build import SEARCHED
from qianche.indexing.embedding import Embedder
from qianche.indexing.store.protocol import KnowledgeStore

TOP_K = 10


def hybrid(store: KnowledgeStore) -> tuple[Pipeline, int]:
    """Both retrievers and a joiner by reciprocal ranks over every passage, and the number of passages."""
    documents = [
        replace(document, meta={})
        for name in SEARCHED
        for document in store.collection(name).filter_documents()
        if document.embedding is not None
    ]
    memory = InMemoryDocumentStore(embedding_similarity_function="dot_product", return_embedding=False)
    memory.write_documents(documents)
    pipeline = Pipeline()
    pipeline.add_component("words", InMemoryBM25Retriever(memory, top_k=TOP_K))
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(memory, top_k=TOP_K))
    pipeline.add_component("joiner", DocumentJoiner("reciprocal_rank_fusion", top_k=TOP_K))
    pipeline.connect("words", "joiner")
    pipeline.connect("vectors", "joiner")
    return pipeline, len(documents)


def median_ms(pipeline: Pipeline, embedder: Embedder, queries: list[str]) -> float:
    """Milliseconds of one hybrid search without the embedding, whose vector is given."""
    times = []
    for query in queries:
        vector = embedder.embed_query(query).tolist()
        started = time.perf_counter()
        found = pipeline.run({"words": {"query": query}, "vectors": {"query_embedding": vector}})
        times.append((time.perf_counter() - started) * 1000)
        if not found["joiner"]["documents"]:
            raise SystemExit("the in-memory hybrid found nothing")
    return statistics.median(times[1:])
