"""Damaged files of every kind give a result or a clear error, never anything else.

Each target runs for a second, or for `QIANCHE_FUZZ_SECONDS`; hours of it: `python -m tests.fuzz --seconds 3600`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fuzz.running import input_of, run
from tests.fuzz.targets import TARGETS, attempt

SECONDS = float(os.environ.get("QIANCHE_FUZZ_SECONDS", "1"))
SEED = 20_240_501


@pytest.fixture(autouse=True)
def _workers_find_the_targets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers import this folder: pytest itself does not put it on the path."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("target", TARGETS)
def test_damaged_files_give_a_result_or_a_clear_error(target: str) -> None:
    tried = run(target, SECONDS, SEED, most_failures=1)
    print(f"{target}: {tried.inputs} inputs")
    assert tried.failures == []
    assert tried.inputs > 0


def test_an_input_can_be_had_again() -> None:
    assert input_of("html", 1, 50) == input_of("html", 1, 50)
    assert input_of("html", 1, 50) != input_of("html", 2, 50)


def test_a_fault_is_told_with_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("tests.fuzz.targets.take_in_bytes", broken)
    assert "KeyError" in (attempt("text", b"x") or "")
