"""A question for a person as the page asks it: the words it rests on, what to choose from, both sides of a join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qianche.corpus.casebook import case_to_payload
from qianche.corpus.errors import NotFound
from qianche.corpus.register.labels import dates_label, version_name
from qianche.corpus.rules import RuleVersion
from qianche.indexing.importing import Importer
from qianche.indexing.importing.corrections import FIELDS, value_in
from qianche.indexing.importing.evidence import FieldEvidence
from qianche.indexing.importing.records import Review
from qianche.indexing.importing.to_case import WORDED
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.service import import_labels as labels
from qianche.service.import_labels import field_label
from qianche.service.pages.accounts import MOST_ACCOUNTS
from qianche.service.pages.quoting import Quote, Shelf, anchor, clipped, told_in
from qianche.service.typed_values import FieldInput, field_input
from qianche.service.wire import imports as import_wire

_COMPARED = (
    "name", "occurred_on", "occurred_at", "place.province", "place.city", "place.county", "sector",
    "accident_classes.gb6441-1986", "toll.deaths", "toll.missing", "toll.injured", "toll.direct_loss_wan",
    "activity", "direct_cause",
)  # fmt: skip
"""What is set beside each other to see whether two records tell the same accident."""


@dataclass(frozen=True, slots=True)
class Side:
    """A value on one side of a join, with the words that say so where it comes from a file."""

    value: str
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row of a join: `verdict` is 一致, 不同, 一方未载, or 请比较 where two texts never agree to the letter."""

    label: str
    ours: tuple[Side, ...]
    theirs: Side
    verdict: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose, with the words of a file that give it."""

    label: str
    quote: Quote | None = None
    source_name: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question as shown; `record` is the review on the wire."""

    record: dict[str, Any]
    anchor: str
    source_name: str
    case_name: str | None
    quote: Quote | None
    choices: tuple[Choice, ...]
    input: FieldInput | None
    comparison: tuple[Comparison, ...]
    decision: str
    rule_title: str | None
    """Title of the rule text whose version is to be found."""

    @property
    def quoted(self) -> bool:
        """Whether the choices bring their own words."""
        return any(choice.quote for choice in self.choices)


class Items:
    """Makes items for one page.

    Args:
        importer: knows the files.
        kb: knows the cases and the register.
    """

    def __init__(self, importer: Importer, kb: KnowledgeBase) -> None:
        self._importer = importer
        self._kb = kb
        self._shelf = Shelf(importer)

    def item(self, review: Review) -> Item:
        """Return a question as shown."""
        record = import_wire.review(review)
        payload = self._payload(review.case_id)
        source = self._shelf.source(review.source)
        return Item(
            record=record | {"what": clipped(review.what, 600), "proposal": clipped(review.proposal)},
            anchor=anchor(review.review_id),
            source_name=self._shelf.name(review.source),
            case_name=None if payload is None else str(payload["name"]),
            quote=self._quote(review),
            choices=self._choices(review),
            input=field_input(review.field) if review.field in FIELDS else None,
            comparison=self._comparison(review, payload) if review.kind == "join" else (),
            decision=self._decision(review),
            rule_title=source.rule_title if source else None,
        )

    def _payload(self, case_id: str | None) -> dict[str, Any] | None:
        """The case as it is held, None where there is none yet."""
        try:
            return None if case_id is None else case_to_payload(self._kb.case(case_id))
        except NotFound:
            return None

    def _quote(self, review: Review) -> Quote | None:
        """The words the question rests on; what is missing has none."""
        known = self._shelf.source(review.source) is not None
        if review.span is None or review.kind == "incomplete" or not known:
            return None
        return self._shelf.quote(review.source, *review.span)

    def _choices(self, review: Review) -> tuple[Choice, ...]:
        """What may be chosen; figures in conflict with the words that give each of them."""
        if review.kind == "rule-unmatched":
            return tuple(Choice(self._version_label(str(choice))) for choice in review.choices)
        said: dict[str, FieldEvidence] = {}
        if review.kind == "conflict" and review.case_id is not None and review.state == "open":
            for account in self._importer.accounts(review.case_id)[:MOST_ACCOUNTS]:
                for evidence in self._importer.evidence(account.account_id):
                    if evidence.field == review.field:
                        said.setdefault(str(import_wire.plain(evidence.value)), evidence)
        return tuple(
            self._choice(choice, said.get(str(import_wire.plain(choice)))) for choice in review.choices
        )

    def _choice(self, choice: Any, said: FieldEvidence | None) -> Choice:
        label = clipped(labels.shown(import_wire.plain(choice)))
        if said is None:
            return Choice(label)
        quote = self._shelf.quote(said.source, said.start, said.end)
        return Choice(label, quote, self._shelf.name(said.source))

    def _version_label(self, choice: str) -> str:
        """A version of a rule by its title and dates."""
        version = self._version(choice)
        if version is None:
            return choice
        return f"{version_name(version)}：{dates_label(version)}"

    def _version(self, version_id: str) -> RuleVersion | None:
        """A version of the register."""
        try:
            rule = self._kb.rule(version_id.partition("@")[0])
        except NotFound:
            return None
        return next((v for v in rule.versions if v.version_id == version_id), None)

    def _comparison(self, review: Review, payload: Mapping[str, Any] | None) -> tuple[Comparison, ...]:
        """What the file tells beside what the case holds, field by field."""
        if review.account_id is None or payload is None:
            return ()
        account = self._importer.account(review.account_id)
        evidence = self._importer.evidence(review.account_id)
        rows = []
        for key in _COMPARED:
            ours: dict[str, Quote | None] = {
                labels.shown(import_wire.plain(e.value)): told_in(e)
                for e in reversed(evidence)
                if e.field == key
            }
            if account.given is not None and (own := value_in(dict(account.given), key)) is not None:
                ours = {labels.shown(own): None}
            theirs = value_in(dict(payload), key)
            if ours or theirs is not None:
                rows.append(_compared(key, ours, theirs))
        return tuple(rows)

    def _decision(self, review: Review) -> str:
        """What was decided, in Chinese; "" while it is open."""
        if review.decision is None:
            return ""
        action = str(review.decision["action"])
        choices = [import_wire.plain(choice) for choice in review.choices]
        return labels.decision_label(action, import_wire.plain(review.decision.get("value")), choices)


def _compared(key: str, ours: Mapping[str, Quote | None], theirs: Any) -> Comparison:
    """One row of a join."""
    other = labels.shown(theirs)
    one_is_silent = not ours or theirs is None
    differ = "请比较" if key in WORDED else "不同"
    verdict = "一方未载" if one_is_silent else "一致" if other in ours else differ
    sides = tuple(Side(clipped(value, 120), quote) for value, quote in ours.items())
    return Comparison(field_label(key), sides, Side(clipped(other, 120)), verdict)
