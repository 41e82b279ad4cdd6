"""What every address of the API shares: the reply itself, the errors it declares, the day asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import Query
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from qianche.corpus.errors import NotFound
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.service.problems import HTTPProblem, ProblemDetails, is_form
from qianche.service.schemas import Day, Number, Problem
from qianche.service.wire import Json, stretch

T = TypeVar("T")
AsOf = Annotated[
    Day | None, Query(description="按哪一天的法规，年-月-日；不给则为今天。", examples=["2019-06-01"])
]
TopK = Annotated[Number, Query(ge=1, le=100, description="最多返回多少条。")]

MAX_LISTED = 100
"""Most entries of a list in one answer."""
Limit = Annotated[Number, Query(ge=1, le=MAX_LISTED, description="最多返回多少条。")]
Offset = Annotated[Number, Query(ge=0, description="从第几条起，0 为第一条。")]


def listed(name: str, found: Sequence[T], to_wire: Callable[[T], Json], limit: int, offset: int) -> Response:
    """Return a stretch of a list under its name, with how many there are in all."""
    shown = [to_wire(item) for item in found[offset : offset + limit]]
    return reply(stretch(name, shown, len(found), offset))


_DESCRIPTIONS = {
    400: "请求不能读取",
    404: "没有找到",
    413: "请求过大",
    415: "请求格式不支持",
    422: "请求的内容不能使用",
    503: "资料库暂时不能使用",
}


def reply(content: Json) -> Response:
    """Return the dictionary as JSON, unvalidated: the tests hold what `wire` makes to its declared shape."""
    return Response(to_json(content), media_type="application/json")


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI is told of these errors."""
    return {s: {"model": Problem, "description": _DESCRIPTIONS[s]} for s in statuses}


async def require_json(request: Request) -> None:
    """Raise 415 unless the body is declared as JSON: a form of another site cannot declare that."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise HTTPException(415)


async def require_form(request: Request) -> None:
    """Raise 415 unless the body is declared as a form that can hold files."""
    if not is_form(request):
        raise HTTPProblem(_NOT_A_FORM)


_NOT_A_FORM = ProblemDetails(
    415,
    "not-a-form",
    "请求格式不支持",
    "请以 multipart/form-data 上传文件，字段名 files，可重复；如 curl -F files=@报告.docx。",
)


def day(as_of: date | None) -> date:
    """Return the day asked for, today where none is."""
    return as_of or date.today()


class RuleTitles:
    """Titles of rules by id, for facets: a search must not fetch hundreds of rules for their names."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._titles: dict[str, str] = {}

    def __call__(self, rule_id: str) -> str | None:
        """Return the title, None for an unknown id; an id first seen after a build is looked up once."""
        if rule_id not in self._titles:
            try:
                self._titles[rule_id] = self._kb.rule(rule_id).title
            except NotFound:
                return None
        return self._titles[rule_id]
