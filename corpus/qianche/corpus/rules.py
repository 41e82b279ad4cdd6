"""Records of the law: rule, version, article, paragraph, item. Identity of an act is not identity of a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Evidence = Literal["text", "page", "memory"]
"""How well a date is known: 据原文, 据网页, 待核."""


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


@dataclass(frozen=True, slots=True)
class Point:
    """目: `number` counts from 1; the span is half-open, in characters of the article's text."""

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
    """One level of the path: kind is 编, 分编, 章 or 节; text as printed, e.g. 第二章 生产经营单位的安全生产保障."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """条 of one version. `text` is verbatim, without the number, paragraphs joined by newline.

    `article_id` is `{rule_id}@{version_date}/{number.slug}`.
    """

    article_id: str
    version_id: str
    number: ArticleNumber
    path: tuple[Heading, ...]
    text: str
    paragraphs: tuple[Paragraph, ...]
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One text of a rule; dates come from the register alone, None is "not known"."""

    rule_id: str
    title: str
    level: str
    issuer: str | None
    number: str | None
    """文号 of the act that made this version."""
    version_date: date
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

    @property
    def version_id(self) -> str:
        """`{rule_id}@{version_date}`."""
        return f"{self.rule_id}@{self.version_date.isoformat()}"

    def in_force(self, on: date) -> bool | None:
        """Return whether the version applies on that day; None where its first day is not known.

        A version whose last day is known and past is never in force, whatever its first day.
        """
        if self.effective_to is not None and on > self.effective_to:
            return False
        if self.effective_from is None:
            return False if on < self.version_date else None
        return self.effective_from <= on

    def status(self, on: date) -> ForceStatus:
        """Return the status on that day; an ended version is 已被修订 when a version of the same rule ended it."""
        if self.effective_to is not None and on > self.effective_to:
            successor = (self.repealed_by or "").split("@")[0]
            return ForceStatus.REVISED if successor == self.rule_id else ForceStatus.REPEALED
        if self.effective_from is None:
            return ForceStatus.NOT_YET if on < self.version_date else ForceStatus.UNKNOWN
        return ForceStatus.IN_FORCE if self.effective_from <= on else ForceStatus.NOT_YET


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
    """Reviewed mark: belongs to the default scope 安全生产领域."""
    versions: tuple[RuleVersion, ...]

    @property
    def title(self) -> str:
        """Title of the newest version."""
        return self.versions[-1].title

    def version_on(self, day: date) -> RuleVersion | None:
        """Return the version known to be in force on that day, None where none is known to be."""
        return next((v for v in reversed(self.versions) if v.in_force(day)), None)
