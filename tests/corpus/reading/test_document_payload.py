"""A document goes to JSON and back without loss."""

from __future__ import annotations

import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.reading.document import Block, Document, Page, Removed, Span
from qianche.corpus.reading.payload import document_from_payload, document_to_payload

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
OFFSET = st.integers(0, 10_000)
SPANS = st.builds(Span, OFFSET, OFFSET)
BLOCKS = st.builds(
    Block,
    st.sampled_from(("paragraph", "heading", "table")),
    OFFSET,
    OFFSET,
    st.none() | st.integers(1, 9),
    st.lists(st.lists(SPANS, max_size=3).map(tuple), max_size=3).map(tuple),
    st.none() | OFFSET,
    st.none() | OFFSET,
)
PAGES = st.builds(
    Page,
    OFFSET,
    OFFSET,
    st.sampled_from(("text", "ocr", "table", "empty", "unread", "failed")),
    st.none() | st.floats(0, 1),
    TEXT,
    st.none() | OFFSET,
    OFFSET,
)
REMOVED = st.builds(
    Removed,
    OFFSET,
    TEXT,
    st.sampled_from(("page-number", "running-header", "contents", "footnote-mark", "artifact")),
)
DOCUMENTS = st.builds(
    Document,
    st.sampled_from(("docx", "pdf", "html", "text")),
    TEXT,
    st.lists(BLOCKS, max_size=4).map(tuple),
    st.lists(PAGES, max_size=4).map(tuple),
    st.lists(REMOVED, max_size=4).map(tuple),
    st.none() | TEXT,
    st.lists(TEXT, max_size=3).map(tuple),
)


@given(DOCUMENTS)
def test_a_document_comes_back_from_json_as_it_was(document: Document) -> None:
    assert document_from_payload(json.loads(json.dumps(document_to_payload(document)))) == document


def test_every_field_of_a_document_is_in_the_data() -> None:
    page = Page(3, 0, "ocr", 0.5, "", 7, 6)
    block = Block("table", 0, 3, None, ((Span(0, 1), Span(2, 3)),), None, 2)
    document = Document(
        "pdf", "甲\t乙", (block,), (page,), (Removed(3, "- 3 -", "page-number"),), "题", ("注意",)
    )
    payload = document_to_payload(document)
    assert set(payload) == {field.name for field in fields(Document)}
    assert payload["blocks"][0] == {
        "kind": "table", "start": 0, "end": 3, "level": None, "rows": [[[0, 1], [2, 3]]], "label_end": None,
        "page": 2,
    }  # fmt: skip
    assert payload["removed"] == [{"page": 3, "text": "- 3 -", "reason": "page-number"}]
