"""The routes of the review queue: what needs a person, by kind, and what persons decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from qianche.corpus.errors import NotFound, QiancheError
from qianche.indexing.importing import Importer
from qianche.indexing.importing.records import Review, ReviewKind
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.service import import_labels as labels
from qianche.service.pages.navigation import Navigation
from qianche.service.pages.quoting import anchor
from qianche.service.pages.rendering import Page
from qianche.service.pages.review_items import Items
from qianche.service.pages.turning import last_page, on_page
from qianche.service.typed_values import plain_text, signed, typed_value

State = Literal["open", "decided"]
Typed = Annotated[str, Form()]
OVERVIEW = 3
"""Items of each kind where all kinds are shown."""
LISTED = 15
"""Items on a page of one kind."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which questions are shown; the state of the page, kept in its address."""

    kind: ReviewKind | None = None
    state: State = "open"
    source: str = ""
    case: str = ""
    job: str = ""
    at: int = 1

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query string, without what is a default."""
        given = (
            ("kind", self.kind or ""), ("state", self.state if self.state != "open" else ""),
            ("source", self.source), ("case", self.case), ("job", self.job), ("at", str(self.at) if self.at > 1 else ""),
        )  # fmt: skip
        return [(name, value) for name, value in given if value]

    def of(self, reviews: Iterable[Review], importer: Importer) -> list[Review]:
        """Return the questions of the file, case and import asked for, of whatever kind and state."""
        files = {e.sha256 for e in importer.job(self.job).entries} if self.job else None
        return [
            r
            for r in reviews
            if self.source in ("", r.source)
            and self.case in ("", r.case_id)
            and (files is None or r.source in files)
        ]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A decision that could not be carried out, with what was typed."""

    review_id: str
    choice: str
    value: str
    error: str


def build_router(
    importer: Importer, kb: KnowledgeBase, page: Page, navigation: Navigation
) -> APIRouter:  # fmt: skip
    """Return the routes of the queue."""
    router = APIRouter(include_in_schema=False)

    def show(asked: Filter, who: str, done: str = "", attempt: Attempt | None = None) -> Response:
        values = _queue(importer, kb, asked, attempt.review_id if attempt else done)
        return page(
            "review.html", 422 if attempt else 200, asked=asked, who=who, done=done, attempt=attempt, **values
        )

    @router.get("/review")
    def queue(
        kind: Annotated[ReviewKind | Literal[""], Query()] = "", state: State = "open", source: str = "",
        case: str = "", job: str = "", at: Annotated[int, Query(ge=1)] = 1, who: str = "", done: str = "",
    ) -> Response:  # fmt: skip
        return show(Filter(kind or None, state, source, case, job, at), who, done)

    @router.post("/review")
    def decide(
        review: Typed = "", action: Typed = "", choice: Typed = "", value: Typed = "", who: Typed = "",
        kind: Typed = "", source: Typed = "", case: Typed = "", job: Typed = "", at: Typed = "1",
    ) -> Response:  # fmt: skip
        asked = Filter(
            _kind(kind), "open", source, case, job, int(at) if at.isdecimal() and len(at) < 6 else 1
        )
        try:
            given = _given(importer.review(review), action, choice, value)
            importer.decide(review, action, signed(who), given)
        except NotFound:
            raise
        except QiancheError as error:
            return show(asked, who, attempt=Attempt(review, choice, value, error.message))
        navigation.forget()
        query = urlencode([*asked.pairs, ("who", signed(who)), ("done", review)])
        return RedirectResponse(f"/review?{query}#{anchor(review)}", 303)

    return router


def _kind(given: str) -> ReviewKind | None:
    """The kind of that name, None for all."""
    return given if given in get_args(ReviewKind) else None  # type: ignore[return-value]


def _given(item: Review, action: str, choice: str, value: str) -> Any:
    """Return the value chosen or typed; None for an action that needs none, or where nothing was given."""
    if action not in ("value", "version"):
        return None
    if choice.isdecimal() and int(choice) < len(item.choices):
        return item.choices[int(choice)]
    if action == "version":
        return plain_text(value) or None
    return typed_value(item.field or "", value)


def _queue(importer: Importer, kb: KnowledgeBase, asked: Filter, kept: str) -> dict[str, Any]:
    """Return the questions shown, grouped by kind, with the counts; `kept` stays in its place, decided or not."""
    everything = asked.of(importer.reviews(state=None), importer)
    wanted = [r for r in everything if r.state == asked.state or r.review_id == kept]
    if asked.state == "decided":
        wanted.sort(key=lambda r: (r.decided_at is not None, r.decided_at), reverse=True)
    items = Items(importer, kb)
    counts = Counter(r.kind for r in everything if r.state == asked.state)
    groups = []
    for kind in labels.REVIEW_KINDS:
        of_kind = [r for r in wanted if r.kind == kind]
        if of_kind and asked.kind in (None, kind):
            shown = _portion(of_kind, asked, kept)
            groups.append((kind, counts[kind], [items.item(r) for r in shown]))
    return {
        "groups": groups,
        "counts": counts,
        "states": Counter(r.state for r in everything),
        "last": last_page(counts[asked.kind], LISTED) if asked.kind else 1,
        "file_name": _file_name(importer, asked.source),
    }


def _portion(of_kind: Sequence[Review], asked: Filter, kept: str) -> list[Review]:
    """The questions of a kind that the page shows, the one just decided among them."""
    shown = of_kind[:OVERVIEW] if asked.kind is None else on_page(of_kind, asked.at, LISTED)
    return list(shown) or [r for r in of_kind if r.review_id == kept]


def _file_name(importer: Importer, sha256: str) -> str:
    """The name of the file that the queue is restricted to."""
    try:
        return importer.source(sha256).names[0] if sha256 else ""
    except NotFound:
        return sha256[:12]
