"""Two versions of a paragraph beside each other: which words were taken out and which put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from qianche.corpus.collation.wording import compare
from qianche.indexing.importing.records import Difference
from qianche.service.pages.quoting import clipped

COMPARED = 1_500
"""Characters up to which a paragraph is compared by characters: beyond it takes too long, and reads badly."""
_KEPT = 30
"""Characters of an unchanged stretch shown on either side of a change."""
_LABELS = {"changed": "改动", "added": "新增", "removed": "删去"}


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """A change with its name in Chinese; `before` and `after` are escaped, with what differs marked."""

    kind: str
    label: str
    before: Markup
    after: Markup
    before_page: int | None
    after_page: int | None


def shown_difference(item: Difference) -> ShownDifference:
    """Return a change as shown; long paragraphs are told whole and cut, short ones word by word."""
    before, after = escape(clipped(item.before, COMPARED)), escape(clipped(item.after, COMPARED))
    if item.kind == "changed" and max(len(item.before), len(item.after)) <= COMPARED:
        before, after = _marked(item.before, item.after)
    return ShownDifference(
        item.kind, _LABELS[item.kind], before, after, item.before_page, item.after_page
    )  # fmt: skip


def _marked(before: str, after: str) -> tuple[Markup, Markup]:
    """Return both texts with <del> and <ins> around what differs."""
    old, new = [], []
    for piece in compare(before, after):
        if piece.op == "kept":
            old.append(_shortened(piece.text, first=piece.old[0] == 0, last=piece.old[1] == len(before)))
            new.append(_shortened(piece.text, first=piece.new[0] == 0, last=piece.new[1] == len(after)))
        elif piece.op == "removed":
            old.append(_wrapped("del", piece.text))
        else:
            new.append(_wrapped("ins", piece.text))
    return Markup("").join(old), Markup("").join(new)


def _wrapped(tag: str, text: str) -> Markup:
    """Return a piece in <del> or <ins>."""
    return Markup(f"<{tag}>{escape(text)}</{tag}>")


def _shortened(text: str, *, first: bool, last: bool) -> Markup:
    """Return an unchanged stretch with its middle left out where it is long."""
    if len(text) <= 3 * _KEPT:
        return escape(text)
    return escape("…".join(_ends(text, first=first, last=last)))


def _ends(text: str, *, first: bool, last: bool) -> Iterator[str]:
    """Yield what of a long stretch stays: only the end that touches a change."""
    yield "" if first else text[:_KEPT]
    yield "" if last else text[-_KEPT:]
