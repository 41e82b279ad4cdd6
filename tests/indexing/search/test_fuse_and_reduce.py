"""Reduction and fusion against values worked out by hand."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.indexing.search.fuse import fuse, zscores
from qianche.indexing.search.reduce import best_passage, whole_and_best_part
from qianche.indexing.search.run import RecordScores
from qianche.indexing.store.protocol import Hits


def hits(*rows: tuple[int, int, float]) -> Hits:
    """Hits from (passage key, record key, score), best first; a key equal to its record's is the whole passage."""
    keys, records, scores = zip(*rows, strict=True) if rows else ((), (), ())
    return Hits(np.array(keys, np.int64), np.array(records, np.int64), np.array(scores, np.float32))


def leg(name: str, **scores: float) -> RecordScores:
    """A leg reduced to records r1, r2 …, best first."""
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    keys = np.array([int(record[1:]) for record, _ in ordered], np.int64)
    return RecordScores(name, keys, np.array([score for _, score in ordered], np.float32), keys)


def test_lexical_reduction_keeps_the_best_passage_of_each_record() -> None:
    reduced = best_passage("lexical", hits((11, 1, 9.0), (2, 2, 7.0), (1, 1, 5.0), (21, 2, 1.0)))
    assert reduced.records.tolist() == [1, 2]
    assert reduced.scores.tolist() == [9.0, 7.0]
    assert reduced.best.tolist() == [11, 2]


def test_dense_reduction_is_the_mean_of_whole_and_best_part() -> None:
    reduced = whole_and_best_part(
        "dense", hits((11, 1, 0.9), (2, 2, 0.85), (12, 1, 0.84), (1, 1, 0.8), (21, 2, 0.79))
    )
    # record 1: (0.8 + 0.9) / 2 = 0.85; record 2: (0.85 + 0.79) / 2 = 0.82
    assert reduced.records.tolist() == [1, 2]
    assert reduced.scores.tolist() == pytest.approx([0.85, 0.82])
    assert reduced.best.tolist() == [11, 2]


def test_a_record_without_parts_counts_its_whole_and_one_without_whole_the_legs_lowest() -> None:
    reduced = whole_and_best_part("dense", hits((31, 3, 0.9), (2, 2, 0.8), (1, 1, 0.6)))
    assert dict(zip(reduced.records.tolist(), reduced.scores.tolist(), strict=True)) == pytest.approx(
        {3: 0.75, 2: 0.8, 1: 0.6}
    )
    assert reduced.records.tolist() == [2, 3, 1]


def test_an_empty_leg_reduces_to_nothing() -> None:
    assert len(whole_and_best_part("dense", hits()).records) == 0
    assert len(best_passage("lexical", hits()).records) == 0


def test_z_scores_are_summed_and_an_absent_record_gets_the_legs_lowest() -> None:
    # lexical 3, 2, 1: mean 2, deviation sqrt(2/3): z = 1.2247, 0, -1.2247; dense 10, 0: z = 1, -1.
    records, fused, own = fuse([leg("lexical", r1=3, r2=2, r3=1), leg("dense", r2=10, r4=0)])
    assert dict(zip(records.tolist(), fused.tolist(), strict=True)) == pytest.approx(
        {2: 1.0, 1: 0.2247, 3: -2.2247, 4: -2.2247}, abs=1e-4
    )
    assert records.tolist() == [2, 1, 3, 4]
    assert own[0].tolist()[:2] == [2.0, 3.0]
    assert np.isnan(own[1][1])


def test_a_leg_without_spread_gives_constants_and_not_nan() -> None:
    assert zscores(np.array([4.0, 4.0], np.float32)).tolist() == [0.0, 0.0]
    _, fused, _ = fuse([leg("lexical", r1=4, r2=4), leg("dense", r1=1, r2=2)])
    assert not np.isnan(fused).any()


def test_no_leg_at_all_fuses_to_nothing() -> None:
    assert [len(part) for part in fuse([])] == [0, 0, 0]


@given(
    st.lists(
        st.dictionaries(st.integers(1, 30), st.floats(-50, 50, width=32), min_size=0, max_size=20),
        min_size=1,
        max_size=3,
    )
)
def test_fusion_does_not_depend_on_the_order_of_the_legs(legs: list[dict[int, float]]) -> None:
    runs = [leg(f"leg{i}", **{f"r{k}": v for k, v in scores.items()}) for i, scores in enumerate(legs)]
    records, fused, _ = fuse(runs)
    again, fused_again, _ = fuse(runs[::-1])
    assert records.tolist() == again.tolist()
    assert np.allclose(fused, fused_again, atol=1e-4)
    assert set(records.tolist()) == {key for scores in legs for key in scores}


def test_a_run_passes_between_components_without_being_copied() -> None:
    run = leg("lexical", r1=1.0)
    assert copy.deepcopy(run) is run
    one = hits((1, 1, 1.0))
    assert copy.deepcopy(one) is one
