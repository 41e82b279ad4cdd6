"""The head of a rule: title, number, issuer, dates and history, and what of it is preamble."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qianche.corpus.reading.document import Span
from qianche.corpus.rule_texts.dates import find_days, only_day
from qianche.corpus.rule_texts.draft import HistoryLine
from qianche.corpus.rule_texts.lines import Line, squeeze
from qianche.corpus.rule_texts.numbers import document_number, is_number_line
from qianche.corpus.rule_texts.organs import is_organ, issuer_in, organ_names, signature
from qianche.corpus.rule_texts.sheets import read_sheet
from qianche.corpus.rule_texts.titles import Title, find_title, without_edition

# The events that a line of history can tell; the last one named outside 《》 counts.
_EVENT = re.compile(r"通过|公布|发布|颁布|颁发|修订|修正|修改|批准|施行|实施|废止|印发|制定")
_EFFECTIVE = frozenset({"施行", "实施"})
_PASSED = frozenset({"通过", "批准", "制定"})
# 自公布之日起施行, 自发布之日起实施, 自印发之日起执行.
_AT_ONCE = re.compile(r"自\s*(?:公布|发布|印发|颁布|下发)\s*之日\s*起?\s*(?:施行|实施|执行)")
# …起施行 right behind a day: 自2016年7月1日起施行, 2022年5月1日 施行.
_STARTS = re.compile(r"\s*起?\s*(?:正式)?\s*(?:施行|实施|执行)")
_ANNOUNCEMENT = re.compile(
    r"现予(?:以)?(?:公布|发布|印发)|现(?:印发|公布|发布|批准)|予以(?:公布|发布)|已经?.{0,80}(?:通过|批准|同意)|印发给你们"
)
# 各省、自治区、直辖市…：, 某县应急管理局，有关企业：; not 下列情形判定为重大隐患：.
_RECIPIENTS = re.compile(
    r"(?:各|有关|所属|全体|[\u4e00-\u9fff]{2,25}?(?:局|厅|委|部|公司|政府|办公室|会|站|队|中心|单位|企业)(?=[、，,：:和及]))"
    r"[^。]{0,400}[：:]"
)
_LONGEST_HISTORY = 4000
_BRACKETS = "（）()[]【】 \t\u3000\xa0*"


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines above the first unit say. `preamble` are the lines (by index) that are text of the rule."""

    title: Title | None
    number: str | None
    issuer: str | None
    promulgated_on: date | None
    effective_from: date | None
    passed_only: bool
    """The last day told is that of adoption; promulgation may be some weeks later."""
    history: tuple[HistoryLine, ...]
    preamble: tuple[int, ...]


def read_head(lines: Sequence[Line], closing: Sequence[Line]) -> Head:
    """Return what the head says.

    `promulgated_on` is the last day on which the text was promulgated, revised or amended, as far as the head
    tells; the day of adoption only where no later day is told.

    Args:
        lines: the lines above the first unit, without the contents.
        closing: signature lines below the body.
    """
    title = find_title(lines)
    preamble = tuple(i for i, line in enumerate(lines) if _is_preamble(line, i, title))
    told = {*preamble, *(range(title.first, title.end) if title else ())}
    formal = [line for i, line in enumerate(lines) if i not in told]
    history = tuple(event for line in formal for event in _events(line))
    signed = [day for line in [*formal, *closing] if (day := _signature_day(line.text))]
    dated = [event.day for event in history if _verb(event.event) not in _EFFECTIVE | {"废止"}]
    sheet = read_sheet(formal)
    promulgated = max([*signed, *dated], default=sheet.promulgated_on)
    passed_only = bool(dated) and not signed and _last_verb(history) in _PASSED
    at_once = not passed_only and any(_AT_ONCE.search(line.text) for line in formal)
    return Head(
        title=title,
        number=_number(formal, history, title) or sheet.number or _in_title(lines, title),
        issuer=_issuer(formal, closing, title),
        promulgated_on=promulgated,
        effective_from=_effective(formal, promulgated if at_once else None) or sheet.effective_from,
        passed_only=passed_only,
        history=history,
        preamble=preamble,
    )


def _is_preamble(line: Line, index: int, title: Title | None) -> bool:
    """Return whether the line is text of the rule itself: sentences below the title that announce nothing."""
    text = line.text
    if title is None or index < title.end:
        return False
    if line.table:
        return True
    if text[0] in "（(" and (_EVENT.search(text) or not text.endswith("。")):
        return False
    if _ANNOUNCEMENT.search(text) and ("《" in text or "通知" in text) and not text.endswith(("：", ":")):
        return False
    if _RECIPIENTS.fullmatch(text) and not re.search(
        r"如下|以下|下列|决定|规定|意见|解释|通知|要求", text[-8:]
    ):
        return False
    return "。" in text or text[-1] in "：:"


def _events(line: Line) -> Iterator[HistoryLine]:
    """Yield what a line tells of the rule's history: an order tells the adoption alone."""
    yield from _adoption(line) if _ANNOUNCEMENT.search(line.text) else _history(line)


def _history(line: Line) -> Iterator[HistoryLine]:
    """Yield the events of a line: each day with the words up to the next day."""
    days = list(find_days(line.text)) if len(line.text) <= _LONGEST_HISTORY else []
    if not days or len(squeeze(line.text[: days[0].start]).strip(_BRACKETS + "根据自于由据")) > 40:
        return
    ends = [found.start for found in days[1:]] + [len(line.text)]
    for index, (found, end) in enumerate(zip(days, ends, strict=True)):
        words = line.text[found.end : end]
        event = "".join(words.split()).strip(_BRACKETS + "，,。；;根据自由于")
        if _verb(event) is None:
            continue
        stop = found.end + len(words.rstrip(_BRACKETS + "，,。；;根据自由于"))
        start = 0 if index == 0 else found.start
        lead = len(line.text[start:]) - len(line.text[start:].lstrip(_BRACKETS))
        yield HistoryLine(found.day, _balanced(event), Span(line.start + start + lead, line.start + stop))


def _adoption(line: Line) -> Iterator[HistoryLine]:
    """Yield the adoption that an order tells: 《…》已经2015年12月3日…会议审议通过，现予公布."""
    for found in find_days(line.text):
        told = re.match(r"[^，。]{0,60}?(?:通过|批准)", line.text[found.end :])
        clause = re.split(r"[。；]", line.text[found.end :])[0]
        if told and "废止" not in clause:
            event = "".join(told[0].split())
            yield HistoryLine(
                found.day, event, Span(line.start + found.start, line.start + found.end + len(told[0]))
            )
            return


def _balanced(text: str) -> str:
    """Return the text without a closing bracket that nothing opens."""
    while text.endswith(("）", ")")) and text.count("（") + text.count("(") < text.count("）") + text.count(
        ")"
    ):
        text = text[:-1]
    return text


def _verb(event: str) -> str | None:
    """Return the event told: the last verb outside of titles."""
    told = _AT_ONCE.sub("", re.sub(r"《.*》|<.*>|〈.*〉", "", event))
    verbs: list[str] = _EVENT.findall(told)
    # 发布实施 tells the promulgation.
    if len(verbs) > 1 and verbs[-1] in _EFFECTIVE and verbs[-2] + verbs[-1] in told:
        return verbs[-2]
    return verbs[-1] if verbs else None


def _signature_day(text: str) -> date | None:
    """Return the day of a signature line: the day alone, or after the issuer."""
    if (day := only_day(text)) is not None:
        return day
    signed = signature(text)
    return signed[1] if signed else None


def _last_verb(history: Sequence[HistoryLine]) -> str | None:
    """Return the verb of the latest event that is no commencement."""
    told = [
        (event.day, verb)
        for event in history
        if (verb := _verb(event.event)) and verb not in _EFFECTIVE | {"废止"}
    ]
    return max(told, key=lambda pair: pair[0])[1] if told else None


def _number(lines: Sequence[Line], history: Sequence[HistoryLine], title: Title | None) -> str | None:
    """Return the number: of a line of its own, an order in two lines, the last event that names one, the title."""
    for index, line in enumerate(lines):
        if not is_number_line(line.text):
            continue
        bare = line.text.strip(_BRACKETS)
        if number := document_number(bare):
            if number[0] in "令公第" and index and is_number_line(lines[index - 1].text):
                return document_number(lines[index - 1].text + bare) or number
            return number
        following = lines[index + 1].text.strip(_BRACKETS) if index + 1 < len(lines) else ""
        if is_number_line(following) and (number := document_number(squeeze(bare) + following)):
            return number
    told = [number for event in reversed(history) if (number := document_number(event.event))]
    if told:
        return told[0]
    brackets = [line for line in lines if line.text[0] in "（(" and document_number(line.text)]
    if brackets:
        return document_number(brackets[0].text)
    return document_number(title.text) if title else None


def _in_title(lines: Sequence[Line], title: Title | None) -> str | None:
    """Return the number that the lines of the title, or what stands above it, name beside other words."""
    return document_number(" ".join(line.text for line in lines[: title.end])) if title else None


def _issuer(lines: Sequence[Line], closing: Sequence[Line], title: Title | None) -> str | None:
    """Return the issuer: who signs, who orders, who passed or promulgated it, who stands in the title."""
    for line in [*closing, *lines]:
        if signed := signature(line.text):
            return signed[0]
        if is_organ(line.text):
            return organ_names(line.text)
    match = re.match(r"([\u4e00-\u9fff、]{3,40}?)关于", title.text) if title else None
    if match and is_organ(match[1]):
        return match[1]
    return next((named for line in lines if (named := issuer_in(line.text))), None)


def _effective(lines: Sequence[Line], at_once: date | None) -> date | None:
    """Return the first day that the head states; of several the last."""
    stated = [
        found.day
        for line in lines
        for found in find_days(line.text)
        if _STARTS.match(line.text, found.end)
    ]  # fmt: skip
    return max([*stated, *([at_once] if at_once else [])], default=None)


def commencement(text: str) -> tuple[date | None, bool]:
    """Return the day that a clause on commencement states, and whether it is the day of promulgation instead."""
    for found in find_days(text):
        if _STARTS.match(text, found.end):
            return found.day, False
    return None, bool(_AT_ONCE.search(text))


def plain_title(title: str) -> str:
    """Return the title as the rule has it: no year of edition, no outer 《》."""
    bare = without_edition(title)
    return bare[1:-1] if bare.startswith("《") and bare.endswith("》") and bare.count("《") == 1 else bare
