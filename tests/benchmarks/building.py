"""How long a first build takes: records and index measured, vectors estimated from a sample or measured."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from qianche.indexing.build import SEARCHED
from qianche.indexing.documents import DENSE
from qianche.indexing.embedding import load_default_embedder
from qianche.indexing.open import open_knowledge_base
from qianche.indexing.store.protocol import KnowledgeStore

THREADS = 2
SAMPLE = 1000
_BATCH = 256
"""As many passages as a build embeds at a time."""


@dataclass(frozen=True)
class Build:
    """Seconds of a first build."""

    records: float
    """Records, lexical index and columns, ready to answer lexically."""
    vectors: float
    cpu_per_1000: float
    """CPU seconds of embedding 1,000 passages."""
    texts: int
    """Distinct texts that are embedded."""
    characters: float
    """Mean length of the texts embedded."""
    whole: bool
    """Whether the vectors were all made, not a sample."""


def embedded_texts(store: KnowledgeStore) -> list[str]:
    """Every distinct text that has a vector, in the order of the store."""
    documents = (d for name in SEARCHED for d in store.collection(name).filter_documents())
    texts = (document.meta.get(DENSE, document.content or "") for document in documents)
    return list(dict.fromkeys(text for text in texts if text))


def measure(home: Path, recipe: str, *, whole: bool) -> Build:
    """Build in a temporary folder; the model folder is copied, its conversion is not part of the figure."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "home"
        shutil.copytree(home / "models", fresh / "models")
        base = open_knowledge_base(fresh, recipe=recipe, threads=THREADS)
        try:
            started = time.perf_counter()
            base.build_records()
            for name in SEARCHED:
                base.store.collection(name).snapshot()
            records = time.perf_counter() - started
            texts = embedded_texts(base.store)
            cpu, started = time.process_time(), time.perf_counter()
            if whole:
                base.build_vectors()
                count = len(texts)
            else:
                count = _embed_sample(home, recipe, texts)
            vectors = (time.perf_counter() - started) * len(texts) / count
            per_1000 = (time.process_time() - cpu) * 1000 / count
        finally:
            base.close()
    mean = sum(map(len, texts)) / len(texts)
    return Build(records, vectors, per_1000, len(texts), mean, whole)


def _embed_sample(home: Path, recipe: str, texts: list[str]) -> int:
    """Embed about `SAMPLE` runs of neighbours spread evenly over the texts; return how many."""
    embedder = load_default_embedder(home / "models", recipe=recipe, threads=THREADS)
    batches = max(1, round(SAMPLE / _BATCH))
    step = len(texts) // batches
    sample = [texts[start * step : start * step + _BATCH] for start in range(batches)]
    for batch in sample:
        embedder.embed_passages(batch)
    return sum(map(len, sample))
