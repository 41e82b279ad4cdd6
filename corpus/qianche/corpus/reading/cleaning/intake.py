"""Steps 1, 2 and 8 on each page by itself: raw blocks become pieces with repaired characters and spaces."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qianche.corpus.reading.cleaning.characters import repair
from qianche.corpus.reading.cleaning.pieces import Piece
from qianche.corpus.reading.cleaning.slips import mend
from qianche.corpus.reading.cleaning.spaces import tidy
from qianche.corpus.reading.document import Removed
from qianche.corpus.reading.raw import RawBlock, RawPage


@dataclass(frozen=True, slots=True)
class PageTaken:
    """One page as pieces; `slips` counts the characters that were corrected after recognition."""

    pieces: tuple[Piece, ...]
    removed: tuple[Removed, ...]
    slips: int


def take(page: RawPage) -> PageTaken:
    """Return the page's pieces in order, and its artifacts as one entry of what was removed."""
    pieces: list[Piece] = []
    artifacts: list[str] = []
    slips = 0
    for block in page.blocks:
        for piece in _pieces_of(block, page.number, artifacts):
            if page.status == "ocr":
                text, count = mend(piece.text)
                piece, slips = replace(piece, text=text), slips + count
            pieces.append(piece)
    dropped = "".join(artifacts)
    removed = (Removed(page.number, dropped, "artifact"),) if dropped else ()
    return PageTaken(tuple(pieces), removed, slips)


def _pieces_of(block: RawBlock, page: int, artifacts: list[str]) -> list[Piece]:
    """Return the pieces of one block, one for each of its lines."""
    if block.kind == "table":
        rows = tuple(tuple(_cell(cell, artifacts) for cell in row) for row in block.rows)
        return [Piece("table", "", page, rows=rows)] if any(any(row) for row in rows) else []
    text, dropped = repair(block.text)
    artifacts.append(dropped)
    label = tidy(repair(block.label)[0])
    pieces: list[Piece] = []
    spaced = bool(getattr(block, "blank_before", False))
    for line in text.split("\n"):
        clean = tidy(line)
        if not clean and not (label and not text.strip()):
            spaced = spaced or bool(pieces)
            continue
        piece = Piece(
            block.kind, clean, page, level=block.level, label=label, left=block.left, size=block.size,
            indented=_indented(line), spaced=spaced, width=_width(line),
        )  # fmt: skip
        pieces.append(piece)
        spaced, label = False, ""
    return pieces


def _cell(text: str, artifacts: list[str]) -> str:
    """Return a cell's text on one line."""
    repaired, dropped = repair(text)
    artifacts.append(dropped)
    return tidy(" ".join(repaired.split("\n")))


def _indented(line: str) -> bool:
    """Return whether the line begins with U+3000 or several spaces."""
    indent = line[: len(line) - len(line.lstrip())]
    return "\u3000" in indent or len(indent) > 1


def _width(line: str) -> int:
    """Return the width of a line as printed; a Chinese character counts 2."""
    return len(line.strip().encode("gb18030", "replace"))
