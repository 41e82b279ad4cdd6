"""What must hold between the fields of one case, and between cases."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qianche.corpus.casebook.sources import may_link
from qianche.corpus.cases import AccidentClass, Case, Place
from qianche.corpus.crosswalk import OUTBURST, TO_2025, TO_COAL_8
from qianche.corpus.errors import BadRecord
from qianche.corpus.grading import expected_value
from qianche.corpus.schemes import COAL_8, GB6441_1986

SAME_NAME = 0.5
"""Least share of the shorter name's character pairs found in the other for two names to be alike.

In the bundled casebook two accidents of one day reach 0.4 at most. Of 13 other names for four of them, as the
press might put it, 12 reach 0.5 to 1; a name without the firm (昆山工厂爆炸) reaches 0.
"""

# “8·12”, "8.12", 特别重大, 触电, 事故: in so many names that it is no sign of the same accident.
_COMMONPLACE = re.compile(
    r"[“\"]?\d{1,2}[·.]\d{1,2}[”\"]?|特别重大|特大|重大|较大|一般|事故|有限公司|公司|煤与瓦斯突出|中毒|窒息|爆炸|"
    + "|".join((*GB6441_1986, OUTBURST, *COAL_8[:-1]))
)
_NOT_WORD = re.compile(r"\W+")


def check_case(case: Case) -> None:
    """Return nothing for a case whose fields agree with each other.

    Raises:
        BadRecord: the grade contradicts the toll; a class and its basis do not fit; a link that may not be
            one; more severely injured than injured; no source.
    """
    if not case.provenance:
        raise BadRecord("没有来源（“provenance”为空）。没有来源的数字不收录，请补上至少一个来源。")
    for source in case.provenance:
        if source.linkable != may_link(source):
            raise BadRecord(
                f"来源“{source.locator}”的“linkable”应为 {str(may_link(source)).lower()}："
                "只有政府、法院和全国性媒体的网址可以作为链接。请更正。"
            )
    toll = case.toll
    if None not in (toll.severe_injuries, toll.injured) and (toll.severe_injuries or 0) > (toll.injured or 0):
        raise BadRecord(
            f"重伤 {toll.severe_injuries} 人多于受伤 {toll.injured} 人。受伤人数应包括重伤，请更正。"
        )
    _check_grade(case)
    _check_classes(case.accident_classes)


def same_accident(one: Case, other: Case) -> bool:
    """Return whether two records tell the same accident: same day, place and deaths, and names alike.

    A level of the place that one of them does not have is no difference. Two reports of one accident may give
    different deaths (early and final figures); this rule does not see that.
    """
    return (
        one.occurred_on == other.occurred_on
        and one.toll.deaths == other.toll.deaths
        and _same_place(one.place, other.place)
        and name_likeness(one, other) >= SAME_NAME
    )


def name_likeness(one: Case, other: Case) -> float:
    """Return how alike the names are, 0 to 1: shared character pairs over those of the shorter name.

    Place names, the date mark “8·12”, grades, classes and 事故 are left out. A name that says no more than
    these is like any other of the same class.
    """
    places = _place_words(one.place, other.place)
    first, second = _pairs(one.name, places), _pairs(other.name, places)
    if not first or not second:
        return float(one.class_in("gb6441-1986") == other.class_in("gb6441-1986"))
    return len(first & second) / min(len(first), len(second))


def _check_grade(case: Case) -> None:
    """The grade against what its basis leads to."""
    grade = case.grade
    if grade is None or grade.basis in ("named", "person"):
        return
    if case.place.country != "中国":
        raise BadRecord(f"境外事故不能按国务院令第493号推算等级“{grade.value}”。请把“grade”写为 null。")
    expected = expected_value(grade, case.toll, case.occurred_on)
    if expected == grade.value:
        return
    outcome = f"得到“{expected}”" if expected else "得不出等级，或这一依据不适用"
    raise BadRecord(
        f"等级“{grade.value}”与伤亡和损失不符：按“{grade.basis}”{outcome}（死亡 {case.toll.deaths}、失踪 "
        f"{case.toll.missing}、重伤 {case.toll.severe_injuries}、损失 {case.toll.direct_loss_wan} 万元）。"
        "请核对数字；来源明确称为该等级的，把“grade.basis”写为 named。"
    )


def _check_classes(classes: Iterable[AccidentClass]) -> None:
    """Schemes once each; undecided means no value and candidates; a carried-over class is the crosswalk's."""
    seen: dict[str, AccidentClass] = {}
    for item in classes:
        if item.scheme in seen:
            raise BadRecord(f"事故类别在“{item.scheme}”中出现两次。每种分类只留一个。")
        seen[item.scheme] = item
        if (item.basis == "undecided") != (item.value is None) or (item.value is None) != bool(
            item.candidates
        ):
            raise BadRecord(
                f"事故类别（{item.scheme}）自相矛盾：待定（undecided）的应没有值而有候选，其他的应有值而没有候选。请更正。"
            )
    word = next((seen[s].value for s in ("gb6441-1986", "common") if s in seen and seen[s].value), None)
    for scheme, target in (
        ("gb6441-2025", _only(TO_2025.get(word or ""))),
        ("coal-8", TO_COAL_8.get(word or "")),
    ):
        carried = seen.get(scheme)
        if carried is not None and carried.basis == "crosswalk" and carried.value != target:
            raise BadRecord(
                f"事故类别（{scheme}）“{carried.value}”不是由“{word}”对照所得（{target or '不止一种可能'}）。"
                "请更正，或写明 undecided 和候选。"
            )


def _only(targets: tuple[str, ...] | None) -> str | None:
    return targets[0] if targets is not None and len(targets) == 1 else None


def _same_place(one: Place, other: Place) -> bool:
    return one.country == other.country and all(
        a is None or b is None or a == b
        for a, b in ((one.province, other.province), (one.city, other.city), (one.county, other.county))
    )


def _place_words(one: Place, other: Place) -> list[str]:
    """Names of the levels of both places as names of accidents print them, longest first."""
    levels = {level for p in (one, other) for level in (p.province, p.city, p.county) if level}
    return sorted({form for level in levels for form in (level, level.rstrip("省市县区"))} - {""}, key=len)[
        ::-1
    ]


def _pairs(name: str, places: Iterable[str]) -> frozenset[str]:
    """Neighbouring character pairs of the telling part of a name."""
    name = _COMMONPLACE.sub(" ", name)
    for place in places:
        name = name.replace(place, " ")
    words = _NOT_WORD.split(name)
    return frozenset(word[i : i + 2] for word in words for i in range(len(word) - 1))
