"""The routes of the pages: search, case, rule, article."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from qianche.corpus.errors import StoreError
from qianche.corpus.register.standing import rule_standing
from qianche.corpus.register.standing_labels import register_notice
from qianche.corpus.statutes import article_label
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.history import rule_history
from qianche.indexing.rulebook.links import RuleLinks
from qianche.indexing.search.answer import Answer
from qianche.service import wire
from qianche.service.api.reply import AsOf, RuleTitles
from qianche.service.labels import merge_notices, notice_text, readiness_line
from qianche.service.pages.cases import CasePage
from qianche.service.pages.display import contents
from qianche.service.pages.examples import EXAMPLES
from qianche.service.pages.facets import chips, facet_groups
from qianche.service.pages.linked_text import link_address, linked_blocks
from qianche.service.pages.rendering import Page
from qianche.service.pages.state import (
    Pairs,
    canonical_pairs,
    hidden_pairs,
    read_parameters,
    restricts,
    search_url,
)
from qianche.service.questions import article_no, search_request
from qianche.service.schemas import MAX_TOP_K, SearchParameters

_NEXT_TOP_K = {10: 30, 30: MAX_TOP_K}
"""What 显示更多 goes on to."""


def build_router(kb: KnowledgeBase, render: Page, show_case: CasePage, links: RuleLinks) -> APIRouter:
    """Return the routes of the pages.

    Every route is synchronous: the server runs it in a thread, the knowledge base is thread-safe.
    """
    router = APIRouter(include_in_schema=False)
    titles = RuleTitles(kb)
    require_records = _records_check(kb)

    @router.get("/")
    def search_page(request: Request) -> Response:
        given = request.query_params.multi_items()
        asked = read_parameters(given)
        day = date.today()
        pairs = canonical_pairs(asked, day)
        if pairs != given:
            # A form sends every field and a button sends a change; the address is to hold the state alone.
            return RedirectResponse(search_url(pairs), 303)
        if not asked.query:
            return render("home.html", **_home(kb, asked, day, pairs))
        require_records()
        return render("search.html", **_found(kb, titles, asked, day, pairs))

    @router.get("/cases/{case_id}")
    def case_page(case_id: str, who: str = "", done: str = "") -> Response:
        require_records()
        return show_case(case_id, who=who, done=done)

    @router.get("/rules/{rule_id}")
    def rule_page(rule_id: str, as_of: AsOf = None) -> Response:
        require_records()
        day = as_of or date.today()
        history = rule_history(kb, rule_id)
        rule = history.rule
        version = rule_standing(rule, day).version
        articles = kb.articles(version.version_id) if version.text_source is not None else ()
        amended = titles(rule.amends) if rule.amends is not None else None
        return render(
            "rule.html",
            rule=wire.rule_record(
                history, day, articles, () if articles else kb.digests(version.version_id), amended
            ),
            contents=contents(articles),
            day=day,
            day_pairs=_day_pairs(day),
            query="",
        )

    @router.get("/rules/{rule_id}/articles/{number}")
    def article_page(rule_id: str, number: str, as_of: AsOf = None) -> Response:
        require_records()
        day = as_of or date.today()
        wanted = article_no(number)
        view = kb.article(rule_id, wanted, day)
        found = links.of(view.article, day) if view.article is not None else None
        record = wire.article_view(view, day) | wire.article_links(view.article, found, day)
        day_pairs = _day_pairs(day)
        return render(
            "article.html",
            view=record,
            article_label=article_label(wanted),
            blocks=[]
            if view.article is None
            else linked_blocks(view.article, record["references"], day_pairs),
            address=partial(link_address, day=day_pairs),
            citations=_citations(record),
            number=wanted.slug,
            day=day,
            day_pairs=day_pairs,
            query="",
        )

    return router


def _records_check(kb: KnowledgeBase) -> Callable[[], None]:
    """Return a function that raises `StoreError` until the records are there; then it costs nothing."""
    ready = False

    def check() -> None:
        nonlocal ready
        if ready:
            return
        status = kb.status()
        if not status.records_ready:
            raise StoreError(readiness_line(status), code="not-ready")
        ready = True

    return check


def _home(kb: KnowledgeBase, asked: SearchParameters, day: date, pairs: Pairs) -> dict[str, Any]:
    """Return what the first view shows."""
    status = kb.status()
    unsure = sum(status.cases_by_cause_basis.get(basis, 0) for basis in ("general", "memory"))
    return _form(asked, day, pairs) | {"stats": status, "unsure": unsure, "examples": EXAMPLES}


def _found(
    kb: KnowledgeBase, titles: RuleTitles, asked: SearchParameters, day: date, pairs: Pairs
) -> dict[str, Any]:
    """Return what the result of a search shows."""
    answer = kb.search(search_request(asked, kb, day))
    return _form(asked, day, pairs) | {
        "answer": answer,
        "cases": [wire.case_hit(hit) for hit in answer.cases],
        "rules": [wire.rule_hit(hit, answer.as_of) for hit in answer.rules],
        "notices": _notices(answer),
        "facets": facet_groups(answer.facets, pairs, titles),
        "chips": chips(pairs, titles),
        "restricted": restricts(asked),
        "day_pairs": _day_pairs(answer.as_of),
        "next_top_k": _NEXT_TOP_K.get(asked.top_k, MAX_TOP_K),
    }


def _form(asked: SearchParameters, day: date, pairs: Pairs) -> dict[str, Any]:
    """Return what the search form shows and carries."""
    return {"asked": asked, "query": asked.query, "day": asked.as_of or day, "hidden": hidden_pairs(pairs)}


def _citations(view: wire.Json) -> list[tuple[str, str]]:
    """Return the forms in which the article is cited, each once."""
    article = view["article"]
    if article is None:
        told = view["digests"]
        return [("全称", told[0]["citation"])] if len(told) == 1 else []
    forms = [("全称", article["citation"]), ("简称", article["citation_short"])]
    return forms[:1] if forms[0][1] == forms[1][1] else forms


def _notices(answer: Answer) -> dict[str | None, list[str]]:
    """Return the notices for the whole page (None) and for each column."""
    found: dict[str | None, list[str]] = {None: [], "case": [], "rule": []}
    for code, kind in merge_notices(answer.notices):
        found[kind].append(notice_text(code, kind))
    if "rule" in answer.totals and (ends := register_notice(answer.as_of)) is not None:
        found["rule"].append(ends)
    return found


def _day_pairs(day: date) -> Pairs:
    """Return the day as links of the page carry it on, nothing for today."""
    return [] if day == date.today() else [("as_of", day.isoformat())]
