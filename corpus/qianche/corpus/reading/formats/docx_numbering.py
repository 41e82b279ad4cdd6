"""Automatic numbers of Word: 第一条, （一）, 1.1, counted as Word counts them.

Source: ISO/IEC 29500-1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from qianche.corpus.reading.formats.number_formats import whole_number, write_number
from qianche.corpus.reading.formats.word_names import (
    VALUE,
    child_number,
    child_value,
    is_on,
    named,
)

_PLACE = re.compile(r"%([1-9])")
"""Matches "%2" in "%1.%2"; not "%" in "5%"."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it is written, and after which level it starts anew."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    """0: never; n: after level n and those above it (from 1); None: after any level above."""
    legal: bool = False
    """All numbers of the label in Arabic figures."""
    style: str | None = None
    """The paragraph style that brings this level with it."""


@dataclass(frozen=True, slots=True)
class _List:
    """One list (`w:num`): the definition it counts in, with its own levels and starts."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Labels of numbered paragraphs, in the order in which they are asked for; keeps the running counts."""

    def __init__(self, root: etree._Element | None) -> None:
        definitions = {} if root is None else _definitions(root)
        self._lists = {} if root is None else _lists(root, definitions)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of_style(self, list_id: str, style: str | None) -> int:
        """Return the level (from 0) that the list ties to a paragraph style, 0 where it ties none."""
        levels = self._lists[list_id].levels if list_id in self._lists else {}
        return next((number for number, level in levels.items() if style and level.style == style), 0)

    def label(self, list_id: str, number: int) -> str:
        """Return the label of the next paragraph of a list at a level (from 0); "" where the list is unknown."""
        numbered = self._lists.get(list_id)
        if numbered is None or number not in numbered.levels:
            return ""
        counts = self._counts.setdefault(numbered.definition, {})
        if number in numbered.starts and (list_id, number) not in self._begun:
            counts[number] = numbered.starts[number]
        else:
            counts[number] = counts[number] + 1 if number in counts else _start(numbered, number)
        self._begun.add((list_id, number))
        for deeper in [level for level in counts if level > number]:
            restart = numbered.levels.get(deeper, Level()).restart
            if restart is None or number < restart:
                del counts[deeper]
        return _written(numbered, number, counts)


def _start(numbered: _List, number: int) -> int:
    """Return the first number of a level."""
    return numbered.starts.get(number, numbered.levels.get(number, Level()).start)


def _written(numbered: _List, number: int, counts: dict[int, int]) -> str:
    """Return the label of a level with the numbers of the levels above it."""
    level = numbered.levels[number]
    if level.format == "bullet":
        return "•" if any("\ue000" <= sign <= "\uf8ff" for sign in level.text) else level.text

    def written(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        form = numbered.levels.get(place, Level()).format
        count = counts.get(place, _start(numbered, place))
        return write_number(count, "decimal" if level.legal and form != "none" else form)

    return _PLACE.sub(written, level.text)


def _definitions(root: etree._Element) -> dict[str, dict[int, Level]]:
    """Return definition id → levels; a definition that only names a list style has that style's levels."""
    found, links, styles = {}, {}, {}
    for element in root.iterfind(named("w:abstractNum")):
        key = element.get(named("w:abstractNumId"), "")
        found[key] = _levels(element)
        links[key] = child_value(element, "w:numStyleLink")
        style = child_value(element, "w:styleLink")
        if style:
            styles[style] = key
    for key, link in links.items():
        if link in styles:
            found[key] = found[styles[link]]
    return found


def _lists(root: etree._Element, definitions: dict[str, dict[int, Level]]) -> dict[str, _List]:
    """Return list id → list."""
    found = {}
    for element in root.iterfind(named("w:num")):
        definition = child_value(element, "w:abstractNumId") or ""
        levels = dict(definitions.get(definition, {}))
        starts = {}
        for override in element.iterfind(named("w:lvlOverride")):
            number = whole_number(override.get(named("w:ilvl"))) or 0
            levels.update(_levels(override))
            start = child_number(override, "w:startOverride")
            if start is not None:
                starts[number] = start
        found[element.get(named("w:numId"), "")] = _List(definition, levels, starts)
    return found


def _levels(element: etree._Element) -> dict[int, Level]:
    """Return level number (from 0) → level."""
    return {
        whole_number(level.get(named("w:ilvl"))) or 0: Level(
            start=child_number(level, "w:start") or 0,
            format=_format(level),
            text=child_value(level, "w:lvlText") or "",
            restart=child_number(level, "w:lvlRestart"),
            legal=is_on(level, "w:isLgl"),
            style=child_value(level, "w:pStyle"),
        )
        for level in element.iterfind(named("w:lvl"))
    }


def _format(level: etree._Element) -> str:
    """Return the number format of a level; a format unknown to old readers hides behind mc:AlternateContent."""
    form = level.find(f".//{named('w:numFmt')}")
    return "decimal" if form is None else form.get(VALUE, "decimal")
