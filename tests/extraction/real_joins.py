"""The same write-ups as files through the real importer: what it joined or proposed to join.

Called by `measure_joins FOLDER --real`: a base with the bundled records in a temporary folder, without vectors, and
one file a write-up, imported in one job by the real `take_in`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qianche.corpus.taking_in import take_in
from qianche.indexing.importing import Importer, Incoming
from qianche.indexing.open import open_importer, open_knowledge_base


@dataclass(frozen=True)
class Put:
    """One account of a write-up and where it was put: `other` is a bundled case, or the number of a write-up."""

    number: str
    other: str
    bundled: bool
    state: str
    verdict: str
    reasons: str


@dataclass(frozen=True)
class RealRun:
    """What came of one import of all write-ups."""

    files: int
    accounts: dict[str, int]
    """By number of the write-up, how many accidents were found in it; a file that failed is absent."""
    puts: tuple[Put, ...]
    messages: dict[str, str]
    """What the job says of a write-up that failed or brought no accident."""


def run(folder: Path) -> RealRun:
    """Import every write-up of the folder and return what was joined or proposed."""
    with tempfile.TemporaryDirectory() as temporary:
        files = list(_written(folder, Path(temporary) / "files"))
        base = open_knowledge_base(Path(temporary) / "home")
        try:
            base.build_records()
            importer = open_importer(base, take_in, with_vectors=False)
            job = importer.wait(importer.start(files, "measure_joins"))
            numbers = {e.sha256 or "": Path(e.name).stem for e in job.entries}
            accounts = {numbers[s.sha256]: len(s.account_ids) for s in importer.sources()}
            messages = {
                numbers[e.sha256 or ""]: f"{e.state}：{e.message}"
                for e in job.entries
                if e.state != "done" or not accounts[numbers[e.sha256 or ""]]
            }
            puts = tuple(sorted(_puts(importer, numbers), key=lambda p: (int(p.number), p.other)))
            importer.close()
        finally:
            base.close()
    return RealRun(len(files), accounts, puts, messages)


def _written(folder: Path, target: Path) -> Iterator[Incoming]:
    """Every write-up as a text file of its own, named by its number."""
    target.mkdir()
    for name, entry in json.loads((folder / "coalqa_gold_labels.json").read_text("utf-8")).items():
        path = target / f"{entry['case_no']}.txt"
        path.write_bytes((folder / name).read_bytes())
        yield Incoming(path.name, path)
    for line in (folder / "coal_cases_labelled.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        path = target / f"{row['no']}.txt"
        path.write_text(row["text"], "utf-8")
        yield Incoming(path.name, path)


def _puts(importer: Importer, numbers: dict[str, str]) -> Iterator[Put]:
    """Every join that was made or proposed."""
    stems = {sha256[:12]: number for sha256, number in numbers.items()}
    for join in importer.joins():
        number = stems[join.account_id.split("-")[1]]
        own = join.case_id.startswith("imp-")
        other = stems[join.case_id.split("-")[1]] if own else join.case_id
        yield Put(number, other, not own, join.state, join.verdict, "，".join(join.reasons))
