"""Chinese numerals of article numbers: 一 to 九千九百九十九, both ways."""

from __future__ import annotations

import re

from qianche.corpus.rules import ArticleNumber

MAX = 9999

_DIGITS = "零一二三四五六七八九"
_DIGIT = {c: i for i, c in enumerate(_DIGITS)}
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))

# Matches 一千二百四十二, 十四, 一百零五; not 一百二百, not 百五.
_GROUPS = re.compile(
    r"(?:(?P<thousands>[一二三四五六七八九])千)?(?:零?(?P<hundreds>[一二三四五六七八九])百)?"
    r"(?:零?(?P<tens>[一二三四五六七八九])?(?P<ten>十))?(?:零?(?P<ones>[一二三四五六七八九]))?"
)
# Matches 第三十六条, 第一百三十四条之一; not 条目一, not 第三十六条第一款.
_ARTICLE = re.compile(r"第([零〇一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?")


def to_chinese(number: int) -> str:
    """Return the numeral as statutes print it: 十, 一百零五, 一百二十, 一千零一十四.

    Raises:
        ValueError: the number is not within 1..9999.
    """
    if not 1 <= number <= MAX:
        raise ValueError(number)
    text, gap = "", False
    for unit, name in _UNITS:
        digit = number // unit % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + name
        gap = not digit and bool(text)
    ones = number % 10
    if ones:
        text += ("零" if gap else "") + _DIGITS[ones]
    return text.removeprefix("一") if 10 <= number <= 19 else text


def from_chinese(text: str) -> int | None:
    """Return the number of a numeral, None where the text is none or is ambiguous (一百五, 一千五十).

    Besides the printed form these are read: 〇 for 零, 一十四 for 十四, 一百十五 for 一百一十五, and digits
    alone by place (一〇五).
    """
    text = text.replace("〇", "零")
    if len(text) > 1 and all(c in _DIGIT for c in text):
        number = int("".join(str(_DIGIT[c]) for c in text))
        return number if text[0] != "零" and number <= MAX else None
    match = _GROUPS.fullmatch(text)
    if match is None:
        return None
    number = sum(
        _DIGIT[match[name]] * unit
        for name, unit in (("thousands", 1000), ("hundreds", 100), ("ones", 1))
        if match[name]
    )
    if match["ten"]:
        number += _DIGIT[match["tens"] or "一"] * 10
    return number if 1 <= number <= MAX and _regular(text) == _regular(to_chinese(number)) else None


def numeral(text: str) -> int | None:
    """Return the number of 三十六, 36, ３６ or 三 十 六; None where it is none."""
    text = "".join(text.split()).replace("○", "零")
    return int(text) if text.isdecimal() else from_chinese(text)


def article_number(text: str) -> ArticleNumber | None:
    """Return the number of 第三十六条 or 第一百三十四条之一, None where the text is anything else."""
    match = _ARTICLE.fullmatch(text)
    main = from_chinese(match[1]) if match else None
    if match is None or main is None:
        return None
    if match[2] is None:
        return ArticleNumber(main)
    sub = from_chinese(match[2])
    return None if sub is None else ArticleNumber(main, sub)


def article_label(number: ArticleNumber) -> str:
    """Return 第三十六条 or 第一百三十四条之一."""
    label = f"第{to_chinese(number.main)}条"
    return f"{label}之{to_chinese(number.sub)}" if number.sub else label


def _regular(text: str) -> str:
    """Return the numeral with the 一 before 十 always written, so that its accepted forms become one."""
    return re.sub(r"(?<![一二三四五六七八九])十", "一十", text)
