"""What one file of a user turned out to hold, as handed over for importing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qianche.corpus.cases import Case
from qianche.corpus.reading.document import Document
from qianche.corpus.reports.draft import CaseDraft
from qianche.corpus.rule_texts.draft import RuleDraft

IntakeKind = Literal["report", "rule", "table", "contents-only", "other"]
"""事故报告; 法规; 事故台账（表格、本产品格式的 JSON）; 只有目录; 其他（既非事故也非法规）."""


@dataclass(frozen=True, slots=True)
class Intake:
    """One file as read; every offset is into `document.text`.

    `case_drafts`: the accidents that a report, or the rows of a table, tell. `cases`: whole records, where the
    file is of the product's own schema. A part of the wrong kind is empty or None.
    """

    document: Document
    kind: IntakeKind
    case_drafts: tuple[CaseDraft, ...] = ()
    rule_draft: RuleDraft | None = None
    cases: tuple[Case, ...] = ()


TakeIn = Callable[[Path, str], Intake]
"""Reads one file (where its bytes lie, the name the user gave it); raises `QiancheError` where it cannot."""
