"""Whether a stretch of text tells one accident: on some day something happened, and someone or something came to harm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from qianche.corpus.reports.lines import Line

OPENING_LINES = 20
"""How many lines at the start are looked at; a rule or plan that tells an accident as its reason does so there too."""
SENTENCE = 220
"""How much of the sentence after the day is looked at."""
STRETCH = 700
"""How much of two neighbouring lines is looked at together."""

Telling = Literal["named", "shown"]
"""`named`: it says that an accident happened; `shown`: event and harm are told, which a story of another purpose
does too."""

_CN = "[一二三四五六七八九十]"
_COUNT = "[\\d一二两三四五六七八九十百]+"
_HARM = "死亡|遇难|身亡|丧生|溺亡|坠亡|牺牲|失踪|失联|受伤|重伤|轻伤|受轻伤|中毒|被困|灼伤|烧伤"


class Wording(NamedTuple):
    """A pattern; `example` is a text it matches, `unlike` one that it must not match."""

    pattern: re.Pattern[str]
    example: str
    unlike: str


DAY = Wording(
    re.compile(
        rf"(?<!\d)\d{{1,2}}月\d{{1,2}}日(?![前后至—~-]|以[前后来]|之前|起)|{_CN}{{1,2}}月{_CN}{{1,3}}日(?!前|起)"
        r"|\d{4}年\d{1,2}月(?!\d|份?(?:至|以|—|-|起))|\d{4}年(?=[^。]{0,60}(?:发生|突发)了?(?:一|1)起)"
        r"|(?<![\d月])\d{1,2}日(?=凌晨|清晨|早|上午|中午|下午|傍晚|晚|夜|\d{1,2}[时点])"
        r"|昨[日天晚夜]|今[日天晨早]|前[日天]|日前"
    ),
    "3月2日9时许", "自发生之日起180日内",
)  # fmt: skip
HAPPENED = Wording(
    re.compile(
        r"(?<!可能)(?<![会将不若如未])(?:发生|突发|造成|致)[^。]{0,60}?(?:事故|事件|火灾|大火|爆炸|爆燃|坍塌|中毒|死亡|受伤|遇难|失踪|泄漏|相撞|碰撞)"
    ),
    "仓库突发一起火灾", "大风可能造成人员受伤",
)  # fmt: skip
EVENT = Wording(
    re.compile(
        "事故|火灾|大火|起火|着火|失火|爆炸|爆燃|闪爆|燃爆|坍塌|倒塌|垮塌|垮落|塌方|滑坡|坠落|坠入|坠楼|跌落|滑落|摔|掉落|"
        "触电|电击|溺水|落水|中毒|窒息|晕倒|泄漏|透水|突水|溃水|涌出|突出|冒顶|片帮|溃仓|相撞|碰撞|追尾|侧翻|翻车|翻沉|倾覆|"
        "沉没|触礁|搁浅|脱轨|飞车|断裂|掩埋|被埋|压埋|卷入|夹住|夹在|挤压|砸|击中|撞|碾|烫|灼"
    ),
    "洞口上沿突然坍塌", "因病医治无效",
)  # fmt: skip
VICTIM = Wording(
    re.compile(
        rf"{_COUNT}(?:名|人|个人|位)(?!以上|以下)[^。；，]{{0,14}}(?:{_HARM})(?!的[，扣罚处由应按])"
        rf"|(?:{_HARM})[^。；，]{{0,4}}{_COUNT}(?:名|人)(?!以上|以下)"
        r"|当场死亡|抢救无效|身亡|坠亡|溺亡|丧生|(?:宣布|确认)[^。；，]{0,4}死亡|(?:未|没有|无)(?:造成|发生)?(?:人员)?伤亡"
        r"|直接(?:经济|财产)损失"
    ),
    "船上1名人员失踪", "造成3人以上死亡的",
)  # fmt: skip
# What makes it no accident of its own: counts of many, and what is played or imagined.
MANY = Wording(
    re.compile(
        r"(?<!第)(?:[2-9]|\d{2,}|多|数|[二两三四五六七八九十百]+)(?:余|多)?起(?!重|吊|点|火)|同比|环比|[比较](?:去年|上年)|起数|每年|共发生|[全各][国省市县区州地][^。；]{0,16}发生(?![^。；]{0,4}[一1]起)"
    ),
    "共发生事故12起，同比下降8%", "发生一起起重伤害事故",
)  # fmt: skip
PLAYED = Wording(
    re.compile(
        r"模拟|假[设定如]|桌面推演|(?:举行|举办|开展|组织)[^。；]{0,40}(?:演练|演习)|(?:演练|演习)(?:开始|结束|圆满|背景|科目|脚本|现场|活动)"
    ),
    "演练模拟储罐泄漏起火", "未制定演练计划",
)  # fmt: skip

_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\\.?"
ENGLISH_DAY = Wording(
    re.compile(rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|\b\d{{1,2}}\s+{_MONTH},?\s+(?:19|20)\d\d"),
    "On May 26, 1993, a welder", "In 1993 the rate fell",
)  # fmt: skip
ENGLISH_EVENT = Wording(
    re.compile(
        r"\b(?:accident|incident|explosion|exploded|fire|ignited|fell|struck|crushed|collided|collision|derail\w+|capsized"
        r"|sank|overturned|collapsed?|electrocut\w+|drowned|asphyxiat\w+|entangled|caught (?:in|between)|engulfed|ran aground)\b",
        re.IGNORECASE,
    ),
    "the scaffold collapsed", "died peacefully at home",
)  # fmt: skip
ENGLISH_VICTIM = Wording(
    re.compile(
        r"\b(?:died|killed|dead|deceased|fatally|electrocuted|drowned|lost (?:his|her|their) li(?:fe|ves)"
        r"|(?:was|were) (?:\w+ )?injured|(?:sustained|suffered|received)\b.{0,40}\b(?:injur\w+|burns)"
        r"|(?:was|were) (?:\w+ )?damaged)\b",
        re.IGNORECASE,
    ),
    "the operator was killed", "may cause death or injury",
)  # fmt: skip
ENGLISH_MANY = Wording(
    re.compile(r"per 100,000|fatal (?:work|occupational) injuries|\b(?:rate|number) of|statistics|census", re.IGNORECASE),
    "5,000 fatal work injuries", "a fatal injury",
)  # fmt: skip
WORDINGS = (
    DAY, HAPPENED, EVENT, VICTIM, MANY, PLAYED,
    ENGLISH_DAY, ENGLISH_EVENT, ENGLISH_VICTIM, ENGLISH_MANY,
)  # fmt: skip


def telling_of(text: str) -> Telling | None:
    """Return how a stretch of text tells one accident that happened, None where it tells none.

    After a day it says that one happened (3月2日，某厂发生火灾), or tells event and harm (3月2日…坠落…抢救无效死亡). None:
    figures over many accidents, drills, rules on accidents to come.

    >>> telling_of("3月2日，工人从屋面坠落，经抢救无效死亡。")
    'shown'
    >>> telling_of("2021年1月1日至6月30日，全市发生事故12起，死亡8人。")
    """
    return _in_chinese(_normal(text[:STRETCH])) or _in_english(text[:STRETCH])


def opening_telling(lines: Sequence[Line]) -> Telling | None:
    """Return how the first lines tell an accident, each of them alone or with the next one; None where none does."""
    head = [line.text for line in lines[:OPENING_LINES] if not line.table]
    stretches = [*head, *(f"{first}。{second}" for first, second in pairwise(head))]
    found = {telling_of(stretch) for stretch in stretches}
    return "named" if "named" in found else "shown" if "shown" in found else None


def _in_chinese(text: str) -> Telling | None:
    """Return how a Chinese text, without white space, tells an accident."""
    if MANY.pattern.search(text) or PLAYED.pattern.search(text):
        return None
    rests = [text[day.end() :] for day in DAY.pattern.finditer(text)]
    if any(HAPPENED.pattern.search(rest.split("。", 1)[0][:SENTENCE]) for rest in rests):
        return "named"
    shown = any(EVENT.pattern.search(rest) and VICTIM.pattern.search(rest) for rest in rests)
    return "shown" if shown else None


def _in_english(text: str) -> Telling | None:
    """Return how an English text tells an accident."""
    day = ENGLISH_DAY.pattern.search(text)
    if day is None or ENGLISH_MANY.pattern.search(text):
        return None
    rest = text[day.start() :]
    return "shown" if ENGLISH_EVENT.pattern.search(rest) and ENGLISH_VICTIM.pattern.search(rest) else None


def _normal(text: str) -> str:
    """Return a Chinese text without white space, its half-width commas and semicolons as full-width ones."""
    return re.sub(r"\s", "", text).translate(_FULL_WIDTH)


_FULL_WIDTH = str.maketrans(",;:()", "，；：（）")
