"""Word files: what Word shows is read, in order and once; the numbers that Word prints are labels."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.reading.docx_files import (
    NAMESPACES,
    cell,
    docx_file,
    numbered,
    numbering,
    p,
    r,
    table,
    zip_file,
)
from tests.corpus.reading.reading_checks import nothing_is_lost, texts

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.formats.docx import read_docx
from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawBlock, RawDocument

HEADINGS = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="zhang"><w:name w:val="章标题"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="jie"><w:name w:val="节标题"/><w:basedOn w:val="zhang"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="x"/><w:basedOn w:val="loop"/></w:style>'
)


def read(body: str, limits: Limits = DEFAULT_LIMITS, **parts: str) -> RawDocument:
    """Return a file that lost nothing."""
    document = read_docx(docx_file(body, **parts), limits)
    assert nothing_is_lost(document)
    return document


def blocks(body: str, **parts: str) -> tuple[RawBlock, ...]:
    """Return the blocks of a file of one page."""
    (page,) = read(body, **parts).pages
    return page.blocks


def code_of(data: bytes, limits: Limits = DEFAULT_LIMITS) -> str:
    """Return the code of the error that reading gives."""
    with pytest.raises(Unreadable) as caught:
        read_docx(data, limits)
    return caught.value.code


def test_paragraphs_come_in_order_and_empty_ones_are_noted() -> None:
    found = blocks(p("一、基本情况") + p() + p("　　某厂　ａ"))
    assert [(block.text, block.blank_before) for block in found] == [
        ("一、基本情况", False),
        ("　　某厂　ａ", True),
    ]


def test_a_soft_line_break_begins_a_new_block_and_keeps_the_label_on_the_first() -> None:
    body = numbered("甲").replace("</w:r></w:p>", "<w:br/><w:t>乙</w:t></w:r></w:p>")
    found = blocks(body, numbering=numbering(("decimal", "%1.")))
    assert [(block.label, block.text) for block in found] == [("1.", "甲"), ("", "乙")]


def test_tabs_hyphens_and_signs_of_symbol_fonts_are_characters() -> None:
    run = '<w:r><w:t>甲</w:t><w:tab/><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    assert texts(read(f"<w:p>{run}</w:p>")) == ["甲\t-☑"]


def test_heading_levels_come_from_outline_levels_of_styles_and_paragraphs() -> None:
    body = "".join(
        p(name, f'<w:pStyle w:val="{name}"/>') for name in ("1", "zhang", "jie", "loop", "unknown")
    )
    body += p("直接", '<w:outlineLvl w:val="2"/>') + p(
        "正文级", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'
    )
    found = [(block.kind, block.level) for block in blocks(body, styles=HEADINGS)]
    assert found == [
        ("heading", 1), ("heading", 2), ("heading", 2), ("paragraph", None), ("paragraph", None),
        ("heading", 3), ("paragraph", None),
    ]  # fmt: skip


def test_merged_cells_have_their_text_once_in_the_first_column_and_row() -> None:
    body = table(
        cell("单位", properties='<w:gridSpan w:val="2"/>') + cell("人数"),
        cell("甲厂", properties='<w:vMerge w:val="restart"/>') + cell("一车间") + cell("3"),
        cell("", properties="<w:vMerge/>") + cell("二车间") + cell("4"),
    )
    (found,) = blocks(body)
    assert found.rows == (("单位", "", "人数"), ("甲厂", "一车间", "3"), ("", "二车间", "4"))


def test_automatic_numbers_in_cells_are_part_of_the_cell() -> None:
    body = table(cell("序号") + cell("项目"), *(cell(numbered("")) + cell(name) for name in ("通风", "排水")))
    (found,) = blocks(body, numbering=numbering(("decimal", "%1")))
    assert found.rows == (("序号", "项目"), ("1", "通风"), ("2", "排水"))


def test_a_table_of_one_column_is_the_paragraphs_in_it() -> None:
    assert texts(read(table(cell("第一条　甲", "第二条　乙"), cell("第三条　丙")))) == [
        "第一条　甲",
        "第二条　乙",
        "第三条　丙",
    ]


def test_a_table_in_a_cell_stays_in_the_cell() -> None:
    inner = table(cell("a") + cell("b"), cell("c") + cell("d"))
    (found,) = blocks(table(cell("左") + cell("前", inner, "后"), cell("长长长长长长长长长长") + cell("x")))
    assert found.rows[0] == ("左", "前\na\tb\nc\td\n后")


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it() -> None:
    box = f"<w:txbxContent>{p('框中')}</w:txbxContent>"
    run = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(read(f"<w:p>{run}{r('段落')}</w:p>{p('下一段')}")) == ["段落", "框中", "下一段"]


def test_of_tracked_changes_the_inserted_text_is_read_and_the_deleted_is_not() -> None:
    body = (
        f"<w:p>{r('造成')}<w:del><w:r><w:delText>二</w:delText></w:r></w:del><w:ins>{r('三')}</w:ins>{r('人死亡')}"
        f"<w:moveFrom>{r('移走')}</w:moveFrom><w:moveTo>{r('移来')}</w:moveTo></w:p>"
    )
    assert texts(read(body)) == ["造成三人死亡移来"]


def test_fields_give_their_result_and_controls_links_and_formulas_their_content() -> None:
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:hyperlink>" + r("一、概况……3") + "</w:hyperlink>"
    )
    body = f"<w:sdt><w:sdtContent><w:p>{field}</w:p></w:sdtContent></w:sdt>"
    body += f"<w:p><w:fldSimple w:instr='DATE'>{r('2023年')}</w:fldSimple><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>"
    body += (
        f"<w:p><w:r><w:ruby><w:rt>{r('hàn')}</w:rt><w:rubyBase>{r('焊')}</w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert texts(read(body)) == ["一、概况……3", "2023年x=1", "焊"]


def test_hidden_text_is_left_out_and_counted() -> None:
    shown = r("也看得见", '<w:vanish w:val="0"/>')
    body = f"<w:p>{r('看得见')}{r('看不见', '<w:vanish/>')}{shown}</w:p>"
    document = read(body)
    assert texts(document) == ["看得见也看得见"]
    assert "3 个字" in document.warnings[0]


def test_notes_come_last_in_the_order_of_their_marks() -> None:
    def mark(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    note = '<w:footnote w:id="{}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    body = f"<w:p>{r('甲')}{mark('footnote', 5)}{mark('footnote', 2)}{mark('endnote', 1)}</w:p>{p('末段')}"
    found = blocks(
        body,
        footnotes=note.format(2, "注二") + note.format(5, "注五") + note.format(9, "没有引用"),
        endnotes=f'<w:endnote w:id="1">{p("尾注")}</w:endnote>',
    )
    assert [(block.label, block.text) for block in found] == [
        ("", "甲"), ("", "末段"), ("[1]", "注五"), ("[2]", "注二"), ("[i]", "尾注"),
    ]  # fmt: skip


BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"


def test_pages_are_those_of_words_last_layout_and_a_paragraph_belongs_to_where_it_begins() -> None:
    body = p("一") + f"<w:p>{r('二上')}{BREAK}{r('二下')}</w:p>" + f"<w:p>{BREAK}{r('三')}</w:p>"
    document = read(body, pages=3)
    assert [[block.text for block in page.blocks] for page in document.pages] == [
        ["一", "二上二下"],
        [],
        ["三"],
    ]
    assert [page.status for page in document.pages] == ["text", "empty", "text"]


@pytest.mark.parametrize(("pages", "length"), [(5, 10), (2, 3001)])
def test_page_marks_that_cannot_be_right_are_not_used(pages: int, length: int) -> None:
    document = read(p("一") + f"<w:p>{BREAK}{r('字' * length)}</w:p>", pages=pages)
    assert len(document.pages) == 1


def test_a_file_of_pictures_alone_says_so() -> None:
    document = read("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>", title="现场照片")
    (page,) = document.pages
    assert (page.status, document.title) == ("unread", "现场照片")
    assert "1 张图片" in page.problem


def test_what_python_docx_writes_is_read_back() -> None:
    written = docx.Document()
    written.core_properties.title = "报告"
    written.add_heading("事故经过", level=2)
    written.add_paragraph("当日8时，某车间起火。")
    grid = written.add_table(rows=2, cols=2)
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "合计"
    grid.cell(1, 0).text, grid.cell(1, 1).text = "死亡", "1"
    buffer = io.BytesIO()
    written.save(buffer)
    document = read_docx(buffer.getvalue(), DEFAULT_LIMITS)
    assert nothing_is_lost(document)
    assert [(b.kind, b.level, b.text, b.rows) for b in document.pages[0].blocks] == [
        ("heading", 2, "事故经过", ()),
        ("paragraph", None, "当日8时，某车间起火。", ()),
        ("table", None, "", (("合计", ""), ("死亡", "1"))),
    ]


def test_strict_office_files_are_read() -> None:
    with zipfile.ZipFile(io.BytesIO(docx_file(p("甲")))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    strict = {
        name: text.replace(
            "schemas.openxmlformats.org/wordprocessingml/2006/main",
            "purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, text in files.items()
    }
    assert texts(read_docx(zip_file(strict), DEFAULT_LIMITS)) == ["甲"]


def test_ten_thousand_nested_tags_are_refused() -> None:
    assert code_of(docx_file("<w:ins>" * 10_000 + "</w:ins>" * 10_000)) == "too-deep"


def test_tables_nested_too_deep_are_refused() -> None:
    body = p("底")
    for _ in range(45):
        body = table(cell(body))
    assert code_of(docx_file(body)) == "too-deep"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = docx_file("<w:p/>" + " " * 40_000_000)
    assert code_of(data) == "too-large"
    assert code_of(docx_file(p("甲" * 2000)), Limits(unpacked_bytes=5000)) == "too-large"


def test_entities_are_refused() -> None:
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    bomb = f"{doctype}<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    assert code_of(zip_file({"word/document.xml": bomb})) == "damaged"


def test_faults_of_the_archive_have_codes_of_their_own() -> None:
    whole = docx_file(p("甲"))
    assert code_of(whole[: len(whole) // 2]) == "truncated"
    assert code_of(zip_file({"word/styles.xml": "<x/>"})) == "damaged"
    assert code_of(zip_file({"word/document.xml": "<w:document"})) == "damaged"
    assert (
        code_of(whole.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"))
        == "encrypted"
    )


def test_more_pages_than_allowed_are_refused() -> None:
    body = p("一") + f"<w:p>{BREAK}{r('二')}</w:p>"
    assert code_of(docx_file(body, pages=2), Limits(pages=1)) == "too-many-pages"


SAMPLE = docx_file(
    numbered("甲")
    + table(cell("a") + cell("b"))
    + f"<w:p>{r('乙')}<w:r><w:footnoteReference w:id='1'/></w:r></w:p>",
    numbering=numbering(("decimal", "%1.")),
    styles=HEADINGS,
    footnotes=f'<w:footnote w:id="1">{p("注")}</w:footnote>',
)
with zipfile.ZipFile(io.BytesIO(SAMPLE)) as _archive:
    PARTS = {name: _archive.read(name).decode() for name in _archive.namelist()}
FRAGMENTS = st.sampled_from(
    [
        "",
        "<",
        "<w:p>",
        "</w:p>",
        "<w:tbl>",
        "<w:tr/>",
        "<w:tc>",
        "0",
        "-1",
        "999999999999",
        "w:val=''",
        "&#0;",
        "&e;",
        "条",
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(0, len(SAMPLE)), st.binary(max_size=6))
def test_bytes_changed_anywhere_give_a_document_or_a_clear_error(place: int, change: bytes) -> None:
    try:
        read_docx(SAMPLE[:place] + change + SAMPLE[place + len(change) :], DEFAULT_LIMITS)
    except QiancheError as problem:
        assert problem.message.endswith("。")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(PARTS)), st.floats(0, 1), st.integers(0, 9), FRAGMENTS)
def test_xml_changed_anywhere_gives_a_document_or_a_clear_error(
    part: str, place: float, cut: int, change: str
) -> None:
    source = PARTS[part]
    at = int(place * len(source))
    try:
        read_docx(zip_file({**PARTS, part: source[:at] + change + source[at + cut :]}), DEFAULT_LIMITS)
    except QiancheError as problem:
        assert problem.message.endswith("。")
