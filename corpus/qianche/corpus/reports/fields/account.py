"""The telling of one accident as the field finders look at it: sentences without spaces, each knowing its part.

Reports put a space after every number, or break lines inside words; finders match on characters alone and
give back offsets into the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qianche.corpus.reading.document import Block, Document, Span
from qianche.corpus.reports.draft import Part, PartKind

# One character to one character, so that offsets survive.
_SAME_WIDTH = {
    **{0xFF10 + i: ord("0") + i for i in range(10)},
    **{0xFF21 + i: ord("A") + i for i in range(26)},
    **{0xFF41 + i: ord("a") + i for i in range(26)},
    **{ord(a): ord(b) for a, b in zip("（）〈〉：∶．％•﹒・∙;", "()<>::.%····；", strict=True)},
}
# Matches the comma of 坠落,造成, not that of 1,234.5; 9时,12人 is left as it is.
_HALF_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_END = "。！？!?"

OPENING = 14
"""Sentences from the start in which the accident is told as a whole; introductions are shorter."""

_LONGEST_SENTENCE = 4000
"""Characters after which a sentence without an end is cut; no report writes one."""

_AROUND_LABELS: tuple[PartKind, ...] = (
    "title", "introduction", "losses", "other", "background", "course", "nature",
)  # fmt: skip
"""Parts in which a line 死亡人数：2人 is a label though the part is not marked as labels."""

_HEADING_LENGTH = 30
# Headings that tell the part where the report was not divided into parts; first match wins.
# Matches 五、对责任人员的处理建议; not a sentence, since only short blocks are looked at.
_HEADINGS: tuple[tuple[PartKind, str], ...] = (
    ("responsibility", "处理建议|责任认定|责任追究|责任分析|处理意见|责任者?的处理|有关责任单位|主要问题"),
    ("measures", "防范|整改|措施|建议$"),
    ("lessons", "教训"),
    ("indirect_cause", "间接原因|管理原因|管理方面"),
    ("direct_cause", "直接原因|事故原因|原因分析"),
    ("nature", "事故性质"),
    ("losses", "伤亡|损失"),
    ("response", "应急处置|救援|抢险|善后"),
    ("course", "事故(?:发生)?经过|发生经过|事故概况|事故简介"),
    ("background", "基本情况|基本概况|单位概况|单位情况"),
)
# Matches 一、事故有关情况 ........ 3; not an ellipsis.
_CONTENTS_LINE = re.compile(r"(?:\.{5,}|…{3,}|·{5,})\s*\d*\s*$")
# Matches 死亡人数：2人, 事故地点\t某县; not 事故经过：当日…, which is a heading with its text.
_LABEL_LINE = re.compile(
    r"(?:日期[和及]时间|事故发生的?时间[、和及]地点|事故(?:发生)?的?(?:时间|日期|地点|类别|类型|等级|级别)|发生(?:时间|日期|地点)|时间|地点|"
    r"死亡人数|受伤人数|重伤人数|轻伤人数|失踪人数|(?:直接)?经济损失|事故名称|煤矿名称)[:|\t]"
)
# The number of a label, as forms have it. Matches 四、 before 事故发生时间：, (二) and 3. before 事故类别：; left out.
_LABEL_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])(?:本次)?(?=[\u4e00-\u9fa5、]{2,14}[:|\t])"
)
# A label that goes on in the same line. Matches 事故地点： after 12:10; not 时间：, which may end a longer word.
_LABEL_WITHIN = re.compile(
    r"(?:事故(?:发生)?(?:时间|日期|地点|类别|类型|等级|级别)|发生(?:时间|日期|地点)|死亡人数|受伤人数|重伤人数|轻伤人数|"
    r"失踪人数|(?:直接)?经济损失|煤矿名称)[:|\t]"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, spaces left out and widths made equal; `starts` holds the offset of each character."""

    text: str
    starts: tuple[int, ...]
    kind: PartKind
    order: int

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the place in the document of characters `start` to `end` (default: the whole sentence)."""
        last = len(self.text) if end is None else end
        return Span(self.starts[start], self.starts[last - 1] + 1)


@dataclass(frozen=True, slots=True)
class Account:
    """What one report tells of one accident, in order."""

    document: Document
    sentences: tuple[Sentence, ...]

    @property
    def opening(self) -> tuple[Sentence, ...]:
        """Return the sentences at the start, title included."""
        return self.sentences[:OPENING]

    def after(self, sentence: Sentence) -> Sentence | None:
        """Return the sentence that follows, None at the end."""
        following = sentence.order + 1
        return self.sentences[following] if following < len(self.sentences) else None


def account_of(document: Document, span: Span, parts: tuple[Part, ...] = ()) -> Account:
    """Return the sentences of the span with the part each stands in.

    Without `parts` the part is told from the headings by their wording, coarsely; contents pages and annexes
    are left out where `parts` marks them.
    """
    sentences: list[Sentence] = []
    fallback: PartKind = "introduction"
    cuts = frozenset(part.span.start for part in parts)
    for number, block in enumerate(_blocks_within(document, span)):
        if _CONTENTS_LINE.search(document.text[block.start : block.end]):
            continue
        if not parts:
            fallback = _kind_by_wording(document.text[block.start : block.end], number, fallback)
        for start, end in _sentence_bounds(document.text, block, cuts):
            for text, starts in _labels_apart(*_squeeze(document.text, start, end)):
                kind = _kind_at(parts, start) if parts else fallback
                if kind in _AROUND_LABELS and _LABEL_LINE.match(text):
                    kind = "labels"
                if kind not in ("contents", "annex"):
                    sentences.append(Sentence(text, starts, kind, len(sentences)))
    return Account(document, tuple(sentences))


def _blocks_within(document: Document, span: Span) -> Iterator[Block]:
    """Blocks of the span, cut to it."""
    for block in document.blocks:
        start, end = max(block.start, span.start), min(block.end, span.end)
        if start < end:
            yield Block(block.kind, start, end, block.level, block.rows)


def _sentence_bounds(text: str, block: Block, cuts: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a block; a row of a table is one, and a part begins a new one."""
    start = block.start
    for offset in range(block.start, block.end):
        if offset in cuts and offset > start:
            yield start, offset
            start = offset
        character = text[offset]
        latin_end = character == "." and text[offset - 1 : offset].isascii() and text[offset - 1].isalpha()
        ends = character in _END or (latin_end and text[offset + 1 : offset + 2].isspace())
        if ends or character == "\n" or offset - start >= _LONGEST_SENTENCE:
            yield start, offset + 1
            start = offset + 1
    if start < block.end:
        yield start, block.end


def _squeeze(text: str, start: int, end: int) -> tuple[str, tuple[int, ...]]:
    """The characters without spaces and with Chinese commas, and where each stands; the tab between cells is kept."""
    kept = [o for o in range(start, end) if not text[o].isspace() or text[o] == "\t"]
    squeezed = "".join(text[o] for o in kept).translate(_SAME_WIDTH)
    return _HALF_COMMA.sub("，", squeezed), tuple(kept)


def _labels_apart(text: str, starts: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The sentence, cut before every label where it is a row of them, a label's number left out; nothing where empty."""
    cuts = [0]
    number = _LABEL_NUMBER.match(text)
    if number and _LABEL_LINE.match(text, number.end()):
        text, starts = text[number.end() :], starts[number.end() :]
    if _LABEL_LINE.match(text):
        cuts += [m.start() for m in _LABEL_WITHIN.finditer(text) if m.start() > 0]
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if start < end:
            yield text[start:end], starts[start:end]


def _kind_at(parts: tuple[Part, ...], offset: int) -> PartKind:
    """The part that holds the offset; the innermost where parts nest."""
    holding = [part for part in parts if part.span.start <= offset < part.span.end]
    return min(holding, key=lambda part: part.span.end - part.span.start).kind if holding else "other"


def _kind_by_wording(text: str, number: int, current: PartKind) -> PartKind:
    """The part that a block opens by its heading, else the part it is in."""
    line = text.strip()
    if number == 0 and len(line) < 2 * _HEADING_LENGTH and not re.search("。|发生", line):
        return "title"
    if current == "title":
        current = "introduction"
    heading = re.split("[:：。]", line, maxsplit=1)[0]
    if len(heading) > _HEADING_LENGTH or "，" in heading:
        return current
    return next((kind for kind, words in _HEADINGS if re.search(words, heading)), current)
