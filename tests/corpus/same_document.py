"""The pieces of one document as the bytes of every format, each with what that format makes difficult."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from tests.corpus.reading.docx_files import cell, docx_file, numbering, p, r, table
from tests.corpus.reading.pdf_files import Sheet, Text, pdf_file
from tests.corpus.same_report import Piece

WIDTH = 30.0
"""Width of a line of the PDF page and of the wrapped text, in Chinese characters; a digit has half of one."""
ROWS = 22
"""Lines on a page of the PDF file, footnotes included."""
_MARK = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Built:
    """A file. `page_of` tells on which page a piece begins, where the format has pages; by its printed text."""

    name: str
    data: bytes
    page_of: dict[str, int] = field(default_factory=dict)


def as_docx(pieces: Sequence[Piece], header: str) -> Built:
    """A Word file: headings numbered by Word itself, notes and running header in parts of their own."""
    body, notes = [], []
    lists = _lists(pieces)
    for index, piece in enumerate(pieces):
        if piece.style == "table":
            body.append(table(*("".join(cell(text) for text in row) for row in piece.rows)))
        elif piece.style == "note":
            notes.append(_MARK.sub("", piece.text))
        elif piece.style in lists:
            body.append(_numbered(piece, lists[piece.style], index))
        else:
            body.append(_paragraph(piece, len(notes) + 2))
    footnotes = "".join(
        f'<w:footnote w:id="{number}">{p(text)}</w:footnote>' for number, text in enumerate(notes, 2)
    )
    parts = {"footnotes": footnotes} if notes else {}
    data = docx_file("".join(body), numbering=_numbering(pieces), header1=p(header), **parts)
    return Built("文件.docx", data)


def _lists(pieces: Sequence[Piece]) -> dict[str, int]:
    """The styles that Word numbers by itself, with their level; a law's 第四条之一 no program numbers."""
    is_law = any(piece.number.startswith("第") for piece in pieces)
    return {"h1": 0, "h2": 1} if is_law else {"h1": 0, "h2": 1, "h3": 2}


def _numbering(pieces: Sequence[Piece]) -> str:
    """The definition of the list, as the numbers are printed."""
    cn = "chineseCountingThousand"
    if any(piece.number.startswith("第") for piece in pieces):
        return numbering((cn, "第%1章　"), (cn, "第%2节　"))
    return numbering((cn, "%1、"), (cn, "（%2）"), ("decimal", "%3."))


def _numbered(piece: Piece, level: int, index: int) -> str:
    """A heading with the number that Word prints, none in its text."""
    properties = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{level}"/>'
    )
    # Word keeps its spelling marks in runs of their own: a heading is in pieces there.
    half = len(piece.text) // 2 if index % 2 else len(piece.text)
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(piece.text[:half])}{r(piece.text[half:])}</w:p>"


def _paragraph(piece: Piece, note: int) -> str:
    """A plain paragraph, its note's mark as Word writes it."""
    before, mark, after = piece.printed.partition("[1]")
    reference = f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' if mark else ""
    return f"<w:p>{r(before)}{reference}{r(after)}</w:p>"


def as_pdf(pieces: Sequence[Piece], header: str) -> Built:
    """A PDF file: title page, contents page, lines broken at the margin, running header, page numbers, footnotes."""
    pages: list[list[str]] = []
    page_of: dict[str, int] = {}
    for _, group in groupby(pieces, key=lambda piece: _section_of(piece)):
        rows: list[tuple[str, str]] = []
        for piece in group:
            rows += [(row, piece.printed if first == 0 else "") for first, row in enumerate(_rows(piece))]
        for page, notes in _paged(rows):
            pages.append([row for row, _ in page] + [""] * (ROWS - len(page) - len(notes)) + notes)
            page_of |= {name: len(pages) for _, name in page if name}
    sheets = [_sheet(rows, number, header) for number, rows in enumerate(pages, 1)]
    return Built("文件.pdf", pdf_file(sheets), page_of)


def _section_of(piece: Piece) -> int:
    """Cover, contents and body begin on pages of their own."""
    return {"title": 0, "cover": 0, "contents": 1}.get(piece.style, 2)


def _rows(piece: Piece) -> list[str]:
    """The lines of a piece: paragraphs indented by two characters, table rows with gaps between the cells."""
    if piece.style == "table":
        return ["　".join(cells) for cells in piece.rows]
    indent = "" if piece.style in ("title", "contents", "note", "caption") else "　　"
    rows, width = [""], 0.0
    for character in indent + piece.printed:
        width += 0.5 if character.isascii() else 1.0
        # A comma or full stop hangs over the margin, as Chinese setting has it.
        if width > WIDTH and character not in "，。；：、）》”":
            rows.append("")
            width = 0.5 if character.isascii() else 1.0
        rows[-1] += character
    return rows


def _paged(rows: Sequence[tuple[str, str]]) -> list[tuple[list[tuple[str, str]], list[str]]]:
    """The rows page by page; a note goes to the foot of the page on which it is called."""
    pages: list[tuple[list[tuple[str, str]], list[str]]] = [([], [])]
    in_note = False
    for row, name in rows:
        in_note = row.startswith("[") if name or row.startswith("[") else in_note
        page, notes = pages[-1]
        if len(page) + len(notes) >= ROWS:
            page, notes = [], []
            pages.append((page, notes))
        if in_note:
            notes.append(row)
        else:
            page.append((row, name))
    return pages


def _sheet(rows: Sequence[str], number: int, header: str) -> Sheet:
    """One page with its header above and its number below; the first has neither."""
    texts = [
        Text(row.lstrip("　"), 72 + 14 * (len(row) - len(row.lstrip("　"))), 730 - 28 * at, 14)
        for at, row in enumerate(rows)
        if row
    ]
    if number == 1:
        return Sheet(texts)
    return Sheet([Text(header, 210, 790, 9), *texts, Text(f"— {number - 1} —", 280, 40, 10)])


def as_html(pieces: Sequence[Piece], header: str) -> Built:
    """A page of a government's site: path, menus, tools, links to other pages, footer, note at the end."""
    body = "".join(_element(piece) for piece in pieces if piece.style not in ("note", "contents"))
    notes = "".join(f"<p>{escape(piece.text)}</p>" for piece in pieces if piece.style == "note")
    page = f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>{header}</title>
<style>p{{text-indent:2em}}</style></head><body>
<div class="top"><a href="/">首页</a> | <a href="/a">政务公开</a> | <a href="/b">办事服务</a></div>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 信息公开</div>
<script>var t = "事故造成9人死亡";</script>
<div class="text">{body}{notes}</div>
<div><a href="javascript:print()">打印</a>　<a href="javascript:close()">关闭</a></div>
<ul><li><a href="/1">某厂“3·2”触电死亡事故调查报告</a></li><li><a href="/2">某厂“5·9”坍塌事故调查报告</a></li></ul>
<div>版权所有：柳溪县人民政府　某ICP备00000000号</div></body></html>"""
    return Built("文件.html", page.encode("gb18030"))


def _element(piece: Piece) -> str:
    """A piece as an element; numbers in bold, figures parted from their words by no-break spaces."""
    if piece.style == "table":
        rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in piece.rows)
        return f"<table border=1>{rows}</table>"
    tag = {"title": "h1", "h1": "h2"}.get(piece.style, "p")
    text = escape(piece.text)
    return f"<{tag}>&nbsp;<b>{escape(piece.number)}</b>{text}</{tag}>\n"


def as_text(pieces: Sequence[Piece], header: str) -> Built:
    """A text file in GB18030, every line broken after so many characters, paragraphs indented."""
    rows = [row for piece in pieces for row in _rows(piece)]
    return Built("文件.txt", "\r\n".join(rows).encode("gb18030"))


Builder = Callable[[Sequence[Piece], str], Built]
BUILDERS: tuple[Builder, ...] = (as_docx, as_pdf, as_html, as_text)
