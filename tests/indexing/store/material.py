"""Passages, questions and filters for the store tests, and BM25 straight from its formula.

Texts are short words between spaces, which every analyzer cuts the same way; passages have fewer than 40
terms, because beyond that engines round a document's length.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from haystack.dataclasses import Document

from qianche.indexing.documents import LEXICAL, PART, RECORD_ID
from qianche.indexing.store.protocol import (
    Hits,
    LexicalLeg,
    PassageStore,
    RecordEntry,
    Snapshot,
    VectorLeg,
    key_of,
)

DIM = 8
WORDS = [
    "valve",
    "pump",
    "tank",
    "weld",
    "fire",
    "gas",
    "leak",
    "dust",
    "crane",
    "rope",
    "hoist",
    "shaft",
    "roof",
    "water",
    "steam",
    "coal",
]


def passage(
    identifier: str, text: str = "valve", *, vector: Sequence[float] | None = None, **meta: Any
) -> Document:
    """A passage of the record before the `#` of its id."""
    embedding = None if vector is None else [float(x) for x in vector]
    return Document(
        id=identifier,
        content=text,
        meta={RECORD_ID: identifier.split("#")[0], PART: "whole", **meta},
        embedding=embedding,
    )


def axis(number: int) -> list[float]:
    """The unit vector along one axis."""
    return [1.0 if i == number else 0.0 for i in range(DIM)]


def lexical(*terms: str | tuple[str, float]) -> LexicalLeg:
    """A leg of terms, of weight 1 where none is given."""
    return LexicalLeg(tuple(t if isinstance(t, tuple) else (t, 1.0) for t in terms))


def dense(vector: Sequence[float]) -> VectorLeg:
    """A leg for a vector."""
    return VectorLeg(np.array(vector, dtype=np.float32))


def ids(hits: Hits, documents: Sequence[Document]) -> list[str]:
    """The ids behind the hits' keys."""
    names = {key_of(d.id): d.id for d in documents}
    return [names[int(k)] for k in hits.keys]


def search(snapshot: Snapshot, leg: LexicalLeg | VectorLeg, depth: int = 1000, filters: Any = None) -> Hits:
    """One leg's hits."""
    (hits,) = snapshot.retrieve([leg], filters=filters, depth=depth)
    return hits


def bm25(documents: Sequence[Document], terms: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Scores by the formula (k1 1.2, b .75, idf ln(1 + (N - n + .5) / (n + .5))), straight from the texts."""
    texts = {d.id: d.meta.get(LEXICAL, d.content).split() for d in documents}
    texts = {i: words for i, words in texts.items() if words}
    average = sum(map(len, texts.values())) / len(texts)
    scores: dict[str, float] = {}
    for term, weight in terms:
        having = [i for i, words in texts.items() if term in words]
        idf = math.log(1 + (len(texts) - len(having) + 0.5) / (len(having) + 0.5))
        for i in having:
            count = Counter(texts[i])[term]
            part = count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(texts[i]) / average))
            scores[i] = scores.get(i, 0.0) + weight * idf * part
    return scores


def random_passages(count: int, seed: int) -> list[Document]:
    """Passages of random words, vectors and fields."""
    chance = random.Random(seed)
    found = []
    for i in range(count):
        text = " ".join(chance.choices(WORDS, k=chance.randint(1, 30)))
        meta: dict[str, Any] = {
            "sector": chance.choice(["煤矿", "工贸", "消防"]),
            "equipment": chance.sample(["储罐", "反应釜", "起重机"], chance.randint(0, 2)),
            "occurred_on": f"20{chance.randint(10, 20)}-0{chance.randint(1, 9)}-15",
            "deaths": chance.randint(0, 9),
            "colour": chance.choice(["红", "黄"]),
        }
        for name in chance.sample(sorted(meta), 1):
            del meta[name]
        vector = [chance.uniform(-1, 1) for _ in range(DIM)] if chance.random() < 0.8 else None
        found.append(passage(f"c{i // 3}#{i}", text, vector=vector, **meta))
    return found


FILTERS: list[dict[str, Any]] = [
    {"field": "meta.sector", "operator": "==", "value": "煤矿"},
    {"field": "meta.sector", "operator": "!=", "value": "煤矿"},
    {"field": "meta.sector", "operator": "==", "value": None},
    {"field": "meta.sector", "operator": "in", "value": ["工贸", "消防"]},
    {"field": "meta.sector", "operator": "not in", "value": ["工贸", None]},
    {"field": "meta.sector", "operator": "==", "value": "没有的行业"},
    {"field": "meta.equipment", "operator": "==", "value": "储罐"},
    {"field": "meta.equipment", "operator": "!=", "value": "储罐"},
    {"field": "meta.equipment", "operator": "==", "value": None},
    {"field": "meta.equipment", "operator": "not in", "value": ["储罐", "反应釜"]},
    {"field": "meta.occurred_on", "operator": ">=", "value": "2015-03-15"},
    {"field": "meta.occurred_on", "operator": "==", "value": "2012-05-15"},
    {"field": "meta.deaths", "operator": ">", "value": 6},
    {"field": "meta.deaths", "operator": "<=", "value": None},
    {"operator": "NOT", "conditions": [{"field": "meta.deaths", "operator": ">", "value": 6}]},
    {
        "operator": "AND",
        "conditions": [
            {"field": "meta.sector", "operator": "==", "value": "煤矿"},
            {"field": "meta.deaths", "operator": "<", "value": 5},
            {
                "operator": "OR",
                "conditions": [
                    {"field": "meta.equipment", "operator": "in", "value": ["起重机"]},
                    {"field": "meta.occurred_on", "operator": "<", "value": "2014-01-01"},
                ],
            },
        ],
    },
    {"operator": "OR", "conditions": []},
    {"operator": "AND", "conditions": []},
]


def entry(record_id: str, *passages: Document, collection: str = "cases", **payload: Any) -> RecordEntry:
    """A record with its passages."""
    return RecordEntry(collection, record_id, payload, passages)


def answers(store: PassageStore, documents: list[Document]) -> list[Any]:
    """What a store says to some questions, in a form that can be compared."""
    snapshot = store.snapshot()
    legs = [lexical("valve", "gas", ("crane", 0.5)), dense(axis(1))]
    found: list[Any] = [snapshot.vector_coverage, snapshot.passage_count]
    for filters in (None, {"field": "meta.sector", "operator": "==", "value": "煤矿"}):
        for hits in snapshot.retrieve(legs, filters=filters, depth=40):
            found.append((hits.keys.tolist(), hits.records.tolist(), hits.scores.round(5).tolist()))
    records = np.array([key_of(f"c{i}") for i in range(30)])
    found.append(snapshot.facet_counts(records, ["sector", "equipment"]))
    found.append([d.to_dict() for d in snapshot.fetch([key_of(d.id) for d in documents])])
    return found
