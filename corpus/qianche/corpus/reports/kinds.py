"""What kind of document a file is: accident report, rule, a bare table of contents, a table, or something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.draft import PartKind
from qianche.corpus.reports.frame import contents_lines
from qianche.corpus.reports.lines import Line, lines_of
from qianche.corpus.reports.parts import find_parts
from qianche.corpus.reports.signs import HEAD_LINES, SIGNS, TOP_LINES, Sign
from qianche.corpus.reports.told import opening_telling

KindName = Literal["report", "rule", "contents-only", "table", "other"]

HEAD_CHARACTERS = 300
"""How much of each of the first lines is looked at."""
BODY_MIN = 120
"""A body of fewer non-space characters beside a table of contents is none."""
TABLE_SHARE = 0.7
"""Share of the characters that stand in tables from which a document is a table."""
ENOUGH = 3
"""Score from which a kind is taken."""
PLAIN = 10
"""Score of a rule from which its parts are not looked for; no report met has more than 5."""
CLEAR = 3
"""Lead over the other kinds from which the choice is sure."""
TOLD = 3
"""Score of a report for an opening that tells an accident."""

TELLING_PARTS: frozenset[PartKind] = frozenset(
    (
        "course",
        "response",
        "losses",
        "direct_cause",
        "indirect_cause",
        "nature",
        "responsibility",
        "lessons",
        "measures",
    )
)
"""Parts whose headings speak for an accident report."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind, why (Chinese, for the user), and whether it is sure; a doubtful one goes to a person."""

    kind: KindName
    reason: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Weight:
    """What speaks for one kind: the sum of the signs found, and their reasons."""

    kind: Literal["report", "rule", "other"]
    score: int
    reasons: tuple[str, ...]
    firm: bool = False
    """Whether more than a title speaks for it: the text says that an accident happened, or has parts of a report."""


def kind_of(document: Document) -> Verdict:
    """Return what kind of document this is, with the reason in Chinese; doubtful ones say so.

    Investigation reports, enterprise write-ups, condensed cases and news of one accident are `report`; laws,
    standards, notices and criteria are `rule`; `contents-only` has a 目录 and nothing that it announces; `table` is
    mostly cells and neither of these.
    """
    lines = lines_of(document, Span(0, len(document.text)))
    if _announces_only(document, lines):
        return Verdict("contents-only", "只有目录，没有正文", True)
    if not lines:
        return Verdict("other", "没有文字", True)
    rule = _weight("rule", document, lines)
    report = _report_weight(document, lines, parted=rule.score < PLAIN)
    neither = _weight("other", document, lines)
    best, *rest = sorted((rule, report, neither), key=lambda weight: -weight.score)
    if best.score < ENOUGH or best is neither:
        return _neither(document, best)
    against = [weight for weight in rest if weight.reasons and best.score - weight.score < CLEAR]
    reason = "；但也".join("、".join(weight.reasons) for weight in (best, *against))
    # One sign alone is doubtful: the title of a reply without its annex, a story in a text of another purpose.
    doubtful = best is report and len(report.reasons) == 1 and not report.firm
    return Verdict(best.kind, reason, not (against or doubtful))


def _report_weight(document: Document, lines: Sequence[Line], *, parted: bool) -> _Weight:
    """Return what speaks for a report: the signs, and the parts that stand under headings of their own."""
    found = _weight("report", document, lines)
    telling = opening_telling(lines)
    if telling is not None:
        reasons = (*found.reasons, "开头讲述一起事故")
        found = replace(found, score=found.score + TOLD, reasons=reasons, firm=telling == "named")
    if not parted:
        return found
    parts = find_parts(document, Span(0, len(document.text)))
    headed = {part.kind for part in parts if part.heading is not None} & TELLING_PARTS
    if len(headed) < 2:
        return found
    reasons = (*found.reasons, f"有事故报告的{len(headed)}个部分")
    return replace(found, score=found.score + min(len(headed), 5), reasons=reasons, firm=True)


def _weight(kind: Literal["report", "rule", "other"], document: Document, lines: Sequence[Line]) -> _Weight:
    """Return what speaks for a kind by its signs."""
    found = [sign for sign in SIGNS if sign.kind == kind and _occurs(sign, document, lines)]
    return _Weight(kind, sum(sign.weight for sign in found), tuple(sign.reason for sign in found))


def _occurs(sign: Sign, document: Document, lines: Sequence[Line]) -> bool:
    """Whether a sign occurs as often as it must, where it must."""
    if sign.where == "text":
        return sum(1 for _ in sign.pattern.finditer(document.text)) >= sign.least
    if sign.where == "line":
        return sum(1 for line in lines if sign.pattern.match(line.text)) >= sign.least
    count = TOP_LINES if sign.where == "top" else HEAD_LINES
    head = [document.title or "", *(line.text for line in lines[:count])]
    return any(sign.pattern.search(_shortened(text)) for text in head)


def _shortened(text: str) -> str:
    """Return the text, cut and marked as cut where it is too long for a title or an opening sentence."""
    return text if len(text) <= HEAD_CHARACTERS else text[:HEAD_CHARACTERS] + "…"


def _announces_only(document: Document, lines: Sequence[Line]) -> bool:
    """Whether there is a table of contents, left in the text or taken out by cleaning, and no body."""
    inside = contents_lines(lines)
    removed = any(piece.reason == "contents" for piece in document.removed)
    body = sum(len("".join(line.text.split())) for index, line in enumerate(lines) if index not in inside)
    return body < BODY_MIN and (removed or len(inside) >= 5)


def _neither(document: Document, best: _Weight) -> Verdict:
    """Return the verdict on what is neither report nor rule by its signs."""
    cells = sum(block.end - block.start for block in document.blocks if block.kind == "table")
    if cells >= TABLE_SHARE * len(document.text):
        return Verdict("table", "内容大部分是表格", True)
    seen = "、".join(best.reasons)
    if best.kind == "other" and seen:
        return Verdict("other", seen, True)
    if seen:
        return Verdict("other", f"只看到{seen}，不足以判断是事故报告还是法规标准", False)
    return Verdict("other", "没有事故报告或法规标准的特征", True)
