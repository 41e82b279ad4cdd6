"""Settles the kind of every line: by its section where that says it, by the wordings in the line where it does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from qianche.corpus.reports.cues import best, scores
from qianche.corpus.reports.draft import PartKind
from qianche.corpus.reports.events import opens_event
from qianche.corpus.reports.headings import HeadingKind
from qianche.corpus.reports.lines import Line, sentences_of
from qianche.corpus.reports.outline import Section, Spot

STRONG = 4
"""Score at which the wording overrules the section, where a heading is known to be missing."""

_LEAST: dict[PartKind, int] = {"indirect_cause": 3}
"""Least score that makes a line of an undivided 事故原因 an indirect cause: a driver's 未按规定 alone does not."""

SHORT = 22
"""A line shorter than this (date, newspaper, address) does not open a report."""

_OPENING_KINDS = frozenset(
    ("introduction", "background", "circumstances", "course", "overview", "response", "losses")
)
# The sentence that names the nature: 经调查认定，…是一起…责任事故; not 这是一起典型的误操作事故的经过.
_NATURE = re.compile(r"(?:认定|认为|定性)[^。]{0,80}(?:是|为|属于?)一?起?[^。]{0,160}(?:事故|事件)[。；]?$")

_ENDS = frozenset('。！？；：!?;:.…”"’」』》】')
_NUMBER_ALONE = re.compile(r"^(?:0?\d{1,2}|[一二三四五六七八九十]{1,2})[.．、]?$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with the part it belongs to. `opens`: its heading opens a part; `wrapper`: a heading whose own text is
    empty, so that it belongs to whatever follows."""

    line: Line
    kind: PartKind
    opens: bool = False
    wrapper: bool = False


def settle(spots: Sequence[Spot]) -> list[Placed]:
    """Return every line with its part, in order; a line may come back as its sentences where it tells two things."""
    first = next((index for index, spot in enumerate(spots) if spot.opens), len(spots))
    settler = _Settler(spots)
    placed = settler.opening(spots[:first], governed=_governs_opening(spots, first))
    for _, group in groupby(enumerate(spots[first:], first), key=lambda pair: id(pair[1].section)):
        placed += settler.section([index for index, _ in group])
    return _with_numbers(placed)


class _Settler:
    """Settles the lines section by section, and remembers what has been told already."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self.spots = spots
        courses = any(spot.opens and spot.section and spot.section.kinds[:1] == ("course",) for spot in spots)
        self.overview: PartKind = "introduction" if courses else "course"
        self.told: set[PartKind] = set()

    def opening(self, spots: Sequence[Spot], *, governed: bool) -> list[Placed]:
        """Return the lines before the first heading: all introduction where that heading is the report's first."""
        lines = [spot.line for spot in spots]
        if governed:
            return [
                Placed(line, "nature" if _NATURE.search(_compact(line.text)) else "introduction")
                for line in lines
            ]
        # 成立调查组 ends the introduction: what stands before it (who hurried to the scene) belongs to it.
        last = max((i for i, line in enumerate(lines) if _introduces(line)), default=-1)
        return [Placed(line, "introduction") for line in lines[: last + 1]] + self._freely(
            lines[last + 1 :], "introduction"
        )

    def section(self, indexes: Sequence[int]) -> list[Placed]:
        """Return the lines of one section, or of one stretch of it between its subsections."""
        spots = [self.spots[index] for index in indexes]
        section = spots[0].section
        kinds = self._candidates(section)
        if section is not None and section.hidden:
            placed = [Placed(spot.line, self._joint(spots)) for spot in spots]
        elif not kinds:
            placed = self._freely([spot.line for spot in spots], "other")
        elif len(kinds) == 1:
            placed = self._governed(spots, kinds[0])
        else:
            placed = self._divided(spots, kinds)
        self.told |= {item.kind for item in placed}
        return self._with_headings(placed, indexes)

    def _candidates(self, section: Section | None) -> tuple[PartKind, ...]:
        """Return the parts that a section's title allows, () where it says nothing."""
        kinds: list[PartKind] = []
        for kind in section.kinds if section else ():
            kinds += self._meaning(kind)
        if section is not None and section.kinds == ("cause",) and "direct_cause" in self.told:
            kinds.reverse()  # 主要原因 after 直接原因 is what lies behind it
        return tuple(dict.fromkeys(kinds))

    def _meaning(self, kind: HeadingKind) -> tuple[PartKind, ...]:
        """Return the parts that one word of a title stands for."""
        if kind == "cause":
            return ("direct_cause", "indirect_cause")
        if kind == "handling":
            return ("responsibility", "response")
        if kind == "circumstances":
            return ("background", "course", "response", "losses")
        return (self.overview,) if kind == "overview" else (kind,)

    def _governed(self, spots: Sequence[Spot], kind: PartKind) -> list[Placed]:
        """Return the lines under a heading of one meaning; where a heading is missing, strong wording ends it."""
        placed: list[Placed] = []
        current = kind
        for spot in spots:
            if spot.loose and not spot.opens:
                found = scores(_compact(spot.line.text))
                other = best(found)
                if other and found[other] >= STRONG and found[other] > found[current] + 1:
                    current = other
            placed.append(Placed(spot.line, current))
        return placed

    def _divided(self, spots: Sequence[Spot], kinds: tuple[PartKind, ...]) -> list[Placed]:
        """Return the lines under a heading of several meanings, each by its wording."""
        lines = [spot.line for spot in spots]
        if len(lines) <= 3 and "direct_cause" not in kinds:
            lines = [piece for line in lines for piece in _pieces(line)]
        placed: list[Placed] = []
        current = kinds[0]
        for line in lines:
            found = scores(_compact(line.text[line.heading.end :] if line.heading else line.text))
            other = best(found, among=kinds)
            if other is not None and found[other] > found[current] and found[other] >= _LEAST.get(other, 0):
                current = other
            placed.append(Placed(line, current))
        return placed

    def _freely(self, lines: Sequence[Line], start: PartKind) -> list[Placed]:
        """Return lines that no heading governs, by wording; what tells nothing goes on with the part before."""
        placed: list[Placed] = []
        current = start
        opened = start != "introduction"
        for line in lines:
            text = _compact(line.text)
            if placed and _runs_on(placed[-1].line, line):
                placed.append(Placed(line, current))
                continue
            found = scores(text)
            if placed and placed[-1].kind != "introduction":
                del found["introduction"]
            other = best(found)
            if not opened and (len(text) < SHORT or opens_event(text) or (other and found[other] < STRONG)):
                other = None
            opened = opened or len(text) >= SHORT
            if other is not None and found[other] > found[current]:
                current = other
            placed.append(Placed(line, current))
        return placed

    def _joint(self, spots: Sequence[Spot]) -> PartKind:
        """Return what a section without its heading is about, by all its items together."""
        total: Counter[PartKind] = Counter()
        for spot in spots:
            total.update(scores(_compact(spot.line.text)))
        kind = best(total) or "other"
        # Faults told again after the persons responsible are what the accident teaches.
        return "lessons" if kind == "indirect_cause" and "responsibility" in self.told else kind

    def _with_headings(self, placed: list[Placed], indexes: Sequence[int]) -> list[Placed]:
        """Return the lines with the one that is the section's heading marked."""
        head = self.spots[indexes[0]]
        if not head.opens:
            return placed
        following = self.spots[indexes[-1] + 1] if indexes[-1] + 1 < len(self.spots) else None
        deeper = (
            len(indexes) == 1
            and following is not None
            and following.opens
            and following.section is not None
            and head.section is not None
            and following.section.rank > head.section.rank
        )
        divided = len(self._candidates(head.section)) > 1 and len(indexes) > 1
        wrapper = head.line.alone and (deeper or divided)
        if head.section is not None and not head.section.kinds and len(placed) > 1:
            placed = [replace(placed[0], kind=placed[1].kind), *placed[1:]]
        return [replace(placed[0], opens=True, wrapper=wrapper), *placed[1:]]


def _governs_opening(spots: Sequence[Spot], first: int) -> bool:
    """Whether the first heading is the report's first, so that all before it is introduction."""
    if first == len(spots):
        return False
    section = spots[first].section
    return (
        section is not None
        and section.value in (None, 1)
        and section.kinds[:1] != ()
        and (section.kinds[0] in _OPENING_KINDS)
    )


def _introduces(line: Line) -> bool:
    """Whether the line tells who investigated, and how."""
    return scores(_compact(line.text))["introduction"] >= STRONG - 1


def _runs_on(before: Line, line: Line) -> bool:
    """Whether a line goes on with the sentence of the one before, which a lost join has cut."""
    return line.numbering is None and len(before.text) >= SHORT and before.text[-1] not in _ENDS


def _with_numbers(placed: list[Placed]) -> list[Placed]:
    """Return the lines, a number alone on its line joined to the heading below it (web pages print them so)."""
    following: list[Placed | None] = [*placed[1:], None][: len(placed)]
    return [
        replace(item, wrapper=True) if after and after.opens and _NUMBER_ALONE.match(item.line.text) else item
        for item, after in zip(placed, following, strict=True)
    ]


def _pieces(line: Line) -> tuple[Line, ...]:
    """Return the sentences of a line, its heading with the first."""
    sentences = sentences_of(line)
    return (replace(sentences[0], heading=line.heading, numbering=line.numbering), *sentences[1:])


def _compact(text: str) -> str:
    """Return the text without white space, as wordings are looked for in it."""
    return re.sub(r"\s", "", text)
