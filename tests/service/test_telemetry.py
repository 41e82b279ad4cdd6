"""Nothing is sent anywhere: Haystack's usage statistics are off however the product is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECK = "import haystack.telemetry._telemetry as t; assert t.telemetry is None"


@pytest.mark.parametrize(
    "first",
    [
        "qianche.service.app",
        "qianche.indexing.documents",
        "qianche.indexing.store.protocol",
        "qianche.indexing",
    ],
)
def test_importing_any_part_of_the_product_leaves_telemetry_off(first: str, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "HAYSTACK_TELEMETRY_ENABLED"}
    environment["HOME"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", f"import {first}; {CHECK}"], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / ".haystack").exists()
