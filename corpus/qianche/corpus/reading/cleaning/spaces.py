"""Step 2, spaces: none around numbers and inside Chinese, one between English words."""

from __future__ import annotations

import re

from qianche.corpus.reading.cleaning.units import UNIT

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
# Han, Chinese punctuation, full-width forms, enclosed numbers, and signs that Chinese sets without spaces.
_WIDE = re.compile(
    f"[{_HAN}\u3001-\u303f\uff00-\uffef\u2460-\u249b\u2018-\u201d\u2014\u2026\u00b7\u2022℃℉Ⅰ-ⅿ①-⓿]"
)
_CHINESE = re.compile(f"[{_HAN}\u3001-\u303f\uff00-\uffef]")
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_GAP = re.compile(r"\s+")
_LABEL = re.compile(
    # 第三章 总则, 第十二条 为了: the space is the source's own sign that a number ends there.
    r"第[〇零一二三四五六七八九十百千\d]+(?:编|分编|章|节|条)(?:之[一二三四五六七八九十]+)?(?=\s)"
    # 6.2.1 爆破器材: not 6.2 万元.
    rf"|\d{{1,2}}(?:\.\d{{1,3}})+(?=\s+(?!{UNIT})[{_HAN}《“（])"
    # 4 一般规定, where that is the whole line: not 4 名工人.
    rf"|\d{{1,2}}(?=\s+(?!{UNIT})[{_HAN}]{{2,16}}$)"
)
_OPENING, _CLOSING = "([{（【《〈“‘", ")]},;:!?%‰°）】》〉”’"


def tidy(text: str) -> str:
    """Return the text of one line or paragraph with its spaces in order; characters other than spaces stay.

    A wide gap between two words of Chinese (姓名　职务) stays as one U+3000, the space after 第三章, 第十二条 or a
    clause number as one space.
    """
    text = text.strip()
    if not _GAP.search(text):
        return text
    if not _CHINESE.search(text):
        return _GAP.sub(" ", text)
    label = _LABEL.match(text)
    return _GAP.sub(lambda gap: _between(gap, label.end() if label else -1), text)


def tidy_together(parts: list[str]) -> list[str]:
    """Return the parts of one paragraph with the spaces in order that the whole of it has."""
    whole = "".join(parts)
    clean = tidy(whole)
    if clean == whole:
        return parts
    out: list[str] = []
    at = 0
    for part in parts:
        begin, wanted = at, sum(not character.isspace() for character in part)
        while wanted or clean[at : at + 1].isspace():
            wanted -= not clean[at].isspace()
            at += 1
        out.append(clean[begin:at])
    return out


def seam(left: str, right: str) -> str:
    """Return what belongs between two pieces of one sentence: a space between English words, else nothing."""
    if not left or not right or left[-1] in "-/" or (right[0] == "-" and left[-1].isdigit()):
        return ""
    if not _CHINESE.search(left) and not _CHINESE.search(right):
        return " "
    return tidy(f"国{left[-1]} {right[0]}国")[2:-2]


def has_chinese(text: str) -> bool:
    """Return whether the text holds any Chinese character or punctuation."""
    return _CHINESE.search(text) is not None


def _between(gap: re.Match[str], label_end: int) -> str:
    """Return what a run of spaces becomes."""
    if gap.start() == label_end:
        return " "
    text = gap.string
    before, after = text[gap.start() - 1], text[gap.end()]
    if _WIDE.match(before) or _WIDE.match(after):
        return "\u3000" if _is_wide_gap(gap) else ""
    if before in _OPENING or after in _CLOSING:
        return ""
    return " "


def _is_wide_gap(gap: re.Match[str]) -> bool:
    """Return whether the gap parts two Chinese words: U+3000 or several spaces, two characters on each side."""
    if "\u3000" not in gap[0] and len(gap[0]) < 2:
        return False
    before, after = gap.string[max(gap.start() - 2, 0) : gap.start()], gap.string[gap.end() : gap.end() + 2]
    return len(_HAN_CHARACTER.findall(before)) == 2 == len(_HAN_CHARACTER.findall(after))
