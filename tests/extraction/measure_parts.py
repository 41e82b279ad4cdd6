"""Measures `find_parts` against marks made by hand: python -m tests.extraction.measure_parts FOLDER.

The marks (`marked_parts.json`) hold no text: name and sha256 of each document, and kind, start and end of each part,
counted in non-space characters of the document's text. The folder holds the documents; one with another sha256 is
reported and left out. Prints one line a document and the total.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from unicodedata import normalize

from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reading.formats.text import read_text
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reports.parts import find_parts

MARKS = Path(__file__).with_name("marked_parts.json")
TOLERANCE = 12
"""How far, in non-space characters, a found start may lie from the marked one."""
KEYS = (14, 8, 5)
"""Lengths of the text by which a marked start is found again after cleaning; repairs may change a character."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The start of a part, in non-space characters."""

    kind: str
    start: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was compared of one document."""

    name: str
    marked: int
    found: int
    missed: tuple[str, ...]
    false: tuple[str, ...]


def source_text(folder: Path, name: str) -> str:
    """Return the text that the marks count in: of a text file, of the lines of a crawled JSON, or of one row."""
    file, _, number = name.partition("#")
    raw = (folder / file).read_text("utf-8")
    if number:
        rows = (json.loads(line) for line in raw.splitlines() if line.strip())
        return next(str(row["text"]) for row in rows if str(row["no"]) == number)
    if not file.endswith(".json"):
        return raw
    lines: list[str] = []
    for chapter in json.loads(raw)["chapters"]:
        lines += [] if chapter["chapter"] == "正文" else [chapter["chapter"]]
        lines += [article["content"] for article in chapter["articles"]]
    return "\n".join(lines)


def document_of(text: str) -> Document:
    """Return the text as the product reads it."""
    return clean(read_text(text.encode(), Limits()))


def found_marks(text: str) -> tuple[Document, list[Mark]]:
    """Return the parts found in a text, neighbours of one kind as one."""
    document = document_of(text)
    parts = find_parts(document, Span(0, len(document.text)))
    marks = [Mark(part.kind, count(document.text[: part.span.start])) for part in parts]
    return document, merged(marks)


def merged(marks: list[Mark]) -> list[Mark]:
    """Return the marks, the first only of neighbours of one kind."""
    return [next(group) for _, group in groupby(marks, key=lambda mark: mark.kind)]


def located(mark: Mark, raw: str, clean: str) -> Mark | None:
    """Return the mark as counted in the cleaned text, None where cleaning took the place out (目录)."""
    for length in KEYS:
        key = raw[mark.start : mark.start + length]
        places = [match.start() for match in re.finditer(re.escape(key), clean)]
        if places:
            return Mark(mark.kind, min(places, key=lambda place: abs(place - mark.start)))
    return None


def compare(name: str, text: str, parts: list[list[object]]) -> Outcome:
    """Return how the parts found in a text agree with the marked ones."""
    document, found = found_marks(text)
    raw, clean = squeezed(text), squeezed(document.text)
    marked = [Mark(str(kind), int(str(start))) for kind, start, _ in parts]
    spots = [(mark, located(mark, raw, clean)) for mark in marked]
    wanted = [spot for _, spot in spots if spot is not None]
    left = list(found)
    missed = [
        f"{mark.kind}@{mark.start} (not in the cleaned text)"
        for mark, spot in spots
        if not spot and mark.kind != "contents"
    ]
    for mark in wanted:
        hit = next((m for m in left if m.kind == mark.kind and abs(m.start - mark.start) <= TOLERANCE), None)
        if hit is None:
            missed.append(f"{mark.kind}@{mark.start}")
        else:
            left.remove(hit)
    return Outcome(
        name,
        len(wanted),
        len(wanted) - len(missed),
        tuple(missed),
        tuple(f"{m.kind}@{m.start}" for m in left),
    )


def squeezed(text: str) -> str:
    """Return the text without white space, full-width forms as the half-width ones they mean."""
    return "".join(narrow if len(narrow := normalize("NFKC", c)) == 1 else c for c in text if not c.isspace())


def count(text: str) -> int:
    """Return how many characters are not white space."""
    return len(squeezed(text))


def main(folder: Path) -> int:
    """Print the comparison; return 0 where the bar of 95 % is reached."""
    outcomes: list[Outcome] = []
    for entry in json.loads(MARKS.read_text("utf-8")):
        text = source_text(folder, entry["document"])
        if hashlib.sha256(text.encode()).hexdigest() != entry["sha256"]:
            print(f"{entry['document']}: another text than the one marked, left out")
            continue
        outcomes.append(compare(entry["document"], text, entry["parts"]))
    for outcome in outcomes:
        print(
            f"{outcome.found:3}/{outcome.marked:<3} {outcome.name}",
            *(f"missed {m}" for m in outcome.missed),
            end="",
        )
        print("", *(f"false {m}" for m in outcome.false))
    marked, found = sum(o.marked for o in outcomes), sum(o.found for o in outcomes)
    false = sum(len(o.false) for o in outcomes)
    print(f"{len(outcomes)} documents: {found} of {marked} parts found ({found / marked:.1%}), {false} false")
    return 0 if found >= 0.95 * marked else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
