"""Shapes of the probes and of the figures."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from qianche.service.responses.found import Wire


class Health(Wire):
    """服务在运行。"""

    status: Literal["ok"]


class Readiness(Wire):
    """能不能回答查询，语义向量做了多少。"""

    ready: bool
    records: bool
    vectors: Literal["complete", "pending", "no-model"]
    vector_coverage: float = Field(ge=0, le=1)
    model: str | None
    detail: str
    failure: str | None = Field(description="后台建立索引中断的原因。")


class StatsResponse(Wire):
    """资料库的数字。"""

    records_ready: bool
    vector_coverage: float
    model: str | None
    cases: int
    rules: int
    rule_versions: int
    articles: int
    passages: int
    generation: int
    facts: dict[str, str]
    disk_bytes: int
    cases_by_cause_basis: dict[str, int]
    earliest_case: str | None
    latest_case: str | None
