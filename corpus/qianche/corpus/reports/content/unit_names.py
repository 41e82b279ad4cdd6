"""Names of units in a text, found by how they end and where the words before them stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.content.tables import table

UnitKind = Literal["company", "mine", "site", "government", "authority", "institution", "place"]

_LONGEST = 40
# Characters of a name, masks (×, *, ○, Ｘ) and short brackets （集团） included; not a comma, not a quotation mark.
_RUN = re.compile(r"(?:[\u4e00-\u9fffA-Za-z0-9×＊*○Ｘ·]|[（(][\u4e00-\u9fff]{1,6}[）)])*\Z")
_MASK = re.compile(r"某|[×＊*○Ｘ]|[A-Za-z甲乙丙丁]{1,2}\Z|[Xx]{2}")

_WORDS_BEFORE = (
    "签订|委托|承包给|发包给|转包给|分包给|承包|发包|承建|隶属于|隶属|属于|位于|督促|责令|建议|要求|组织|协调|认定|违反|导致"
    "|造成|发生|以及|包括|其中|负责人|法定代表人|员工|工人|雇用|租用|出租|承租|购买|销售|驾驶|报告|通知|联合|指派|派驻|安排"
    "|配合|协助|检查|所属|下属|事故单位|建设单位|施工单位|监理单位|总承包单位|分包单位|劳务单位|设计单位|业主单位|查处|处罚"
    "|根据|依据|按照|通过|作为|成为|名为|称为|转让|挂靠|借用|收购|整合|控股|参股|指导|支持|提请|调查|批准|同意|注册|成立"
    "|抽调|接到|发现|接受|没有|并且|而且|因为|由于|对于|关于|时任|原任|现任|涉事|属地|辖区|当地|有关|相关|全国|全省|全市"
    "|及其|现场|书面|移送|协议|合同|监管|开展|落实|成员|牵头|会同|致使|存在|采取|使用|运至|送至|送往|车辆|号罐车|以下简称|简称"
    "|强化|加强|完善|健全|提升|提高|促进|确保|杜绝|掌握|认真|推动|严厉|打击|明知|汇报|履行|担任|制定|设置|整改|企业|邀请"
    "|拨打了|拨打|调度|查明了|情况|事发前|非煤矿|职能部门|部门|领取|交由|违规|擅自|导通|溃入|突破|监督|管理机构"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d+\s*[年月日时分]|另一|同意|向其|[一-龥]{0,2}办理|进场|参与|负责"
)
_ONE_BEFORE = "由与和及对向将在经为是的给被于从至到即把让因系处往受令该本各了而但有要并且后前并属"
# Where one of these characters belongs to a name of a place or an office: 太和县, 住房和城乡建设局; words of company
# names stand in `name_words.txt`.
_KEPT = (
    "[一-龥]和(?:街道|镇|乡|村|县|路|区)|和县|住房和|发展和|经济和|文化和|农业和|规划和|工业和|和旅游|和信息"
)
_GENERIC = re.compile(
    r"(?:上级|所属|下属|各级|各|该|本|我|其他|其它|有关|相关|周边|相邻|地方|乡镇|国有|重点|小|同类|类似|其|两家|多家|一家|个别|部分"
    r"|保险|投保|承保|另一|另|兄弟|东北|集团|燃气|监理|劳务|施工|建筑|物流|运输|配送|租赁|检测|设计|物业|煤业|煤矿|市|县|区|省|镇|乡|州|旗|街道|上述|有|是|为|总|管理总|目前|全市|全县|全省|分|母|子|"
    r"企业|矿山|派出|主管|分管|单位|事故|生产|建设|安全|监管|主管|我市|我县|我区|产煤|正规|大型|小型|新建|停产|格|全|结|布|当|矿井|关闭|一|煤|被|非法|所在|工程)*\Z"
)


# The ending is part of another word: 布局, 出厂; 局部, 厂房, 煤矿企业, 集团实业有限公司, 工商行政.
_NOT_AFTER = r"(?<![布格结出主入进离除])"
_NOT_BEFORE = (
    "(?![）)]?(?:股份|集团)|[（(]?[^\\W与和及由向对将]{0,6}[）)]?有限(?:责任)?公司"
    "|[面长务级部扇势限机房区家籍内址政方]|监管人员|企业|系统|安全监|行业)"
)
_PIT = "矿"
# 某矿, 大岭矿 — not 矿井, 矿长, 露天矿山.
_PIT_ALONE = "(?![井山区长工车用柱石压灯产物难渣浆层体床属权业务级内方领部])"
_NO_PARTY = re.compile("财产保险|人寿保险|保险股份|司法鉴定")
"""Insurers and forensic laboratories: named in reports, no party to the accident."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name at one place. `weak`: its ending alone is no proof that a unit is named."""

    name: str
    span: Span
    kind: UnitKind
    weak: bool
    masked: bool


@dataclass(frozen=True, slots=True)
class _Suffix:
    kind: UnitKind
    weak: bool
    joins: bool


@cache
def _suffixes() -> dict[str, _Suffix]:
    """Return the endings of names by their characters."""
    return {
        row["suffix"]: _Suffix(cast(UnitKind, row["kind"]), bool(row["weak"]), bool(row["joins"]))
        for row in table("unit_suffixes.tsv")
    }


@cache
def _suffix_pattern() -> re.Pattern[str]:
    """Return a pattern of all endings, the longest first; none inside a longer word (集团 before 有限公司)."""
    longest = [s if s != _PIT else f"{s}{_PIT_ALONE}" for s in sorted(_suffixes(), key=len, reverse=True)]
    return re.compile(f"{_NOT_AFTER}(?:{'|'.join(longest)}){_NOT_BEFORE}")


@cache
def _places() -> re.Pattern[str]:
    """Return a pattern of the provinces, with which a full name often begins."""
    text = files("qianche.corpus.reports.content").joinpath("place_names.txt").read_text(encoding="utf-8")
    return re.compile(text.strip())


@cache
def _kept_words() -> re.Pattern[str]:
    """Return a pattern of the words in which a character of `_ONE_BEFORE` ends nothing."""
    lines = files("qianche.corpus.reports.content").joinpath("name_words.txt").read_text("utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    return re.compile("|".join([_KEPT, *sorted(words, key=len, reverse=True)]))


_CUT = re.compile(_WORDS_BEFORE)


def find_unit_names(text: str, span: Span) -> tuple[UnitName, ...]:
    """Return the units named in a span, in order, none overlapping; each name is an exact substring."""
    return tuple(_names(text, span))


def _names(text: str, span: Span) -> Iterator[UnitName]:
    """Yield the names of a span; a pit or site named after its company is one name with it."""
    held: UnitName | None = None
    floor, skipped = span.start, -1
    for match in _suffix_pattern().finditer(text, span.start, span.end):
        suffix = _suffixes()[match[0]]
        run = _RUN.search(text, max(floor, match.end() - _LONGEST), match.start())
        start = _name_start(text, run.start() if run else match.start(), match.start())
        if held and text[held.span.end : start] in ("（", "("):
            continue  # its other name: 监督管理局（煤炭工业局）
        generic = _GENERIC.fullmatch(text, start, match.start()) is not None
        joined = held is not None and not generic and _joins(held, suffix, start, match.start())
        if held and joined:
            start = held.span.start
        elif generic:
            continue
        name = text[start : match.end()]
        floor = match.end()
        masked = bool(_MASK.search(text[start : match.start()]))
        weak = suffix.weak and not joined
        if held and not joined:
            yield held
        if _NO_PARTY.search(name) or start == skipped:
            held, skipped = None, match.end()  # the branch of an insurer neither
            continue
        held = UnitName(name, Span(start, match.end()), suffix.kind, weak, masked)
    if held:
        yield held


def _joins(held: UnitName, suffix: _Suffix, start: int, end: int) -> bool:
    """Return whether a pit or site that follows a company's name is one name with it."""
    if not suffix.joins or start != held.span.end or held.kind != "company":
        return False
    return end - start <= (6 if held.weak else 10) and (not held.weak or suffix.kind == "site")


def _name_start(text: str, start: int, end: int) -> int:
    """Return where a name begins in the run of characters before its ending."""
    kept = {o for m in _kept_words().finditer(text, start, end) for o in range(m.start(), m.end())}
    for match in _CUT.finditer(text, start, end):
        start = match.end()
    regions = [m.start() for m in _places().finditer(text, start, end)]
    singles = [o for o in range(start, end) if text[o] in _ONE_BEFORE and o not in kept]
    if regions:
        anchor = regions[-1]
        # 由贵州…公司: the word before the region ends there; 中国石油贵州…公司: the region lies inside the name.
        bare = text[start:anchor].isdigit()
        return (
            anchor
            if bare or anchor == start or anchor - 1 in singles
            else _after_last(singles, start, anchor)
        )
    return _after_last(singles, start, end)


def _after_last(offsets: list[int], start: int, end: int) -> int:
    """Return the place after the last of the offsets below `end`, or `start` where there is none."""
    below = [offset for offset in offsets if offset < end]
    return below[-1] + 1 if below else start
