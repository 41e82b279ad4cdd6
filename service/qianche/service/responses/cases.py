"""Shapes of cases."""

from __future__ import annotations

from pydantic import Field

from qianche.corpus.cases import CauseBasis, ClassBasis, Confidence, GradeBasis, Origin, ProvenanceKind
from qianche.service.responses.found import Found, Wire


class Place(Wire):
    """地点；来源没有写到的层级为 null。"""

    country: str
    province: str | None
    city: str | None
    county: str | None
    label: str


class AccidentClass(Wire):
    """事故类别，连同所用的分类标准；待人工确定时 value 为 null，candidates 列出可选。"""

    scheme: str
    scheme_label: str
    value: str | None
    basis: ClassBasis
    basis_label: str
    label: str
    candidates: list[str]


class Grade(Wire):
    """事故等级与其依据。"""

    value: str
    basis: GradeBasis
    basis_label: str
    label: str


class Conflict(Wire):
    """导入文件说法不一的字段；字段本身为空，各种说法并列。"""

    field: str
    label: str
    values: list[str]
    values_label: str = Field(description="在该字段处显示的文字，如 数据有出入（3／4）。")


class Corrected(Wire):
    """由使用者更正的字段，连同更正人。"""

    field: str
    label: str
    who: str


class CaseSummary(Wire):
    """事故案例的要点。"""

    id: str
    name: str
    origin: Origin
    record_label: str = Field(description="记录的性质，如 本库概括，非报告原文。")
    date: str
    time: str | None
    place: Place
    sector: str
    industry: str
    work_kind: str
    accident_classes: list[AccidentClass]
    grade: Grade | None
    deaths: int | None
    missing: int | None
    severe_injuries: int | None
    injured: int | None
    direct_loss_wan: float | None = Field(description="直接经济损失，万元。")
    toll_label: str
    numbers_confirmed: bool
    numbers_label: str | None
    cause_basis: CauseBasis
    cause_basis_label: str
    conflicts: list[Conflict]
    corrected: list[Corrected]


class Provenance(Wire):
    """一个来源；只有政府、法院和全国性媒体的网页给出链接。"""

    kind: ProvenanceKind
    kind_label: str
    url: str | None


class CaseRecord(CaseSummary):
    """一个事故案例的全部内容；absent 列出原记录未载的部分。"""

    activity: str | None
    initiating_event: str | None
    direct_cause: str | None
    management_failures: list[str]
    failed_barriers: list[str]
    equipment: list[str]
    substances: list[str]
    lessons: list[str]
    lessons_label: str | None
    cited_rules: list[str]
    confidence: Confidence
    confidence_label: str
    note: str | None
    absent: list[str]
    absent_label: str
    provenance: list[Provenance]


class CaseHit(CaseSummary, Found):
    """检索到的事故案例。"""

    direct_cause: str | None


class SimilarResponse(Wire):
    """与一个案例相似的案例。"""

    id: str
    cases: list[CaseHit]
