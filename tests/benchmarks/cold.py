"""`qianche search` from the shell, and what its imports cost."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

from tests.benchmarks.served import QIANCHE, environment

RUNS = 5
LISTED = 14
_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")
SEARCH = ("search", "叉车倒车撞人")


def cold_seconds(home: Path, recipe: str) -> list[float]:
    """Seconds of each run; one before them, not counted, lets Python keep its byte code."""
    times = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        subprocess.run(
            [str(QIANCHE), *SEARCH], env=environment(home, recipe), check=True, capture_output=True
        )
        times.append(time.perf_counter() - started)
    return times[1:]


def import_ms(home: Path, recipe: str) -> list[tuple[str, float]]:
    """Own time of each top-level package in ms, the least of the runs, dearest first."""
    best: dict[str, float] = {}
    for _ in range(RUNS):
        run: dict[str, float] = defaultdict(float)
        command = [sys.executable, "-X", "importtime", str(QIANCHE), *SEARCH]
        result = subprocess.run(
            command, env=environment(home, recipe), check=True, capture_output=True, text=True
        )
        for microseconds, module in _LINE.findall(result.stderr):
            run[module.partition(".")[0]] += int(microseconds) / 1000
        for package, total in run.items():
            best[package] = min(total, best.get(package, total))
    return sorted(best.items(), key=lambda item: -item[1])


def standard_library(package: str) -> bool:
    """Whether a package comes with Python."""
    return package in sys.stdlib_module_names
