"""Fixtures of the corpus tests: the bundled register and the statute package, read once a file."""

from __future__ import annotations

import pytest

from qianche.corpus.register import Register, load_register
from qianche.corpus.statutes import Statutes, load_statutes


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


@pytest.fixture(scope="module")
def statutes(register: Register) -> Statutes:
    return load_statutes(register)
