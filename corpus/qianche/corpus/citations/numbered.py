"""Citations by the number of a rule: 国务院令第493号, 令10号第四条, GB 30871-2022 5.2.3, 国发〔2010〕23号文."""

from __future__ import annotations

import re

from qianche.corpus.citations.bare import bare_citation
from qianche.corpus.citations.citation import Citation
from qianche.corpus.citations.naming import has_article, named, provisions_behind, read_beside, read_titled
from qianche.corpus.citations.numbers import FoundNumber, read_document, read_order, read_standard
from qianche.corpus.citations.titles import known_name_before
from qianche.corpus.reading.document import Span

_PAPER_WORD = re.compile(r"\s{0,3}(?:文件?|通知|意见|令|号文)")


def order_citation(text: str, at: int, floor: int) -> Citation | int:
    """国务院令第493号, 令10号第四条; 493号令第四条 by its known name."""
    order = read_order(text, at, floor)
    if text[at - 1 : at] == "号" and (start := known_name_before(text, at + 1, floor)) is not None:
        provisions, end = provisions_behind(text, at + 1, "any")
        if has_article(provisions) and (order is None or start <= order.start):
            return bare_citation(text, start, at + 1, provisions, end, None, floor)
    return _numbered(text, at, floor, order)


def standard_citation(text: str, at: int, floor: int) -> Citation | int:
    """GB 30871-2022 5.2.3."""
    return _numbered(text, at, floor, read_standard(text, at))


def document_citation(text: str, at: int, floor: int) -> Citation | int:
    """国发〔2010〕23号文."""
    number = read_document(text, at, floor)
    if number is not None and _PAPER_WORD.match(text, number.end):
        number = number._replace(certain=True)
    return _numbered(text, at, floor, number)


def _numbered(text: str, at: int, floor: int, number: FoundNumber | None) -> Citation | int:
    """A number with what stands behind it: its title, the year of an edition, provisions."""
    if number is None:
        return at + 1
    opening = number.end + (text[number.end : number.end + 1] == " ")
    if text[opening : opening + 1] == "《":
        titled = read_titled(text, opening, floor, number)
        if not isinstance(titled, int):
            return titled
    end, edition = number.end, None
    if text[end : end + 1] in ("（", "(", " ") and not (beside := read_beside(text, end)).numbers:
        end, edition = (beside.end, beside.edition) if beside.edition is not None else (end, None)
    provisions, end = provisions_behind(text, end, "long")
    if number.certain or provisions or edition is not None:
        return named(Span(number.start, end), None, (number,), provisions, edition)
    return number.end
