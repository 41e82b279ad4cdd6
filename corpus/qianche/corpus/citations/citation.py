"""A citation found in a text: what it names, and the span that names it."""

from __future__ import annotations

from dataclasses import dataclass

from qianche.corpus.reading.document import Span
from qianche.corpus.rules import ArticleNumber


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of a rule: 条 with 款, 项, 目, or the clause number of a standard (`6.2.2.1`).

    A number that is not given is None. `excerpt`: （节选）; `with_lead`: （连同引导语）; `sentence`: 第一句.

    `damaged` is what cannot be read for certain, as written: from the first piece whose number is spoilt
    (第三＋六条, 第l款) or is none (第零条, 第一百五条) to the end of the provision. What stands before it is read:
    第三十六条第l款 is article 36 with damaged 第l款. `likely` is the article that a damaged 条 would be, where
    undoing known confusions of character recognition leaves one reading, and 36 of 第三六条, which may be 第三、六条
    too; a guess, to be shown as such.

    `backwards`: `damaged` is a range whose end lies before its beginning, 第二十五条至第二十一条; nobody can tell which
    of the two is wrong.
    """

    article: ArticleNumber | None = None
    paragraph: int | None = None
    item: int | None = None
    point: int | None = None
    clause: str | None = None
    sentence: int | None = None
    excerpt: bool = False
    with_lead: bool = False
    damaged: str | None = None
    likely: ArticleNumber | None = None
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a rule with the provisions it names (none: the rule as a whole).

    `title` is as written, without 《》, None where only a number or 本法 stands; letters and digits of full width
    are in half width, traditional characters simplified, invisible ones left out. `number` is the document or
    standard number in one form (国务院令第493号, GB 6721-1986), None where none stands; `other_numbers` are those
    behind it. `edition` is the year of the edition named: （2014年修正）, 2014年《安全生产法》; the year of a standard
    stands in its number. `relative`: 本法, 前款, 本条例 and the like, to be resolved by what stands before; "" where
    a provision stands alone. `span` covers the whole mention.

    `damaged` is a number that character recognition spoilt, as written (GB 3O871-2022); `number` is then None and
    `likely` the one number that it would be with known confusions undone, a guess.
    """

    span: Span
    title: str | None = None
    number: str | None = None
    provisions: tuple[Provision, ...] = ()
    relative: str | None = None
    edition: int | None = None
    other_numbers: tuple[str, ...] = ()
    damaged: str | None = None
    likely: str | None = None
