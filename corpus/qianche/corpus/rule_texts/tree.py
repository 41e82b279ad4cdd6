"""Marks and lines become the tree 编 → 章 → 节 → 条 → 款 → 项 → 目, or sections and clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qianche.corpus.reading.document import Span
from qianche.corpus.rule_texts.content import content_nodes
from qianche.corpus.rule_texts.draft import Node, NodeKind
from qianche.corpus.rule_texts.labels import is_title_like
from qianche.corpus.rule_texts.lines import Line
from qianche.corpus.rule_texts.marks import Mark

_LEVELS: dict[str, int] = {
    "编": 1,
    "分编": 2,
    "章": 3,
    "附则": 3,
    "节": 4,
    "section": 5,
    "条": 6,
    "clause": 6,
}
HEADINGS: frozenset[str] = frozenset({"编", "分编", "章", "节", "附则"})
_LONGEST_TITLE = 50


@dataclass(slots=True)
class _Open:
    """A unit still growing: its own spans, the lines that are its text, the units below it."""

    kind: NodeKind
    label: str
    number: str
    level: int
    own: list[Span] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    children: list[_Open] = field(default_factory=list)
    awaits_title: bool = False


def build(lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Node, ...]:
    """Return the tree of the lines; every character of them is in exactly one node.

    Args:
        lines: the body, from the first unit (or the preamble) to the end.
        marks: where units begin, in order; their line numbers count within `lines`.
    """
    root = _Open("text", "", "", 0)
    stack = [root]
    # An unnumbered 附则 closes the last 编 where the law has 编, else the last 章.
    supplementary = 1 if any(m.kind == "编" for m in marks) else 3
    for line, mark in _parts(lines, marks):
        if mark is None:
            _add_line(stack[-1], line)
            continue
        if mark.repeats and stack[-1].kind == "条":
            _add_labelled(stack[-1], line, mark)
            continue
        level = supplementary if mark.kind == "附则" else _level(mark)
        while stack[-1].level >= level:
            stack.pop()
        unit = _Open(mark.kind, mark.label.printed, mark.number, level)
        stack[-1].children.append(unit)
        stack.append(unit)
        if mark.kind in HEADINGS:
            unit.own.append(line.span)
            unit.awaits_title = (
                line.text[mark.label.end - mark.at :].strip(" *=") == "" and mark.kind != "附则"
            )
        else:
            _add_labelled(unit, line, mark)
    return (*_text_nodes(root.lines), *(_close(child) for child in root.children))


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield all nodes, parents before children."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def _parts(lines: Sequence[Line], marks: Sequence[Mark]) -> Iterator[tuple[Line, Mark | None]]:
    """Yield the lines cut where units begin inside them, each part with the mark it begins with."""
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.line, []).append(mark)
    for index, line in enumerate(lines):
        here = by_line.get(index, [])
        if not here:
            yield line, None
            continue
        if here[0].at > 0:
            yield line.part(0, here[0].at), None
        for mark, stop in zip(here, [*(m.at for m in here[1:]), len(line.text)], strict=True):
            yield line.part(mark.at, stop), mark


def _add_line(unit: _Open, line: Line) -> None:
    """Put a line without a label into the unit; a heading that has only its number takes its title from it."""
    if unit.awaits_title and not line.table and is_title_like(line.text, 30):
        unit.own.append(line.span)
    else:
        unit.lines.append(line)
    unit.awaits_title = False


def _add_labelled(unit: _Open, line: Line, mark: Mark) -> None:
    """Put the line that begins the unit into it: label, or label and title, then text."""
    label_end = mark.label.end - mark.at
    while line.text[label_end : label_end + 1] in ("*", "="):
        label_end += 1
    rest = line.part(label_end)
    if not rest.text or (mark.kind != "条" and is_title_like(rest.text, _LONGEST_TITLE)):
        unit.own.append(line.span)
    else:
        unit.own.append(line.part(0, label_end).span)
        unit.lines.append(rest)


def _close(unit: _Open) -> Node:
    """Return the finished unit: its own text as 款 (as plain text below a heading), then the units below."""
    below = tuple(_close(child) for child in unit.children)
    text = _text_nodes(unit.lines) if unit.kind in HEADINGS else content_nodes(unit.lines)
    return Node(unit.kind, unit.label, unit.number, tuple(unit.own), (*text, *below))


def _text_nodes(lines: Sequence[Line]) -> tuple[Node, ...]:
    """Return the lines as one node of plain text, none where there are no lines."""
    return (Node("text", "", "", tuple(line.span for line in lines)),) if lines else ()


def _level(mark: Mark) -> int:
    """Return the depth of a unit; clauses lie by the number of their parts."""
    return _LEVELS[mark.kind] + (mark.number.count(".") if mark.kind == "clause" else 0)


def heading_exceptions(body: Sequence[Node]) -> tuple[str, ...]:
    """Return a sentence for each 编, 章 or 节 whose number does not follow the one before it.

    A level may count on through the whole text or begin anew below each higher heading.
    """
    found: list[str] = []
    for kind in ("编", "分编", "章", "节"):
        groups = [[n for n in nodes if n.kind == kind] for nodes in _sibling_groups(body)]
        last = 0
        for group in filter(None, groups):
            first = int(group[0].number)
            if first not in (1, last + 1):
                found.append(f"{group[0].label}之前缺少同级标题")
            for before, after in pairwise(group):
                if int(after.number) != int(before.number) + 1:
                    found.append(f"{before.label}之后是{after.label}，标题编号不连续")
            last = int(group[-1].number)
    return tuple(found)


def _sibling_groups(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """Yield each list of siblings, in order."""
    yield nodes
    for node in nodes:
        if node.kind in HEADINGS:
            yield from _sibling_groups(node.children)
