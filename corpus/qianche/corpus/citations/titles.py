"""Which titles are rules: a report names its own plans, contracts and licences in 《》 as well."""

from __future__ import annotations

import re
from functools import cache

from qianche.corpus.register import load_register

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
_STATE = "中华人民共和国"


def is_rule_title(title: str) -> bool:
    """Return whether a title in 《》 is that of a law, regulation or standard by its wording alone."""
    plain = re.sub(r"\s+", "", title)
    if plain in known_titles():
        return True
    if is_own_paper(plain):
        return False
    return bool(_RULE.search(plain)) or bool(_PAPER.search(plain) and _AUTHORITY.search(plain))


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
    """Return titles and short titles of the register, with and without 中华人民共和国."""
    names = {
        name
        for rule in load_register()
        for name in (*rule.short_titles, *(version.title for version in rule.versions))
    }
    return frozenset(names | {name.removeprefix(_STATE) for name in names})


@cache
def bare_title() -> re.Pattern[str]:
    """Return the pattern of a known name without 《》: 安全生产法, 安法; it counts only before a provision."""
    names = [name for name in known_titles() if 2 <= len(name) <= 30 and re.search(r"[\u4e00-\u9fff]", name)]
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    # Most places begin no name: one look at the character there spares trying some 600 names.
    firsts = "".join(sorted({name[0] for name in (*names, _STATE)}))
    return re.compile(f"(?=[{re.escape(firsts)}])(?:{_STATE})?(?:{'|'.join(map(re.escape, longest_first))})")
