"""Deaths, missing, severely hurt and hurt: what the report gives as the whole, not its parts or other accidents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from qianche.corpus.reports.draft import Field, Finding, FoundBy
from qianche.corpus.reports.fields.account import Account, Sentence
from qianche.corpus.reports.fields.counting import COUNTED, Counted, count_persons
from qianche.corpus.reports.fields.persons import harmed_persons
from qianche.corpus.reports.fields.statements import CAUSED, LEADING, OCCURRED, Statement

# A sentence that tells the toll of the accident as a whole. Matches 事故共造成, 截至…共有; not 其中.
_WHOLE = re.compile(
    "(?:事故|事件|爆炸|火灾)[^，。]{0,8}?(?:共|总共|累计)?(?:造成|导致|致)|共造成|最终造成|累计造成|造成"
)
_TOTAL = re.compile("(?:共|总共|总计|合计|累计|最终|增至|上升至)[^，。；]{0,6}$")
# The last word on a toll that had been told lower before. Matches 事故最终造成, 死亡人数上升至.
_FINAL = re.compile("(?:最终|增至|上升至|增加到|升至)[^，。；]{0,10}$")
_REMOTE = ("responsibility", "measures", "lessons", "indirect_cause", "nature", "background")
_STATING = ("title", "introduction", "losses", "other")
# Other accidents, rules and possibilities. Matches 曾造成, 3人以上死亡, 可能造成; not 共造成.
_NOT_THIS = re.compile(
    "曾|此前|历史上|历史事故|同类|类似|以往|近年|监管企业|先后发生|可能造成|易造成|足以|规定:|第[一二三四五六七八九十百]+条|"
    "的?(?:为|属于?|是)(?:特别重大|重大|较大|一般)事故|人以上|人以下|名以上|预案|演练"
)
# The missing were found dead. Matches 失联的2人确认遇难, 3具遗体; not 1人失踪.
_FOUND_DEAD = re.compile(
    "(?:失踪|失联|下落不明|落水)[^。；]{0,12}(?:确认|证实|均|全部|已)[^。；]{0,10}(?:遇难|死亡|身亡|遗体|遇害)|"
    "(?:失踪|失联)[^，。；\\d]{0,8}(?:遗体|尸体)|具(?:遇难者)?(?:遗体|尸体)"
)
# The one who was hurt died of it. Matches 伤者经抢救无效死亡, not 另1名伤者经抢救无效死亡.
_HURT_DIED = re.compile(
    r"(?<![\d一二两三四五六七八九十][名位人个])(?:伤者|伤员|患者)(?:(?!其中)[^。；\d]){0,24}?(?:抢救|救治|医治|治疗)无效"
)


@dataclass(frozen=True, slots=True)
class Tolls:
    """The casualty fields; `missing` are those whose fate stayed unknown."""

    deaths: Field[int] = field(default_factory=Field)
    missing: Field[int] = field(default_factory=Field)
    severe_injuries: Field[int] = field(default_factory=Field)
    injured: Field[int] = field(default_factory=Field)


@dataclass(frozen=True, slots=True)
class _Told:
    """The figure that one sentence gives for one field."""

    value: int
    sentence: Sentence
    tier: int
    partial: bool
    later: bool
    sure: bool = True
    remark: str = ""
    final: bool = False


def find_tolls(account: Account, statements: tuple[Statement, ...]) -> Tolls:
    """Return the casualties: labels, then sentences that state the whole, then the course, then persons by name.

    Distinct totals of plain sentences are all kept. A figure that a later total includes (当场死亡2人 …
    共造成3人死亡) is none; without a total, 当场 and 抢救无效 are added up and marked as such.
    """
    tiers = {s.sentence.order: s.rank for s in statements}
    own = {
        sentence.order: (sentence, _tier(sentence, tiers.get(sentence.order, 0)))
        for sentence in account.sentences
    }
    told: dict[str, list[_Told]] = {name: [] for name in COUNTED}
    for sentence, tier in own.values():
        if tier:
            for name, found in _of_sentence(sentence, tier).items():
                told[name].append(found)
    fields = {name: _chosen(found) for name, found in told.items()}
    added = any(f.found_by == "derived" for f in fields["deaths"].findings)
    later = next((t for t in told["deaths"] if t.later), None) if added else None
    return _completed(account, Tolls(**fields), later)


def _tier(sentence: Sentence, rank: int) -> int:
    """How far the sentence speaks for the whole accident: 4 label, 3 plain statement, 2 course, 0 not at all."""
    if sentence.kind == "labels":
        return 4
    if _NOT_THIS.search(sentence.text):
        return 0
    if rank >= LEADING and (CAUSED.search(sentence.text) or OCCURRED.search(sentence.text)):
        return 3
    if sentence.kind in _REMOTE:
        return 1
    if sentence.kind in _STATING and (_WHOLE.search(sentence.text) or sentence.kind == "losses"):
        return 3
    return 2 if sentence.kind != "direct_cause" else 1


def _of_sentence(sentence: Sentence, tier: int) -> dict[str, _Told]:
    """The figure of the sentence for each field it speaks of."""
    counted = count_persons(sentence.text)
    found: dict[str, _Told] = {}
    for name in COUNTED:
        of_name = [c for c in counted if c.name == name]
        if of_name:
            found[name] = _whole_of(of_name, sentence, tier)
    return found


def _whole_of(counted: list[Counted], sentence: Sentence, tier: int) -> _Told:
    """One figure out of several of one kind: the one called 共, the one before 其中, else parts added up."""
    whole = [c for c in counted if _TOTAL.search(sentence.text[: c.start])]
    first = (whole or counted)[0]
    if whole or len({c.value for c in counted if not c.partial}) == 1:
        first = (whole or [c for c in counted if not c.partial])[0]
    elif len(counted) > 1 and "其中" in sentence.text:
        first = max(counted, key=lambda c: c.value)
    elif len(counted) > 1:
        value = sum(c.value for c in counted)
        return _Told(value, sentence, tier, True, False, False, "由分述人数相加")
    if tier < 3 and first.vague:
        tier -= 1
    return _Told(
        first.value, sentence, tier, first.partial, first.later, not first.vague,
        "按症状或伤情计数，未写“受伤”" if first.vague else "", bool(_FINAL.search(sentence.text[: first.start])),
    )  # fmt: skip


def _chosen(told: list[_Told]) -> Field[int]:
    """The findings of a field from all that was told."""
    if not told:
        return Field()
    best = max(t.tier for t in told)
    level = [t for t in told if t.tier == best or (best == 4 and t.tier == 3)]
    whole = [t for t in level if not t.partial] or [t for t in told if not t.partial and t.tier >= 2]
    if not whole:
        return _added(level, told)
    final = next((t.sentence.order for t in whole if t.final), 0)
    whole = [t for t in whole if t.sentence.order >= final]
    findings: dict[int, Finding[int]] = {}
    for one in whole:
        known = findings.get(one.value)
        if known is not None:
            findings[one.value] = replace(known, spans=(*known.spans, one.sentence.span()))
            continue
        found_by: FoundBy = "label" if one.sentence.kind == "labels" else "sentence"
        findings[one.value] = Finding(one.value, (one.sentence.span(),), found_by, one.sure, one.remark)
    return Field(tuple(findings.values()))


def _added(level: list[_Told], told: list[_Told]) -> Field[int]:
    """A whole put together from parts: the first part told, and those who died later."""
    first = level[0]
    later = next((t for t in told if t.later and t is not first), None)
    if later is None:
        sure = first.sure and not first.remark
        return Field((Finding(first.value, (first.sentence.span(),), "sentence", sure, first.remark),))
    spans = (first.sentence.span(), later.sentence.span())
    remark = "当场死亡与抢救无效死亡人数相加"
    return Field((Finding(first.value + later.value, spans, "derived", False, remark),))


def _completed(account: Account, tolls: Tolls, later: _Told | None) -> Tolls:
    """What follows from other fields: the hurt from 重伤 and those who died later; persons told by name."""
    if any(_FOUND_DEAD.search(sentence.text) for sentence in account.sentences):
        tolls = replace(tolls, missing=Field())
    if not tolls.injured.findings:
        derived = tuple(
            replace(f, found_by="derived", sure=f.value == 0, remark="报告只写重伤人数，受伤人数按此计")
            for f in tolls.severe_injuries.findings
        )
        tolls = replace(tolls, injured=Field(derived))
    if not tolls.deaths.findings:
        tolls = replace(tolls, deaths=harmed_persons(account, "deaths"))
    if not tolls.injured.findings:
        tolls = replace(tolls, injured=harmed_persons(account, "injured"))
    if _the_hurt_died(account, tolls.injured):
        tolls = replace(tolls, injured=Field())
    if later is not None and len(tolls.injured.findings) == 1:
        tolls = replace(tolls, injured=Field((_less(tolls.injured.findings[0], later),)))
    return tolls


def _the_hurt_died(account: Account, injured: Field[int]) -> bool:
    """The one person told as hurt is the one who died later (伤者经抢救无效死亡)."""
    if injured.value != 1:
        return False
    told = injured.findings[0].spans[0].start
    return any(s.span().start > told and _HURT_DIED.search(s.text) for s in account.sentences)


def _less(hurt: Finding[int], later: _Told) -> Finding[int]:
    """The hurt less those who died later, where they were told as hurt before."""
    if hurt.spans[0].start >= later.sentence.span().start:
        return hurt
    return replace(
        hurt, value=max(hurt.value - later.value, 0), spans=(*hurt.spans, later.sentence.span()),
        found_by="derived", sure=False, remark="已扣除后来死亡的人数",
    )  # fmt: skip
