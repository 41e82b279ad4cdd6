"""Probes and figures: is it running, can it answer, what does it hold."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic_core import to_json
from starlette.responses import Response

from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.service import wire
from qianche.service.api.reply import errors, reply
from qianche.service.background import BackgroundBuild
from qianche.service.problems import MEDIA_TYPE, ProblemDetails
from qianche.service.responses import Health, Readiness, StatsResponse


def build_probes(kb: KnowledgeBase, build: BackgroundBuild) -> APIRouter:
    """Return `/healthz` and `/readyz`."""
    router = APIRouter(tags=["运行状态"])

    @router.get("/healthz", summary="服务是否在运行", response_model=Health)
    async def healthz() -> Response:
        return reply({"status": "ok"})

    @router.get(
        "/readyz",
        summary="能否回答查询",
        response_model=Readiness,
        responses=errors(503),
    )
    def readyz() -> Response:
        state = wire.readiness(kb.status()) | {"failure": build.failure}
        if state["ready"]:
            return reply(state)
        problem = ProblemDetails(503, "not-ready", "资料库暂时不能使用", build.failure or state["detail"])
        body = to_json(problem.as_dict() | state | {"detail": problem.detail})
        return Response(body, 503, headers={"retry-after": "5"}, media_type=MEDIA_TYPE)

    return router


def build_router(kb: KnowledgeBase) -> APIRouter:
    """Return `/api/stats`."""
    router = APIRouter(tags=["运行状态"])

    @router.get("/stats", summary="资料库的数字", response_model=StatsResponse)
    def get_stats() -> Response:
        return reply(wire.stats(kb.status()))

    return router
