"""Shapes of what every hit carries."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Wire(BaseModel):
    """Base of all shapes: no undeclared field."""

    model_config = ConfigDict(extra="forbid")


class Expansion(Wire):
    """一条起作用的词表：在查询的 [start, end) 处见到 found，补充了 terms。"""

    found: str
    start: int
    end: int
    terms: list[str]


class Leg(Wire):
    """一种检索方式给出的分数和名次（从 1 起）。"""

    leg: str
    name: str
    score: float
    rank: int


class Evidence(Wire):
    """一段依据：text 是记录该部分 [start, end) 处的原文，marks 是其中命中词的 [start, end)。

    出自导入的文件时 source 是文件的 sha256，page 是页码，start、end 是其全文中的位置；否则二者为 null。
    """

    part: str
    part_label: str
    text: str
    start: int
    end: int
    marks: list[tuple[int, int]]
    source: str | None
    page: int | None


class Found(Wire):
    """命中的名次、分数和依据。"""

    rank: int
    score: float = Field(description="两种检索合并后的分数，只用于同一次查询内比较。")
    relevance: float = Field(ge=0, le=1, description="确属相关的估计概率。")
    legs: list[Leg]
    matched_words: list[str]
    evidence: list[Evidence]
