"""An article as JSON-ready data and back, without loss."""

from __future__ import annotations

from typing import Any

from qianche.corpus.rules import Article, ArticleNumber, Heading, Item, Paragraph, Point


def article_to_payload(article: Article) -> dict[str, Any]:
    """Return the article as plain JSON types: the number as slug, each span as `[start, end]`."""
    return {
        "article_id": article.article_id,
        "version_id": article.version_id,
        "number": article.number.slug,
        "path": [[h.kind, h.text] for h in article.path],
        "text": article.text,
        "paragraphs": [_paragraph_to_payload(p) for p in article.paragraphs],
        "deleted": article.deleted,
        "note": article.note,
    }


def article_from_payload(payload: dict[str, Any]) -> Article:
    """Return the article that `article_to_payload` made the data from."""
    return Article(
        article_id=payload["article_id"],
        version_id=payload["version_id"],
        number=ArticleNumber.from_slug(payload["number"]),
        path=tuple(Heading(kind, text) for kind, text in payload["path"]),
        text=payload["text"],
        paragraphs=tuple(_paragraph_from_payload(p) for p in payload["paragraphs"]),
        deleted=payload["deleted"],
        note=payload["note"],
    )


def _paragraph_to_payload(paragraph: Paragraph) -> dict[str, Any]:
    """Return one paragraph with its items and points."""
    return {
        "number": paragraph.number,
        "span": [paragraph.start, paragraph.end],
        "items": [
            {**_labelled(item), "points": [_labelled(point) for point in item.points]}
            for item in paragraph.items
        ],
    }


def _labelled(unit: Item | Point) -> dict[str, Any]:
    """Return what items and points have in common."""
    return {"number": unit.number, "label": unit.label, "span": [unit.start, unit.end]}


def _paragraph_from_payload(payload: dict[str, Any]) -> Paragraph:
    """Return one paragraph."""
    start, end = payload["span"]
    return Paragraph(payload["number"], start, end, tuple(_item_from_payload(i) for i in payload["items"]))


def _item_from_payload(payload: dict[str, Any]) -> Item:
    """Return one item."""
    points = tuple(Point(p["number"], p["label"], *p["span"]) for p in payload["points"])
    start, end = payload["span"]
    return Item(payload["number"], payload["label"], start, end, points)
