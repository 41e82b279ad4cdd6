"""Chinese wording shared by the API, the pages and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from qianche.corpus.casebook import labels as case_labels
from qianche.corpus.cases import (
    Case,
    Place,
)
from qianche.corpus.register.labels import NO_TEXT, issued_label
from qianche.corpus.register.scopes import SCOPE_LABEL
from qianche.corpus.register.standing import Standing
from qianche.corpus.rules import Evidence, ForceStatus
from qianche.indexing.knowledge_base import Status
from qianche.indexing.search.answer import Kind, Notice

ABSENT = case_labels.ABSENT
UNKNOWN = "不详"
VERSION_NOT_HELD = "当日版本未收录"
NOT_OF_THAT_DAY = "非当日文本，条号可能不同"
DIGEST = "要旨，本库归纳，非条文原文"
DIGEST_IN_BRIEF = "要旨（本库归纳）"
DIGEST_ONLY = "要旨，非原文：本库没有这一条的正文，请查阅官方文本。"
DIGEST_CONTENTS = "要旨目录（本库归纳，非条文原文）"
MAJOR_HAZARD_LABELS = {
    ForceStatus.IN_FORCE: "可能构成重大事故隐患",
    ForceStatus.UNKNOWN: "重大事故隐患判定标准，效力待核",
    ForceStatus.NOT_YET: "当日不适用的判定标准（尚未施行）",
    ForceStatus.REVISED: "当日不适用的判定标准（已被修订）",
    ForceStatus.REPEALED: "当日不适用的判定标准（已废止）",
}
"""What a match of an item of judging criteria means, by the status of its version on the day asked."""

PART_LABELS = {
    "name": "名称",
    "activity": "作业活动",
    "initiating_event": case_labels.FIELD_LABELS["initiating_event"],
    "direct_cause": "直接原因",
    "management_failures": case_labels.FIELD_LABELS["management_failures"],
    "failed_barriers": "失效的防护",
    "equipment": "设备",
    "substances": "物质",
    "lessons": "教训",
    "cited_rules": "引用的规定",
    "note": "说明",
    "industry": "行业",
    "place": "地点",
    "title": "名称",
    "scope": SCOPE_LABEL,
    "paragraph": "款",
    "item": "项",
    "gist": DIGEST_IN_BRIEF,
    "said_as": "现场说法",
    "report.introduction": "报告引言",
    "report.background": "报告·基本情况",
    "report.course": "报告·事故经过",
    "report.response": "报告·应急处置",
    "report.losses": "报告·伤亡和损失",
    "report.direct_cause": "报告·直接原因",
    "report.indirect_cause": "报告·间接原因",
    "report.nature": "报告·事故性质",
    "report.lessons": "报告·教训",
    "report.measures": "报告·防范措施",
    "report.other": "报告原文",
    "clause": "条款",
    "section": "段落",
    "text": "原文",
}
"""Parts of a record that an evidence passage comes from."""

FIELD_LABELS = {
    "sector": "行业领域",
    "accident_class": "事故类别",
    "grade": "事故等级",
    "work_kind": "作业类型",
    "equipment": "设备",
    "substances": "物质",
    "province": "省份",
    "year": "年份",
    "level": "效力级别",
    "rule": "法规标准",
    "has_text": "是否收录正文",
}
"""Facets and filters."""

KIND_LABELS: dict[Kind, str] = {"case": "事故案例", "rule": "法规条款"}
LEG_LABELS = {"lexical": "字词", "dense": "语义"}
SCOPE_LABELS = {"safety": "安全生产领域", "all": "全部法规"}
SORT_LABELS = {"relevance": "相关度", "date": "日期", "deaths": "死亡人数"}

_NOTHING_LEFT: dict[Kind | None, str] = {
    None: "所选条件下没有相近的事故案例和法规条款；去掉部分条件可以看到相近的结果。",
    "case": "所选条件下没有相近的事故案例；去掉部分条件可以看到相近的案例。",
    "rule": "所选条件下没有相近的法规条款；去掉部分条件可以看到相近的条款。",
}
_NOTHING: dict[Kind | None, str] = {
    None: "没有找到与所述内容相近的事故案例和法规条款。"
    "请换一种说法，写明作业、设备、物质或险情，或减少筛选条件。",
    "case": "没有找到与所述内容相近的事故案例。请换一种说法，或减少筛选条件。",
    "rule": "没有找到与所述内容相近的法规条款。请换一种说法，或把范围改为全部法规。",
}
_NOTICES: dict[Notice, str] = {
    "vectors-pending": "语义向量正在生成，本次主要按字词检索；生成完成后结果会更全。",
    "no-model": "本机没有语义模型，只按字词检索。可用 `qianche model import 文件.whl` 导入模型。",
    "query-cut": "输入的内容较长，字词检索只用了其中最能区分的词语。若写了几处隐患，请分开查询以免遗漏。",
}


def notice_text(code: Notice, kind: Kind | None) -> str:
    """Return the sentence for one notice; kind None means it holds for both kinds."""
    by_kind = {"nothing-fits": _NOTHING, "nothing-in-filter": _NOTHING_LEFT}
    return by_kind[code][kind] if code in by_kind else _NOTICES[code]


def merge_notices(notices: Iterable[tuple[Notice, Kind | None]]) -> tuple[tuple[Notice, Kind | None], ...]:
    """Return the notices, each once; one that is said of both kinds is said once with kind None."""
    kinds: dict[Notice, list[Kind | None]] = {}
    for code, kind in notices:
        kinds.setdefault(code, [])
        if kind not in kinds[code]:
            kinds[code].append(kind)
    both = set(get_args(Kind))
    merged: list[tuple[Notice, Kind | None]] = []
    for code, said in kinds.items():
        merged += [(code, None)] if None in said or both <= set(said) else [(code, kind) for kind in said]
    return tuple(merged)


def part_label(part: str) -> str:
    """Return the Chinese name of a part of a record; a name that is not in the table is shown as it is."""
    return PART_LABELS.get(part, part)


def facet_value_label(field: str, value: str) -> str:
    """Return how a facet value is shown; all but `has_text` are Chinese already."""
    if field == "has_text":
        return "已收录正文" if value == "true" else "只有名称和日期"
    return value


def place_label(place: Place) -> str:
    """Return the place in one piece: 省, 市, 县 as far as known, the country in front if it is not China."""
    levels: list[str] = [] if place.country == "中国" else [place.country]
    for level in (place.province, place.city, place.county):
        if level and level not in levels:
            levels.append(level)
    return "".join(levels) or place.country


def case_place_label(case: Case) -> str:
    """Return the place of a case; levels that the files give differently are said, e.g. 浙江省（市（州）数据有出入…）."""
    levels = ("place.province", "place.city", "place.county")
    differing = [
        f"{case_labels.FIELD_LABELS[level]}{case_labels.conflict_label(values)}"
        for level in levels
        if (values := case.conflict_in(level))
    ]
    return "，".join((place_label(case.place), *differing))


def toll_label(case: Case) -> str:
    """Return deaths, missing, injured and loss as far as the record has them, e.g. 死亡 3 人，受伤 5 人.

    Figures in conflict stand side by side: 死亡 数据有出入（3／4）.
    """
    toll = case.toll
    loss = None if toll.direct_loss_wan is None else f"{toll.direct_loss_wan:g}"
    figures = (
        ("死亡", "toll.deaths", toll.deaths, "人"),
        ("失踪", "toll.missing", toll.missing, "人"),
        ("重伤", "toll.severe_injuries", toll.severe_injuries, "人"),
        ("受伤", "toll.injured", toll.injured, "人"),
        ("直接经济损失", "toll.direct_loss_wan", loss, "万元"),
    )
    parts = []
    for name, key, value, unit in figures:
        if stated := case.conflict_in(key):
            parts.append(f"{name} {figure_conflict_label(key, stated)}")
        elif value is not None:
            parts.append(f"{name} {value} {unit}")
    return "，".join(parts) or f"伤亡和损失{ABSENT}"


def figure_conflict_label(name: str, stated: Sequence[str]) -> str:
    """Return the values in conflict as they stand in the place of their field; a loss has its unit."""
    unit = " 万元" if name == "toll.direct_loss_wan" else ""
    return case_labels.conflict_label([f"{value}{unit}" for value in stated])


def not_held_label(standing: Standing) -> str:
    """Return what to say where the text of the version that answers for the day asked is not held."""
    version, status = standing.version, standing.status
    named = f"《{version.title}》{issued_label(version)}的版本"
    if standing.reason == "earlier":
        what = f"查询日早于登记的最早版本（{named}），更早的版本没有登记，{status}"
        return f"{VERSION_NOT_HELD}：{what}。请查阅官方文本。"
    if status is ForceStatus.IN_FORCE:
        return f"{VERSION_NOT_HELD}：查询日适用的是{named}（{status}），本库没有其正文。请查阅官方文本。"
    unknown = status is ForceStatus.UNKNOWN
    return (
        f"{VERSION_NOT_HELD if unknown else NO_TEXT}：{named}查询日{status}，本库没有其正文。请查阅官方文本。"
    )


def read_in(basis: Evidence, source: str | None) -> str:
    """Return where a digest says that its provision was read; of a text without a source that is the one held here."""
    return source or ("本库所收条文" if basis == "text" else "出处未记")


def coverage_percent(coverage: float) -> str:
    """Return the share of vectors made as a whole percentage that says 100% only when nothing is missing."""
    return "100%" if coverage >= 1 else f"{min(99, int(coverage * 100))}%"


def readiness_line(status: Status) -> str:
    """Return one sentence on what the service can answer now."""
    if not status.records_ready:
        return "资料还没有入库，暂时不能查询。请稍候，或运行 `qianche build`。"
    if status.model is None:
        return _NOTICES["no-model"]
    if status.vector_coverage < 1:
        percent = coverage_percent(status.vector_coverage)
        return f"可以查询；语义向量正在生成，已完成 {percent}，在此之前主要按字词检索。"
    return "可以查询，资料和语义向量齐全。"
