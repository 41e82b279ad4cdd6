"""Numbers of rules: orders (国务院令第493号), documents (国发〔2010〕23号), standards (GB 6721-1986); one form each."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from qianche.corpus.citations.numerals import HAN, NUMBER_CONFUSIONS, number_by_place, undo_digits
from qianche.corpus.citations.titles import known_letters

_SPOILT: Final = re.escape("".join(NUMBER_CONFUSIONS))
_DASH = r"[-—–―－~～─]{1,2}"
_ISSUERS = (
    r"主席|国务院|(?:国家)?(?:安全生产监督管理|安全监管|安监|质量监督检验检疫|质检|市场监督管理|市场监管|煤矿安全监察|矿山安全监察|能源|铁路|民用航空|"
    r"工商行政管理|食品药品监督管理|环境保护)(?:总局|局)|总局|(?:应急管理|应急|公安|交通运输|交通|铁道|建设|住房和?城乡建设|住建|工业和信息化|工信|"
    r"人力资源和?社会保障|劳动|卫生|农业农村|农业|水利|教育|环境保护|生态环境|商务|民政|文化和旅游|自然资源|国土资源)部|"
    r"国家(?:发展和?改革|卫生健康|经济贸易|电力监管)委员会|国家发展改革委|(?:国家)?(?:发改|卫健)委|国家电力监管委员会|电监会|"
    r"[\u4e00-\u9fff]{2,6}?(?:省|市|自治区)(?:人民)?政府"
)
_ORGAN_LONGEST = 24
# The issuer that ends right before 令 or before 493号令
_ORGAN = re.compile(rf"(?:(?:中华人民共和国)?(?:{_ISSUERS}))\s{{0,2}}\Z")
_ORDER_NUMBER = rf"(?P<no>[{HAN}]{{1,9}}|\d{{1,4}}|(?=[^号]{{0,3}}\d)[\d{_SPOILT}]{{2,4}})"
# At 令 or 告: 令第493号, 令10号, 令（2005）446号, 令2023年第13号, 令第4O号 (spoilt), 公告2015年第5号
_ORDER = re.compile(
    rf"(?:令|(?<=公)告(?=\s?\d{{4}}年))\s{{0,2}}(?:[（(〔\[【]\s?\d{{4}}\s?年?[)）〕\]】]|(?P<year>(?:19|20)\d{{2}})年)?\s{{0,2}}第?\s{{0,2}}{_ORDER_NUMBER}\s{{0,2}}号"
)
_NO_ORDER = frozenset("命司指法禁")
"""Before 令: 命令第一号井, 禁令第一号."""
# Ends at 令: 第493号令, 493号令
_ORDER_BEFORE = re.compile(rf"第?\s?{_ORDER_NUMBER}\s?号令\Z")
# At the bracket: 〔2010〕23号, [2017]129号; not 〔2010年〕
_DOCUMENT = re.compile(r"[〔\[【（(]\s?(?P<year>(?:19|20)\d{2})\s?[〕\]】)）]\s?第?\s?(?P<no>\d{1,5})\s?号")
_LETTERS = re.compile(r"[\u4e00-\u9fff]{2,14}\s?\Z")
_SERIES = (
    r"GB(?:J|Z|T)?|AQ|MT|HG|SH|SY|JGJ|JTG|JTJ|JT|CJJ|CJ|TSG|TB|DL|YB|JB|GA|XF|WS|LD|NB|"
    r"QX|QC|HJ|HAF|CB|SL|SC|WB|YJ|KA|MH|LY|NY|CECS|T/[A-Z]{2,8}|DB\d{2,4}|ISO|IEC"
)
_KIND = r"\s{0,2}(?P<kind>/\s?[TZ])?\s{0,2}"
# A year that could not be read must not be left out: GB 30871-2O22 is not GB 30871
_GOES_ON = rf"\s?{_DASH}\s?[\d{_SPOILT}]"
# GB 30871-2022, GB/T 7512-2017, AQ1020—2008, TSG 21-2016, TSG Q7015-2016, JGJ59-2011, DB11/T 852-2019;
# not MT500A (a machine), not 3O871 (spoilt)
STANDARD: Final = re.compile(
    rf"(?P<series>{_SERIES}){_KIND}"
    rf"(?P<no>(?:(?<=TSG)|(?<=TSG )|(?<=JTG)|(?<=JTG ))[A-Z]\d{{1,6}}|\d{{1,6}}(?:\.\d{{1,3}}|/\d{{1,2}}(?!\d))?)"
    rf"(?:\s?{_DASH}\s?(?P<year>\d{{4}}|\d{{2}})(?![\dA-Za-z])|(?![\dA-Za-z]|{_GOES_ON}))"
)
# GB 3O871-2022, GB/T l3869, G8 30871-2022; at least one digit and one letter in place of a digit
_SPOILT_STANDARD = re.compile(
    rf"(?P<series>(?P<letters>G8|6B|{_SERIES})){_KIND}(?P<no>(?=[{_SPOILT}]{{0,5}}\d)[\d{_SPOILT}]{{2,6}}(?:\.[\d{_SPOILT}]{{1,3}})?)"
    rf"(?:\s?{_DASH}\s?(?P<year>[\d{_SPOILT}]{{4}})(?![\dA-Za-z])|(?![\dA-Za-z]|{_GOES_ON}))"
)
_SERIES_CONFUSIONS = {"G8": "GB", "6B": "GB"}
_UNDOUBTED = frozenset(("GB", "GBZ", "AQ"))
"""Series whose number counts without a year: no machine or substance is called GB 30871."""
# What runs into the letters of a document number from the sentence before: 违背国务院办公厅, 和国家安监总局
_BEFORE_ORGAN = re.compile(
    r".*(?:违背|违反|依据|根据|按照?|依|见|执行|落实|贯彻|和|及|与|的|以|了|在|办公厅|总局|委员会|政府|部门|厅|局)(?=[\u4e00-\u9fff]{2})"
)
# The same before the letters of a number that is known, or nothing: 按照厅字; not 某厅字, which is another's
_LEADS_IN = re.compile(
    r"(?:^|违背|违反|依据|根据|按照?|依照|依|见|执行|落实|贯彻|印发|下发|发布|文号|[是为和及与或的以了在]|办公厅|总局|委员会|部门)\Z"
)
_BEFORE_ISSUER = re.compile(
    r".*(?:违背|违反|依据|根据|按照|依照|执行|落实|贯彻|和|及|与|的|以|了|在|原)(?=[\u4e00-\u9fff]{4})"
)
# Reports of experts, courts and police carry numbers of the same shape: 公（司）鉴（法尸）字【2023】94号.
_FORENSIC = re.compile(r"[鉴检尸痕刑民终初执罚诉案认定许证照批]|字$|调$|函$|投资$|环审$|资审$")


class FoundNumber(NamedTuple):
    """A number as it stands in a text: `number` in one form, or `damaged` as written with what is `likely`.

    `certain`: it counts without a provision behind it.
    """

    start: int
    end: int
    number: str | None
    certain: bool
    damaged: str | None = None
    likely: str | None = None


def read_order(text: str, at: int, floor: int = 0) -> FoundNumber | None:
    """Return the order whose 令 stands at `at`: 国务院令第493号, 令10号, 国务院第493号令; in one form 国务院令第493号.

    A year in brackets, 国务院令（2005）446号, is left out: those orders are numbered through the years.
    """
    match = _ORDER.match(text, at)
    kind = "令"
    if match is not None:
        if at > floor and text[at - 1] in _NO_ORDER:
            return None
        kind = "公告" if text[at] == "告" else kind
        start, end = at - len(kind) + 1, match.end()
    else:
        match = _ORDER_BEFORE.search(text, max(floor, at - 14), at + 1) if text[at - 1 : at] == "号" else None
        if match is None:
            return None
        start, end = match.start(), at + 1
    issuer = _ORGAN.search(text, max(floor, start - _ORGAN_LONGEST), start)
    organ = ""
    if issuer is not None:
        organ = (
            _BEFORE_ISSUER.sub("", issuer[0].strip())
            if issuer[0].strip()[-2:] == "政府"
            else issuer[0].strip()
        )
        start = text.rindex(organ, issuer.start(), start)
    year = f"{match['year']}年" if match.groupdict().get("year") else ""
    value = number_by_place(match["no"])
    if value is not None:
        return FoundNumber(start, end, f"{organ}{kind}{year}第{value}号", bool(organ))
    undone = number_by_place(undo_digits(match["no"]))
    likely = f"{organ}{kind}{year}第{undone}号" if undone is not None else None
    return FoundNumber(start, end, None, bool(organ), text[start:end], likely)


def read_document(text: str, at: int, floor: int = 0) -> FoundNumber | None:
    """Return the document number whose bracket stands at `at`: 国发〔2010〕23号, whatever stands before its letters.

    None for the number of an expert's report, a court's or a licence: 松发改投资〔2021〕159号. A number that the
    register has is certain, whatever its letters look like: 厅字〔2020〕3号.
    """
    match = _DOCUMENT.match(text, at)
    letters = _LETTERS.search(text, max(floor, at - 15), at) if match else None
    if match is None or letters is None:
        return None
    written = letters[0].strip()
    for organ in known_letters(int(match["year"]), int(match["no"])):
        if written.endswith(organ) and _LEADS_IN.search(written.removesuffix(organ)):
            start = letters.start() + len(written) - len(organ)
            return FoundNumber(start, match.end(), f"{organ}〔{match['year']}〕{int(match['no'])}号", True)
    if _FORENSIC.search(written):
        return None
    organ = _BEFORE_ORGAN.sub("", written)
    start = letters.start() + len(written) - len(organ)
    return FoundNumber(start, match.end(), f"{organ}〔{match['year']}〕{int(match['no'])}号", False)


def read_standard(text: str, at: int) -> FoundNumber | None:
    """Return the standard number that begins at `at`, in one form: GB/T 7512-2017; a year of two digits stays so."""
    if at and ((text[at - 1].isascii() and text[at - 1].isalnum()) or text[at - 1] == "/"):
        return None
    match = STANDARD.match(text, at)
    if match is not None:
        written = _standard(match["series"], match)
        sure = match["year"] or ((match["series"] in _UNDOUBTED or match["kind"]) and len(match["no"]) > 2)
        return FoundNumber(at, match.end(), written, bool(sure))
    match = _SPOILT_STANDARD.match(text, at)
    if match is None:
        return None
    series = _SERIES_CONFUSIONS.get(match["series"], match["series"])
    sure = match["year"] or series in _UNDOUBTED or match["kind"]
    if series != match["series"] and not match["year"]:
        return None
    likely = _standard(series, match, undo=True)
    return FoundNumber(at, match.end(), None, bool(sure), match[0], likely)


def _standard(series: str, match: re.Match[str], *, undo: bool = False) -> str:
    """The number of a standard in one form, with letters in place of digits undone."""
    kind = "".join((match["kind"] or "").split())
    if series == "GBT":
        series, kind = "GB", "/T"
    no, year = match["no"], match["year"] or ""
    if undo:
        no, year = undo_digits(no), undo_digits(year)
    return f"{series}{kind} {no}" + (f"-{year}" if year else "")


def read_rule_number(text: str) -> FoundNumber | None:
    """Return the rule's number that a bracket holds, with positions within it."""
    for sign in "令告":
        at = text.find(sign)
        if at >= 0 and (order := read_order(text, at)) is not None:
            return order
    start = len(text) - len(text.lstrip())
    if (standard := read_standard(text, start)) is not None:
        return standard
    for bracket in re.finditer(r"[〔\[【（(]", text):
        if (document := read_document(text, bracket.start())) is not None:
            return document
    return None
