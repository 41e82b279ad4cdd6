"""Rows of the statute package become the articles of one version, with their path of headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from qianche.corpus.rules import Article, ArticleNumber, Heading
from qianche.corpus.statutes.numerals import article_number
from qianche.corpus.statutes.parse import parse_article
from qianche.corpus.statutes.repair import FIRST_PART, Pieces, take_apart

# 第二章 总 则 → kind 章, label 第二章, title 总 则; the blank may be any number of spaces or missing.
_HEADING = re.compile(r"(第[一二三四五六七八九十百]+(编|分编|章|节))[ \u3000]*(.*)")
_DELETED = frozenset({"（删去）", "(删去)", "（删除）", "(删除)"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the package's article table."""

    chapter: str | None
    section: str | None
    article_no: str
    text: str


@dataclass(frozen=True, slots=True)
class StatuteText:
    """The text of one version: articles in order, the annex after the last one ("" where there is none)."""

    articles: tuple[Article, ...]
    annex: str = ""


def assemble(rows: Iterable[Row], *, law: str, version_id: str) -> StatuteText:
    """Return the articles of one law in the order of the rows.

    Rows whose number is no 条 (条目一, 全文) are left out: clauses of amending acts and whole short texts.
    Part headings that the package left at the end of the article before are put into the path of those after.

    Args:
        rows: all rows of the law, in order.
        law: title of the law, by which known faults are looked up.
        version_id: `{rule_id}@{version_date}`.
    """
    numbered = [(n, row) for row in rows if (n := article_number(row.article_no)) is not None]
    upper: tuple[Heading, ...] = (heading(FIRST_PART[law]),) if law in FIRST_PART else ()
    articles: list[Article] = []
    annex = ""
    for index, (number, row) in enumerate(numbered):
        whole = number.main if not number.sub else 0
        pieces = take_apart(row.text, law=law, number=whole, last=index == len(numbered) - 1)
        articles.append(_article(version_id, number, _path(upper, row), pieces))
        for text in pieces.headings:
            upper = _below(upper, heading(text))
        annex = pieces.annex or annex
    return StatuteText(tuple(articles), annex)


def heading(text: str) -> Heading:
    """Return the heading of a line: 第二编 物 权 gives kind 编, text 第二编 物权; 附 则 gives kind 附则.

    Raises:
        ValueError: the line is no heading.
    """
    match = _HEADING.fullmatch(text)
    if match is None:
        if re.sub(r"\s+", "", text) != "附则":
            raise ValueError(text)
        return Heading("附则", "附则")
    title = re.sub(r"\s+", "", match[3])
    return Heading(match[2], f"{match[1]} {title}".rstrip())


def retext(article: Article, text: str, note: str) -> Article:
    """Return the article with another text, its tree parsed anew, and the note added."""
    return replace(
        article,
        text=text,
        paragraphs=parse_article(text),
        note="；".join(n for n in (article.note, note) if n),
        deleted=text in _DELETED,
    )


def _article(
    version_id: str, number: ArticleNumber, path: tuple[Heading, ...], pieces: Pieces
) -> Article:  # fmt: skip
    """Return the article of one row."""
    return Article(
        article_id=f"{version_id}/{number.slug}",
        version_id=version_id,
        number=number,
        path=path,
        text=pieces.text,
        paragraphs=parse_article(pieces.text),
        deleted=pieces.text in _DELETED,
        note=pieces.note,
    )


def _path(upper: tuple[Heading, ...], row: Row) -> tuple[Heading, ...]:
    """Return part headings, then chapter and section of the row."""
    if upper and upper[-1].kind == "附则":
        return upper  # the row still carries the chapter before, which the unnumbered 附则 ended
    return upper + tuple(heading(text) for text in (row.chapter, row.section) if text)


def _below(upper: tuple[Heading, ...], new: Heading) -> tuple[Heading, ...]:
    """Return the upper path after a new heading: a 分编 keeps its 编, anything else starts afresh."""
    return (*upper[:1], new) if new.kind == "分编" else (new,)
