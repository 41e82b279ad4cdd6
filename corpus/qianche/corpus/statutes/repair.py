"""Known faults of single texts in the statute package, each named with its law; all else is verbatim."""

from __future__ import annotations

import re
from dataclasses import dataclass

CODE = "中华人民共和国生态环境法典"

NOTE_BREAKS = "原库文字有误断的行或多余的空格，已修复"
NOTE_SPILL = "原库在本条末尾混入了后一条（开头已缺）的文字，已移出"

BROKEN = frozenset({CODE})
"""Laws whose text has stray spaces and breaks inside sentences.

A break is taken out only where the line before it cannot have ended: after a character, a comma or a 、. The
rule is not applied to other laws: the Constitution prints offices one a line without any punctuation.
"""

SPILLED = frozenset({(CODE, 1119), (CODE, 1200)})
"""Articles that swallowed the next one, whose first words, up to a page's end, are lost."""
SPILL_BEGINS = "境主管部门"
"""How what is left of the swallowed article begins: in the middle of 生态环境主管部门."""

FIRST_PART: dict[str, str] = {
    CODE: "第一编 总则",
    "中华人民共和国刑法": "第一编 总则",
    "中华人民共和国民法典": "第一编 总则",
}
"""The heading before the first article: the package keeps part headings only where they follow an article."""

# A 编 or 分编 heading on a line of its own, as in 第二编 污染防治; not 第二编规定的行为，….
_PART = re.compile(r"第[一二三四五六七八九十]+(?:编|分编)[ \u3000]+[^。；，]+")
_SUPPLEMENTARY = re.compile(r"附[ \u3000]*则")
# 附件, 附件一, 附表一：, 附：title on a line of its own; not 附属设施….
_ANNEX = re.compile(r"附(?:件|表|录)?[一二三四五六七八九十]{0,2}[ \u3000]*(?:[：:].*)?")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The text of one row of the package taken apart; nothing of it is lost.

    `headings` stand after the article in the law; `annex` follows the last article; `spilled` is what belongs
    to the next article.
    """

    text: str
    headings: tuple[str, ...]
    annex: str
    spilled: str
    note: str


def take_apart(text: str, *, law: str, number: int, last: bool) -> Pieces:
    """Return the row's text without what is not the article's, repaired where the law needs it.

    Args:
        law: title of the law.
        number: main number of the article.
        last: whether it is the law's last article, the only one that may hold annexes.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    headings: list[str] = []
    while len(lines) > 1 and is_heading(lines[-1]):
        headings.insert(0, lines.pop())
    annex: list[str] = []
    if last:
        at = next((i for i, line in enumerate(lines) if i and _ANNEX.fullmatch(line)), len(lines))
        lines, annex = lines[:at], lines[at:]
    spilled: list[str] = []
    if (law, number) in SPILLED:
        at = next((i for i, line in enumerate(lines) if line.startswith(SPILL_BEGINS)), len(lines))
        lines, spilled = lines[:at], lines[at:]
    kept = "\n".join(lines)
    mended = mend(kept) if law in BROKEN else kept
    notes = ([NOTE_BREAKS] if mended != kept else []) + ([NOTE_SPILL] if spilled else [])
    return Pieces(mended, tuple(headings), "\n".join(annex), "\n".join(spilled), "；".join(notes))


def is_heading(line: str) -> bool:
    """Return whether the line is a 编 or 分编 heading or an unnumbered 附则."""
    return bool(_PART.fullmatch(line) or _SUPPLEMENTARY.fullmatch(line))


def mend(text: str) -> str:
    """Return Chinese text without spaces and without breaks inside sentences."""
    text = re.sub(r"[ \u3000]+", "", text)
    return re.sub(r"(?<=[\u4e00-\u9fff，、])\n(?![（(])", "", text)
