"""The outline of a report: which section each line stands in, by headings and numbering, missing ones noticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from qianche.corpus.reports.headings import Heading, HeadingKind, Numbering
from qianche.corpus.reports.lines import Line

RANKS = {
    "case": 0.2, "chapter": 0.5, "lens": 1.0, "chinese": 2.0, "bracketed": 3.0, "digit": 5.0, "spaced": 5.0,
    "decimal": 5.5, "enclosed": 6.0, "circled": 7.0,
}  # fmt: skip
"""How deep a style of numbering usually stands; a heading without number stands at 1 or at `UNNUMBERED`."""

UNNUMBERED = 4.0
"""Rank of a heading without number in a report whose chapters are numbered 一、二、"""
UNNUMBERED_UNDER_DIGIT = 5.2
"""The same where the chapters are numbered 1. 2. 3.: 2.事故原因, 直接原因, 间接原因, 3.事故教训."""

_ANY: frozenset[HeadingKind] = frozenset(
    ("introduction", "background", "course", "response", "losses", "direct_cause", "indirect_cause", "cause", "nature",
     "responsibility", "lessons", "measures", "other", "overview", "circumstances", "handling", "annex")
)  # fmt: skip
_EVENT: frozenset[HeadingKind] = frozenset(
    ("background", "course", "response", "losses", "overview", "circumstances")
)
_WHY: frozenset[HeadingKind] = frozenset(("cause", "direct_cause", "indirect_cause", "nature"))
NESTS: dict[HeadingKind, frozenset[HeadingKind]] = {
    "introduction": _EVENT | _WHY,
    "background": _EVENT | _WHY,
    "overview": _EVENT | _WHY,
    "circumstances": _EVENT | _WHY | {"introduction"},
    "course": _EVENT | _WHY,
    "response": _EVENT,
    "losses": _EVENT,
    "cause": _WHY | {"responsibility", "lessons", "losses", "other"},
    "direct_cause": _WHY,
    "indirect_cause": _WHY,
    "nature": frozenset(("nature", "responsibility")),
    "handling": frozenset(("responsibility", "response", "handling", "nature")),
    "responsibility": frozenset(("responsibility", "nature")),
    "lessons": frozenset(("lessons",)),
    "measures": frozenset(("measures",)),
    "other": _ANY,
    "annex": frozenset(),
}
"""What may stand as a heading of its own under a heading of another kind; the rest are items of a list that only
read like headings: （五）吸取事故教训 among the measures."""


@dataclass(slots=True)
class Section:
    """An open section. `kinds` is () where nothing says what it is; `items` holds the last number of each deeper
    style, `nested` the last number of a list that uses the section's own style."""

    rank: float
    value: int | None
    kinds: tuple[HeadingKind, ...]
    hidden: bool = False
    """Its heading is missing: a new run of （一） says that it must have been there."""
    items: dict[float, int] = field(default_factory=dict)
    nested: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A line in its section, before its kind is settled. `loose`: a heading is missing somewhere around it."""

    line: Line
    section: Section | None
    opens: bool
    loose: bool = False


class _Walker:
    """Goes down the lines and keeps the sections that are open."""

    def __init__(self, unnumbered_rank: float) -> None:
        self.stack: list[Section] = []
        self.alone: Numbering | None = None
        self.unnumbered_rank = unnumbered_rank

    def step(self, line: Line) -> Spot:
        """Return the line's spot, the sections opened and closed as it demands."""
        line = self._numbered(line)
        heading = line.heading
        if heading is None and line.numbering is None:
            return Spot(line, self._top(), False)
        rank = self._rank(line)
        value = line.numbering.value if line.numbering else None
        if heading is None or not (heading.clear or rank <= RANKS["bracketed"]):
            return self._item(line, rank, value)
        if self._continues_list(rank, value) and not line.alone:
            return self._item(line, rank, value)
        return self._heading(line, heading, rank, value)

    def _numbered(self, line: Line) -> Line:
        """Return the line, with the number that stands alone on the line before it (a line break too many)."""
        alone = self.alone
        self.alone = line.numbering if line.numbering and line.numbering.end >= len(line.text) else None
        if alone is None or line.numbering is not None:
            return line
        heading = replace(line.heading, numbering=alone) if line.heading else None
        return replace(line, numbering=alone, heading=heading)

    def _heading(self, line: Line, heading: Heading, rank: float, value: int | None) -> Spot:
        """Open the section of a heading, unless it only reads like one where it stands."""
        if self._restarts(rank, value):
            self._hide(rank)
        parents = [section for section in self.stack if section.rank < rank]
        parent = parents[-1] if parents else None
        if parent is not None and not _may_stand(heading, parent):
            return self._item(line, rank, value)
        self.stack = parents
        self._count(rank, value)
        self.stack.append(Section(rank, value, heading.kinds))
        return Spot(line, self.stack[-1], True)

    def _item(self, line: Line, rank: float, value: int | None) -> Spot:
        """Put a numbered line that is no heading into its section."""
        if line.numbering is None or value is None:
            return Spot(line, self._top(), False)
        if self._restarts(rank, value):
            self._hide(rank)
        same = next((section for section in reversed(self.stack) if section.rank == rank), None)
        if same is not None and (value == same.nested + 1 or value != (same.value or 0) + 1):
            same.nested = value
            return Spot(line, self._top(), False)
        self.stack = [section for section in self.stack if section.rank < rank]
        self._count(rank, value)
        if not self.stack and rank <= RANKS["chinese"] and len(line.text) <= 60:
            self.stack.append(Section(rank, value, ()))
            return Spot(line, self.stack[-1], True)
        return Spot(line, self._top(), False)

    def _restarts(self, rank: float, value: int | None) -> bool:
        """Whether （一） comes again where no heading between says why."""
        if rank != RANKS["bracketed"] or value is None:
            return False
        parent = next((section for section in reversed(self.stack) if section.rank < rank), None)
        return parent is not None and parent.rank >= RANKS["chinese"] and value <= parent.items.get(rank, 0)

    def _hide(self, rank: float) -> None:
        """Open a section whose heading is missing, in the place of the one that numbered the run before."""
        self.stack = [section for section in self.stack if section.rank < RANKS["chinese"]]
        self.stack.append(Section(rank - 0.5, None, (), hidden=True))

    def _continues_list(self, rank: float, value: int | None) -> bool:
        """Whether the number goes on with a list that uses the style of the section it stands in."""
        same = next((section for section in reversed(self.stack) if section.rank == rank), None)
        return same is not None and value is not None and same.nested > 0 and value == same.nested + 1

    def _count(self, rank: float, value: int | None) -> None:
        """Remember the number in the section it stands in."""
        if self.stack and value is not None:
            items = self.stack[-1].items
            items[rank] = value
            for deeper in [key for key in items if key > rank]:
                del items[deeper]

    def _rank(self, line: Line) -> float:
        """Return the depth of a heading or item."""
        return RANKS[line.numbering.style] if line.numbering else self.unnumbered_rank

    def _top(self) -> Section | None:
        """Return the innermost open section."""
        return self.stack[-1] if self.stack else None


def outline_of(lines: Sequence[Line]) -> list[Spot]:
    """Return every line in the section it stands in, in order."""
    walker = _Walker(_unnumbered_rank(lines))
    return _loosened([walker.step(line) for line in lines])


def _unnumbered_rank(lines: Sequence[Line]) -> float:
    """Return how deep a heading without number stands, by how the chapters are numbered."""
    chapters = [
        line for line in lines if line.heading and line.numbering and line.numbering.style == "chinese"
    ]
    if len(chapters) >= 2:
        return UNNUMBERED
    return UNNUMBERED_UNDER_DIGIT if _digit_chapters(lines) else 1.0


def _digit_chapters(lines: Sequence[Line]) -> bool:
    """Whether headings 1. 2. 3. hold the unnumbered ones: between two numbers in order stand some that belong under
    the first and cannot hold the second."""
    chapter: Line | None = None
    between: list[Heading] = []
    for line in lines:
        if line.heading is None or not line.heading.clear:
            continue
        if line.numbering is None:
            between.append(line.heading)
        elif line.numbering.style == "digit":
            if chapter is not None and between and _next_chapter(chapter, between, line):
                return True
            chapter, between = line, []
    return False


def _next_chapter(chapter: Line, between: Sequence[Heading], line: Line) -> bool:
    """Whether a numbered heading is the next after one that the headings between them stand under."""
    first, second = chapter.numbering, line.numbering
    if first is None or second is None or first.value is None or second.value != first.value + 1:
        return False
    if chapter.heading is None or line.heading is None:
        return False
    under = all(heading.kinds[0] in NESTS[chapter.heading.kinds[0]] for heading in between)
    return under and line.heading.kinds[0] not in NESTS[between[-1].kinds[0]] | {between[-1].kinds[0]}


def _may_stand(heading: Heading, parent: Section) -> bool:
    """Whether a heading of these kinds may stand in the section."""
    if not parent.kinds:
        return True
    allowed = frozenset().union(*(NESTS[kind] | {kind} for kind in parent.kinds))
    return heading.kinds[0] in allowed


def _loosened(spots: Sequence[Spot]) -> list[Spot]:
    """Return the spots, those marked loose that lie between chapters whose numbers jump (三、 then 六、)."""
    tops = [
        (index, spot.section.value)
        for index, spot in enumerate(spots)
        if spot.opens and spot.section and spot.section.rank == RANKS["chinese"] and spot.section.value
    ]
    loose: set[int] = set()
    for (first, low), (last, high) in pairwise(tops):
        if high > low + 1:
            loose |= set(range(first + 1, last))
    return [Spot(s.line, s.section, s.opens, index in loose) for index, s in enumerate(spots)]
