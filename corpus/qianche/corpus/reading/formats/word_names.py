"""Names of the WordprocessingML elements that are read, in lxml's {namespace}name form."""

from __future__ import annotations

from lxml import etree

from qianche.corpus.reading.formats.number_formats import whole_number

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def named(name: str) -> str:
    """Return `w:p` as lxml writes it.

    >>> named("dc:title")
    '{http://purl.org/dc/elements/1.1/}title'
    """
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


VALUE = named("w:val")


def child_value(element: etree._Element | None, name: str) -> str | None:
    """Return `w:val` of a child, None where the element or the child is missing."""
    child = None if element is None else element.find(named(name))
    return None if child is None else child.get(VALUE)


def child_number(element: etree._Element | None, name: str) -> int | None:
    """Return `w:val` of a child as a whole number, None where it is missing or none."""
    return whole_number(child_value(element, name))


def is_on(element: etree._Element | None, name: str) -> bool:
    """Return whether a switch such as `w:vanish` is there and not switched off."""
    child = None if element is None else element.find(named(name))
    return child is not None and child.get(VALUE, "1") not in ("0", "false", "off")
