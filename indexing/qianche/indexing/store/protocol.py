"""The seam to the engines: Haystack's `DocumentStore` plus the few things search needs and it lacks.

Plain types cross it, no engine's JSON. A filter means one thing everywhere: the grammar is Haystack's
(comparison: `field`, `operator`, `value`; logic: `operator`, `conditions`), its meaning is
`filters.matches`, and every engine is tested against that function. Filters restrict after scoring:
IDF always comes from the whole collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from haystack.dataclasses import Document
from haystack.document_stores.types import DuplicatePolicy

Keys = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Filters = Mapping[str, Any]
Facets = dict[str, dict[str, int]]


def key_of(identifier: str) -> int:
    """Return the stable 63-bit key of a document or record id, the same in every engine and process.

    A store refuses two ids with one key (probability about 1e-7 at a million documents).
    """
    return int.from_bytes(blake2b(identifier.encode(), digest_size=8).digest(), "big") >> 1


class Frozen:
    """Haystack deep-copies what passes between components; what is immutable may be passed as it is."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Frozen:
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Hits(Frozen):
    """Ranked passages of one leg, shape `(n,)` each: best first, ties by ascending key."""

    keys: Keys
    """`key_of(document.id)`."""
    records: Keys
    """`key_of(meta["record_id"])`, the document's own key where it belongs to no record."""
    scores: Scores

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class LexicalLeg(Frozen):
    """BM25 (k1 1.2, b .75) over index terms: (term, weight) pairs, repeats allowed; weight multiplies the score."""

    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class VectorLeg(Frozen):
    """Cosine against passage vectors; `vector` has shape `(dim,)`, float32, length 1."""

    vector: Scores
    depth: int | None = None
    """How many passages this leg gives, where it is another number than for the rest."""


Leg = LexicalLeg | VectorLeg


class Snapshot(Protocol):
    """A consistent view of one collection: every leg, facet and fetch sees the same generation."""

    @property
    def generation(self) -> int:
        """Number of the last acknowledged write that this view contains."""
        ...

    @property
    def vector_coverage(self) -> float:
        """Share of passages meant for the dense leg that have a vector, 0 to 1; 1 for an empty collection."""
        ...

    def retrieve(self, legs: Sequence[Leg], *, filters: Filters | None, depth: int) -> list[Hits]:
        """Return the best `depth` passages of each leg that pass the filter, in one round trip.

        A lexical leg returns only passages that hold at least one of its terms; a vector leg only passages
        that have a vector. Raises `BadRequest` for a vector of another dimension or with NaN.
        """
        ...

    @property
    def passage_count(self) -> int:
        """Number of passages in the lexical leg."""
        ...

    def document_frequencies(self, terms: Sequence[str]) -> list[int]:
        """Return in how many passages of the lexical leg each term occurs, over the whole collection."""
        ...

    def facet_counts(self, records: Keys, fields: Sequence[str]) -> Facets:
        """Return, for each declared field, how many of these records carry each value (a list counts each)."""
        ...

    def fetch(self, keys: Sequence[int]) -> list[Document]:
        """Return the documents with these keys in that order, without vectors; unknown keys are left out."""
        ...


class PassageStore(Protocol):
    """One collection of passages (`cases` or `rules`): Haystack's `DocumentStore` and a snapshot for search.

    Reserved `meta` keys are constants in `indexing.documents`. What the lexical leg sees of a document is
    `meta["lexical"]` where present (an empty string keeps it out of that leg), else its content.
    """

    def to_dict(self) -> dict[str, Any]: ...

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> PassageStore: ...

    def count_documents(self) -> int: ...

    def filter_documents(self, filters: dict[str, Any] | None = None) -> list[Document]: ...

    def write_documents(
        self, documents: list[Document], policy: DuplicatePolicy = DuplicatePolicy.NONE
    ) -> int: ...

    def delete_documents(self, document_ids: list[str]) -> None: ...

    def snapshot(self) -> Snapshot:
        """Return a view of the newest acknowledged generation, bringing what is derived up to date first."""
        ...


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """A record as the store keeps it: its payload is JSON-ready, its passages are written with it or not at all."""

    collection: str
    record_id: str
    payload: Mapping[str, Any]
    passages: tuple[Document, ...]


class KnowledgeStore(Protocol):
    """All of a knowledge base in one engine: records, their passages by collection, and the facts of a build."""

    def collection(self, name: str) -> PassageStore:
        """Return the passages of `cases` or `rules`."""
        ...

    def write_records(self, entries: Iterable[RecordEntry], *, remove: Iterable[tuple[str, str]] = ()) -> int:
        """Write records with their passages, replacing those with the same id; all or nothing. Returns how many.

        A passage whose embedded text stays as it was keeps its vector. Records to `remove` (collection, id) go
        in the same write, before any is written: a change of several collections is whole or not there.
        """
        ...

    def delete_records(self, collection: str, record_ids: Sequence[str]) -> int:
        """Remove records and their passages, all or nothing; returns how many there were."""
        ...

    def get_record(self, collection: str, record_id: str) -> dict[str, Any] | None:
        """Return one record's payload."""
        ...

    def get_records(self, collection: str, record_ids: Sequence[str]) -> list[dict[str, Any] | None]:
        """Return payloads in the order asked, None for each that is not there, in one round trip."""
        ...

    def iter_records(self, collection: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (record_id, payload) by ascending id."""
        ...

    def passages_without_vector(self, collection: str, limit: int) -> list[Document]:
        """Return up to `limit` passages that are meant for the dense leg and have no vector yet."""
        ...

    def add_vectors(
        self, collection: str, ids: Sequence[str], vectors: Scores, *, texts: Sequence[str] | None = None
    ) -> int:
        """Give passages their vectors, shape `(len(ids), dim)`; all or nothing. Returns how many took one.

        Passages that are gone meanwhile are passed over; with `texts` (what was embedded), so are those whose
        text has changed meanwhile.
        """
        ...

    def drop_vectors(self, collection: str) -> int:
        """Remove all vectors of a collection, as before another model; returns how many there were."""
        ...

    def get_state(self, name: str) -> str | None:
        """Return a fact of the build (format, model, dictionary, data), None if never set."""
        ...

    def set_state(self, facts: Mapping[str, str]) -> None:
        """Set facts of the build, all or nothing."""
        ...

    def close(self) -> None: ...
