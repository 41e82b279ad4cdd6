"""The accident's name: the official one (…“6·21”特别重大燃气爆炸事故), else one put together from the facts."""

from __future__ import annotations

import re
from itertools import pairwise

from qianche.corpus.reports.draft import Field, Finding, Moment, Whereabouts
from qianche.corpus.reports.fields.account import Account, Sentence

_DAY = r"(?:1[0-2]|0?[1-9])[·.](?:[12]\d|3[01]|0?[1-9])"
# Matches 某县某镇“1·18”一般中毒窒息事故, 某县G3×1线“1·18”道路交通事故; not “6·21”的事故.
_OFFICIAL = re.compile(
    rf"(?P<unit>[\u4e00-\u9fa5A-Za-z0-9()·×＊*○Ｘ]{{0,40}}?)[“\"'‘＂]?(?P<day>(?<!\d){_DAY})[”\"'’＂](?P<what>[\u4e00-\u9fa5、()A-C]{{0,26}}?(?:火灾事故|事故|事件|火灾))"
)
# The same with the dot lost; the day must be the accident's. Matches 某公司“621”一般高处坠落事故.
_UNDOTTED = re.compile(
    r"(?P<unit>[\u4e00-\u9fa5A-Za-z0-9()·×＊*○Ｘ]{3,40}?)[“\"](?P<day>\d{3,4}|20\d{6})[”\"](?P<what>[\u4e00-\u9fa5、()A-C]{0,26}?(?:火灾事故|事故))"
)
_QUOTED_DAY = re.compile(rf"(?<!\d){_DAY}[”\"'’＂]")
# The same with the quotes lost or out of order. Matches 6·21宁夏某店“”特别重大燃气爆炸事故.
_UNTIDY = re.compile(
    rf"^(?P<day>{_DAY})(?P<unit>[\u4e00-\u9fa5A-Za-z0-9()]{{3,40}}?)[“\"]+[”\"]*(?P<what>[\u4e00-\u9fa5、()]{{0,26}}?事故)"
)
# A title without a day in quotes. Matches 2001年某站液氯槽车泄漏事故, 某车间槽车闪爆着火事故.
_PLAIN = re.compile(
    r"^(?P<name>[“\"]?[\u4e00-\u9fa5A-Za-z0-9()·×＊*○Ｘ.“”\"、]{4,50}?(?:事故|事件|火灾))(?:的?(?:调查|追查|分析|技术|案例|情况)[\u4e00-\u9fa5]*)?$"
)
# What stands before the unit's own name. Matches 国务院, 关于, 认定:; taken off the front.
_FRONT = re.compile(
    "^.*?(?:国务院|关于|认定|成立了?|组成|调查认定|这起|的是|发布了?|公布了?|批复(?!的)|成员的|参加的|牵头的?|对(?!外))(?=.{4})|^关于|^\\d+[.、]|"
    "^事故(?:调查)?"
)
# Matches 事故名称：某小区燃气爆炸事故.
_LABEL = re.compile("事故名称[:|\t](?P<name>[^，。|\t]{4,60})")
_NUMBERING = re.compile(r"^(?:\d+[.、](?!\d)|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|关于)+")
# Headlines that are no name, or whose day has lost its dot. Matches 4死2伤煤矿事故, 一起顶板事故, 某厂“621”爆炸事故.
_NO_NAME = re.compile(r"发生|\d[死人]|^一起|[“\"]\d+[”\"]")
_TITLE_WITHIN = 4
_LONGEST_TITLE = 90


def find_name(account: Account, moment: Field[Moment], place: Field[Whereabouts], wording: str) -> Field[str]:
    """Return the accident's name: from the title, from a sentence that writes it in full, else derived.

    The fullest form wins: a title that gives only “4·28”一般道路交通事故 yields to a sentence that names the
    place too. A derived name is place, day and the report's `wording` for it, marked as such.
    """
    for sentence in account.sentences:
        label = _LABEL.match(sentence.text)
        if label:
            return Field((Finding(label["name"], (sentence.span(),), "label"),))
    titled = _in_title(account)
    if titled is not None and titled[2]:
        return Field((Finding(titled[0], (titled[1].span(),), "title"),))
    told = _in_text(account)
    if told is not None:
        return Field((Finding(told[0], (told[1].span(),), "sentence"),))
    undotted = _without_dot(account, moment)
    if undotted is not None:
        return Field((Finding(undotted[0], (undotted[1].span(),), "title"),))
    if titled is not None:
        return Field((Finding(titled[0], (titled[1].span(),), "title"),))
    return _derived(moment, place, wording)


def _in_title(account: Account) -> tuple[str, Sentence, bool] | None:
    """The name in the title, its sentence, and whether it names unit or place."""
    lines = [
        s for s in account.sentences[:_TITLE_WITHIN] if len(s.text) < _LONGEST_TITLE and "，" not in s.text
    ]
    joined = [(one.text + other.text, one) for one, other in pairwise(lines)]
    found = [_named(text, sentence) for text, sentence in [*((s.text, s) for s in lines), *joined]]
    named = [name for name in found if name is not None]
    if named:
        # A line by itself goes before two lines joined: what stands over the title is often the page's own.
        return next((name for name in named if name[2]), named[0])
    for sentence in lines[:2]:
        plain = _PLAIN.match(_NUMBERING.sub("", sentence.text))
        if plain and not _NO_NAME.search(plain["name"]):
            return plain["name"], sentence, True
    return None


def _named(text: str, sentence: Sentence) -> tuple[str, Sentence, bool] | None:
    """The official name that a title line gives, its sentence, and whether it names unit or place."""
    untidy = _UNTIDY.match(text)
    if untidy:
        return f"{untidy['unit']}“{untidy['day'].replace('.', '·')}”{untidy['what']}", sentence, True
    match = _OFFICIAL.search(text)
    if match is None:
        return None
    unit = _unit(match["unit"])
    return _name(unit, match), sentence, len(unit) >= 3


def _in_text(account: Account) -> tuple[str, Sentence] | None:
    """The first name in a sentence that gives unit or place too."""
    for sentence in account.sentences:
        if sentence.kind in ("measures", "lessons", "responsibility"):
            continue
        if not _QUOTED_DAY.search(sentence.text):
            continue
        for match in _OFFICIAL.finditer(sentence.text):
            unit = _unit(match["unit"])
            if len(unit) >= 3:
                return _name(unit, match), sentence
    return None


def _without_dot(account: Account, moment: Field[Moment]) -> tuple[str, Sentence] | None:
    """The name whose “621” is the day of the accident."""
    if not moment.findings:
        return None
    day = moment.findings[0].value.day
    for sentence in account.sentences[:_TITLE_WITHIN]:
        match = _UNDOTTED.search(sentence.text)
        if match and match["day"] in (
            f"{day.month}{day.day}",
            f"{day.month:02d}{day.day:02d}",
            f"{day.month}{day.day:02d}",
            f"{day:%Y%m%d}",
        ):
            unit = _unit(match["unit"])
            return f"{unit}“{day.month}·{day.day}”{match['what']}", sentence
    return None


def _unit(text: str) -> str:
    """The unit without the words of the sentence before it."""
    return _FRONT.sub("", text)


def _name(unit: str, match: re.Match[str]) -> str:
    """The name in the usual form."""
    return f"{unit}“{match['day'].replace('.', '·')}”{match['what']}"


def _derived(moment: Field[Moment], place: Field[Whereabouts], wording: str) -> Field[str]:
    """Place, day and wording put together; nothing without a place or a day."""
    if not place.findings and not moment.findings:
        return Field()
    where = place.findings[0].value.text if place.findings else ""
    day = (
        f"“{moment.findings[0].value.day.month}·{moment.findings[0].value.day.day}”"
        if moment.findings
        else ""
    )
    spans = tuple(
        dict.fromkeys(
            span for field in (place, moment) for finding in field.findings[:1] for span in finding.spans
        )
    )
    return Field(
        (Finding(f"{where}{day}{wording}事故", spans, "derived", False, "名称由地点、日期和类别拼成"),)
    )
