"""What an article is linked with: targets, references in its text, duties and their penalties."""

from __future__ import annotations

from dataclasses import dataclass

from qianche.corpus.citations import Provision
from qianche.corpus.penalties.breaches import Basis
from qianche.corpus.reading.document import Span
from qianche.corpus.rules import Rule, RuleVersion


@dataclass(frozen=True, slots=True)
class Target:
    """A provision of one version, or with `provision.article` None the act as a whole.

    `held`: its text is held, and has the provision; else the text of that version is not held. `citation` is in
    full: 《中华人民共和国安全生产法》第九十七条第一款第（三）项.
    """

    rule: Rule
    version: RuleVersion
    provision: Provision
    held: bool
    citation: str

    @property
    def record_id(self) -> str:
        """The id of the article, of the version where the act as a whole is meant."""
        article = self.provision.article
        return self.version.version_id + (f"/{article.slug}" if article is not None else "")

    @property
    def label(self) -> str:
        """The citation without the title, the title where the act as a whole is meant."""
        return self.citation.removeprefix(f"《{self.version.title}》") or self.citation


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the article's text, half-open, and what it names; `through` is the end of a range."""

    span: Span
    target: Target
    through: Target | None


@dataclass(frozen=True, slots=True)
class BreachLink:
    """A duty and its penalty, seen from one of them: `own` is the place in this article, `target` the other."""

    own: Provision
    target: Target
    basis: Basis
    note: str


@dataclass(frozen=True, slots=True)
class ArticleLinks:
    """All links of one article as of a day.

    `penalties` are there for a duty, `penalises` for a penalty article; `cited_by` names each citing place once.
    """

    references: tuple[Link, ...]
    cited_by: tuple[Target, ...]
    penalties: tuple[BreachLink, ...]
    penalises: tuple[BreachLink, ...]
    notice: str | None = None
    """Why the table of this version was not used: it does not fit the text held."""
