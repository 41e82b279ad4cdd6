"""What the steps of cleaning pass on: pieces (lines, paragraphs, tables of a page), then paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from qianche.corpus.reading.document import BlockKind
from qianche.corpus.reading.raw import RawKind


@dataclass(frozen=True, slots=True)
class Piece:
    """One line or paragraph of a page, its characters repaired.

    `indented`: it began with an indent of its own; `spaced`: an empty line stood before it; `cut`: a page break
    lies right before it. `width` is that of the line as printed, a Chinese character counting 2.
    """

    kind: RawKind
    text: str
    page: int
    rows: tuple[tuple[str, ...], ...] = ()
    level: int | None = None
    label: str = ""
    left: float | None = None
    size: float | None = None
    indented: bool = False
    spaced: bool = False
    cut: bool = False
    width: int = 0
    footnote: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block to be: its text in parts, each with the page it stands on; a table has `rows` instead.

    `moved`: a footnote that stood inside the sentence of the paragraph now before it.
    """

    kind: BlockKind
    parts: tuple[tuple[int, str], ...]
    rows: tuple[tuple[str, ...], ...] = ()
    level: int | None = None
    label: str = ""
    moved: bool = False

    @property
    def text(self) -> str:
        """All parts in one."""
        return "".join(text for _, text in self.parts)
