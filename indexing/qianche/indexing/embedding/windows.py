"""What every embedder does around its model: refuse blank texts, cut long ones, plan batches, join parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from qianche.corpus.errors import BadRequest
from qianche.indexing.embedding.protocol import Vectors

T = TypeVar("T")


def checked_query(text: str, clean: Callable[[str], str]) -> str:
    """Return the cleaned query; raise `BadRequest` for a blank one."""
    cleaned = clean(text)
    if not cleaned:
        raise BadRequest("检索内容是空的。请写出隐患或事故的情形，例如“配电箱未上锁”。", code="empty-query")
    return cleaned


def checked_passages(texts: Sequence[str], clean: Callable[[str], str]) -> list[str]:
    """Return the cleaned passages; raise `BadRequest` if one is blank, `TypeError` for a bare string."""
    if isinstance(texts, str):
        raise TypeError("embed_passages takes a sequence of texts, not one text")
    cleaned = [clean(text) for text in texts]
    if "" in cleaned:
        raise BadRequest(
            f"第 {cleaned.index('') + 1} 段文字是空的（共 {len(cleaned)} 段），不能生成向量。"
            "请先去掉空白段落。",
            code="empty-passage",
        )
    return cleaned


def cut(tokens: Sequence[T], size: int) -> list[Sequence[T]]:
    """Return the tokens in windows of at most `size`, in order, without overlap.

    >>> cut([5, 6, 7, 8, 9], 2)
    [[5, 6], [7, 8], [9]]
    """
    return [tokens[start : start + size] for start in range(0, len(tokens), size)]


def batches(lengths: Sequence[int], max_tokens: int) -> Iterator[list[int]]:
    """Yield the positions of all sequences in batches, shortest first, capped by tokens with padding.

    A sequence longer than the cap is a batch of its own.

    >>> list(batches([3, 9, 2, 3], max_tokens=6))
    [[2, 0], [3], [1]]
    """
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[position] > max_tokens:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def joined(means: Vectors, owners: npt.NDArray[np.int64], weights: Sequence[int], count: int) -> Vectors:
    """Return one vector of length 1 a text: the mean of its windows, weighted by their tokens.

    Args:
        means: one a window, `(n_windows, dim)`.
        owners: the text of each window, `(n_windows,)`.
        weights: tokens of each window.
        count: number of texts; each has at least one window.
    """
    totals = np.zeros((count, means.shape[1]), np.float64)
    np.add.at(totals, owners, means * np.asarray(weights, np.float64)[:, None])
    unit: Vectors = (totals / np.linalg.norm(totals, axis=1, keepdims=True)).astype(np.float32)
    return unit
