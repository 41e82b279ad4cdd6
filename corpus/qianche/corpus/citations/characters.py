"""A text in the characters that citations are read in: half width, simplified, one for one."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_SEEN = re.compile(f"[^{_INVISIBLE}]")
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_HAN = range(0x4E00, 0xA000)


def in_plain_characters(text: str) -> str:
    """Return the text with digits and letters of full width in half width and traditional characters simplified.

    Every character stays one character, so places in the text hold: 《安全生產法》第３６條 gives 《安全生产法》第36条.
    """
    table, odd = _odd()
    return text.translate(table) if odd.search(text) else text


def visible(text: str) -> list[int] | None:
    """Return the places of the characters that are seen, None where all of them are."""
    return [match.start() for match in _SEEN.finditer(text)] if _HIDDEN.search(text) else None


@cache
def _odd() -> tuple[dict[int, str], re.Pattern[str]]:
    """What each odd character is read as, and the pattern of them all."""
    table = {
        code: chr(code - 0xFEE0)
        for first, last in ("０９", "Ａｚ")
        for code in range(ord(first), ord(last) + 1)
        if chr(code).isalnum()
    } | {ord("／"): "/"}
    simplify = OpenCC("t2s").convert
    # One to a line: by phrase a character could become another, or two. Twice: 薴 becomes 苧, and that 苎.
    simplified = simplify(simplify("\n".join(map(chr, _HAN)))).split("\n")
    table |= {code: one for code, one in zip(_HAN, simplified, strict=True) if one != chr(code)}
    return table, re.compile(f"[{''.join(map(chr, table))}]")
