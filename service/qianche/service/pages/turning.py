"""Long lists a page at a time; `_forms.turn` leads from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def on_page(found: Sequence[T], at: int, most: int) -> Sequence[T]:
    """Return what stands on a page, counted from 1, of at most so many entries; nothing behind the last one."""
    return found[(at - 1) * most : at * most]


def last_page(total: int, most: int) -> int:
    """Return the number of the last page; an empty list has one."""
    return max(1, -(-total // most))
