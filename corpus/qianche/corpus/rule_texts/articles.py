"""The tree of a rule as what is searched and shown: articles of an act, units of every other text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.rule_texts.draft import Node, RuleDraft
from qianche.corpus.rule_texts.lines import squeeze
from qianche.corpus.rule_texts.tree import HEADINGS
from qianche.corpus.rules import Article, ArticleNumber, Heading, Item, Paragraph, Point

UnitKind = Literal["article", "clause", "section", "item", "text", "annex"]
"""条; decimal clause; section 一、; item （一） of a section; unnumbered text; annex."""

_DELETED = re.compile(r"[（(]\s*删[去除]\s*[)）]")
NOTE_JOINED = "原文件中这一条号出现在两处，已合为一条"
SECTION_HEADING = "标题"
"""Kind of `Heading` for 一、… and other headings that are no 章 or 节."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One searchable unit of a rule: never cut by length, its path says where it belongs.

    `label` is how it is cited within the text (第三十六条, 6.2.2.1, 二、（三）, 附件1), "" for unnumbered text; `text`
    is without the label, lines joined by newline; `span` covers the unit in the document, label included.
    """

    kind: UnitKind
    label: str
    number: str
    path: tuple[Heading, ...]
    text: str
    span: Span


def units(draft: RuleDraft, document: Document) -> tuple[Unit, ...]:
    """Return the units in order: articles; clauses with text of their own; sections, or their （一） where they
    have such; unnumbered text; annexes. Together they hold all text of body and annexes once, labels and
    headings aside.
    """
    body = [unit for path, node in _placed(draft.body, (), document) for unit in _units(node, path, document)]
    annexes = [
        Unit("annex", label, "", (), _text(document, [span]), span) for label, span in draft.annexes
    ]  # fmt: skip
    return (*body, *annexes)


def to_articles(draft: RuleDraft, document: Document, version_id: str) -> tuple[Article, ...]:
    """Return the 条 of the draft as articles of a version, spans by the conventions of `parse_article`.

    Empty for a text without 条, for one that only amends others, and for one whose chapters each number their
    own 条, so that a number names no article. A number printed for two separate
    articles occurs once: the second is joined to the first, said in its note.

    Args:
        draft: the draft.
        document: the document it was made from.
        version_id: `{rule_id}@{version_date}`.
    """
    if draft.kind != "act":
        return ()
    by_number: dict[str, list[tuple[tuple[Heading, ...], Node]]] = {}
    for path, node in _placed(draft.body, (), document):
        if node.kind == "条":
            by_number.setdefault(node.number, []).append((path, node))
    firsts = by_number.get("1", [])
    if any(path != firsts[0][0] for path, _ in firsts):
        return ()
    return tuple(
        _article(places[0][0], [node for _, node in places], document, version_id)
        for places in by_number.values()
    )  # fmt: skip


def _placed(
    nodes: Sequence[Node], path: tuple[Heading, ...], document: Document
) -> Iterator[tuple[tuple[Heading, ...], Node]]:  # fmt: skip
    """Yield units with the headings above them; a clause or section that has clauses below is a heading too."""
    for node in nodes:
        below = [
            child
            for child in node.children
            if child.kind in {"条", "clause", "section"} or child.kind in HEADINGS
        ]
        if node.kind not in HEADINGS:
            yield path, node
        if node.kind in HEADINGS or below:
            inner = (*path, _heading(node, document))
            rest = [child for child in node.children if child.kind == "text" or child in below]
            yield from _placed(rest, inner, document)


def _heading(node: Node, document: Document) -> Heading:
    """Return the heading in the form of the statute package: 第二章 总则, 附则."""
    if node.kind == "附则":
        return Heading("附则", "附则")
    text = squeeze("".join(document.quote(span) for span in node.own)).strip("*#=")
    title = text.removeprefix(node.label)
    kind = node.kind if node.kind in HEADINGS else SECTION_HEADING
    joint = "" if node.label.endswith("、") or not node.label else " "
    return Heading(kind, f"{node.label}{joint}{title}".rstrip())


def _units(node: Node, path: tuple[Heading, ...], document: Document) -> Iterator[Unit]:
    """Yield the units of one placed node, what lies below it as placed nodes of their own left out."""
    content = [child for child in node.children if child.kind in {"款", "项", "目"}]
    if node.kind == "条":
        yield _unit("article", node.label, node.number, path, node, content, document)
    elif node.kind == "clause":
        title = _title_text(node, document)
        if content or (title and not any(child.kind == "clause" for child in node.children)):
            yield _unit("clause", node.label, node.number, path, node, content, document)
    elif node.kind == "section":
        yield from _section_units(node, path, content, document)
    elif node.kind in {"text", "款"}:
        yield Unit("text", "", "", path, _text(document, _leaf_spans(node)), _extent([node]))


def _section_units(
    node: Node, path: tuple[Heading, ...], content: Sequence[Node], document: Document
) -> Iterator[Unit]:  # fmt: skip
    """Yield a section as one unit, or its （一） as units where it has some; what is before them stays its own."""
    if any(child.kind in {"条", "clause"} for child in node.children):
        return
    bracketed = [item for part in content for item in part.children if item.label[:1] in "（("]
    if not bracketed:
        yield _unit("section", node.label, node.number, path, node, content, document)
        return
    own = [part for part in content if part.own or not part.children]
    lead = [span for part in own for span in part.own]
    loose = [span for part in content for i in part.children if i not in bracketed for span in _leaf_spans(i)]
    if lead or loose:
        spans = sorted([*lead, *loose], key=lambda span: span.start)
        span = Span(min(s.start for s in [*node.own, *spans]), spans[-1].end)
        yield Unit("section", node.label, node.number, path, _text(document, spans), span)
    inner = (*path, _heading(node, document))
    for item in bracketed:
        text = _text(document, _leaf_spans(item))
        label = f"{node.label}{item.label}"
        number = f"{node.number}.{item.number}"
        yield Unit("item", label, number, inner, text.removeprefix(item.label).lstrip(), _extent([item]))


def _unit(
    kind: UnitKind, label: str, number: str, path: tuple[Heading, ...], node: Node, content: Sequence[Node],
    document: Document,
) -> Unit:  # fmt: skip
    """Return a unit of a labelled node: title and text."""
    title = _title_text(node, document)
    text = _text(document, [span for part in content for span in _leaf_spans(part)])
    return Unit(
        kind, label, number, path, "\n".join(t for t in (title, text) if t), _extent([*content], node.own)
    )


def _title_text(node: Node, document: Document) -> str:
    """Return what a node's own spans hold besides its label: the title of a clause or section."""
    if node.kind == "条":
        return ""
    text = "".join(document.quote(span) for span in node.own).strip("*#= ")
    return text.removeprefix(node.label).strip("*= \t\u3000")


def _article(
    path: tuple[Heading, ...], nodes: Sequence[Node], document: Document, version_id: str
) -> Article:  # fmt: skip
    """Return one article of all nodes that carry its number."""
    joined = _Joined(document)
    children = [child for node in nodes for child in node.children]
    paragraphs = tuple(replace(joined.paragraph(child), number=n) for n, child in enumerate(children, 1))
    return Article(
        article_id=f"{version_id}/{nodes[0].number}",
        version_id=version_id,
        number=ArticleNumber.from_slug(nodes[0].number),
        path=path,
        text=joined.text,
        paragraphs=paragraphs,
        deleted=bool(_DELETED.fullmatch(joined.text)),
        note=NOTE_JOINED if len(nodes) > 1 else "",
    )


class _Joined:
    """The text of an article as it grows leaf by leaf, and where each leaf stands in it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._end: int | None = None
        self.text = ""

    def paragraph(self, node: Node) -> Paragraph:
        """Return the 款 of a node, its text added."""
        start = self._add(node.own)
        items = tuple(self._item(child) for child in node.children)
        return Paragraph(int(node.number), _first(start, items), len(self.text), items)

    def _item(self, node: Node) -> Item:
        """Return the 项 of a node."""
        start = self._add(node.own)
        points = tuple(self._point(child) for child in node.children)
        return Item(int(node.number), node.label, _first(start, points), len(self.text), points)

    def _point(self, node: Node) -> Point:
        """Return the 目 of a node, the levels below it within it."""
        start = self._add(_leaf_spans(node))
        return Point(int(node.number), node.label, len(self.text) if start is None else start, len(self.text))

    def _add(self, spans: Sequence[Span]) -> int | None:
        """Add the text of the spans; return where it begins, None where there are none."""
        start: int | None = None
        for span in spans:
            if self._end is not None:
                between = self._document.text[self._end : span.start]
                self.text += "\n" if "\n" in between else between
            start = len(self.text) if start is None else start
            self.text += self._document.quote(span)
            self._end = span.end
        return start


def _first(start: int | None, below: Sequence[Item] | Sequence[Point]) -> int:
    """Return where a unit begins: with its own text, else with the first unit below it."""
    return below[0].start if start is None else start


def _leaf_spans(node: Node) -> list[Span]:
    """Return all spans of a node and what is below it, in order."""
    spans = [*node.own, *(span for child in node.children for span in _leaf_spans(child))]
    return sorted(spans, key=lambda span: span.start)


def _text(document: Document, spans: Sequence[Span]) -> str:
    """Return the text of spans: parts of one line as they stand, lines joined by newline."""
    joined = _Joined(document)
    joined._add(spans)
    return joined.text


def _extent(nodes: Sequence[Node], own: Sequence[Span] = ()) -> Span:
    """Return the span from the first to the last character."""
    spans = [*own, *(span for node in nodes for span in _leaf_spans(node))]
    return Span(min(span.start for span in spans), max(span.end for span in spans))
