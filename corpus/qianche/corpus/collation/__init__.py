"""Two versions of a rule against each other (新旧条文对照): which article became which, and what changed in it."""

from __future__ import annotations

from qianche.corpus.collation.collate import collate
from qianche.corpus.collation.labels import KIND_LABELS, UNIT_LABELS, place_label
from qianche.corpus.collation.records import (
    ArticlePair,
    Collation,
    PairKind,
    Piece,
    Place,
    Unit,
    UnitKind,
    UnitPair,
)

__all__ = [
    "KIND_LABELS",
    "UNIT_LABELS",
    "ArticlePair",
    "Collation",
    "PairKind",
    "Piece",
    "Place",
    "Unit",
    "UnitKind",
    "UnitPair",
    "collate",
    "place_label",
]
