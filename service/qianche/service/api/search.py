"""Search: cases and rules for a hazard description, the same by JSON body and by query string."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query
from starlette.responses import Response

from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.search.answer import Kind
from qianche.indexing.search.understanding import check_query
from qianche.service import wire
from qianche.service.api.reply import RuleTitles, errors, reply, require_json
from qianche.service.background import BackgroundBuild
from qianche.service.questions import search_request
from qianche.service.responses import Facets, SearchResponse, SegmentResponse
from qianche.service.schemas import SearchParameters


def build_router(kb: KnowledgeBase, build: BackgroundBuild) -> APIRouter:
    """Return the routes of search, facets and segmentation."""
    router = APIRouter(tags=["检索"])
    title_of = RuleTitles(kb)

    def answer(asked: SearchParameters) -> Response:
        build.require_records()
        return reply(wire.search_answer(kb.search(search_request(asked, kb, date.today())), title_of))

    @router.post(
        "/search",
        summary="按隐患描述检索案例和法规",
        response_model=SearchResponse,
        responses=errors(400, 413, 415, 422, 503),
        dependencies=[Depends(require_json)],
    )
    def post_search(asked: Annotated[SearchParameters, Body()]) -> Response:
        return answer(asked)

    @router.get(
        "/search",
        summary="按隐患描述检索案例和法规（用网址参数）",
        response_model=SearchResponse,
        responses=errors(422, 503),
    )
    def get_search(asked: Annotated[SearchParameters, Query()]) -> Response:
        return answer(asked)

    @router.get(
        "/facets",
        summary="全库各筛选项的值和数量",
        response_model=dict[Kind, Facets],
        responses=errors(422, 503),
    )
    def get_facets(
        kind: Annotated[
            Kind | None, Query(description="只要其中一类：case 事故案例，rule 法规条款。")
        ] = None,
    ) -> Response:
        build.require_records()
        kinds: tuple[Kind, ...] = ("case", "rule") if kind is None else (kind,)
        return reply({k: wire.facet_lists(kb.facets(k), title_of) for k in kinds})

    @router.get(
        "/segment",
        summary="一段文字怎样切分，用到哪些词表",
        response_model=SegmentResponse,
        responses=errors(422),
    )
    def get_segment(
        text: Annotated[str, Query(description="要切分的文字。", examples=["受限空间作业未通风"])],
    ) -> Response:
        return reply(wire.segment_report(kb.segment(check_query(text))))

    return router
