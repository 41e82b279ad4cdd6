"""What becomes of a citation: the rule, version and text it names, or in which way it names none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qianche.corpus.citations.citation import Citation, Provision
from qianche.corpus.reading.document import Span
from qianche.corpus.rules import Article, Rule, RuleVersion


class Outcome(StrEnum):
    """The one outcome of a citation, the gravest first; only `RESOLVED` may be used without a further look."""

    DAMAGED = "damaged"
    """A numeral is spoilt by character recognition."""
    NEEDS_CONTEXT = "needs-context"
    """本法, 前款, 第三十六条 alone, and nothing before it says of which rule or article."""
    UNKNOWN = "unknown"
    """The register has no such rule, or not this edition of it."""
    AMBIGUOUS = "ambiguous"
    """Several rules or provisions may be meant, or title and number contradict each other."""
    ABSENT = "does-not-exist"
    """The rule is known and has no such 条, 款, 项, 目."""
    NOT_IN_FORCE = "not-in-force"
    """The version named had ended on the day, or not begun."""
    FORCE_UNKNOWN = "force-unknown"
    """The first day of the version is not known: 效力待核."""
    TEXT_NOT_HELD = "text-not-held"
    """Rule and version are known; their text is not held, so nobody looked whether the provision is there."""
    RESOLVED = "resolved"
    """Rule, version and, where a provision is named, its text."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Text of an article. `spans` are half-open, in characters of `article.text`; `text` joins their characters.

    Two spans stand where an item is quoted with its lead (连同引导语); they are joined by a line break.
    """

    version: RuleVersion
    article: Article
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The characters of the spans."""
        return "\n".join(self.article.text[span.start : span.end] for span in self.spans)


@dataclass(frozen=True, slots=True)
class ResolvedProvision:
    """One provision of a citation; `message` (Chinese) says what there is to know, "" where nothing.

    `citation` is canonical. `quote` is the provision in the version named. `stand_in` is the article of the same
    number in another version, where the text of this one is not held: 非当日文本，条号可能不同.
    """

    provision: Provision
    outcome: Outcome
    citation: str
    message: str = ""
    quote: Quote | None = None
    stand_in: Quote | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that may be meant, with the version that the citation would name."""

    rule: Rule
    version: RuleVersion


@dataclass(frozen=True, slots=True)
class Resolution:
    """What becomes of one citation.

    `citation` is as found, `read_as` says (Chinese) how a relative one was read: by which rule before it. `rule`
    and `version` are None where none was chosen; then `candidates` are those that may be meant. `version` is the
    one that answers for the day, unless the citation names another by edition, number or former title; then
    `on_day` is the one in force on the day, or that may be. `messages` are Chinese sentences, the reason of the outcome first.
    """

    citation: Citation
    outcome: Outcome
    canonical: str
    messages: tuple[str, ...] = ()
    rule: Rule | None = None
    version: RuleVersion | None = None
    on_day: RuleVersion | None = None
    provisions: tuple[ResolvedProvision, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    read_as: str = ""


def gravest(outcomes: list[Outcome]) -> Outcome:
    """Return the gravest of several outcomes, `RESOLVED` of none."""
    order = list(Outcome)
    return min(outcomes, key=order.index, default=Outcome.RESOLVED)
