"""What changed between two texts, paragraph by paragraph."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest

from qianche.corpus.reading.document import Block, Document
from qianche.indexing.importing.records import Difference
from qianche.indexing.importing.same_text import reduced


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """Return the changes from one text to the other, in order; blanks and punctuation are no change.

    Paragraphs that stand in each other's place are told as one change, the rest as added or removed.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    matcher = SequenceMatcher(None, [key for key, _ in old], [key for key, _ in new], autojunk=False)
    found: list[Difference] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        for gone, come in zip_longest(old[i1:i2], new[j1:j2]):
            found.append(_difference(before, gone[1] if gone else None, after, come[1] if come else None))
    return tuple(found)


def _paragraphs(document: Document) -> list[tuple[str, Block]]:
    """Blocks that hold letters or digits, each with the form it is compared in."""
    blocks = ((reduced(document.text[block.start : block.end]), block) for block in document.blocks)
    return [(key, block) for key, block in blocks if key]


def _difference(before: Document, gone: Block | None, after: Document, come: Block | None) -> Difference:
    return Difference(
        kind="changed" if gone and come else "removed" if gone else "added",
        before=before.text[gone.start : gone.end] if gone else "",
        after=after.text[come.start : come.end] if come else "",
        before_page=before.page_at(gone.start) if gone else None,
        after_page=after.page_at(come.start) if come else None,
    )
