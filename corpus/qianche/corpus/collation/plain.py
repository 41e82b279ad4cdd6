"""The form of a text in which two are the same: blanks and the width of characters do not count."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Return the text in NFKC without blanks: what one printing has and another has not.

    >>> plain("第 ３ 条 （一）")
    '第3条(一)'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())
