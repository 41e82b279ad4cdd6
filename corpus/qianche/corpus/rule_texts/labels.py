"""How a unit of a rule announces itself at the start of a line: 第三十六条, 第二章, 6.2.2.1, 一、, 附件1."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qianche.corpus.rules import ArticleNumber
from qianche.corpus.statutes.numerals import from_chinese, numeral, to_chinese

_NUMERAL = r"(?:[零〇○一二三四五六七八九十百千\d]\s*)+"
# Leftovers of Markdown and wiki pages that a plain text may carry: ## 第一章, **第一条**, ==第一节==.
_DECORATION = re.compile(r"[#*=\s]*")

# Matches 第三十六条, 第 36 条, **第一百三十四条之一**, 三十六条 (the 第 lost); not 第三十六款.
_ARTICLE = re.compile(
    rf"(?P<ordinal>第\s*)?(?P<main>{_NUMERAL})条(?:\s*之\s*(?P<sub>[一二三四五六七八九十]+)(?![款项条种]))?"
)
# Matches 第二章, 第三分编, 第 1 节; not 第二条.
_HEADING = re.compile(rf"第\s*(?P<number>{_NUMERAL})(?P<kind>分\s*编|编|章|节)")
# Matches 附则, 附　则; not 附则规定.
_SUPPLEMENTARY = re.compile(r"附\s*则")
# Matches 6.2.2.1, 4, A.2.1; not 1. as in a list, not 24小时 (by what follows, see `clause_label`).
_CLAUSE = re.compile(r"(?P<number>(?:[A-Z][.．])?\d{1,2}(?:[.．]\d{1,3}){0,6})(?![\d.．、)）%％])")
# Matches 1. 总则, a chapter where 1.1 follows; a list's 1. looks the same (see `find_clauses`).
_CHAPTER = re.compile(r"(?P<number>\d{1,2})[.．](?=\s*[\u4e00-\u9fff])")
# Matches 一、 and 十二、, and 一： before a title; not 一二、, not 一：未办证的，….
_SECTION = re.compile(r"(?P<number>[一二三四五六七八九十百]+)\s*(?:、|[：:](?=[^，。；：:]{2,30}$))")
# Matches 附件, 附件1, 附表二：, 附录A（规范性附录）, 附：; not 附则, not 附件规定的….
_ANNEX = re.compile(
    r"附\s*(?:(?P<kind>[件表录图])\s*(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2}(?:[-－]\d{1,2})?|[A-Z](?![A-Za-z]))?)?"
)
# Matches 参考文献, 条文说明, 本规范用词说明, 引用标准名录: what a standard appends without a number.
_APPENDED = re.compile(
    r"参\s*考\s*文\s*献|(?:附\s*[：:]?\s*)?条\s*文\s*说\s*明|本(?:标准|规范|规程|导则|规定)用词说明|引用标准名录"
)
# What follows a number that only refers to an article: 第五条第一款, 第五条规定的, 第五条、第六条.
_REFERS = re.compile(
    r"[、，。；）)》”]|第[零〇一二三四五六七八九十百千\d]+[款项条]|规定|所(?:称|列|规定|指|述)"
    r"|(?:和|或|或者|至|到|及|以及|与|－|-|—|～|~)(?:本|前|第)|的|中(?:的|规定|所|第|有关|关于|，)|以外|修改为|等(?:规定|条|的)"
)
# The same where a space follows the number: only what no article can begin with.
_REFERS_SPACED = re.compile(
    r"[、，。；）)》”]|第[零〇一二三四五六七八九十百千\d]+[款项]|规定的|所(?:称|列|规定)的|的"
)
# Units that make a decimal a measure: 1.5m, 0.2MPa, 3.5吨.
_MEASURE = re.compile(
    r"(?:mm|cm|km|kg|kV|kW|MPa|kPa|Pa|min|℃|°)(?![A-Za-z])"
    r"|(?:m|t|h|s|V|W|L|米|毫米|公里|吨|千克|公斤|万|亿|元|倍|年|月|日|天|小时|分钟|秒|度|人|个|次)"
    r"(?![A-Za-z\u4e00-\u9fff]|$)|[%％‰×～~]|[^\w\s《（(“\"]"
)
# What no clause can begin with: the number is a cross-reference (11.5.14.2 的试验), or a list goes on.
_CLAUSE_REFERS = re.compile(
    r"\s*(?:的|和|或|及|至|与|、|，|。|；|～|~|条|款|项|中(?:的|规定|所)|规定|所(?:规定|列|述)|以及)"
)
MARKUP = "*#= \t\u3000\xa0"
"""Characters that may surround a heading and are none of it."""
_COLONS = ("：", ":")
_SENTENCE_END = frozenset("。；;！？!?：:，,、")


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at an offset of a line: its printed form, its number in digits, where it ends.

    `refers`: what follows makes it a mere reference. `spaced`: a space follows it or the line ends. `damaged`: the
    第 before the number is lost.
    """

    printed: str
    number: str
    start: int
    end: int
    refers: bool = False
    spaced: bool = False
    damaged: bool = False


def article_label_at(text: str, at: int = 0) -> tuple[Label, ArticleNumber] | None:
    """Return the 条 label that stands at the offset, with its number; None where none does."""
    start = at + _decoration(text, at)
    match = _ARTICLE.match(text, start)
    main = numeral(match["main"]) if match else None
    if match is None or main is None or main < 1:
        return None
    sub = (numeral(match["sub"]) or 0) if match["sub"] else 0
    # 第一条：为了… has the colon as part of the label.
    label_end = match.end() + (text[match.end() : match.end() + 1] in _COLONS)
    end = label_end + _decoration(text, label_end)
    rest = text[end:]
    spaced = not rest or text[match.end() : end].strip("*=") != ""
    refers = bool((_REFERS_SPACED if spaced else _REFERS).match(rest))
    number, printed = ArticleNumber(main, sub), "".join(match[0].split())
    return Label(printed, number.slug, start, label_end, refers, spaced, match["ordinal"] is None), number


def heading_label(text: str) -> tuple[Label, str] | None:
    """Return label and kind of a 编, 分编, 章, 节 or unnumbered 附则 heading; None where the line is none."""
    start = _decoration(text, 0)
    if match := _SUPPLEMENTARY.fullmatch(text, start, len(text.rstrip(MARKUP))):
        return Label("附则", "", start, match.end()), "附则"
    match = _HEADING.match(text, start)
    number = numeral(match["number"]) if match else None
    if match is None or number is None:
        return None
    kind = "".join(match["kind"].split())
    return Label("".join(match[0].split()), str(number), start, match.end()), kind


def clause_label(text: str, at: int = 0, *, certain_end: int = 0) -> Label | None:
    """Return the decimal number that a clause of a standard begins with; None for measures and references.

    Args:
        text: the line.
        at: where the number stands.
        certain_end: end of a number the format printed by itself; then nothing after it is judged.
    """
    start = at + _decoration(text, at)
    match = _CLAUSE.match(text, start) or _CHAPTER.match(text, start)
    if match is None:
        return None
    rest = text[match.end() :]
    certain = certain_end >= match.end()
    if not certain and (_CLAUSE_REFERS.match(rest) or _MEASURE.match(rest)):
        return None
    number = match["number"].replace("．", ".")
    # 1.0.1 is a clause of the standards on construction; 0.7 and 3.05 are figures.
    parts = number.split(".")
    if parts[0] == "0" or parts[-1] == "0" or any(part[0] == "0" and part != "0" for part in parts):
        return None
    return Label(match[0], number, start, match.end(), spaced=not rest or rest[0].isspace())


def section_label(text: str) -> Label | None:
    """Return the label 一、 of a notice's section."""
    start = _decoration(text, 0)
    match = _SECTION.match(text, start)
    number = from_chinese(match["number"]) if match else None
    if match is None or number is None or to_chinese(number) != match["number"]:
        return None
    return Label("".join(match[0].split()), str(number), start, match.end())


def annex_label(text: str) -> Label | None:
    """Return the label of an annex line (附件1, 附录A, 附：); None for text that only mentions an annex.

    An annex line is the bare label, or the label with a colon, a space or a title that is no sentence; what a
    standard appends (条文说明, 参考文献) is one too.
    """
    start = _decoration(text, 0)
    if appended := _APPENDED.fullmatch(text.rstrip(MARKUP), start):
        return Label("".join(appended[0].split()), "", start, appended.end())
    match = _ANNEX.match(text, start)
    if match is None:
        return None
    rest = text[match.end() :]
    bare = rest.strip(" \t\u3000*：:")
    marked = rest[:1] in ("：", ":") or rest[:1].isspace() or rest[:1] in ("（", "(")
    if bare and not marked and not (match["kind"] and match["number"]):
        return None
    if match["kind"] is None and rest[:1] not in ("：", ":"):
        return None
    if bare and not is_title_like(bare, 60):
        return None
    return Label("".join(match[0].split()), match["number"] or "", start, match.end())


def is_title_like(text: str, limit: int = 40) -> bool:
    """Return whether the text can be a heading: short, and without the marks of a sentence."""
    text = text.strip(MARKUP)
    return 0 < len(text) <= limit and text[-1] not in _SENTENCE_END and not set("。；;") & set(text)


def _decoration(text: str, at: int) -> int:
    """Return how many characters of Markdown leftovers and spaces stand at the offset."""
    match = _DECORATION.match(text, at)
    return match.end() - at if match else 0
