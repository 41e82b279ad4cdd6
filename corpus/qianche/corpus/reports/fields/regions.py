"""Province, city, county and town that a place name holds, read from left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qianche.corpus.reports.fields.counties import county_called, known_county
from qianche.corpus.reports.fields.prefectures import MUNICIPALITIES, PREFECTURES, PROVINCES

_PROVINCE = re.compile("|".join(sorted((*PROVINCES.values(), *PROVINCES), key=len, reverse=True)))
_PREFECTURE = re.compile(
    "|".join(sorted((*(full for full, _ in PREFECTURES.values()), *PREFECTURES), key=len, reverse=True))
)
_FULL_PREFECTURES = {full: (full, province) for full, province in PREFECTURES.values()}
# 黔西南州 for 黔西南布依族苗族自治州, 恩施州.
_SHORT_SUFFIX = re.compile("^(?:自治州|州|盟|地区|市)")
# Matches 松桃苗族自治县, 兴庆区, 巴林左旗, 六枝特区; not 工业园区, 社区, 矿区, 采区, 某镇某村某市.
_COUNTY = re.compile(
    r"^(?P<county>(?:新乡|[\u4e00-\u9fa5])(?:(?![镇乡村])[\u4e00-\u9fa5]){0,9}?(?:自治县|自治旗|特区|林区|县|旗|市(?!区)|(?<!园)(?<!发)(?<!范)(?<!胜)(?<!理)(?<!业)(?<!高新)(?<!开)(?<!税)(?<!假)(?<!社)(?<!矿)(?<!小)(?<!厂)(?<!采)(?<!盘)(?<!辖)区))(?!委|政|长|局|场)"
)
# Matches 蓼皋街道, 木树镇, 勺米乡, 兴安农场; not 市镇, 乡镇.
_TOWN = re.compile(
    r"^(?P<town>[\u4e00-\u9fa5]{1,10}?(?:街道办事处|街道|民族乡|苏木|(?<!乡)(?<!市)(?<!城)镇|乡(?!镇|道|村|街)|嘎查|农场|林场|牧场|团场))"
)
# 新疆生产建设兵团第八师石河子市: the division stands where a prefecture would.
_CORPS_NAME = re.compile("^(?:生产建设)?兵团")
_CORPS = re.compile("^(?:生产建设)?兵团(?:第?[一二三四五六七八九十]+师)?")
_XINJIANG = PROVINCES["新疆"]
# Regiments are towns of Xinjiang. Matches 一八三团, 第十师一八三团; not 集团, 一团队.
_REGIMENT = re.compile(
    r"^(?:第?[一二三四五六七八九十]+师)?(?P<town>(?:[一二三四五六七八九十〇零百]{2,5}|\d{2,3})团)(?![队伙员支结])"
)
_NEW_AREA = re.compile(
    r"^(?:(?![镇乡])[\u4e00-\u9fa5]){0,8}?(?:新区|开发区|高新区|风景名胜区|管理区|示范区|工业园区?|经开区)"
)
# An area that bears the name of its county-level city. Matches 昆山高新区; not 昆山市, 某某社区.
_NAMED_AREA = re.compile(
    r"^(?P<stem>[\u4e00-\u9fa5]{2,3}?)(?:经济技术开发区|高新技术产业开发区|高新区|经开区|经济开发区|开发区|工业园)"
)
# Where a region may start inside a place. Matches 国道, (; a company's city is found by its 市.
_STARTS = re.compile("[()，、:：—至在]|小地名:|[国省县乡]道|高速公路|高速")
# A company's own mine or site is told after its name: 某集团公司某县某镇某煤矿; its city needs a county or town to count.
_COMPANY = re.compile("公司")
_CITY_INSIDE = re.compile(f"(?:{'|'.join(PREFECTURES)})市")
_TRADE = re.compile("公司|集团|矿业|煤业|能源|煤电|厂|铁路|高速|大学|医院|煤矿|银行")


@dataclass(frozen=True, slots=True)
class Region:
    """Levels that a name gives; `derived` where the province follows from the city alone."""

    province: str | None = None
    city: str | None = None
    county: str | None = None
    town: str | None = None
    derived: bool = False


def read_region(text: str) -> Region:
    """Return the levels that open the text, each None where it is not there.

    Short names are read where another level or a company follows (贵州铜仁, 山西柳林煤矿); a company's own
    province is taken as where it lies only where nothing else says so.
    """
    rest = text
    province, rest = _take_province(rest)
    regiment = _REGIMENT.match(_CORPS_NAME.sub("", rest))
    if regiment and province in (None, _XINJIANG):
        return Region(_XINJIANG, None, None, regiment["town"], derived=province is None)
    rest = _CORPS.sub("", rest)
    city, city_province, rest = _take_prefecture(rest, province)
    county, rest = _take_county(rest, within=bool(province or city))
    area = _NEW_AREA.match(rest)
    if area and not county:
        named = _NAMED_AREA.match(rest)
        county = county_called(named["stem"]) if named and city is None else None
        rest = rest[area.end() :]
    town, _ = _take(_TOWN, "town", rest)
    if county is not None and _TRADE.search(county):
        county = None
    return Region(
        province or city_province, city, county, town, derived=province is None and city_province is not None
    )


def region_within(text: str) -> Region:
    """Return the fullest region that starts anywhere in the text (…线（某县某镇某村）), its gaps filled from others.

    A city named inside a company's name (某镇某市某公司) fills a gap only.
    """
    starts = [
        0,
        *(m.end() for m in _STARTS.finditer(text)),
        *(m.start() for m in _CITY_INSIDE.finditer(text)),
    ]
    named = [read_region(text[start:]) for start in starts]
    after = [read_region(text[m.end() :]) for m in _COMPANY.finditer(text)]
    regions = sorted([*named, *(r for r in after if r.county or r.town)], key=_levels, reverse=True)
    best = regions[0]
    for other in regions[1:]:
        if best.province is None and best.city is None and (other.city or other.province):
            best = replace(best, province=other.province, city=other.city, derived=other.derived)
        if best.town is None and other.town is not None and other.county in (None, best.county):
            best = replace(best, town=other.town)
    return best


def _levels(region: Region) -> int:
    """How many levels are known."""
    return sum(level is not None for level in (region.province, region.city, region.county, region.town))


def _take_province(text: str) -> tuple[str | None, str]:
    """The province that opens the text, and what follows it."""
    match = _PROVINCE.match(text)
    if match is None:
        return None, text
    name = PROVINCES.get(match[0], match[0])
    rest = text[match.end() :]
    if match[0] in PROVINCES and (suffix := re.match("省|市|自治区", rest)):
        rest = rest[suffix.end() :]
    return name, rest


def _take_prefecture(text: str, province: str | None) -> tuple[str | None, str | None, str]:
    """The city or prefecture that opens the text, its province, and what follows; it must lie in `province`."""
    if province in MUNICIPALITIES:
        return province, province, text
    match = _PREFECTURE.match(text)
    if match is None:
        return None, None, text
    full, own = PREFECTURES.get(match[0]) or _FULL_PREFECTURES[match[0]]
    if province is not None and own != province:
        return None, None, text
    rest = text[match.end() :]
    suffix = _SHORT_SUFFIX.match(rest) if match[0] in PREFECTURES else None
    if suffix is None and match[0] in PREFECTURES and re.match("[县区旗]", rest):
        return None, None, text  # 朝阳区, 吉安县: the county of that name
    return full, own, rest[suffix.end() :] if suffix else rest


def _take_county(text: str, *, within: bool) -> tuple[str | None, str]:
    """The county that opens the text: a known name, else what reads like one; and what follows."""
    known = known_county(text, within=within)
    return (known, text[len(known) :]) if known else _take(_COUNTY, "county", text)


def _take(pattern: re.Pattern[str], group: str, text: str) -> tuple[str | None, str]:
    """The level that opens the text, and what follows."""
    match = pattern.match(text)
    return (match[group], text[match.end() :]) if match else (None, text)
