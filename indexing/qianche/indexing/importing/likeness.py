"""How alike two tellings of an accident are, feature by feature: day, time, place, toll, name, loss, class."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from qianche.corpus.cases import Case, Place
from qianche.corpus.reports.draft import CaseDraft, Field
from qianche.corpus.reports.fields.prefectures import PROVINCES
from qianche.indexing.importing.naming import ONE_SHAPE, Name, NameRelation, own_name, relation

_DATE_MARK = re.compile(r"[“\"'‘]?\d{1,2}\s*[·•.．・]\s*\d{1,2}[”\"'’]?")
"""Matches “8·12”, "8.12", 7•16; must not match 2022年8月4日."""
_ADMINISTRATIVE = re.compile(
    r"(?:(?:壮族|回族|维吾尔|藏族|蒙古族|哈萨克|布依族|苗族|侗族|彝族|白族|土家族|傣族|朝鲜族|满族|羌族|哈尼族)*自治[区州县旗]"
    r"|特别行政区|地区|街道|[省市盟县区州旗镇乡村])$"
)
_LEVEL = re.compile(
    r"(?P<name>[^\W\d_a-zA-Z厂矿公园店场院校]{2,8}?)(?P<level>自治[区州县旗]|地区|街道|[省市盟州县区旗镇乡村])"
)
"""Matches the levels of 岚阳市石桥县, one after another from the beginning; must not match 宏发厂区."""
_SMALLEST = ("县", "旗")
"""Levels a place has but one of; a 市 or 区 may lie in another 市."""
_LEAST_APART = 30
"""Minutes that two tellings of one accident may lie apart."""
_ROUNDING = 0.02
"""Share by which a loss given as 约 or 余 may differ."""

T = TypeVar("T")
Agreement = Literal["same", "unknown", "differ"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One accident as one record or file tells it, reduced to what joining compares.

    A figure is a set: all values stated, empty where none is. `names` are the accident's name and those of the
    units that had it (`firms`), or what the place names where there are neither; `place_text` is all that may name
    the place, `localities` the levels written in the place itself, whether or not they are known; `times` are
    minutes of the day.
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
    times: frozenset[int] = frozenset()
    firms: tuple[str, ...] = ()
    localities: frozenset[str] = frozenset()


def telling_of_case(case: Case) -> Telling:
    """Return what a case of the base tells; of its name the part before the date mark, which is the unit."""
    toll = case.toll
    return Telling(
        case_id=case.case_id,
        days=frozenset({case.occurred_on}),
        place=case.place,
        place_text="",
        names=(_before_mark(case.name),),
        deaths=_known(toll.deaths),
        missing=toll.missing or 0,
        injured=_known(toll.injured),
        losses=_known(toll.direct_loss_wan),
        classes=frozenset((c.scheme, c.value) for c in case.accident_classes if c.value),
        times=_minutes(case.occurred_at),
    )


def _minutes(*times: str | None) -> frozenset[int]:
    """The minutes of the day that times `HH:MM` give."""
    split = (time.split(":") for time in times if time)
    return frozenset(int(hours) * 60 + int(minutes) for hours, minutes in split)


def _known(value: T | None) -> frozenset[T]:
    return frozenset() if value is None else frozenset({value})


def telling_of_draft(draft: CaseDraft, case_id: str) -> Telling:
    """Return what one report tells, every value that it states."""
    places = [finding.value for finding in draft.place.findings]
    first = places[0] if places else None
    firms = tuple(f.value.name for f in draft.units if "事故" in f.value.role)
    names = [finding.value for finding in draft.name.findings] + list(firms)
    texts = [place.text for place in places]
    return Telling(
        case_id=case_id,
        days=frozenset(m.day for m in _values(draft.moment)),
        place=Place("中国", first.province, first.city, first.county) if first else Place("中国", None),
        place_text="".join([*names, *texts, *(f.value.name for f in draft.units)]),
        names=tuple(_before_mark(name) for name in names or texts),
        deaths=_values(draft.deaths),
        missing=max(_values(draft.missing), default=0),
        injured=_values(draft.injured),
        losses=_values(draft.direct_loss_wan),
        classes=frozenset((s, v) for s, of in draft.accident_class.items() for v in _values(of)),
        times=_minutes(*(m.time for m in _values(draft.moment))),
        firms=firms,
        localities=frozenset(level for text in texts for level in _levels(text)),
    )


def _levels(text: str) -> list[str]:
    """The levels of a place as written, from its beginning on."""
    levels, at = [], 0
    while found := _LEVEL.match(text, at):
        levels.append(found[0])
        at = found.end()
    return levels


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
    return stem(level).translate(ONE_SHAPE)


def place_likeness(one: Telling, other: Telling) -> Agreement:
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
    if (written := _localities_agree(one, other)) != "unknown":
        return written
    named = [_named_provinces(t) for t in (one, other)]
    if all(named) and not (named[0] & named[1]):
        return "differ"
    return "same" if _mentions(one, other) or _mentions(other, one) else "unknown"


def _localities_agree(one: Telling, other: Telling) -> Agreement:
    """How the levels agree that no list of places knows, compared as they are written."""
    first, second = ({level.translate(ONE_SHAPE) for level in t.localities} for t in (one, other))
    smallest = [{level for level in of if level.endswith(_SMALLEST)} for of in (first, second)]
    if all(smallest) and not smallest[0] & smallest[1]:
        return "differ"
    return "same" if first & second else "unknown"


def _named_provinces(telling: Telling) -> frozenset[str]:
    """The provinces a telling is in, or names at the start of its texts."""
    if telling.place.province:
        return frozenset({stem(telling.place.province)})
    texts = (telling.place_text, *telling.names)
    return frozenset(p for p in PROVINCES if any(text.startswith(p) for text in texts))


def _mentions(one: Telling, other: Telling) -> bool:
    """Whether the text of one names a level of the other's place."""
    text = "".join((one.place_text, *one.names)).translate(ONE_SHAPE)
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


def time_agreement(one: Telling, other: Telling) -> Agreement:
    """Return whether the times of day lie within half an hour; on neighbouring days nothing is said of them."""
    if not one.times or not other.times or not one.days & other.days:
        return "unknown"
    least = min(abs(a - b) for a in one.times for b in other.times)
    return "same" if least <= _LEAST_APART else "differ"


def injured_agreement(one: Telling, other: Telling) -> Agreement:
    """Return whether a number of injured is shared."""
    if not one.injured or not other.injured:
        return "unknown"
    return "same" if one.injured & other.injured else "differ"


def loss_agreement(one: Telling, other: Telling) -> Agreement:
    """Return `same` for a loss that is equal to the last digit and not none, `differ` beyond rounding."""
    if one.losses & other.losses - {0.0}:
        return "same"
    pairs = [(a, b) for a in one.losses for b in other.losses]
    apart = pairs and all(abs(a - b) > _ROUNDING * max(a, b) for a, b in pairs)
    return "differ" if apart else "unknown"


def name_relation(one: Telling, other: Telling) -> tuple[NameRelation, int]:
    """Return how the names stand to each other, and the length of the longest word of their own in both.

    The places of both are left out, also those that no list knows. Where both name the units that had the
    accident, an equal name besides (of a site, a park) does not outvote units that differ.
    """
    places = _place_words(one) | _place_words(other)

    def own(names: tuple[str, ...]) -> list[Name]:
        return [own_name(name, places) for name in names]

    found, shared = relation(own(one.names), own(other.names))
    if found == "same" and one.firms and other.firms:
        firms, _ = relation(own(one.firms), own(other.firms))
        return ("partly" if firms in ("near", "numbered", "other") else found), shared
    return found, shared


def _place_words(telling: Telling) -> frozenset[str]:
    place = telling.place
    levels = [level for level in (place.province, place.city, place.county, *telling.localities) if level]
    return frozenset({*levels, *map(stem, levels)})
