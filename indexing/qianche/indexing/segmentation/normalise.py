"""Text in the one form that is indexed, searched and cut: half-width, lower case, simplified characters."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from typing import Any

Offsets = list[tuple[int, int]]
"""For each normalised character the half-open span of the original it came from, in code points."""

_REPLACEMENT = "�"
# Characters that never join the character before them, so that each can be mapped alone: Latin, general
# punctuation and symbols, CJK, full-width forms without the half-width voicing marks. Matches "３楼,CO₂";
# must not match "é" written as e + U+0301, nor "ｶﾞ".
_SINGLES = re.compile(
    "[\x00-\u02ff\u1e00-\u1eff\u2000-\u20cf\u2100-\u2bff\u2e00-\u3029\u3030-\u3098\u309b-\ua4cf\ud800-\ufaff"
    "\ufe30-\uff9d\uffa0-\uffff\U0001f000-\U0001faff\U00020000-\U0003ffff]*"
)


class _Simplifier:
    """OpenCC's traditional→simplified table by single character, loaded at the first Han character."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._converter: Any = None

    def __call__(self, character: str) -> str:
        # Character by character, not by phrase: offsets hold, and both sides of a search get the same form.
        with self._lock:
            if self._converter is None:
                from opencc import OpenCC

                self._converter = OpenCC("t2s")
            # Twice: 薴 becomes 苧, which is itself a traditional character (苎).
            converted: str = self._converter.convert(self._converter.convert(character))
        return converted


_simplify = _Simplifier()


def _is_han(character: str) -> bool:
    """Tell whether OpenCC may know the character."""
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"


def _plain(character: str) -> str:
    """Map one compatibility-composed character: spaces and controls to a space, invisible ones to nothing."""
    category = unicodedata.category(character)
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if category == "Cf" or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""
    if category == "Cs":
        return _REPLACEMENT
    return _simplify(character) if _is_han(character) else character.lower()


def _normalise_cluster(cluster: str) -> str:
    """Normalise a character with all that joins it."""
    plain = "".join(map(_plain, unicodedata.normalize("NFKC", cluster)))
    # Lower case and removed characters may leave something that NFKC would still compose or map.
    return unicodedata.normalize("NFKC", plain)


class _Table(dict[int, str]):
    """`str.translate` table that works out a character once."""

    def __missing__(self, code: int) -> str:
        value = self[code] = _normalise_cluster(chr(code))
        return value


_table = _Table()


def _joins(character: str) -> bool:
    """Tell whether the character attaches to the one before it (combining mark, jamo, half-width voicing)."""
    if "\u1160" <= character <= "\u11ff" or "\uff9e" <= character <= "\uff9f":
        return True
    return unicodedata.category(character)[0] == "M" or unicodedata.category(character) == "Cf"


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of characters with what joins them, covering the text."""
    start = 0
    for position in range(1, len(text)):
        if not _joins(text[position]):
            yield start, position
            start = position
    if text:
        yield start, len(text)


def normalise(text: str) -> str:
    """Return the text in NFKC, lower case and simplified characters, fit for indexing and matching.

    Control characters (NUL, line ends, tabs) and all kinds of space become one space each; zero-width
    characters, the byte order mark and variation selectors vanish; a lone surrogate becomes U+FFFD.
    Characters are mapped one by one (a mark with its base), so `normalise_with_offsets` gives the same text.

    >>> normalise("施工現場ＣＯ₂中毒")
    '施工现场co2中毒'
    """
    if _SINGLES.fullmatch(text):
        return text.translate(_table)
    return "".join(_normalise_cluster(text[start:end]) for start, end in _clusters(text))


def normalise_with_offsets(text: str) -> tuple[str, Offsets]:
    """Return the normalised text and, for each of its characters, its span in the original text.

    Spans are half-open code points, never decreasing. A character that becomes several (㎏ → kg) gives each
    of them its own whole span; a removed character belongs to no span, or to the one before it.
    """
    pieces: list[str] = []
    offsets: Offsets = []
    if _SINGLES.fullmatch(text):
        for position, character in enumerate(text):
            piece = _table[ord(character)]
            pieces.append(piece)
            offsets.extend([(position, position + 1)] * len(piece))
        return "".join(pieces), offsets
    for start, end in _clusters(text):
        piece = _normalise_cluster(text[start:end])
        pieces.append(piece)
        offsets.extend([(start, end)] * len(piece))
    return "".join(pieces), offsets
