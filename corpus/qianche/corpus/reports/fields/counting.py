"""Counts of persons in a sentence, by what happened to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qianche.corpus.reports.fields.numbers import COUNT, read_count

COUNTED = ("deaths", "missing", "severe_injuries", "injured")
"""What is counted; the names are those of the fields."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One count. `partial`: of a place or an hour only (当场, 送医); `later`: died after the first count
    (另1人经抢救无效); `vague`: harm by its signs (灼伤, 出现中毒症状), not called 受伤.
    """

    name: str
    value: int
    start: int
    end: int
    partial: bool = False
    later: bool = False
    vague: bool = False


_DEAD = "死亡|烧死|砸死|压死|淹死|遇难|身亡|丧生|罹难|致死|遇害|丧命|牺牲|溺亡|殉职"
_MISSING = "失踪|失联|下落不明"
_HURT = "受伤|负伤|轻重伤|伤残|受到伤害"
_SIGNS = (
    "灼伤|烧伤|烫伤|中毒|发病|住院|入院|就医|出现[^，。；]{0,14}?(?:反应|症状)|感到不适|被砸伤|被撞伤|摔伤"
)
_UNIT = "[名人个位例]"
_BEFORE = r"(?<![\d.第第“\"—/·-])(?<!百分之)"
# Between the number and the harm: the persons, and how. No figure, no other clause.
_GAP = r"(?:(?!以上|以下|及以)[^，。；、:\d]){0,16}?"

# The hurt died of it: 受伤，送医院抢救无效死亡; not 3人受伤，其中1人抢救无效死亡, which leaves two.
_DIED_OF_IT = r"(?!死亡|后|(?:(?!其中|另)[^。；\d]){0,24}?(?:抢救|救治|医治)无效)"

_N_HARM = rf"{_BEFORE}(?P<n>{COUNT})(?:多|余)?{_UNIT}(?P<gap>{_GAP})"
_HARM_N = (
    r"(?:人数|人员|者)?(?:共计|共|为|:|\||\t|达到|达|增至|上升至|的有|了)?"
    rf"(?P<n>{COUNT})(?:多|余)?(?:{_UNIT}|(?=[，。；、)伤轻]|$))(?!以上|以下)"
)

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # 31人死亡, 6名作业人员当场死亡, 2人受伤死亡; not 3人以上死亡, 1名死者.
    ("deaths", re.compile(rf"{_N_HARM}(?:{_DEAD})")),
    # 死亡人数：2人, 当场死亡2人, 死3伤2; not 死者2023年.
    (
        "deaths",
        re.compile(
            rf"(?:{_DEAD}|(?<![\d一二两三四五六七八九十人])死(?=[\d一二两三四五六七八九十])){_HARM_N}"
        ),
    ),
    # 1死2伤.
    ("deaths", re.compile(rf"{_BEFORE}(?P<n>{COUNT})人?死(?=\d|[一二两三四五六七八九十，。、])")),
    # 1名工人触电，经120抢救无效死亡; not 5名医护人员抢救无效, not 3人受伤，其中1人抢救无效.
    (
        "deaths",
        re.compile(
            rf"{_BEFORE}(?P<n>{COUNT}){_UNIT}(?!医|专家|救援|消防)(?:(?!{COUNT}{_UNIT}|其中)[^。；]){{0,60}}?"
            r"(?:抢救|救治|医治)无效后?[^，。；]{0,4}?(?:死亡|身亡|去世|离世)"
        ),
    ),
    # 夺去了3条生命.
    ("deaths", re.compile(rf"{_BEFORE}(?P<n>{COUNT})条(?:鲜活的|宝贵的)?生命")),
    # 打捞出3具遗体.
    ("deaths", re.compile(rf"{_BEFORE}(?P<n>{COUNT})具(?:遇难者)?(?:遗体|尸体)")),
    # 2人失踪, 1人下落不明.
    ("missing", re.compile(rf"{_N_HARM}(?:{_MISSING})")),
    ("missing", re.compile(rf"(?:{_MISSING}){_HARM_N}")),
    # 四人重伤, 其中2人重伤.
    ("severe_injuries", re.compile(rf"{_N_HARM}重伤")),
    ("severe_injuries", re.compile(rf"重伤{_HARM_N}")),
    # 3人轻伤, 2人轻微伤.
    ("slight", re.compile(rf"{_N_HARM}轻微?伤")),
    ("slight", re.compile(rf"轻微?伤{_HARM_N}")),
    # 7人受伤; not 2人受伤死亡, where the hurt died.
    ("injured", re.compile(rf"{_N_HARM}(?:{_HURT}){_DIED_OF_IT}")),
    ("injured", re.compile(rf"(?:{_HURT}|(?<![重轻死灼烧烫损])伤){_HARM_N}")),
    # 烧伤20人.
    ("injured", re.compile(rf"(?:烧伤|灼伤|烫伤|砸伤|摔伤|撞伤|炸伤){_HARM_N}")),
    # 1死2伤.
    ("injured", re.compile(rf"{_BEFORE}(?P<n>{COUNT})人?伤(?=[，。；、)及]|$)")),
)
# 28名出现急性刺激反应, 2人被灼伤; not 中毒死亡.
_VAGUE = re.compile(rf"{_N_HARM}(?:{_SIGNS})(?![^，。；]{{0,6}}(?:{_DEAD}|昏迷))")

_NOBODY_HARMED = re.compile(
    "(?:无|没有|未)(?:造成|发生|出现|发现)?(?:任何)?(?:人员|人)?(?:的)?(?:伤亡|死伤)|未?无人(?:员)?伤亡|人员无伤亡"
)
_NOBODY_DEAD = re.compile("(?:无|没有|未)(?:造成|发生|出现)?(?:任何)?人员?死亡|无人死亡")
_NOBODY_HURT = re.compile("(?:无|没有|未)(?:造成|发生|出现)?(?:任何|其他)?人员?受伤|无人受伤")

_PARTIAL = re.compile("当场|现场|送医|送往|途中|抢救无效|救治无效|当天|当日")
_LATER = re.compile(rf"另(?:外|有)?{COUNT}?")


def count_persons(text: str) -> tuple[Counted, ...]:
    """Return the counts of a sentence (without spaces), in order; 无人员伤亡 is a count of 0.

    The hurt are those who live: 3人受伤，其中1人抢救无效死亡 gives 2. 重伤 and 轻伤 without 受伤 are added up.
    """
    found = [*_nobody(text), *_of_patterns(text)]
    if not any(c.name == "injured" for c in found):
        found += _sum_of_degrees(found) or _by_signs(text, found)
    found = [*_without_later_dead(found, text)]
    return tuple(sorted((c for c in found if c.name in COUNTED), key=lambda c: c.start))


def _of_patterns(text: str) -> list[Counted]:
    """Counts by the table of patterns, each stretch of text once a name."""
    found: list[Counted] = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            value = read_count(match["n"])
            taken = any(c.name == name and c.start < match.end() and match.start() < c.end for c in found)
            if value is not None and not taken:
                found.append(_counted(name, value, text, match))
    return found


# Persons joined to those of the count before one word of harm: 6名队员和2名工人受伤, 司机及1名乘客死亡;
# not 2人获救、2人死亡, 驾驶员1名.
_JOINED = re.compile(
    rf"(?:{_BEFORE}(?P<n>{COUNT}){_UNIT}(?P<who>[\u4e00-\u9fa5]{{0,9}}[员工客民生者童])|(?P<one>司机|驾驶员|驾驶人|船长|机长))[和及与、]$"
)
_ANY_HARM = re.compile(f"{_DEAD}|{_MISSING}|{_HURT}|{_SIGNS}|重伤|轻伤|伤")


def _joined(text: str, start: int) -> tuple[int, int]:
    """How many persons are joined to a count that starts here, and where they are told."""
    match = _JOINED.search(text[:start])
    if match is None:
        return 0, start
    if match["one"]:
        return 1, match.start()
    value = read_count(match["n"])
    if value is None or _ANY_HARM.search(match["who"]):
        return 0, start
    return value, match.start()


def _counted(name: str, value: int, text: str, match: re.Match[str]) -> Counted:
    """The count of a match, with what its words and the clause before say of it."""
    clause = text[max(text.rfind(mark, 0, match.start()) for mark in "，。；") + 1 : match.end()]
    partial = bool(_PARTIAL.search(clause)) and name in ("deaths", "injured")
    later = partial and bool(_LATER.search(clause))
    more, start = _joined(text, match.start())
    return Counted(name, value + more, start, match.end(), partial, later)


def _nobody(text: str) -> list[Counted]:
    """Zeroes where the sentence says that nobody was harmed."""
    rows = (
        (_NOBODY_HARMED, ("deaths", "injured")),
        (_NOBODY_DEAD, ("deaths",)),
        (_NOBODY_HURT, ("injured",)),
    )
    return [
        Counted(name, 0, match.start(), match.end())
        for pattern, names in rows
        for match in [pattern.search(text)]
        if match
        for name in names
    ]


def _sum_of_degrees(found: list[Counted]) -> list[Counted]:
    """All the hurt where 轻伤 is told beside 重伤 or alone; 重伤 alone may not be all."""
    slight = [c for c in found if c.name == "slight"]
    severe = [c for c in found if c.name == "severe_injuries"]
    if not slight:
        return []
    total = slight[0].value + (severe[0].value if severe else 0)
    return [Counted("injured", total, slight[0].start, slight[0].end)]


def _by_signs(text: str, found: list[Counted]) -> list[Counted]:
    """Harm told by its signs; not that of persons who then died (2人中毒，造成2人死亡)."""
    dead = {c.value: c.start for c in found if c.name == "deaths"}
    return [
        Counted("injured", value, match.start(), match.end(), vague=True)
        for match in _VAGUE.finditer(text)
        for value in [read_count(match["n"])]
        if value is not None and dead.get(value, -1) < match.start()
    ]


def _without_later_dead(found: list[Counted], text: str) -> list[Counted]:
    """Take those who died out of the hurt where they are told as some of them (其中1人死亡)."""
    hurt = next((c for c in found if c.name == "injured" and c.value), None)
    dead = next((c for c in found if c.name == "deaths" and hurt and c.start > hurt.end), None)
    if hurt is None or dead is None or dead.value > hurt.value:
        return found
    between = text[hurt.end : dead.start]
    if not re.fullmatch("[，(]?其中[^，。；]{0,4}", between):
        return found
    rest = Counted("injured", hurt.value - dead.value, hurt.start, dead.end)
    return [rest if c is hurt else c for c in found]
