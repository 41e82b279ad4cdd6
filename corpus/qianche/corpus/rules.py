"""Records of the law: rule, version, article, paragraph, item. An act is not any one version of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

STATE = "中华人民共和国"
"""Stands before the titles of laws and the names of the highest organs, and is left out as often."""
Evidence = Literal["text", "page", "memory"]
"""How well a date is known: 据原文, 据网页, 待核."""
# The year in a number: 安委〔2022〕6号, GB 15577-2007, GB 50016-2014（2018年版）, 令2013年第2号; not that of 令第2013号.
_YEAR = re.compile(r"(?:〔|-)((?:19|20)\d\d)(?!\d)|((?:19|20)\d\d)年")


class ForceStatus(StrEnum):
    """Status of a version on a day; the value is what the user reads."""

    NOT_YET = "尚未施行"
    IN_FORCE = "现行"
    REVISED = "已被修订"
    REPEALED = "已废止"
    UNKNOWN = "效力待核"


@dataclass(frozen=True, slots=True, order=True)
class ArticleNumber:
    """条 number: 第三十六条 is (36, 0), 第一百三十四条之一 is (134, 1)."""

    main: int
    sub: int = 0

    @property
    def slug(self) -> str:
        """The number as it stands in an article id: `36`, `134-1`."""
        return f"{self.main}-{self.sub}" if self.sub else str(self.main)

    @classmethod
    def from_slug(cls, slug: str) -> ArticleNumber:
        """Return the number that has this slug.

        Raises:
            ValueError: the slug is not of the form `36` or `134-1`.
        """
        main, _, sub = slug.partition("-")
        number = cls(int(main), int(sub) if sub else 0)
        if number.slug != slug:
            raise ValueError(slug)
        return number


ArticleRange = tuple[ArticleNumber, ArticleNumber]
"""First and last number, both included; (131, 139-1) holds 133-1 and 139-1."""


@dataclass(frozen=True, slots=True)
class Point:
    """目: number and label as printed; the span is half-open, in characters of the article's text."""

    number: int
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """项: label as printed, e.g. （一）; the span covers the label and its points."""

    number: int
    label: str
    start: int
    end: int
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """款: an unnumbered block of the article's text with the items under it."""

    number: int
    start: int
    end: int
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """One level of the path: kind is 编, 分编, 章, 节 or 附则 (one without a number).

    `text` is as printed, spaces within the title left out: 第二章 生产经营单位的安全生产保障.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """条 of one version. `text` is verbatim, without the number, paragraphs joined by newline.

    `article_id` is `{rule_id}@{version_date}/{number.slug}`. `note` (Chinese, for the reader) says where the
    text is not simply what the source holds: false breaks taken out, or put together from an amending act.
    """

    article_id: str
    version_id: str
    number: ArticleNumber
    path: tuple[Heading, ...]
    text: str
    paragraphs: tuple[Paragraph, ...]
    deleted: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One text of a rule; dates come from the register alone, None is "not known"."""

    rule_id: str
    title: str
    level: str
    issuer: str | None
    number: str | None
    """文号 of the act that made this version."""
    version_date: date | None
    """Day of adoption, signature or issue; None is "not known"."""
    effective_from: date | None
    effective_to: date | None
    """Last day on which this version applies (inclusive); None: open, or the end is not known."""
    repealed_by: str | None
    replaces: str | None
    article_count: int | None
    text_source: str | None
    """`laws.db` where the statute package holds the text of exactly this version, else None."""
    verified: Evidence
    version_date_verified: Evidence
    evidence: str
    note: str
    core_articles: tuple[ArticleRange, ...] | None = None
    """Reviewed: the only articles of this text in the default scope; None: all, if the rule is core."""
    end_verified: Evidence | None = None
    """How well `effective_to` is known; None: open, or not recorded. The loader reads it off what followed."""

    @property
    def version_id(self) -> str:
        """`{rule_id}@{version_date}`, `{rule_id}@undated` where the day of issue is not known."""
        return f"{self.rule_id}@{self.version_date.isoformat() if self.version_date else 'undated'}"

    @property
    def is_standard(self) -> bool:
        """Whether it is a standard, which goes by its number, and not an act."""
        return self.level.endswith("标准")

    @property
    def not_issued_before(self) -> date | None:
        """The day of issue; where that is not known, 1 January of the year in the number; None: nothing is known."""
        if self.version_date is not None:
            return self.version_date
        years = [int(found[1] or found[2]) for found in _YEAR.finditer(self.number or "")]
        return date(max(years), 1, 1) if years else None

    def in_force(self, on: date) -> bool | None:
        """Return whether the version applies on that day; None where its first day is not known.

        A version whose last day is known and past is never in force, whatever its first day; nor is one that cannot
        have been issued yet.
        """
        if self.effective_to is not None and on > self.effective_to:
            return False
        if self.effective_from is None:
            return False if self._unissued(on) else None
        return self.effective_from <= on

    def status(self, on: date) -> ForceStatus:
        """Return the status on that day; an ended version is 已被修订 when another of its rule ended it."""
        if self.effective_to is not None and on > self.effective_to:
            successor = (self.repealed_by or "").split("@")[0]
            return ForceStatus.REVISED if successor == self.rule_id else ForceStatus.REPEALED
        if self.effective_from is None:
            return ForceStatus.NOT_YET if self._unissued(on) else ForceStatus.UNKNOWN
        return ForceStatus.IN_FORCE if self.effective_from <= on else ForceStatus.NOT_YET

    def _unissued(self, on: date) -> bool:
        """Whether the version is known not to have been issued by a day."""
        return self.not_issued_before is not None and on < self.not_issued_before


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as such (law, 条例, 规章, standard, notice) with all versions known, oldest first."""

    rule_id: str
    short_titles: tuple[str, ...]
    register_sectors: tuple[str, ...]
    """As the register has them."""
    sectors: tuple[str, ...]
    """The same in the closed list `schemes.SECTORS`."""
    core: bool
    """Reviewed mark: belongs to the default scope 安全生产领域 (or only its `core_articles`)."""
    versions: tuple[RuleVersion, ...]
    amends: str | None = None
    """rule_id of the act that this act only amends; such an act has no articles of its own here."""

    @property
    def title(self) -> str:
        """Title of the newest version."""
        return self.versions[-1].title

    def version_on(self, day: date) -> RuleVersion | None:
        """Return the version known to be in force on that day, None where none is known to be."""
        return next((v for v in reversed(self.versions) if v.in_force(day)), None)

    def stand_in(self, version: RuleVersion) -> RuleVersion | None:
        """Return the held version nearest to one whose text is not held: the next later one, else the last before.

        None where the text of the version itself is held, or of no version. Its articles are not the text of that
        day, and their numbers may differ.
        """
        if version.text_source is not None:
            return None
        place = self.versions.index(version)
        nearest = (*self.versions[place + 1 :], *reversed(self.versions[:place]))
        return next((v for v in nearest if v.text_source is not None), None)

    def is_core(self, version: RuleVersion, number: ArticleNumber) -> bool:
        """Return whether that article of that version belongs to the default scope 安全生产领域."""
        ranges = version.core_articles
        return self.core and (ranges is None or any(first <= number <= last for first, last in ranges))
