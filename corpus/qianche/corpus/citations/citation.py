"""A citation found in a text: what it names, and the span that names it."""

from __future__ import annotations

from dataclasses import dataclass

from qianche.corpus.reading.document import Span
from qianche.corpus.rules import ArticleNumber


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of a rule: 条 with 款, 项, 目, or the clause number of a standard (`6.2.2.1`).

    A number that is not given is None. `excerpt`: （节选）; `with_lead`: （连同引导语）; `sentence`: 第一句.
    """

    article: ArticleNumber | None = None
    paragraph: int | None = None
    item: int | None = None
    point: int | None = None
    clause: str | None = None
    sentence: int | None = None
    excerpt: bool = False
    with_lead: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a rule with the provisions it names (none: the rule as a whole).

    `title` is as written, without 《》, None where only a number or 本法 stands; `number` is the document or
    standard number in one form (国务院令第493号, GB 6721-1986), None where none stands. `relative`: 本法, 前款,
    本条例 and the like, to be resolved by what stands before. `span` covers the whole mention.
    """

    span: Span
    title: str | None = None
    number: str | None = None
    provisions: tuple[Provision, ...] = ()
    relative: str | None = None
