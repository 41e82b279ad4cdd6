"""Accident class (GB/T 6441-1986 and the eight of coal mines), sector and work kind, by the words of the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.draft import Field, Finding, FoundBy
from qianche.corpus.reports.fields.account import Account, Sentence
from qianche.corpus.reports.fields.statements import LEADING, Statement
from qianche.corpus.reports.fields.words import ClassWords, SectorWords, class_words, sector_words, work_words
from qianche.corpus.schemes import COAL_8, GB6441_1986

_LABEL = re.compile(r"事故(?:类别|类型)[:|\t](?P<named>[^，。|\t]{2,20})")
# The words before 事故. Matches 高处坠落 in 发生一起高处坠落事故; not 事故发生后.
_NAMED = re.compile(
    "(?P<named>[\u4e00-\u9fa5、（）()]{1,16}?)(?:责任)?(?:事故|事件)(?!发生|隐患|原因|调查组|调查处理|处理|单位|现场|地点|责任|应急|造成|罪)"
)
_FIRE_NAMED = re.compile("(?P<named>大火|火灾)")
_FALLBACK_EXPLOSION = "其他爆炸"
# Matches 煤矿, 某矿综采工作面, 石膏矿区; not 矿泉水, not 采石场.
_MINE = re.compile("矿(?!泉|石粉|物)|煤业|煤仓|井下|综采|掘进")
_MAYBE_COAL = "不确定是煤矿；其他矿山不适用煤矿事故八类"
_MECHANISM = ("direct_cause", "course")
_LONGEST_HEADLINE = 60
_SECTOR_LEAD = 6
"""Sentences from the start that tell the trade; later ones name every authority."""
_WORK_KIND_BY_CLASS = {"车辆伤害": "装卸运输"}
_PUBLIC = ("消防", "城镇燃气", "其他")
"""Sectors where work is not what began it unless the words say so."""


@dataclass(frozen=True, slots=True)
class Classes:
    """The fields; `by_scheme` holds gb6441-1986 and, for mines, coal-8."""

    by_scheme: dict[str, Field[str]]
    sector: Field[str]
    work_kind: Field[str]
    wording: str = ""
    """What the report calls it (瓦斯, 高处坠落), "" where it gives no word."""


def find_classes(account: Account, statements: tuple[Statement, ...], place: str = "") -> Classes:
    """Return class, sector and work kind: named by the report first, else by what its words tell, unsure.

    `place`: where it happened, in the report's words; a trade named there weighs double.
    """
    named = list(_named(account, statements))
    told = _told(account, statements)
    gb = _class(named, told, GB6441_1986, lambda row: row.gb)
    by_scheme = {"gb6441-1986": gb}
    lead = _lead(account, statements)
    sector = _sector(lead, place)
    if any(_MINE.search(sentence.text) for sentence in lead):
        is_coal = sector.value == "煤矿" and sector.findings[0].sure
        by_scheme["coal-8"] = _coal_class(named, told, sure=is_coal)
    work = _work_kind(told, gb.findings[0].value if gb.findings else "", sector)
    wording = next(
        (
            name
            for words, _, _ in named
            for row in [_row_named(words)]
            if row
            for name in row.named
            if name in words
        ),
        "",
    )
    return Classes(by_scheme, sector, work, wording)


def _named(account: Account, statements: tuple[Statement, ...]) -> Iterable[tuple[str, Sentence, FoundBy]]:
    """The words that name the accident, best first: label, title, plain statements, 事故性质."""
    for sentence in account.sentences:
        if sentence.kind == "labels" and (label := _LABEL.match(sentence.text)):
            yield label["named"], sentence, "label"
    titles = [s for s in account.sentences[:2] if s.kind == "title" or _is_headline(s.text)]
    for sentence in titles:
        for match in _NAMED.finditer(sentence.text):
            yield match["named"].rpartition("发生")[2], sentence, "title"
    for statement in statements:
        if statement.rank >= LEADING:
            text = statement.sentence.text[statement.cue : statement.cue_end]
            for match in [*_NAMED.finditer(text), *_FIRE_NAMED.finditer(text)]:
                yield match["named"], statement.sentence, "sentence"
    for sentence in account.sentences:
        if re.search("是一起|认定", sentence.text):
            for match in _NAMED.finditer(sentence.text):
                yield match["named"], sentence, "sentence"


def _is_headline(text: str) -> bool:
    """A line such as 某厂“5·6”爆炸事故, not a sentence."""
    return len(text) < _LONGEST_HEADLINE and "事故" in text and not re.search("，|。$", text)


def _told(account: Account, statements: tuple[Statement, ...]) -> list[Sentence]:
    """The sentences that tell how it came: direct cause and course, the statements, the title."""
    found = [s for s in account.sentences if s.kind in _MECHANISM]
    found += [s.sentence for s in statements if s.rank >= LEADING][:3]
    found += [s for s in account.sentences[:1] if s.kind == "title"]
    return found or list(account.opening)


def _lead(account: Account, statements: tuple[Statement, ...]) -> list[Sentence]:
    """The sentences that tell the trade and the place."""
    orders = {*range(min(_SECTOR_LEAD, len(account.sentences))), *(s.sentence.order for s in statements[:2])}
    return [account.sentences[order] for order in sorted(orders)]


def _class(
    named: list[tuple[str, Sentence, FoundBy]],
    told: list[Sentence],
    closed: tuple[str, ...],
    value_of: Callable[[ClassWords], str | None],
) -> Field[str]:
    """The class in one scheme: the first name that tells it, else the class with most signs."""
    among: tuple[str, ...] = ()
    for words, sentence, found_by in named:
        row = _row_named(words)
        if row is None:
            continue
        value = words if words in closed else value_of(row)
        if value is not None:
            return Field((Finding(value, (sentence.span(),), found_by),))
        among = among or row.among
    return _by_signs(told, value_of, among)


def _coal_class(
    named: list[tuple[str, Sentence, FoundBy]], told: list[Sentence], *, sure: bool
) -> Field[str]:
    """The class in the statistics of coal mines; unsure where the mine may be another's, and then no case has it."""
    found = _class(named, told, COAL_8, lambda row: row.coal)
    if sure:
        return found
    return Field(tuple(replace(f, sure=False, remark=_MAYBE_COAL) for f in found.findings))


def _row_named(words: str) -> ClassWords | None:
    """The first row one of whose names stands in the words."""
    return next((row for row in class_words() if any(name in words for name in row.named)), None)


def _by_signs(
    told: list[Sentence], value_of: Callable[[ClassWords], str | None], among: tuple[str, ...]
) -> Field[str]:
    """The class with most signs in the sentences that tell how it came, one of `among` where the name says so.

    An explosion that no sign tells apart is 其他爆炸.
    """
    scores: dict[str, int] = {}
    places: dict[str, Span] = {}
    for row in class_words():
        value = value_of(row)
        if value is None or (among and row.gb not in among):
            continue
        for sentence in told:
            count = sum(sentence.text.count(sign) for sign in row.signs)
            if count:
                scores[value] = scores.get(value, 0) + count
                places.setdefault(value, sentence.span())
    specific = {v: n for v, n in scores.items() if v != _FALLBACK_EXPLOSION} if among else scores
    if not (specific or scores):
        return Field()
    best = max(specific or scores, key=lambda value: scores[value])
    remark = "报告没有写明类别，按原因和经过的用词推断"
    return Field((Finding(best, (places[best],), "dictionary", False, remark),))


def _sector(lead: list[Sentence], place: str) -> Field[str]:
    """The sector with most of its words in the sentences that tell the trade; sure where none comes near it."""
    scored = [(score, row.name) for row in sector_words() for score in [_score(row, lead, place)] if score]
    if not scored:
        return Field()
    best, name = max(scored, key=lambda entry: entry[0])
    second = max((score for score, other in scored if other != name), default=0)
    sure = best >= _SURE_SCORE and best >= 2 * second
    row = next(row for row in sector_words() if row.name == name)
    shown = next((s for s in lead if any(w in s.text for w in (*row.words, *row.hints))), lead[0])
    remark = "" if sure else "按用词推断的行业领域"
    return Field((Finding(name, (shown.span(),), "dictionary", sure, remark),))


def _score(row: SectorWords, lead: list[Sentence], place: str) -> int:
    """Three for every word in a sentence or in the place; hints count where there is no word."""
    told = [row.plain(s.text) for s in lead]
    if row.needs and not any(need in text for text in told for need in row.needs):
        return 0
    words = sum(word in text for text in (*told, row.plain(place)) for word in row.words)
    hints = sum(hint in text for text in told for hint in row.hints)
    return 3 * words or min(hints, 2)


_SURE_SCORE = 6
"""Two words of a sector, or one in two sentences."""


def _work_kind(told: list[Sentence], gb: str, sector: Field[str]) -> Field[str]:
    """The first work kind whose words stand in the sentences; by class and sector where none do."""
    text = "".join(sentence.text for sentence in told)
    remark = "按用词推断的作业类型"
    if gb in _WORK_KIND_BY_CLASS:
        return _work(_WORK_KIND_BY_CLASS[gb], told, "derived", "按事故类别推断的作业类型")
    for row in work_words():
        fits = not row.classes or gb in row.classes
        if fits and all(any(word in text for word in group) for group in row.every):
            word = next(w for w in row.every[0] if w in text)
            shown = [s for s in told if word in s.text] or told
            return _work(row.name, shown, "dictionary", remark)
    if not told or not sector.findings:
        return Field()
    kind = "其他" if sector.findings[0].value in _PUBLIC else "生产操作"
    return _work(kind, told, "derived", "没有写明作业，按行业领域推断")


def _work(name: str, shown: list[Sentence], found_by: FoundBy, remark: str) -> Field[str]:
    """One unsure finding."""
    return Field((Finding(name, (shown[0].span(),), found_by, False, remark),)) if shown else Field()
