"""Numbers of rules: orders (国务院令第493号), documents (国发〔2010〕23号), standards (GB 6721-1986); one form each."""

from __future__ import annotations

import re

from qianche.corpus.citations.provisions import number

_N = r"[零〇一二三四五六七八九十百千]+|\d{1,4}"
_DASH = r"[-—–―－~～]{1,2}"
_ISSUERS = (
    r"主席|国务院|(?:国家)?(?:安全生产监督管理|安全监管|安监|质量监督检验检疫|质检|市场监督管理|煤矿安全监察|矿山安全监察|能源|铁路|民用航空|"
    r"工商行政管理|食品药品监督管理|环境保护)(?:总局|局)|(?:应急管理|公安|交通运输|交通|铁道|建设|住房和?城乡建设|住建|工业和信息化|工信|人力资源和?社会保障|"
    r"劳动|卫生|农业农村|农业|水利|教育|环境保护|生态环境|商务|民政|文化和旅游|自然资源|国土资源)部|国家(?:发展和?改革|卫生健康|经济贸易|电力监管)委员会|"
    r"国家发展改革委|国家电力监管委员会|电监会|[\u4e00-\u9fff]{2,6}?(?:省|市|自治区)(?:人民)?政府"
)

# 国务院令第493号, 国务院令493号, 应急管理部令第4号, 令10号; not 命令第一号井: a bare 令 needs a provision
ORDER = re.compile(
    rf"(?:(?P<organ>(?:中华人民共和国)?(?:{_ISSUERS}))\s*)?"
    rf"(?<![命司指法禁])令\s*(?:[（(〔\[【]\s*(?P<year>\d{{4}})\s*年?[)）〕\]】])?\s*第?\s*(?P<no>{_N})\s*号"
)
# 国发〔2010〕23号, 安监总管四[2017]129号, 建质〔2018〕31号; inside text only beside a title or before 文;
# not 松发改投资〔2021〕159号 (an approval, see `is_rule_document`)
DOCUMENT = re.compile(
    r"(?P<organ>[\u4e00-\u9fff]{2,14})\s*[〔\[【（(]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]】)）]\s*第?\s*(?P<no>\d{1,5})\s*号"
)
# GB 30871-2022, GB/T 7512-2017, AQ1020—2008, TSG 21-2016, TSG Q7015-2016, JGJ59-2011, DB11/T 852-2019;
# not MT500 (a machine: no year), not XGB 123-2000
STANDARD = re.compile(
    r"(?<![A-Za-z0-9/])(?P<series>GB(?:J|Z|T)?|AQ|MT|HG|SH|SY|JGJ|JTG|JTJ|JT|CJJ|CJ|TSG|TB|DL|YB|JB|GA|XF|WS|LD|NB|"
    r"QX|QC|HJ|HAF|CB|SL|SC|WB|YJ|KA|MH|LY|NY|CECS|T/[A-Z]{2,8}|DB\d{2,4}|ISO|IEC)"
    rf"\s*(?P<kind>/\s*[TZ])?\s*(?P<no>[A-Z]?\d{{1,6}}(?:\.\d{{1,3}}|/\d{{1,2}})?)(?:\s*{_DASH}\s*(?P<year>\d{{4}}|\d{{2}})(?!\d))?"
)
# What runs into the letters of a document number from the sentence before: 违背国务院办公厅, 和国家安监总局
_BEFORE_ORGAN = re.compile(
    r".*(?:违背|违反|依据|根据|按照|执行|落实|贯彻|和|及|与|的|以|了|在|办公厅|总局|委员会|政府|部门|厅|局)(?=[\u4e00-\u9fff]{2})"
)
# Reports of experts, courts and police carry numbers of the same shape: 公（司）鉴（法尸）字【2023】94号.
_FORENSIC = re.compile(r"[鉴检尸痕刑民终初执罚诉案认定许证照批]|字$|调$|函$|投资$|环审$|资审$")


def order_number(match: re.Match[str]) -> str:
    """Return the number of an order in one form: 国务院令第493号, 令第10号 where no organ stands.

    A year beside it, 国务院令（2005）446号, is left out: orders are numbered through the years.
    """
    value = number(match["no"])
    return f"{match['organ'] or ''}令第{value if value is not None else match['no']}号"


def document_number(match: re.Match[str]) -> str:
    """Return the number of a document in one form: 国发〔2010〕23号, whatever stands before its letters."""
    return f"{_organ(match)}〔{match['year']}〕{int(match['no'])}号"


def document_start(match: re.Match[str]) -> int:
    """Return where the number begins: 违背国办发(2001)68号 begins at 国."""
    return match.end("organ") - len(_organ(match))


def _organ(match: re.Match[str]) -> str:
    return _BEFORE_ORGAN.sub("", match["organ"])


def standard_number(match: re.Match[str]) -> str:
    """Return the number of a standard in one form: GB/T 7512-2017; a year of two digits stays as it is."""
    kind = re.sub(r"\s", "", match["kind"] or "")
    series = match["series"]
    if series == "GBT":
        series, kind = "GB", "/T"
    year = f"-{match['year']}" if match["year"] else ""
    return f"{series}{kind} {match['no']}{year}"


def is_rule_document(organ: str) -> bool:
    """Return whether a document number can be a rule's: not one of an expert's report, a court or a licence."""
    return _FORENSIC.search(organ) is None
