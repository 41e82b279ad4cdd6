"""Names of the organs that issue rules, as lines and inside of other text."""

from __future__ import annotations

import re
from datetime import date

from qianche.corpus.rule_texts.dates import only_day
from qianche.corpus.rules import STATE

# Endings of an issuer's name: 应急管理部, 国务院, 国家安全监管总局办公厅, 福建省人民代表大会常务委员会.
_ENDINGS = "部|院|局|委员会|办公厅|办公室|总局|署|政府|常委会|安委会|委|会|法院|检察院|银行|厅|公司|中心|协会|消防救援局"
# Matches 应急管理部, 最高人民法院; not 第一章总则, not a sentence.
_ORGAN = re.compile(rf"[\u4e00-\u9fff（）()]{{2,30}}(?:{_ENDINGS})")
_NOT_AN_ORGAN = re.compile(r"[第一二三四五六七八九十]+[章节条、]|附|目录|关于|各")


def is_organ(text: str) -> bool:
    """Return whether the whole line is the name of one issuer or of several."""
    names = _split(text)
    whole = "".join(names)
    spaced_out = all(len(name) == 1 for name in names)
    if _NOT_AN_ORGAN.match(whole) or len(whole) > 60:
        return False
    return bool(names) and all(_ORGAN.fullmatch(name) for name in ([whole] if spaced_out else names))


def _split(text: str) -> list[str]:
    """Return the names of a line; the 发布 behind them on the cover of a standard is none."""
    bare = re.sub(r"\s+发\s*布$", "", text.strip("* \t\u3000\xa0"))
    return [name for name in re.split(r"\s+|、", bare) if name]


def organ_names(text: str) -> str:
    """Return the issuers of a line in one form: 最高人民法院、最高人民检察院."""
    names = _split(text)
    joined = "".join(names) if all(len(name) == 1 for name in names) else "、".join(names)
    return joined.removeprefix(STATE)


def signature(text: str) -> tuple[str, date] | None:
    """Return issuer and day of a line that is the two together, None for any other line."""
    parts = text.split()
    day = only_day(parts[-1]) if len(parts) > 1 else None
    if day is None or not is_organ("".join(parts[:-1])):
        return None
    return organ_names(" ".join(parts[:-1])), day


def issuer_in(text: str) -> str | None:
    """Return the issuer that a line of history or an order names, None where it names none.

    `第九届全国人民代表大会常务委员会第二十八次会议通过` gives 全国人民代表大会常务委员会, `国务院令第373号公布` gives
    国务院.
    """
    if match := re.search(
        r"(?:中华人民共和国)?([\u4e00-\u9fff]{2,25}?)(?:令|公告)(?=\s*(?:第|\d|$|〔))", text
    ):
        organ = re.sub(r"^.*?日", "", match[1]).lstrip("以由经被按").removeprefix(STATE)
        if organ and organ != "主席":
            return organ
    if match := re.search(
        r"(?:^|日|，|\s|（|\()(?:由)?([\u4e00-\u9fff]{0,8})第[\u4e00-\u9fff\d]{1,4}届(人民代表大会(?:常务委员会)?|[\u4e00-\u9fff]{2,14}?委员会)",
        text,
    ):
        return f"{match[1]}{match[2]}"
    if match := re.search(r"第[\u4e00-\u9fff\d]{1,4}届(全国人民代表大会(?:常务委员会)?)", text):
        return match[1]
    if match := re.search(r"(国务院|最高人民法院|最高人民检察院)", text):
        return match[1]
    return None
