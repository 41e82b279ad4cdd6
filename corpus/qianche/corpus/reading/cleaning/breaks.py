"""Step 4, whether a line begins a new paragraph: a table of rules, the first that has an opinion decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qianche.corpus.reading.cleaning.endings import (
    bare_article,
    begins_inside,
    bracket_open,
    cut,
    ended,
    punctuated,
    quoted,
    runs_on,
    splits_clause,
    splits_figure,
    starts_on,
    stopped,
)
from qianche.corpus.reading.cleaning.heading_phrases import is_heading_phrase
from qianche.corpus.reading.cleaning.layout import Layout
from qianche.corpus.reading.cleaning.markers import Marker
from qianche.corpus.reading.cleaning.pieces import Piece
from qianche.corpus.reading.cleaning.spaces import has_chinese
from qianche.corpus.reading.cleaning.title_lines import goes_on

_SIZE_STEP = 1.15
_SAME_EDGE = 2.0
"""Points by which lines of one edge may differ."""
_FRAGMENT = 2
"""A line of so few characters is the rest of a broken one."""
_TITLE_LENGTH, _BODY_TITLE_LENGTH = 60, 16
"""Longest title at the head of a file or with a number, and in the middle without one."""
# 防范措施：, 网址：http://…; not 要求如下：（一）, which ends a sentence.
_LABEL_LINE = re.compile(r"[\u4e00-\u9fff]{2,10}[:：]")
_CAPTION = re.compile(r"[图表]\s?\d+(?:[-.]\d+)?[^，。；]{2,40}")


@dataclass(frozen=True, slots=True)
class Joint:
    """A line, the one before it, and the paragraph that the one before belongs to.

    `marker` is the later line's; `follows`: its number comes right after the last of its style;
    `headed`: the paragraph so far began with a marker; `lines` counts its lines; `at_top`: nothing but titles
    stands before it. `full`: the earlier line fills the width.
    """

    before: Piece
    after: Piece
    so_far: str
    marker: Marker | None
    follows: bool
    headed: bool
    lines: int
    at_top: bool
    full: bool
    layout: Layout


Rule = Callable[[Joint], bool | None]
"""True: a new paragraph; False: the same; None: no opinion."""


def _rest_of_sentence(joint: Joint) -> bool | None:
    """The line begins with ，or 的 or a closing bracket, or in the middle of a date or quantity."""
    if joint.marker is not None and joint.marker.style not in ("digit-half-bracket", "letter"):
        return None
    before, after = joint.before.text, joint.after.text
    split = splits_figure(before, after) or splits_clause(before, after)
    inside = begins_inside(after) or split or (starts_on(after) and not ended(before))
    return False if inside else None


def _marked(joint: Joint) -> bool | None:
    """一、 （一） 第二章 begin a paragraph wherever a line begins with them."""
    return True if joint.marker is not None and joint.marker.sure else None


def _cut_off(joint: Joint) -> bool | None:
    """The line before ends with a comma or an open bracket."""
    if joint.follows:
        return None
    return False if cut(joint.before.text) or bracket_open(joint.so_far) else None


def _title_goes_on(joint: Joint) -> bool | None:
    """A title in large type that is broken over two lines, both of them centred."""
    sizes = (joint.before.size or 0.0, joint.after.size or 0.0)
    large = min(sizes) >= joint.layout.size * _SIZE_STEP > 0
    if not (joint.at_top and large and max(sizes) < min(sizes) * _SIZE_STEP) or joint.marker is not None:
        return None
    return False if goes_on(joint.so_far, joint.after.text) else None


def _set_apart(joint: Joint) -> bool | None:
    """An empty line, an indent or another size of type."""
    if joint.layout.blanks_mean and joint.after.spaced:
        return True
    if joint.layout.is_indented(joint.after) and not _hangs(joint):
        return True
    small, large = sorted((joint.before.size or 0.0, joint.after.size or 0.0))
    return True if small and large > small * _SIZE_STEP and not joint.full else None


def _hangs(joint: Joint) -> bool:
    """Return whether the indent is that of a list entry's further lines, or of a whole indented paragraph."""
    if joint.before.left is None or joint.after.left is None:
        return False
    step = joint.after.left - joint.before.left
    if abs(step) <= _SAME_EDGE:
        return joint.lines > 1 or (joint.full and not ended(joint.before.text))
    return step > 0 and joint.headed and joint.lines == 1


def _numbered(joint: Joint) -> bool | None:
    """第三条, 3., (3), 5.2.1 need a sentence that is over, a short line, or the next number in order."""
    if joint.marker is None:
        return None
    return ended(joint.before.text) or joint.follows or not joint.full


def _titled(joint: Joint) -> bool | None:
    """A line with a label of its own (防范措施：) or a caption after a line that may be the last."""
    may_end = ended(joint.before.text) or not joint.full
    if not may_end:
        return None
    if _LABEL_LINE.match(joint.after.text) or is_heading_phrase(joint.after.text):
        return True
    return True if _CAPTION.fullmatch(joint.after.text) else None


def _sentence_over(joint: Joint) -> bool | None:
    """A short line that ends a sentence is the last of its paragraph, a full one need not be."""
    if not ended(joint.before.text):
        return None
    clause = joint.layout.broken_runs and joint.before.text[-1] in "；;"
    return not joint.full and not clause


def _full_line(joint: Joint) -> bool | None:
    """A full line without an end goes on."""
    return False if joint.full else None


def _latin_line(joint: Joint) -> bool | None:
    """English words are not broken, so a line well short of the width ends its paragraph before a capital."""
    if has_chinese(joint.before.text) or has_chinese(joint.after.text) or joint.layout.broken_runs:
        return None
    return not joint.after.text[:1].islower()


def _fragment(joint: Joint) -> bool | None:
    """A line of two characters, a quotation or 第三条 on a line of its own is a piece of a broken line."""
    if len(joint.before.text) <= _FRAGMENT or bare_article(joint.so_far):
        return False
    return False if quoted(joint.so_far) or quoted(joint.after.text) else None


def _short_line(joint: Joint) -> bool | None:
    """Where the file knows its lines' places and breaks them at the width only, a short line is the last one."""
    return True if joint.before.left is not None and not joint.layout.broken_runs else None


def _heading_or_title(joint: Joint) -> bool | None:
    """A short paragraph without any punctuation is a heading, a title or a signature.

    Where lines are broken into pieces that says little: only the first lines of the file and numbered ones count.
    """
    longest = _TITLE_LENGTH if joint.headed or joint.at_top else _BODY_TITLE_LENGTH
    if punctuated(joint.so_far) or len(joint.so_far) > longest or joint.after.text[:1].islower():
        return False
    if joint.layout.broken_runs and (joint.headed or not joint.at_top):
        return joint.headed and joint.lines == 1
    return True


RULES: tuple[Rule, ...] = (
    _rest_of_sentence, _marked, _cut_off, _title_goes_on, _set_apart, _numbered, _titled, _sentence_over, _full_line,
    _latin_line, _fragment, _short_line, _heading_or_title,
)  # fmt: skip


def begins_paragraph(joint: Joint) -> bool:
    """Return whether the later line begins a new paragraph."""
    return next(verdict for rule in RULES if (verdict := rule(joint)) is not None)


def broken_by_page(before: Piece, after: Piece, marker: Marker | None) -> bool:
    """Return whether a page break stands inside the sentence that the two whole paragraphs make up."""
    if marker is not None and not splits_figure(before.text, after.text):
        return False
    return begins_inside(after.text) or (
        not ended(before.text)
        and (punctuated(before.text) or cut(before.text))
        and not before.text.endswith("》")
    )


_SENTENCE = 8


def broken_by_tag(before: Piece, after: Piece, marker: Marker | None) -> bool:
    """Return whether two paragraphs of a web page are one sentence that an inline tag broke.

    Only strong evidence counts: a comma or open bracket at the end, a closing one at the beginning, a date or
    figure cut in two, a number of an article alone, or a beginning such as 的 after a text without an end.
    """
    if begins_inside(after.text) or splits_figure(before.text, after.text):
        return not stopped(before.text) or begins_inside(after.text)
    if marker is not None:
        return False
    if splits_clause(before.text, after.text):
        return True
    if cut(before.text) or bracket_open(before.text) or bare_article(before.text):
        return True
    return len(before.text) >= _SENTENCE and not ended(before.text) and starts_on(after.text)


_RUNNING = 30


def broken_in_copy(before: Piece, after: Piece, marker: Marker | None) -> bool:
    """Return whether two paragraphs of a plain text are one sentence, as where text was copied out of a PDF.

    Only a long beginning that runs on over a comma and ends nothing, before a rest that ends a whole sentence; or a
    verb and its object.
    """
    if marker is None and splits_clause(before.text, after.text):
        return True
    return (
        marker is None
        and len(before.text) >= _RUNNING
        and runs_on(before.text)
        and not ended(before.text)
        and not before.text.endswith("》")
        and stopped(after.text)
        and not is_heading_phrase(after.text)
        and _LABEL_LINE.match(after.text) is None
    )
