"""Accident reports for the reading benchmark, made up here: sentences of our own in endless combinations.

No place, firm or accident is meant. A report has a title, chapters with headings, paragraphs and tables, and can be
had as text, .docx or .pdf (embedded font with its map to Unicode, running header, page numbers). Same seed, same report.
"""

from __future__ import annotations

import io
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from docx import Document as WordDocument

from tests.corpus.reading.pdf_files import Sheet, Text, pdf_file

PAGE_CHARACTERS = 800
"""What a printed page of a report holds; a .docx has no pages of its own."""
_LINE_EMS = 36.0
_LINES = 34

_WORDS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("reading_words.toml").read_text("utf-8")
)
_STOCK = 3
"""Of each list a report uses so many: it keeps to its own words, and below the 255 characters of the font."""
_CHAPTERS = (
    "基本情况",
    "事故经过",
    "应急处置情况",
    "人员伤亡和直接经济损失",
    "事故原因",
    "责任认定和处理建议",
    "防范和整改措施",
)
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Block:
    """A title, heading or paragraph with its text, or a table with its rows."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def report(seed: int, characters: int = 1200) -> tuple[Block, ...]:
    """Return a report of at least so many characters; seeds below 1,000 give different days, near ones other firms."""
    chance = random.Random(seed)
    day = date(2004, 1, 1) + timedelta(days=seed * 7 % 7300)
    firm = f"{_WORDS['first'][seed % 16]}{_WORDS['second'][seed // 16 % 16]}{chance.choice(_WORDS['trades'])}有限公司"
    kind, place, where = (chance.choice(_WORDS[name]) for name in ("kinds", "places", "where"))
    at = f"{day.year}年{day.month}月{day.day}日{chance.randint(6, 20)}时{chance.randint(10, 59)}分许"
    toll = f"造成{chance.randint(1, 3)}人死亡、{chance.randint(0, 5)}人受伤"
    loss = f"直接经济损失{seed % 900 + 60}.{seed % 90 + 10}万元"
    words = _Words(chance, {name: chance.sample(of, min(_STOCK, len(of))) for name, of in _WORDS.items()})
    each = max((characters - 150) // len(_CHAPTERS), 60)
    return (
        Block("title", f"{firm}“{day.month}·{day.day}”{kind}事故调查报告"),
        Block("paragraph", f"{at}，位于{place}的{firm}{where}发生一起{kind}事故，{toll}，{loss}。"),
        *(block for n, name in enumerate(_CHAPTERS) for block in _chapter(words, n, name, each)),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What one report draws from."""

    chance: random.Random
    stock: dict[str, list[str]]

    def one(self, name: str) -> str:
        """Return an entry of a list."""
        return self.chance.choice(self.stock[name])

    def number(self, least: int, most: int) -> int:
        """Return a number, both ends included."""
        return self.chance.randint(least, most)


def _chapter(words: _Words, number: int, name: str, characters: int) -> Iterator[Block]:
    """Yield a chapter: heading, paragraphs with sub-headings, now and then a table."""
    yield Block("heading", f"{_NUMERALS[number]}、{name}")
    written, section = 0, 0
    while written < characters:
        if characters > 600 and section % 4 == 0:
            yield Block("heading", f"（{_NUMERALS[section // 4 % 10]}）{words.one('where')}的情况")
        text = "".join(_sentence(words) for _ in range(words.number(2, 5)))
        yield Block("paragraph", text)
        if section % 6 == 5:
            yield _table(words)
        written, section = written + len(text), section + 1


def _sentence(words: _Words) -> str:
    """One sentence of a kind drawn at random."""
    who, where, did, then, why, do = map(words.one, ("who", "where", "did", "then", "why", "do"))
    at = f"{words.number(6, 20)}时{words.number(10, 59)}分"
    return words.chance.choice(
        (
            f"{at}，{who}在{where}{did}，{then}。",
            f"经查，{where}{why}，{who}{did}。",
            f"调查人员询问了{words.number(2, 30)}人，{who}说{why}，{at}前后{then}。",
            f"企业应当{do}，{words.number(5, 60)}日内由{who}报告完成情况，并在{where}张贴。",
        )
    )


def _table(words: _Words) -> Block:
    """A table of six rows: who, where, what was wrong."""
    rows = [(str(n), words.one("who"), words.one("where"), words.one("why")) for n in range(1, 6)]
    return Block("table", rows=(("序号", "岗位", "地点", "情况说明"), *rows))


def as_text(blocks: Sequence[Block]) -> bytes:
    """Return the report as a text file, a paragraph a line."""
    return "\n".join(line for block in blocks for line in _lines(block)).encode()


def _lines(block: Block) -> list[str]:
    return [block.text] if not block.rows else ["  ".join(row) for row in block.rows]


def as_docx(blocks: Sequence[Block]) -> bytes:
    """Return the report as a Word file with headings by style."""
    document = WordDocument()
    for block in blocks:
        if block.rows:
            table = document.add_table(0, len(block.rows[0]))
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif block.kind == "paragraph":
            document.add_paragraph(block.text)
        else:
            document.add_heading(block.text, 0 if block.kind == "title" else 1)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_pdf(blocks: Sequence[Block], pages: int | None = None) -> bytes:
    """Return the report as a PDF file with a text layer, cut after so many pages where told."""
    lines = [line for block in blocks for line in _printed(block)]
    title = blocks[0].text
    starts = range(0, len(lines), _LINES)[:pages]
    return pdf_file([_sheet(lines[at : at + _LINES], number, title) for number, at in enumerate(starts, 1)])


def _printed(block: Block) -> Iterator[str]:
    """Yield the lines of a block as printed at the width of the page."""
    for text in _lines(block):
        line, width = "", 0.0
        for character in "　　" + text if block.kind == "paragraph" else text:
            ems = 0.5 if character.isascii() else 1.0
            if width + ems > _LINE_EMS:
                yield line
                line, width = "", 0.0
            line, width = line + character, width + ems
        yield line


def _sheet(lines: Sequence[str], number: int, title: str) -> Sheet:
    """One page with running header and page number, in an embedded font."""
    texts = [Text(title, 72, 800, 9, "drawn")]
    texts += [Text(text, 72, 770 - 20 * row, 12, "drawn") for row, text in enumerate(lines)]
    return Sheet([*texts, Text(f"- {number} -", 285, 40, 9, "drawn")])
