"""What the user reads about how a case is known: the one place of these Chinese labels."""

from __future__ import annotations

from collections.abc import Sequence

from qianche.corpus.cases import (
    AccidentClass,
    Case,
    CauseBasis,
    ClassBasis,
    Confidence,
    GradeBasis,
    Origin,
    ProvenanceKind,
)
from qianche.corpus.schemes import CLASS_SCHEMES

ABSENT = "原记录未载"
"""For every part that a record does not have; a blank is never silent."""
LESSONS = "本库归纳"
"""For lessons and failed barriers of bundled records: our reading, not findings."""
NUMBERS_UNCONFIRMED = "伤亡数字或日期未经公开页面核实"
NUMBERS_IMPORTED = "伤亡数字和日期据导入的文件所载"
CONFLICTING = "数据有出入"
DOUBTFUL = "存疑"
BY_PERSON = "由使用者更正"
UNDECIDED = "待人工确定"

RECORD_LABELS: dict[Origin, str] = {"bundled": "本库概括，非报告原文", "imported": "导入的记录"}

CAUSE_BASIS_LABELS: dict[CauseBasis, str] = {
    "report": "成因据调查报告",
    "page": "成因据公开页面所述",
    "memory": "成因据公开资料记忆，待核",
    "general": "成因据同类机理概括，非调查认定",
    "person": "成因由使用者填写",
    "file": "成因据导入文件所述，未见调查认定",
    "preliminary": "成因据初步分析，非最终认定",
    "absent": f"直接原因{ABSENT}",
}
CAUSE_FROM_COURSE = "成因据公开页面所述经过归纳，未见调查认定"
CAUSE_PRELIMINARY = "成因据初步分析或通报口径，非最终认定"

_COURSE_NOTE = "原因据页面所述经过归纳"
_PRELIMINARY_NOTE = "初步分析或通报口径"
"""Standing phrases of `note` in the bundled records; both only narrow what `page` means."""

GRADE_BASIS_LABELS: dict[GradeBasis, str] = {
    "named": "来源所称",
    "computed": "按493号令标准推算",
    "computed-retroactive": "按493号令折算",
    "computed-missing": "按493号令推算，失踪人员计入死亡",
    "person": "由使用者更正",
}
CLASS_BASIS_LABELS: dict[ClassBasis, str] = {
    "source": "来源所列",
    "crosswalk": "由 1986 版类别对照",
    "reading": "本库按分类定义判断",
    "undecided": UNDECIDED,
    "person": "由使用者更正",
}
SCHEME_LABELS: dict[str, str] = {
    "gb6441-1986": "GB/T 6441-1986",
    "gb6441-2025": "GB 6441-2025",
    "coal-8": "煤矿事故八类",
    "common": "通用说法",
}
FIELD_LABELS: dict[str, str] = {
    "name": "事故名称",
    "occurred_on": "日期",
    "occurred_at": "时刻",
    "place.country": "国家",
    "place.province": "省份",
    "place.city": "市（州）",
    "place.county": "县（区）",
    "sector": "行业领域",
    "industry": "行业",
    "work_kind": "作业类型",
    "toll.deaths": "死亡人数",
    "toll.missing": "失踪人数",
    "toll.severe_injuries": "重伤人数",
    "toll.injured": "受伤人数",
    "toll.direct_loss_wan": "直接经济损失（万元）",
    "grade": "事故等级",
    **{f"accident_classes.{scheme}": f"事故类别（{SCHEME_LABELS[scheme]}）" for scheme in CLASS_SCHEMES},
    "activity": "作业活动",
    "initiating_event": "起因事件",
    "direct_cause": "直接原因",
    "management_failures": "管理缺陷",
    "failed_barriers": "失效的防护",
    "equipment": "设备",
    "substances": "物质",
    "lessons": "教训",
}
"""Key of every field that can be corrected or in conflict, with its one name in Chinese."""
CONFIDENCE_LABELS: dict[Confidence, str] = {"high": "数字与成因均有页面可据", "medium": "部分内容待核"}
PROVENANCE_LABELS: dict[ProvenanceKind, str] = {
    "government": "政府网站",
    "court": "法院网站",
    "national-media": "中央媒体",
    "website": "其他网站",
    "collection": "公开资料汇编",
    "import": "使用者导入的文件",
}


def cause_label(case: Case) -> str:
    """Return how the cause is known, to be shown beside it.

    A bundled `page` cause is narrowed by its note: from the course of events told, or preliminary. An imported
    record without a cause claims no basis for one; a cause in doubt says so.
    """
    if case.origin == "imported" and case.direct_cause is None and not case.conflict_in("direct_cause"):
        return CAUSE_BASIS_LABELS["absent"]
    if case.origin == "bundled" and case.cause_basis == "page" and case.note:
        if _COURSE_NOTE in case.note:
            return CAUSE_FROM_COURSE
        if _PRELIMINARY_NOTE in case.note:
            return CAUSE_PRELIMINARY
    label = CAUSE_BASIS_LABELS[case.cause_basis]
    return f"{label}，{DOUBTFUL}" if case.cause_doubtful else label


def record_label(case: Case) -> str:
    """Return what the record as a whole is: 本库概括，非报告原文 for every bundled one."""
    return RECORD_LABELS[case.origin]


def lessons_label(case: Case) -> str | None:
    """Return the label of the lessons: ours, absent, or None where an imported record brings its own."""
    if not case.lessons:
        return ABSENT
    return LESSONS if case.origin == "bundled" else None


def numbers_label(case: Case) -> str | None:
    """Return what must be known of casualties and date, None where all were seen on a page and agree.

    What persons gave is theirs, what is in conflict is said, and only the rest is credited to the source, e.g.
    受伤人数由使用者更正，其余伤亡数字和日期据导入的文件所载.
    """
    apart = [
        f"{'、'.join(FIELD_LABELS[name] for name in names)}{what}"
        for what, names in (
            (BY_PERSON, [c.field for c in case.corrected if is_number(c.field)]),
            (CONFLICTING, [c.field for c in case.conflicts if is_number(c.field)]),
        )
        if names
    ]
    rest = NUMBERS_IMPORTED if case.origin == "imported" else NUMBERS_UNCONFIRMED
    if case.origin == "bundled" and apart:
        return "，".join(apart) + (f"，其余{rest}" if not case.numbers_confirmed else "")
    if apart:
        return "，".join([*apart, f"其余{rest}"])
    return None if case.numbers_confirmed else rest


def is_number(name: str) -> bool:
    """Return whether a field is one of the casualties, the loss or the date."""
    return name.startswith("toll.") or name == "occurred_on"


def conflict_label(values: Sequence[str]) -> str:
    """Return how values in conflict are shown in the place of their field, e.g. 数据有出入（3／4）."""
    return f"{CONFLICTING}（{'／'.join(values)}）"


def grade_label(case: Case) -> str:
    """Return the grade with its basis, e.g. 重大（按493号令折算）; 未定级 or the conflict where there is none."""
    if case.grade is None:
        stated = case.conflict_in("grade")
        return conflict_label(stated) if stated else "未定级"
    return f"{case.grade.value}（{GRADE_BASIS_LABELS[case.grade.basis]}）"


def class_label(item: AccidentClass) -> str:
    """Return the class with its basis, e.g. 待人工确定（中毒、窒息）."""
    if item.value is None:
        return f"{UNDECIDED}（{'、'.join(item.candidates)}）"
    return item.value if item.basis == "source" else f"{item.value}（{CLASS_BASIS_LABELS[item.basis]}）"
