"""The companies and authorities of a report with their roles, every name as the report writes it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.content.sentences import sentences
from qianche.corpus.reports.content.unit_names import UnitName, find_unit_names
from qianche.corpus.reports.content.unit_roles import (
    opens_accident,
    role_beside,
    role_of_name,
    role_order,
    role_over,
)
from qianche.corpus.reports.draft import Finding, FoundBy, Part, PartKind, Unit

OTHER = "相关单位"
"""Role of a unit for which the report names none."""

_NO_ROLE = "文中未写明角色"
_ROLE_BY_NAME = "角色由单位名称归纳，文中未写明"
_MOST_SPANS = 8
_ROLE_OF_KIND = {"属地政府": ("government",), "监管部门": ("authority", "institution")}

_INVOLVED: frozenset[PartKind] = frozenset({"background", "direct_cause", "indirect_cause", "responsibility"})
"""Parts whose authorities are parties; those of 应急处置 only came to help."""
_NOT_READ: frozenset[PartKind] = frozenset({"measures", "response", "annex", "labels", "contents"})

# （以下简称“北山煤业”） （以下简称：康宁公司） （简称南湖店） — not （俗称“双嘴瓶”）.
_ALIAS = re.compile(
    r"[（(](?:以下|下)?(?:简称|称)(?:为)?[：:]?\s*[“\"「]?([^”\"」）)，,、；;]{2,20})[”\"」]?"
)
# Who issued a licence or an expert opinion is no party: 发证机关：某市公安局; 某检测有限公司…鉴定意见书.
_ONLY_SIGNED_BEFORE = re.compile(r"(?:发证|登记|签发|鉴定|承保|投保)(?:机关|机构|单位|公司)?[：:]?\s*\Z")
_ONLY_SIGNED_AFTER = re.compile(
    r"(?:交通警察|交警|司法鉴定|物证鉴定|法医)|[^，,。；;]{0,24}(?:鉴定意见|检验报告|鉴定报告|鉴定文书)"
)
_SUFFIX_OF_CORE = re.compile(
    r"(?:集团|股份|有限|责任|公司|工程|建筑|建设|实业|投资|发展|科技|贸易|工贸|商贸|服务|安装|劳务|矿业|煤业|煤矿|分|总|（.*?）|\(.*?\))"
)
_REGION_OF_CORE = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|自治州|州|自治县|县|区|旗|镇|乡|街道))+"
)


def find_units(document: Document, span: Span, parts: tuple[Part, ...]) -> tuple[Finding[Unit], ...]:
    """Return the units of one accident, those with a stated role first, in the order of the role table.

    A unit has one finding; `role` joins several with 、; `spans` are the sentences that name it, the one with the
    role first. A short form that the report declares (以下简称) is counted with its full name and stands in the
    remark; two names that only look alike are both kept, unsure, each remark naming the other.
    """
    text = document.text
    names = _read(text, span, parts)
    aliases = _aliases(text, span, names)
    mentions = _mentions(names, aliases)
    roles = {name: _roles(text, span, parts, found) for name, found in mentions.items()}
    kept = [name for name in mentions if roles[name] or _is_party(mentions[name], parts)]
    twins = _twins([name for name in kept if mentions[name][0].kind in ("company", "mine")])
    notes: dict[str, list[str]] = {name: [] for name in mentions}
    for short, full in aliases.items():
        notes.setdefault(full, []).append(f"简称“{short}”")
    for name, others in twins.items():
        notes[name].append(f"与“{'”“'.join(others)}”名称不一致，疑为同一单位，未合并")
    findings = [
        _finding(
            text, span, Unit(name, "、".join(roles[name]) or OTHER), mentions[name], roles[name], notes[name]
        )
        for name in kept
    ]
    most = _most_told(mentions, kept, roles)
    if most:
        findings = [_as_accident_unit(f) if f.value.name == most else f for f in findings]
    return tuple(sorted(findings, key=lambda f: role_order(f.value.role)))


def short_forms(text: str, span: Span) -> dict[str, str]:
    """Return the short forms that a text declares (以下简称“…”) with the full names."""
    return _aliases(text, span, find_unit_names(text, span))


def unit_at_head(text: str, span: Span, shorts: Iterable[str] = ()) -> str | None:
    """Return the unit whose name, or declared short form, begins a span, None where none does."""
    short = next((short for short in shorts if text.startswith(short, span.start, span.end)), None)
    if short:
        return short
    names = find_unit_names(text, Span(span.start, min(span.end, span.start + 60)))
    return names[0].name if names and names[0].span.start == span.start else None


def _read(text: str, span: Span, parts: Sequence[Part]) -> list[UnitName]:
    """Return the names in the parts that tell of the accident (everything, where no part is known)."""
    skipped = [part.span for part in parts if part.kind in _NOT_READ]
    found = [
        n for n in find_unit_names(text, span) if not any(s.start <= n.span.start < s.end for s in skipped)
    ]
    return [
        n
        for n in found
        if not _ONLY_SIGNED_BEFORE.search(text, span.start, n.span.start)
        and not _ONLY_SIGNED_AFTER.match(text, n.span.end, span.end)
    ]


def _aliases(text: str, span: Span, names: Iterable[UnitName]) -> dict[str, str]:
    """Return the declared short forms by their full names."""
    ends = {name.span.end: name.name for name in names}
    found: dict[str, str] = {}
    for match in _ALIAS.finditer(text, span.start, span.end):
        if match.start() in ends and match[1] != ends[match.start()]:
            found.setdefault(match[1], ends[match.start()])
    return found


def _most_told(
    mentions: Mapping[str, Sequence[UnitName]],
    kept: Sequence[str],
    roles: Mapping[str, Mapping[str, UnitName]],
) -> str | None:
    """Return the company a report tells most of, where it names no 事故单位: three times or more, twice the next."""
    if any("事故单位" in roles[name] for name in kept):
        return None
    counts = sorted(
        ((len(mentions[n]), n) for n in kept if mentions[n][0].kind in ("company", "mine")), reverse=True
    )
    if not counts or counts[0][0] < 3 or (len(counts) > 1 and counts[0][0] < 2 * counts[1][0]):
        return None
    return counts[0][1]


def _as_accident_unit(finding: Finding[Unit]) -> Finding[Unit]:
    """Return the finding with the role that only the number of mentions speaks for."""
    stated = [role for role in finding.value.role.split("、") if role != OTHER]
    notes = [note for note in finding.remark.split("；") if note and note != _NO_ROLE]
    remark = "；".join([*notes, "事故单位为归纳：全文提及最多，文中未直接写明"])
    unit = Unit(finding.value.name, "、".join(["事故单位", *stated]))
    return Finding(unit, finding.spans, "derived", sure=False, remark=remark)


def _mentions(names: Sequence[UnitName], aliases: Mapping[str, str]) -> dict[str, list[UnitName]]:
    """Return the mentions of every accepted name; a weak ending counts where the name is masked or comes twice."""
    counts = Counter(name.name for name in names)
    accepted = {n.name for n in names if not n.weak or n.masked or counts[n.name] > 1} | set(aliases)
    accepted |= {n.name for n in names if n.kind in ("government", "authority") and len(n.name) > 4}
    accepted |= {n.name for n in names if _REGION_OF_CORE.match(n.name)}
    found: dict[str, list[UnitName]] = defaultdict(list)
    for name in names:
        known = name.name if name.name in accepted else _ending_with(name.name, accepted)
        full = aliases.get(known, known) if known else name.name
        found[full].append(name)
    return found


def _ending_with(name: str, accepted: set[str]) -> str | None:
    """Return the longest accepted name that a longer string of characters ends with."""
    return max((a for a in accepted if name.endswith(a)), key=len, default=None)


def _is_party(mentions: Sequence[UnitName], parts: Sequence[Part]) -> bool:
    """Return whether a unit without a stated role belongs in the record."""
    first = mentions[0]
    inside = any(
        part.span.start <= m.span.start < part.span.end
        for part in parts
        if part.kind in _INVOLVED
        for m in mentions
    )
    if first.kind in ("government", "authority"):
        return inside
    if first.kind == "place":  # schools also say where a road is
        return False
    placed = not first.weak or _REGION_OF_CORE.match(first.name) is not None
    return len(mentions) > 1 or (placed and (inside or not parts)) or first.masked


def _roles(text: str, span: Span, parts: Sequence[Part], mentions: Sequence[UnitName]) -> dict[str, UnitName]:
    """Return the roles that the report gives a unit, each with the mention that shows it."""
    found: dict[str, UnitName] = {}
    for mention in mentions:
        role = role_beside(text, span, mention) or role_over(text, span, mention)
        if role and mention.kind in _ROLE_OF_KIND.get(role, (mention.kind,)):
            found.setdefault(role, mention)
    if not found and mentions[0].kind in ("company", "mine", "place"):
        opening = next((m for m in mentions if opens_accident(text, span, parts, m)), None)
        if opening:
            found["事故单位"] = opening
    if not found and mentions[0].kind == "government":
        found["属地政府"] = mentions[0]
    if not found and mentions[0].kind == "authority":
        found["监管部门"] = mentions[0]
    return found if mentions[0].kind not in ("government", "authority") or _is_party(mentions, parts) else {}


def _twins(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return, for names that look like one company, the others; declared short forms are not among them."""
    cores = {name: _core(name) for name in names}
    return {
        name: tuple(n for n in names if n != name and _alike(cores[name], cores[n]))
        for name in names
        if any(n != name and _alike(cores[name], cores[n]) for n in names)
    }


def _core(name: str) -> str:
    """Return the part of a name that tells companies apart: 云州平江远图建筑有限公司 → 云州平江远图."""
    return _REGION_OF_CORE.sub("", _SUFFIX_OF_CORE.sub("", name)) or name


def _alike(one: str, other: str) -> bool:
    """Return whether one core ends with the other, or they share their two last characters and their first two."""
    if min(len(one), len(other)) < 2:
        return False
    same_ends = one[-2:] == other[-2:] and one[:2] == other[:2]
    return one.endswith(other) or other.endswith(one) or same_ends


def _finding(
    text: str,
    span: Span,
    unit: Unit,
    mentions: Sequence[UnitName],
    roles: Mapping[str, UnitName],
    notes: Sequence[str],
) -> Finding[Unit]:
    """Return the finding of one unit: the sentences with its role first, then where else it stands."""
    suggested = None if roles else role_of_name(unit.name)
    unit = Unit(unit.name, suggested) if suggested else unit
    places = dict.fromkeys(_sentence_of(text, span, m.span) for m in (*roles.values(), *mentions))
    doubts = [note for note in notes if not note.startswith("简称")]
    remark = "；".join([*notes, *([] if roles else [_ROLE_BY_NAME if suggested else _NO_ROLE])])
    found_by: FoundBy = "derived" if suggested else "sentence"
    return Finding(
        unit, tuple(places)[:_MOST_SPANS], found_by, sure=bool(roles) and not doubts, remark=remark
    )


def _sentence_of(text: str, span: Span, place: Span) -> Span:
    """Return the sentence around a place."""
    line_start = text.rfind("\n", span.start, place.start) + 1 or span.start
    line_end = text.find("\n", place.end, span.end)
    line = Span(max(line_start, span.start), span.end if line_end < 0 else line_end)
    return next((s for s in sentences(text, line) if s.start <= place.start < s.end), line)
