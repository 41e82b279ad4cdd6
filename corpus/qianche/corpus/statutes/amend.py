"""An amending act's clauses applied to the text it amends, where the package holds only the two apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qianche.corpus.rules import Article, ArticleNumber
from qianche.corpus.statutes.assemble import retext
from qianche.corpus.statutes.numerals import article_number


@dataclass(frozen=True, slots=True)
class Composition:
    """How a version's text is put together: title and version date of base text and amending act."""

    base: tuple[str, date]
    act: tuple[str, date]
    note: str


COMPOSED: dict[str, Composition] = {
    "criminal-law@2023-12-29": Composition(
        base=("中华人民共和国刑法", date(2020, 12, 26)),
        act=("中华人民共和国刑法修正案（十二）", date(2023, 12, 29)),
        note="本条文字依《中华人民共和国刑法修正案（十二）》改写",
    ),
}
"""Versions whose consolidated text the package lacks; every other version has a row of its own."""

# 将刑法第三百九十条修改为："…" and 在刑法第…条中增加一款作为第二款，将该条修改为："…" give the whole article,
# 将刑法第三百八十七条第一款修改为："…" its first paragraph.
_CLAUSE = re.compile(
    r"(?:将|在)刑法(第[一二三四五六七八九十百]+条(?:之[一二三四五六七八九十]+)?)"
    r"(?:(?P<first>第一款)|中增加一款作为第[二三四五六七八九十]款，将该条)?修改为：[\"“](?P<text>.+)[\"”]",
    re.DOTALL,
)


def amend(articles: tuple[Article, ...], clauses: Iterable[str], note: str) -> tuple[Article, ...]:
    """Return the articles with the clauses applied; each changed article carries the note.

    A clause gives the new text of a whole article or of its first paragraph. The clause on commencement
    changes nothing.

    Raises:
        ValueError: a clause is of another kind, or names an article that is not there.
    """
    by_number = {article.number: article for article in articles}
    for clause in clauses:
        if re.fullmatch(r"本修正案自.+起施行。", clause):
            continue
        number, first_only, text = _read(clause)
        if number is None or number not in by_number:
            raise ValueError(clause)
        old = by_number[number]
        if first_only:
            text += old.text[old.paragraphs[0].end :]
        by_number[number] = retext(old, text, note)
    return tuple(by_number[article.number] for article in articles)


def _read(clause: str) -> tuple[ArticleNumber | None, bool, str]:
    """Return article, whether only its first paragraph changes, and the new text."""
    match = _CLAUSE.fullmatch(clause)
    if match is None:
        raise ValueError(clause)
    # Every paragraph of a quoted text opens with a quotation mark of its own.
    text = "\n".join(line.removeprefix('"').removeprefix("“") for line in match["text"].split("\n"))
    return article_number(match[1]), match["first"] is not None, text
