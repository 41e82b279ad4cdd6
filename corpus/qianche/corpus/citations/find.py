"""Every citation of a rule in a text, with its span: titles in 《》, known names, numbers, and 本法第三条."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from qianche.corpus.citations.bare import read_alone, read_short
from qianche.corpus.citations.characters import in_plain_characters, visible
from qianche.corpus.citations.citation import Citation
from qianche.corpus.citations.naming import named, provisions_behind, read_titled
from qianche.corpus.citations.numbered import document_citation, order_citation, standard_citation
from qianche.corpus.citations.numbers import read_rule_number
from qianche.corpus.citations.provisions import read_provisions
from qianche.corpus.citations.titles import name_ends
from qianche.corpus.reading.document import Span

# 本法第二十一条, 该条例第九条
_THIS = re.compile(r"[本该](?:法|条例|规定|办法|规程|规范|标准|细则|规则|解释|通知|意见)")
# 前款, 前两款, 前条第一款; not 前款项, 前条件
_BEFORE = re.compile(r"[前上](?:[一二两三]|述)?(?:款|条(?![款例])|项)(?!项|件|目)")
# A provision and nothing else: 6.2.2.1, 第三十六条。
_EDGES = " \t\r\n\u3000\u00a0。.,，；;？?！!"
_LONGEST_NUMBER = 80
_TWO_LEVELS = re.compile(r"\d+\.\d+")

_Reader = Callable[[str, int, int], Citation | int]
"""Reads what begins, or is recognised, at a position; nothing before the floor belongs to it. A citation, or the
position to go on from."""


def find_citations(text: str) -> tuple[Citation, ...]:
    """Return the citations in the order of the text; spans are half-open and do not overlap.

    A title in 《》 counts where it is a rule's by its wording, or where a rule's number or a provision stands
    beside it; a name without 《》 and 本法 count before a provision; a standard's number counts with its year or a
    provision, those of GB, GBZ, AQ and recommended standards alone too. Numbers of experts' reports, courts and
    licences are none. A text that is nothing but provisions or one number is a citation.

    What recognition spoilt is never read as a number: see `Provision.damaged` and `Citation.damaged`. Full-width
    digits and letters, traditional characters, blanks within a numeral and invisible characters are no damage. The
    time is linear in the length of the text.
    """
    plain = in_plain_characters(text)
    kept = visible(plain)
    if kept is None:
        return tuple(_scan(plain))
    plain = "".join([plain[i] for i in kept])
    return tuple(replace(c, span=Span(kept[c.span.start], kept[c.span.end - 1] + 1)) for c in _scan(plain))


def _scan(text: str) -> list[Citation]:
    """One pass over the characters at which a citation can be recognised."""
    if (alone := _whole_provisions(text)) is not None:
        return [alone]
    anchors, readers = _anchors()
    found: list[Citation] = []
    floor = position = 0
    for match in anchors.finditer(text):
        at = match.start()
        if at < position:
            continue
        read = readers[text[at]](text, at, floor)
        if isinstance(read, int):
            position = read
        else:
            found.append(read)
            floor = position = read.span.end
    if not found and (alone := _whole_number(text)) is not None:
        found.append(alone)
    return found


@cache
def _anchors() -> tuple[re.Pattern[str], dict[str, _Reader]]:
    """The characters to stop at, and who reads on from each."""
    readers: dict[str, _Reader] = dict.fromkeys(name_ends(), read_short)
    readers |= dict.fromkeys("ABCDGHIJKLMNQSTWXY6", standard_citation)
    readers |= dict.fromkeys("〔[【（(", document_citation)
    readers |= dict.fromkeys("第笫", read_alone)
    readers |= {
        "《": read_titled,
        "本": _this,
        "该": _this,
        "前": _before,
        "上": _before,
        "令": order_citation,
        "告": order_citation,
    }
    return re.compile(f"[{re.escape(''.join(sorted(readers)))}]"), readers


def _this(text: str, at: int, floor: int) -> Citation | int:
    """本法第二十一条."""
    match = _THIS.match(text, at)
    if match is None:
        return at + 1
    provisions, end = provisions_behind(text, match.end(), "long")
    if not provisions:
        return at + 1
    return Citation(Span(at, end), None, None, provisions, match[0])


def _before(text: str, at: int, floor: int) -> Citation | int:
    """前款规定, 前条第一款."""
    match = _BEFORE.match(text, at)
    if match is None:
        return at + 1
    provisions, end = read_provisions(text, match.end())
    return Citation(Span(at, end), None, None, provisions, match[0])


def _whole_provisions(text: str) -> Citation | None:
    """A text that is nothing but provisions: 6.2.2.1, 第三十六条; not 5.2, which may be any measure."""
    start = len(text) - len(text.lstrip(_EDGES))
    provisions, end = read_provisions(text, start, short="any")
    if not provisions or text[end:].strip(_EDGES) or _TWO_LEVELS.fullmatch(text, start, end):
        return None
    return Citation(Span(start, end), None, None, provisions, "")


def _whole_number(text: str) -> Citation | None:
    """A text that is nothing but the number of an order, document or standard."""
    plain = text.strip(_EDGES)
    number = read_rule_number(plain) if plain and len(plain) <= _LONGEST_NUMBER else None
    if number is None or (number.start, number.end) != (0, len(plain)):
        return None
    if number.number is None and not number.certain:
        return None
    start = text.index(plain)
    return named(Span(start, start + len(plain)), None, (number,), (), None)
