"""What every reader is asked: are all characters of the file there."""

from __future__ import annotations

from qianche.corpus.reading.raw import RawDocument, RawPage


def kept(page: RawPage) -> int:
    """Return the non-space characters that a page's blocks hold, automatic labels left out."""
    texts = [block.text for block in page.blocks]
    texts += [cell for block in page.blocks for row in block.rows for cell in row]
    return sum(not character.isspace() for text in texts for character in text)


def texts(document: RawDocument) -> list[str]:
    """Return the texts of all blocks, tables as their first cells."""
    return [block.text or block.rows[0][0] for page in document.pages for block in page.blocks]


def nothing_is_lost(document: RawDocument) -> bool:
    """Return whether every page holds as many characters as the file has for it."""
    return all(kept(page) == page.file_characters for page in document.pages)
