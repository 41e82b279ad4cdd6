"""Runs a target for a time: every input follows from seed and number alone, so that each can be had again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache

from qianche.corpus.reading.isolation import WorkerPool
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from tests.fuzz.mutating import mutated
from tests.fuzz.targets import TARGETS, attempt

SECONDS_PER_INPUT = 20.0
"""An input that takes longer is a failure: files of this size are read in a fraction of a second."""


@dataclass
class Tried:
    """What a run came to. `failures`: number of the input and what came out; `slowest` in seconds."""

    target: str
    inputs: int = 0
    crashes: int = 0
    """Worker processes that ended: the file fails alone, as it should."""
    slowest: float = 0.0
    failures: list[tuple[int, str]] = field(default_factory=list)


def input_of(target: str, seed: int, number: int) -> bytes:
    """Return one input; the first ones are the valid files themselves."""
    seeds = _seeds(target)
    if number < len(seeds):
        return seeds[number]
    chance = random.Random(f"{target}:{seed}:{number}")
    return mutated(chance.choice(seeds), chance)


@cache
def _seeds(target: str) -> tuple[bytes, ...]:
    return TARGETS[target].seeds()


def run(target: str, seconds: float, seed: int, *, most_failures: int = 5) -> Tried:
    """Return what became of as many inputs as the time allows."""
    tried = Tried(target)
    with ExitStack() as stack:
        trial = _trial(target, stack)
        trial(input_of(target, seed, 0))  # imports and word tables are not the time of the first input
        until = time.monotonic() + seconds
        while time.monotonic() < until and len(tried.failures) < most_failures:
            began = time.monotonic()
            outcome = trial(input_of(target, seed, tried.inputs))
            took = time.monotonic() - began
            tried.slowest = max(tried.slowest, took)
            if outcome == _CRASHED:
                tried.crashes += 1
            elif outcome is not None:
                tried.failures.append((tried.inputs, outcome))
            elif took > SECONDS_PER_INPUT:
                tried.failures.append((tried.inputs, f"took {took:.1f} s"))
            tried.inputs += 1
    return tried


_CRASHED = "a worker process ended"


def _trial(target: str, stack: ExitStack) -> Callable[[bytes], str | None]:
    """Return how an input is tried: here, or in a worker process where C code may crash."""
    if not TARGETS[target].apart:
        return lambda data: attempt(target, data)
    pool = stack.enter_context(WorkerPool(1, Limits(seconds_per_file=SECONDS_PER_INPUT)))

    def apart(data: bytes) -> str | None:
        try:
            return pool.submit(attempt, target, data).result()
        except Unreadable as error:
            return _CRASHED if error.code == "crashed" else f"{error.code}: {error.message}"

    pool.submit(attempt, target, b"").result()  # raises where the worker does not find the target
    return apart
