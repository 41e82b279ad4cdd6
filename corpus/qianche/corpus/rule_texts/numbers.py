"""The number of a document in one form: 国务院令第493号, 安监总管四〔2017〕129号, GB 30871-2022."""

from __future__ import annotations

import re

from qianche.corpus.rules import STATE
from qianche.corpus.statutes.numerals import numeral

_NUMERAL = r"[\d一二三四五六七八九十百零〇○]+"
# Matches GB30871-2022, AQ/T 9006—2010, DB11/T 1322.1-2017; not GB 12 alone.
_STANDARD = re.compile(
    r"(?P<code>(?:GB|AQ|MT|YJ|JGJ|JTG|HG|SY|XF|GA|LD|DL|TB|JT|JB|CJJ|NB|SH|TSG|DB\d{2,4}|WS|YD|T)"
    r"(?:Z|J)?(?:\s*/\s*[A-Z]{1,6})?)\s*(?P<number>[A-Z]?\d{1,5}(?:\.\d{1,3})?)\s*[-—–－‒─]+\s*(?P<year>\d{4}|\d{2})(?!\d)"
)
# Matches 安委办〔2024〕2号, 法释【2022】19号, 建办质[2018] 31 号; not （2021年）.
_LETTER = re.compile(
    r"(?P<organ>[\u4e00-\u9fff]{2,14})\s*[〔\[﹝（(【]\s*(?P<year>\d{4})\s*[〕\]﹞)）】]\s*(?:第\s*)?(?P<number>\d{1,4})\s*号"
)
# Matches 国务院令第493号, 第88号 after 总局令, 交通运输部令2023年第13号, 公告2015年第5号.
_ORDER = re.compile(
    rf"(?P<organ>[\u4e00-\u9fff（）()]{{0,30}}?)(?P<kind>令|公告)\s*(?:[〔\[（(]?\s*(?P<year>\d{{4}})\s*年?\s*[〕\]）)]?)?\s*第?\s*"
    rf"(?P<number>{_NUMERAL})\s*号"
)
# Matches 公安部第61号令.
_ORDER_LAST = re.compile(
    rf"(?P<organ>[\u4e00-\u9fff]{{2,30}}?)第\s*(?P<number>{_NUMERAL})\s*号\s*(?P<kind>令)"
)
# Matches 公告〔十四届〕第二十七号.
_SESSION = re.compile(
    rf"(?P<organ>[\u4e00-\u9fff]{{2,30}})公告\s*[〔\[（(](?P<session>[\u4e00-\u9fff]+届)[〕\]）)]\s*第?\s*(?P<number>{_NUMERAL})\s*号"
)


def document_number(text: str) -> str | None:
    """Return the first number in the text in its one form, None where it names none."""
    found = [
        (match.start(), number)
        for pattern, form in _FORMS
        if (match := pattern.search(text)) and (number := form(match)) is not None
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def is_number_line(text: str) -> bool:
    """Return whether the line is a number and nothing else, also a bare 第88号 or 某某部令."""
    bare = text.strip("（）()* \t\u3000\xa0")
    return any(pattern.fullmatch(bare) for pattern, _ in _FORMS) or bool(_HALF.fullmatch(bare))


# A line of its own with half of an order's number: 国家安全生产监督管理总局令 / 第88号.
_HALF = re.compile(rf"(?:{STATE})?[\u4e00-\u9fff（）()\s]{{2,40}}(?:令|公告)|第?\s*{_NUMERAL}\s*号")


def _standard(match: re.Match[str]) -> str | None:
    """Return GB 30871-2022."""
    code = "".join(match["code"].split())
    return f"{code} {match['number']}-{match['year']}"


def _letter(match: re.Match[str]) -> str | None:
    """Return 安委办〔2024〕2号."""
    return f"{match['organ']}〔{match['year']}〕{int(match['number'])}号"


def _order(match: re.Match[str]) -> str | None:
    """Return 国务院令第493号; the state's name is left out."""
    number = numeral(match["number"])
    organ = re.sub(r"^.*?日", "", match["organ"]).replace(STATE, "")
    if number is None:
        return None
    year = f"{match['year']}年" if match.groupdict().get("year") else ""
    return f"{organ}{match['kind']}{year}第{number}号"


def _session(match: re.Match[str]) -> str | None:
    """Return 某省人民代表大会常务委员会公告〔十四届〕第二十七号."""
    return f"{match['organ']}公告〔{match['session']}〕第{match['number']}号"


_FORMS = (
    (_SESSION, _session),
    (_STANDARD, _standard),
    (_LETTER, _letter),
    (_ORDER, _order),
    (_ORDER_LAST, _order),
)
