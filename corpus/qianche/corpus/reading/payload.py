"""A document as JSON-ready data and back, without loss."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from qianche.corpus.reading.document import Block, Document, Page, Removed, Span


def document_to_payload(document: Document) -> dict[str, Any]:
    """Return the document as plain JSON types: each span as `[start, end]`, everything else by its field's name."""
    return {
        "format": document.format,
        "text": document.text,
        "blocks": [_block_to_payload(block) for block in document.blocks],
        "pages": [asdict(page) for page in document.pages],
        "removed": [asdict(removed) for removed in document.removed],
        "title": document.title,
        "warnings": list(document.warnings),
    }


def document_from_payload(payload: dict[str, Any]) -> Document:
    """Return the document that `document_to_payload` made the data from."""
    return Document(
        format=payload["format"],
        text=payload["text"],
        blocks=tuple(_block_from_payload(block) for block in payload["blocks"]),
        pages=tuple(Page(**page) for page in payload["pages"]),
        removed=tuple(Removed(**removed) for removed in payload["removed"]),
        title=payload["title"],
        warnings=tuple(payload["warnings"]),
    )


def _block_to_payload(block: Block) -> dict[str, Any]:
    """Return one block as plain JSON types."""
    return {
        "kind": block.kind,
        "start": block.start,
        "end": block.end,
        "level": block.level,
        "rows": [[[span.start, span.end] for span in row] for row in block.rows],
        "label_end": block.label_end,
        "page": block.page,
    }


def _block_from_payload(payload: dict[str, Any]) -> Block:
    """Return one block."""
    rows = tuple(tuple(Span(start, end) for start, end in row) for row in payload["rows"])
    return Block(**{**payload, "rows": rows})
