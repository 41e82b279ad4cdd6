"""One page of a file as text: in portions that stay readable, tables as tables, a quote marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from qianche.corpus.errors import NotFound
from qianche.corpus.reading.document import Block, Document, Span
from qianche.service.places import page_place, page_span

PORTION = 6_000
"""Characters of a page shown at once: a text file of 50 MB is one page."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, heading or table as shown; a table has `rows`, the others `text`."""

    kind: str
    text: Markup
    rows: tuple[tuple[Markup, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """A portion of a page: `portion` of `portions`, both from 1; `index` is the page's place among the pages.

    `quote`: the span asked for, as far as it stands in the text; `found` says whether some of it is shown.
    """

    index: int
    number: int
    portion: int
    portions: int
    blocks: tuple[TextBlock, ...]
    quote: Span | None = None
    found: bool = False
    goes_on: bool = False
    """The quote goes on behind what is shown."""


def view_page(document: Document, page: int | None, portion: int | None, quote: Span | None) -> PageView:
    """Return the portion asked for; where a quote is given, the one that it begins in.

    Raises:
        NotFound: no such page or portion; the message names the last one.
    """
    quote = _inside(document, quote)
    index = _index(document, page, quote)
    start, end = page_span(document, index)
    cuts = portion_starts(document.text, start, end)
    at = _portion(cuts, portion, quote if quote and start <= quote.start < end else None)
    first, last = cuts[at], cuts[at + 1] if at + 1 < len(cuts) else end
    marker = _Marker(document.text, quote)
    blocks = tuple(_blocks(document, first, last, marker))
    goes_on = quote is not None and marker.used and quote.end > last
    return PageView(
        index, document.pages[index].number, at + 1, len(cuts), blocks, quote, marker.used, goes_on
    )


def portion_starts(text: str, start: int, end: int) -> list[int]:
    """Return where the portions of a page begin: at line breaks, within a line only where it is too long."""
    starts = [start]
    while end - starts[-1] > PORTION:
        at = starts[-1]
        line_break = text.rfind("\n", at + PORTION // 2, at + PORTION)
        starts.append(line_break + 1 if line_break >= 0 else at + PORTION)
    return starts


def _inside(document: Document, quote: Span | None) -> Span | None:
    """Return the span cut to the text, None where nothing of it is left."""
    if quote is None:
        return None
    cut = Span(max(quote.start, 0), min(quote.end, len(document.text)))
    return cut if cut.start < cut.end else None


def _index(document: Document, page: int | None, quote: Span | None) -> int:
    """Return the place of the page among the pages; a quote stands where its text stands."""
    if not document.pages:
        raise NotFound("这个文件没有读出任何一页。请下载原件查看。", code="no-such-page")
    if quote is not None:
        return max(bisect_right(document.pages, quote.start, key=lambda p: p.start) - 1, 0)
    return 0 if page is None else page_place(document, page)


def _portion(cuts: Sequence[int], portion: int | None, quote: Span | None) -> int:
    """Return the place of the portion asked for, or of the one that holds the quote."""
    if portion is None:
        return max(bisect_right(cuts, quote.start) - 1, 0) if quote else 0
    if not 1 <= portion <= len(cuts):
        raise NotFound(f"本页没有第 {portion} 段：共 {len(cuts)} 段。请核对段号。", code="no-such-portion")
    return portion - 1


class _Marker:
    """Escapes pieces of the text and marks what of the quote stands in them; the first mark is the anchor."""

    def __init__(self, text: str, quote: Span | None) -> None:
        self._text = text
        self._quote = quote
        self.used = False

    def __call__(self, start: int, end: int) -> Markup:
        quote = self._quote
        if quote is None or quote.end <= start or quote.start >= end:
            return escape(self._text[start:end])
        first, last = max(start, quote.start), min(end, quote.end)
        opening = Markup("<mark>") if self.used else Markup('<mark id="quote" tabindex="-1">')
        self.used = True
        before, inside, after = self._text[start:first], self._text[first:last], self._text[last:end]
        return escape(before) + opening + escape(inside) + Markup("</mark>") + escape(after)


def _blocks(document: Document, first: int, last: int, marked: _Marker) -> Iterator[TextBlock]:
    """Yield what of each block stands in the portion, in order."""
    at = document.block_at(first) if document.blocks else 0
    for block in document.blocks[at:]:
        if block.start >= last:
            return
        start, end = max(block.start, first), min(block.end, last)
        if start >= end:
            continue
        if block.kind == "table" and block.rows:
            yield TextBlock("table", Markup(""), tuple(_rows(block, first, last, marked)))
        else:
            yield TextBlock(block.kind, marked(start, end))


def _rows(block: Block, first: int, last: int, marked: _Marker) -> Iterator[tuple[Markup, ...]]:
    """Yield the rows of a table that have a cell in the portion; a cell is cut where the portion is."""
    for row in block.rows:
        spans = [(max(cell.start, first), max(min(cell.end, last), max(cell.start, first))) for cell in row]
        inside = any(cell.start < last and cell.end >= first for cell in row)
        if inside and any(start < end for start, end in spans):
            yield tuple(marked(start, end) for start, end in spans)
