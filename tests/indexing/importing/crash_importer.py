"""Run by `test_jobs`: `python crash_importer.py HOME`: goes on with the jobs of the folder and says when it is done."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.indexing.importing import making
from tests.indexing.importing.conftest import make_bench


def main() -> None:
    """Resume everything."""
    bench = make_bench(
        Path(sys.argv[1]), [making.case("bundled-a"), making.case("bundled-b", day="2019-03-03")]
    )
    for job_id in bench.importer.resume_all():
        bench.importer.wait(job_id)
    bench.store.close()
    print("done")


if __name__ == "__main__":
    main()
