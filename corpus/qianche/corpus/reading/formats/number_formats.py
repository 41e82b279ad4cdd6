"""Numbers as Word and browsers write them in front of paragraphs, and whole numbers in attributes.

Source: ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

from qianche.corpus.statutes.numerals import to_chinese

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST_LETTERS = 30
"""Letters repeat (aa, bb …); further on the number itself is shorter."""


def whole_number(text: str | None) -> int | None:
    """Return a whole number of at most nine digits, None for anything else."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.lstrip("-").isdigit() and len(text) < 10 else None


def write_number(number: int, form: str) -> str:
    """Return a number as Word writes it in one of its formats; a format that is not known gives figures.

    Chinese numbers have the one form of statutes (一百零一) whatever Word makes of them beyond 99 (一百〇一,
    一○一, 百一, by format and version).
    """
    if number < 1:
        return str(number) if form != "none" else ""
    return _FORMATS.get(form, str)(number)


def _chinese(number: int) -> str:
    """Return 一, 十一, 一百零一."""
    return to_chinese(number) if number <= 9999 else str(number)


def _picked_from(signs: str) -> Callable[[int], str]:
    """Return a format that has one sign a number, figures beyond the last."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _replaced_by(digits: str) -> Callable[[int], str]:
    """Return a format that writes figures with other digits."""
    table = str.maketrans("0123456789", digits)
    return lambda number: str(number).translate(table)


def _letters(first: str) -> Callable[[int], str]:
    """Return the format a, b … z, aa, bb."""

    def written(number: int) -> str:
        repeats, place = divmod(number - 1, 26)
        return chr(ord(first) + place) * (repeats + 1) if repeats < _MOST_LETTERS else str(number)

    return written


def _roman(number: int) -> str:
    """Return IV for 4."""
    if number > 3999:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        repeats, number = divmod(number, value)
        text += sign * repeats
    return text


def _run(first: str, count: int) -> str:
    """Return signs that follow one another in Unicode."""
    return "".join(chr(ord(first) + step) for step in range(count))


_CIRCLED = _picked_from(_run("①", 20) + _run("㉑", 15) + _run("㊱", 15))
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _replaced_by("０１２３４５６７８９"),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _picked_from(_run("⑴", 20)),
    "decimalEnclosedFullstop": _picked_from(_run("⒈", 20)),
    "lowerLetter": _letters("a"),
    "upperLetter": _letters("A"),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _replaced_by("〇一二三四五六七八九"),
    "taiwaneseDigital": _replaced_by("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _replaced_by("〇一二三四五六七八九"),
    "chineseLegalSimplified": lambda number: _chinese(number).translate(
        str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
    ),
    "ideographTraditional": _picked_from("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _picked_from("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _picked_from(_run("㊀", 10)),
    "none": lambda number: "",
}
