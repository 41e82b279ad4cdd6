"""The sentences that say an accident happened: where the date, the place and the toll stand together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qianche.corpus.reports.fields.account import OPENING, Account, Sentence
from qianche.corpus.reports.fields.dates import Mention

HARM = (
    "爆炸|爆燃|闪爆|燃爆|火灾|大火|起火|着火|坍塌|垮塌|倒塌|坠落|高坠|泄漏|中毒|窒息|触电|碰撞|相撞|追尾|侧翻|翻车|"
    "沉没|倾覆|自沉|溺水|淹溺|溺亡|透水|突水|冒顶|片帮|冒落|突出|坠楼|坠井|脱轨|决口|溃坝|滑坡|倾倒|伤害|打击|伤人"
)
# Matches 发生一起高处坠落事故, 发生大火; not 发生经过, 发生后.
OCCURRED = re.compile(
    rf"发生(?!经过|后|地|前|的?原因|单位|时间|的?经过|概率)(?:[^，。；:：]{{0,50}}?(?:事故|事件)(?!后)|[^，。；:：]{{0,16}}?(?:{HARM})(?!事故后))"
    rf"|(?:{HARM}|顶板|瓦斯|机电|运输|放炮|水害|交通|其他){{1,2}}事故(?=[，,]?共?造成)"
)
# Matches 造成2人死亡, 致1人重伤; not 造成不良影响.
CAUSED = re.compile(
    "(?:造成|导致|致使|酿成|致)[^。；]{0,60}?(?:死亡|受伤|重伤|轻伤|遇难|失踪|失联|伤亡|身亡|丧生|被困|灼伤|中毒)"
)
# Matches the event itself in a course of events: 从脚手架坠落, 与货车相撞, 冒出火苗.
HAPPENED = re.compile(
    rf"{HARM}|坠入|掉入|掉落|跌落|跌入|坠下|摔下|滑落|砸|撞倒|撞击|碾压|挤压|卷入|夹住|被埋|掩埋|埋压|冒出火|喷出|"
    "涌出|溃出|溃入|断裂|烧伤|灼伤|电击|击中|压住|倒下|晕倒|昏倒|昏迷|"
    "(?i:collid|derail|crash|explo|collaps|capsiz|sank|fire|ruptur|overturn|struck|occurred|accident|failure)"
)
# Accidents told in passing. Matches 曾发生, 同类事故; not 发生.
_OTHER_ACCIDENT = re.compile(
    "曾经?(?:发生|造成)|此前|以前|历史上|历史事故|同类|类似|先后发生|多次发生|近年|近几年|以往|去年|监管企业|另一起|例如|如:|典型案例"
)
# What happened on the day was not the accident. Matches 接到报告, 成立了; not 发生.
_OTHER_EVENT = re.compile(
    "接到|接报|接警|报警|报告|汇报|来电|电话|批复|批准|成立|召开|印发|下发|签订|注册|取得|换发|颁发|开工|竣工|检查|"
    "称[，:]|建议|处罚|抓获|施行|起诉|拘留|逮捕"
)
# How a news item opens. Matches 电 in 九月六日电; not 电话.
_DATELINE = re.compile("(?:电(?!话)|讯|信息|消息|报道)")
# What follows an event. Matches 泄漏终止, 火势被扑灭; not 泄漏.
_AFTERMATH = re.compile("终止|扑灭|控制|赶到|到达|赶赴|抢救|救出|送往|处理完毕|结束|恢复|升井")
# The day of a death, not of the accident. Matches 伤者经抢救无效死亡 after a date; not 坠落，经抢救无效死亡.
_DIED_LATER = re.compile("(?:抢救|救治|医治|治疗)无效|不治")
_RANGE_AFTER = re.compile("[，,]?(?:至|到|—|-|~|～|以来|以前|之前|前[，,]|止|期间|起[，,至]|截止)")
_RANGE_BEFORE = re.compile("(?:至|到|截至|截止|截止到|截至到|—|~|～)$")

_SOON = 6
"""Characters after the cue in which its end (泄漏完全终止) shows."""

_REMOTE = ("responsibility", "measures", "lessons", "indirect_cause")
"""Parts that speak of the accident again, and of others."""

LEADING = 3
"""Least rank of a statement that tells the accident as such (发生…事故, 造成…死亡)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that tells the accident; characters `cue` to `cue_end` say so.

    `dated` is the date that belongs to it, `timed` the time of day nearest before the cue; `rank` is higher
    the more plainly it speaks: 5 date, 发生 and toll together in the opening, 2 an event in the course.
    """

    sentence: Sentence
    cue: int
    cue_end: int
    rank: int
    dated: Mention | None
    timed: Mention | None


def find_statements(account: Account, mentions: tuple[Mention, ...]) -> tuple[Statement, ...]:
    """Return the statements of the accident, the plainest first, else in reading order."""
    found = [
        statement
        for sentence in account.sentences
        if sentence.kind != "labels" and not (sentence.kind == "title" and _is_headline(sentence, mentions))
        for statement in [_statement(account, sentence, [m for m in mentions if m.order == sentence.order])]
        if statement is not None
    ]
    return tuple(sorted(found, key=lambda s: (-s.rank, s.sentence.order)))


def _is_headline(sentence: Sentence, mentions: tuple[Mention, ...]) -> bool:
    """A title names the accident; one that gives a full date and says 发生 is a sentence that stands among titles."""
    dated = any(m.order == sentence.order and m.stated for m in mentions)
    return not (dated and "发生" in sentence.text and OCCURRED.search(sentence.text))


def _statement(account: Account, sentence: Sentence, mentions: list[Mention]) -> Statement | None:
    """What the sentence says of the accident, None where it does not speak of it."""
    if _OTHER_ACCIDENT.search(sentence.text) or _lists_accidents(sentence, mentions):
        return None
    dates = [m for m in mentions if m.has_day and not _beside_the_point(sentence.text, m)]
    start = dates[0].end if dates else 0
    occurred, caused = OCCURRED.search(sentence.text, start), CAUSED.search(sentence.text, start)
    cue = occurred or caused or HAPPENED.search(sentence.text, start)
    if cue is None:
        return None
    before = _own_dates(sentence.text, [m for m in dates if m.end <= cue.start()], cue)
    clause = sentence.text.rfind("；", 0, cue.start())
    if any(m.start > clause for m in before):
        before = [m for m in before if m.start > clause]
    dated = (
        before[0] if before and before[0].start <= clause + 1 + _FIRST else (before[-1] if before else None)
    )
    times = [m for m in mentions if m.time and m.end <= cue.start() and (dated is None or m.day == dated.day)]
    if not dates and times and not _AFTERMATH.search(sentence.text, times[0].end, cue.end() + _SOON):
        dated = times[0]
    rank = _rank(account, sentence, bool(occurred), bool(caused), dated)
    return Statement(sentence, cue.start(), cue.end(), rank, dated, times[-1] if times else None)


def _own_dates(text: str, dates: list[Mention], cue: re.Match[str]) -> list[Mention]:
    """The dates before the cue less those of what is not the accident: a report, a contract, a death in hospital."""
    ends = [*(m.start for m in dates[1:]), cue.start()]
    return [
        mention
        for mention, end in zip(dates, ends, strict=False)
        if not _OTHER_EVENT.search(text, mention.end, end)
        and not _is_of_death(text, mention.end, cue.end() if end == cue.start() else end)
    ]


def _is_of_death(text: str, start: int, end: int) -> bool:
    """The stretch tells that someone died in care, and no event before it."""
    died = _DIED_LATER.search(text, start, end)
    return died is not None and HAPPENED.search(text, start, died.start()) is None


_FIRST = 20
"""A date that opens the sentence within so many characters is the date of what the sentence tells."""


def _rank(account: Account, sentence: Sentence, occurred: bool, caused: bool, dated: Mention | None) -> int:
    """How plainly the sentence tells the accident, 0 to 5."""
    following = account.after(sentence)
    toll = caused or (following is not None and bool(CAUSED.search(following.text[:60])))
    rank = (3 if occurred else 2 if caused else 1) + (1 if occurred and toll else 0)
    rank += 1 if dated is not None else -1
    if sentence.kind in _REMOTE:
        rank -= 4
    elif sentence.order >= OPENING and sentence.kind in ("other", "background", "direct_cause"):
        rank -= 1
    return max(rank, 0)


def _lists_accidents(sentence: Sentence, mentions: list[Mention]) -> bool:
    """Several accidents on different days in one sentence: a list, not the telling of one."""
    days = {m.day for m in mentions if m.stated and m.has_day}
    return len(days) > 1 and len(OCCURRED.findall(sentence.text)) > 1


def _beside_the_point(text: str, mention: Mention) -> bool:
    """The date ends a period (2021年3月至2023年6月21日), or is the day of a report (截至, 6日电)."""
    return bool(
        _RANGE_AFTER.match(text, mention.end)
        or _RANGE_BEFORE.search(text[: mention.start])
        or _DATELINE.match(text, mention.end)
    )
