"""What the user reads about how a case is known: the one place of these Chinese labels."""

from __future__ import annotations

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

ABSENT = "原记录未载"
"""For every part that a record does not have; a blank is never silent."""
LESSONS = "本库归纳"
"""For lessons and failed barriers of bundled records: our reading, not findings."""
NUMBERS_UNCONFIRMED = "伤亡数字或日期未经公开页面核实"
NUMBERS_IMPORTED = "伤亡数字和日期据导入的文件所载"
UNDECIDED = "待人工确定"

RECORD_LABELS: dict[Origin, str] = {"bundled": "本库概括，非报告原文", "imported": "导入的记录"}

CAUSE_BASIS_LABELS: dict[CauseBasis, str] = {
    "report": "成因据调查报告",
    "page": "成因据公开页面所述",
    "memory": "成因据公开资料记忆，待核",
    "general": "成因据同类机理概括，非调查认定",
    "person": "成因由使用者填写",
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

    A bundled `page` cause is narrowed by its note: from the course of events told, or preliminary.
    """
    if case.origin == "bundled" and case.cause_basis == "page" and case.note:
        if _COURSE_NOTE in case.note:
            return CAUSE_FROM_COURSE
        if _PRELIMINARY_NOTE in case.note:
            return CAUSE_PRELIMINARY
    return CAUSE_BASIS_LABELS[case.cause_basis]


def record_label(case: Case) -> str:
    """Return what the record as a whole is: 本库概括，非报告原文 for every bundled one."""
    return RECORD_LABELS[case.origin]


def lessons_label(case: Case) -> str | None:
    """Return the label of the lessons: ours, absent, or None where an imported record brings its own."""
    if not case.lessons:
        return ABSENT
    return LESSONS if case.origin == "bundled" else None


def numbers_label(case: Case) -> str | None:
    """Return the warning on casualties or date that no page confirms, None where both were seen on one."""
    if case.numbers_confirmed:
        return None
    return NUMBERS_IMPORTED if case.origin == "imported" else NUMBERS_UNCONFIRMED


def grade_label(case: Case) -> str:
    """Return the grade with its basis, e.g. 重大（按493号令折算）; 未定级 where there is none."""
    if case.grade is None:
        return "未定级"
    return f"{case.grade.value}（{GRADE_BASIS_LABELS[case.grade.basis]}）"


def class_label(item: AccidentClass) -> str:
    """Return the class with its basis, e.g. 待人工确定（中毒、窒息）."""
    if item.value is None:
        return f"{UNDECIDED}（{'、'.join(item.candidates)}）"
    return item.value if item.basis == "source" else f"{item.value}（{CLASS_BASIS_LABELS[item.basis]}）"
