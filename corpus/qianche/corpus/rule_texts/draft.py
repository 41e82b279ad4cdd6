"""A rule text as read from a user's file: head, tree and annexes, every character in exactly one node."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from qianche.corpus.reading.document import Span

NodeKind = Literal["编", "分编", "章", "节", "附则", "条", "clause", "section", "款", "项", "目", "text"]
"""`clause`: decimal clause of a standard (6.2.2.1); `section`: 一、 of a notice without 条; `text`: preamble."""

DocumentKind = Literal["act", "standard", "notice", "amending", "list"]
"""A law or 条例 or 规章; a standard; a notice or criteria with 一、（一）1.; a 修改决定; a bare list or table."""


@dataclass(frozen=True, slots=True)
class Node:
    """One unit of the tree. `own` are the spans of characters that belong to it and to no child, label included.

    `label` is as printed (第三十六条, （一）, 6.2.2.1), "" for a 款; `number` in digits (`36`, `134-1`, `6.2.2.1`).
    """

    kind: NodeKind
    label: str
    number: str
    own: tuple[Span, ...]
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the head's history: 2021年6月10日…第三次修正."""

    day: date
    event: str
    span: Span


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """What a file says of one rule. Dates are as the head states them; the register decides what they mean.

    `body`, `head`, `contents` and `annexes` together hold every non-space character of the document once.
    """

    kind: DocumentKind
    title: str | None
    title_span: Span | None
    number: str | None
    """发文字号 or standard number, in one form."""
    issuer: str | None
    promulgated_on: date | None
    effective_from: date | None
    history: tuple[HistoryLine, ...]
    head: tuple[Span, ...]
    contents: tuple[Span, ...]
    body: tuple[Node, ...]
    annexes: tuple[tuple[str, Span], ...]
    """Label or title as printed, and the whole annex."""
    exceptions: tuple[str, ...] = ()
    """Chinese sentences: gaps and doubles in the numbering, and what else a reader should know."""
    commencement: date | None = None
    """Day that the text's own clause on commencement states; of a revised text often the act's first day."""
    name_date: date | None = None
    """Day in the file's name, such as 道路运输条例(2023-07-20)."""
    number_from_name: bool = False
    """The text has no number and the file's name has one; it is sometimes that of another document."""
