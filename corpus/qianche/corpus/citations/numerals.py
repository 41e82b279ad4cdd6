"""Numerals of citations, and the characters that recognition puts in their place."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from qianche.corpus.statutes.numerals import numeral

HAN = "零〇○一二三四五六七八九十百千"
BLANK = r"[ \t\u3000\u00a0]{0,3}"
"""Blanks between the pieces of one citation; the end of a line parts citations."""
INNER = r"\s{0,3}"
"""Blanks within a piece: 第 36 条; a line may be wrapped there."""
NUMERAL = rf"(?:[{HAN}](?:\s{{0,2}}[{HAN}]){{0,14}}|\d(?:\s{{0,2}}\d){{0,3}})"

CONFUSIONS = {
    # a cross with a stroke too few or too many, or of another alphabet
    "＋": "十", "+": "十", "†": "十", "卜": "十", "士": "十", "土": "十",
    # one stroke: of 一 when it lies, of the digit 1 when it stands; a short dash can be 十 without its upright
    "—": "一", "－": "一十", "-": "一十", "–": "一十", "―": "一", "ー": "一", "_": "一",
    "l": "1一", "I": "1一", "i": "1", "|": "1", "丨": "1", "!": "1",
    # two and three strokes
    "=": "二", "＝": "二", "≡": "三", "彡": "三",
    # what is left of 六 without its legs can be 二 or 一 as well
    "亠": "六二一", "穴": "六", "囚": "四", "丑": "五", "王": "五三", "匕": "七", "人": "八", "入": "八",
    "丸": "九", "白": "百", "自": "百", "干": "千", "于": "千",
    # letters for digits
    "O": "0〇", "o": "0〇", "S": "5", "Z": "2", "B": "8", "b": "6", "q": "9",
    # a digit within Chinese numerals: 三1六 can be 三十六 or 三一六
    "1": "1十一", "0": "0〇", "2": "2二", "3": "3三",
}  # fmt: skip
"""Characters that stand for a numeral after a slip of recognition, with every numeral they may stand for.

Kept to confusions of shape: the character differs from the numeral by a stroke, or is the same drawing in another
script. A number is likely only if all readings of all its characters come to one value.
"""
NUMBER_CONFUSIONS = {
    "O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "i": "1", "|": "1", "S": "5", "s": "5",
    "Z": "2", "z": "2", "B": "8",
}  # fmt: skip
"""The same within numbers of standards and orders, which have Arabic digits only."""
UNIT_CONFUSIONS = "奈杀杂朵余"
"""Characters that recognition puts for 条: they share its lower half 木, or 余 its outline."""
ORDINAL_CONFUSIONS = "笫"
"""For 第: the same but for its head."""
_MOST_READINGS = 64
_WITHOUT_UNIT = re.compile(r"[一二三四五六七八九]\s*[一二三四五六七八九\s]+")


@lru_cache(maxsize=4096)
def number(text: str) -> int | None:
    """Return the value of a numeral in digits or Chinese, None where it is none (一百五, 0).

    None as well for 三六, which may be 三十六 or 三、六; by place is read what has a zero to show it: 一〇五.
    """
    return None if _WITHOUT_UNIT.fullmatch(text) else number_by_place(text)


@lru_cache(maxsize=4096)
def number_by_place(text: str) -> int | None:
    """Return the value of a numeral where nothing but one number can be meant: 四九三 is 493."""
    value = numeral(text)
    return value if value and value <= 9999 else None


def likely_number(text: str) -> int | None:
    """Return the one number that a spoilt numeral would be with known confusions undone, else None.

    >>> likely_number("三＋六"), likely_number("3O"), likely_number("三六"), likely_number("三1六")
    (36, 30, 36, None)
    """
    options = [CONFUSIONS.get(c, c) for c in text if not c.isspace()]
    count = 1
    for option in options:
        count *= len(option)
    if count > _MOST_READINGS:
        return None
    values = {number_by_place("".join(reading)) for reading in product(*options)} - {None}
    return values.pop() if len(values) == 1 else None


def undo_digits(text: str) -> str:
    """Return the text with letters in place of digits made digits: 3O871 to 30871."""
    return "".join(NUMBER_CONFUSIONS.get(c, c) for c in text)
