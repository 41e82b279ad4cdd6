"""What was being done when the accident happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.content.sentences import sentences, trimmed
from qianche.corpus.reports.content.tables import table
from qianche.corpus.reports.draft import Field, Finding, Part, PartKind

_ORDER: tuple[PartKind, ...] = ("introduction", "direct_cause", "course", "title")
"""Parts in the order they are asked; the opening names the work in the fewest words."""
_MOMENT = r"(?:作业|施工|工作|操作)?(?:的?过程中|时|期间|途中|中(?![心央毒断止间部转频型小国])|之际)"
_PLAIN_LEAD = r"(?:正在|进行|从事|实施|开展|组织|负责|准备|安排|参与|对|在)"
# 驾驶轻型货车 驾驶一辆××号重型自卸货车 — not 驾驶证, 驾驶人.
_DRIVING = re.compile(
    r"(?:驾驶|驾乘|操作|操纵)(?![证人员室舱楼资规法])[^，,。；;、“”\n]{0,30}?"
    r"(?:(?<!机动)车(?![辆票牌主队站厂间身型号])|船|艇|[客货拖渡海油]轮|挖掘机|装载机|推土机|起重机|收割机|拖拉机|压路机|飞机|塔吊)"
)


def find_activity(document: Document, span: Span, parts: tuple[Part, ...]) -> Field[str]:
    """Return the work that was going on, one finding; empty where the wording tells none.

    The value is a phrase of the text (进行管道焊接作业 → 管道焊接作业), taken where it is tied to the moment (时,
    过程中) in the opening, the direct cause or the course, in this order. Other phrases found the same way are in
    `remark`, and `sure` is then False.
    """
    text = document.text
    found = [place for part in _in_order(parts, span) for place in _phrases(text, part)]
    if not found:
        return Field()
    first = text[found[0].start : found[0].end]
    same = [p for p in found if _alike(first, text[p.start : p.end])]
    others = list(dict.fromkeys(text[p.start : p.end] for p in found if p not in same))
    remark = f"文中另有：{'、'.join(others[:4])}" if others else ""
    return Field((Finding(first, tuple(same), "sentence", sure=not others, remark=remark),))


def _alike(one: str, other: str) -> bool:
    """Return whether one phrase holds the other, spaces aside."""
    a, b = "".join(one.split()), "".join(other.split())
    return a in b or b in a


def _in_order(parts: tuple[Part, ...], span: Span) -> Iterator[Span]:
    """Yield the spans to ask, the whole text where no part tells of the accident."""
    asked = [part.span for kind in _ORDER for part in parts if part.kind == kind]
    yield from asked or [span]


def _phrases(text: str, part: Span) -> Iterator[Span]:
    """Yield the phrases for work in a part, those tied to the moment before driving."""
    for sentence in sentences(text, part):
        found = [*_tied(text, sentence), *_stated(text, sentence)] or [
            trimmed(text, Span(*m.span())) for m in _driving(text, sentence)
        ]
        yield from found[:2]


def _driving(text: str, sentence: Span) -> Iterator[re.Match[str]]:
    """Yield the phrases for driving in a sentence."""
    yield from _DRIVING.finditer(text, sentence.start, sentence.end)


def _tied(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the phrases for work that stand right before 时, 过程中, 期间, without the verb that leads to them."""
    for match in _pattern().finditer(text, sentence.start, sentence.end):
        yield trimmed(text, Span(match.start("work"), match.end("work")))


def _stated(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the phrases for work that a clause states: 进行管道焊接，"""
    for match in _stated_pattern().finditer(text, sentence.start, sentence.end):
        yield trimmed(text, Span(match.start("work"), match.end("work")))


@cache
def _stated_pattern() -> re.Pattern[str]:
    """Return the pattern of 进行, 从事 or 实施, what is worked on, the word for the work, and a stop."""
    words = "|".join(row["words"] for row in table("activities.tsv"))
    return re.compile(
        rf"(?:进行|从事|实施)(?P<work>[^，,。；;：:、\n]{{0,24}}?(?:{words})(?:作业|施工|工作)?)(?=[，。；,;])"
    )


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a lead verb, the word for the work with what is worked on before or after it, the moment."""
    words = "|".join(row["words"] for row in table("activities.tsv"))
    before = rf"(?:(?!进行|从事|实施)[^，,。；;：:、\n]){{0,24}}?(?:{words})(?:作业|施工|工作|操作)?"
    after = rf"(?:{words})[^，,。；;：:、\n]{{1,20}}?"
    return re.compile(rf"{_PLAIN_LEAD}(?!{_PLAIN_LEAD})(?P<work>{before}|{after})(?={_MOMENT})")
