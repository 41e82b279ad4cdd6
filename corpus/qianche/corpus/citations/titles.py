"""Which titles are rules: a report names its own plans, contracts and licences in 《》 as well."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from qianche.corpus.register import load_register
from qianche.corpus.register.names import read_number
from qianche.corpus.rules import STATE

# 安全生产法, 煤矿安全规程, 建筑设计防火规范, 工贸企业重大事故隐患判定标准; not 安全生产责任制
_RULE = re.compile(
    r"(?:法|法典|条例|规定|办法|细则|规程|规范|标准|准则|通则|导则|规则|条件|目录|守则|公约|解释|修正案|"
    r"界定标准|判定标准|指南|要求|指导意见|总则|技术要求)(?:[（(〔][^）)〕]{1,16}[)）〕])?$"
)
# 国务院关于…的通知, 关于…的意见: official papers; rules only with a number of their own or an authority in the title
_PAPER = re.compile(
    r"(?:通知|意见|决定|公告|通告|批复|若干措施|实施方案|纲要|规划|方案|制度)(?:[（(][^）)]{1,16}[)）])?$"
)
# 国务院关于…, 贵州省农业农村厅关于…, 银川市安全生产委员会关于…: an authority speaks; not 公司关于…, 关于…
_AUTHORITY = re.compile(
    r"^(?:中共中央|国务院|中央|国家|全国|最高人民|[\u4e00-\u9fff]{1,20}?(?:省|市|县|区|州|盟|旗|镇|乡|部|厅|局|署|委|委员会|政府|办公室|"
    r"安委会|安委办))(?:[\u4e00-\u9fff、]{0,20}?)关于|^(?:中共中央|国务院|全国)"
)
# The papers of the company or of the case itself: 回采工作面作业规程, 岗位操作规程, 工伤认定决定书
_OWN = re.compile(
    r"作业规程|操作规程|操作法|(?:技术措施|安全措施|组织设计|施工方案|责任制|制度|合同|合同书|协议|协议书|许可证|执照|资格证|证书|说明书|"
    r"记录|台账|日志|纪要|清单|计划|承诺|承诺书|保证书|任务书|责任书|鉴定|鉴定书|意见书|决定书|通知书|指令书|建议书|告知书|联系单|"
    r"工作票|作业票|通知单|审批表|登记表|申请|申请书|请示|报告|预案|设计|设计方案|图纸|教材|手册|函|函告|措施)(?:[（(][^）)]{1,12}[)）])?$"
)
# A company's rules carry its name: 某某有限公司安全管理规定, 潘三矿锚杆支护管理细则
_COMPANY = re.compile(r"公司|集团|项目部|车间|工厂|[\u4e00-\u9fff]{2,3}(?<!铁)厂(?!房|矿|区)")
_MINE = re.compile(r"^([\u4e00-\u9fff]{2,6}?)(?:煤矿|矿)(?!山|井|产|长|用|区)")
_GENERIC = re.compile(
    r"^煤|^矿|煤矿|矿山|露天|井工|金属|小型|大型|防治|预防|加强|全国|国家|省|市|县|州|区|国务|煤炭|石油|非煤|整体|关于|生产|安全"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# The place before a local rule's name: 江苏省, 违反江苏省; not 全省, 我市
_PLACE = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|违反|依据|根据|按照|依照|执行|和|及|与)?((?![全我本各该])[\u4e00-\u9fff]{1,7}[省市县区州盟旗])\Z"
)
_RUN = re.compile(r"[\u4e00-\u9fff]{4,30}\Z")
# What leads in a name without 《》: 违反了, 未按照; the last one counts
_LED = re.compile(
    r".*(?:违反了?|违背|依据|根据|按照?|依照|参照|执行|落实|贯彻|遵守|符合|适用|触犯了?|以及|或者|[和及与对])(?=[\u4e00-\u9fff]{4})"
)
# 特种作业管理办法, 行政处罚法, 安全监察规定; not 操作方法, 有关规定
_BARE_RULE = re.compile(
    r"(?:条例|办法|细则|规程|规范|准则|规则|标准|(?:管理|若干|暂行|特别|监察|监督|处罚|技术|培训|安全)规定|"
    r"[^方做看说合违依执司无非用手想立普守本该此新上述之定]法)\Z"
)


@lru_cache(maxsize=4096)
def is_rule_title(title: str) -> bool:
    """Return whether a title in 《》 is that of a law, regulation or standard by its wording alone."""
    plain = re.sub(r"\s+", "", title)
    if plain in known_titles():
        return True
    if is_own_paper(plain):
        return False
    return bool(_RULE.search(plain)) or bool(_PAPER.search(plain) and _AUTHORITY.search(plain))


@lru_cache(maxsize=4096)
def is_own_paper(title: str) -> bool:
    """Return whether a title is a company's own rule, plan, contract or licence, which no number makes a law."""
    plain = re.sub(r"\s+", "", title)
    mine = _MINE.match(plain)
    return bool(
        _OWN.search(plain) or _COMPANY.search(plain) or (mine is not None and not _GENERIC.search(mine[1]))
    )


def is_paper_title(title: str) -> bool:
    """Return whether a title is that of an official paper, which counts where its number stands beside it."""
    plain = re.sub(r"\s+", "", title)
    return bool(_PAPER.search(plain)) and not is_own_paper(plain)


@cache
def known_titles() -> frozenset[str]:
    """Return titles and short titles of the register, with and without 中华人民共和国 and the spaces within."""
    names = {
        name
        for rule in load_register()
        for name in (*rule.short_titles, *(version.title for version in rule.versions))
    }
    names |= {"".join(name.split()) for name in names}
    return frozenset(names | {name.removeprefix(STATE) for name in names})


@cache
def _known_lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the known names in Chinese by their last character, the longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in known_titles():
        if 2 <= len(name) <= 30 and _CHINESE.search(name):
            lengths[name[-1]].add(len(name))
    return {last: tuple(sorted(of, reverse=True)) for last, of in lengths.items()}


@cache
def _letters() -> dict[tuple[int, int], tuple[str, ...]]:
    """Letters of the document numbers of the register by year and number."""
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for version in load_register().versions():
        number = read_number(version.number or "")
        if (
            number is not None
            and number.kind == "号"
            and number.organ is not None
            and number.year is not None
        ):
            found[number.year, int(number.number)].add(number.organ)
    return {key: tuple(sorted(letters, key=len, reverse=True)) for key, letters in found.items()}


def known_letters(year: int, number: int) -> tuple[str, ...]:
    """Return the letters that the register has before 〔year〕number号, the longest first: 厅字, 国发."""
    return _letters().get((year, number), ())


@cache
def name_ends() -> frozenset[str]:
    """Return the characters that known names end with, those of 《安全生产法》, 安法, 493号令; no digits."""
    return frozenset(last for last in _known_lengths() if _CHINESE.match(last))


def known_name_before(text: str, end: int, floor: int) -> int | None:
    """Return where the longest known name begins that ends at `end`, not before `floor`; None where none ends.

    中华人民共和国 in front belongs to it, and so does the place of a local rule, which is another rule then:
    江苏省燃气条例 is not 燃气条例.
    """
    names = known_titles()
    for length in _known_lengths().get(text[end - 1], ()):
        start = end - length
        if start < floor or text[start:end] not in names:
            continue
        if text.endswith(STATE, floor, start):
            return start - len(STATE)
        place = _PLACE.search(text, max(floor, start - 12), start) if text[end - 1] != "法" else None
        return place.start(1) if place is not None else start
    return None


def unknown_name_before(text: str, end: int, floor: int) -> int | None:
    """Return where a rule's name without 《》 begins that ends at `end` and is not known: 违反特种作业管理办法.

    It begins behind the word that leads it in, at the start of the text or behind a mark; a name whose beginning
    cannot be told is cut at the longest. None where the words are no rule's name.
    """
    if end - floor < 4 or text[end - 1] not in "法例定法程范准则":
        return None
    run = _RUN.search(text, max(floor, end - 30), end)
    if run is None:
        return None
    led = _LED.match(run[0])
    start = run.start() + (led.end() if led else 0)
    return start if end - start >= 4 and _BARE_RULE.search(text, start, end) else None
