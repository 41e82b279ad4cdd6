"""Headings of a text: 编, 分编, 章, 节, 附则, and the sections 一、 of a text without 条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qianche.corpus.rule_texts.draft import NodeKind
from qianche.corpus.rule_texts.labels import (
    MARKUP,
    article_label_at,
    heading_label,
    is_title_like,
    section_label,
)
from qianche.corpus.rule_texts.lines import Line
from qianche.corpus.rule_texts.marks import Chain, Mark

# … or after a heading: 第一章总则第一条为了…
AFTER_HEADING = re.compile(r"\s*(?=第\s*[一1]\s*条)|\s+(?=第)")
# 第三章防治水第一节地面防治水: a lower heading on the line of the one above it.
_HEADING_INSIDE = re.compile(r"(?=第\s*[一1]\s*[章节])")
# …不得伪造。第三章鉴定: a heading glued to the end of the paragraph before it; not …。第三章规定的除外。
_HEADING_AT_END = re.compile(r"(?<=[。；])(?=第\s*[一二三四五六七八九十\d]{1,4}\s*[编章节][^。；，]{1,30}$)")
_LONGEST_LINE = 300
"""Characters of a line in which headings behind one another, and the first article, are looked for."""
_HEADING_KINDS: dict[str, NodeKind] = {"编": "编", "分编": "分编", "章": "章", "节": "节", "附则": "附则"}


def find_headings(lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return the 编, 分编, 章, 节 and 附则 headings among the lines."""
    return tuple(
        mark for index, line in enumerate(lines) if not line.table for mark in _headings_in(index, line)
    )


def chapter_openings(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines right below the heading of a chapter that follows the chapter before it (第二章, 第三章, …)."""
    openings: set[int] = set()
    last = 0
    for index, line in enumerate(lines):
        found = None if line.table else heading_label(line.text)
        if found is None or found[1] != "章":
            continue
        number = int(found[0].number)
        if last and number == last + 1:
            openings.add(index + 1)
        last = number
    return frozenset(openings)


def find_sections(lines: Sequence[Line]) -> Chain:
    """Return the sections 一、二、三、 of a text without 条, in sequence.

    A second 一、 begins another text, unless it stands right below the next chapter.
    """
    chapters = chapter_openings(lines)
    marks: list[Mark] = []
    odd: list[str] = []
    last = 0
    candidates = [
        (i, label) for i, line in enumerate(lines) if not line.table and (label := section_label(line.text))
    ]
    for at, (index, label) in enumerate(candidates):
        value = int(label.number)
        if value == 1 and last and index in chapters:
            last = 0
        elif value == 1 and last > 1:
            return Chain(tuple(marks), tuple(odd), index)
        if value <= last:
            continue
        if value != last + 1:
            if not any(int(later.number) == value + 1 for _, later in candidates[at + 1 : at + 3]):
                continue
            odd.append(f"“{label.printed}”之前缺少编号")
        marks.append(Mark(index, 0, "section", label, label.number))
        last = value
    return Chain(tuple(marks), tuple(odd))


def _headings_in(index: int, line: Line) -> Iterator[Mark]:
    """Yield the heading that the line begins with, and lower ones printed behind it."""
    at_end = _HEADING_AT_END.search(line.text, max(len(line.text) - 60, 0))
    at = at_end.start() if at_end and heading_label(line.text) is None else 0
    for _ in _HEADING_KINDS:
        found = heading_label(line.text[at : at + _LONGEST_LINE])
        if found is None:
            return
        label, kind = found
        label = replace(label, start=label.start + at, end=label.end + at)
        title = _heading_title(line.text[label.end : label.end + _LONGEST_LINE])
        inside = _HEADING_INSIDE.search(title)
        if inside is not None and inside.start():
            title = title[: inside.start()]
        title = title.rstrip("。 \u3000")
        if kind != "附则" and title and (not is_title_like(title) or title.startswith(("规定", "的", "所"))):
            return
        yield Mark(index, at, _HEADING_KINDS[kind], label, label.number)
        if inside is None or not inside.start():
            return
        at = line.text.index(title, label.end) + len(title)
        at += len(line.text[at:]) - len(line.text[at:].lstrip("。 \u3000"))


def _heading_title(rest: str) -> str:
    """Return the title after a heading's number, cut where an article follows on the same line."""
    for match in AFTER_HEADING.finditer(rest):
        if article_label_at(rest, match.end()):
            rest = rest[: match.start()]
            break
    return rest.strip(MARKUP)
