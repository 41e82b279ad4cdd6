"""The store contract of a knowledge base: `knowledge` is an empty one with vectors of `DIM` numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.indexing.store.material import DIM, axis, dense, entry, lexical, passage, search

from qianche.corpus.errors import BadRequest
from qianche.indexing.documents import DENSE, REGISTER
from qianche.indexing.store.protocol import KnowledgeStore, RecordEntry, key_of


class KnowledgeContract:
    """What the knowledge base needs of a store: records and their passages, all or nothing."""

    @pytest.fixture
    def knowledge(self) -> KnowledgeStore:
        """An empty knowledge base."""
        raise NotImplementedError

    def test_records_come_back_in_the_order_asked(self, knowledge: KnowledgeStore) -> None:
        assert knowledge.write_records([entry("b", name="乙"), entry("a", name="甲", n=[1, None])]) == 2
        assert knowledge.get_record("cases", "a") == {"name": "甲", "n": [1, None]}
        assert knowledge.get_record("rules", "a") is None
        assert knowledge.get_records("cases", ["b", "no", "a", "b"]) == [
            {"name": "乙"}, None, {"name": "甲", "n": [1, None]}, {"name": "乙"},
        ]  # fmt: skip
        assert list(knowledge.iter_records("cases")) == [
            ("a", {"name": "甲", "n": [1, None]}),
            ("b", {"name": "乙"}),
        ]

    def test_many_records_are_walked_by_ascending_id(self, knowledge: KnowledgeStore) -> None:
        names = [f"r{i:04d}" for i in range(1203)]
        knowledge.write_records(entry(n, n=n) for n in reversed(names))
        assert [i for i, _ in knowledge.iter_records("cases")] == names

    def test_a_record_without_passages_may_stand_alone(self, knowledge: KnowledgeStore) -> None:
        knowledge.write_records([entry("law", collection=REGISTER, title="某法")])
        assert knowledge.get_record(REGISTER, "law") == {"title": "某法"}
        assert knowledge.delete_records(REGISTER, ["law"]) == 1
        with pytest.raises(BadRequest):
            knowledge.write_records([entry("x", passage("x#1"), collection="persons")])

    def test_the_same_id_may_stand_in_two_collections(self, knowledge: KnowledgeStore) -> None:
        knowledge.write_records([entry("x", passage("x", "gas"), a=1)])
        knowledge.write_records([entry("x", passage("x", "dust"), collection="rules", b=1)])
        assert knowledge.get_record("cases", "x") == {"a": 1}
        assert knowledge.collection("cases").filter_documents()[0].content == "gas"
        assert knowledge.collection("rules").filter_documents()[0].content == "dust"
        assert len(search(knowledge.collection("cases").snapshot(), lexical("dust"))) == 0

    def test_replacing_a_record_replaces_its_passages(self, knowledge: KnowledgeStore) -> None:
        knowledge.write_records(
            [entry("a", passage("a#1", "gas"), passage("a#2", "dust")), entry("b", passage("b#1"))]
        )
        knowledge.write_records([entry("a", passage("a#1", "steam"))])
        cases = knowledge.collection("cases")
        assert sorted((d.id, d.content) for d in cases.filter_documents()) == [
            ("a#1", "steam"),
            ("b#1", "valve"),
        ]
        snapshot = cases.snapshot()
        assert len(search(snapshot, lexical("gas", "dust"))) == 0
        assert len(search(snapshot, lexical("steam"))) == 1

    def test_deleting_records_deletes_their_passages(self, knowledge: KnowledgeStore) -> None:
        knowledge.write_records([entry("a", passage("a#1", vector=axis(0))), entry("b", passage("b#1"))])
        assert knowledge.delete_records("cases", ["a", "no", "a"]) == 1
        assert knowledge.get_record("cases", "a") is None
        assert [d.id for d in knowledge.collection("cases").filter_documents()] == ["b#1"]
        assert len(search(knowledge.collection("cases").snapshot(), dense(axis(0)))) == 0

    @pytest.mark.parametrize(
        "bad",
        [
            entry("bad", passage("other#1")),
            entry("bad", passage("bad#1", vector=[1.0])),
            entry("bad", passage("bad#1"), passage("bad#1")),
            entry("bad", when=object()),
            entry("bad", number=float("inf")),
        ],
        ids=["a passage of another record", "a short vector", "an id twice", "no JSON", "an infinite number"],
    )
    def test_one_bad_record_keeps_the_whole_batch_out(
        self, knowledge: KnowledgeStore, bad: RecordEntry
    ) -> None:
        knowledge.write_records([entry("old", passage("old#1"), v=1)])
        with pytest.raises(BadRequest):
            knowledge.write_records([entry("old", v=2), entry("new", passage("new#1")), bad])
        assert list(knowledge.iter_records("cases")) == [("old", {"v": 1})]
        assert [d.id for d in knowledge.collection("cases").filter_documents()] == ["old#1"]

    def test_passages_wait_for_vectors_and_take_them(self, knowledge: KnowledgeStore) -> None:
        knowledge.write_records(
            [
                entry("a", passage("a#1"), passage("a#2"), passage("a#3", **{DENSE: ""})),
                entry("b", passage("b#1", vector=axis(5)), passage("b#2", "")),
            ]
        )
        cases = knowledge.collection("cases")
        assert [d.id for d in knowledge.passages_without_vector("cases", 10)] == ["a#1", "a#2"]
        assert [d.id for d in knowledge.passages_without_vector("cases", 1)] == ["a#1"]
        assert cases.snapshot().vector_coverage == pytest.approx(1 / 3)
        taken = knowledge.add_vectors(
            "cases", ["a#2", "gone"], np.array([axis(1), axis(2)], dtype=np.float32)
        )
        assert taken == 1
        assert [d.id for d in knowledge.passages_without_vector("cases", 10)] == ["a#1"]
        snapshot = cases.snapshot()
        assert snapshot.vector_coverage == pytest.approx(2 / 3)
        hits = search(snapshot, dense(axis(1)))
        assert hits.keys[0] == key_of("a#2")
        assert len(hits) == 2

    def test_a_vector_of_a_text_that_changed_meanwhile_is_passed_over(
        self, knowledge: KnowledgeStore
    ) -> None:
        knowledge.write_records([entry("a", passage("a#1", "new"), passage("a#2", "same"))])
        vectors = np.array([axis(0), axis(1)], dtype=np.float32)
        assert knowledge.add_vectors("cases", ["a#1", "a#2"], vectors, texts=["old", "same"]) == 1
        assert [d.id for d in knowledge.passages_without_vector("cases", 10)] == ["a#1"]

    @pytest.mark.parametrize(
        "vectors",
        [
            np.ones((1, DIM), dtype=np.float32),
            np.ones((2, DIM + 1), dtype=np.float32),
            np.ones(DIM, dtype=np.float32),
            np.array([[1.0] * DIM, [np.nan] * DIM], dtype=np.float32),
            np.array([[1.0] * DIM, [0.0] * DIM], dtype=np.float32),
        ],
        ids=["too few", "too long", "no rows", "nan", "zero"],
    )
    def test_vectors_of_another_shape_are_refused_whole(
        self, knowledge: KnowledgeStore, vectors: Any
    ) -> None:
        knowledge.write_records([entry("a", passage("a#1"), passage("a#2"))])
        with pytest.raises(BadRequest):
            knowledge.add_vectors("cases", ["a#1", "a#2"], vectors)
        assert len(knowledge.passages_without_vector("cases", 10)) == 2

    def test_writing_the_same_text_again_keeps_its_vector(self, knowledge: KnowledgeStore) -> None:
        knowledge.write_records([entry("a", passage("a#1", "gas"), passage("a#2", "dust"))])
        knowledge.add_vectors("cases", ["a#1", "a#2"], np.array([axis(0), axis(1)], dtype=np.float32))
        knowledge.write_records(
            [entry("a", passage("a#1", "gas", sector="工贸"), passage("a#2", "coal dust"))]
        )
        assert [d.id for d in knowledge.passages_without_vector("cases", 10)] == ["a#2"]
        hits = search(knowledge.collection("cases").snapshot(), dense(axis(0)))
        assert hits.keys.tolist() == [key_of("a#1")]

    def test_all_vectors_can_be_dropped_for_another_model(self, knowledge: KnowledgeStore) -> None:
        knowledge.write_records([entry("a", passage("a#1"), passage("a#2", **{DENSE: ""}))])
        knowledge.add_vectors("cases", ["a#1"], np.array([axis(0)], dtype=np.float32))
        assert knowledge.drop_vectors("cases") == 1
        assert [d.id for d in knowledge.passages_without_vector("cases", 10)] == ["a#1"]
        snapshot = knowledge.collection("cases").snapshot()
        assert snapshot.vector_coverage == 0.0
        assert len(search(snapshot, dense(axis(0)))) == 0

    def test_half_a_surrogate_pair_is_refused_or_not_there(self, knowledge: KnowledgeStore) -> None:
        with pytest.raises(BadRequest):
            knowledge.write_records([entry("\ud800")])
        with pytest.raises(BadRequest):
            knowledge.write_records([entry("a", passage("a#1", "\ud800"))])
        cases = knowledge.collection("cases")
        cases.delete_documents(["\ud800"])
        assert knowledge.get_record("cases", "\ud800") is None
        assert len(search(cases.snapshot(), lexical("\ud800"))) == 0

    def test_facts_of_the_build_are_kept(self, knowledge: KnowledgeStore) -> None:
        assert knowledge.get_state("model") is None
        knowledge.set_state({"model": "e5", "data": "1"})
        knowledge.set_state({"data": "2"})
        assert (knowledge.get_state("model"), knowledge.get_state("data")) == ("e5", "2")

    def test_only_collections_that_exist_are_searched(self, knowledge: KnowledgeStore) -> None:
        with pytest.raises(BadRequest, match="cases"):
            knowledge.collection("persons")
