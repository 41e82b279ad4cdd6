"""Where units of a rule begin: marks, and chains of marks in the order of their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from qianche.corpus.rule_texts.draft import NodeKind
from qianche.corpus.rule_texts.labels import Label


@dataclass(frozen=True, slots=True)
class Mark:
    """The beginning of a unit: line (by index), offset in the line, kind, label and number in digits."""

    line: int
    at: int
    kind: NodeKind
    label: Label
    number: str
    repeats: bool = False
    """The number of the article before is printed again: this is its next 款."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Units of one kind in order, with what is odd about their numbers (Chinese)."""

    marks: tuple[Mark, ...] = ()
    exceptions: tuple[str, ...] = ()
    restart: int | None = None
    """Line at which the numbering begins anew: another document follows."""
