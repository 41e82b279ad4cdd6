"""Best first, ties by key: the quick way gives what a plain sort of pairs gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qianche.indexing.store.ordering import best_first


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 10**9)), unique_by=lambda p: p[1], max_size=80))
def test_hits_come_best_first_and_equal_ones_by_key(pairs: list[tuple[int, int]]) -> None:
    scores = np.array([score for score, _ in pairs], dtype=np.float32)
    keys = np.array([key for _, key in pairs], dtype=np.int64)
    order = best_first(scores, keys)
    assert [pairs[i] for i in order] == sorted(pairs, key=lambda p: (-p[0], p[1]))


@pytest.mark.parametrize("different", [2, 40, 4000])
def test_many_equal_scores_too(different: int) -> None:
    random = np.random.default_rng(different)
    scores = random.integers(0, different, 5000).astype(np.float32)
    keys = random.permutation(5000)
    expected = sorted(range(5000), key=lambda i: (-scores[i], keys[i]))
    assert best_first(scores, keys).tolist() == expected
