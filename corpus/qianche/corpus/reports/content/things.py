"""Equipment and substances that take part in an accident, found by a word list in the parts that tell of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.content.sentences import protected
from qianche.corpus.reports.content.tables import table
from qianche.corpus.reports.content.unit_names import find_unit_names
from qianche.corpus.reports.draft import Finding, Part, PartKind

_TELLING: frozenset[PartKind] = frozenset({"introduction", "course", "direct_cause"})
_VESSELS = ("管道", "管", "罐", "罐车", "槽车", "瓶", "柜")
"""煤气管道, 液氯钢瓶 also tell what is in them; 氧气呼吸器 does not."""
_MOST_SPANS = 10
# Width and case make no difference, offsets stay: ＣＯ₂ → CO2.
_PLAIN = str.maketrans(
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)} | {chr(0x2080 + i): chr(0x30 + i) for i in range(10)}
)


def find_equipment(document: Document, span: Span, parts: tuple[Part, ...]) -> tuple[Finding[str], ...]:
    """Return the equipment named in opening, course and direct cause, in order of first mention.

    Words for one thing (塔吊, 塔式起重机) are one finding; the value is the first of them as written, the others
    stand in the remark.
    """
    return tuple(_findings(document.text, span, parts, "equipment", normalise=False))


def find_substances(document: Document, span: Span, parts: tuple[Part, ...]) -> tuple[Finding[str], ...]:
    """Return the substances named in opening, course and direct cause, in order of first mention.

    The value is the usual name where the word means nothing else (CO → 一氧化碳; then `remark` gives the words of the
    text and says 归一), else the word as written (煤气).
    """
    return tuple(_findings(document.text, span, parts, "substance", normalise=True))


def _findings(
    text: str, span: Span, parts: tuple[Part, ...], kind: str, *, normalise: bool
) -> Iterator[Finding[str]]:
    """Yield one finding for every thing of a kind."""
    found: dict[str, list[Span]] = defaultdict(list)
    for place in _telling(span, parts):
        closed = _names(text, place)
        for word in _matches(text, place):
            row = _words()[_plain(text[word.start : word.end])]
            if row["kind"] == kind and not any(name.start <= word.start < name.end for name in closed):
                found[row["normal"] or row["word"]].append(word)
    for name, places in found.items():
        written = list(dict.fromkeys(text[p.start : p.end] for p in places))
        value = name if normalise else written[0]
        others = [word for word in written if word != value]
        remark = f"又写作：{'、'.join(others)}" if others else ""
        if value not in written:
            remark = f"原文：{'、'.join(written)}，名称已归一"
        yield Finding(value, tuple(places[:_MOST_SPANS]), "dictionary", remark=remark)


def _telling(span: Span, parts: tuple[Part, ...]) -> tuple[Span, ...]:
    """Return the parts that tell of the accident, everything where there are none."""
    return tuple(part.span for part in parts if part.kind in _TELLING) or (span,)


def _names(text: str, place: Span) -> tuple[Span, ...]:
    """Return the names of units and the titles of rules in a place: 某电缆有限公司 is no cable."""
    units = tuple(n.span for n in find_unit_names(text, place) if not n.weak or n.kind == "company")
    titles = tuple(pair for pair in protected(text, place) if text[pair.start] == "《")
    return units + titles


@cache
def _words() -> Mapping[str, dict[str, str]]:
    """Return the rows of the table by their words."""
    return {_plain(row["word"]): row for row in table("things.tsv")}


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    """Return the lengths of the words by their first character, longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for word in _words():
        found[word[0]].add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _plain(word: str) -> str:
    """Return a word without differences of width and case."""
    return word.translate(_PLAIN).upper()


def _matches(text: str, place: Span) -> Iterator[Span]:
    """Yield the words in a place, the longest at every position, none inside a Latin word (CO in COD)."""
    plain = "".join(_plain(c) if len(_plain(c)) == 1 else c for c in text[place.start : place.end])
    words, lengths = _words(), _lengths()
    offset = 0
    while offset < len(plain):
        left = len(plain) - offset
        length = next(
            (n for n in lengths.get(plain[offset], ()) if n <= left and plain[offset : offset + n] in words),
            0,
        )
        if length and _stands_alone(plain, offset, offset + length):
            start = place.start + offset
            yield Span(start, start + length)
            inner = _content_of(plain[offset : offset + length])
            yield from [Span(start, start + inner)] if inner else []
        offset += length or 1


def _content_of(word: str) -> int:
    """Return the length of the substance that the name of a vessel begins with: 煤气管道 → 2, else 0."""
    if not word.endswith(_VESSELS):
        return 0
    heads = (n for n in range(len(word) - 1, 1, -1) if word[:n] in _words())
    return next((n for n in heads if _words()[word[:n]]["kind"] == "substance"), 0)


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """Return whether no Latin letter or digit goes on where a Latin word begins or ends."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    joined_before = plain[start].isascii() and before.isascii() and before.isalnum()
    joined_after = plain[end - 1].isascii() and after.isascii() and after.isalnum()
    return not (joined_before or joined_after)
