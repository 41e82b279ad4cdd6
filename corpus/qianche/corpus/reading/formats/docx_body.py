"""The elements of a Word body: where paragraphs, tables and pieces of text stand, whatever wraps them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from qianche.corpus.reading.formats.counting import count_characters
from qianche.corpus.reading.formats.word_names import NAMESPACES, named

WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x9F: "•", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→",
    0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
"""Signs of the font Wingdings by their number in it."""
NO_SIGN = "□"
"""Stands for a sign of a font whose numbers mean nothing without the font."""

PARAGRAPH, TABLE, ROW, CELL, RUN = map(named, ("w:p", "w:tbl", "w:tr", "w:tc", "w:r"))
TEXT = frozenset(map(named, ("w:t", "m:t")))
LITERALS = {named("w:tab"): "\t", named("w:ptab"): "\t", named("w:noBreakHyphen"): "-"}
LINE_BREAKS = frozenset(map(named, ("w:br", "w:cr")))
PAGE_MARK, SYMBOL, BOX = map(named, ("w:lastRenderedPageBreak", "w:sym", "w:txbxContent"))
NOTE_MARKS = {named("w:footnoteReference"): "footnotes", named("w:endnoteReference"): "endnotes"}
LEFT_OUT = frozenset(
    map(
        named,
        (
            "w:pPr",
            "w:rPr",
            "w:del",
            "w:moveFrom",
            "w:delText",
            "w:instrText",
            "w:delInstrText",
            "w:rt",
            "w:sdtPr",
        ),
    )
)
"""Properties, deleted text, field codes and the reading above a character (ruby)."""
_ALTERNATIVES, _CHOICE = named("mc:AlternateContent"), named("mc:Choice")

_OFF = "@w:val='0' or @w:val='false' or @w:val='off'"
_VISIBLE = etree.XPath(
    "descendant-or-self::*[self::w:t or self::m:t or self::w:sym or self::w:noBreakHyphen]"
    "[not(ancestor::w:del or ancestor::w:moveFrom or ancestor::w:rt or ancestor::mc:Fallback[../mc:Choice]"
    f" or ancestor::mc:Choice[preceding-sibling::mc:Choice] or ancestor::w:r[w:rPr/w:vanish[not({_OFF})]])]",
    namespaces=NAMESPACES,
)
_PICTURES = etree.XPath("count(descendant::a:blip | descendant::v:imagedata)", namespaces=NAMESPACES)


def items_of(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables in order, out of whatever wraps them (content controls, insertions)."""
    for child in chosen(parent):
        if child.tag in (PARAGRAPH, TABLE):
            yield child
        elif child.tag not in LEFT_OUT:
            yield from items_of(child)


def children_of(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table, or the cells of a row, out of whatever wraps them."""
    for child in chosen(parent):
        if child.tag == tag:
            yield child
        elif child.tag not in LEFT_OUT:
            yield from children_of(child, tag)


def chosen(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the children; of alternatives (mc:AlternateContent) only the first, as the others say the same."""
    if parent.tag != _ALTERNATIVES:
        yield from parent
        return
    choice = parent.find(_CHOICE)
    first = choice if choice is not None else next(iter(parent), None)
    if first is not None:
        yield first


def symbol_of(element: etree._Element) -> str:
    """Return the sign that a `w:sym` shows as a Unicode character."""
    try:
        code = int(element.get(named("w:char"), ""), 16)
    except ValueError:
        return NO_SIGN
    if 0xF000 <= code <= 0xF0FF:
        return WINGDINGS.get(code - 0xF000, NO_SIGN)
    return chr(code) if 0x20 < code < 0xD800 else NO_SIGN


def visible_characters(element: etree._Element) -> int:
    """Return the non-space characters that an element shows, found by a query of its own over the XML.

    It does not walk the structure that the reader walks, so that text which the reader misses is missed by one.
    """
    found = cast("list[etree._Element]", _VISIBLE(element))
    return sum(count_characters(piece.text or "") if piece.tag in TEXT else 1 for piece in found)


def pictures_in(element: etree._Element) -> int:
    """Return the number of pictures that an element shows."""
    return int(cast(float, _PICTURES(element)))
