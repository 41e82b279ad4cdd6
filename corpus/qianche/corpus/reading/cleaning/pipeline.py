"""The order of the steps from raw pages to a clean document."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from qianche.corpus.reading.cleaning.assembly import assemble
from qianche.corpus.reading.cleaning.contents import ONLY_CONTENTS, is_only_contents, without_contents
from qianche.corpus.reading.cleaning.footnotes import split_notes, tell_footnotes, without_marks
from qianche.corpus.reading.cleaning.headers import without_headers
from qianche.corpus.reading.cleaning.headings import part
from qianche.corpus.reading.cleaning.intake import take
from qianche.corpus.reading.cleaning.page_numbers import without_page_numbers
from qianche.corpus.reading.cleaning.paragraphs import join
from qianche.corpus.reading.cleaning.pieces import Piece
from qianche.corpus.reading.document import Document, Removed
from qianche.corpus.reading.raw import RawDocument

EMPTY = "文件里没有文字。请确认选对了文件，或重新下载、重新另存后再导入。"


def clean(raw: RawDocument) -> Document:
    """Return the file as one clean text with its pages and blocks, everything left out listed.

    The non-space characters of the file are those of the text (automatic labels apart) and of
    `Document.removed`, after the mapping of characters (`characters.repair`) and, on recognised pages, of slips
    (`slips.mend`). Numbering that the file has damaged stays as it is.
    """
    taken = [take(page) for page in raw.pages]
    removed = [entry for page in taken for entry in page.removed]
    pages = [split_notes(list(page.pieces)) for page in taken]
    pieces, furniture = _without_furniture(pages)
    kept, contents = without_contents(pieces)
    unmarked, marks = without_marks(tell_footnotes(kept))
    paragraphs, hyphens = join(unmarked, raw.format)
    parted = list(chain.from_iterable(map(part, paragraphs)))
    warnings = list(raw.warnings)
    if is_only_contents(kept, contents):
        warnings.append(ONLY_CONTENTS)
    if raw.pages and all(page.status == "empty" for page in raw.pages):
        warnings.append(EMPTY)
    if slips := sum(page.slips for page in taken):
        warnings.append(
            f"识别文字中有 {slips} 处按上下文改正（如“为期I个月”改为“为期1个月”）。请对照原件核对。"
        )
    listed = _by_page([*removed, *furniture, *contents, *marks, *hyphens], raw)
    return assemble(raw, parted, listed, tuple(warnings))


def _without_furniture(pages: list[list[Piece]]) -> tuple[list[Piece], list[Removed]]:
    """Return the pieces of all pages without headers, footers and page numbers; page breaks are marked."""
    headers: list[Removed] = []
    if len(pages) > 1:
        pages, headers = without_headers(pages)
    pages, numbers = without_page_numbers(pages)
    pieces: list[Piece] = []
    for page in pages:
        for i, piece in enumerate(page):
            pieces.append(replace(piece, cut=True) if i == 0 and pieces else piece)
    return pieces, [*headers, *numbers]


def _by_page(removed: list[Removed], raw: RawDocument) -> list[Removed]:
    """Return what was removed in the order of the pages."""
    order = {page.number: i for i, page in enumerate(raw.pages)}
    return sorted(removed, key=lambda entry: order[entry.page])
