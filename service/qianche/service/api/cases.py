"""One case, the cases like it, and the rules that apply to it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.case_law import case_law
from qianche.service import wire
from qianche.service.api.reply import TopK, errors, reply
from qianche.service.background import BackgroundBuild
from qianche.service.responses import CaseRecord, SimilarResponse
from qianche.service.responses.case_law import CaseLawResponse

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

    @router.get(
        "/{case_id}/rules",
        summary="一个案例的法规依据：事发时和现在",
        response_model=CaseLawResponse,
        responses=errors(404, 503),
    )
    def get_rules(case_id: CaseId) -> Response:
        build.require_records()
        return reply(wire.case_law(case_law(kb, case_id, date.today())))

    return router
