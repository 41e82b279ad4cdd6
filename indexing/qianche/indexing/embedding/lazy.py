"""A model that is loaded once, at first need, by whoever may wait for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock

from qianche.corpus.errors import ModelMissing
from qianche.indexing.embedding.protocol import Embedder

log = logging.getLogger(__name__)


class LazyModel:
    """Loads an embedder once for all threads.

    Args:
        make: loads the embedder (and converts it the first time); raises `ModelMissing` where there is none.
        wait: whether `get` waits for it; a server answers without it until somebody calls `load`.
    """

    def __init__(self, make: Callable[[], Embedder], *, wait: bool) -> None:
        self._make = make
        self._wait = wait
        self._lock = Lock()
        self._embedder: Embedder | None = None
        self._error: ModelMissing | None = None

    @property
    def missing(self) -> bool:
        """Whether loading was tried and no model is on this machine."""
        return self._error is not None

    def get(self) -> Embedder | None:
        """Return the embedder, None where there is none, or where it is not loaded and `get` does not wait."""
        return self.load() if self._wait else self._embedder

    def load(self) -> Embedder | None:
        """Return the embedder, loading it now if nobody has; None where no model is on this machine."""
        with self._lock:
            if self._embedder is None and self._error is None:
                try:
                    self._embedder = self._make()
                except ModelMissing as error:
                    log.warning("%s", error.message)
                    self._error = error
        return self._embedder

    def required(self) -> Embedder:
        """Return the embedder; raises `ModelMissing` where no model is on this machine."""
        embedder = self.load()
        if embedder is None:
            assert self._error is not None
            raise self._error
        return embedder
