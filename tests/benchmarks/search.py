"""Figures of the main job: `python -m tests.benchmarks.search [--home FOLDER]` prints them as a table.

Times are of this machine at this moment; the bars compare within one run. See docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
from importlib.metadata import version
from pathlib import Path

from qianche.indexing.embedding import load_default_embedder
from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.open import open_knowledge_base
from qianche.indexing.search.understanding import QueryUnderstanding
from qianche.service.settings import load_settings
from tests.benchmarks import building, cold, engine_cpu, in_memory, served

Row = tuple[str, str, str, str]
"""What, measured, bar, whether it is met."""


def verdict(met: bool) -> str:
    """The last column of a row that has a bar."""
    return "met" if met else "**missed**"


def machine() -> str:
    """What the figures were measured on."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    packages = ", ".join(f"{name} {version(name)}" for name in ("onnxruntime", "haystack-ai", "tantivy"))
    return (
        f"{models[0] if models else platform.processor() or 'unknown processor'}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}, {packages}"
    )


def load() -> str:
    """Load of the last minute; more than what this command causes is somebody else's."""
    return f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "unknown"


def engine_row(ours: float, theirs: float, recipe: str) -> Row:
    """The engine against the C engine."""
    bar = engine_cpu.REFERENCE[recipe] * engine_cpu.ALLOWED
    ratio = ours / theirs
    return (
        "embedding a query, CPU ms: ours / C engine",
        f"{ours:.1f} / {theirs:.1f} = {ratio:.3f}",
        f"≤ {bar:.3f}",
        verdict(ratio <= bar),
    )


def served_rows(home: Path, recipe: str, base: LocalKnowledgeBase, cpu_ms: float, searches: int) -> list[Row]:
    """Everything that is asked of a running service, and the comparison with the in-memory hybrid."""
    embedder = load_default_embedder(home / "models", recipe=recipe)
    understanding = QueryUnderstanding(cache_folder=str(home / "cache"))
    with served.serving(home, recipe) as service:
        one = served.one_client(
            service, embedder.embed_query, lambda q: understanding.run(q)["query"].dense_text, 300
        )
        served.many_clients(service, 1000 - 300, "丙")
        rss, own = service.memory()
        rate, failed = served.many_clients(service, searches, "丁")
        rss_end, _ = service.memory()
    pipeline, passages = in_memory.hybrid(base.store)
    theirs = in_memory.median_ms(pipeline, embedder, served.questions(11, "戊"))
    # Medians of differences, not differences of medians: each search against its own query.
    above = one.above_p50
    bar = 0.6 * (os.cpu_count() or 1) / cpu_ms * 1000
    return [
        ("`POST /api/search` p50 / p95, ms", f"{one.search_p50:.1f} / {one.search_p95:.1f}", "", ""),
        ("embedding that query alone p50, ms", f"{one.query_p50:.1f}", "", ""),
        ("embedding it with its expansions p50, ms", f"{one.expanded_p50:.1f}", "", ""),
        ("search above embedding that query alone p50, ms", f"{above:.1f}", "≤ 5", verdict(above <= 5)),
        ("CPU of the service a search, mean ms", f"{one.search_cpu:.1f}", "", ""),
        (
            f"in-memory hybrid of Haystack, {passages} passages, without embedding p50, ms",
            f"{theirs:.0f}",
            "",
            "",
        ),
        ("the same, times ours above the embedding", f"{theirs / above:.0f}", "reported", ""),
        (
            "the same with embedding on both sides",
            f"{(theirs + one.query_p50) / one.search_p50:.0f}",
            "reported",
            "",
        ),
        (
            "memory of `qianche serve` after 1,000 searches, MiB (its own part)",
            f"{rss:.0f} ({own:.0f})",
            "≤ 477 (500 MB)",
            verdict(rss * 2**20 <= 500e6),
        ),
        (f"the same after {searches} more, MiB", f"{rss_end:.0f}", "", ""),
        (
            f"{served.CLIENTS} clients, {searches} searches, a second (errors)",
            f"{rate:.0f} ({failed})",
            f"≥ {bar:.0f}, 0 errors",
            verdict(rate >= bar and not failed),
        ),
    ]


def cold_row(times: list[float]) -> Row:
    """A search from the shell."""
    median = statistics.median(times)
    return (
        "`qianche search` cold, s: least / median of 5",
        f"{min(times):.2f} / {median:.2f}",
        "≤ 2.5",
        verdict(median <= 2.5),
    )


def build_rows(build: building.Build) -> list[Row]:
    """A first build."""
    total = build.records + build.vectors
    how = "measured" if build.whole else f"estimated from {building.SAMPLE}"
    return [
        ("records and index of the bundled base, s", f"{build.records:.1f}", "", ""),
        (
            f"vectors of its {build.texts} texts ({build.characters:.0f} characters) on "
            f"{building.THREADS} threads, s, {how}",
            f"{build.vectors:.0f} ({build.cpu_per_1000:.1f} CPU s a 1,000)",
            "",
            "",
        ),
        ("first build in all, s", f"{total:.0f}", "≤ 180", verdict(total <= 180)),
    ]


def print_table(rows: list[Row]) -> None:
    """Print rows as markdown."""
    print("| what | measured | bar | |\n|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def print_imports(imports: list[tuple[str, float]]) -> None:
    """Print the dearest packages, and the standard library as one."""
    library = sum(ms for package, ms in imports if cold.standard_library(package))
    others = [(package, ms) for package, ms in imports if not cold.standard_library(package)]
    print("\nImports of `qianche search`, own time of a package in ms, least of 5 runs:")
    print(", ".join(f"{package} {ms:.0f}" for package, ms in others[: cold.LISTED]), end="; ")
    rest = sum(ms for _, ms in others[cold.LISTED :])
    print(f"other packages {rest:.0f}, standard library {library:.0f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="data folder, built where missing; else the usual one")
    parser.add_argument("--recipe", choices=("int8", "exact"), default="int8")
    parser.add_argument("--searches", type=int, default=2000, help="of the eight clients together")
    parser.add_argument("--build", action="store_true", help="make all vectors anew, not a sample (minutes)")
    asked = parser.parse_args()
    home: Path = asked.home or load_settings().home
    print(f"{machine()}; recipe {asked.recipe}; load before {load()}", flush=True)
    base = open_knowledge_base(home, recipe=asked.recipe, threads=building.THREADS)
    base.build()
    try:
        ours, theirs = engine_cpu.compare(home / "models", asked.recipe, served.questions(180, "己"))
        rows = [engine_row(ours, theirs, asked.recipe)]
        rows += served_rows(home, asked.recipe, base, ours, asked.searches)
    finally:
        base.close()
    rows.append(cold_row(cold.cold_seconds(home, asked.recipe)))
    rows += build_rows(building.measure(home, asked.recipe, whole=asked.build))
    print_table(rows)
    print_imports(cold.import_ms(home, asked.recipe))
    print(f"\nload after {load()}")


if __name__ == "__main__":
    main()
