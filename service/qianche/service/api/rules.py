"""Rules, their versions and their articles as in force on a day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from qianche.corpus.register.standing import rule_standing
from qianche.corpus.register.standing_labels import register_notice
from qianche.corpus.schemes import RULE_LEVELS
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.history import rule_history
from qianche.indexing.rulebook.links import RuleLinks
from qianche.service import wire
from qianche.service.api.reply import MAX_LISTED, AsOf, Limit, Offset, RuleTitles, day, errors, reply
from qianche.service.background import BackgroundBuild
from qianche.service.questions import RULE_SECTORS, article_no, check_choice
from qianche.service.responses import ArticleResponse, RuleList, RuleRecord

RuleId = Annotated[str, Path(description="法规编号，如 work-safety-law。")]


def build_router(kb: KnowledgeBase, build: BackgroundBuild, links: RuleLinks) -> APIRouter:
    """Return the routes of rules."""
    router = APIRouter(prefix="/rules", tags=["法规标准"])
    titles = RuleTitles(kb)

    @router.get(
        "",
        summary="按名称、文号、行业领域和效力级别找法规",
        response_model=RuleList,
        responses=errors(422, 503),
    )
    def get_rules(
        text: Annotated[str, Query(max_length=200, description="名称、简称或文号的一部分。")] = "",
        sector: Annotated[str | None, Query(description="行业领域。")] = None,
        level: Annotated[str | None, Query(description="效力级别。")] = None,
        as_of: AsOf = None,
        limit: Limit = MAX_LISTED,
        offset: Offset = 0,
    ) -> Response:
        build.require_records()
        on = day(as_of)
        found = kb.rules(
            text.strip(),
            check_choice("sector", sector, RULE_SECTORS),
            check_choice("level", level, RULE_LEVELS),
        )
        rules = [wire.rule_summary(rule, on) for rule in found[offset : offset + limit]]
        head = {"as_of": on.isoformat(), "register_notice": register_notice(on)}
        return reply(head | wire.stretch("rules", rules, len(found), offset))

    @router.get(
        "/{rule_id}",
        summary="一部法规在某一天的效力、全部版本和条目",
        response_model=RuleRecord,
        responses=errors(404, 422, 503),
    )
    def get_rule(rule_id: RuleId, as_of: AsOf = None) -> Response:
        build.require_records()
        on, history = day(as_of), rule_history(kb, rule_id)
        version_id = rule_standing(history.rule, on).version.version_id
        articles = kb.articles(version_id)
        digests = () if articles else kb.digests(version_id)
        amended = titles(history.rule.amends) if history.rule.amends is not None else None
        return reply(wire.rule_record(history, on, articles, digests, amended))

    @router.get(
        "/{rule_id}/articles/{no}",
        summary="某一天适用的条文",
        response_model=ArticleResponse,
        responses=errors(404, 422, 503),
    )
    def get_article(
        rule_id: RuleId,
        no: Annotated[str, Path(description="条号：36、134-1 或 第三十六条。")],
        as_of: AsOf = None,
    ) -> Response:
        build.require_records()
        on = day(as_of)
        view = kb.article(rule_id, article_no(no), on)
        found = links.of(view.article, on) if view.article is not None else None
        return reply(wire.article_view(view, on) | wire.article_links(view.article, found, on))

    return router
