"""Two versions of a rule against each other."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.differences import version_differences
from qianche.service.api.reply import errors, reply
from qianche.service.background import BackgroundBuild
from qianche.service.responses.rule_diff import RuleDifferences
from qianche.service.wire.rule_diff import rule_differences

_OLD = Query(
    description="版本编号，如 work-safety-law@2014-08-31；改动从它说起。", min_length=1, max_length=200
)
_NEW = Query(
    description="另一个版本的编号：同一部法规的，或前后相替的另一部法规的。", min_length=1, max_length=200
)


def build_router(kb: KnowledgeBase, build: BackgroundBuild) -> APIRouter:
    """Return the route; it must be added before that of a rule by its id."""
    router = APIRouter(prefix="/rules", tags=["法规标准"])

    @router.get(
        "/diff",
        summary="两个版本逐条对照",
        response_model=RuleDifferences,
        responses=errors(404, 422, 503),
    )
    def get_differences(a: Annotated[str, _OLD], b: Annotated[str, _NEW]) -> Response:
        build.require_records()
        return reply(rule_differences(version_differences(kb, a.strip(), b.strip()), date.today()))

    return router
