"""Statute texts: articles with path, paragraphs, items and points; numerals and canonical citations."""

from __future__ import annotations

from qianche.corpus.statutes.citation import cite, short_title
from qianche.corpus.statutes.lawsdb import Statutes, load_statutes
from qianche.corpus.statutes.numerals import article_label, article_number, from_chinese, to_chinese
from qianche.corpus.statutes.parse import leaves, parse_article
from qianche.corpus.statutes.payload import article_from_payload, article_to_payload

__all__ = [
    "Statutes",
    "article_from_payload",
    "article_label",
    "article_number",
    "article_to_payload",
    "cite",
    "from_chinese",
    "leaves",
    "load_statutes",
    "parse_article",
    "short_title",
    "to_chinese",
]
