"""The role of a unit, as the words beside its name or over it say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.content.tables import table, words
from qianche.corpus.reports.content.unit_names import UnitName
from qianche.corpus.reports.draft import Part

_BEFORE = 24
_AFTER = 60
_LONGEST_HEADING = 30
_HAPPENED = "事故|爆炸|火灾|坍塌|中毒|泄漏|燃爆|窒息|起火|坠落|触电|侧翻|倾覆|透水|垮塌"
# 某公司3号仓发生爆炸 某公司“5·08”坍塌事故 — not 某公司发生变更.
_OPENS = re.compile(
    rf"[^；]{{0,60}}?发生[^，,。；;]{{0,30}}(?:{_HAPPENED})|[“\"]?\d+[·•．.]\d+|[^，,。；;、]{{0,20}}事故"
)
_BY = re.compile(r"由\s*\Z")
# 由甲公司承建，乙公司监理。
_VERB_ENDS = re.compile(r"[\u4e00-\u9fff]{2,4}[，,。；;]")
# What a company's own name says it does.
_NAME_SAYS = (
    (re.compile("监理"), "监理单位"),
    (re.compile("劳务"), "劳务单位"),
    (re.compile("设计(?:研究)?院|设计(?:集团)?(?:有限|股份)"), "设计单位"),
    (re.compile("检测|检验|安全评价"), "检测机构"),
    (re.compile("物业"), "物业单位"),
)


@dataclass(frozen=True, slots=True)
class _Cue:
    """A word for a role with the patterns of the places it can stand in."""

    word: str
    role: str
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _cues() -> tuple[_Cue, ...]:
    """Return the words for roles, longer ones first."""
    pairs = [(word, row["role"]) for row in table("unit_roles.tsv") for word in words(row["words"])]
    return tuple(_cue(word, role) for word, role in sorted(pairs, key=lambda pair: -len(pair[0])))


def _cue(word: str, role: str) -> _Cue:
    """Return the patterns of a word.

    Before the name: 监理单位： 承包人（全称）： 建设单位为. After it: （监理单位） ，系本项目的监理单位; on the next line
    where the name ends its own: 监理单位，派驻3人.
    """
    label = re.escape(word)
    bracket = rf"[^\n。；，,：:]{{0,12}}?[（(][^\n）)]{{0,12}}?{label}"
    linked = rf"[”\"）)]*[，,]?(?:作为|系|为|是|担任|负责)[^\n。；，,]{{0,30}}?的?{label}"
    below = rf"[ \t]*\n(?:该公司|该单位|公司)?(?:为|系|是)?{label}[，,。（(]"
    before = rf"{label}(?:（[^）]{{1,6}}）)?(?:名称|全称)?\s*(?:[：:]|为|是|系)?\s*[“\"]?\Z"
    return _Cue(word, role, re.compile(before), re.compile(f"{bracket}|{linked}|{below}"))


@cache
def _verbs() -> tuple[tuple[str, str], ...]:
    """Return the pairs of (verb, role) for 由某公司承建."""
    return tuple((verb, row["role"]) for row in table("unit_roles.tsv") for verb in words(row["verbs"]))


def role_order(role: str) -> int:
    """Return the place of a role (the first of several) in the table; roles outside it come last."""
    order = [row["role"] for row in table("unit_roles.tsv")]
    first = role.split("、")[0]
    return order.index(first) if first in order else len(order)


def role_beside(text: str, span: Span, mention: UnitName) -> str | None:
    """Return the role said right beside a name, None where none is."""
    before = text[max(span.start, mention.span.start - _BEFORE) : mention.span.start]
    after = text[mention.span.end : min(span.end, mention.span.end + _AFTER)]
    by = next((role for verb, role in _verbs() if after.startswith(verb)), None)
    if by and (_BY.search(before) or (before[-1:] in "，,；;、" and _VERB_ENDS.match(after))):
        return by
    both = before + after
    near = (cue for cue in _cues() if cue.word in both)
    return next((cue.role for cue in near if cue.before.search(before) or cue.after.match(after)), None)


def role_of_name(name: str) -> str | None:
    """Return the role that the name of a unit suggests, None where it suggests none."""
    return next((role for pattern, role in _NAME_SAYS if pattern.search(name)), None)


def role_over(text: str, span: Span, mention: UnitName) -> str | None:
    """Return the role in the heading right over a paragraph that a name begins, None where there is none."""
    line = text.rfind("\n", span.start, mention.span.start)
    if line < 0 or len(text[line + 1 : mention.span.start].strip()) > 6:
        return None
    heading = text[max(text.rfind("\n", span.start, line) + 1, span.start) : line].strip()
    if len(heading) > _LONGEST_HEADING or heading.endswith(("。", "；")):
        return None
    return next((cue.role for cue in _cues() if cue.word in heading), None)


def opens_accident(text: str, span: Span, parts: Sequence[Part], mention: UnitName) -> bool:
    """Return whether title or opening say that the accident happened there: 某公司…发生…事故."""
    late = [p.span for p in parts if p.kind not in ("title", "introduction", "background", "course", "other")]
    if any(s.start <= mention.span.start < s.end for s in late):
        return False
    rest = text[mention.span.end : min(span.end, mention.span.end + 80)].split("。")[0].split("\n")[0]
    return _OPENS.match(rest) is not None
