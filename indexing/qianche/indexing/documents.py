"""A passage becomes a Haystack `Document` here, and back; `meta` keys and filter fields are named here alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from haystack.dataclasses import Document

CASES = "cases"
RULES = "rules"
REGISTER = "register"
"""Rules as such: records without passages, found by way of their versions and articles in `RULES`."""

SOURCES = "sources"
"""Imported files, by sha256; this and the following are records of `indexing.importing`, without passages."""
SOURCE_TEXTS = "source_texts"
"""What was read from an imported file: its `Document`, and the rule draft where it is a rule."""
ACCOUNTS = "accounts"
"""One account is one accident as one imported file tells it; a case has any number of them."""
TOLD = "told"
"""By case or rule version: the accounts it has, and the pieces of imported text that can be quoted."""
JOINS = "joins"
REVIEWS = "reviews"
CORRECTIONS = "corrections"
MAPPINGS = "mappings"
"""By sha256 of a table: which column holds what, as persons corrected it."""

RECORD_ID = "record_id"
PART = "part"
"""Which part of the record the passage is: `whole`, or e.g. `direct_cause`, `lessons`, `paragraph`, `item`."""
SPAN = "span"
"""[start, end) of the passage's content in the record's field or article text."""
LEXICAL = "lexical"
"""What the lexical leg sees; "" keeps the passage out of it. Absent: the content."""
DENSE = "dense"
"""What is embedded; "" keeps the passage out of the dense leg. Absent: the content."""

SOURCE = "source"
"""sha256 of the imported file that a passage's text stands in; absent: the text is the record's own."""
PAGE = "page"
"""Page of that file where the passage begins."""

RESERVED = frozenset({RECORD_ID, PART, SPAN, LEXICAL, DENSE})

FieldType = Literal["keyword", "integer", "date", "boolean"]


@dataclass(frozen=True, slots=True)
class FilterField:
    """A declared field of `meta`: engines index it. `many` fields hold lists; dates are ISO strings."""

    name: str
    type: FieldType
    many: bool = False
    facet: bool = False


CASE_FIELDS: tuple[FilterField, ...] = (
    FilterField("sector", "keyword", facet=True),
    FilterField("accident_class", "keyword", facet=True),
    FilterField("grade", "keyword", facet=True),
    FilterField("work_kind", "keyword", facet=True),
    FilterField("equipment", "keyword", many=True, facet=True),
    FilterField("substances", "keyword", many=True, facet=True),
    FilterField("province", "keyword", facet=True),
    FilterField("occurred_on", "date"),
    FilterField("year", "integer", facet=True),
    FilterField("deaths", "integer"),
)
RULE_FIELDS: tuple[FilterField, ...] = (
    FilterField("sector", "keyword", many=True, facet=True),
    FilterField("level", "keyword", facet=True),
    FilterField("rule", "keyword", facet=True),
    FilterField("version_id", "keyword"),
    FilterField("is_provision", "boolean"),
    FilterField("core", "boolean"),
    FilterField("has_text", "boolean", facet=True),
    FilterField("version_date", "date"),
    FilterField("effective_from", "date"),
    FilterField("effective_to", "date"),
)
WITHOUT_PASSAGES = (REGISTER, SOURCES, SOURCE_TEXTS, ACCOUNTS, TOLD, JOINS, REVIEWS, CORRECTIONS, MAPPINGS)
FIELDS: dict[str, tuple[FilterField, ...]] = {
    CASES: CASE_FIELDS,
    RULES: RULE_FIELDS,
    **dict.fromkeys(WITHOUT_PASSAGES, ()),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: a piece of one record, with the span it came from.

    Args:
        passage_id: the whole passage of a record bears the record's id itself; a part `{record_id}#{part}`,
            with a running number where a part repeats.
        content: the text as shown, verbatim from the record.
        lexical: what the lexical leg sees, headings included; "" keeps the passage out of it.
        dense: what is embedded; "" keeps the passage out of the dense leg.
        attributes: values of the collection's declared fields; None values are left out.
    """

    passage_id: str
    record_id: str
    part: str
    content: str
    lexical: str
    dense: str
    span: tuple[int, int] | None = None
    attributes: dict[str, Any] = field(default_factory=dict)


def to_document(passage: Passage) -> Document:
    """Return the passage as a Haystack document without a vector."""
    meta: dict[str, Any] = {k: v for k, v in passage.attributes.items() if v is not None}
    meta |= {
        RECORD_ID: passage.record_id, PART: passage.part, LEXICAL: passage.lexical, DENSE: passage.dense,
    }  # fmt: skip
    if passage.span is not None:
        meta[SPAN] = list(passage.span)
    return Document(id=passage.passage_id, content=passage.content, meta=meta)


def from_document(document: Document) -> Passage:
    """Return the passage that `to_document` made the document from."""
    meta = document.meta
    span = meta.get(SPAN)
    return Passage(
        passage_id=document.id,
        record_id=meta[RECORD_ID],
        part=meta[PART],
        content=document.content or "",
        lexical=meta[LEXICAL],
        dense=meta[DENSE],
        span=(span[0], span[1]) if span is not None else None,
        attributes={k: v for k, v in meta.items() if k not in RESERVED},
    )
