"""Web pages (.html, .htm, the inside of .mhtml): blocks as a browser shows them, nothing that it hides.

Block elements begin blocks and so does `<br>`; inline elements never do. White space is collapsed as a browser
does, U+00A0 and U+3000 stay. Items of a numbered list have their number as `label`. Scripts, styles, navigation,
buttons and hidden elements are left out; what of them a reader of the page would see is counted in a warning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from qianche.corpus.reading.formats.counting import count_characters
from qianche.corpus.reading.formats.encoding import decode, decode_head
from qianche.corpus.reading.formats.grid import Cell, check_nesting, table_content
from qianche.corpus.reading.formats.html_furniture import Linked, furniture
from qianche.corpus.reading.formats.html_source import NEVER_SHOWN, declared_encoding, source_characters
from qianche.corpus.reading.formats.number_formats import whole_number, write_number
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import PageStatus, RawBlock, RawDocument, RawKind, RawPage

BLOCK_TAGS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
        "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}
FURNITURE = frozenset(("nav", "button", "select", "textarea", "datalist"))
"""Elements that a browser shows and that are no text of the page."""
LIST_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
"""Matches "color:red;display: none"; not "display:block"."""
_SEPARATORS = str.maketrans("", "", "|>»›＞/→-－—·•、：:[]【】")
"""Characters between the links of a menu."""
_NO_LINKS = Linked()
_SPACES = re.compile(r"[ \t\r\n\f]+")
"""White space that a browser collapses: not U+00A0, not U+3000."""


def read_html(data: bytes, limits: Limits) -> RawDocument:
    """Return a web page as one page of blocks.

    Raises:
        Unreadable: `unknown-format` when the bytes are no text, `too-deep` from 2,048 nested elements on.
    """
    decoded = decode(data, declared_encoding(decode_head(data)))
    return read_html_text(decoded.text, decoded.warnings)


def read_html_text(source: str, warnings: tuple[str, ...] = ()) -> RawDocument:
    """Return decoded HTML as one page of blocks; `warnings` of the decoding go before its own.

    Raises:
        Unreadable: `too-deep`.
    """
    root = _parse(source)
    tally = _Tally()
    blocks = () if root is None else _text_blocks(root, tally)
    counted = source_characters(source) - tally.left_out + tally.cell_labels
    if tally.left_out:
        warnings = (*warnings, f"略去了导航、按钮和隐藏内容共 {tally.left_out} 字。")
    page = RawPage(1, blocks, _status(blocks), file_characters=counted)
    return RawDocument("html", (page,), _title(root), warnings)


def _text_blocks(root: etree._Element, tally: _Tally) -> tuple[RawBlock, ...]:
    """Return the blocks of a page without its menus, path and footer, which are counted."""
    walk = _Walk(tally)
    blocks = walk.blocks_of(root)
    left_out = furniture(blocks, walk.linked)
    tally.left_out += sum(count_characters(blocks[index].text) for index in left_out)
    return tuple(block for index, block in enumerate(blocks) if index not in left_out)


def _parse(source: str) -> etree._Element | None:
    """Return the root element, None for a page without any."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = etree.fromstring(source.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError:
        root = None  # nothing but comments
    if any("Excessive depth" in error.message for error in parser.error_log):
        raise Unreadable(
            "网页的标签嵌套超过 2048 层，不像正常网页，未读取。请在浏览器中打开，把正文复制到文本文件后再导入。",
            "too-deep",
        )
    return root


def _title(root: etree._Element | None) -> str | None:
    """Return the title of the page."""
    text = None if root is None else root.findtext(".//title")
    return _SPACES.sub(" ", text).strip() or None if text else None


def _status(blocks: tuple[RawBlock, ...]) -> PageStatus:
    """Return how the page was read."""
    if not blocks:
        return "empty"
    return "table" if all(block.kind == "table" for block in blocks) else "text"


@dataclass(slots=True)
class _Tally:
    """Counts of one page, and how deep in tables the walk stands."""

    left_out: int = 0
    cell_labels: int = 0
    depth: int = 0


@dataclass(slots=True)
class _NumberedList:
    """A list: the number of its next item, and the format of numbers; "" for a list without numbers."""

    next: int
    format: str


@dataclass(slots=True)
class _Walk:
    """A walk over one part of a page: the page itself, or one cell of a table."""

    tally: _Tally
    blocks: list[RawBlock] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    lists: list[_NumberedList] = field(default_factory=list)
    preformatted: int = 0
    label: str = ""
    blank: bool = False
    linked: list[Linked] = field(default_factory=list)
    """Beside every block how much of it is links."""
    links: int = 0
    """Links in the block being gathered; `within` tells whether its text now comes from one."""
    within: bool = False
    outside: int = 0

    def blocks_of(self, root: etree._Element) -> list[RawBlock]:
        """Return the blocks below an element; by events, since pages nest deeper than functions may."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = str(element.tag)
            if event == "end":
                self._leave(tag)
                if element is not root:
                    self._say(element.tail)
            elif self._is_left_out(tag, element) or (tag == "table" and element is not root):
                if tag == "table":
                    self._table(element)
                walk.skip_subtree()
            else:
                self._enter(tag, element)
        self._close_block()
        return self.blocks

    def _enter(self, tag: str, element: etree._Element) -> None:
        """Begin an element."""
        if tag in BLOCK_TAGS:
            self._close_block(is_break=tag == "br")
        if tag in HEADING_LEVELS:
            self.levels.append(HEADING_LEVELS[tag])
        elif tag == "pre":
            self.preformatted += 1
        elif tag in ("ol", "ul"):
            self.lists.append(_list(tag, element))
        elif tag == "li" and self.lists:
            self.label = _item_label(self.lists[-1], element)
        elif tag == "a" and "href" in element.attrib:
            self.links += 1
            self.within = True
        self._say(element.text)

    def _say(self, text: str | None) -> None:
        """Add text to the block being gathered; separators between links count for nothing."""
        self.parts.append(text or "")
        if not self.within:
            self.outside += count_characters((text or "").translate(_SEPARATORS))

    def _leave(self, tag: str) -> None:
        """End an element; one that was skipped has nothing open."""
        if tag == "a":
            self.within = False
        if tag not in BLOCK_TAGS:
            return
        self._close_block()
        if tag in HEADING_LEVELS and self.levels:
            self.levels.pop()
        elif tag == "pre" and self.preformatted:
            self.preformatted -= 1
        elif tag in ("ol", "ul") and self.lists:
            self.lists.pop()

    def _close_block(self, *, is_break: bool = False) -> None:
        """End the block that text was gathered for; a line break after nothing leaves an empty line."""
        text = "".join(self.parts)
        linked = Linked(self.links or int(self.within), self.outside)
        self.parts, self.links, self.outside = [], 0, 0
        lines = text.split("\n") if self.preformatted else [_SPACES.sub(" ", text).strip(" ")]
        for line in lines:
            if line.strip():
                level = self.levels[-1] if self.levels else None
                kind: RawKind = "paragraph" if level is None else "heading"
                self._add(RawBlock(kind, line, (), level, self.label, blank_before=self.blank), linked)
                self.label = ""
                self.blank = False
            elif is_break:
                self.blank = bool(self.blocks)

    def _add(self, block: RawBlock, linked: Linked = _NO_LINKS) -> None:
        """Add a block with how much of it is links."""
        self.blocks.append(block)
        self.linked.append(linked)

    def _is_left_out(self, tag: str, element: etree._Element) -> bool:
        """Return whether an element is no text of the page, counting what it holds."""
        if tag in NEVER_SHOWN:
            return True
        if tag in FURNITURE or "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
            self.tally.left_out += sum(count_characters(text) for text in _texts(element))
            return True
        return False

    def _table(self, element: etree._Element) -> None:
        """Add a table, or its content where it only arranges the page."""
        self._close_block()
        rows: list[list[Cell]] = []
        self._rows(element, rows)
        self._close_block()
        content = table_content(rows)
        self.tally.cell_labels += content.label_characters
        for block in content.blocks:
            self._add(block)

    def _rows(self, parent: etree._Element, rows: list[list[Cell]]) -> None:
        """Gather the rows of a table; what stands loose among them (a caption) comes before the table."""
        self.tally.depth += 1
        check_nesting(self.tally.depth)
        self.parts.append(parent.text or "")
        for child in parent:
            tag = str(child.tag)
            if tag in ("tbody", "thead", "tfoot"):
                self._rows(child, rows)
            elif tag == "tr":
                rows.append([])
                self._rows_cells(child, rows)
            elif tag in ("td", "th"):
                rows.append([self._cell(child)])
            elif not self._is_left_out(tag, child):
                self._loose(child)
            self.parts.append(child.tail or "")
        self.tally.depth -= 1

    def _rows_cells(self, row: etree._Element, rows: list[list[Cell]]) -> None:
        """Gather the cells of a row into the last of the rows."""
        self.parts.append(row.text or "")
        for child in row:
            tag = str(child.tag)
            if tag in ("td", "th"):
                if not self._is_left_out(tag, child):
                    rows[-1].append(self._cell(child))
            elif not self._is_left_out(tag, child):
                self._loose(child)
            self.parts.append(child.tail or "")

    def _cell(self, element: etree._Element) -> Cell:
        """Return one cell, walked like a page of its own."""
        blocks = _Walk(self.tally).blocks_of(element)
        columns, rows = (whole_number(element.get(name)) or 1 for name in ("colspan", "rowspan"))
        return Cell(tuple(blocks), columns, rows)

    def _loose(self, element: etree._Element) -> None:
        """Add what stands in a table outside its cells."""
        self._close_block()
        for block in _Walk(self.tally).blocks_of(element):
            self._add(block)


def _list(tag: str, element: etree._Element) -> _NumberedList:
    """Return a list at its beginning."""
    if tag == "ul":
        return _NumberedList(1, "")
    start = whole_number(element.get("start"))
    form = LIST_FORMATS.get(element.get("type", "1"), "decimal")
    return _NumberedList(1 if start is None else start, form)


def _item_label(numbered: _NumberedList, item: etree._Element) -> str:
    """Return the number of a list's next item as a browser writes it."""
    if not numbered.format:
        return ""
    value = whole_number(item.get("value"))
    number = numbered.next if value is None else value
    numbered.next = number + 1
    return f"{write_number(number, numbered.format)}."


def _texts(element: etree._Element) -> list[str]:
    """Return the texts below an element that `source_characters` counts too."""
    texts = [element.text or ""]
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if inner is element:
            continue
        if event == "end":
            texts.append(inner.tail or "")
        elif inner.tag in NEVER_SHOWN:
            walk.skip_subtree()
        else:
            texts.append(inner.text or "")
    return texts
