"""The table of contents before a text: chapter names that occur once more where the chapters begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qianche.corpus.rule_texts.labels import (
    annex_label,
    article_label_at,
    clause_label,
    heading_label,
    is_title_like,
    section_label,
)
from qianche.corpus.rule_texts.lines import Line, squeeze

_MARKERS = frozenset({"目录", "目次", "目录：", "目次："})
# The page number and its leader at the end of an entry: 总则……1, 总则(3), 总则\t12.
_PAGE = re.compile(r"[.．·…\s]*[（(]?(?:\d{1,4}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,3}|(?<=[.．·…\s])[IVX]{1,4})[)）]?$")
_LONGEST_ENTRY = 60


def find_contents(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return first and end index of the lines that are the contents, None where the text has none.

    The block begins with 目录 or with the first heading, and ends before the line that repeats its first
    entry. Without 目录 it needs two entries at least.
    """
    marker = next((i for i, line in enumerate(lines) if squeeze(line.text).strip("*#=") in _MARKERS), None)
    if marker is not None:
        end = _end_of_block(lines, marker + 1)
        return (marker, end) if end > marker + 1 else None
    first = next((i for i, line in enumerate(lines) if not line.table and _may_head(line.text)), None)
    if first is None:
        return None
    key = entry_key(lines[first].text)
    repeat = next((i for i in range(first + 1, len(lines)) if _begins(lines[i], key)), None)
    if repeat is None or repeat - first < 2:
        return None
    block = lines[first:repeat]
    return (first, repeat) if all(_is_entry(line) for line in block) else None


def _may_head(text: str) -> bool:
    """Return whether the line can be the first entry: 第一章 …, or the title of a section 一、."""
    section = section_label(text)
    return bool(heading_label(text)) or (section is not None and is_title_like(text[section.end :], 25))


def entry_key(text: str) -> str:
    """Return what an entry and its heading have in common: no spaces, no leader, no page number."""
    plain = text.strip()
    return squeeze(_PAGE.sub("", plain) if len(plain) <= 2 * _LONGEST_ENTRY else plain).strip("*#=")


def _end_of_block(lines: Sequence[Line], start: int) -> int:
    """Return where the entries after 目录 end."""
    if start >= len(lines):
        return start
    first = entry_key(lines[start].text)
    later = [entry_key(line.text) for line in lines]
    for index in range(start, len(lines)):
        line = lines[index]
        if index > start and first and _begins(line, first):
            return index
        repeated = any(key.startswith(later[index]) for key in later[index + 1 :]) if later[index] else True
        if line.table or len(line.text) > 2 * _LONGEST_ENTRY or not (_is_entry(line) or repeated):
            return index
    return len(lines)


def _begins(line: Line, key: str) -> bool:
    """Return whether the line is the heading of an entry, perhaps with its first article behind it."""
    text = squeeze(line.text).strip("*#=")
    return text == key or entry_key(line.text) == key or (
        text.startswith(key) and article_label_at(text, len(key)) is not None
    )  # fmt: skip


def _is_entry(line: Line) -> bool:
    """Return whether the line can be an entry: a numbered heading without a sentence."""
    if line.table or len(line.text) > 2 * _LONGEST_ENTRY:
        return False
    text = _PAGE.sub("", line.text.strip())
    if len(text) > _LONGEST_ENTRY or set("。；;") & set(text):
        return False
    return bool(heading_label(text) or annex_label(text) or section_label(text) or clause_label(text))
