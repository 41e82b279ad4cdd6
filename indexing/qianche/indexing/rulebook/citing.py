"""The citations of a text, resolved by the rules and the texts of a knowledge base."""

from __future__ import annotations

from datetime import date

from qianche.corpus.citations.outcomes import Resolution
from qianche.corpus.citations.resolve import Resolver
from qianche.indexing.knowledge_base import KnowledgeBase

MAX_CITED_TEXT = 100_000
"""Characters of a text whose citations are resolved at once: a long report."""


def resolve_text(kb: KnowledgeBase, text: str, day: date) -> tuple[Resolution, ...]:
    """Return what becomes of every citation of a text on a day, in the order of the text.

    Never raises on any text; a citation that names nothing certain is told as such.
    """
    return Resolver(kb.rules(), kb.articles).resolve(text, day)
