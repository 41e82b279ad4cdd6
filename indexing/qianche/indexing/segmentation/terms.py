"""The terms of the lexical leg: single Han characters, adjacent pairs, Latin and digit runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from importlib.metadata import version

from qianche.indexing.segmentation.normalise import normalise

MAX_RUN = 64
"""Longest Latin or digit run kept, in characters; the rest is cut off (tantivy drops giant tokens)."""

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Matches 脚手架, 1.5, h2s, gb30871; in "2.5t" finds "2.5" and "t"; must not match "_" or "·".
_RUNS = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<decimal>\d+(?:\.\d+)+)|(?P<run>[^\W_{_HAN}]+)")
# A name and a number written together: gb30871, 10kv, 36v; must not match h2s, co2, t91a.
_JOINED = re.compile(r"([^\W\d_]+)(\d{2,})|(\d{2,})([^\W\d_]+)")


def term_format() -> str:
    """Return the name of the term format; an index built under another name must be rebuilt.

    The tables behind `normalise` are part of it: another release may map a rare character elsewhere.
    """
    return f"han1+han2+runs/1 opencc/{version('opencc')} unicode/{unicodedata.unidata_version}"


def _run_terms(run: str) -> Iterator[str]:
    """Yield a Latin or digit run whole, and its two halves where a name and a number are written together."""
    yield run[:MAX_RUN]
    joined = _JOINED.fullmatch(run)
    if joined:
        yield from (part[:MAX_RUN] for part in joined.groups() if part)


def _terms(text: str) -> Iterator[str]:
    """Yield the terms of a text in reading order."""
    for match in _RUNS.finditer(normalise(text)):
        run = match.group()
        if match.lastgroup == "han":
            yield run[0]
            for position in range(1, len(run)):
                yield run[position - 1 : position + 1]
                yield run[position]
        elif match.lastgroup == "decimal":
            yield run[:MAX_RUN]
            yield from (part[:MAX_RUN] for part in run.split("."))
        else:
            yield from _run_terms(run)


def index_terms(text: str) -> list[str]:
    """Return the terms under which a text is found, repeats included, in reading order.

    Every Han character, every pair of Han characters that stand side by side (never across punctuation,
    a space or a digit), and every run of other letters and digits whole. A decimal (1.5) is given whole
    and by its parts, so that 11.20 meets 11·20; a name joined to a number of two or more digits (gb30871,
    10kv) whole and by both halves. Punctuation and emoji give nothing. No term holds white space.

    >>> index_terms("脚手架,1.5米")
    ['脚', '脚手', '手', '手架', '架', '1.5', '1', '5', '米']
    """
    return list(_terms(text))
