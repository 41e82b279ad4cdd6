"""What paragraph styles of Word bring with them: heading level and list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from qianche.corpus.reading.formats.word_names import child_number, child_value, named

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
"""Matches "heading 2" and "标题 2"; not "heading", "Body Text 2" nor "标题" (the style of the title)."""
BODY_TEXT = 9
"""The outline level of what is no heading."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style as its own element says it; None is taken from the style it is based on."""

    based_on: str | None = None
    outline: int | None = None
    """From 0; 9 is body text."""
    list_id: str | None = None
    """"0" takes a list of the base style away."""
    list_level: int | None = None


class Styles:
    """The paragraph styles of a file, each resolved through those it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default: str | None = None
        for element in () if root is None else root.iterfind(named("w:style")):
            if element.get(named("w:type"), "paragraph") != "paragraph":
                continue
            name = element.get(named("w:styleId"), "")
            self._styles[name] = _style(element)
            if element.get(named("w:default")) in ("1", "true", "on"):
                self.default = name

    def resolved(self, name: str | None) -> Style:
        """Return a style with everything its bases say; an unknown name gives an empty style."""
        outline = list_id = list_level = None
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            outline = style.outline if outline is None else outline
            list_id = style.list_id if list_id is None else list_id
            list_level = style.list_level if list_level is None else list_level
            name = style.based_on
        return Style(None, outline, list_id, list_level)


def _style(element: etree._Element) -> Style:
    """Return one style as its element says it."""
    properties = element.find(named("w:pPr"))
    outline = child_number(properties, "w:outlineLvl")
    named_heading = _HEADING_NAME.fullmatch(child_value(element, "w:name") or "")
    if outline is None and named_heading:
        outline = int(named_heading[1]) - 1
    numbered = None if properties is None else properties.find(named("w:numPr"))
    return Style(
        based_on=child_value(element, "w:basedOn"),
        outline=outline,
        list_id=child_value(numbered, "w:numId"),
        list_level=child_number(numbered, "w:ilvl"),
    )
