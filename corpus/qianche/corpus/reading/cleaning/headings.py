"""Step 5, headings stuck to the text after them: the block is parted there, no character is lost."""

from __future__ import annotations

import re
from dataclasses import replace

from qianche.corpus.reading.cleaning.endings import punctuated
from qianche.corpus.reading.cleaning.heading_phrases import phrase_end
from qianche.corpus.reading.cleaning.markers import marker_of
from qianche.corpus.reading.cleaning.pieces import Paragraph

_NUMERAL = "[〇零一二三四五六七八九十百千]"
# 第一章总则第一条为了…, 第一编总则第一章…: the place before the second number.
_CHAPTER_THEN_NEXT = re.compile(
    rf"第{_NUMERAL}+(?:编|分编|章|节)[^，。；：、（）“”《》]{{1,25}}?(?=第{_NUMERAL}+(?:章|节|条)(?!的|规定|所|第))"
)
_HEADED = ("han", "han-bracket", "digit", "digit-bracket")
_MIN_TEXT = 8


def part(paragraph: Paragraph) -> list[Paragraph]:
    """Return the paragraph parted after the headings that are stuck to their text, else as it is."""
    out: list[Paragraph] = []
    while paragraph.kind == "paragraph" and (at := _split_point(paragraph)):
        heading, paragraph = _split(paragraph, at)
        out.append(heading)
    return [*out, paragraph]


def _split_point(paragraph: Paragraph) -> int | None:
    """Return where the heading ends that the paragraph begins with, None where all is one."""
    text = paragraph.text
    match = _CHAPTER_THEN_NEXT.match(text)
    if match:
        return match.end()
    marker = marker_of(text)
    if marker is None or marker.style not in _HEADED:
        return None
    end = phrase_end(text, marker.end)
    if end is None or len(text) - end < _MIN_TEXT or not punctuated(text[end:]):
        return None
    return end


def _split(paragraph: Paragraph, at: int) -> tuple[Paragraph, Paragraph]:
    """Return the two halves, each part with its page; the label stays with the first."""
    first: list[tuple[int, str]] = []
    second: list[tuple[int, str]] = []
    for page, text in paragraph.parts:
        if text[:at]:
            first.append((page, text[:at]))
        if text[at:]:
            second.append((page, text[at:]))
        at = max(at - len(text), 0)
    page, text = second[0]
    second[0] = (page, text.lstrip())
    return replace(paragraph, parts=tuple(first)), replace(paragraph, parts=tuple(second), label="")
