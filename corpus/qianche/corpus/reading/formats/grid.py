"""Tables of Word files and web pages: cells put into rows, and tables told apart that only arrange a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qianche.corpus.reading.formats.counting import count_characters
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawBlock

WIDEST_SPAN = 200
"""Columns that one cell may cover; more is a mistake or an attack, and every column costs memory in every row."""
DEEPEST_NESTING = 40
"""Tables one in the other; each costs a dozen stack frames."""
LAYOUT_PARAGRAPHS = 3
"""Paragraphs from which on a cell that holds most of a table's text is the page itself, …"""
LAYOUT_OTHER_CELLS = 4
"""… with at most so many other cells: a form with one long answer has more."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its content as blocks, and the columns and rows it covers."""

    blocks: tuple[RawBlock, ...]
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """Return the content in one string: a line a paragraph, automatic numbers before it, inner cells by tabs."""
        return "\n".join(line for block in self.blocks for line in _lines(block))


@dataclass(frozen=True, slots=True)
class TableContent:
    """A table as blocks, and how many characters of automatic numbers stand in the texts of its cells."""

    blocks: tuple[RawBlock, ...] = ()
    label_characters: int = 0


def table_content(rows: Sequence[Sequence[Cell]]) -> TableContent:
    """Return a table as one block, or, where it only arranges the page, the content of its cells in order.

    A cell that covers several columns or rows has its text in the first of them; the others are "".
    """
    filled = [cell for row in rows for cell in row if cell.blocks]
    if not filled:
        return TableContent()
    if is_layout(rows):
        return TableContent(tuple(block for cell in filled for block in cell.blocks))
    labels = sum(count_characters(block.label) for cell in filled for block in cell.blocks)
    return TableContent((RawBlock("table", rows=_placed(rows)),), labels)


def is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    """Return whether a table only arranges the page.

    It does with one filled cell a row, or when most of its text stands in one cell that holds several
    paragraphs, a heading or a table of its own, with hardly another cell around it.
    """
    if all(sum(bool(cell.blocks) for cell in row) <= 1 for row in rows):
        return True
    sizes = [(count_characters(cell.text), cell) for row in rows for cell in row if cell.blocks]
    largest, main = max(sizes, key=lambda sized: sized[0])
    if 2 * largest <= sum(size for size, _ in sizes):
        return False
    has_structure = any(block.kind in ("heading", "table") for block in main.blocks)
    few_others = len(sizes) - 1 <= LAYOUT_OTHER_CELLS
    return few_others and (has_structure or len(main.blocks) >= LAYOUT_PARAGRAPHS)


def check_nesting(depth: int) -> None:
    """Refuse tables nested deeper than can be read.

    Raises:
        Unreadable: `too-deep`.
    """
    if depth > DEEPEST_NESTING:
        raise Unreadable(
            f"表格嵌套超过 {DEEPEST_NESTING} 层，不像正常文稿，未读取。请另存为新文件后再导入。", "too-deep"
        )


def _lines(block: RawBlock) -> list[str]:
    """Return a block of a cell as lines."""
    if block.kind == "table":
        return ["\t".join(cell for cell in row if cell) for row in block.rows]
    return [f"{block.label} {block.text}".strip(" ") if block.label else block.text]


def _placed(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[str, ...], ...]:
    """Return the texts of the cells, each in its column, all rows equally wide."""
    placed: list[list[str]] = []
    covered: dict[int, int] = {}
    """Column → rows that a cell above still covers."""
    for row in rows:
        texts: list[str] = []
        below = {column: left - 1 for column, left in covered.items() if left > 1}
        for cell in row:
            while len(texts) in covered:
                texts.append("")
            width = min(max(cell.columns, 1), WIDEST_SPAN)
            if cell.rows > 1:
                below.update({len(texts) + step: cell.rows - 1 for step in range(width)})
            texts += [cell.text] + [""] * (width - 1)
        while len(texts) in covered:
            texts.append("")
        placed.append(texts)
        covered = below
    width = max(len(texts) for texts in placed)
    return tuple(tuple(texts + [""] * (width - len(texts))) for texts in placed)
