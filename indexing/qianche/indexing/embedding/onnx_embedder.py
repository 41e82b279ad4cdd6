"""The default embedder: multilingual-e5-small in ONNX Runtime."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from qianche.indexing.embedding.model_folder import ModelFolder
from qianche.indexing.embedding.protocol import Progress, Vectors
from qianche.indexing.embedding.session import INPUTS, OUTPUT, open_session
from qianche.indexing.embedding.tokenizer import Tokenizer
from qianche.indexing.embedding.windows import batches, checked_passages, checked_query, cut, joined

QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "
"""Wang et al. 2024, Multilingual E5, arXiv 2402.05672; a wrong one costs up to 11 points of nDCG."""
MAX_BATCH_TOKENS = 1024
"""Tokens of a batch with padding. CPU-s per 1,000 articles at 512, 1,024, 2,048, 4,096: 56, 55, 60, 67."""
QUERIES_KEPT = 256
"""One page asks for cases and for rules with the same text, facets and pages of results repeat it."""


@dataclass(frozen=True, slots=True)
class _Engine:
    """What is heavy to load."""

    tokenizer: Tokenizer
    session: Any


_abandoned: list[_Engine] = []
"""Engines of the parent in a forked child: destroying one would wait for threads that do not exist here."""


class OnnxE5Embedder:
    """An `Embedder` on a converted model folder; loads at the first text, once a process, for all threads.

    Texts of more than 510 tokens are cut into windows without overlap, their means weighted by tokens.

    Args:
        folder: a whole model folder.
        threads: 1 for a server, 2 only for a bulk job.
        max_batch_tokens: cap of a batch, padding included.
    """

    def __init__(
        self, folder: ModelFolder, *, threads: int = 1, max_batch_tokens: int = MAX_BATCH_TOKENS
    ) -> None:
        self._folder = folder
        self._threads = threads
        self._max_batch_tokens = max_batch_tokens
        self._lock = threading.Lock()
        self._engine: _Engine | None = None
        self._query_vector = lru_cache(maxsize=QUERIES_KEPT)(self._new_query_vector)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=_Forget(self))

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._folder.dim

    @property
    def identity(self) -> str:
        """Engine, model, recipe and format version."""
        return self._folder.identity

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a query; see `Embedder`. The last 256 queries are kept."""
        vector: Vectors = self._query_vector(checked_query(text, self._load().tokenizer.clean))
        return vector

    def embed_passages(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """Return the vectors of passages; see `Embedder`."""
        cleaned = checked_passages(texts, self._load().tokenizer.clean)
        return self._embedded([PASSAGE_PREFIX + text for text in cleaned], on_progress)

    def _new_query_vector(self, cleaned: str) -> Vectors:
        """Return one query's vector, read-only since the cache hands it out again."""
        vector: Vectors = self._embedded([QUERY_PREFIX + cleaned], None)[0]
        vector.flags.writeable = False
        return vector

    def _embedded(self, prefixed: Sequence[str], on_progress: Progress | None) -> Vectors:
        """Return vectors of texts that carry their prefix."""
        engine = self._load()
        parts = [cut(ids, self._folder.window) for ids in engine.tokenizer.encode(prefixed)]
        owners = np.repeat(np.arange(len(parts)), [len(windows) for windows in parts])
        windows = [[engine.tokenizer.bos, *window, engine.tokenizer.eos] for text in parts for window in text]
        lengths = [len(window) for window in windows]
        means = np.empty((len(windows), self.dim), np.float32)
        open_windows = np.bincount(owners, minlength=len(parts))
        for batch in batches(lengths, self._max_batch_tokens):
            means[batch] = self._run(engine, [windows[position] for position in batch])
            np.subtract.at(open_windows, owners[batch], 1)
            if on_progress is not None:
                on_progress(int((open_windows == 0).sum()), len(parts))
        return joined(means, owners, lengths, len(parts))

    def _run(self, engine: _Engine, batch: Sequence[Sequence[int]]) -> Vectors:
        """Return the mean over the tokens of each window of one batch, `(len(batch), dim)`."""
        ids = np.full((len(batch), max(map(len, batch))), engine.tokenizer.pad, np.int64)
        mask = np.zeros(ids.shape, np.int32)
        for row, window in enumerate(batch):
            ids[row, : len(window)] = window
            mask[row, : len(window)] = 1
        (means,) = engine.session.run([OUTPUT], dict(zip(INPUTS, (ids, mask), strict=True)))
        result: Vectors = means
        return result

    def _load(self) -> _Engine:
        """Return tokeniser and session, loading them once."""
        if self._engine is None:
            with self._lock:
                if self._engine is None:
                    path = self._folder.path
                    self._engine = _Engine(Tokenizer(path), open_session(path, self._threads))
        return self._engine

    def _forget(self) -> None:
        """Drop the session and lock that a forked child took over: its threads stayed in the parent."""
        if self._engine is not None:
            _abandoned.append(self._engine)
        self._engine = None
        self._lock = threading.Lock()


class _Forget:
    """Calls `_forget` in a forked child without keeping the embedder alive."""

    def __init__(self, embedder: OnnxE5Embedder) -> None:
        self._embedder = weakref.ref(embedder)

    def __call__(self) -> None:
        embedder = self._embedder()
        if embedder is not None:
            embedder._forget()
