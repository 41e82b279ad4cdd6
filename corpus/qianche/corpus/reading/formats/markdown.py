"""Markdown (.md): headings, paragraphs and tables, without the marks that only format.

Parsed as CommonMark, with these changes for Chinese documents: lines of a paragraph are kept apart, since authors
mean them so; indented text is a paragraph, not code; the numbers of numbered lists stay in the text as written;
a table keeps cells beyond the width of its head; link definitions are text (`[1]: 《安全生产法》` is a footnote).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from qianche.corpus.reading.formats.counting import count_characters
from qianche.corpus.reading.formats.encoding import decode
from qianche.corpus.reading.formats.html import read_html_text
from qianche.corpus.reading.formats.text import kind_of_lines
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import PageStatus, RawBlock, RawDocument, RawPage

DEEPEST_NESTING = 60
"""Levels of quotes and lists; the parser would drop what lies deeper."""
LONGEST_HEADING = 80
"""Characters of a heading that a line below it marks; a paragraph above a ruler would become one otherwise."""

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n((?:(?>[\w-]+[ \t]*:.*\n|[ \t]+.*\n|-[ \t].*\n|\n))*?)---[ \t]*(?:\n|\Z)"
)
"""Matches "---\\ntitle: 甲\\n---\\n" at the beginning of a file; not two rulers around a sentence."""
_PROTECTED: tuple[tuple[re.Pattern[str], str], ...] = (
    # 200*300*5 mm: not italics; not "*第一条*"
    (re.compile(r"(?<=\d)\*(?=\d)"), r"\\*"),
    # ">5%" at the beginning of a line: not a quotation; not "> 引文"
    (re.compile(r"^([ \t]*)>(?=[=\d])", re.M), r"\1\\>"),
    # **第一条。**为了: bold, though CommonMark wants a space there; not the names in "张**、李**死亡"
    (re.compile(r"\*\*(?=[^*\s、，。；：！？）》”])([^*\n]*[、，。；：！？）》”])\*\*"), r"\1"),
    (re.compile(r"\*\*([“《（〔][^*\n]*[^*\s])\*\*"), r"\1"),
)
"""Places where CommonMark would take or leave marks that Chinese authors mean otherwise, and what they become."""
_DELIMITER_ROW = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
"""Matches "|---|:-:|", and "---", which is none without a "|"; not "| 甲 |"."""
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_LINE_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)


def read_markdown(data: bytes, limits: Limits) -> RawDocument:
    """Return a Markdown file as one page of blocks.

    Paragraphs are `line` or `paragraph` by the rule of `text.kind_of_lines`. A block of data before the text
    (YAML front matter) is left out with a warning; images and the targets of links are left out.

    Raises:
        Unreadable: `unknown-format` when the bytes are no text; `too-deep`; `line-too-long`.
    """
    decoded = decode(data)
    source, warnings = _without_front_matter(decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    longest = max(map(len, source.split("\n")))
    if longest > limits.paragraph_characters:
        raise Unreadable(
            f"有一行长达 {longest} 字，上限 {limits.paragraph_characters} 字。请确认文件没有丢失分段后再导入。",
            "line-too-long",
        )
    for pattern, replacement in _PROTECTED:
        source = pattern.sub(replacement, source)
    parser = _parser()
    tokens = parser.parse(source)
    if any(token.level >= DEEPEST_NESTING for token in tokens):
        raise Unreadable(
            f"引用或列表嵌套超过 {DEEPEST_NESTING // 2} 层，未读取。请简化后再导入。", "too-deep"
        )
    blocks = _with_line_kind(list(_blocks(tokens, parser, source.split("\n"))))
    status: PageStatus = "text" if any(block.kind != "table" for block in blocks) else "table"
    page = RawPage(1, blocks, status if blocks else "empty", file_characters=_characters(tokens))
    return RawDocument("markdown", (page,), warnings=(*decoded.warnings, *warnings))


def _parser() -> MarkdownIt:
    """Return a parser with what Chinese documents misuse switched off."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST_NESTING + 2})
    return parser.disable(["code", "reference"])


def _without_front_matter(source: str) -> tuple[str, tuple[str, ...]]:
    """Return the source without data before the text, and a warning that says what was left out."""
    match = _FRONT_MATTER.match(source)
    if match is None:
        return source, ()
    entries = "；".join(" ".join(line.split()) for line in match[1].splitlines() if line.strip())
    warning = f"文件开头的元数据没有收入正文：{entries[:200]}。"
    return source[match.end() :], (warning,) if entries else ()


def _blocks(tokens: Sequence[Token], parser: MarkdownIt, lines: Sequence[str]) -> Iterator[RawBlock]:
    """Yield the blocks of a file in order."""
    number = ""
    for before, token in pairwise([Token("", "", 0), *tokens]):
        if token.type == "list_item_open":
            number += f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "list_item_close" and number:
            yield RawBlock("paragraph", number.strip())  # an item without text
            number = ""
        blocks: list[RawBlock] = []
        if token.type == "inline":
            blocks = _inline_blocks(token, parser)
            if before.type == "heading_open" and len(token.content) <= LONGEST_HEADING:
                blocks = [replace(block, kind="heading", level=int(before.tag[1:])) for block in blocks]
        elif token.type == "fence":
            blocks = [RawBlock("paragraph", line) for line in token.content.split("\n") if line.strip()]
        elif token.type == "html_block":
            blocks = list(read_html_text(token.content).pages[0].blocks)
        if blocks and blocks[0].rows and number:
            blocks.insert(0, RawBlock("paragraph", ""))
        if blocks:
            blank = bool(token.map and token.map[0] > 0 and not lines[token.map[0] - 1].strip())
            yield replace(blocks[0], text=number + blocks[0].text, blank_before=blank)
            yield from blocks[1:]
            number = ""


def _inline_blocks(token: Token, parser: MarkdownIt) -> list[RawBlock]:
    """Return a paragraph or heading line by line, and the tables that stand in it."""
    rows = token.content.split("\n")
    if not any(_is_delimiter(above, row) for above, row in pairwise(rows)):
        return [RawBlock("paragraph", line) for line in _texts(token.children or ()) if line.strip()]
    blocks: list[RawBlock] = []
    table: list[list[str]] = []
    for index, row in enumerate(rows):
        begins = index + 1 < len(rows) and _is_delimiter(row, rows[index + 1])
        if begins or (table and "|" in row):
            if begins:
                blocks += _table(table)
                table = []
            if not (index and _is_delimiter(rows[index - 1], row)):
                table.append([_line(cell, parser) for cell in _cells(row)])
        else:
            blocks += _table(table)
            table = []
            blocks += [RawBlock("paragraph", text) for text in [_line(row, parser)] if text.strip()]
    return blocks + _table(table)


def _is_delimiter(above: str, row: str) -> bool:
    """Return whether a row is the line between a table's head and its body."""
    return "|" in above and "|" in row and _DELIMITER_ROW.fullmatch(row) is not None


def _cells(row: str) -> list[str]:
    """Return the sources of the cells of a row."""
    return _CELL_BORDER.split(row.strip().removeprefix("|").removesuffix("|"))


def _table(rows: list[list[str]]) -> list[RawBlock]:
    """Return the rows as a table, all equally wide; nothing without rows."""
    if not rows:
        return []
    width = max(map(len, rows))
    return [RawBlock("table", rows=tuple(tuple(row + [""] * (width - len(row))) for row in rows))]


def _line(source: str, parser: MarkdownIt) -> str:
    """Return one line of source without its marks."""
    (token,) = parser.parseInline(source)
    return "\n".join(_texts(token.children or ())).strip()


def _texts(children: Sequence[Token]) -> list[str]:
    """Return the text of inline tokens, split where the author broke the line."""
    lines = [""]
    for child in children:
        if child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and _LINE_BREAK_TAG.match(child.content)
        ):
            lines.append("")
        elif child.type in ("text", "code_inline"):
            lines[-1] += child.content
    return lines


def _with_line_kind(blocks: list[RawBlock]) -> tuple[RawBlock, ...]:
    """Return the blocks with paragraphs as `line` where a margin broke them."""
    kind = kind_of_lines([block.text for block in blocks if block.kind == "paragraph"])
    return tuple(replace(block, kind=kind) if block.kind == "paragraph" else block for block in blocks)


def _characters(tokens: Sequence[Token]) -> int:
    """Return the non-space characters of all pieces of text that the parser found, numbers of lists included."""
    total = 0
    for token in tokens:
        if token.type == "html_block":
            total += read_html_text(token.content).pages[0].file_characters or 0
        elif token.type == "fence":
            total += count_characters(token.content)
        elif token.type == "list_item_open" and token.info:
            total += count_characters(token.info + token.markup)
        for child in token.children or ():
            if child.type in ("text", "code_inline"):
                total += count_characters(child.content)
        if token.type == "inline":
            total -= _table_marks(token.content.split("\n"))
    return total


def _table_marks(rows: Sequence[str]) -> int:
    """Return how many characters of a paragraph's rows only draw its tables."""
    marks, is_table = 0, False
    for index, row in enumerate(rows):
        if index and _is_delimiter(rows[index - 1], row):
            marks += count_characters(row)
        elif "|" in row and (is_table or (index + 1 < len(rows) and _is_delimiter(row, rows[index + 1]))):
            is_table = True
            marks += len(_CELL_BORDER.findall(row))
        else:
            is_table = False
    return marks
