"""Run by `test_jobs`: `python crash_importer.py HOME`: goes on with the jobs of the folder and says when it is done."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.indexing.importing.conftest import make_bench
from tests.indexing.importing.making import BUNDLED


def main() -> None:
    """Resume everything."""
    bench = make_bench(Path(sys.argv[1]), BUNDLED)
    for job_id in bench.importer.resume_all():
        bench.importer.wait(job_id)
    bench.store.close()
    print("done")


if __name__ == "__main__":
    main()
