"""One knowledge base on one folder: what is built, what is missing, and every question the product answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from qianche.corpus.cases import Case
from qianche.corpus.digests import Digest
from qianche.corpus.rules import Article, ArticleNumber, Rule, RuleVersion
from qianche.indexing.search.answer import Answer, CaseHit, Expansion, Kind, SearchRequest
from qianche.indexing.store.protocol import Facets

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, in Chinese; done; total)."""


@dataclass(frozen=True, slots=True)
class Status:
    """State of a knowledge base, for `qianche status`, `/readyz` and `/api/stats`."""

    home: Path
    records_ready: bool
    """The bundled data of this program version is in the store."""
    vector_coverage: float
    """Share of passages with a vector, 0 to 1."""
    model: str | None
    """Identity of the embedding model; None where no model is on this machine."""
    cases: int
    rules: int
    rule_versions: int
    articles: int
    passages: int
    generation: int
    facts: dict[str, str]
    """Facts of the build: format, model, dictionary, data."""
    disk_bytes: int
    cases_by_cause_basis: dict[str, int]
    earliest_case: date | None
    latest_case: date | None


@dataclass(frozen=True, slots=True)
class CutWord:
    """One word of a segmented text, [start, end) in the text as given; `kind` is the dictionary's, None outside it."""

    text: str
    start: int
    end: int
    kind: str | None


@dataclass(frozen=True, slots=True)
class SegmentReport:
    """How a text was cut: index terms (characters and pairs), words, key terms, expansions that fired."""

    text: str
    normalised: str
    terms: tuple[str, ...]
    words: tuple[CutWord, ...]
    key_terms: tuple[str, ...]
    expansions: tuple[Expansion, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as of a day, with its neighbours.

    `version` is the one that answers for that day. `held` is the version whose text `article` is: the same, or,
    where the text of that day is not held (当日版本未收录), the nearest one held (非当日文本，条号可能不同). Both are
    None where that has no article of this number, or no text of the rule is held.
    """

    rule: Rule
    version: RuleVersion
    held: RuleVersion | None
    article: Article | None
    previous: ArticleNumber | None
    following: ArticleNumber | None
    digests: tuple[Digest, ...] = ()
    """What the article shown, or, where no text of it is held, the article of that day asks in everyday words."""


class KnowledgeBase(Protocol):
    """What the service layer may ask. Every method is thread-safe; errors are of the family `QiancheError`."""

    def search(self, request: SearchRequest) -> Answer:
        """Return cases and rules for a hazard description; `BadRequest` for an empty or too long query."""
        ...

    def similar_cases(self, case_id: str, top_k: int = 10) -> tuple[CaseHit, ...]:
        """Return cases like this one, itself left out; `NotFound` for an unknown id."""
        ...

    def case(self, case_id: str) -> Case:
        """Return a case; `NotFound` for an unknown id."""
        ...

    def rule(self, rule_id: str) -> Rule:
        """Return a rule with all versions; `NotFound` for an unknown id."""
        ...

    def rules(self, text: str = "", sector: str | None = None, level: str | None = None) -> tuple[Rule, ...]:
        """Return rules whose titles, short titles or numbers contain the text, best match first, else by title."""
        ...

    def articles(self, version_id: str) -> tuple[Article, ...]:
        """Return the articles of a version in order; empty where its text is not held."""
        ...

    def digests(self, version_id: str) -> tuple[Digest, ...]:
        """Return the digests of a version in the order of its articles, also of those whose text is not held."""
        ...

    def article(self, rule_id: str, number: ArticleNumber, as_of: date) -> ArticleView:
        """Return an article as in force that day; `NotFound` names the last number where it does not exist."""
        ...

    def facets(self, kind: Kind) -> Facets:
        """Return the counts of every facet value over all records of a kind."""
        ...

    def segment(self, text: str) -> SegmentReport:
        """Return how a text was cut and which expansions fired."""
        ...

    def status(self) -> Status:
        """Return what is built and what is missing."""
        ...

    def build(self, *, force: bool = False, on_progress: Progress | None = None) -> None:
        """Bring records and vectors up to date with the bundled data; `force` rebuilds everything derived."""
        ...

    def build_records(self, on_progress: Progress | None = None) -> None:
        """Bring the records up to date; search then answers lexically."""
        ...

    def build_vectors(
        self, on_progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        """Embed what has no vector yet; `ModelMissing` where no model is on this machine. Safe to interrupt."""
        ...

    def close(self) -> None: ...
