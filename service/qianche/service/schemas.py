"""What may be asked over HTTP: the parameters of a search, the same in a JSON body and in a query string."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from qianche.corpus.schemes import ALL_SECTORS, GRADES, RULE_LEVELS, SECTORS, WORK_KINDS
from qianche.indexing.search.answer import Kind, Scope, Sort
from qianche.indexing.search.understanding import MAX_QUERY

MAX_TOP_K = 100
MAX_VALUES = 100
"""Most values of one filter."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _only_iso_day(value: Any) -> Any:
    """Return a day written as 2021-09-01; pydantic alone would take 0 for 1970-01-01."""
    if value is None or isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("date_parsing", "not a day")


def _no_boolean(value: Any) -> Any:
    """Return a number; pydantic alone would take true for 1."""
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "not a number")
    return value


def _encodable(value: str) -> str:
    """Return a text without lone surrogates, which JSON can spell but no index, file or reply can hold."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "lone surrogate") from None
    return value


Text = Annotated[str, AfterValidator(_encodable)]
Day = Annotated[date, BeforeValidator(_only_iso_day)]
Number = Annotated[int, BeforeValidator(_no_boolean)]
Year = Annotated[int, Field(ge=1, le=9999), BeforeValidator(_no_boolean)]
Values = list[Text]

_EXAMPLES: list[Any] = [
    {"query": "污水池清淤前没有通风检测，下去一个人没上来，又下去两个人救", "sector": ["工贸"], "top_k": 5},
    {"query": "三楼外架没挂安全网，工人没系安全带", "kinds": ["rule"], "as_of": "2019-06-01"},
]


class SearchParameters(BaseModel):
    """检索条件。同一条件给出多个值时满足其一即可，不同条件须同时满足；空字符串视为没有给出。"""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": _EXAMPLES})

    query: Text = Field(
        description=f"隐患、作业或事故的描述，1 至 {MAX_QUERY} 个字符；可直接粘贴报告中的一段。",
        examples=["污水池清淤前没有通风检测，下去一个人没上来"],
    )
    kinds: list[Kind] = Field(
        default=["case", "rule"],
        min_length=1,
        max_length=2,
        description="查什么：case 事故案例，rule 法规条款。",
    )
    as_of: Day | None = Field(
        default=None, description="按哪一天的法规查，年-月-日；不给则为今天。", examples=["2019-06-01"]
    )
    include_not_in_force: bool = Field(
        default=False, description="是否也返回当日未施行或已失效的条款（会标明）。"
    )
    scope: Scope = Field(default="safety", description="法规范围：safety 安全生产领域，all 全部。")
    top_k: Number = Field(default=10, ge=1, le=MAX_TOP_K, description="每一类最多返回多少条。")
    sort: Sort = Field(
        default="relevance", description="排序：relevance 相关度，date 日期，deaths 死亡人数。"
    )
    facets: bool = Field(default=True, description="是否统计各筛选项的数量。")

    sector: Values = Field(
        default=[],
        max_length=MAX_VALUES,
        description=f"行业领域，案例和法规共用：{'、'.join(SECTORS)}；{ALL_SECTORS}只用于法规。",
        examples=[["工贸"]],
    )
    accident_class: Values = Field(default=[], max_length=MAX_VALUES, description="事故类别，如 高处坠落。")
    grade: Values = Field(default=[], max_length=MAX_VALUES, description=f"事故等级：{'、'.join(GRADES)}。")
    work_kind: Values = Field(
        default=[], max_length=MAX_VALUES, description=f"作业类型：{'、'.join(WORK_KINDS)}。"
    )
    equipment: Values = Field(default=[], max_length=MAX_VALUES, description="设备，见 /api/facets。")
    substances: Values = Field(default=[], max_length=MAX_VALUES, description="物质，见 /api/facets。")
    province: Values = Field(
        default=[], max_length=MAX_VALUES, description="省份（境外为国家），见 /api/facets。"
    )
    year: list[Year] = Field(default=[], max_length=MAX_VALUES, description="事故年份。")
    date_from: Day | None = Field(default=None, description="事故日期不早于，年-月-日。")
    date_to: Day | None = Field(default=None, description="事故日期不晚于，年-月-日。")
    deaths_min: Number | None = Field(default=None, ge=0, le=1_000_000, description="死亡人数不少于。")
    deaths_max: Number | None = Field(default=None, ge=0, le=1_000_000, description="死亡人数不多于。")
    level: Values = Field(
        default=[], max_length=MAX_VALUES, description=f"效力级别：{'、'.join(RULE_LEVELS)}。"
    )
    rule: Values = Field(default=[], max_length=MAX_VALUES, description="法规编号，如 work-safety-law。")
    has_text: list[bool] = Field(default=[], max_length=2, description="法规是否收录正文。")

    @model_validator(mode="before")
    @classmethod
    def _drop_blanks(cls, data: Any) -> Any:
        """Return the parameters without empty ones: an HTML form sends every field, filled or not."""
        if not isinstance(data, dict):
            return data
        kept = {k: [i for i in v if i != ""] if isinstance(v, list) else v for k, v in data.items()}
        return {
            k: v for k, v in kept.items() if k == "query" or (v != "" and not (v == [] and data[k] != []))
        }


class FieldProblem(BaseModel):
    """一项不对的输入。"""

    field: str = Field(description="字段名；多值字段带序号，如 year.0。", examples=["top_k"])
    given: str = Field(description="给出的值，过长则截短。", examples=["0"])
    message: str = Field(description="哪里不对，可以怎么给。", examples=["不能小于 1"])
    allowed: list[str] | None = Field(default=None, description="可选的值。")


class Problem(BaseModel):
    """出错时的统一格式（RFC 9457，application/problem+json）。"""

    type: str = Field(description="问题类型的标识。", examples=["urn:qianche:problem:not-found"])
    title: str = Field(description="问题类型的名称。", examples=["没有找到"])
    status: int = Field(description="HTTP 状态码。", examples=[404])
    detail: str = Field(
        description="出了什么事，该怎么办。", examples=["没有编号为“x”的事故案例。请核对编号，或改用检索。"]
    )
    code: str = Field(description="供程序判断的短代码。", examples=["not-found"])
    errors: list[FieldProblem] | None = Field(default=None, description="逐项说明哪些输入不对。")
    incident: str | None = Field(default=None, description="服务内部出错时的编号，日志里可按它查找。")
