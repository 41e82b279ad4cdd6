"""What needs a person, and what a person does: decisions, corrections, joins."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from qianche.indexing.importing import Importer
from qianche.indexing.importing.records import JoinState, ReviewKind
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.service.api.reply import MAX_LISTED, Limit, Offset, errors, listed, reply, require_json
from qianche.service.by_hand import FieldValue, Name, by_hand
from qianche.service.responses import imports as shapes
from qianche.service.schemas import Text
from qianche.service.wire import imports as import_wire

ReviewId = Annotated[str, Path(description="待核事项的编号，见 /api/reviews 的 id。", max_length=500)]
CaseId = Annotated[str, Path(description="案例编号。", max_length=200)]
AccountId = Annotated[str, Path(description="记述编号。", max_length=100)]
_WHO = Field(description="由谁决定。", examples=["张三"])
_JSON = [Depends(require_json)]


class Decision(BaseModel):
    """对一件待核事项的决定；action 为 value 或 version 时须给出 value。"""

    model_config = ConfigDict(extra="forbid")

    action: Text = Field(examples=["value"])
    who: Name = _WHO
    value: FieldValue = Field(default=None, examples=[3])


class Correcting(BaseModel):
    """把案例的一个字段改为 value；value 为 null 表示未知。"""

    model_config = ConfigDict(extra="forbid")

    field: Text = Field(examples=["toll.deaths"])
    value: FieldValue = Field(examples=[3])
    who: Name = _WHO


class Withdrawing(BaseModel):
    """撤回一个字段的更正。"""

    model_config = ConfigDict(extra="forbid")

    field: Text = Field(examples=["toll.deaths"])
    who: Name = _WHO


class Joining(BaseModel):
    """把一份记述并入一个案例。"""

    model_config = ConfigDict(extra="forbid")

    case_id: Text = Field(examples=["2023-yinchuan-fuyang-gas"])
    who: Name = _WHO


class Splitting(BaseModel):
    """把一份记述从它所在的案例中拆出来。"""

    model_config = ConfigDict(extra="forbid")

    who: Name = _WHO


def build_router(importer: Importer, kb: KnowledgeBase) -> APIRouter:
    """Return the routes of reviews, accounts, joins and corrections.

    Args:
        kb: tells a case without imported accounts from an id that no case has.
    """
    router = APIRouter(tags=["核对"])

    @router.get("/reviews", summary="待核事项", response_model=shapes.ReviewList, responses=errors(422))
    def get_reviews(
        kind: Annotated[ReviewKind | None, Query(description="只要其中一类。")] = None,
        state: Annotated[
            Literal["open", "decided", "all"], Query(description="open 待核，decided 已核。")
        ] = "open",
        limit: Limit = MAX_LISTED,
        offset: Offset = 0,
    ) -> Response:
        found = importer.reviews(kind, None if state == "all" else state)
        return listed("reviews", found, import_wire.review, limit, offset)

    @router.post(
        "/reviews/{review_id:path}/decide",
        summary="对一件待核事项作出决定",
        response_model=shapes.ReviewItem,
        responses=errors(400, 404, 413, 415, 422),
        dependencies=_JSON,
    )
    def decide(review_id: ReviewId, decision: Annotated[Decision, Body()]) -> Response:
        with by_hand():
            done = importer.decide(review_id, decision.action, decision.who, decision.value)
        return reply(import_wire.review(done))

    @router.get(
        "/cases/{case_id}/accounts",
        summary="各份导入文件对一个案例的记述，每个字段附原话和页码",
        response_model=shapes.AccountList,
        responses=errors(404, 422),
    )
    def get_accounts(case_id: CaseId) -> Response:
        accounts = import_wire.accounts(importer, case_id)
        if not accounts:
            kb.case(case_id)
        return reply({"case_id": case_id, "accounts": accounts})

    @router.post(
        "/accounts/{account_id}/join",
        summary="把一份记述并入一个案例",
        response_model=shapes.AccountList,
        responses=errors(400, 404, 413, 415, 422),
        dependencies=_JSON,
    )
    def post_join(account_id: AccountId, joining: Annotated[Joining, Body()]) -> Response:
        importer.join(account_id, joining.case_id, joining.who)
        return reply(
            {"case_id": joining.case_id, "accounts": import_wire.accounts(importer, joining.case_id)}
        )

    @router.post(
        "/accounts/{account_id}/split",
        summary="把一份记述拆出来，恢复为它自己的案例",
        response_model=shapes.AccountList,
        responses=errors(400, 404, 413, 415, 422),
        dependencies=_JSON,
    )
    def post_split(account_id: AccountId, splitting: Annotated[Splitting, Body()]) -> Response:
        importer.split(account_id, splitting.who)
        case_id = importer.account(account_id).case_id or account_id
        return reply({"case_id": case_id, "accounts": import_wire.accounts(importer, case_id)})

    @router.get("/joins", summary="记述并入案例的记录", response_model=shapes.JoinList, responses=errors(422))
    def get_joins(
        state: Annotated[JoinState | None, Query(description="只要其中一种。")] = None,
        limit: Limit = MAX_LISTED,
        offset: Offset = 0,
    ) -> Response:
        return listed("joins", importer.joins(state), import_wire.join, limit, offset)

    @router.get(
        "/cases/{case_id}/corrections",
        summary="一个案例的更正经过",
        response_model=shapes.CorrectionList,
        responses=errors(404, 422),
    )
    def get_corrections(case_id: CaseId) -> Response:
        found = importer.corrections(case_id)
        if not found and not importer.accounts(case_id):
            kb.case(case_id)
        return reply({"corrections": [import_wire.correction(c) for c in found]})

    @router.post(
        "/cases/{case_id}/corrections",
        summary="更正案例的一个字段；保留更正人和时间，重新导入或重建后仍有效",
        response_model=shapes.CorrectionRecord,
        responses=errors(400, 404, 413, 415, 422),
        dependencies=_JSON,
    )
    def post_correction(case_id: CaseId, given: Annotated[Correcting, Body()]) -> Response:
        with by_hand():
            made = importer.correct(case_id, given.field, given.value, given.who)
        return reply(import_wire.correction(made))

    @router.post(
        "/cases/{case_id}/corrections/withdraw",
        summary="撤回一个字段的更正",
        response_model=shapes.CorrectionList,
        responses=errors(400, 404, 413, 415, 422),
        dependencies=_JSON,
    )
    def withdraw(case_id: CaseId, given: Annotated[Withdrawing, Body()]) -> Response:
        importer.withdraw(case_id, given.field, given.who)
        return reply({"corrections": [import_wire.correction(c) for c in importer.corrections(case_id)]})

    return router
