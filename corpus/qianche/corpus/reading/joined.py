"""Several documents of one file put after each other, a page each: the records of a JSON Lines file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qianche.corpus.reading.document import Block, Document, Page, Span


def join_documents(documents: Sequence[Document]) -> Document:
    """Return one document of the texts in order, parted by a newline; every document is one page, numbered from 1.

    Format and title are those of the first. Each document has one page of its own.
    """
    blocks: list[Block] = []
    pages: list[Page] = []
    at = 0
    for number, document in enumerate(documents, 1):
        blocks += [_moved(block, at) for block in document.blocks]
        pages.append(replace(document.pages[0], number=number, start=at))
        at += len(document.text) + 1
    return Document(
        documents[0].format,
        "\n".join(document.text for document in documents),
        tuple(blocks),
        tuple(pages),
        tuple(
            replace(removed, page=number)
            for number, document in enumerate(documents, 1)
            for removed in document.removed
        ),
        documents[0].title,
        tuple(dict.fromkeys(warning for document in documents for warning in document.warnings)),
    )


def _moved(block: Block, by: int) -> Block:
    """Return a block that stands further on."""
    return replace(
        block,
        start=block.start + by,
        end=block.end + by,
        rows=tuple(tuple(Span(cell.start + by, cell.end + by) for cell in row) for row in block.rows),
        label_end=None if block.label_end is None else block.label_end + by,
        page=None,
    )
