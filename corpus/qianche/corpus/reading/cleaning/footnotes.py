"""Step 6, footnotes: told apart from the sentence they interrupt, and their marks taken out of it."""

from __future__ import annotations

import re
from dataclasses import replace

from qianche.corpus.reading.cleaning.pieces import Piece
from qianche.corpus.reading.document import Removed

# [6]《某法》第三条：; not [6]，未设置, which goes on with the sentence.
_NOTE = re.compile(r"\[(\d{1,3})\](?=\s*[^，。；：、）\s]|$)")
# 50[1]《某通知》: a note that follows the interrupted sentence on one line.
_NOTE_INSIDE = re.compile(r"(?<=[^。；：\s])\[(\d{1,3})\](?=《)")
# “双气源”[1]，: a mark in the running text; not 〔2018]137 号, not [2018]3号.
_MARK = re.compile(r"(?<=\S)\[\d{1,3}\](?!\d*\s*号)|^\[\d{1,3}\](?=[，。；：、）])")
_MARK_ANYWHERE = re.compile(r"\[\d{1,3}\](?!\d*\s*号)")


def split_notes(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces of one page, with a note that follows the interrupted sentence on its line cut off there.

    Told by the next note, which begins a line further down.
    """
    leading = {number: i for i, piece in enumerate(pieces) if (number := _number(piece)) is not None}
    if not leading:
        return pieces
    out: list[Piece] = []
    for i, piece in enumerate(pieces):
        inside = (m for m in _NOTE_INSIDE.finditer(piece.text) if leading.get(int(m[1]) + 1, -1) > i)
        match = next(inside, None)
        if match is None:
            out.append(piece)
        else:
            out.append(replace(piece, text=piece.text[: match.start()].rstrip()))
            out.append(
                replace(piece, text=piece.text[match.start() :], label="", spaced=False, indented=False)
            )
    return out


def tell_footnotes(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with `footnote` set on the notes [2], [3] … that stand right before a page break."""
    out: list[Piece] = []
    page_start = 0
    for piece in [*pieces, None]:
        if piece is None or piece.cut:
            page = out[page_start:]
            first = _first_note(page)
            if first is not None:
                out[page_start + first :] = [replace(p, footnote=True) for p in page[first:]]
            page_start = len(out)
        if piece is not None:
            out.append(piece)
    return out


def _first_note(pieces: list[Piece]) -> int | None:
    """Return where the notes at the foot begin: the earliest of an ascending run that reaches the page's end.

    Lines without a number between two notes belong to the note before, paragraphs without one end the run.
    """
    start: int | None = None
    expected: int | None = None
    for i in range(len(pieces) - 1, -1, -1):
        number = _number(pieces[i])
        if number is None and (pieces[i].kind != "line" or pieces[i].indented or pieces[i].label):
            break
        if number is None:
            continue
        if expected is not None and number != expected:
            break
        start, expected = i, number - 1
    return start


def _number(piece: Piece) -> int | None:
    """Return the number of the note that the line begins."""
    match = _NOTE.match(piece.text) if not piece.label else None
    return int(match[1]) if match else None


def _marks(piece: Piece) -> list[re.Match[str]]:
    """Return everything in the line that has the looks of a mark; after a printed number its beginning too."""
    if "[" not in piece.text or piece.kind == "table":
        return []
    return list((_MARK if not piece.label else _MARK_ANYWHERE).finditer(piece.text))


def without_marks(pieces: list[Piece]) -> tuple[list[Piece], list[Removed]]:
    """Return the pieces without footnote marks in the running text, and what was removed.

    A mark goes where its note stands in the document, or where the marks count up from [1]; the number at the
    beginning of the note itself stays.
    """
    noted = {number for piece in pieces if (number := _number(piece)) is not None}
    counted = _counted(pieces)
    out: list[Piece] = []
    removed: list[Removed] = []
    for piece in pieces:
        marks = [mark for mark in _marks(piece) if _value(mark) in noted | counted]
        removed += [Removed(piece.page, mark[0], "footnote-mark") for mark in marks]
        piece = replace(piece, text=_cut_out(piece.text, marks)) if marks else piece
        if piece.text or piece.label or piece.kind == "table":
            out.append(piece)
    return out, removed


def _counted(pieces: list[Piece]) -> set[int]:
    """Return the numbers of marks that count up from [1], at least to [2]."""
    last = 0
    for piece in pieces:
        for mark in _marks(piece):
            last += _value(mark) == last + 1
    return set(range(1, last + 1)) if last > 1 else set()


def _value(mark: re.Match[str]) -> int:
    """Return the number in a mark."""
    return int("".join(filter(str.isdigit, mark[0])))


def _cut_out(text: str, marks: list[re.Match[str]]) -> str:
    """Return the text without the marks."""
    for mark in reversed(marks):
        text = text[: mark.start()] + text[mark.end() :]
    return text
