"""The page of coming changes."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.history import upcoming
from qianche.service.api.reply import AsOf
from qianche.service.background import BackgroundBuild
from qianche.service.pages.rendering import Page
from qianche.service.wire.history import upcoming_changes


def build_router(kb: KnowledgeBase, build: BackgroundBuild, render: Page) -> APIRouter:
    """Return the route of the page; it comes before that of a rule, since `upcoming` is the id of none."""
    router = APIRouter(include_in_schema=False)

    @router.get("/rules/upcoming")
    def upcoming_page(as_of: AsOf = None) -> Response:
        build.require_records()
        on = as_of or date.today()
        return render("upcoming.html", coming=upcoming_changes(upcoming(kb, on), on), day=on, query="")

    return router
