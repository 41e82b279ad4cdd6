"""An act whose text is invented, under the name of a registered one, and citations resolved against it."""

from __future__ import annotations

from datetime import date

from qianche.corpus.citations.outcomes import Resolution
from qianche.corpus.citations.resolve import Resolver
from qianche.corpus.register import load_register
from qianche.corpus.rules import Article
from qianche.corpus.statutes.assemble import Row, assemble

HELD = "work-safety-law@2021-06-10"
"""The version whose text is held here: 第一条 to 第四条, all invented, 第三条 in two 款 of which the first has 项."""
THIRD = "下池的人应当：\n（一）先通风。再检测；\n（二）系绳：\n1.绳不短于池深；\n2.绳有人拉。\n没有人看守的，不得下池。"
_TEXTS = ("池边应当有人看守。", "池盖应当上锁。", THIRD, "（删去）")
_NUMBERS = ("第一条", "第二条", "第三条", "第四条")
ARTICLES = assemble(
    [Row(None, None, number, text) for number, text in zip(_NUMBERS, _TEXTS, strict=True)],
    law="某法",
    version_id=HELD,
).articles
TODAY = date(2026, 11, 25)


def articles(version_id: str) -> tuple[Article, ...]:
    return ARTICLES if version_id == HELD else ()


RESOLVER = Resolver(load_register(), articles)


def resolve(text: str, day: date = TODAY) -> Resolution:
    [found] = RESOLVER.resolve(text, day)
    return found


def last(text: str, day: date = TODAY) -> Resolution:
    return RESOLVER.resolve(text, day)[-1]
