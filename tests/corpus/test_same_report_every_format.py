"""One report and one law of our own in every format, as bytes in and as records out: the same from each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import pytest
from tests.corpus.reports.other_forms_more import TRADITIONAL
from tests.corpus.rule_texts.texts import shape, uncovered
from tests.corpus.same_document import BUILDERS, Builder, Built, as_docx, as_html, as_pdf
from tests.corpus.same_report import (
    DIRECT_CAUSE,
    LAW,
    LAW_HEADER,
    LAW_TITLE,
    LAW_TREE,
    REPORT,
    REPORT_PARTS,
    REPORT_TITLE,
    RUNNING_HEADER,
)

from qianche.corpus.intake import Intake
from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.draft import CaseDraft, Finding, Moment, PartKind, Unit
from qianche.corpus.rule_texts.articles import to_articles
from qianche.corpus.taking_in import take_in_bytes

in_every_format = pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__)


@cache
def report_as(build: Builder) -> tuple[Built, Intake]:
    """The report in one format, built and read once."""
    built = build(REPORT, RUNNING_HEADER)
    return built, take_in_bytes(built.data, built.name)


def told(build: Builder) -> tuple[Document, CaseDraft]:
    """The one accident that the report tells."""
    _, intake = report_as(build)
    assert intake.kind == "report"
    (draft,) = intake.case_drafts
    return intake.document, draft


def quotes(document: Document, spans: Iterable[Span]) -> list[str]:
    """What the spans show, white space left out."""
    return ["".join(document.quote(span).split()) for span in spans]


@in_every_format
def test_the_parts_are_those_marked_by_hand(build: Builder) -> None:
    document, draft = told(build)
    found: list[tuple[PartKind, str]] = []
    for part in draft.parts:
        if not found or found[-1][0] != part.kind:
            found.append((part.kind, document.quote(part.span)))
    assert [kind for kind, _ in found] == [kind for kind, _ in REPORT_PARTS]
    for (_, text), (_, beginning) in zip(found, REPORT_PARTS, strict=True):
        assert text.startswith(beginning)


@in_every_format
def test_the_facts_are_those_worked_out_by_hand(build: Builder) -> None:
    _, draft = told(build)
    assert draft.name.value == REPORT_TITLE.removesuffix("调查报告")
    assert draft.moment.value == Moment(date(2021, 9, 18), "14:26", approximate=True)
    assert (draft.deaths.value, draft.injured.value, draft.severe_injuries.value) == (4, 7, 3)
    assert draft.direct_loss_wan.value == 1268.5
    assert (draft.severity_named.value, draft.severity_computed.value) == ("较大", "较大")
    assert draft.place.value is not None and draft.place.value.town == "青石镇"
    assert draft.direct_cause.value == DIRECT_CAUSE
    assert Unit("柳溪县恒达木业有限公司", "事故单位") in [unit.value for unit in draft.units]


@in_every_format
def test_no_fact_comes_from_what_stands_around_the_report(build: Builder) -> None:
    document, draft = told(build)
    assert RUNNING_HEADER not in document.text
    for around in ("触电", "坍塌", "版权所有", "政务公开", "死亡事故调查报告", "……"):
        assert around not in document.text
    assert not draft.warnings


@in_every_format
def test_every_piece_is_whole_in_its_own_paragraph(build: Builder) -> None:
    document, _ = told(build)
    paragraphs = {"".join(document.text[b.start : b.end].split()) for b in document.blocks}
    for piece in REPORT:
        if piece.style in ("title", "cover", "h1", "h2", "h3", "p"):
            assert "".join(piece.printed.split()).replace("[1]", "") in paragraphs


@in_every_format
def test_the_evidence_is_the_sentence_that_says_it(build: Builder) -> None:
    document, draft = told(build)
    opening = next(piece.text for piece in REPORT if piece.style == "p")

    def first(finding: Finding[object]) -> str:
        return quotes(document, finding.spans)[0]

    assert first(draft.moment.findings[0]) == opening
    assert opening in quotes(document, draft.deaths.findings[0].spans)
    assert opening in quotes(document, draft.direct_loss_wan.findings[0].spans)
    assert first(draft.direct_cause.findings[0]) == DIRECT_CAUSE
    cited = [citation.title for citation in draft.citations]
    assert sorted(cited) == ["中华人民共和国安全生产法", "中华人民共和国安全生产法", "粉尘防爆安全规程"]


def test_a_pdf_knows_the_page_of_every_paragraph() -> None:
    built, intake = report_as(as_pdf)
    document = intake.document
    assert len(document.pages) == max(built.page_of.values()) == 6
    assert all(page.status == "text" for page in document.pages)
    for text, page in built.page_of.items():
        plain = text.replace("[1]", "")
        if "…" not in text and not text.startswith("[") and plain in document.text:
            assert document.page_at(document.text.rindex(plain)) == page
    cause = intake.case_drafts[0].direct_cause.findings[0].spans[0]
    assert document.page_at(cause.start) == built.page_of[DIRECT_CAUSE]


@pytest.mark.parametrize("build", [as_docx, as_html], ids=["as_docx", "as_html"])
def test_a_table_stays_a_table_where_the_format_has_tables(build: Builder) -> None:
    document, draft = told(build)
    (table,) = [block for block in document.blocks if block.kind == "table"]
    rows = [tuple(document.quote(cell) for cell in row) for row in table.rows]
    assert tuple(rows) == next(piece.rows for piece in REPORT if piece.style == "table")
    (losses,) = [p for p in draft.parts if p.kind == "losses" and p.span.start < table.start < p.span.end]
    assert document.quote(losses.span).count("死亡") == 5


def test_a_footnote_is_a_paragraph_on_the_page_that_calls_it() -> None:
    built, intake = report_as(as_pdf)
    document = intake.document
    (note,) = [piece.text for piece in REPORT if piece.style == "note"]
    (block,) = [b for b in document.blocks if "第8.1.1条" in document.text[b.start : b.end]]
    assert document.text[block.start : block.end] == note
    caller = next(name for name in built.page_of if "[1]" in name and name != note)
    assert document.page_at(block.start) == built.page_of[caller]


@in_every_format
def test_the_law_gives_the_same_tree(build: Builder) -> None:
    built = build(LAW, LAW_HEADER)
    intake = take_in_bytes(built.data, built.name)
    draft = intake.rule_draft
    assert draft is not None and draft.kind == "act"
    assert draft.title == LAW_TITLE
    assert draft.issuer == "某省人民代表大会常务委员会"
    assert draft.promulgated_on == date(2021, 9, 29)
    assert (draft.effective_from, draft.commencement) == (None, date(2018, 6, 1))
    assert shape(draft.body) == LAW_TREE
    assert draft.annexes == ()
    assert uncovered(draft, intake.document) == ""
    articles = to_articles(draft, intake.document, "dust@2021-09-29")
    assert [article.number.slug for article in articles] == ["1", "2", "3", "4", "4-1", "5", "6"]
    assert [heading.text for heading in articles[4].path] == ["第二章 防爆措施", "第一节 一般规定"]


def test_a_report_in_big5_is_the_one_in_utf8() -> None:
    utf8 = take_in_bytes(TRADITIONAL.text.encode(), "報告.txt")
    big5 = take_in_bytes(TRADITIONAL.text.encode("big5"), "報告.txt")
    assert big5.kind == "report"
    assert big5.document.text == utf8.document.text
    assert big5.case_drafts == utf8.case_drafts
