"""The lines of a document that parts are made of: its blocks, cut where a heading stands inside one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from qianche.corpus.reading.cleaning.heading_phrases import phrase_end
from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.headings import TITLE_MAX, Heading, Numbering, heading_of, numbering_of


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text inside one block, with what it begins with. Offsets are into the document's text."""

    start: int
    end: int
    text: str
    heading: Heading | None = None
    numbering: Numbering | None = None
    level: int | None = None
    table: bool = False
    whole: bool = True
    """Whether the line begins its block; False for what was cut off inside one."""

    @property
    def alone(self) -> bool:
        """Whether nothing but the heading stands in the line."""
        return self.heading is not None and not self.text[self.heading.end :].strip()


# Where a heading may begin inside a paragraph: after the end of a sentence.
_SENTENCE_END = re.compile(r"[。；;！!](?:\s*[”\"’）)])?\s*")
# The one label that is a heading even where the sentence before it has lost its end: …的规定事故间接原因:顶板….
_LABEL_INSIDE = re.compile(r"(?<=[一-鿿”])(?=事故(?:直接|间接)原因[：:])")
# …事故调查报告2019年3月21日，…: a title glued to the sentence that opens the report.
_TITLE_GLUED = re.compile(r"[^。，；：！？]{8,80}?(?:调查报告|事故通报|事故案例)(?=\d{4}\s*年)")
# …报告如下：一、基本情况（一）单位情况某公司…: numbers of headings where no sentence has ended.
_NUMBER_GLUED = re.compile(
    r"(?<=[：:况因质过位论过设施议])(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])(?=[一-鿿])"
    r"|(?<=[。；])[（(][一二三四五六七八九十]{1,3}[)）](?=[一-鿿])"
)
# A label inside a paragraph counts only with its colon: …死亡1人。事故原因：…; not …。责任。
_COLON = re.compile(r"[：:∶]")


def lines_of(document: Document, span: Span) -> tuple[Line, ...]:
    """Return the lines of the span in order; only white space lies between them."""
    return tuple(line for piece in _blocks(document, span) for line in _cut(piece))


def sentences_of(line: Line) -> tuple[Line, ...]:
    """Return the sentences of a line as lines, the mark at the end included."""
    cuts = [0, *(m.end() for m in re.finditer(r"[。！？](?:[”\"’」）)])?", line.text)), len(line.text)]
    return tuple(_stripped(line, start, end) for start, end in pairwise(cuts) if line.text[start:end].strip())


def _blocks(document: Document, span: Span) -> Iterator[Line]:
    """Yield each block within the span as one line, white space at its ends left out."""
    for block in document.blocks:
        start, end = max(block.start, span.start), min(block.end, span.end)
        text = document.text[start:end]
        if not text.strip():
            continue
        whole = Line(start, end, text, level=block.level, table=block.kind == "table")
        yield _stripped(whole, 0, len(text))


def _stripped(line: Line, start: int, end: int) -> Line:
    """Return a stretch of the line without the white space at its ends."""
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return replace(
        line, start=line.start + start, end=line.start + start + len(text), text=text, heading=None, numbering=None,
        whole=line.whole and start == len(line.text) - len(line.text.lstrip()),
    )  # fmt: skip


def _cut(line: Line) -> Iterator[Line]:
    """Yield the line cut before every heading inside it."""
    if line.table:
        yield line
        return
    cuts = [0]
    for end in _SENTENCE_END.finditer(line.text):
        rest = line.text[end.end() : end.end() + 120]
        promising = numbering_of(rest, spaced=True) is not None or _COLON.search(rest[:TITLE_MAX])
        heading = heading_of(rest) if promising else None
        if heading is not None and _inside(heading, rest):
            cuts.append(end.end())
    cuts = sorted({*cuts, *(m.start() for m in _LABEL_INSIDE.finditer(line.text)), *_run_together(line)})
    for start, stop in zip(cuts, [*cuts[1:], len(line.text)], strict=True):
        piece = _stripped(line, start, stop)
        heading = heading_of(piece.text)
        numbering = heading.numbering if heading else numbering_of(piece.text)
        yield replace(piece, heading=heading, numbering=numbering)


def _run_together(line: Line) -> set[int]:
    """Return where titles and headings begin in a paragraph that has lost its line breaks before them.

    The day right behind the words of a title; a heading behind a colon or right behind another heading.
    """
    title = _TITLE_GLUED.match(line.text) if line.whole else None
    found = {title.end()} if title else set()
    for match in _NUMBER_GLUED.finditer(line.text):
        rest = line.text[match.start() : match.start() + 120]
        numbering = numbering_of(rest)
        heading = heading_of(rest) if numbering else None
        if heading is None or numbering is None:
            continue
        if heading.clear or phrase_end(rest, numbering.end) is not None:
            found.add(match.start())
    return found


def _inside(heading: Heading, rest: str) -> bool:
    """Whether a heading found after a sentence is one: numbered and clear, or a label with its colon."""
    if not heading.clear:
        return heading.numbering is not None and heading.numbering.style == "chinese"
    return heading.numbering is not None or _COLON.search(rest[: heading.end][-2:]) is not None
