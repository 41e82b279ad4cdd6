"""Severity: what the report calls it, what follows from toll and loss, and a warning where they differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TypeVar

from qianche.corpus.cases import Toll
from qianche.corpus.grading import IN_FORCE_FROM, compute_grade
from qianche.corpus.reading.document import Span
from qianche.corpus.reports.draft import Field, Finding, FoundBy
from qianche.corpus.reports.fields.account import Account, Sentence
from qianche.corpus.reports.fields.tolls import Tolls
from qianche.corpus.schemes import GRADES

T = TypeVar("T")

OLD_WORD = "特大"
"""Common before 国务院令第493号; not one of its four grades."""

# Matches 较大 in 较大坍塌事故 and in “6·21”特别重大燃气爆炸事故, 一般 in 一般生产安全责任事故;
# not 重大事故隐患, 重大责任事故罪, 较大以上事故, 重特大事故, 一起较为严重的事故.
_NAMED = re.compile(
    "(?<!重)(?P<grade>特别重大|特大|(?<!特别)重大|较大|一般)(?!以上|及以上|事故隐患|责任事故罪|危险源|风险|损失)"
    '(?P<between>[\u4e00-\u9fa5A-C“”"·\\d、（）()]{0,22}?)(?:事故|火灾|事件)(?!隐患|罪|等级)'
)
_NOT_BETWEEN = re.compile("影响|问题|隐患|伤害程度|以上|经济损失")
_LABEL = re.compile("事故(?:等级|级别)[:|\t](?P<grade>特别重大|特大|重大|较大|一般)")
_CALLED = re.compile("是一起|认定|属于?|定性为|构成|发生|为")
# Speaks of this accident, whatever rule it cites. Matches 该事故等级为, 本起事故属于; not 同类事故.
_OF_THIS = re.compile("(?:该|本|此|这)(?:起|次)?事故(?:等级|级别)?(?:应)?(?:认定为|定性为|为|属于?|构成)")
_REMOTE = ("measures", "lessons", "responsibility", "background")
_IN_PASSING = re.compile("同类|类似|防范|遏制|杜绝|防止|以上|曾|监管企业|预防|减少|全国|条例|规定")


@dataclass(frozen=True, slots=True)
class Severity:
    """The two fields and the warnings about them."""

    named: Field[str]
    computed: Field[str]
    warnings: tuple[str, ...]


def find_severity(account: Account, day: date | None, tolls: Tolls, loss: Field[float]) -> Severity:
    """Return the severity named and the one computed by 国务院令第493号, with Chinese warnings.

    Figures in conflict lead to every grade they allow, none of them sure. Without a day the grade is computed as if the
    regulation were in force.
    """
    named, computed = _named(account, day), _computed(tolls, loss, day)
    warnings = []
    if named.value is not None and computed.value is not None and named.value != computed.value:
        warnings.append(
            f"报告称“{named.value}”事故，按伤亡和损失{_how(day)}应为“{computed.value}”。请核对等级、伤亡和损失。"
        )
    return Severity(named, computed, tuple(warnings))


def _how(day: date | None) -> str:
    """How the grade was computed, in words."""
    return "按493号令折算" if day is not None and day < IN_FORCE_FROM else "计算"


def _named(account: Account, day: date | None) -> Field[str]:
    """The grades that title, introduction and 事故性质 give, one finding each."""
    found: dict[str, list[Span]] = {}
    by: dict[str, FoundBy] = {}
    for sentence in account.sentences:
        grade, found_by = _grade_of(sentence)
        if grade is not None:
            found.setdefault(grade, []).append(sentence.span())
            by.setdefault(grade, found_by)
    return Field(tuple(_finding(grade, spans, by[grade], day) for grade, spans in found.items()))


def _grade_of(sentence: Sentence) -> tuple[str | None, FoundBy]:
    """The grade that the sentence gives to this accident."""
    label = _LABEL.match(sentence.text)
    if label:
        return label["grade"], "label"
    short = sentence.kind == "title" or (sentence.order < 2 and len(sentence.text) < 60)
    named = "”" in sentence.text or '"' in sentence.text
    passing = _IN_PASSING.search(sentence.text) and not _OF_THIS.search(sentence.text)
    if sentence.kind in _REMOTE or (passing and not named):
        return None, "sentence"
    for match in _NAMED.finditer(sentence.text):
        before = sentence.text[: match.start()]
        called = short or _CALLED.search(before) or re.search('[”"]$', before)
        if called and not _NOT_BETWEEN.search(match["between"]) and "“" not in match["between"]:
            return match["grade"], "title" if short else "sentence"
    return None, "sentence"


def _finding(grade: str, spans: list[Span], found_by: FoundBy, day: date | None) -> Finding[str]:
    """The finding; words of the time before the regulation are flagged."""
    old = grade == OLD_WORD or (day is not None and day < IN_FORCE_FROM)
    remark = "2007年6月1日前的等级名称，与现行四级不能直接对应" if old else ""
    return Finding(grade, tuple(spans), found_by, not old, remark)


def _computed(tolls: Tolls, loss: Field[float], day: date | None) -> Field[str]:
    """The grade that follows from toll and loss; one for each that figures in conflict lead to, then unsure."""
    fields = (tolls.deaths, tolls.missing, tolls.severe_injuries, tolls.injured)
    tolls_told = (
        Toll(deaths, missing, severe, injured, wan)
        for deaths, missing, severe, injured in product(*(_choices(field) for field in fields))
        for wan in _choices(loss)
    )
    grades = {compute_grade(toll, day or IN_FORCE_FROM) for toll in tolls_told}
    findings: list[Finding[int] | Finding[float]] = [f for field in fields for f in field.findings]
    findings += loss.findings
    spans = tuple(dict.fromkeys(span for finding in findings for span in finding.spans))
    sure = all(f.sure for f in findings) and len(grades) == 1
    remark = "按493号令折算" if _how(day) != "计算" else ""
    known = {g.value for g in grades if g is not None and g.basis != "computed-missing"}
    ordered = sorted(known, key=GRADES.index)
    return Field(tuple(Finding(grade, spans, "derived", sure, remark) for grade in ordered))


def _choices(field: Field[T]) -> list[T | None]:
    """The values of a field to compute with, None alone where it has none."""
    return [finding.value for finding in field.findings] or [None]
