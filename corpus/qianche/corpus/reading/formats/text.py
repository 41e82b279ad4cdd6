"""Plain text: pages at form feeds, and whether its lines are whole paragraphs or the lines of a printed page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from qianche.corpus.reading.formats.counting import count_characters
from qianche.corpus.reading.formats.encoding import decode
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.raw import RawBlock, RawDocument, RawKind, RawPage

SENTENCE_ENDS = frozenset("。！？；：!?;:…”’』」）)》】.")
"""A line that ends so may end a paragraph; a full line that does not was broken by a margin."""
COMMAS = frozenset("，、,")
"""A line that ends so goes on in the next, however short it is."""
WIDEST_PRINTED_LINE = 130
"""Columns (a Chinese character takes two) of the widest line that a page of print has."""
NARROWEST_PRINTED_LINE = 24
FULL = 0.8
"""Share of the widest line from which on a line is full."""
LEAST_BROKEN, LEAST_CUT = 0.2, 0.1
"""Share of all lines that a margin must have broken: 0.37 to 0.56 in most text copied from PDF pages, next to none in
text with one paragraph a line, .17 in a standard with wide headings. Where some line ends with a comma, as no
paragraph does, half as many are enough."""


def read_text(data: bytes, limits: Limits) -> RawDocument:
    """Return a text file as pages (parted by form feeds) of lines or paragraphs.

    All lines of a file are of one kind: `line` when a good share of them is as wide as the widest and stops in
    mid-sentence, else `paragraph`. Empty lines give no block; the next one has `blank_before`.

    Raises:
        Unreadable: `unknown-format` when the bytes are no text; see `encoding.decode`.
    """
    decoded = decode(data)
    pages = decoded.text.split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()  # printers end every page, the last too, with a form feed
    kind = kind_of_lines([line for page in pages for line in page.splitlines()])
    return RawDocument(
        "text",
        tuple(_page(number, page, kind) for number, page in enumerate(pages, start=1)),
        warnings=decoded.warnings,
    )


def kind_of_lines(lines: Sequence[str]) -> RawKind:
    """Return `line` when a margin broke the lines, `paragraph` when each is a whole paragraph."""
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) < 4:
        return "paragraph"
    widths = [_columns(line) for line in filled]
    widest = sorted(widths)[int(len(widths) * 0.95)]
    if not NARROWEST_PRINTED_LINE <= widest <= WIDEST_PRINTED_LINE:
        return "paragraph"
    broken = sum(
        line[-1] in COMMAS or (width >= FULL * widest and line[-1] not in SENTENCE_ENDS)
        for line, width in zip(filled, widths, strict=True)
    )
    least = LEAST_CUT if any(line[-1] in COMMAS for line in filled) else LEAST_BROKEN
    return "line" if broken >= least * len(filled) else "paragraph"


def _page(number: int, text: str, kind: RawKind) -> RawPage:
    """Return one page of a text file."""
    blocks = tuple(_blocks(text, kind))
    return RawPage(number, blocks, "text" if blocks else "empty", file_characters=count_characters(text))


def _blocks(text: str, kind: RawKind) -> Iterator[RawBlock]:
    """Yield the lines that hold anything."""
    blank = False
    for line in text.splitlines():
        if line.strip():
            yield RawBlock(kind, line, blank_before=blank)
        blank = not line.strip()


def _columns(line: str) -> int:
    """Return the printed width of a line: two columns for a wide character; exact up to what matters here."""
    if len(line) > WIDEST_PRINTED_LINE:
        return len(line)
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)
