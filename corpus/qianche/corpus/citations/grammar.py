"""The patterns of a provision as written: 条 款 项 目 句, clause numbers, and what joins them into lists."""

from __future__ import annotations

import re
from typing import Final, Literal

from qianche.corpus.citations.numerals import BLANK, HAN, INNER, NUMERAL, ORDINAL_CONFUSIONS

Short = Literal["no", "long", "any"]
"""Whether the first 条 may stand without 第: `any` behind a known name (安法36条), `long` where only digits or a
numeral of three characters is no count (《安全生产法》36条; not 《…》三条措施)."""

_MOST_LISTED = 30
"""Numbers of one list 第三、四款; more are no list, and a bound keeps reading linear."""

# 三、四 and 三至五; a dash only between digits: 13-15, not 三－六, which may be a spoilt 三十六
_SEPARATOR = r"(?:\s?(?:[、和及与至到~～])\s?|(?<=\d)[-—–－](?=\d))"
_LIST = rf"{NUMERAL}(?:{_SEPARATOR}第?{NUMERAL}){{0,{_MOST_LISTED}}}"
_ITEM = rf"[（(]?\s?{NUMERAL}\s?[)）]?"
_ITEM_LIST = rf"{_ITEM}(?:(?:{_SEPARATOR}|(?=[（(]))第?{_ITEM}){{0,{_MOST_LISTED}}}"
LISTED: Final = re.compile(rf"([至到~～—–－-])?\s?第?[（(]?\s?({NUMERAL})")

# Pieces below 条; what must not follow is the rest of another word.
_LOWER_PIECES = (
    rf"(?:{BLANK}第{INNER}(?P<paragraph>{_LIST}){INNER}款(?![项额]))?"  # 第一款, 第三、四款; not 第一款项
    # 第（二）项, 第二项, and （二） right behind a 条 or 款; not 第二项目
    rf"(?:{BLANK}(?:第{INNER}(?P<item>{_ITEM_LIST}){INNER}项(?!目)|[（(]\s?(?P<bare>{NUMERAL})\s?[)）](?:{BLANK}项(?!目))?))?"
    rf"(?:{BLANK}第{INNER}(?P<point>{_LIST}){INNER}目(?![标前录的]))?"  # 第1目; not 第一目标
    rf"(?:{BLANK}第{INNER}(?P<sentence>{NUMERAL}){INNER}句(?!话))?"  # 第一句; not 第一句话
)
_FLAG_PIECES = rf"(?P<excerpt>{BLANK}[（(]节选[)）])?(?P<lead>{BLANK}[（(]连同引导语[)）])?"


def _provision(ordinal: str) -> re.Pattern[str]:
    """The pattern of one provision, all pieces optional; `ordinal` is what a 条 begins with."""
    return re.compile(
        # 第三十六条, 第 155 条, 第三十三、三十四条, 第一百三十四条之一; not 第三条件, 第三条例
        rf"(?:{ordinal}{INNER}(?P<article>{_LIST}){INNER}条(?![例件款约文幅码])(?:{BLANK}之{BLANK}(?P<sub>{NUMERAL}))?"
        # 6.2.2.1, 第7.1.2条, A.3.2; not O5.2 (no annex I or O), not 50.5%, not 2.14.15.1.2.3.4 of six levels
        r"|(?P<mark>第?)\s?(?P<clause>(?:[A-HJ-NP-Z]\.?)?\d{1,3}(?:\.\d{1,3}){1,4})(?![A-Za-z\d.]|\s?[%％℃])"
        r"\s?(?P<unit>[条款](?![例件款约文幅码项额]))?)?" + _LOWER_PIECES + _FLAG_PIECES
    )


PROVISION: Final[dict[Short, re.Pattern[str]]] = {
    "no": _provision("第"),
    "long": _provision(rf"(?:第|(?=\d|[{HAN}]{{3}}))"),
    "any": _provision("第?"),
}
LOWER: Final = re.compile(_LOWER_PIECES)
FLAGS: Final = re.compile(_FLAG_PIECES)
CLAUSE_ENDS: Final = re.compile(r"\s{0,3}(?:$|[，。；：、）)》”]|的?规定|的?要求|中|强制|第)")
# 第九条、第十条, 第一项和（二）, 第三十三条、三十四条
JOIN: Final = re.compile(
    rf"\s{{0,3}}(?:、|，|,|和|及|以及|与|或|或者|；|;)\s{{0,3}}"
    rf"(?=[第{ORDINAL_CONFUSIONS}（(]|(?:[A-Z]\.?)?\d|{NUMERAL}条)"
)
RANGE: Final = re.compile(
    rf"\s{{0,3}}[至到\-—～~]\s{{0,3}}(?=[第{ORDINAL_CONFUSIONS}]|\d{{1,3}}\.\d|{NUMERAL}条)"
)
