"""What turns text into vectors, as the rest of the product sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with (done, total); the unit is said where it is taken."""


class Embedder(Protocol):
    """One model. Prefixes are its business, so there is no neutral `encode` that could be called wrongly.

    Threads may share an embedder. The same text gives the same vector whatever it is embedded with
    (tolerance 1e-5).
    """

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    @property
    def identity(self) -> str:
        """Engine, model and format version; recorded with an index, which is made anew if it changes."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of what a user asked, `(dim,)` float32 of length 1, read-only.

        Raises:
            BadRequest: the text is blank.
        """
        ...

    def embed_passages(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """Return one vector a passage in the order given, `(len(texts), dim)` float32 of length 1.

        Args:
            on_progress: called with (passages done, passages in total) after each batch.

        Raises:
            BadRequest: a text is blank; nothing has been embedded then. A blank text has cosine .83 to
                anything, so it must not get a vector.
        """
        ...
