"""Peak memory of a process that reads and cleans one large PDF.

`python -m tests.benchmarks.reading_memory FILE` does it and prints peak MiB, pages and characters; without FILE the
process only loads what reading needs. The benchmark calls it as a child, so that nothing else counts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.read import read

PAGES = 1000
ALLOWED_MB = 500


@dataclass(frozen=True)
class Peak:
    """MiB of the child at its highest, of one that reads nothing, and what was read."""

    mib: float
    idle_mib: float
    pages: int
    characters: int


def measure() -> Peak:
    """Write a PDF of `PAGES` full pages and have a child read it."""
    from tests.benchmarks.reading_files import as_pdf, report

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "报告.pdf"
        path.write_bytes(as_pdf(report(7, PAGES * 1100), PAGES))
        mib, pages, characters = _in_child(path)
    return Peak(mib, _in_child()[0], int(pages), int(characters))


def _in_child(*arguments: Path) -> list[float]:
    """What the child prints."""
    command = [sys.executable, "-m", "tests.benchmarks.reading_memory", *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, check=True, text=True)
    return [float(word) for word in result.stdout.split()]


def _peak_mib() -> float:
    """Highest resident memory of this process; Linux counts a parent's into `ru_maxrss`, so it is asked apart."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> None:
    """Read and clean the file named, if one is."""
    if len(sys.argv) < 2:
        print(_peak_mib())
        return
    path = Path(sys.argv[1])
    document = clean(read(path.read_bytes(), path.name))
    print(_peak_mib(), len(document.pages), len(document.text))


if __name__ == "__main__":
    main()
