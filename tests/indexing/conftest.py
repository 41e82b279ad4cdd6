"""Fixtures of the indexing tests: a folder for converted models and the default embedder, once a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from qianche.indexing.embedding import OnnxE5Embedder, load_default_embedder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for converted models."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def exact(cache: Path) -> OnnxE5Embedder:
    return load_default_embedder(cache, "exact")
