"""Fixture policy: a real base in a folder and an importer on it; `bench` is new for every test.

Files hold what `small_base.says` makes them say: what is under test is the wire, not the extraction.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.service.import_api.bench import Bench, make_bench
from tests.service.small_base import CONFLICT


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from make_bench(tmp_path / "home")


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A service that takes 1 MB at once; for requests that change nothing."""
    yield from make_bench(tmp_path_factory.mktemp("quiet") / "home", import_request_mb=1)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A service with one open question that no test answers."""
    for bench in make_bench(tmp_path_factory.mktemp("asked") / "home"):
        bench.take(**CONFLICT)
        yield bench
