"""Which prefecture and province a county lies in, where its name alone tells (`counties.txt`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from qianche.corpus.reports.fields.prefectures import PROVINCES, short_name

_TABLE = files("qianche.corpus.reports.fields").joinpath("counties.txt")
_LONGEST = 15
_SHORTEST = 3
"""Characters of a name that is told by itself; 城区, 郊区 and 矿区 are words of every town."""
_BECAME = {"县": "县市区", "旗": "旗市区", "市": "市区", "区": "区"}
"""Levels that a name in an older report may have now: 宁乡县 is 宁乡市, 章丘市 is 章丘区, and 松桃县 is short for a
自治县."""


def known_county(text: str, *, within: bool) -> str | None:
    """Return the longest name of a county, district or county-level city that opens the text, None if there is none.

    Counties and banners that have become cities or districts, or are 自治县 in full, count too (宁乡县, 松桃县).

    Args:
        within: a province or city stands before it, so that 城区 or 矿区 is a name too.
    """
    counties = _counties()
    lengths = range(min(_LONGEST, len(text)), (2 if within else _SHORTEST) - 1, -1)
    names = (text[:length] for length in lengths)
    return next((n for n in names if n in counties or (n[-1] in "县旗" and _renamed(n))), None)


def seat_of(county: str, province: str | None, city: str | None) -> tuple[str, str | None] | None:
    """Return the province and prefecture of a county; None where several places have the name, or none has it.

    Province and city narrow the places down where they are known. The prefecture is None where the county
    stands under its province (济源市, 石河子市).

    Source: administrative divisions of China, codes of GB/T 2260.
    """
    places = _counties().get(county) or _renamed(county)
    fitting = {p for p in places if province in (None, p[0]) and city in (None, p[1])}
    return next(iter(fitting)) if len(fitting) == 1 else None


def county_called(stem: str) -> str | None:
    """Return the full name of the one county-level city or county of this short name (昆山 → 昆山市)."""
    full = {name for name in _by_short_name().get(stem, ()) if not name.endswith("区")}
    return next(iter(full)) if len(full) == 1 and len(_counties()[min(full)]) == 1 else None


def _renamed(county: str) -> frozenset[tuple[str, str | None]]:
    """The places whose county had this name once, or has it in full (自治县)."""
    levels = _BECAME.get(county[-1:], "")
    names = [name for name in _by_short_name().get(short_name(county), ()) if name[-1] in levels]
    return frozenset(place for name in names for place in _counties()[name])


@cache
def _counties() -> dict[str, frozenset[tuple[str, str | None]]]:
    """Every name with the places (province, prefecture) that have a county of it."""
    found: dict[str, set[tuple[str, str | None]]] = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        above, _, names = line.partition(": ")
        province, _, city = above.partition(" ")
        for name in names.split():
            found.setdefault(name, set()).add((PROVINCES[province], None if city == "-" else city))
    return {name: frozenset(places) for name, places in found.items()}


@cache
def _by_short_name() -> dict[str, tuple[str, ...]]:
    """Every short name with the full names it stands for."""
    found: dict[str, tuple[str, ...]] = {}
    for name in _counties():
        found[short_name(name)] = (*found.get(short_name(name), ()), name)
    return found
