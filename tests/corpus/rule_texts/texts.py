"""Rule texts written for these tests, each with one difficulty of real files and its tree worked out by hand.

A block is a string; `# ` before it makes it a heading of the file's own styles, a tuple of rows makes it a table.
The tree is written as nested units: 章1(条1(款1(项1 项2))) is one chapter with one article of one 款 with two 项.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qianche.corpus.reading.document import Block, Document, Page, Span
from qianche.corpus.reading.raw import Format
from qianche.corpus.rule_texts.draft import Node, RuleDraft
from qianche.corpus.rule_texts.tree import walk

Rows = tuple[tuple[str, ...], ...]


def document(*blocks: str | Rows, format: Format = "text") -> Document:
    """Return a document of the blocks, as cleaning would hand it over."""
    text, made = "", list[Block]()
    for block in blocks:
        text += "\n" if made else ""
        start = len(text)
        if isinstance(block, str):
            heading = block.startswith("# ")
            text += block.removeprefix("# ")
            made.append(
                Block("heading" if heading else "paragraph", start, len(text), 1 if heading else None)
            )
            continue
        rows = []
        for number, row in enumerate(block):
            text += "\n" if number else ""
            cells = []
            for column, cell in enumerate(row):
                text += "\t" if column else ""
                cells.append(Span(len(text), len(text) + len(cell)))
                text += cell
            rows.append(tuple(cells))
        made.append(Block("table", start, len(text), None, tuple(rows)))
    kept = len("".join(text.split()))
    return Document(format, text, tuple(made), (Page(1, 0, "text", None, "", kept, kept),))


def shape(nodes: Sequence[Node]) -> str:
    """Return the tree in the notation of this file."""
    names = {"clause": "", "section": "节段", "text": "文"}
    units = []
    for node in nodes:
        below = shape(node.children)
        units.append(f"{names.get(node.kind, node.kind)}{node.number}" + (f"({below})" if below else ""))
    return " ".join(units)


def uncovered(draft: RuleDraft, document: Document) -> str:
    """Return the non-space characters that lie in no part of the draft or in more than one."""
    spans = [*draft.head, *draft.contents, *(span for _, span in draft.annexes)]
    spans += [span for node in walk(draft.body) for span in node.own]
    counts = [0] * len(document.text)
    for span in spans:
        for at in range(span.start, span.end):
            counts[at] += 1
    return "".join(
        c for c, count in zip(document.text, counts, strict=True) if not c.isspace() and count != 1
    )


@dataclass(frozen=True)
class Difficult:
    """A text, its tree, and what its exceptions must say; `annexes` are their labels."""

    name: str
    blocks: tuple[str | Rows, ...]
    tree: str
    kind: str = "act"
    annexes: tuple[str, ...] = ()
    contents: str = ""
    says: tuple[str, ...] = field(default=())
