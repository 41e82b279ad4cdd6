"""Pages: plain HTML made on the server, one stylesheet, usable without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter

from qianche.indexing.importing import Importer
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.links import RuleLinks
from qianche.service.background import BackgroundBuild
from qianche.service.pages import cases, citing, imports, reviews, routes, rule_diff, sources, upcoming
from qianche.service.pages.navigation import Navigation
from qianche.service.pages.rendering import mount_static, render_problem, renderer
from qianche.service.settings import Settings

__all__ = ["Navigation", "build_router", "mount_static", "render_problem"]


def build_router(
    kb: KnowledgeBase,
    settings: Settings,
    build: BackgroundBuild,
    importer: Importer | None,
    navigation: Navigation,
    links: RuleLinks,
) -> APIRouter:
    """Return the routes of every page; without an importer those of importing and deciding are not there."""
    page = renderer(navigation)
    show_case = cases.CasePage(kb, importer, page)
    router = APIRouter(include_in_schema=False)
    router.include_router(upcoming.build_router(kb, build, page))
    router.include_router(citing.build_router(kb, build, page))
    router.include_router(rule_diff.build_router(kb, build, page))  # before /rules/{rule_id}
    router.include_router(routes.build_router(kb, page, show_case, links))
    if importer is not None:
        router.include_router(imports.build_router(importer, kb, build, settings, page, navigation))
        router.include_router(sources.build_router(importer, page, navigation))
        router.include_router(reviews.build_router(importer, kb, page, navigation))
        router.include_router(cases.build_router(importer, show_case, navigation))
    return router
