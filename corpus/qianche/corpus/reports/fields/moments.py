"""When the accident happened, told apart from the dates of licences, contracts, rescue, deaths and reports."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.draft import Field, Finding, FoundBy, Moment
from qianche.corpus.reports.fields.account import Account
from qianche.corpus.reports.fields.dates import Mention
from qianche.corpus.reports.fields.statements import LEADING, Statement

# Matches 日期和时间：…, 事故发生时间|…; not 报告时间：….
_LABEL = re.compile(
    r"(?:日期[和及]时间|事故(?:发生)?(?:的)?(?:时间|日期)(?:[、和及]地点)?|发生(?:时间|日期)|时间|日期)[:|\t]"
)
# The label as a heading on its own line, the date below it. Matches (一)事故发生时间.
_LABEL_HEADING = re.compile("事故(?:发生)?的?(?:时间|日期)[:。]?$")
TITLE_DAY = re.compile(
    r"[“\"'‘”＂]?(?<!\d)(?P<m>1[0-2]|0?[1-9])[·.．•．](?P<d>[12]\d|3[01]|0?[1-9])(?!\d)[”\"'’“＂]?"
)
"""The day in an accident's name. Matches “6·21”, 7.27”; not 2023.6.21, where a year stands before."""
# The last line of a notice. Matches 2022年8月25日, 某市安委办2022年8月25日; not a sentence with a date.
_SIGNATURE = re.compile(r"[^，。；:]{0,24}?(?P<y>20\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:印发)?")
_TITLE_FULL = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[.·年-](?P<m>\d{1,2})[.·月-](?P<d>\d{1,2})(?!\d)")
_TITLE_YEAR = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?!\d)")
_TITLE_WITHIN = 2
"""Sentences from the start in which a bare 7.27 beside 事故 is a day; elsewhere it must stand in quotes."""
_TITLE_LENGTH = 60
_LABEL_LENGTH = 16
_SIGNED_WITHIN = 40
"""Characters of the last line in which a date alone is that of the signature."""
_SUDDEN_WITHIN = 3
"""Sentences between the last time told and the sudden event."""
_TELLING = ("introduction", "course", "losses")
"""Parts in which a date without its year still is one of the accident."""
_NEAR_DAYS = 31
"""A second date so near the first is another version of it, not another accident."""


@dataclass(frozen=True, slots=True)
class MomentReading:
    """The field, and Chinese warnings about it."""

    field: Field[Moment]
    warnings: tuple[str, ...] = ()


def find_moment(
    account: Account, mentions: tuple[Mention, ...], statements: tuple[Statement, ...]
) -> MomentReading:
    """Return when the accident happened: label, then plain statements, then the course, then the title.

    Dates that do not exist, a title that gives another day and a date without any year become warnings.
    """
    labelled = _labelled(account, mentions)
    dated = [s for s in statements if s.dated is not None and s.dated.day is not None and s.rank > 0]
    leading = [s for s in dated if _leads(s, dated[0].rank)]
    told = sorted(dated, key=lambda s: (not (s.dated and s.dated.has_day), s.sentence.order))
    stated = [_from_statement(s, statements, mentions) for s in (leading or told[:1])]
    english = _english_opening(account, mentions)
    undated_here = next((s for s in statements if s.dated and s.dated.month_day), None)
    findings = _merged(english or [*labelled, *stated]) or _from_title(account)
    findings = findings or _by_signature(account, undated_here)
    days = _title_days(account)
    differs = _title_differs(findings, days)
    warnings = [*_impossible(mentions), *differs]
    undated = [*days, *(s.dated.month_day for s in statements if s.dated and s.dated.month_day)]
    if not findings and undated:
        warnings.append(f"只写了{undated[0][0]}月{undated[0][1]}日，没有年份。请补上事故年份。")
    if differs:
        findings = [replace(f, sure=False, remark=f.remark or differs[0]) for f in findings]
    return MomentReading(Field(tuple(findings)), tuple(warnings))


def _leads(statement: Statement, best: int) -> bool:
    """The statement gives a date of its own, and speaks about as plainly as the best."""
    dated = statement.dated
    if dated is None or not dated.has_day or not (dated.stated or statement.sentence.kind in _TELLING):
        return False
    return statement.rank >= LEADING and statement.rank >= best - 1


def _labelled(account: Account, mentions: tuple[Mention, ...]) -> list[Finding[Moment]]:
    """Dates beside a label of their own, or under it."""
    return [
        Finding(Moment(m.day, m.time, m.approximate), (account.sentences[m.order].span(),), "label")
        for m in mentions
        if m.day is not None and m.has_day and _is_labelled(account, m)
    ]


def _is_labelled(account: Account, mention: Mention) -> bool:
    """A label, or a heading that is one, stands right before the date."""
    label = _LABEL.match(account.sentences[mention.order].text)
    if label:
        return label.end() == mention.start
    above = account.sentences[mention.order - 1].text if mention.order else ""
    return mention.start == 0 and len(above) < _LABEL_LENGTH and bool(_LABEL_HEADING.search(above))


def _from_statement(
    statement: Statement, statements: tuple[Statement, ...], mentions: tuple[Mention, ...]
) -> Finding[Moment]:
    """The date of a statement, with the time that it or another statement of that day gives."""
    dated, timed = statement.dated, statement.timed
    assert dated is not None and dated.day is not None  # the caller took dated statements only
    spans = [statement.sentence.span()]
    if dated.time is None and timed is None:
        timed, place = _time_elsewhere(dated.day, statements, mentions)
        spans += [place] if place else []
    clock = dated if dated.time and dated.has_day else timed or dated
    found_by: FoundBy = "sentence" if dated.stated else "derived"
    remark = "" if dated.stated else "年份或日期取自上文"
    moment = Moment(dated.day, clock.time, clock.time is not None and clock.approximate)
    return Finding(moment, tuple(spans), found_by, sure=dated.stated, remark=remark)


def _time_elsewhere(
    day: date, statements: tuple[Statement, ...], mentions: tuple[Mention, ...]
) -> tuple[Mention | None, Span | None]:
    """The time of day that another statement of the same day gives, with its place."""
    for statement in statements:
        timed = statement.timed
        if timed is not None and timed.day == day and statement.rank > 0 and not _is_alarm(statement):
            return timed, statement.sentence.span()
    return _time_before_sudden(day, statements, mentions)


def _time_before_sudden(
    day: date, statements: tuple[Statement, ...], mentions: tuple[Mention, ...]
) -> tuple[Mention | None, Span | None]:
    """The last time told before the sentence in which something 突然 happened."""
    for statement in statements:
        order = statement.sentence.order
        near = [m for m in mentions if m.time and m.day == day and order - _SUDDEN_WITHIN <= m.order <= order]
        if near and statement.dated is None and "突然" in statement.sentence.text:
            return near[-1], statement.sentence.span()
    return None, None


def _is_alarm(statement: Statement) -> bool:
    """The time is that of an alarm or a report, not of the event."""
    assert statement.timed is not None
    between = statement.sentence.text[statement.timed.end : statement.cue]
    return bool(re.search("接到|接报|接警|报警|电话|报告|发现", between))


def _english_opening(account: Account, mentions: tuple[Mention, ...]) -> list[Finding[Moment]]:
    """The first date of an English report that opens a sentence (On 17 September 2021, a train …)."""
    for mention in mentions:
        sentence = account.sentences[mention.order]
        if (
            mention.day is not None
            and mention.start == 2
            and sentence.text.startswith("On")
            and mention.stated
        ):
            moment = Moment(mention.day, mention.time, mention.approximate)
            return [Finding(moment, (sentence.span(),), "sentence", False, "英文报告，取首个句首日期")]
    return []


def _by_signature(account: Account, told: Statement | None) -> list[Finding[Moment]]:
    """The day told without its year, in the year before the date under which the text is signed."""
    signed = _signed_on(account.document.text)
    if told is None or told.dated is None or told.dated.month_day is None or signed is None:
        return []
    month, day = told.dated.month_day
    try:
        found = date(signed.year - ((month, day) > (signed.month, signed.day)), month, day)
    except ValueError:
        return []
    clock = told.dated if told.dated.time else told.timed or told.dated
    moment = Moment(found, clock.time, clock.time is not None and clock.approximate)
    return [Finding(moment, (told.sentence.span(),), "derived", False, "年份按文末落款日期推定")]


def _signed_on(text: str) -> date | None:
    """The date that stands alone in the last line of a text."""
    last = re.sub(r"\s", "", text.rstrip().rpartition("\n")[2])
    match = _SIGNATURE.fullmatch(last) if len(last) <= _SIGNED_WITHIN else None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])) if match else None
    except ValueError:
        return None


def _merged(found: list[Finding[Moment]]) -> list[Finding[Moment]]:
    """One finding a distinct moment: a day without time joins the same day with one; other accidents drop out."""
    merged: list[Finding[Moment]] = []
    for finding in found:
        if merged and not _same_accident(merged[0].value.day, finding.value.day):
            continue
        for number, other in enumerate(merged):
            joined = _joined(other, finding)
            if joined is not None:
                merged[number] = joined
                break
        else:
            merged.append(finding)
    return merged


def _joined(one: Finding[Moment], other: Finding[Moment]) -> Finding[Moment] | None:
    """The two findings as one where they do not contradict each other."""
    if one.value.day != other.value.day:
        return None
    times = {one.value.time, other.value.time} - {None}
    if len(times) > 1:
        return None
    better = one if one.value.time or not other.value.time else other
    spans = (*one.spans, *(s for s in other.spans if s not in one.spans))
    return replace(better, spans=spans, sure=one.sure or other.sure, remark=one.remark and other.remark)


def _same_accident(one: date, other: date) -> bool:
    """Whether two days may be two versions of one: near each other, or the year alone differs."""
    return abs((one - other).days) <= _NEAR_DAYS or (one.month, one.day) == (other.month, other.day)


def _title_days(account: Account) -> list[tuple[int, int]]:
    """Month and day of the accident names (“6·21”) in the text, in order; the first is the accident's own."""
    days = []
    for sentence in account.sentences:
        titled = sentence.order < _TITLE_WITHIN and len(sentence.text) < _TITLE_LENGTH
        for match in TITLE_DAY.finditer(sentence.text) if "事故" in sentence.text else ():
            quoted = match[0][0] in '“"' and match[0][-1] in '”"'
            if quoted or (titled and match.start() > 0 and not sentence.text[match.start() - 1].isascii()):
                days.append((int(match["m"]), int(match["d"])))
    return days


def _from_title(account: Account) -> list[Finding[Moment]]:
    """A date put together from the title alone (2002.8.3…事故, 2016年…“12·3”…事故)."""
    for sentence in account.sentences[:2]:
        if "事故" not in sentence.text:
            continue
        day = _day_of_title(sentence.text)
        if day is not None:
            return [Finding(Moment(day), (sentence.span(),), "title", sure=False, remark="日期取自标题")]
    return []


def _day_of_title(text: str) -> date | None:
    """The date in a title that gives year, month and day, together or apart."""
    full, year, day = (pattern.search(text) for pattern in (_TITLE_FULL, _TITLE_YEAR, TITLE_DAY))
    try:
        if full:
            return date(int(full["y"]), int(full["m"]), int(full["d"]))
        return date(int(year["y"]), int(day["m"]), int(day["d"])) if year and day else None
    except ValueError:
        return None


def _impossible(mentions: tuple[Mention, ...]) -> list[str]:
    """A warning for every date that no calendar has."""
    return [f"“{m.impossible}”不是有效日期，未采用。请对照原件核对。" for m in mentions if m.impossible]


def _title_differs(findings: list[Finding[Moment]], days: list[tuple[int, int]]) -> list[str]:
    """A warning where no accident name in the text gives the day that the text does."""
    if not findings or not days:
        return []
    day = findings[0].value.day
    if (day.month, day.day) in days:
        return []
    return [f"标题写“{days[0][0]}·{days[0][1]}”，正文写{day.month}月{day.day}日，日期有出入。请核对。"]
