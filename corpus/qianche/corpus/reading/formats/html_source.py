"""The source of a web page as characters: what encoding it declares, and how much text it holds."""

from __future__ import annotations

import html
import re

from qianche.corpus.reading.formats.counting import count_characters

NEVER_SHOWN = (
    "script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "audio", "video", "title", "xml",
)  # fmt: skip
"""Elements whose content no browser shows as text of the page."""

_DECLARED = re.compile(
    r"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.-]+)", re.I
)
"""Matches `<meta charset="gbk">` and `<meta http-equiv=… content="text/html; charset=gb2312">`; not `charset=` in a script."""
_NO_TEXT = re.compile(
    rf"<!--(?:-?>|.*?(?:-->|\Z))|<({'|'.join(NEVER_SHOWN)})\b[^>]*+(?:>|\Z).*?(?:</\1\b[^>]*+(?:>|\Z)|\Z)",
    re.I | re.S,
)
"""Matches "<!-- note -->" and "<script>…</script>"; not "<p>"."""
_TAG = re.compile(r"<[/a-zA-Z](?:=\s*\"[^\"]*\"|=\s*'[^']*'|[^>])*+(?:>|\Z)|<[!?][^>]*+(?:>|\Z)")
"""Matches "<a title="a>b">", "</p>" and "<!doctype html>"; not "<" in "a < b" or "浓度<5".

Every branch of both patterns ends at the end of the source at the latest: a tag that is never closed is read once,
not once more for each that follows."""


def declared_encoding(head: str) -> str | None:
    """Return the encoding that a page declares in its first characters, None where it declares none."""
    match = _DECLARED.search(head)
    return (match[1] or match[2]) if match else None


def source_characters(source: str) -> int:
    """Return the non-space characters of a page's text, hidden elements included, by its source alone.

    Tags are taken out with a pattern, not with the parser that the reader uses: text which that parser drops
    shows as a difference.
    """
    return count_characters(html.unescape(_TAG.sub("", _NO_TEXT.sub("", source))))
