"""Several accounts of one accident put together field by field: what each says stays beside the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.draft import CaseDraft, Field, Finding, Moment, Whereabouts


@dataclass(frozen=True, slots=True)
class Teller:
    """One account with what is needed to quote it: the source's name and text."""

    account_id: str
    source: str
    source_name: str
    draft: CaseDraft
    document: Document


@dataclass(frozen=True, slots=True)
class Said:
    """One value with the account and the place that says so."""

    value: Any
    teller: Teller
    finding: Finding[Any]

    @property
    def span(self) -> Span:
        """The sentence that shows it."""
        return self.finding.spans[0]

    @property
    def page(self) -> int:
        return self.teller.document.page_at(self.span.start)

    @property
    def where(self) -> str:
        """The place in words, e.g. `报告.pdf 第 3 页`."""
        return f"{self.teller.source_name} 第 {self.page} 页"


Pick = Callable[[CaseDraft], Field[Any]]


def said(tellers: Sequence[Teller], pick: Pick) -> tuple[Said, ...]:
    """Return every distinct value of a field, in the order of the accounts."""
    found: dict[Any, Said] = {}
    for teller in tellers:
        for finding in pick(teller.draft).findings:
            found.setdefault(finding.value, Said(finding.value, teller, finding))
    return tuple(found.values())


def agreed(tellers: Sequence[Teller], pick: Pick) -> Any | None:
    """Return the one value that is stated, None where none is or they disagree; nothing is chosen."""
    values = said(tellers, pick)
    return values[0].value if len(values) == 1 else None


def first(tellers: Sequence[Teller], pick: Pick) -> Any | None:
    """Return what the first account with one clear value says: for wording, where two accounts never agree."""
    return next((value for t in tellers if (value := pick(t.draft).value) is not None), None)


def listed(tellers: Sequence[Teller], pick: Callable[[CaseDraft], Iterable[Finding[Any]]]) -> tuple[str, ...]:
    """Return the entries of a list field of all accounts, each once."""
    entries = (str(f.value).strip() for teller in tellers for f in pick(teller.draft))
    return tuple(dict.fromkeys(filter(None, entries)))


def day_of(draft: CaseDraft) -> Field[Any]:
    """The day alone: two accounts that give another hour agree on it."""
    return _part(draft.moment, lambda moment: moment.day)


def time_of(draft: CaseDraft) -> Field[Any]:
    """The hour alone; a moment without one says nothing."""
    return _part(draft.moment, lambda moment: moment.time)


def level_of(name: str) -> Pick:
    """One level of the place: `province`, `city` or `county`."""
    return lambda draft: _part(draft.place, lambda place: getattr(place, name))


def _part(of: Field[Moment] | Field[Whereabouts], take: Callable[[Any], Any]) -> Field[Any]:
    """A field of part of the values; equal parts are one finding."""
    found: dict[Any, Finding[Any]] = {}
    for f in of.findings:
        if (value := take(f.value)) is not None:
            found.setdefault(value, Finding(value, f.spans, f.found_by, f.sure, f.remark))
    return Field(tuple(found.values()))
