"""What may be asked of citations: how long a text, which day; refused with what to do instead."""

from __future__ import annotations

from datetime import date

from qianche.corpus.errors import BadRequest
from qianche.indexing.rulebook.citing import MAX_CITED_TEXT
from qianche.service.validation import BadParameters, FieldError, read_day

MAX_IN_ADDRESS = 5_000
"""Characters of a text in the query string: with more, servers on the way refuse the address."""
EARLIEST = date(1949, 10, 1)
"""The register has no rule of an earlier day."""


def cited_text(text: str, most: int = MAX_CITED_TEXT) -> str:
    """Return the text as given; `BadRequest` where nothing can be read in it, or it is too long."""
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise BadRequest(
            "没有可认定的引用：文字为空。请给出含有引用的文字，如 安全生产法第三十六条。", code="empty-query"
        )
    try:
        text.encode()
    except UnicodeEncodeError:  # bytes of a command line that are no UTF-8
        raise BadParameters([FieldError("text", "", "含有不能识别的字节，不是合法的文字")]) from None
    if len(text) > most:
        instead = "请分段给出。" if most == MAX_CITED_TEXT else "请改用 POST /api/cite 给出长文。"
        raise BadRequest(f"文字有 {len(text)} 字，超过上限 {most} 字。{instead}", code="query-too-long")
    return text


def typed_day(text: str) -> date:
    """Return the day that a form gives, today for an empty field; `BadParameters` for what is no day."""
    return cited_day(read_day(text.strip())) if text.strip() else date.today()


def cited_day(day: date) -> date:
    """Return the day; `BadParameters` for one of which the register says nothing."""
    if day < EARLIEST:
        raise BadParameters(
            [FieldError("as_of", day.isoformat(), f"早于 {EARLIEST}，登记表没有那时的规定。请给出此后的日期")]
        )
    return day
