"""The short phrase in a clause that says which barrier was missing or failed: 未系安全带, 温度联锁被摘除."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.content.person_names import looks_like_name, name_pattern
from qianche.corpus.reports.content.sentences import protected
from qianche.corpus.reports.content.tables import table, words
from qianche.corpus.reports.content.unit_names import find_unit_names

_ABSENT = (
    r"(?:未|没有|没|无(?!MA)|缺少|缺乏|缺|拒绝|忽视|擅自|违规|私自"
    r"|不(?=进行|设|安|戴|佩|系|穿|使用|办|按|落实|执行|采取|配|具备|带|检|监|制定|报))"
)
_FAILED = (
    r"(?:失效|失灵|失控|损坏|故障|缺失|缺陷|不到位|不完善|不健全|不足|不符|不全|不及时|不严|不力|不具备|不合格|不当|滞后|混乱|未(?!来)"
    r"|被[^，,。；;]{0,4}(?:拆|摘|关|停|锁|堵|封|屏蔽|短接)|拆除|摘除|停用|停运|屏蔽|短接|关闭|锁闭|堵塞|封堵|脱落|流于形式|形同虚设|退出|过期|缺)"
)
_NEAR = r"[^，,。；;、：]{0,%d}?"
# Words of the law office, not of the plant: 监督检查不到位, 安全管理混乱 name no barrier.
_NO_BARRIER = re.compile(r"监督检查|安全管理机构|监管|责任制|行政执法|主体责任|思想认识")

_LONGEST_SUBJECT = 10
"""Characters of what was without its barrier (反应釜未定期检验); a longer subject is left out."""
_LONGEST_REST = 6
_LONGEST_JOINED = 16
_LONGEST_PAIR = 24
_SHORTEST = 2
_MARK = re.compile('[（(）)\\[\\]【】《》“”‘’"]')
# What no phrase goes on with. Matches 的情况下, 盲目施救, 后仍进行采煤作业; not 制度, 和安全绳.
_GOES_ON = re.compile(
    r"的?(?:情况|前提|条件|状态|状况)下|就|即|便|而|后|时|仍|盲目|冒险|擅自|违规|违章|进行|从事|作业|施工|下[井池罐]|进入|上岗|导致|致使|造成|驾驶|操作|踩|攀"
)
_CIRCUMSTANCE = re.compile(r"的?(?:情况|前提|条件|状态|状况)下.*", re.DOTALL)
_JOINS = "和与及、或"
_LEADING = re.compile(r"^(?:[在于将把对并且但仍也均因由的等却又，]|以及|而是)+")
_DANGLING = "在对将把被向给于让使"
# Units without a legal form. Matches 县公路养护中心; not 中心线, 现场.
_OFFICE = re.compile(
    "[\u4e00-\u9fa5]{2}(?:中心(?!线|点|城)|分?局|委员会|支队|大队|人民政府|办事处|安监站|管理站|合作社)"
)
_BEFORE_PERSON = r"(?:^|人员|[工员长手机班队司]|司机|负责人|经理|师傅|者)"
_AFTER_PERSON = r"(?=$|[在于等因与和将被所违操从进站驾未无没不、])"


@dataclass(frozen=True, slots=True)
class BarrierPhrase:
    """A barrier of `barriers.tsv` and the half-open range of the words, in the clause, that say it was none."""

    barrier: str
    start: int
    end: int


def barrier_phrase(clause: str) -> BarrierPhrase | None:
    """Return the barrier that a clause says was missing or failed with its short phrase, None where there is none.

    The phrase is the words of absence or failure with the barrier, what it was missing from where that is short,
    no names of persons or units, and nothing of what was done without it (未系安全带 of 甲在未系安全带的情况下).
    """
    if _NO_BARRIER.search(clause):
        return None
    for barrier, pattern in _patterns():
        match = pattern.search(clause)
        if match is None or _CIRCUMSTANCE.search(match[0]):
            continue
        end = _end(clause, match.end())
        if match.lastgroup == "failed" and clause[match.end() - 1] == "未" and end == match.end():
            continue  # 未 and nothing that was not done
        start, end = _whole(clause, _start(clause, match), end)
        if end - start >= _SHORTEST:
            return BarrierPhrase(barrier, start, end)
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A pattern for every row of the table."""
    made = []
    for row in table("barriers.tsv"):
        objects = "|".join(sorted(words(row["objects"]), key=len, reverse=True))
        absent = f"(?P<absent>{_ABSENT}{_NEAR % 14}(?:{objects}))"
        failed = f"(?P<failed>(?:{objects}){_NEAR % 8}{_FAILED})"
        always = f"|(?P<always>{row['always']})" if row["always"] else ""
        made.append((row["barrier"], re.compile(f"{absent}|{failed}{always}")))
    return tuple(made)


def _end(clause: str, end: int) -> int:
    """Where the phrase ends: a short rest belongs to it (制度, 和安全绳), an act that follows does not."""
    rest = _CIRCUMSTANCE.sub("", clause[end:])
    if not rest or _GOES_ON.match(rest):
        return end
    if rest[0] in _JOINS:
        stop = _GOES_ON.search(rest)
        rest = rest[: stop.start()] if stop else rest
        return end + len(rest) if 1 < len(rest) <= _LONGEST_JOINED else end
    return end + len(rest) if len(rest) <= _LONGEST_REST else end


def _start(clause: str, match: re.Match[str]) -> int:
    """Where the phrase starts: at its subject where that is short and names neither person nor unit."""
    start = match.start()
    names = find_unit_names(clause[:start], Span(0, start))
    begin = max((name.span.end for name in names), default=0)
    begin = max(
        begin, clause.rfind("、", 0, start) + 1, *(m.end() for m in _OFFICE.finditer(clause, 0, start))
    )
    leading = _LEADING.match(clause[begin:start])
    begin += leading.end() if leading else 0
    subject = clause[begin:start]
    if len(subject) > _LONGEST_SUBJECT or subject[-1:] in tuple(_DANGLING) or _MARK.search(subject):
        return start
    # 温度 joined to 联锁 is what it guards; before 未 it could be a name of two characters.
    guarded = match.lastgroup == "failed" and len(subject) < len("王小明")
    return start if not guarded and _names_a_person(subject) else begin


@cache
def _person() -> re.Pattern[str]:
    """A masked name, or a name after a post: 张某, 作业人员彭某元, 司机王小明在."""
    return re.compile(rf"某|[×＊*○]|{_BEFORE_PERSON}(?P<name>{name_pattern()}){_AFTER_PERSON}")


def _names_a_person(subject: str) -> bool:
    """Whether a subject holds the name of a person: 苗志远, 钻工王小明未经培训."""
    return any(m["name"] is None or looks_like_name(m["name"]) for m in _person().finditer(subject))


def _whole(clause: str, start: int, end: int) -> tuple[int, int]:
    """The range with every bracket and quotation mark in it closed: grown to the pair, or cut before a long one."""
    for pair in protected(clause, Span(0, len(clause))):
        if pair.start < start < pair.end:
            start = pair.start
        if pair.start < end < pair.end:
            end = pair.end if pair.end - pair.start <= _LONGEST_PAIR else pair.start
    for mark in _MARK.finditer(clause, start, end):
        if not any(pair.start <= mark.start() < pair.end for pair in protected(clause, Span(start, end))):
            return (start, mark.start()) if mark[0] in '（([【《“‘"' else (mark.end(), end)
    return start, end
