"""Persons in tables: a row a person, columns found by their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qianche.corpus.reading.document import Block, Document, Span
from qianche.corpus.reports.content.sentences import trimmed
from qianche.corpus.reports.draft import Finding, Part, Person

_NAME_HEAD = re.compile(r"姓\s*名|责任人")
_POST_HEAD = re.compile(r"职\s*务|单位|岗位|身份")
_PROPOSAL_HEAD = re.compile(r"处理|处罚|处分|建议|追究")


def people_in_tables(document: Document, part: Part) -> Iterator[Finding[Person]]:
    """Yield the persons of the tables in a part whose head names a column 姓名 and one of 处理建议."""
    for block in document.blocks:
        if block.kind == "table" and part.span.start <= block.start < part.span.end and block.rows:
            yield from _rows(document, block)


def _rows(document: Document, block: Block) -> Iterator[Finding[Person]]:
    """Yield the persons of one table."""
    heads = [document.quote(cell) for cell in block.rows[0]]
    name, proposal = _column(heads, _NAME_HEAD), _column(heads, _PROPOSAL_HEAD)
    posts = [i for i, head in enumerate(heads) if _POST_HEAD.search(head) and i not in (name, proposal)]
    if name is None or proposal is None:
        return
    for row in block.rows[1:]:
        if max(name, proposal) >= len(row):
            continue
        who, what = trimmed(document.text, row[name]), trimmed(document.text, row[proposal])
        role = " ".join(document.quote(trimmed(document.text, row[i])) for i in posts if i < len(row)).strip()
        if who.start < who.end:
            spans = tuple(
                span for span in (Span(row[0].start, row[-1].end), who, what) if span.start < span.end
            )
            yield Finding(Person(document.quote(who), role, document.quote(what)), spans, "table")


def _column(heads: list[str], pattern: re.Pattern[str]) -> int | None:
    """Return the index of the first column whose head matches."""
    return next((index for index, head in enumerate(heads) if pattern.search(head)), None)
