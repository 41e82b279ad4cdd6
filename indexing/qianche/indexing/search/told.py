"""What imported texts say of a record: their passages that hit are quoted from the source, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from qianche.indexing.documents import PAGE, PART, SOURCE, SPAN
from qianche.indexing.passages import Part
from qianche.indexing.search.evidence import ReadablePart, readable
from qianche.indexing.search.run import Run
from qianche.indexing.store.protocol import key_of

OWN_PARTS = ("cause", "response")
"""Parts of a record that are passages of its own fields; any other passage is of an imported text."""
SHORTEST = 8
"""Characters of a sentence that can stand as evidence."""


def told_parts(run: Run, hits: Iterable[tuple[int, str]]) -> Mapping[int, tuple[ReadablePart, ...]]:
    """Return the sentences of imported passages that scored best in some leg, by position in the run.

    Args:
        hits: position and record id of each record that is shown.
    """
    wanted: dict[int, int] = {}
    for position, record_id in hits:
        for key in _best_passages(run, position):
            if key not in (key_of(f"{record_id}#{part}") for part in OWN_PARTS):
                wanted[key] = position
    if not wanted:
        return {}
    # Imported here: a base without imports is spared the tables of the report readers at each start.
    from qianche.corpus.reading.document import Span
    from qianche.corpus.reports.content.sentences import sentences

    found: dict[int, tuple[ReadablePart, ...]] = {}
    for document in run.search.snapshot.fetch(list(wanted)):
        if SOURCE not in document.meta:
            continue  # of the record's own text
        text, (start, _) = document.content or "", document.meta[SPAN]
        parts = tuple(
            readable(
                Part(
                    document.meta[PART], number, text[span.start : span.end], start + span.start,
                    start + span.end, source=document.meta[SOURCE], page=document.meta[PAGE],
                )
            )
            for number, span in enumerate(sentences(text, Span(0, len(text))), start=1)
            if span.end - span.start >= SHORTEST
        )  # fmt: skip
        position = wanted[key_of(document.id)]
        found[position] = (*found.get(position, ()), *parts)
    return found


def _best_passages(run: Run, position: int) -> set[int]:
    """Keys of the passages by which each leg scored a record, its whole passage left out."""
    record = run.records[position]
    keys = set()
    for leg in run.legs:
        place = np.flatnonzero(leg.records == record)
        if len(place):
            keys.add(int(leg.best[place[0]]))
    return keys - {int(record)}
