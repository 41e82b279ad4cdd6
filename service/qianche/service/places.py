"""Where pages and quotes stand in the text of a source."""

from __future__ import annotations

from typing import NamedTuple

from qianche.corpus.errors import NotFound
from qianche.corpus.reading.document import Document

_AROUND = 40
"""Characters shown on either side of a quote."""


class Around(NamedTuple):
    """A quote with some of its paragraph: where that begins and ends, whether the paragraph goes on there."""

    start: int
    end: int
    more_before: bool
    more_after: bool


def page_place(document: Document, number: int) -> int:
    """Return the place of a page among the pages; `NotFound` names the last one where it does not exist."""
    places = {page.number: place for place, page in enumerate(document.pages)}
    if number not in places:
        last = max(places, default=0)
        raise NotFound(f"这个文件没有第 {number} 页：共 {last} 页。请核对页码。", code="no-such-page")
    return places[number]


def page_span(document: Document, place: int) -> tuple[int, int]:
    """Return from where to where the text of a page goes."""
    start = document.pages[place].start
    end = document.pages[place + 1].start if place + 1 < len(document.pages) else len(document.text)
    return start, max(start, end)


def around(document: Document, start: int, end: int) -> Around:
    """Return a quote with up to `_AROUND` characters of its paragraph on either side."""
    block = document.blocks[document.block_at(start)] if document.blocks else None
    if block is None:
        return Around(max(start - _AROUND, 0), min(end + _AROUND, len(document.text)), False, False)
    first = max(start - _AROUND, min(block.start, start))
    last = min(end + _AROUND, max(block.end, end))
    return Around(first, last, first > block.start, last < block.end)
