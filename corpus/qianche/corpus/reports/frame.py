"""What stands around a report proper: title lines, 目录, label block, 附件, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qianche.corpus.reports.headings import TITLE_MAX
from qianche.corpus.reports.lines import Line

LONG = 12
"""From this length on a line that ends like a heading may be a title (某厂火灾事故原因分析)."""
TITLE_LINE_MAX = 110

_ACCIDENT = re.compile(
    r"事故|火灾|爆炸|爆燃|闪爆|坍塌|中毒|窒息|沉没|翻沉|碰撞|追尾|坠落|触电|溺水|透水|泄漏|案例|调查报告|通报|快报|报告书"
    r"|災害|火災|墜落|調查報告|檢查報告"
    r"|[Aa]ccident|[Ii]ncident|[Cc]ollision|[Ff]ire|[Ee]xplosion|[Dd]erailment|[Ff]ailure|[Rr]eport|[Ii]nvestigation"
)
# A cover line under the title: a date, an issuer, a number in brackets; not a sentence.
_COVER = re.compile(
    r"^[（(]?\s*(?:[\d〇○零一二三四五六七八九十]{1,4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?)\s*[)）]?$|(?:调查组|委员会|监察局|管理局|管理厅|应急局|人民政府|有限公司|分局)$"
    r"|^[（(][^（）()]{1,30}[)）]$|^https?://\S+$"
    r"|^(?:信息)?(?:来源|作者|发布时间|发布日期|更新时间|浏览次数|点击次数|网址|编号|字体|索引号)\s*[:：]"
)
_SENTENCE = re.compile(r"[。；！？;]|，.*，|造成\s*\d")
# The headline of a page may cry out in its middle: 一人死亡！某公司事故公布.
_HEADLINE_SENTENCE = re.compile(r"[。；;]|，.*，|造成\s*\d|[！？]$")
# Half-width marks that stand for full-width ones: 某厂,发生; not Failure of a valve, Port X.
_CHINESE_MARK = re.compile(r"(?<=[一-鿿”）)]),|,(?=[一-鿿“])")
_LEADERS = re.compile(r"(?:\.\s?){3,}|\.{2,}\s*\d{1,3}$|…{1,}|·{3,}|_{3,}|—{4,}")
_PAGE_AT_END = re.compile(r"\s*\d{1,3}$")
_CONTENTS = re.compile(
    r"^(?:\d{4}\s*年[\d\s年月日]*)?[【\[]?目\s*[录錄次][】\]]?$|^contents$|^table of contents$", re.IGNORECASE
)
# 死亡人数：1; 事故类别: 顶板; not 经查明：该公司…, not 1.张某：男.
_LABEL = re.compile(r"^[“\"【\[]?([一-鿿]{2,10})[】\]”\"]?\s*[：:]\s*(.{0,80})$")
_LABEL_NAMES = re.compile(
    r"日期|时间|地点|类别|类型|等级|级别|人数|损失|名称|单位|行业|性质|编号|环境|人机管环|来源|矿井|企业|工种|设备|天气|致害物|起因物"
)
_ANNEX = re.compile(
    r"^(?:Appendi(?:x|ces)\b|Annex\b|(?:附\s*[件表图录]|附)\s*(?:[一二三四五六七八九十\d]{1,3})?\s*(?:[：:、.．]|$))"
)
_SIGNATURE = re.compile(r"(?:调查组|委员会|管理局|监察局|管理厅|应急局|人民政府|公司|分局|支队|大队)$")


def title_end(lines: Sequence[Line]) -> int:
    """Return how many lines at the start are title and cover; 0 where the report begins without a title."""
    end = 0
    for line in lines[:8]:
        if not (
            is_title(line, first=end == 0) or (end and _is_cover(line)) or (end == 0 and _is_half(lines))
        ):
            break
        end += 1
    return end


def sheet_end(lines: Sequence[Line]) -> int:
    """Return how many tables stand before the title: the data sheet that a page prints above a report."""
    end = next((i for i, line in enumerate(lines) if not line.table), 0)
    return end if end and is_title(lines[end], first=True) else 0


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines of a table of contents: dot leaders, or entries after 目录 that come again below."""
    found = {
        i for i, line in enumerate(lines) if _LEADERS.search(line.text) and _PAGE_AT_END.search(line.text)
    }
    if len(found) < min(3, len(lines)):
        found = set()
    elif found:
        found |= {i for i in range(min(found), min(max(found) + 4, len(lines))) if _is_entry(lines[i])}
    for index, line in enumerate(lines):
        if _CONTENTS.match(line.text):
            found |= {index, *_entries(lines, index + 1)}
    return frozenset(found)


def label_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines of 标签：值 blocks: three or more in a row, most of them with a known label."""
    found: set[int] = set()
    run: list[int] = []
    for index in range(len(lines) + 1):
        match = _LABEL.match(lines[index].text) if index < len(lines) and not lines[index].table else None
        if match is not None:
            run.append(index)
            continue
        known = [i for i in run if _LABEL_NAMES.search(lines[i].text.split("：")[0].split(":")[0])]
        if len(run) >= 3 and 3 * len(known) >= 2 * len(run):
            found |= set(run)
        run = []
    return frozenset(found)


def annex_start(lines: Sequence[Line]) -> int:
    """Return the index of the first line of the annexes, the number of lines where there are none.

    A line 附件： in the first half of the report (附件下载) is none.
    """
    for index, line in enumerate(lines):
        if _ANNEX.match(line.text) and 2 * index >= len(lines) and len(line.text) <= 60:
            return index
    return len(lines)


def signature_start(lines: Sequence[Line]) -> int:
    """Return the index of the first of the closing lines (issuer, date), the number of lines where there are none."""
    start = len(lines)
    while start > 1 and _closes(lines[start - 1]):
        start -= 1
    return start


def is_title(line: Line, *, first: bool = False) -> bool:
    """Return whether the line is a title: short, names an accident, is no sentence and no heading of a part."""
    text = _CHINESE_MARK.sub("，", line.text)
    sentence = _HEADLINE_SENTENCE if first and line.heading is None else _SENTENCE
    if line.table or len(text) > TITLE_LINE_MAX or sentence.search(text) or text.endswith(("，", "：", ":")):
        return False
    if line.heading is not None and not (
        line.heading.named and line.numbering is None and (first or len(text) >= LONG)
    ):
        return False
    if line.numbering is not None and line.numbering.style not in ("digit", "case", "chinese"):
        return False
    return bool(_ACCIDENT.search(text)) or (first and line.level == 1)


def _is_cover(line: Line) -> bool:
    """Whether the line goes with a title above it: date, issuer, address."""
    return len(line.text) < TITLE_LINE_MAX and _COVER.search(line.text) is not None and line.heading is None


def _is_half(lines: Sequence[Line]) -> bool:
    """Whether the first line is the first half of a title that goes on in the second."""
    line = lines[0]
    return (
        len(lines) > 1
        and is_title(lines[1])
        and len(line.text) <= TITLE_MAX
        and line.numbering is None
        and not re.search("[。；：，]", line.text)
    )


def _is_entry(line: Line) -> bool:
    """Whether the line may be an entry whose leaders were lost: numbered, short, a page number at its end."""
    return (
        line.numbering is not None
        and len(line.text) <= TITLE_LINE_MAX
        and bool(_PAGE_AT_END.search(line.text))
    )


def _entries(lines: Sequence[Line], start: int) -> set[int]:
    """Return the lines after 目录 up to where its first entry comes again; none where it never does."""
    if start >= len(lines):
        return set()
    first = _bare(lines[start].text)
    for index in range(start + 1, len(lines)):
        if first and _bare(lines[index].text)[: len(first)] == first:
            return set(range(start, index))
        if len(lines[index].text) > TITLE_LINE_MAX:
            break
    end = start
    while (
        end < len(lines) and _PAGE_AT_END.search(lines[end].text) and len(lines[end].text) <= TITLE_LINE_MAX
    ):
        end += 1
    return set(range(start, end))


def _bare(text: str) -> str:
    """Return an entry without leaders, page and spaces."""
    return re.sub(r"\s", "", _PAGE_AT_END.sub("", _LEADERS.sub("", text)))


def _closes(line: Line) -> bool:
    """Whether the line is an issuer or a date by itself."""
    text = line.text
    if len(text) > 30 or line.heading is not None or re.search(r"[。，；：]", text):
        return False
    return bool(_COVER.match(text) or _SIGNATURE.search(text))
