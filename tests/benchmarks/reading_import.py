"""Many small reports through the importer into a copy of a built base, until all can be found by meaning.

Files are read in this process, one at a time, and not in a worker process as `qianche import` does: only so can the
CPU time of each step be told apart.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from qianche.corpus import taking_in
from qianche.indexing.importing import Incoming
from qianche.indexing.importing.records import Job
from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.open import open_importer, open_knowledge_base
from qianche.indexing.search.answer import SearchRequest
from tests.benchmarks.building import THREADS
from tests.benchmarks.reading_files import as_docx, as_pdf, as_text, report

FORMATS: tuple[tuple[str, Callable[..., bytes]], ...] = (("docx", as_docx), ("pdf", as_pdf), ("txt", as_text))
SAMPLES = 20
STEPS = {"read": "reading", "clean": "cleaning", "kind_of": "extraction", "case_drafts": "extraction"}
"""Functions that `take_in` calls, by the step they are counted for."""


@dataclass
class Import:
    """What one job took; CPU and wall in seconds."""

    files: int
    wall: float = 0.0
    embedding_wall: float = 0.0
    cpu: float = 0.0
    steps: dict[str, float] = field(default_factory=dict)
    """CPU seconds of reading, cleaning, extraction, embedding; the rest is comparing, joining and writing."""
    passages: int = 0
    characters: int = 0
    """Of the passages that were embedded."""
    cases: int = 0
    odd: dict[str, int] = field(default_factory=dict)
    """Files by anything but one new case: failed, joined, waiting."""
    found: int = 0
    """Of `SAMPLES` reports, how many are among the first ten when asked for by name and cause."""

    @property
    def rest(self) -> float:
        return self.cpu - sum(self.steps.values())


def measure(home: Path, recipe: str, files: int) -> Import:
    """Import so many reports, a third each of .docx, .pdf and .txt, into a copy of the folder."""
    result = Import(files)
    with tempfile.TemporaryDirectory() as folder:
        incoming = _written(Path(folder) / "files", files)
        shutil.copytree(home, Path(folder) / "home")
        base = open_knowledge_base(Path(folder) / "home", recipe=recipe, threads=THREADS)
        try:
            base.search(SearchRequest("预热", date.today()))
            _run(base, incoming, result)
            result.found = sum(_is_found(base, at * files // SAMPLES) for at in range(SAMPLES))
        finally:
            base.close()
    return result


def _written(folder: Path, files: int) -> list[Incoming]:
    """Reports with numbers as seeds, formats in turns."""
    folder.mkdir()
    incoming = []
    for seed in range(files):
        suffix, write = FORMATS[seed % len(FORMATS)]
        path = folder / f"{seed}.{suffix}"
        path.write_bytes(write(report(seed)))
        incoming.append(Incoming(path.name, path))
    return incoming


def _run(base: LocalKnowledgeBase, incoming: list[Incoming], result: Import) -> None:
    """Import in one job and note what it took."""
    embedder = base.embedder
    if embedder is None:
        raise SystemExit("no model is installed")
    with ExitStack() as stack:
        for name, step in STEPS.items():
            timed = _timed(getattr(taking_in, name), step, result.steps)
            stack.enter_context(patch.object(taking_in, name, timed))
        stack.enter_context(
            patch.object(embedder, "embed_passages", _counted(embedder.embed_passages, result))
        )
        importer = open_importer(base, taking_in.take_in)
        started, cpu = time.perf_counter(), time.process_time()
        job = importer.wait(importer.start(incoming, "benchmark"))
        result.wall, result.cpu = time.perf_counter() - started, time.process_time() - cpu
        importer.close()
    _count(job, result)


def _timed(work: Callable[..., Any], step: str, into: dict[str, float]) -> Callable[..., Any]:
    """The same function, CPU time of its thread added up under a step."""

    def timed(*arguments: Any, **named: Any) -> Any:
        started = time.thread_time()
        try:
            return work(*arguments, **named)
        finally:
            into[step] = into.get(step, 0.0) + time.thread_time() - started

    return timed


def _counted(embed: Callable[..., Any], result: Import) -> Callable[..., Any]:
    """The same embedding, with its CPU and wall time and its texts added up."""

    def embed_passages(texts: Sequence[str]) -> Any:
        started, cpu = time.perf_counter(), time.process_time()
        vectors = embed(texts)
        result.embedding_wall += time.perf_counter() - started
        result.steps["embedding"] = result.steps.get("embedding", 0.0) + time.process_time() - cpu
        result.passages += len(texts)
        result.characters += sum(map(len, texts))
        return vectors

    return embed_passages


def _count(job: Job, result: Import) -> None:
    """What came of the files."""
    for entry in job.entries:
        result.cases += entry.counts.get("cases", 0)
        for what in ("joined", "waiting"):
            if entry.counts.get(what):
                result.odd[what] = result.odd.get(what, 0) + 1
        if entry.state != "done":
            result.odd[entry.state] = result.odd.get(entry.state, 0) + 1


def _is_found(base: LocalKnowledgeBase, seed: int) -> bool:
    """Whether the title of a report finds it."""
    title = report(seed)[0].text.removesuffix("调查报告")
    hits = base.search(SearchRequest(title, date.today(), kinds=("case",))).cases
    return any(hit.case.name.startswith(title[:6]) for hit in hits)
