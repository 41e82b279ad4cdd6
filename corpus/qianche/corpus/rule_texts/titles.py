"""The title of a rule among the lines of its head: which lines can be one, and which of several it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qianche.corpus.reading.document import Span
from qianche.corpus.rule_texts.dates import only_day
from qianche.corpus.rule_texts.labels import annex_label
from qianche.corpus.rule_texts.lines import Line, squeeze
from qianche.corpus.rule_texts.numbers import is_number_line
from qianche.corpus.rule_texts.organs import is_organ

# The kinds of act that a title ends with.
_ENDINGS = (
    "法典|法|条例|规定|办法|细则|规程|规则|规范|标准|准则|导则|指南|目录|名录|通知|公告|通告|通报|意见|决定|决议|解释|批复"
    "|要点|条件|措施|修正案|说明|纲要|指引|清单|手册|制度|程序|守则|方案|预案|要求|方法|范围|情形|答复|函|稿"
)
# What may follow it in brackets: （试行）, （2017版）, (2013年), （修订草案征求意见稿）, （二）.
_SUFFIX = r"(?:\s*[（(](?:[\u4e00-\u9fff\d]{1,24})[)）])*"
_ONLY_SUFFIX = re.compile(_SUFFIX)
_TITLE = re.compile(rf"[^。；;]{{2,100}}(?:{_ENDINGS}){_SUFFIX}")
# A title about something ends after a 的: 关于…条件 alone goes on in the next line.
_ABOUT = re.compile(rf".*关于.*的[^的《》]{{0,8}}(?:{_ENDINGS}){_SUFFIX}|.*关于.*》(?:{_ENDINGS}){_SUFFIX}")
_NUMBERED = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[]\d{4}[〕\]]\d+号")
# A version added to a title by whoever keeps the file: （2013年）, (2013修订), （2021年第三次修正）.
_EDITION = re.compile(r"[（(]\d{4}\s*年?\s*(?:第?[一二三四五六七八九十]*次?(?:修正|修订|修改))?[)）]$")
# A standard's number behind its title: 粉尘防爆安全规程GB15577-2018.
_NUMBER_BEHIND = re.compile(
    r"[（(]?[A-Z]{2,3}\d{0,4}(?:/[A-Z]{1,3})?\d{1,5}(?:\.\d{1,3})?[-—–－]+\d{4}[)）]?$"
)
# 关于印发《…》的通知, 公布施行《…》的公告, 《…》已经…通过，现予公布: the document that follows is the rule.
_ANNOUNCES = re.compile(
    r"(?:印发|公布|发布|颁布|颁发|批准|施行)[^《。]{0,12}《(?P<title>[^》]+(?:〈[^〉]*〉[^》]*)*)》|《(?P<passed>[^》]{4,60})》[^。]{0,4}(?:已|于|业)"
)
_ISSUES = re.compile(r"关于(?:印发|公布|发布|颁布|颁发|批准|实施|颁布施行).{2,90}的(?:通知|公告|决定|批复)$")
# What a web page or the cover of a standard prints around a title: 新华社北京6月29日电, ICS 13.100, 代替 GB….
_PAGE_LINE = re.compile(
    r"新华社|来源|作者|编辑|(?:发布|成文|公布)(?:时间|日期|机构)|字号|字体|打印|索引号|有效性|浏览"
    r"|I\s*C\s*S|CCS|备案号|代替|[A-Z]\s?\d{2}$|特种设备安全技术规范(?:\s*TSG.*)?$"
    r"|(?:中\s*华.{0,20}|.{2,8})(?:国\s*家|行\s*业|地\s*方|团\s*体)\s*标\s*准$"
)
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed, spaces left out, and the span of its lines; `first` and `end` index them."""

    text: str
    span: Span
    first: int
    end: int


def find_title(lines: Sequence[Line]) -> Title | None:
    """Return the title of the rule in the lines of a head, None where no line is one.

    Of several, the one that an order or cover notice announces; else the first that is no cover notice's own.
    Of two that differ in the year of the edition, the plain one.
    """
    candidates = list(_candidates(lines))
    if not candidates:
        return None
    announced = {_key(name) for line in lines for name in _announced(line.text)}
    named = [title for title in candidates if _key(title.text) in announced]
    if named:
        return named[-1]
    own = [title for title in candidates if not _ISSUES.search(title.text)] or candidates
    best = own[0]
    plain = [t for t in own if without_edition(t.text) == t.text and t.text == without_edition(best.text)]
    return plain[0] if plain else best


def without_edition(title: str) -> str:
    """Return the title without a year of edition: 特种设备安全法（2013年） gives 特种设备安全法."""
    return _EDITION.sub("", title)


def _announced(text: str) -> list[str]:
    """Return the titles that a line says are issued with it."""
    return [match["title"] or match["passed"] for match in _ANNOUNCES.finditer(squeeze(text[:2000]))]


def _key(title: str) -> str:
    """Return the title for comparing: no spaces, no edition, no outer 《》."""
    return without_edition(squeeze(title).strip("《》*#"))


def _candidates(lines: Sequence[Line]) -> list[Title]:
    """Return the runs of up to four lines that read as one title, longest run from each first line."""
    found: list[Title] = []
    index = 0
    while index < len(lines):
        title = _run(lines, index)
        if title is None:
            index += 1
            continue
        found.append(title)
        index = title.end
    return found


def _run(lines: Sequence[Line], first: int) -> Title | None:
    """Return the title that begins at the line: the fewest lines that end as a title does, with its suffix."""
    text = ""
    for end in range(first, min(first + _MOST_LINES, len(lines))):
        line = lines[end]
        if not _may_be_title(line, begins=end == first) or (line.heading and not lines[first].heading):
            return None
        text = _NUMBER_BEHIND.sub("", text + squeeze(line.text).strip("*#"))
        if _is_whole(text):
            stop = end + 1
            if stop < len(lines) and _ONLY_SUFFIX.fullmatch(squeeze(lines[stop].text)):
                suffix = squeeze(lines[stop].text)
                text, stop = text + suffix, stop + 1
            return Title(text, Span(lines[first].start, lines[stop - 1].end), first, stop)
    return None


def _is_whole(text: str) -> bool:
    """Return whether the text reads as a finished title."""
    if not _TITLE.fullmatch(text) or ("关于" in text.split("《")[0] and not _ABOUT.fullmatch(text)):
        return False
    return text.count("《") == text.count("》") and text.count("（") == text.count("）")


def _may_be_title(line: Line, *, begins: bool) -> bool:
    """Return whether the line can be (part of) a title."""
    text = line.text.strip("* #")
    if line.table or not text or len(text) > 100 or text[-1] in "。；：:;，" or _PAGE_LINE.match(text):
        return False
    if begins and (is_organ(text) or text[0] in "（(-—·" or _NUMBERED.match(squeeze(text))):
        return False
    return not (only_day(text) or is_number_line(text) or annex_label(text))
