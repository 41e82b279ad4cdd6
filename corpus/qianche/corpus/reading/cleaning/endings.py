"""How a piece of text ends and begins: whether a sentence is over, cut, or goes on."""

from __future__ import annotations

import re

_CLOSERS = '”’"）)》〉】〕』」'
# Matches 已完成。 and 已完成。” and Done.; not 已完成 and not 第3.
_ENDED = re.compile(rf"(?:[。！？；：!?;:…]|(?<=[A-Za-z\u4e00-\u9fff)）%])\.)[{_CLOSERS}]*$")
_STOPPED = re.compile(rf"[。！？.!?][{_CLOSERS}]*$")
# Ends that no sentence and no heading has: 由于管理，; 负责人的 (but not 检查目的).
_CUT = re.compile(
    r"(?:[，、,（(《〈“‘【〔/+＋~～]|(?<!目)的|(?<![总饱缓调温])和|(?<!参)与|以及|或|(?<![所存潜内])在|[把被]|由于|(?<!理)由)$"
)
# Beginnings that only the rest of a sentence has: ，造成; ）后; ”的.
_INSIDE = re.compile(r"[，。、；：！？）》〉”’】〕,;:!?%‰℃…]|\)|\]")
# 的规定, 和有关部门: beginnings that only the rest of a sentence has; not 的士, 和平路, 及时, 等级, 与会.
_STARTS_ON = re.compile(
    r"的(?![士确])|和(?![平谐田县顺睦])|以及|及(?![时格早])|与(?![会此])|等(?![待级到候])|或者|或(?!许)|并且"
)
_UNIT_AFTER = re.compile(
    r"年|月|日|时|分|秒|人|名|万|亿|元|余|多|个|吨|米|号|公|千|厘|毫|平|立|升|台|辆|度|%|‰|℃|[a-zA-Z]{1,3}\b"
)
_NUMBER_AFTER = re.compile(r"[\d〇零一二三四五六七八九十百千]")
_DATE_BEFORE = re.compile(r"\d{4}年$|\d{1,2}[月日时点分]$")
# Matches 6月, 8日9时, 36分51秒; not 6.培训, not 6名.
_DATE_AFTER = re.compile(r"\d{1,2}[月日时点分秒](?!前|后|内)")
# 某公司(位于河口镇)发生 | 一起…事故: a verb and what it governs.
_VERB_BEFORE = re.compile(r"发生了?$")
_OBJECT_AFTER = re.compile(r"[一二三四五六七八九两\d]{1,2}\s*起(?![草因点])")
# A comma, be it half-width, in a Chinese text; not in 1,000 and not in English.
_CHINESE_COMMA = re.compile(r"，|(?<=[\u4e00-\u9fff”’）)》]),|,(?=[\u4e00-\u9fff“《（(])")
_PUNCTUATION = re.compile(r"[，。；：！？,;!?]")
_PAIRS = str.maketrans("()“”《》〈〉〔〕", "（）" * 5)
_TAIL = 80
"""How far back an open bracket is looked for: a longer one is a stray bracket of the source."""
_LIST_NUMBER = re.compile(r"(?:^|[。；：，、\s])(?:\d{1,3}|[a-z])[)）]")
_BARE_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?")
_QUOTED = re.compile(r"“[^“”]{1,30}”|《[^《》]{1,60}》")


def ended(text: str) -> bool:
    """Return whether the text ends a sentence, clause or introduction: 。！？；： with closing marks."""
    return _ENDED.search(text, max(len(text) - 6, 0)) is not None


def stopped(text: str) -> bool:
    """Return whether the text ends a whole sentence: 。！？ with closing marks."""
    return _STOPPED.search(text, max(len(text) - 6, 0)) is not None


def cut(text: str) -> bool:
    """Return whether the text ends where nothing can end: after a comma, an opening bracket, 的, 和."""
    return _CUT.search(text, max(len(text) - 4, 0)) is not None


def begins_inside(text: str) -> bool:
    """Return whether the text begins as only the rest of a sentence can: with ，or a closing bracket."""
    return _INSIDE.match(text) is not None


def starts_on(text: str) -> bool:
    """Return whether the text begins with a word that only goes on: 的, 和, 以及."""
    return _STARTS_ON.match(text) is not None


def splits_figure(before: str, after: str) -> bool:
    """Return whether a break stands inside a date or between a figure and its unit: 2023年 | 6月, 36 | 人, 第 | 9号."""
    if before.endswith("第") and _NUMBER_AFTER.match(after):
        return True
    if before[-1:].isdigit():
        return _UNIT_AFTER.match(after) is not None
    return _DATE_BEFORE.search(before[-6:]) is not None and _DATE_AFTER.match(after) is not None


def splits_clause(before: str, after: str) -> bool:
    """Return whether a break stands between 发生 and what happened: 某公司发生 | 一起爆炸事故."""
    return _VERB_BEFORE.search(before[-4:]) is not None and _OBJECT_AFTER.match(after) is not None


def runs_on(text: str) -> bool:
    """Return whether the text has a comma as Chinese sentences have it, full-width or half-width."""
    return _CHINESE_COMMA.search(text) is not None


def bracket_open(text: str) -> bool:
    """Return whether a bracket, quotation or title was opened in the last characters and not closed."""
    tail = _LIST_NUMBER.sub("", text[-_TAIL:]).translate(_PAIRS)
    depth = 0
    for character in tail:
        if character == "（":
            depth += 1
        elif character == "）":
            depth = max(depth - 1, 0)
    return depth > 0


def bare_article(text: str) -> bool:
    """Return whether the text is the number of an article and nothing else: 第三条."""
    return _BARE_ARTICLE.fullmatch(text) is not None


def quoted(text: str) -> bool:
    """Return whether the text is one quotation or title in brackets and nothing else."""
    return _QUOTED.fullmatch(text) is not None


def punctuated(text: str) -> bool:
    """Return whether the text has any punctuation of a sentence; titles and headings have at most 、."""
    return _PUNCTUATION.search(text) is not None
