"""What rules are called: the rules that a title or a document number names, however people write it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from qianche.corpus.register.slips import most_slips, slips, within_or_slip
from qianche.corpus.rule_texts.numbers import document_number
from qianche.corpus.rule_texts.titles import without_edition
from qianche.corpus.rules import STATE, Rule, RuleVersion

_DROPPED = re.compile(r"[\s《》〈〉<>“”\"‘’'「」]")
# （试行）, （2022版）, （修订版）, （二）: what a title may be written with or without.
_SUFFIX = re.compile(r"（[^（）]{1,12}）$")
# （二）, （十一）: tells one act from another, so a title that has it names no act without it.
_ORDINAL = re.compile(r"（[一二三四五六七八九十]{1,3}）$")
# 国务院关于…, 最高人民法院、最高人民检察院关于…: the central issuer before 关于, which people leave out; not 贵州省关于….
_CENTRAL = re.compile(r"^(?:中共中央|国务院|中央|最高人民)[^关]{0,20}(?=关于)")
# 493号令, 公安部第61号令 as people say it.
_ORDER_LAST = re.compile(r"第?\s*(\d{1,4}|[一二三四五六七八九十百]{1,6})\s*号\s*令$")
# One form of an order: 国务院令第493号, 交通运输部令2023年第13号, 公告2015年第5号, 令第10号.
_ORDER = re.compile(r"(?P<organ>[^\d令]*?)(?P<kind>令|公告)(?:(?P<year>\d{4})年)?第(?P<no>\d+)号")
# One form of a document: 安监总管三〔2017〕121号.
_LETTER = re.compile(r"(?P<organ>[^〔]+)〔(?P<year>\d{4})〕(?P<no>\d+)号")
# GB 30871-2022, GB/T 13861, DB11/T 852-2019, TSG Q7015-2016, GB 50016-2014（2018年版）.
_STANDARD = re.compile(
    r"(?P<series>DB\d{2,4}|T/[A-Z]{2,8}|[A-Z]{2,5})(?:/(?P<sort>[A-Z]{1,3}))?(?P<no>[A-Z]?\d{1,6}(?:\.\d{1,3})?)"
    r"(?:[-—–―－~～─]+(?P<year>\d{4}|\d{2}))?(?:（.*）)?"
)
# The same within a note: 改为推荐性标准 GB/T 6441-1986
_NOTED = re.compile(r"[A-Z]{2,5}(?:/[A-Z]{1,3})? ?[A-Z]?\d{1,6}(?:\.\d{1,3})?-\d{4}")
_ORGANS = {
    "主席": ("国家主席",),
    "国务院": (),
    "应急管理部": ("应急部",),
    "国家安全生产监督管理总局": (
        "安全生产监督管理总局", "国家安全监管总局", "安全监管总局", "国家安监总局", "安监总局", "总局",
        "国家安全生产监管总局",
    ),
    "国家市场监督管理总局": ("市场监督管理总局", "国家市场监管总局", "市场监管总局", "市监总局"),
    "国家质量监督检验检疫总局": ("质量监督检验检疫总局", "国家质检总局", "质检总局"),
    "住房和城乡建设部": ("住房城乡建设部", "住建部"),
    "国家发展和改革委员会": ("国家发展改革委", "国家发改委", "发展改革委", "发改委", "国家发展改革委员会"),
    "国家卫生健康委员会": ("国家卫生健康委", "国家卫健委", "卫生健康委", "卫健委"),
}  # fmt: skip
"""Issuers of orders as the register writes them, with the shorter names in use."""
_FULL_ORGAN = {short: full for full, shorts in _ORGANS.items() for short in shorts}
_CLOSE = 0.84
"""Likeness of a title that is offered as what may be meant; 0.8 offers acts on other subjects."""
# 山东省安全生产条例 is no slip of 山西省安全生产条例
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:自治区|[省市县区州盟旗])")
_IMPLEMENTING = re.compile(r"(?:实施|施行)(?:条例|细则|办法|规定)$")


@dataclass(frozen=True, slots=True)
class RuleNumber:
    """A number taken apart: kind is 令, 公告, 号 (〔2017〕121号) or 标准; None is what it does not say.

    `sort` is what stands behind the series of a standard, T of GB/T, "" of GB.
    """

    kind: str
    organ: str | None
    year: int | None
    number: str
    sort: str = ""


class RuleNames:
    """The names of a set of rules: titles of all their versions, short titles, numbers."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._exact: dict[str, list[Rule]] = defaultdict(list)
        self._bare: dict[str, list[Rule]] = defaultdict(list)
        self._numbers: dict[tuple[str, str], list[tuple[RuleNumber, Rule, RuleVersion]]] = defaultdict(list)
        for rule in rules:
            self._add(rule)
        self._signs = {name: frozenset(name) for name in self._bare}
        self._places = {name: _place(name) for name in self._bare}
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        for name in self._bare:
            for pair in _pairs(name):
                self._by_pair[pair].append(name)

    def _add(self, rule: Rule) -> None:
        names = (*rule.short_titles, *(version.title for version in rule.versions))
        keys = {key for name in names for key in _forms(name_key(name))}
        for key in keys:
            self._exact[key].append(rule)
        for key in {_SUFFIX.sub("", key) for key in keys}:
            self._bare[key].append(rule)
        for version in rule.versions:
            if (number := read_number(version.number or "")) is not None:
                self._numbers[number.kind, number.number].append((number, rule, version))

    def titled(self, title: str) -> tuple[Rule, ...]:
        """Return the rules that a title names, most often one; none where no rule is called so.

        Titles, former titles and short titles count, with or without 《》, 中华人民共和国 and the issuer before
        关于, in half or full width; a year of edition behind the title counts nothing. A title that no rule has
        as it stands is looked up without its （试行） or （2022版）.
        """
        key = name_key(title)
        for form in _forms(key):
            if found := self._exact.get(form):
                return tuple(found)
        if _ORDINAL.search(key):
            return ()
        for form in _forms(_SUFFIX.sub("", key)):
            if found := self._bare.get(form):
                return tuple(found)
        return ()

    def ending(self, title: str) -> tuple[Rule, ...]:
        """Return the rules whose title ends with these words: 实施条例 is that of several laws."""
        key = _SUFFIX.sub("", name_key(title))
        found = [rules for name, rules in self._bare.items() if len(key) > 2 and name.endswith(key)]
        return tuple({rule.rule_id: rule for rules in found for rule in rules}.values())

    def like(self, title: str) -> tuple[Rule, ...]:
        """Return the rules with a title so near that a slip of the pen may part the two; to be checked.

        One slip in a title of four to nine characters, two in a longer one, each a character too many, too few,
        wrong, or two that changed places; in 中华人民共和国 as well. Long titles may differ a little more. Another
        place, or another word at the beginning, is no slip: 贵州安全生产条例 is not 煤矿安全生产条例.
        """
        key = _without_misspelt_state(_SUFFIX.sub("", name_key(title)))
        if key in self._bare:
            return tuple(self._bare[key])
        pairs, place = _pairs(key), _place(key)
        # Comparing with every name would take milliseconds: only names that share pairs of characters.
        shared = Counter(name for pair in pairs for name in self._by_pair.get(pair, ()))
        likely = [
            (name, count)
            for name, count in shared.items()
            if (key[0] in name[:3] or key[1] in name[:3]) and self._places[name] == place
        ]
        near = [name for name, count in likely if self._is_slip(key, name, len(pairs) - count)]
        alike = [name for name, count in likely if 2 * count >= len(pairs) and name not in near]
        near += get_close_matches(key, alike, n=3, cutoff=_CLOSE)
        return tuple({rule.rule_id: rule for name in near for rule in self._bare[name]}.values())

    def _is_slip(self, key: str, name: str, lost: int) -> bool:
        """Whether a slip of the pen parts a title from a name of which it has lost so many pairs of characters."""
        most = most_slips(min(len(key), len(name)))
        if abs(len(key) - len(name)) > most or lost > 3 * most:
            return False
        return len(self._signs[name].symmetric_difference(key)) <= 2 * most and slips(key, name, most) <= most

    def implemented(self, title: str) -> tuple[Rule, ...]:
        """Return the act that a title says it implements: 安全生产法 of 安全生产法实施条例."""
        key = name_key(title)
        base = _IMPLEMENTING.sub("", _SUFFIX.sub("", key))
        return self.titled(base) if base and base != key else ()

    def numbered(self, number: str) -> tuple[tuple[Rule, RuleVersion], ...]:
        """Return the versions that a number names, with their rules.

        An order without its organ, 令第10号, matches those of every organ, one without its year those of every
        year; a standard without its year matches all editions, and GB/T and GB are taken for one series.
        """
        wanted = read_number(number)
        if wanted is None:
            return ()
        same = self._numbers.get((wanted.kind, wanted.number), ())
        return tuple((rule, version) for other, rule, version in same if _agree(wanted, other))

    def numbered_alike(self, number: str) -> tuple[tuple[Rule, RuleVersion], ...]:
        """Return the versions with the number of an issuer whose name is near: 建设部 is part of 住房和城乡建设部."""
        wanted = read_number(number)
        if wanted is None or wanted.organ is None or wanted.kind == "标准":
            return ()
        same = self._numbers.get((wanted.kind, wanted.number), ())
        return tuple(
            (rule, version)
            for other, rule, version in same
            if _agree(replace(wanted, organ=None), other) and within_or_slip(wanted.organ, other.organ or "")
        )


def name_key(title: str) -> str:
    """Return the title in the form that is compared.

    Full width, without blanks, quotation marks, 《》, 中华人民共和国 in front and a year of edition behind:
    《 中华人民共和国安全生产法 》(2021年修正) gives 安全生产法.
    """
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", title)).replace("(", "（").replace(")", "）")
    # Twice: a keeper's year may stand behind the text's own.
    return without_edition(without_edition(plain)).removeprefix(STATE)


def title_suffix(title: str) -> str | None:
    """Return what tells editions of one title apart, （试行） or （2022版）; None where the title has none."""
    match = _SUFFIX.search(name_key(title))
    return None if match is None else match[0]


def read_number(text: str) -> RuleNumber | None:
    """Return a number taken apart, None where the text is none: GB 6441-86 is of 1986, 493号令 of no organ."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("(", "（").replace(")", "）")
    if match := _STANDARD.fullmatch(plain):
        return RuleNumber("标准", match["series"], _year(match["year"]), match["no"], match["sort"] or "")
    form = document_number(_ORDER_LAST.sub(r"令第\1号", plain)) or ""
    if match := _LETTER.fullmatch(form):
        return RuleNumber("号", match["organ"], int(match["year"]), match["no"])
    if match := _ORDER.fullmatch(form):
        organ = match["organ"].removeprefix("原").removeprefix(STATE)
        year = int(match["year"]) if match["year"] else None
        return RuleNumber(match["kind"], _FULL_ORGAN.get(organ, organ) or None, year, match["no"])
    return None


def designations(version: RuleVersion) -> tuple[RuleNumber, ...]:
    """Return the numbers that a version of a standard goes by, none of an act.

    Its note names the other one where GB became GB/T with nothing but the sign changed: GB/T 6441-1986.
    """
    own = read_number(version.number or "")
    if own is None or own.kind != "标准":
        return ()
    noted = (read_number(match[0]) for match in _NOTED.finditer(version.note or ""))
    same = (n for n in noted if n is not None and replace(n, sort=own.sort) == own)
    return tuple(dict.fromkeys((own, *same)))


def versions_titled(rule: Rule, title: str) -> tuple[RuleVersion, ...]:
    """Return the versions of a rule that had the title, all where only a short title is meant.

    A title without its （试行） is that of every version that has it with or without.
    """
    key = name_key(title)
    plain = str if _SUFFIX.search(key) else lambda name: _SUFFIX.sub("", name)
    wanted = set(_forms(key))
    found = tuple(v for v in rule.versions if wanted & set(_forms(plain(name_key(v.title)))))
    return found or rule.versions


def _without_misspelt_state(key: str) -> str:
    """Return the key without 中华人民共合国 in front, one or two slips from what it should be."""
    for length in (len(STATE), len(STATE) - 1, len(STATE) + 1):
        if key.startswith(STATE[:2]) and len(key) > length + 2 and slips(key[:length], STATE, 2) <= 2:
            return key[length:]
    return key


def _place(key: str) -> str:
    """Return the place that a title begins with, "" where it begins with none."""
    match = _PLACE.match(key)
    return match[0] if match else ""


def _pairs(key: str) -> set[str]:
    """Return the neighbouring pairs of characters of a name."""
    return {key[place : place + 2] for place in range(len(key) - 1)}


def _forms(key: str) -> tuple[str, ...]:
    """Return the key, and the key without the central issuer before 关于."""
    without = _CENTRAL.sub("", key)
    return (key,) if without == key else (key, without)


def _year(text: str | None) -> int | None:
    """Return the year of an edition: 1986 of 86, 2005 of 05."""
    if text is None:
        return None
    year = int(text)
    if len(text) == 4:
        return year
    return 1900 + year if year >= 50 else 2000 + year


def _agree(wanted: RuleNumber, other: RuleNumber) -> bool:
    """Whether nothing that the number says contradicts another."""
    organs = wanted.organ is None or other.organ is None or wanted.organ == other.organ
    years = wanted.year is None or other.year is None or wanted.year == other.year
    return organs and years
