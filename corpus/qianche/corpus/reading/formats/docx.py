"""Word files (.docx): the body in order, with the numbers that Word prints by itself.

What is read and how, where Word leaves a choice:

- a soft line break begins a new block; within a table cell it is a newline;
- text boxes follow the paragraph that they are anchored in;
- of tracked changes, what was inserted is read and what was deleted is not; hidden text is left out and counted;
- footnotes and endnotes that the text refers to come last, `label` being their number; their marks in the text
  and headers and footers are no part of the text;
- contents lists are read as the paragraphs that they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from qianche.corpus.reading.formats.counting import count_characters
from qianche.corpus.reading.formats.docx_body import (
    BOX,
    CELL,
    LEFT_OUT,
    LINE_BREAKS,
    LITERALS,
    NOTE_MARKS,
    PAGE_MARK,
    ROW,
    RUN,
    SYMBOL,
    TABLE,
    TEXT,
    children_of,
    chosen,
    items_of,
    pictures_in,
    symbol_of,
    visible_characters,
)
from qianche.corpus.reading.formats.docx_numbering import Numbering
from qianche.corpus.reading.formats.docx_package import DocxPackage
from qianche.corpus.reading.formats.docx_styles import BODY_TEXT, Styles
from qianche.corpus.reading.formats.grid import WIDEST_SPAN, Cell, check_nesting, table_content
from qianche.corpus.reading.formats.number_formats import whole_number, write_number
from qianche.corpus.reading.formats.word_names import child_number, child_value, is_on, named
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import PageStatus, RawBlock, RawDocument, RawKind, RawPage

FULLEST_PAGE = 3_000
"""Non-space characters: A4 in the smallest usual type holds some 2,500. A page with more was not laid out to its
end when Word left its marks: Word marks what it has shown, which may be the first two pages of a hundred."""


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read."""

    lines: list[list[str]] = field(default_factory=lambda: [[]])
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph or table of the body: the page it begins on, its blocks, and its characters by the raw count."""

    page: int
    blocks: tuple[RawBlock, ...]
    file_characters: int


def read_docx(data: bytes, limits: Limits) -> RawDocument:
    """Return a Word file as pages of paragraphs, headings and tables.

    Page numbers come from the marks that Word leaves where its last layout broke the pages, and only when these
    agree with the number of pages that the file states; without them the whole file is page 1. A block belongs to
    the page where it begins. `file_characters` is counted straight from the XML; automatic numbers count where
    they stand in a table cell, since they are part of its text there.

    Raises:
        Unreadable: `truncated`, `damaged`, `encrypted`, `too-large`, `too-deep`, `too-many-pages`.
    """
    return _Reader(DocxPackage(data, limits), limits).document()


class _Reader:
    """Walks one file; keeps the counts of lists, pages and notes."""

    def __init__(self, package: DocxPackage, limits: Limits) -> None:
        self._package, self._limits = package, limits
        self._main = next(iter(package.related("", "officeDocument").values()), "word/document.xml")
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"))
        self._notes: list[tuple[str, str]] = []
        self._page = 1
        self._item_page: int | None = None
        self._blank = False
        self._hidden = self._counted = 0
        self._cell_labels = 0
        self._depth = 0

    def document(self) -> RawDocument:
        """Return the file as pages."""
        root = self._package.xml(self._main)
        body = None if root is None else root.find(named("w:body"))
        if body is None:
            raise Unreadable(
                f"文件已损坏：缺少正文部分“{self._main}”。请用 Word 或 WPS 打开并另存后再导入。", "damaged"
            )
        items = [self._item(element) for element in items_of(body)]
        missed = visible_characters(body) - self._counted
        items.append(_Item(self._page, (), missed))  # 0 unless text stands where none is looked for
        items += list(self._note_items())
        pages = self._pages(items, pictures := pictures_in(body))
        return RawDocument("docx", pages, self._title(), tuple(self._warnings(body, pictures)))

    def _part(self, kind: str) -> etree._Element | None:
        """Return the root of the part of one kind that the main part points to."""
        for name in self._package.related(self._main, kind).values():
            return self._package.xml(name)
        return None

    def _item(self, element: etree._Element) -> _Item:
        """Return a paragraph or table of the body."""
        self._item_page, self._cell_labels = None, 0
        blocks = self._blocks(element)
        visible = visible_characters(element)
        self._counted += visible
        return _Item(self._item_page or self._page, tuple(blocks), visible + self._cell_labels)

    def _blocks(self, element: etree._Element) -> list[RawBlock]:
        """Return the blocks of a paragraph or table of the body, empty paragraphs noted as blank."""
        blocks = self._table(element) if element.tag == TABLE else self._paragraph(element)
        blocks = [block for block in blocks if block.rows or block.text.strip()]
        if blocks:
            blocks[0] = replace(blocks[0], blank_before=self._blank)
        self._blank = not blocks
        return blocks

    def _paragraph(self, element: etree._Element) -> list[RawBlock]:
        """Return a block for each line of a paragraph, then those of its text boxes."""
        paragraph = _Paragraph()
        self._inline(element, paragraph)
        level, label = self._level_and_label(element)
        kind: RawKind = "paragraph" if level is None else "heading"
        blocks = []
        for line in paragraph.lines:
            text = "".join(line)
            if text.strip() or label:
                blocks.append(RawBlock(kind, text, level=level, label=label))
                label = ""
        for box in paragraph.boxes:
            self._depth += 1
            check_nesting(self._depth)
            blocks += [block for inner in items_of(box) for block in self._content(inner)]
            self._depth -= 1
        return blocks

    def _content(self, element: etree._Element) -> list[RawBlock]:
        """Return the blocks of a paragraph or table inside a cell or box; a number without text stays."""
        return self._table(element) if element.tag == TABLE else self._paragraph(element)

    def _level_and_label(self, element: etree._Element) -> tuple[int | None, str]:
        """Return heading level (from 1) and automatic number of a paragraph."""
        properties = element.find(named("w:pPr"))
        name = child_value(properties, "w:pStyle") or self._styles.default
        style = self._styles.resolved(name)
        outline = child_number(properties, "w:outlineLvl")
        outline = style.outline if outline is None else outline
        level = outline + 1 if outline is not None and 0 <= outline < BODY_TEXT else None
        numbered = None if properties is None else properties.find(named("w:numPr"))
        list_id = child_value(numbered, "w:numId") or style.list_id
        if list_id in (None, "0"):
            return level, ""
        place = child_number(numbered, "w:ilvl")
        place = style.list_level if place is None else place
        if place is None:
            place = self._numbering.level_of_style(list_id, name)
        return level, self._numbering.label(list_id, place)

    def _table(self, element: etree._Element) -> list[RawBlock]:
        """Return a table as one block, or its content where it only arranges the page."""
        self._depth += 1
        check_nesting(self._depth)
        content = table_content([self._row(row) for row in children_of(element, ROW)])
        self._cell_labels += content.label_characters
        self._depth -= 1
        return list(content.blocks)

    def _row(self, row: etree._Element) -> list[Cell]:
        """Return the cells of a row; below the first of cells merged downwards Word itself keeps an empty one."""
        before = child_number(row.find(named("w:trPr")), "w:gridBefore") or 0
        cells = [Cell(())] * min(before, WIDEST_SPAN)
        for element in children_of(row, CELL):
            blocks = [block for item in items_of(element) for block in self._content(item)]
            filled = tuple(block for block in blocks if block.rows or block.text.strip() or block.label)
            span = child_number(element.find(named("w:tcPr")), "w:gridSpan") or 1
            cells.append(Cell(filled, columns=span))
        return cells

    def _inline(self, element: etree._Element, into: _Paragraph) -> None:
        """Gather the text below an element into a paragraph; an unknown element is walked through."""
        for child in chosen(element):
            tag = child.tag
            if tag in TEXT:
                self._add(child.text or "", into)
            elif tag in LITERALS:
                self._add(LITERALS[tag], into)
            elif tag in LINE_BREAKS:
                into.lines.append([])
            elif tag == SYMBOL:
                self._add(symbol_of(child), into)
            elif tag == BOX:
                into.boxes.append(child)
            elif tag == PAGE_MARK:
                self._page += 1
            elif tag in NOTE_MARKS:
                self._notes.append((NOTE_MARKS[tag], child.get(named("w:id"), "")))
            elif tag == RUN and is_on(child.find(named("w:rPr")), "w:vanish"):
                self._hidden += sum(
                    count_characters(text.text or "") for text in child.iterfind(named("w:t"))
                )
            elif tag not in LEFT_OUT:
                self._inline(child, into)

    def _add(self, text: str, into: _Paragraph) -> None:
        """Add text to the last line of a paragraph; the first of an item says on which page it begins."""
        into.lines[-1].append(text)
        if self._item_page is None and text.strip():
            self._item_page = self._page

    def _note_items(self) -> Iterator[_Item]:
        """Yield the notes in the order in which the text refers to them."""
        forms: dict[str, Callable[[int], str]] = {
            "footnotes": str,
            "endnotes": lambda number: write_number(number, "lowerRoman"),
        }
        for kind, written in forms.items():
            references = [note for of_kind, note in self._notes if of_kind == kind]
            root = self._part(kind) if references else None
            notes = {} if root is None else {note.get(named("w:id"), ""): note for note in root}
            for number, reference in enumerate(dict.fromkeys(references), start=1):
                if reference in notes:
                    yield self._note(notes[reference], f"[{written(number)}]")

    def _note(self, element: etree._Element, label: str) -> _Item:
        """Return one note, its number as the label of its first paragraph."""
        self._cell_labels = 0
        blocks = [block for item in items_of(element) for block in self._blocks(item)]
        if blocks and not blocks[0].label and not blocks[0].rows:
            blocks[0] = replace(blocks[0], label=label)
        return _Item(self._page, tuple(blocks), visible_characters(element) + self._cell_labels)

    def _pages(self, items: list[_Item], pictures: int) -> tuple[RawPage, ...]:
        """Return the items page by page, all on page 1 where the marks of the pages cannot be trusted."""
        last = self._page
        if last > self._limits.pages:
            raise Unreadable(
                f"文件有 {last} 页，上限 {self._limits.pages} 页。请拆分后再导入。", "too-many-pages"
            )
        sizes = [0] * (last + 1)
        for item in items:
            sizes[item.page] += item.file_characters
        if last == 1 or max(sizes) > FULLEST_PAGE or self._stated_pages() not in (None, last):
            return (_page(1, items, pictures),)
        return tuple(
            _page(number, [item for item in items if item.page == number], 0) for number in range(1, last + 1)
        )

    def _stated_pages(self) -> int | None:
        """Return the number of pages that the file's properties state."""
        for name in self._package.related("", "extended-properties").values():
            root = self._package.xml(name)
            pages = None if root is None else root.find("{*}Pages")
            return None if pages is None else whole_number(pages.text)
        return None

    def _title(self) -> str | None:
        """Return the title by the file's properties."""
        for name in self._package.related("", "core-properties").values():
            root = self._package.xml(name)
            title = None if root is None else root.findtext(named("dc:title"))
            return (title or "").strip() or None
        return None

    def _warnings(self, body: etree._Element, pictures: int) -> Iterator[str]:
        """Yield what of the file is not in the text."""
        if self._hidden:
            yield f"有 {self._hidden} 个字在 Word 里设为隐藏，没有收入。如需收入，请取消隐藏后再导入。"
        if pictures:
            yield f"文件中有 {pictures} 张图片，图中的文字没有识别。如有需要，请把图片单独导入。"
        if body.find(f".//{named('w:altChunk')}") is not None:
            yield "文件中嵌有其他格式的内容，没有收入。请用 Word 打开并另存后再导入。"


def _page(number: int, items: list[_Item], pictures: int) -> RawPage:
    """Return one page."""
    blocks = tuple(block for item in items for block in item.blocks)
    counted = sum(item.file_characters for item in items)
    status: PageStatus = "text" if any(block.kind != "table" for block in blocks) else "table"
    if blocks:
        return RawPage(number, blocks, status, file_characters=counted)
    if pictures:
        problem = f"文件里没有文字，只有 {pictures} 张图片。请把图片或扫描件另存为 PDF 后导入识别。"
        return RawPage(number, (), "unread", problem=problem, file_characters=counted)
    return RawPage(number, (), "empty", file_characters=counted)
