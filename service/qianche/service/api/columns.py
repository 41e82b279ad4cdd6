"""The columns of an imported table over HTTP: seen, and corrected."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from qianche.indexing.importing import Importer
from qianche.service.api.imports import Sha
from qianche.service.api.reply import errors, reply, require_json
from qianche.service.by_hand import Name, by_hand
from qianche.service.responses.columns import TableColumns
from qianche.service.schemas import Number, Text
from qianche.service.wire.columns import columns_of, remap

_COLUMNS = Field(
    min_length=1,
    max_length=1000,
    description="列号（从 1 数起）→ 字段，见 fields；null 为不用这一列。没有提到的列不变。",
    examples=[{"5": "deaths", "6": None}],
)


class Mapping(BaseModel):
    """对一个表格的列的更正；整个表格按它重新读取。"""

    model_config = ConfigDict(extra="forbid")

    table: Number = Field(default=1, ge=1, description="第几个表格，从 1 数起。", examples=[1])
    columns: dict[Annotated[int, Field(ge=1)], Text | None] = _COLUMNS
    unit: Text | None = Field(default=None, description="其中金额的单位，见 units。", examples=["万元"])
    who: Name = Field(description="由谁更正。", examples=["张三"])


def build_router(importer: Importer) -> APIRouter:
    """Return the routes of columns."""
    router = APIRouter(tags=["导入"])

    @router.get(
        "/sources/{sha256}/columns",
        summary="一个台账的列对照：哪一列是什么",
        response_model=TableColumns,
        responses=errors(404, 422),
    )
    def get_columns(sha256: Sha) -> Response:
        return reply(columns_of(importer, sha256))

    @router.post(
        "/sources/{sha256}/columns",
        summary="更正列对照；各行按它重新收录，人工的更正和决定保留",
        response_model=TableColumns,
        responses=errors(400, 404, 413, 415, 422),
        dependencies=[Depends(require_json)],
    )
    def post_columns(sha256: Sha, given: Annotated[Mapping, Body()]) -> Response:
        with by_hand():
            remap(importer, sha256, given.table, given.columns, given.unit, given.who)
        return reply(columns_of(importer, sha256))

    return router
