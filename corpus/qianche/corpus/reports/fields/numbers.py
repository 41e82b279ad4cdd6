"""Numbers as reports write them: digits with separators, Chinese numerals, the numerals of cheques."""

from __future__ import annotations

import re

from qianche.corpus.statutes.numerals import from_chinese

_CHEQUE = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆两○", "一二三四五六七八九十百千元二零")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
# Matches 1,234,567.8 and 1，234; not 1,23.
_SEPARATED = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?")

NUMERAL = "[〇零○一二两三四五六七八九十百千]"
CHEQUE_NUMERAL = "[零壹贰叁肆伍陆柒捌玖拾佰仟]"

COUNT = rf"(?:\d{{1,4}}|{NUMERAL}{{1,6}})"
"""A number of persons. Matches 13, 十三, 一百零四; as a pattern it does not look at its neighbours."""

FIGURE = rf"(?:\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{NUMERAL}{{1,9}}|{CHEQUE_NUMERAL}{{1,9}})"
"""A figure of money before its unit. Matches 1,710.5, 一百六十五, 壹佰陆拾伍."""


def read_count(text: str) -> int | None:
    """Return the whole number that digits or a Chinese numeral stand for, None where it is neither."""
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.translate(_CHEQUE)
    return 0 if text == "零" else from_chinese(text)


def read_figure(text: str) -> float | None:
    """Return the number that a figure stands for, separators and cheque numerals (壹佰陆拾伍) included."""
    if _SEPARATED.fullmatch(text):
        return float(re.sub("[,，]", "", text))
    if _DIGITS.fullmatch(text):
        return float(text)
    count = read_count(text)
    return None if count is None else float(count)
