"""The one way characters are counted wherever read and held characters are compared."""

from __future__ import annotations


def count_characters(text: str) -> int:
    """Return how many characters (Unicode code points) of the text are not white space.

    White space is what `str.isspace` calls so: U+3000 and U+00A0 are, U+200B is not.
    """
    # split() works at C speed; a generator over isspace() needs seconds for 50 MB
    return sum(map(len, text.split()))
