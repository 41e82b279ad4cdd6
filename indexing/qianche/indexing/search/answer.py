"""What is asked of a search and what comes back; plain records, no engine's types."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qianche.corpus.cases import Case
from qianche.corpus.digests import Digest
from qianche.corpus.rules import Article, ForceStatus, Rule, RuleVersion
from qianche.indexing.store.protocol import Facets

Kind = Literal["case", "rule"]
Scope = Literal["safety", "all"]
Sort = Literal["relevance", "date", "deaths"]
Notice = Literal[
    "nothing-fits",  # no case or no rule is close enough
    "nothing-in-filter",  # something is, but the filters asked for leave none of it
    "vectors-pending",  # the dense leg does not see all passages yet
    "no-model",  # no embedding model on this machine, lexical only
    "query-cut",  # of a long query only the rarest terms count in the lexical leg
]


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """Restrictions on cases; within a field any value matches, fields are joined by AND. Empty: no restriction."""

    sector: tuple[str, ...] = ()
    accident_class: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    work_kind: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    substances: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    deaths_min: int | None = None
    deaths_max: int | None = None


@dataclass(frozen=True, slots=True)
class RuleFilters:
    """Restrictions on rules; a rule for every trade (综合) passes every sector filter."""

    sector: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    """Rule ids."""
    has_text: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question.

    Args:
        query: as typed; 1 to `understanding.MAX_QUERY` characters.
        as_of: the day whose law is asked for.
        include_not_in_force: also return articles not in force that day (they carry their status).
        scope: `safety` restricts rules to those marked `core` in the register.
        top_k: hits of each kind, 1 to 100.
    """

    query: str
    as_of: date
    kinds: tuple[Kind, ...] = ("case", "rule")
    top_k: int = 10
    scope: Scope = "safety"
    include_not_in_force: bool = False
    case_filters: CaseFilters = field(default_factory=CaseFilters)
    rule_filters: RuleFilters = field(default_factory=RuleFilters)
    sort: Sort = "relevance"
    with_facets: bool = True


@dataclass(frozen=True, slots=True)
class Expansion:
    """A glossary entry that fired: `found` at [start, end) of the query as typed, and the terms it added."""

    found: str
    start: int
    end: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryReading:
    """What was understood of the query; the page shows it."""

    text: str
    normalised: str
    key_terms: tuple[str, ...]
    expansions: tuple[Expansion, ...]
    engines: tuple[str, ...]
    """Legs that ran: `lexical`, `dense`."""


@dataclass(frozen=True, slots=True)
class LegScore:
    """Score and rank (from 1) of a record in one leg; `name` says whose score: `bm25_score` or `cosine`."""

    leg: str
    name: str
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class EvidencePassage:
    """A sentence of the stored record that bears the hit out.

    `text` is verbatim `source[start:end]` of the record's `part`; `marks` are half-open [start, end) character
    spans in `text` where words of the query or its expansions stand.
    """

    part: str
    text: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]
    source: str | None = None
    """sha256 of the imported file quoted, with `page`; None: the record's own text."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How a hit came to its place; `relevance` is the calibrated probability (0 to 1) that it fits at all."""

    rank: int
    fused_score: float
    relevance: float
    legs: tuple[LegScore, ...]


@dataclass(frozen=True, slots=True)
class CaseHit:
    case: Case
    score: Score
    matched_words: tuple[str, ...]
    evidence: tuple[EvidencePassage, ...]


@dataclass(frozen=True, slots=True)
class RuleHit:
    """An article, or (article None) a rule found by its title or number.

    `version` is the one that answers for the day asked. Where its text is not held, `held` is None (the rule alone
    was found) or another version of the rule whose `article` it is: not the text of that day, and perhaps under
    another number. Where its text is held, `held` is `version`.
    """

    rule: Rule
    version: RuleVersion
    article: Article | None
    digest: Digest | None
    """What the article asks in everyday words; without `article` it was found in place of a text that is not held."""
    held: RuleVersion | None
    status: ForceStatus
    """On the day asked."""
    score: Score
    matched_words: tuple[str, ...]
    evidence: tuple[EvidencePassage, ...]
    digest_evidence: tuple[EvidencePassage, ...]
    """The piece of the digest that the query's words stand in, where they do: its gist, or a way of saying it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything a search found.

    `facets` maps kind -> field -> value -> count; counts are of cases, or of articles and rules, that pass the
    relevance threshold, each field ignoring its own filter. `notices` are told apart by kind where they differ.
    """

    reading: QueryReading
    as_of: date
    cases: tuple[CaseHit, ...]
    rules: tuple[RuleHit, ...]
    facets: dict[Kind, Facets]
    totals: dict[Kind, int]
    """How many records of each kind pass the threshold (up to the depth of the legs)."""
    notices: tuple[tuple[Notice, Kind | None], ...]
    took_ms: float
