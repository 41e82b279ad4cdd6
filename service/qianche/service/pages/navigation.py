"""What the head of every page leads to beside the search: importing, and how much waits for a person."""

from __future__ import annotations

import time
from collections.abc import Callable

from qianche.indexing.importing import Importer

FRESH_SECONDS = 5.0
"""How old the count may be: it stands on every page, a search must not wait for it each time."""


class Navigation:
    """Counts the open questions, at most once in `FRESH_SECONDS`.

    Args:
        importer: None for a service that only answers; the head then has no such links.
        clock: seconds that only go forward.
    """

    def __init__(self, importer: Importer | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._importer = importer
        self._clock = clock
        self._counted: tuple[float, int] | None = None

    @property
    def importing(self) -> bool:
        """Whether files can be imported here."""
        return self._importer is not None

    @property
    def open_reviews(self) -> int:
        """Questions that wait for a person."""
        if self._importer is None:
            return 0
        now = self._clock()
        if self._counted is None or now - self._counted[0] > FRESH_SECONDS:
            self._counted = (now, len(self._importer.reviews()))
        return self._counted[1]

    def forget(self) -> None:
        """Count anew for the next page: something was just decided."""
        self._counted = None
