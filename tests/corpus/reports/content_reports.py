"""Reports written for the tests of `reports.content`: each part with its heading, told by hand, not by `find_parts`.

All places, companies and persons are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.corpus.reports.documents import document

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.draft import Part, PartKind


@dataclass(frozen=True)
class Report:
    """A document with its parts, in the order the functions of `reports.content` take them."""

    document: Document
    span: Span
    parts: tuple[Part, ...]

    @property
    def args(self) -> tuple[Document, Span, tuple[Part, ...]]:
        return self.document, self.span, self.parts

    @property
    def text(self) -> str:
        return self.document.text


def report(*parts: tuple[PartKind, str | None, Sequence[str]]) -> Report:
    """A report of parts (kind, heading, paragraphs); a heading that ends with a colon has its text on the same line."""
    lines: list[str] = []
    made: list[Part] = []
    start = 0
    for kind, heading, paragraphs in parts:
        own = list(paragraphs)
        if not own and not heading:
            continue
        if heading and heading.endswith(("：", ":")) and own:
            own[0] = heading + own[0]
        elif heading:
            own.insert(0, heading)
        length = len("\n".join(own))
        head = Span(start, start + len(heading)) if heading else None
        made.append(Part(kind, Span(start, start + length), head))
        lines += own
        start += length + 1
    doc = document(*lines)
    return Report(doc, Span(0, len(doc.text)), tuple(made))
