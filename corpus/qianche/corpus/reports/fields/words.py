"""The word tables of classes, sectors and work kinds (`classes.toml`, `sectors.toml`, `works.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_FOLDER = files("qianche.corpus.reports.fields")


@dataclass(frozen=True, slots=True)
class ClassWords:
    """One row of `classes.toml`; `gb` and `coal` are None where the name alone does not tell.

    `among`: the classes of 1986 that the name leaves open.
    """

    named: tuple[str, ...]
    signs: tuple[str, ...]
    gb: str | None
    coal: str | None
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectorWords:
    """One row of `sectors.toml`; it counts only where one of `needs` stands too, if any is given.

    `excluded`: words in which its own words mean another trade (非煤矿山 is no 煤矿).
    """

    name: str
    words: tuple[str, ...]
    hints: tuple[str, ...]
    needs: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def plain(self, text: str) -> str:
        """Return a text without the words of other trades that hold one of this one's."""
        for word in self.excluded:
            text = text.replace(word, " ")
        return text


@dataclass(frozen=True, slots=True)
class WorkWords:
    """One row of `works.toml`: every group of `every` has a word in the text, and the class is one of these."""

    name: str
    every: tuple[tuple[str, ...], ...]
    classes: tuple[str, ...]


@cache
def class_words() -> tuple[ClassWords, ...]:
    """Return the rows of accident classes, the more specific first."""
    return tuple(
        ClassWords(
            tuple(row["named"]),
            tuple(row.get("signs", ())),
            row.get("gb"),
            row.get("coal"),
            tuple(row.get("among", ())),
        )
        for row in _rows("classes", "class")
    )


@cache
def sector_words() -> tuple[SectorWords, ...]:
    """Return the rows of sectors, in order of preference."""
    return tuple(
        SectorWords(
            row["name"],
            tuple(row["words"]),
            tuple(row.get("hints", ())),
            tuple(row.get("needs", ())),
            tuple(row.get("not", ())),
        )
        for row in _rows("sectors", "sector")
    )


@cache
def work_words() -> tuple[WorkWords, ...]:
    """Return the rows of work kinds, in the order of `schemes.WORK_KINDS`."""
    return tuple(
        WorkWords(row["name"], tuple(tuple(group) for group in row["all"]), tuple(row.get("classes", ())))
        for row in _rows("works", "work")
    )


def _rows(name: str, key: str) -> list[dict[str, Any]]:
    """The rows of one table."""
    rows: list[dict[str, Any]] = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))[key]
    return rows
