"""One case, and the cases like it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.service import wire
from qianche.service.api.reply import TopK, errors, reply
from qianche.service.background import BackgroundBuild
from qianche.service.responses import CaseRecord, SimilarResponse

CaseId = Annotated[str, Path(description="案例编号，见检索结果的 id。")]


def build_router(kb: KnowledgeBase, build: BackgroundBuild) -> APIRouter:
    """Return the routes of cases."""
    router = APIRouter(prefix="/cases", tags=["事故案例"])

    @router.get(
        "/{case_id}",
        summary="一个案例的全部内容",
        response_model=CaseRecord,
        responses=errors(404, 503),
    )
    def get_case(case_id: CaseId) -> Response:
        build.require_records()
        return reply(wire.case_record(kb.case(case_id)))

    @router.get(
        "/{case_id}/similar",
        summary="与一个案例相似的案例",
        response_model=SimilarResponse,
        responses=errors(404, 422, 503),
    )
    def get_similar(case_id: CaseId, top_k: TopK = 10) -> Response:
        build.require_records()
        hits = kb.similar_cases(case_id, top_k)
        return reply({"id": case_id, "cases": [wire.case_hit(hit) for hit in hits]})

    return router
