"""Citations in a text, resolved on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.citing import MAX_CITED_TEXT, resolve_text
from qianche.service.api.reply import AsOf, day, errors, reply, require_json
from qianche.service.background import BackgroundBuild
from qianche.service.cited import MAX_IN_ADDRESS, cited_day, cited_text
from qianche.service.responses.citing import CiteResponse
from qianche.service.schemas import Day, Text
from qianche.service.wire import citing as citing_wire

_SUMMARY = "认定一段文字中的法规引用"


class CiteParameters(BaseModel):
    """要认定引用的文字和日期。"""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "违反《安全生产法》第三十六条第一款", "as_of": "2022-06-01"}]
        },
    )

    text: Text = Field(description=f"含有引用的文字，1 至 {MAX_CITED_TEXT} 个字符；可粘贴整篇报告。")
    as_of: Day | None = Field(default=None, description="按哪一天的法规认定，年-月-日；不给则为今天。")


def build_router(kb: KnowledgeBase, build: BackgroundBuild) -> APIRouter:
    """Return the routes of citations."""
    router = APIRouter(tags=["法规标准"])

    def answer(text: str, as_of: date | None, most: int) -> Response:
        build.require_records()
        on, asked = cited_day(day(as_of)), cited_text(text, most)
        return reply(citing_wire.citations(asked, resolve_text(kb, asked, on), on))

    @router.get(
        "/cite",
        summary=f"{_SUMMARY}（用网址参数）",
        response_model=CiteResponse,
        responses=errors(422, 503),
    )
    def get_cite(
        text: Annotated[
            str,
            Query(
                description=f"含有引用的文字，1 至 {MAX_IN_ADDRESS} 个字符；更长的用 POST。",
                examples=["安全生产法第三十六条第一款"],
            ),
        ],
        as_of: AsOf = None,
    ) -> Response:
        return answer(text, as_of, MAX_IN_ADDRESS)

    @router.post(
        "/cite",
        summary=_SUMMARY,
        response_model=CiteResponse,
        responses=errors(400, 413, 415, 422, 503),
        dependencies=[Depends(require_json)],
    )
    def post_cite(asked: Annotated[CiteParameters, Body()]) -> Response:
        return answer(asked.text, asked.as_of, MAX_CITED_TEXT)

    return router
