"""Figures of reading files: `python -m tests.benchmarks.reading [--reports FOLDER] [--home FOLDER] [--files N]`.

Speed of the readers against plain dumps, memory of a large PDF, and an import of many small reports. All files are
written by the command itself; with `--reports` the .docx and .pdf files of a folder are timed as well. See
docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path

from qianche.indexing.open import open_knowledge_base
from qianche.service.settings import load_settings
from tests.benchmarks import building, reading_import, reading_memory, reading_speed
from tests.benchmarks.reading_files import PAGE_CHARACTERS
from tests.benchmarks.search import Row, load, machine, print_table, verdict

_DUMPED_BY = {"docx": "python-docx", "pdf": "pypdfium2"}


def speed_rows(speed: reading_speed.Speed, kind: str) -> list[Row]:
    """One set of files."""
    of = f".{kind} {speed.what}"
    rows: list[Row] = [
        (
            f"{of}, {speed.files} files, {speed.pages:.0f} pages: reader to dump by {_DUMPED_BY[kind]} (CPU s)",
            f"{speed.ratio:.2f} ({speed.reading:.3f} / {speed.dump:.3f})",
            f"≤ {reading_speed.ALLOWED:.0f}",
            verdict(speed.ratio <= reading_speed.ALLOWED),
        )
    ]
    if speed.paragraphs_only is not None:
        ratio = speed.reading / speed.paragraphs_only
        rows.append((f"{of}: reader to dump without tables", f"{ratio:.2f}", "reported", ""))
    steps = {"dump": speed.dump, "reader": speed.reading, "cleaning": speed.cleaning}
    if speed.extraction is not None:
        steps["extraction"] = speed.extraction
    rates = (f"{speed.pages / seconds:.0f}" for seconds in steps.values())
    rows.append((f"{of}, pages a second on one core: {', '.join(steps)}", " / ".join(rates), "", ""))
    return rows


def memory_rows(peak: reading_memory.Peak) -> list[Row]:
    """Reading and cleaning one large PDF."""
    megabytes = peak.mib * 2**20 / 1e6
    return [
        (
            f"peak memory, PDF of {peak.pages} pages ({peak.characters} characters), read and cleaned, MB",
            f"{megabytes:.0f} (nothing read: {peak.idle_mib * 2**20 / 1e6:.0f})",
            f"≤ {reading_memory.ALLOWED_MB}",
            verdict(megabytes <= reading_memory.ALLOWED_MB),
        )
    ]


def import_rows(result: reading_import.Import) -> list[Row]:
    """Many small reports."""
    rows: list[Row] = [
        (
            f"{result.files} reports (.docx, .pdf, .txt) imported and embedded, wall s (CPU s)",
            f"{result.wall:.0f} ({result.cpu:.0f})",
            "",
            "",
        ),
        ("a report, CPU ms", f"{result.cpu * 1000 / result.files:.0f}", "", ""),
    ]
    for step in ("reading", "cleaning", "extraction", "embedding"):
        rows.append((f"{step}, share of CPU", _share(result.steps[step], result), "", ""))
    mean = result.characters / max(result.passages, 1)
    return [
        *rows,
        ("comparing, joining, writing, share of CPU", _share(result.rest, result), "", ""),
        ("embedding, share of wall time", f"{result.embedding_wall / result.wall:.0%}", "reported", ""),
        ("passages embedded (characters each)", f"{result.passages} ({mean:.0f})", "", ""),
        (
            "new cases; files that gave anything else",
            f"{result.cases}; {result.odd or 0}",
            f"{result.files}; 0",
            verdict(result.cases == result.files and not result.odd),
        ),
        (
            f"found by title, of {reading_import.SAMPLES}",
            f"{result.found}",
            f"{reading_import.SAMPLES}",
            verdict(result.found == reading_import.SAMPLES),
        ),
    ]


def _share(seconds: float, result: reading_import.Import) -> str:
    return f"{seconds / result.cpu:.1%} ({seconds * 1000 / result.files:.0f} ms a report)"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, help="folder of .docx and .pdf files to time as well")
    parser.add_argument("--home", type=Path, help="data folder to copy for the import; else the usual one")
    parser.add_argument("--recipe", choices=("int8", "exact"), default="int8")
    parser.add_argument("--files", type=int, default=1000, help="reports to import; 0: no import")
    asked = parser.parse_args()
    packages = ", ".join(f"{name} {version(name)}" for name in ("pypdfium2", "python-docx", "lxml"))
    print(f"{machine()}, {packages}; recipe {asked.recipe}; load before {load()}", flush=True)
    print(f"a page of a .docx: {PAGE_CHARACTERS} characters\n", flush=True)
    sets = {"written here": reading_speed.own_files()}
    if asked.reports:
        sets["real"] = reading_speed.real_files(asked.reports)
    rows: list[Row] = []
    for what, files in sets.items():
        for kind, of in files.items():
            rows += speed_rows(reading_speed.measure(what, kind, of), kind) if of else []
    rows += memory_rows(reading_memory.measure())
    if asked.files:
        home: Path = asked.home or load_settings().home
        _build(home, asked.recipe)
        rows += import_rows(reading_import.measure(home, asked.recipe, asked.files))
    print_table(rows)
    print(f"\nload after {load()}")


def _build(home: Path, recipe: str) -> None:
    """Bring the base up to date, so that only the new reports are embedded in the import."""
    base = open_knowledge_base(home, recipe=recipe, threads=building.THREADS)
    base.build()
    base.close()


if __name__ == "__main__":
    main()
