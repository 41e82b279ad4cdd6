"""Small pieces of text and structure for the templates; what comes from records stays escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from qianche.corpus.rules import Article, Item, Paragraph
from qianche.corpus.statutes import article_label

UNKNOWN = "未载"
_GIST = 28
"""Characters of an article's beginning in a table of contents."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article's text: `kind` is paragraph, item or point; `label` is printed before it.

    `start` is where `text` begins in the article's text. `anchor` names the 款 (k2) or 项 (k2-3) that begins here.
    """

    kind: str
    label: str
    text: str
    start: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """An article in a table of contents."""

    slug: str
    label: str
    gist: str


def marked(text: str, marks: Iterable[Sequence[int]]) -> Markup:
    """Return the text, escaped, with <mark> around the spans; overlapping or unordered spans are merged.

    Args:
        text: plain text.
        marks: half-open [start, end) spans in characters of the text.
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted((mark[0], min(mark[1], len(text))) for mark in marks):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    # Plain strings joined once: operations on Markup took 0.9 ms of a page with 60 passages.
    parts, at = [], 0
    for start, end in merged:
        parts.append(f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>")
        at = end
    return Markup("".join(parts) + str(escape(text[at:])))


def persons(number: int | None) -> str:
    """Return a number of persons, 未载 where it is not known: 3 人, 0 人."""
    return UNKNOWN if number is None else f"{number} 人"


def loss(wan: float | None) -> str:
    """Return a loss given in 万元, 未载 where it is not known; from 1 亿 on also in 亿元."""
    if wan is None:
        return UNKNOWN
    plain = f"{wan:.2f}".rstrip("0").rstrip(".")
    hundred_million = 10_000
    if wan < hundred_million:
        return f"{plain} 万元"
    return f"{plain} 万元（约 {wan / hundred_million:.2f} 亿元）"


def blocks(article: Article) -> list[Block]:
    """Return an article's text as 款, 项 and 目 in reading order; no character but white space is lost."""
    found: list[Block] = []
    at = 0
    for paragraph in article.paragraphs:
        _add(found, "paragraph", article.text, at, paragraph.start)
        _paragraph_blocks(found, article.text, paragraph)
        at = paragraph.end
    _add(found, "paragraph", article.text, at, len(article.text))
    return found


def contents(articles: Iterable[Article]) -> list[tuple[tuple[str, ...], list[ContentsLine]]]:
    """Return the articles grouped under the headings they stand under, in order."""
    grouped = groupby(articles, key=lambda article: tuple(heading.text for heading in article.path))
    return [(path, [_contents_line(article) for article in group]) for path, group in grouped]


def _contents_line(article: Article) -> ContentsLine:
    """Return an article with the beginning of its text."""
    text = " ".join(article.text.split())
    gist = "（已删去）" if article.deleted else text[:_GIST] + ("…" if len(text) > _GIST else "")
    return ContentsLine(article.number.slug, article_label(article.number), gist)


def _paragraph_blocks(found: list[Block], text: str, paragraph: Paragraph) -> None:
    """Append a 款: its lead-in, its items, and what follows the last of them."""
    at, anchor = paragraph.start, f"k{paragraph.number}"
    for item in paragraph.items:
        anchor = _add(found, "paragraph", text, at, item.start, anchor=anchor)
        _item_blocks(found, text, item, f"k{paragraph.number}-{item.number}")
        at = item.end
    _add(found, "paragraph", text, at, paragraph.end, anchor=anchor)


def _item_blocks(found: list[Block], text: str, item: Item, anchor: str) -> None:
    """Append a 项 and its 目."""
    first = item.points[0].start if item.points else item.end
    _add(found, "item", text, item.start, first, item.label, anchor)
    at = first
    for point in item.points:
        _add(found, "point", text, at, point.start)
        _add(found, "point", text, point.start, point.end, point.label)
        at = point.end
    _add(found, "item", text, at, item.end)


def _add(
    found: list[Block], kind: str, whole: str, start: int, end: int, label: str = "", anchor: str = ""
) -> str:
    """Append a block unless it is blank; the label, where the text begins with it, is set apart.

    Returns the anchor where it is still to be set.
    """
    text = whole[start:end].rstrip()
    start += len(text) - len(text.lstrip())
    text = text.lstrip()
    if label and text.startswith(label):
        rest = text[len(label) :].lstrip()
        start, text = start + len(text) - len(rest), rest
    else:
        label = ""
    if not text and not label:
        return anchor
    found.append(Block(kind, label, text, start, anchor))
    return ""
