"""How fast files are read, cleaned and extracted, against a plain dump of their text; CPU time of one core."""

from __future__ import annotations

import gc
import io
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import docx
import pypdfium2 as pdfium

from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.read import read
from qianche.corpus.reports.case_drafts import case_drafts
from qianche.corpus.reports.kinds import kind_of
from tests.benchmarks.reading_files import PAGE_CHARACTERS, as_docx, as_pdf, report

Given = TypeVar("Given")
Made = TypeVar("Made")

ROUNDS = 7
ALLOWED = 3.0
FILES, FILE_CHARACTERS = 8, 16_000


@dataclass(frozen=True)
class Speed:
    """CPU seconds of one pass over a set of files: the median of some rounds, of extraction one pass."""

    what: str
    files: int
    pages: float
    """Pages of a PDF; of Word files characters by `PAGE_CHARACTERS`."""
    dump: float
    paragraphs_only: float | None
    """The dump without tables, for Word files."""
    reading: float
    cleaning: float
    extraction: float | None
    """Kind of the text, parts, fields, content and citations; None where not every file is a report."""
    ratio: float
    """Of reader to dump, the median of the rounds."""


def own_files() -> dict[str, list[bytes]]:
    """Reports of some twenty pages, written here."""
    reports = [report(seed, FILE_CHARACTERS) for seed in range(FILES)]
    return {"docx": [as_docx(blocks) for blocks in reports], "pdf": [as_pdf(blocks) for blocks in reports]}


def real_files(folder: Path) -> dict[str, list[bytes]]:
    """The .docx and .pdf files of a folder and the folders in it."""
    return {
        kind: [path.read_bytes() for path in sorted(folder.rglob(f"*.{kind}"))] for kind in ("docx", "pdf")
    }


def measure(what: str, kind: str, files: Sequence[bytes]) -> Speed:
    """Time each step over all files, dump and reader in turns."""
    dumps, plains, readings, cleanings = [], [], [], []
    for _ in range(ROUNDS):
        dumps.append(_timed(_DUMPS[kind], files)[0])
        if kind == "docx":
            plains.append(_timed(_docx_paragraphs, files)[0])
        spent, raws = _timed(lambda data: read(data, f"报告.{kind}"), files)
        readings.append(spent)
        spent, documents = _timed(clean, raws)
        cleanings.append(spent)
    reports = [document for document in documents if kind_of(document).kind == "report"]
    extraction, _ = _timed(lambda document: (kind_of(document), case_drafts(document)), reports)
    characters = sum(len(document.text) for document in documents)
    return Speed(
        what=what,
        files=len(files),
        pages=sum(len(d.pages) for d in documents) if kind == "pdf" else characters / PAGE_CHARACTERS,
        dump=statistics.median(dumps),
        paragraphs_only=statistics.median(plains) if plains else None,
        reading=statistics.median(readings),
        cleaning=statistics.median(cleanings),
        extraction=extraction if len(reports) == len(files) else None,
        ratio=statistics.median(reading / dump for reading, dump in zip(readings, dumps, strict=True)),
    )


def _timed(work: Callable[[Given], Made], given: Sequence[Given]) -> tuple[float, list[Made]]:
    """CPU seconds of this process over all of them, and what came of each; garbage of before is not counted."""
    gc.collect()
    started = time.process_time()
    made = [work(one) for one in given]
    return time.process_time() - started, made


def _pdf_dump(data: bytes) -> str:
    """The text of a PDF as pypdfium2 gives it, page after page."""
    with closing(pdfium.PdfDocument(data)) as document:
        return "\f".join(page.get_textpage().get_text_range() for page in document)


def _docx_dump(data: bytes) -> str:
    """The text of a Word file as python-docx gives it: paragraphs, then the cells of every table."""
    document = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += ["\t".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join(texts)


def _docx_paragraphs(data: bytes) -> str:
    """The same without tables."""
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


_DUMPS: dict[str, Callable[[bytes], str]] = {"docx": _docx_dump, "pdf": _pdf_dump}
