"""Which article punishes the breach of which: by the words of the penalty article, and by reviewed tables."""

from __future__ import annotations

from qianche.corpus.penalties.breaches import Breach, is_penalty_article, join_breaches, stated_breaches
from qianche.corpus.penalties.table import PenaltyTable, check_table, load_penalties

__all__ = [
    "Breach",
    "PenaltyTable",
    "check_table",
    "is_penalty_article",
    "join_breaches",
    "load_penalties",
    "stated_breaches",
]
