"""The web application: API, pages, login, guard and the build in the background, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version

from fastapi import APIRouter, FastAPI

from qianche.indexing.importing import Importer
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.links import RuleLinks
from qianche.service import login, pages
from qianche.service.api import (
    cases,
    citing,
    columns,
    history,
    imports,
    reviews,
    rule_diff,
    rules,
    search,
    system,
)
from qianche.service.api.description import describe
from qianche.service.background import BackgroundBuild
from qianche.service.problems import install_problems, responder
from qianche.service.security import Guard
from qianche.service.settings import Settings, require_safe_binding

_DESCRIPTION = (
    "前车：用现场的话描述隐患，查出相似的事故案例和当日适用的法规条款，每条结果都附依据。\n\n"
    "出错时返回 application/problem+json（RFC 9457），detail 用中文说明出了什么事、该怎么办。"
    "设置了访问口令时，请加上请求头 Authorization: Bearer 口令。"
)


def create_app(kb: KnowledgeBase, settings: Settings, importer: Importer | None = None) -> FastAPI:
    """Return the application on an open knowledge base; while it runs, what is missing is built in a thread.

    The caller opened the knowledge base and the importer and closes them after the server has stopped. Jobs that
    an earlier stop left unfinished go on once the records are there.

    Args:
        importer: None for a service that only answers: nothing can be imported or decided then.

    Raises:
        BadRequest: the address is reachable from other machines and no token is set.
    """
    require_safe_binding(settings)
    links = RuleLinks(kb)

    def on_records() -> None:
        if importer is not None:
            importer.resume_all()
        links.prepare()

    build = BackgroundBuild(kb, on_records)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        build.start()
        yield
        build.stop()

    # No docs_url: those pages load scripts from a foreign server.
    app = FastAPI(
        title="前车", version=version("qianche"), description=_DESCRIPTION, lifespan=lifespan,
        openapi_url="/api/openapi.json", docs_url=None, redoc_url=None, redirect_slashes=False,
    )  # fmt: skip
    navigation = pages.Navigation(importer)
    respond = responder(partial(pages.render_problem, navigation=navigation))
    install_problems(app, respond)
    app.include_router(_api(kb, build, links), prefix="/api")
    if importer is not None:
        uploads = imports.build_router(importer, build, settings.home, settings.import_limits)
        app.include_router(uploads, prefix="/api")
        app.include_router(columns.build_router(importer), prefix="/api")
        app.include_router(reviews.build_router(importer, kb), prefix="/api")
    app.include_router(system.build_probes(kb, build))
    if settings.token_text is not None:
        app.include_router(login.build_router(settings.token_text))
    app.include_router(
        pages.build_router(kb, settings, build, importer, navigation, links), include_in_schema=False
    )
    pages.mount_static(app)
    app.add_middleware(Guard, settings=settings, respond=respond)
    app.state.build = build
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


def _api(kb: KnowledgeBase, build: BackgroundBuild, links: RuleLinks) -> APIRouter:
    """Return everything under `/api`."""
    api = APIRouter()
    api.include_router(search.build_router(kb, build))
    api.include_router(cases.build_router(kb, build))
    api.include_router(citing.build_router(kb, build))
    api.include_router(history.build_router(kb, build))
    api.include_router(rule_diff.build_router(kb, build))  # before /rules/{rule_id}
    api.include_router(rules.build_router(kb, build, links))
    api.include_router(system.build_router(kb))
    return api
