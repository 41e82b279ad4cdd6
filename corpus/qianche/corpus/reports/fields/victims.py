"""The table of casualties (伤亡人员名单): a check on the number of deaths, and its source where nothing else tells it."""

from __future__ import annotations

from qianche.corpus.reading.document import Block, Document, Span
from qianche.corpus.reports.draft import Field, Finding

_NAME = "姓名"
_DEAD = ("死亡", "遇难")


def listed_deaths(document: Document, span: Span) -> Field[int]:
    """Return the number of dead that a table of persons lists, no finding where there is no such table."""
    tables = [block for block in _tables(document, span) if _dead_in(document, block)]
    listed = sum(_dead_in(document, table) for table in tables)
    if not listed:
        return Field()
    return Field(
        (Finding(listed, tuple(Span(t.start, t.end) for t in tables), "table", True, "按伤亡人员表计"),)
    )


def check_victims(document: Document, span: Span, deaths: Field[int]) -> tuple[str, ...]:
    """Return a warning where a table of persons lists another number of dead than the report states.

    A table counts where its first row has 姓名 and a row below says 死亡; without a stated number, or with
    several, nothing is said.
    """
    listed = sum(_dead_in(document, table) for table in _tables(document, span))
    if not listed or deaths.value is None or listed == deaths.value:
        return ()
    return (f"伤亡人员表列有死者{listed}人，正文写死亡{deaths.value}人。请核对。",)


def _tables(document: Document, span: Span) -> list[Block]:
    """The tables inside the span."""
    return [b for b in document.blocks if b.rows and span.start <= b.start and b.end <= span.end]


def _dead_in(document: Document, table: Block) -> int:
    """The rows of a table of persons that say 死亡."""
    head, *rows = ([document.quote(cell) for cell in row] for row in table.rows)
    if not any(_NAME in cell for cell in head):
        return 0
    return sum(any(word in cell for cell in row for word in _DEAD) for row in rows)
