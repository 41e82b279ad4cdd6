"""JSON and JSON Lines that tell something in words: their texts in order, as paragraphs and headings.

What crawlers and exports write: a title, chapters, articles with `no` and `content`, or one text a line. Texts are
known by their key (`content`, 正文), by standing in a list, or by being sentences; everything else (categories,
addresses, numbers) is left out and counted in a warning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qianche.corpus.reading.formats.counting import count_characters
from qianche.corpus.reading.formats.encoding import decode
from qianche.corpus.reading.formats.text import kind_of_lines
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawBlock, RawDocument, RawKind, RawPage

TITLE_KEYS = frozenset({"title", "name", "law_name", "标题", "题名", "题目", "名称", "事故名称", "法规名称"})
HEADING_KEYS = frozenset(
    {"heading", "chapter", "chapter_title", "section", "section_title", "part", "subtitle", "章", "节", "章节", "小标题"}
)  # fmt: skip
NUMBER_KEYS = frozenset({"no", "num", "number", "article", "article_no", "条号", "条", "编号"})
TEXT_KEYS = frozenset(
    (
        "doc_no", "document_no", "content", "contents", "text", "body", "full_text", "fulltext", "raw_text", "paragraph",
        "paragraphs", "article_text", "发文字号", "文号", "正文", "内容", "全文", "原文", "段落", "文本", "事故经过", "事故原因",
        "直接原因", "间接原因", "防范措施", "事故教训",
    )
)  # fmt: skip
NO_HEADINGS = frozenset({"正文", "全文", "内容", "无"})
"""Headings that a collector makes up for a text without chapters."""
SENTENCE_LENGTH = 30
"""A string this long with Chinese punctuation is a text, whatever its key."""
LEAST_RECORD = 80
"""Characters of a record on average; shorter ones are pieces of one text."""

_SENTENCE = re.compile(r"[。；，]")
# 第三十六条, 第134条之一, 6.2.1; not 39, a serial number.
_NUMBER = re.compile(r"第[\d零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?|\d+(?:\.\d+)+")
# The ending of a file's name, kept in a title by crawlers: 某某事故调查报告.docx.
_FILE_ENDING = re.compile(r"\.(?:docx?|pdf|html?|txt|wps)$", re.IGNORECASE)
# A text that brings its own number: 一、基本情况, （一）经过, 第三条 …, 1.直接原因.
_OWN_NUMBER = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|第.{1,9}[条章]|\d+[.．、](?!\d))"
)


@dataclass(slots=True)
class _Piece:
    """One text with what stands beside it."""

    kind: str
    text: str
    number: str = ""
    level: int | None = None


@dataclass(slots=True)
class _Tally:
    """What was left out: keys in order, and non-space characters."""

    keys: dict[str, None] = field(default_factory=dict)
    characters: int = 0

    def leave_out(self, key: str, text: str) -> None:
        """Count a string that is no text of the document."""
        self.keys.setdefault(key or "（无键）")
        self.characters += count_characters(text)

    @property
    def warnings(self) -> tuple[str, ...]:
        """A Chinese sentence on what was left out, none where nothing was."""
        if not self.characters:
            return ()
        keys = "、".join([*self.keys][:8]) + ("等" if len(self.keys) > 8 else "")
        return (f"略去了说明性字段（{keys}）共 {self.characters} 字，只取标题和正文。",)


def read_json(data: bytes, limits: Limits) -> tuple[RawDocument, ...]:
    """Return the texts of a JSON or JSON Lines file in the order of the file: one document of one page a record.

    Records are the lines of JSON Lines, or the objects of a list, where they are texts and not sentences of one. A `no`
    or `num` beside a text is its label (第三条), unless the texts bring numbers of their own.

    Raises:
        Unreadable: `damaged` where it is no JSON, with the line; `too-deep`; `too-many-pages` for more records than
            a file may have pages; `line-too-long`.
    """
    decoded = decode(data)
    values = values_of(decoded.text)
    if len(values) == 1 and isinstance(values[0], list) and all(isinstance(v, dict) for v in values[0]):
        values = values[0]
    if len(values) > limits.pages:
        raise Unreadable(
            f"文件有 {len(values)} 条记录，上限 {limits.pages} 条。请拆分后再导入。", "too-many-pages"
        )
    tally = _Tally()
    records = [_pieces(value, tally) for value in values]
    if len(records) > 1 and sum(map(_characters, records)) < LEAST_RECORD * len(records):
        records = [[piece for record in records for piece in record]]
    lines = [line for record in records for piece in record for line in piece.text.splitlines()]
    if (longest := max(map(len, lines), default=0)) > limits.paragraph_characters:
        raise Unreadable(
            f"有一段连续 {longest} 字没有换行，上限 {limits.paragraph_characters} 字。请确认文件没有丢失分段后再导入。",
            "line-too-long",
        )
    kind = kind_of_lines(lines)
    first, *others = (_document(record, kind) for record in records or [[]])
    return (replace(first, warnings=(*decoded.warnings, *tally.warnings)), *others)


def _pieces(value: Any, tally: _Tally) -> list[_Piece]:
    """Return the texts of one record, their numbers settled."""
    pieces = [piece for piece in _walk(value, "", 1, tally) if piece.text.strip()]
    _settle_numbers(pieces, tally)
    return pieces


def _characters(pieces: Iterable[_Piece]) -> int:
    return sum(count_characters(piece.text) for piece in pieces)


def _document(pieces: Sequence[_Piece], kind: RawKind) -> RawDocument:
    """Return the texts of one record as a document; `kind` is that of the lines of all texts of the file."""
    blocks = tuple(block for piece in pieces for block in _blocks(piece, kind))
    page = RawPage(1, blocks, "text" if blocks else "empty", file_characters=_characters(pieces))
    title = next((piece.text for piece in pieces if piece.kind == "heading" and piece.level == 1), None)
    return RawDocument("json", (page,), title)


def values_of(text: str) -> list[Any]:
    """Return the values of a JSON file: the one it holds, or one a line.

    Raises:
        Unreadable: `damaged` with line and column of the first mistake; `too-deep`.
    """
    try:
        try:
            return [json.loads(text)]
        except json.JSONDecodeError as whole:
            lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
            if len(lines) < 2 or not _is_value(lines[0][1]):
                raise _damaged(whole.lineno, whole.colno) from None
            return [_value(number, line) for number, line in lines]
    except RecursionError:
        raise Unreadable("JSON 嵌套过深，无法读取。请改写成较浅的结构后再导入。", "too-deep") from None
    except ValueError:  # an integer of thousands of digits
        raise Unreadable("JSON 中有过长的数字，无法读取。请更正后再导入。", "damaged") from None


def _value(number: int, line: str) -> Any:
    """Return the value of one line."""
    try:
        return json.loads(line)
    except json.JSONDecodeError as fault:
        raise _damaged(number, fault.colno) from None


def _is_value(line: str) -> bool:
    """Return whether a line is a JSON value by itself."""
    try:
        json.loads(line)
    except json.JSONDecodeError:
        return False
    return True


def _damaged(line: int, column: int) -> Unreadable:
    return Unreadable(
        f"不是完整的 JSON：第 {line} 行第 {column} 个字符处有误。请检查引号、逗号和括号，或重新导出后再导入。",
        "damaged",
    )


def _walk(value: Any, key: str, depth: int, tally: _Tally) -> Iterator[_Piece]:
    """Yield the texts of a value in order."""
    if isinstance(value, dict):
        yield from _walk_object(value, depth, tally)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, str):
                yield _Piece("paragraph", item)
            else:
                yield from _walk(item, key, depth, tally)
    elif isinstance(value, str):
        yield from _of_string(key, value, depth, tally)


def _walk_object(value: dict[str, Any], depth: int, tally: _Tally) -> Iterator[_Piece]:
    """Yield the texts of one object; a number among its fields goes to the first text after it."""
    number = next((v for k, v in value.items() if k.lower() in NUMBER_KEYS and _is_number(v)), "")
    for key, inner in value.items():
        if key.lower() in NUMBER_KEYS and inner == number and number:
            continue
        for piece in _walk(inner, key, depth + isinstance(inner, list | dict), tally):
            if number and piece.kind == "paragraph":
                piece.number, number = piece.number or number, ""
            yield piece
    if number:
        tally.leave_out("no", number)


def _of_string(key: str, text: str, depth: int, tally: _Tally) -> Iterator[_Piece]:
    """Yield what one string under a key is: a title, a heading, a text, or nothing."""
    name = key.lower()
    if not text.strip():
        return
    if name in TITLE_KEYS or (name in HEADING_KEYS and text.strip() not in NO_HEADINGS):
        ending = _FILE_ENDING.search(text)
        if ending:
            tally.leave_out(key, ending[0])
        yield _Piece("heading", text[: ending.start()] if ending else text, level=min(depth, 6))
    elif name in TEXT_KEYS or not key or (len(text) >= SENTENCE_LENGTH and _SENTENCE.search(text)):
        yield _Piece("paragraph", text)
    else:
        tally.leave_out(key, text)


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and _NUMBER.fullmatch(value.strip()) is not None


def _settle_numbers(pieces: list[_Piece], tally: _Tally) -> None:
    """Take the numbers away where the texts have their own: then a collector counted the paragraphs."""
    if any(piece.number and _OWN_NUMBER.match(piece.text) for piece in pieces):
        for piece in pieces:
            if piece.number:
                tally.leave_out("no", piece.number)
                piece.number = ""


def _blocks(piece: _Piece, kind: RawKind) -> Iterator[RawBlock]:
    """Yield the lines of one text as blocks."""
    if piece.kind == "heading":
        yield RawBlock("heading", piece.text, level=piece.level)
        return
    lines = [line for line in piece.text.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        yield RawBlock(kind, line, label="" if number else piece.number.strip())
