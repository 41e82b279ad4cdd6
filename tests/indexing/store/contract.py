"""The project's own store contract: an engine's test module inherits these classes and gives the fixtures.

`passages` is an empty collection `cases` with vectors of `DIM` numbers; what a knowledge base must do is in
`contract_records`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from haystack.dataclasses import Document
from haystack.document_stores.types import DuplicatePolicy
from haystack.errors import FilterError
from tests.indexing.store.material import (
    DIM,
    FILTERS,
    axis,
    bm25,
    dense,
    ids,
    lexical,
    passage,
    random_passages,
    search,
)  # fmt: skip

from qianche.corpus.errors import BadRequest
from qianche.indexing.documents import DENSE, LEXICAL, RECORD_ID
from qianche.indexing.store.filters import matches
from qianche.indexing.store.protocol import PassageStore, key_of


class PassageContract:
    """What search needs of one collection."""

    @pytest.fixture
    def passages(self) -> PassageStore:
        """An empty collection `cases`."""
        raise NotImplementedError

    def test_an_empty_collection_answers(self, passages: PassageStore) -> None:
        snapshot = passages.snapshot()
        assert snapshot.generation == 0
        assert snapshot.vector_coverage == 1.0
        assert snapshot.passage_count == 0
        assert snapshot.document_frequencies(["valve"]) == [0]
        assert len(search(snapshot, lexical("valve"))) == 0
        assert len(search(snapshot, dense(axis(0)))) == 0
        assert snapshot.fetch([1]) == []
        assert snapshot.facet_counts(np.array([1]), ["sector"]) == {"sector": {}}

    def test_hits_name_the_passage_and_its_record(self, passages: PassageStore) -> None:
        alone = Document(id="alone", content="valve valve")
        passages.write_documents([passage("c1#a"), alone])
        hits = search(passages.snapshot(), lexical("valve"))
        assert dict(zip(hits.keys.tolist(), hits.records.tolist(), strict=True)) == {
            key_of("c1#a"): key_of("c1"),
            key_of("alone"): key_of("alone"),
        }
        assert (hits.keys.dtype, hits.records.dtype, hits.scores.dtype) == (np.int64, np.int64, np.float32)

    def test_documents_are_fetched_in_the_order_asked_without_vectors(self, passages: PassageStore) -> None:
        first = passage("a#1", "valve", vector=axis(1), sector="工贸", note={"页": [1, 2]})
        second = passage("b#1", "pump", **{LEXICAL: "pump house", DENSE: ""})
        passages.write_documents([first, second])
        found = passages.snapshot().fetch([key_of("b#1"), 12345, key_of("a#1"), key_of("b#1")])
        assert [d.id for d in found] == ["b#1", "a#1", "b#1"]
        assert found[0] == second
        assert found[1].embedding is None
        assert found[1].meta == first.meta

    def test_the_lexical_score_is_bm25(self, passages: PassageStore) -> None:
        documents = random_passages(80, seed=1)
        passages.write_documents(documents)
        terms = [("valve", 1.0), ("gas", 0.5), ("gas", 0.25), ("crane", 2.0), ("absent", 1.0)]
        hits = search(passages.snapshot(), lexical(*terms))
        expected = bm25(documents, terms)
        assert set(ids(hits, documents)) == set(expected)
        got = dict(zip(ids(hits, documents), hits.scores.tolist(), strict=True))
        assert got == pytest.approx(expected, rel=1e-5)
        assert hits.scores.tolist() == sorted(hits.scores.tolist(), reverse=True)

    def test_the_lexical_leg_sees_the_lexical_text(self, passages: PassageStore) -> None:
        documents = [
            passage("a#1", "valve"),
            passage("b#1", "valve", **{LEXICAL: "pump"}),
            passage("c#1", "valve", **{LEXICAL: ""}),
            Document(id="d", content=None),
        ]
        passages.write_documents(documents)
        snapshot = passages.snapshot()
        assert ids(search(snapshot, lexical("valve")), documents) == ["a#1"]
        assert ids(search(snapshot, lexical("pump")), documents) == ["b#1"]
        assert snapshot.passage_count == 2
        assert snapshot.document_frequencies(["valve", "pump", "gas"]) == [1, 1, 0]

    def test_no_terms_or_terms_without_weight_find_nothing(self, passages: PassageStore) -> None:
        passages.write_documents([passage("a#1")])
        snapshot = passages.snapshot()
        assert len(search(snapshot, lexical())) == 0
        assert len(search(snapshot, lexical(("valve", 0.0)))) == 0

    def test_the_dense_score_is_the_cosine(self, passages: PassageStore) -> None:
        documents = random_passages(80, seed=2)
        passages.write_documents(documents)
        question = np.array([0.3, -0.2, 0.5, 0.1, 0.4, -0.6, 0.2, 0.1])
        question /= np.linalg.norm(question)
        expected = {}
        for document in documents:
            if document.embedding is not None:
                vector = np.array(document.embedding)
                expected[document.id] = float(vector @ question / np.linalg.norm(vector))
        hits = search(passages.snapshot(), dense(question))
        got = dict(zip(ids(hits, documents), hits.scores.tolist(), strict=True))
        assert got == pytest.approx(expected, abs=1e-6)
        assert ids(hits, documents) == sorted(expected, key=lambda i: -expected[i])

    @pytest.mark.parametrize("depth", [1, 5, 199, 200, 300])
    def test_equal_scores_come_by_ascending_key_at_every_depth(
        self, passages: PassageStore, depth: int
    ) -> None:
        twins = [passage(f"t{i}#1", "gas leak", vector=axis(2)) for i in range(200)]
        best = passage("best#1", "gas gas gas leak leak", vector=axis(3))
        passages.write_documents([*twins, best])
        snapshot = passages.snapshot()
        by_key = sorted(key_of(d.id) for d in twins)
        near = [0.0, 0.0, 0.6, 0.8, 0.0, 0.0, 0.0, 0.0]
        for leg in (lexical("gas", "leak"), dense(near)):
            hits = search(snapshot, leg, depth)
            assert hits.keys.tolist() == [key_of("best#1"), *by_key][:depth]
            some = search(snapshot, leg, depth, {"field": "id", "operator": "!=", "value": "best#1"})
            assert some.keys.tolist() == by_key[:depth]

    @pytest.mark.parametrize("filters", FILTERS, ids=str)
    def test_filters_restrict_after_scoring_and_exactly(
        self, passages: PassageStore, filters: dict[str, Any]
    ) -> None:
        documents = random_passages(150, seed=3)
        passages.write_documents(documents)
        snapshot = passages.snapshot()
        passing = {key_of(d.id) for d in documents if matches(filters, d)}
        for leg in (lexical("valve", "gas", "coal"), dense(axis(0))):
            everything = search(snapshot, leg)
            wanted = [k for k in everything.keys.tolist() if k in passing]
            scores = dict(zip(everything.keys.tolist(), everything.scores.tolist(), strict=True))
            for depth in (7, 1000):
                hits = search(snapshot, leg, depth, filters)
                assert hits.keys.tolist() == wanted[:depth]
                assert hits.scores.tolist() == pytest.approx([scores[k] for k in wanted[:depth]], rel=1e-6)

    def test_both_legs_come_in_one_round_in_the_order_asked(self, passages: PassageStore) -> None:
        documents = [passage("a#1", "gas", vector=axis(0)), passage("b#1", "dust", vector=axis(1))]
        passages.write_documents(documents)
        legs = [dense(axis(1)), lexical("gas"), dense(axis(0))]
        found = passages.snapshot().retrieve(legs, filters=None, depth=1)
        assert [ids(hits, documents) for hits in found] == [["b#1"], ["a#1"], ["a#1"]]

    def test_facets_count_records_and_each_value_of_a_list(self, passages: PassageStore) -> None:
        passages.write_documents(
            [
                passage("a#1", sector="煤矿", equipment=["储罐", "泵"], year=2020),
                passage("a#2", sector="煤矿", equipment=["储罐", "储罐"], year=2020),
                passage("b#1", sector="煤矿", equipment=[], year=2021),
                passage("c#1", sector="工贸", equipment=["泵"]),
                passage("d#1", sector="消防", equipment=["泵"], year=2020),
            ]
        )
        records = np.array([key_of(r) for r in ("a", "b", "c", "unknown")], dtype=np.int64)
        counts = passages.snapshot().facet_counts(records, ["sector", "equipment", "year", "province"])
        assert counts == {
            "sector": {"煤矿": 2, "工贸": 1},
            "equipment": {"泵": 2, "储罐": 1},
            "year": {"2020": 1, "2021": 1},
            "province": {},
        }
        assert list(counts["sector"]) == ["煤矿", "工贸"]

    def test_a_facet_that_is_not_declared_is_refused(self, passages: PassageStore) -> None:
        with pytest.raises(BadRequest, match="sector"):
            passages.snapshot().facet_counts(np.array([1]), ["colour"])

    def test_every_acknowledged_write_is_seen_and_raises_the_generation(self, passages: PassageStore) -> None:
        documents = [passage("a#1", "gas", vector=axis(0), sector="煤矿"), passage("b#1", "gas")]
        passages.write_documents(documents)
        first = passages.snapshot()
        assert passages.snapshot().generation == first.generation
        changed = passage("a#1", "dust", sector="工贸")
        passages.write_documents([changed], DuplicatePolicy.OVERWRITE)
        second = passages.snapshot()
        assert second.generation > first.generation
        assert ids(search(second, lexical("gas")), documents) == ["b#1"]
        assert ids(search(second, lexical("dust")), documents) == ["a#1"]
        assert len(search(second, dense(axis(0)))) == 0
        assert second.fetch([key_of("a#1")]) == [changed]
        assert second.facet_counts(np.array([key_of("a")]), ["sector"]) == {"sector": {"工贸": 1}}
        passages.delete_documents(["a#1"])
        third = passages.snapshot()
        assert third.generation > second.generation
        assert len(search(third, lexical("dust"))) == 0
        assert third.passage_count == 1

    def test_an_older_view_stays_as_it_was(self, passages: PassageStore) -> None:
        before = passage("a#1", "gas", vector=axis(0), sector="煤矿")
        passages.write_documents([before])
        old = passages.snapshot()
        passages.write_documents([passage("a#1", "dust")], DuplicatePolicy.OVERWRITE)
        assert len(search(passages.snapshot(), lexical("gas"))) == 0
        assert search(old, lexical("gas")).keys.tolist() == [key_of("a#1")]
        assert search(old, dense(axis(0))).keys.tolist() == [key_of("a#1")]
        assert old.fetch([key_of("a#1")])[0].content == "gas"
        assert old.facet_counts(np.array([key_of("a")]), ["sector"]) == {"sector": {"煤矿": 1}}

    @pytest.mark.parametrize(
        "vector",
        [[1.0] * (DIM + 1), [float("nan")] * DIM, [float("inf"), *[0.0] * (DIM - 1)], [0.0] * DIM],
        ids=["another size", "nan", "infinite", "zero"],
    )
    def test_a_vector_that_has_no_cosine_is_refused_and_nothing_written(
        self, passages: PassageStore, vector: list[float]
    ) -> None:
        with pytest.raises(BadRequest):
            passages.write_documents([passage("good#1"), passage("bad#1", vector=vector)])
        assert passages.count_documents() == 0
        with pytest.raises(BadRequest):
            search(passages.snapshot(), dense(vector))

    @pytest.mark.parametrize(
        "meta",
        [
            {"sector": 3}, {"sector": ["煤矿"]}, {"equipment": "储罐"}, {"equipment": [1]}, {"deaths": "3"},
            {"deaths": True}, {"occurred_on": "昨天"}, {LEXICAL: 3}, {RECORD_ID: 3}, {"note": {1, 2}},
            {"note": float("nan")}, {"note": "\ud800"},
        ],
        ids=str,
    )  # fmt: skip
    def test_meta_that_cannot_be_kept_is_refused_and_nothing_written(
        self, passages: PassageStore, meta: dict[str, Any]
    ) -> None:
        with pytest.raises(BadRequest):
            passages.write_documents([passage("good#1"), passage("bad#1", **meta)])
        assert passages.count_documents() == 0

    def test_questions_that_cannot_be_asked_are_refused(self, passages: PassageStore) -> None:
        passages.write_documents([passage("a#1")])
        snapshot = passages.snapshot()
        with pytest.raises(BadRequest, match="深度"):
            search(snapshot, lexical("valve"), depth=0)
        with pytest.raises(BadRequest, match="权重"):
            search(snapshot, lexical(("valve", -1.0)))
        with pytest.raises(BadRequest, match="权重"):
            search(snapshot, lexical(("valve", float("nan"))))
        with pytest.raises(FilterError):
            search(
                snapshot, lexical("valve"), filters={"field": "meta.deaths", "operator": ">", "value": "x"}
            )

    def test_a_store_opens_again_from_its_description(self, passages: PassageStore) -> None:
        passages.write_documents([passage("a#1", "gas")])
        again = type(passages).from_dict(passages.to_dict())
        assert again.to_dict() == passages.to_dict()
        assert [d.id for d in again.filter_documents()] == ["a#1"]
