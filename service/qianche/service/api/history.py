"""The history of a rule, and what is decided to change."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from qianche.corpus.schemes import RULE_LEVELS
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.history import rule_history, upcoming
from qianche.service.api.reply import AsOf, day, errors, reply
from qianche.service.api.rules import RuleId
from qianche.service.background import BackgroundBuild
from qianche.service.questions import RULE_SECTORS, check_choice
from qianche.service.responses import RuleHistory, Upcoming
from qianche.service.wire import history as history_wire


def build_router(kb: KnowledgeBase, build: BackgroundBuild) -> APIRouter:
    """Return the routes; they come before those of rules, since `upcoming` is not the id of a rule."""
    router = APIRouter(prefix="/rules", tags=["法规标准"])

    @router.get(
        "/upcoming",
        summary="已经决定、尚未生效的变化",
        response_model=Upcoming,
        responses=errors(422, 503),
    )
    def get_upcoming(
        as_of: AsOf = None,
        sector: Annotated[str | None, Query(description="行业领域。")] = None,
        level: Annotated[str | None, Query(description="效力级别。")] = None,
    ) -> Response:
        build.require_records()
        on = day(as_of)
        changes = upcoming(
            kb,
            on,
            check_choice("sector", sector, RULE_SECTORS),
            check_choice("level", level, RULE_LEVELS),
        )
        return reply(history_wire.upcoming_changes(changes, on))

    @router.get(
        "/{rule_id}/history",
        summary="一部法规的版本沿革",
        response_model=RuleHistory,
        responses=errors(404, 422, 503),
    )
    def get_history(rule_id: RuleId, as_of: AsOf = None) -> Response:
        build.require_records()
        return reply(history_wire.rule_history(rule_history(kb, rule_id), day(as_of)))

    return router
