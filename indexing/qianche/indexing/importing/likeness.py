"""How alike two tellings of an accident are, feature by feature: day, place, deaths, name, loss, class."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from qianche.corpus.cases import Case, Place
from qianche.corpus.crosswalk import OUTBURST
from qianche.corpus.reports.draft import CaseDraft, Field
from qianche.corpus.schemes import COAL_8, GB6441_1986

PROVINCES: tuple[str, ...] = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建",
    "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西",
    "甘肃", "青海", "宁夏", "新疆", "台湾", "香港", "澳门",
)  # fmt: skip

_DATE_MARK = re.compile(r"[“\"'‘]?\d{1,2}\s*[·•.．・]\s*\d{1,2}[”\"'’]?")
"""Matches “8·12”, "8.12", 7•16; must not match 2022年8月4日."""
_ADMINISTRATIVE = re.compile(
    r"(?:(?:壮族|回族|维吾尔|藏族|蒙古族|哈萨克|布依族|苗族|侗族|彝族|白族|土家族|傣族|朝鲜族|满族|羌族|哈尼族)*自治[区州县旗]"
    r"|特别行政区|地区|[省市盟县区州旗])$"
)
_COMMON = re.compile(
    r"股份|有限|责任|集团|总公司|分公司|公司|企业|总厂|工厂|矿业|煤业|煤电|煤炭|煤矿|金矿|铁矿|铜矿|铅锌矿|矿山|矿井|矿区|能源|"
    r"化工|化学|化肥|科技|技术|实业|工贸|商贸|贸易|投资|控股|发展|开发|工业|机械|制造|设备|建筑|建设|建材|工程|安装|"
    r"劳务|物流|运输|电力|发电|热电|钢铁|冶金|金属|食品|纺织|印染|服装|家具|木业|塑料|橡胶|造纸|包装|材料|新材料|"
    r"烟花|爆竹|鞭炮|燃气|石油|石化|天然气|加油站|"
    r"特别重大|特大|重大|较大|一般|生产安全|安全生产|事故|调查报告|案例分析|案例|冲击地压|井下|掘进|综采|采煤|回采|工作面|"
    r"地面|车间|项目部|项目|工地|爆炸|中毒|窒息|" + "|".join((*GB6441_1986, OUTBURST, *COAL_8[:-1]))
)
"""Words that so many names hold that sharing them says nothing."""
_LOOK_ALIKE = ("未末耒", "己已巳", "士土", "日曰", "人入", "干千于", "冶治", "大太", "天夭")
"""Characters that recognition takes for one another: 未阳市 is 耒阳市, 大治市 is 大冶市."""
_ONE_SHAPE = str.maketrans({other: group[0] for group in _LOOK_ALIKE for other in group[1:]})
_MASKED = re.compile(r"某|[xX×＊*]{1,3}|\*+")
_NOT_WORD = re.compile(r"[\W\d_a-zA-Z]+")

T = TypeVar("T")
PlaceLikeness = Literal["same", "unknown", "differ"]
Agreement = Literal["same", "unknown", "differ"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One accident as one record or file tells it, reduced to what joining compares.

    A figure is a set: all values stated, empty where none is. `names` are the accident's name and those of the
    units that had it; `place_text` is the place as written.
    """

    case_id: str
    days: frozenset[date]
    place: Place
    place_text: str
    names: tuple[str, ...]
    deaths: frozenset[int]
    missing: int
    injured: frozenset[int]
    losses: frozenset[float]
    classes: frozenset[tuple[str, str]]


def telling_of_case(case: Case) -> Telling:
    """Return what a case of the base tells; of its name the part before the date mark, which is the unit."""
    mark = _DATE_MARK.search(case.name)
    toll = case.toll
    return Telling(
        case_id=case.case_id,
        days=frozenset({case.occurred_on}),
        place=case.place,
        place_text="",
        names=(case.name[: mark.start()] if mark and mark.start() else case.name,),
        deaths=_known(toll.deaths),
        missing=toll.missing or 0,
        injured=_known(toll.injured),
        losses=_known(toll.direct_loss_wan),
        classes=frozenset((c.scheme, c.value) for c in case.accident_classes if c.value),
    )


def _known(value: T | None) -> frozenset[T]:
    return frozenset() if value is None else frozenset({value})


def telling_of_draft(draft: CaseDraft, case_id: str) -> Telling:
    """Return what one report tells, every value that it states."""
    places = [finding.value for finding in draft.place.findings]
    first = places[0] if places else None
    names = [finding.value for finding in draft.name.findings]
    names += [f.value.name for f in draft.units if "事故" in f.value.role]
    names += [place.text for place in places]
    return Telling(
        case_id=case_id,
        days=frozenset(m.day for m in _values(draft.moment)),
        place=Place("中国", first.province, first.city, first.county) if first else Place("中国", None),
        place_text="".join([*names, *(f.value.name for f in draft.units)]),
        names=tuple(_before_mark(name) for name in names),
        deaths=_values(draft.deaths),
        missing=max(_values(draft.missing), default=0),
        injured=_values(draft.injured),
        losses=_values(draft.direct_loss_wan),
        classes=frozenset((s, v) for s, of in draft.accident_class.items() for v in _values(of)),
    )


def _before_mark(name: str) -> str:
    mark = _DATE_MARK.search(name)
    return name[: mark.start()] if mark and mark.start() else name


def _values(of: Field[T]) -> frozenset[T]:
    return frozenset(finding.value for finding in of.findings)


def stem(level: str) -> str:
    """Return the telling part of a place name.

    >>> stem("黔西南布依族苗族自治州"), stem("耒阳市"), stem("郊区")
    ('黔西南', '耒阳', '郊区')
    """
    short = _ADMINISTRATIVE.sub("", level)
    return short if len(short) > 1 else level


def _shape(level: str) -> str:
    """The stem with one character for those that look alike."""
    return stem(level).translate(_ONE_SHAPE)


def place_likeness(one: Telling, other: Telling) -> PlaceLikeness:
    """Return `differ` where a level known to both is another, `same` where one is shared or named in the text."""
    levels = [
        (_shape(a), _shape(b))
        for a, b in (
            (one.place.province, other.place.province),
            (one.place.city, other.place.city),
            (one.place.county, other.place.county),
        )
        if a and b
    ]
    if one.place.country != other.place.country or any(not (a in b or b in a) for a, b in levels):
        return "differ"
    if levels:
        return "same"
    named = [_named_provinces(t) for t in (one, other)]
    if all(named) and not (named[0] & named[1]):
        return "differ"
    return "same" if _mentions(one, other) or _mentions(other, one) else "unknown"


def _named_provinces(telling: Telling) -> frozenset[str]:
    """The provinces a telling is in, or names at the start of its texts."""
    if telling.place.province:
        return frozenset({stem(telling.place.province)})
    texts = (telling.place_text, *telling.names)
    return frozenset(p for p in PROVINCES if any(text.startswith(p) for text in texts))


def _mentions(one: Telling, other: Telling) -> bool:
    """Whether the text of one names a level of the other's place."""
    text = "".join((one.place_text, *one.names)).translate(_ONE_SHAPE)
    levels = (other.place.province, other.place.city, other.place.county)
    return any(level is not None and _shape(level) in text for level in levels)


def deaths_agreement(one: Telling, other: Telling) -> Agreement:
    """Return whether a number of deaths is shared; one side may count the missing among the dead."""
    if not one.deaths or not other.deaths:
        return "unknown"
    counted = {d + t.missing for t in (one, other) for d in t.deaths if t.missing}
    either = one.deaths | other.deaths
    return "same" if one.deaths & other.deaths or counted & either else "differ"


def day_gap(one: Telling, other: Telling) -> int | None:
    """Return the least number of days between the two, None where one has no date."""
    gaps = [abs((a - b).days) for a in one.days for b in other.days]
    return min(gaps, default=None)


def class_agreement(one: Telling, other: Telling) -> Agreement:
    """Return whether the classes agree in a scheme that both have."""
    schemes = {scheme for scheme, _ in one.classes} & {scheme for scheme, _ in other.classes}
    if not schemes:
        return "unknown"
    return "same" if one.classes & other.classes else "differ"


def name_likeness(one: Telling, other: Telling) -> tuple[float | None, int]:
    """Return how alike the names are, 0 to 1, and how many character pairs the likest two share.

    Place names, trade words, grades and classes do not count; the share is of the shorter name. A name begins
    with what is its own (青岭竹制品): two that have no beginning in common are 0, whatever trade they share. None
    where one side has no telling name (masked, or nothing but place and trade).
    """
    places = _place_words(one) | _place_words(other)
    names = [[n for name in t.names if (n := _telling_name(name, places)).pairs] for t in (one, other)]
    if not all(names):
        return None, 0
    return max(_likeness(a, b) for a in names[0] for b in names[1])


@dataclass(frozen=True, slots=True)
class _Name:
    """Neighbouring character pairs of what tells a name from others, and those that a word begins with."""

    pairs: frozenset[str]
    heads: frozenset[str]


def _likeness(one: _Name, other: _Name) -> tuple[float, int]:
    shared = one.pairs & other.pairs
    if not (one.heads | other.heads) & shared:
        return 0.0, 0
    return len(shared) / min(len(one.pairs), len(other.pairs)), len(shared)


def _place_words(telling: Telling) -> frozenset[str]:
    place = telling.place
    levels = [level for level in (place.province, place.city, place.county) if level]
    return frozenset({*levels, *map(stem, levels)})


def _telling_name(name: str, places: Iterable[str]) -> _Name:
    """The name without places, trade words and marks, as pairs; empty where it is masked."""
    if _MASKED.search(name):
        return _Name(frozenset(), frozenset())
    text = unicodedata.normalize("NFKC", name)
    for place in (*sorted(places, key=len, reverse=True), *PROVINCES):
        text = text.replace(place, " ")
    words = [word for word in _NOT_WORD.split(_COMMON.sub(" ", text)) if len(word) > 1]
    pairs = frozenset(word[i : i + 2] for word in words for i in range(len(word) - 1))
    return _Name(pairs, frozenset(word[:2] for word in words))
