"""Persons for whom a report proposes something: name, post, proposal, as the report writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.content.entries import is_lead, marker_end, read_entries
from qianche.corpus.reports.content.people_table import people_in_tables
from qianche.corpus.reports.content.person_names import (
    ends_like_post,
    looks_like_name,
    name_pattern,
    post_pattern,
)
from qianche.corpus.reports.content.proposals import group_proposal, penalty_kind, proposal_in
from qianche.corpus.reports.content.sentences import clauses, paragraphs, sentences, trimmed
from qianche.corpus.reports.content.unit_names import find_unit_names
from qianche.corpus.reports.draft import Finding, Part, Person
from qianche.corpus.statutes.numerals import from_chinese

_NAME = name_pattern()
# 张某，男 张某（某公司经理） 张某、李某，矿长 张某作为… — not 张某集团, 安全管理.
_AT_HEAD = re.compile(
    rf"(?P<names>{_NAME}(?:、{_NAME})*)\s*(?=[，,（(：:。]|作为|系|身为|对|在|未|违反|违章|时任|于|因|负|涉嫌)"
)
# 安全监察员黄某，对… 车间主任周某、副主任兰某，… — the post stands before the name.
_AFTER_POST = re.compile(
    rf"(?P<post>[^，,。；;：:、\n（）()“”《》]{{0,36}}?{post_pattern()})(?P<names>{_NAME}(?:、{_NAME})*)(?=[，,、。；;（(及和对在因未等]|\Z)"
)
# 副局长乌某分管…, “某某”轮二副龚某为… at the head of a sentence, whatever follows the name.
_POST_AND_NAME = re.compile(
    rf"(?P<post>(?:“[^”]{{1,12}}”)?[^，,。；;：:、\n（）()“”《》]{{0,36}}?{post_pattern()})(?P<names>{_NAME})"
    r"(?=[分负为系违履涉作没行主]|给予|处以|罚款)"
)
# Particulars between name and post: 男，汉族，45岁，中共党员，贵州省某县人，身份证号…
_PARTICULAR = re.compile(
    r"(?:性别)?[男女]|.{1,6}族|\d{1,3}岁|.{0,12}(?:出生|生)|.{0,8}党员|群众|.{2,16}[省市县区州镇乡村旗].{0,4}人|.{0,6}(?:文化|学历|毕业)|身份证.*|"
    r"\d{4}年.*(?:至今|任职|入职|参加工作|入党).*|无党派|已死亡|死者|伤者|在逃"
)
# 矿长对事故负主要责任，建议… 安全处处长、副处长，决定…
_POST_AT_HEAD = re.compile(
    rf"(?P<post>[^，,。；;：:\n]{{0,40}}?{post_pattern()}(?:、[^，,。；;：:、\n]{{0,12}}{post_pattern()})*)(?=[，,对负在因未])"
)
# 车间主任罚款800元 给予车间副主任行政记过处分 — what follows must be a penalty.
_POST_AND_PENALTY = re.compile(
    rf"(?:给予|对|责令|将)?(?P<post>[^，,。；;：:、\n给予对责令将]{{0,30}}?{post_pattern()})(?=罚|处|给予|行政|政务|党内|记|警告|撤|免|降|开除|调|扣|通报|予以)"
)
_NO_NAME = "原文未写姓名"
_COUNT = re.compile(r"[（(]\s*共?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*[人名]\s*[）)]")
_GROUP = re.compile(r"人员|责任人|责任者|建议|公职人员|追究|处罚|处分|处理|移送")


@dataclass(frozen=True, slots=True)
class _Group:
    """A heading over persons, with the number of persons it promises."""

    span: Span
    count: int | None


def find_people(document: Document, span: Span, parts: tuple[Part, ...]) -> tuple[Finding[Person], ...]:
    """Return the persons of 责任认定与处理建议 in order, one finding each; units are no persons.

    `name` is as written (张某, 戴xx), "" where the report gives only the post; `proposal` is the words of the
    proposal, or of the heading over the group (said in `remark`), "" where there is neither.
    """
    text = document.text
    groups = _groups(text, parts)
    found: dict[tuple[int, str, str], Finding[Person]] = {}
    for part in (part for part in parts if part.kind == "responsibility"):
        told = [
            f
            for place in _places(document, part)
            for f in _persons(text, place, _group_before(groups, place.start))
        ]
        for finding in (*told, *people_in_tables(document, part)):
            key = (finding.spans[0].start, finding.value.name, finding.value.role)
            found.setdefault(key, finding)
    return tuple(found.values())


def check_people(document: Document, span: Span, parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Return a Chinese warning for every group heading whose number of persons is not the number read."""
    text = document.text
    groups = _groups(text, parts)
    people = find_people(document, span, parts)
    warnings = []
    for group in groups:
        if group.count is None:
            continue
        read = sum(1 for finding in people if _group_before(groups, finding.spans[0].start) == group)
        if read != group.count:
            heading = text[group.span.start : group.span.end]
            warnings.append(f"“{heading}”写明{group.count}人，读出{read}人，请对照原文核对。")
    return tuple(warnings)


def _places(document: Document, part: Part) -> Iterator[Span]:
    """Yield the texts in which persons can stand: the entries of a part, and its paragraphs, tables left out."""
    text = document.text
    tables = [block for block in document.blocks if block.kind == "table"]
    start = part.heading.end if part.heading else part.span.start
    for entry in read_entries(text, Span(start, part.span.end), ordinals=False):
        lines = [
            p for p in paragraphs(text, entry.text) if not any(t.start <= p.start < t.end for t in tables)
        ]
        if not lines or (entry.parent and is_lead(text, entry.text)):
            continue
        if len(lines) > 1 and _is_group(text, lines[0], parent=True):
            lines = lines[1:]
        blocks = [line for line in lines if _begins_person(text, line)]
        if len(blocks) > 1:  # persons as paragraphs without numbers
            yield from _from_each(lines, blocks)
        else:
            yield Span(lines[0].start, lines[-1].end)


def _from_each(lines: Sequence[Span], blocks: Sequence[Span]) -> Iterator[Span]:
    """Yield from every paragraph that begins with a person to the one before the next."""
    ends = [block.start for block in blocks[1:]] + [lines[-1].end]
    for block, end in zip(blocks, ends, strict=True):
        yield Span(block.start, max(line.end for line in lines if line.start < end))


def _begins_person(text: str, line: Span) -> bool:
    """Return whether a paragraph begins with a name, or with a post and a name."""
    start = marker_end(text, line)
    return bool(_head_names(text, Span(start, line.end)) or _AFTER_POST.match(text, start, line.end))


def _groups(text: str, parts: Sequence[Part]) -> list[_Group]:
    """Return the headings over persons, in order."""
    found: dict[int, _Group] = {}
    for part in parts:
        if part.kind != "responsibility":
            continue
        if part.heading:
            last = paragraphs(text, part.heading)[-1:]
            for line in last:
                found[line.start] = _Group(line, _count(text, line))
        start = part.heading.end if part.heading else part.span.start
        for entry in read_entries(text, Span(start, part.span.end), ordinals=False):
            lead = paragraphs(text, entry.text)[:1]
            if lead and _is_group(text, lead[0], parent=entry.parent):
                found[entry.start] = _Group(Span(entry.start, lead[0].end), _count(text, lead[0]))
    return [found[start] for start in sorted(found)]


def _is_group(text: str, line: Span, *, parent: bool) -> bool:
    """Return whether a line is a heading over persons or units and no entry about one."""
    if _count(text, line) is not None and line.end - line.start <= 60:
        return True
    short = line.end - line.start <= 50 and is_lead(text, line) and not _begins_person(text, line)
    return (
        short
        and bool(_GROUP.search(text, line.start, line.end))
        and (parent or text[line.end - 1] not in "。；")
    )


def _count(text: str, line: Span) -> int | None:
    """Return the number of persons in a heading: （12人） → 12."""
    match = _COUNT.search(text, line.start, line.end)
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else from_chinese(match[1])


def _group_before(groups: Sequence[_Group], offset: int) -> _Group | None:
    """Return the last heading that begins at or before a place."""
    return next((group for group in reversed(groups) if group.span.start <= offset), None)


def _persons(text: str, place: Span, group: _Group | None) -> Iterator[Finding[Person]]:
    """Yield the persons of one entry; all share its proposal."""
    place = Span(marker_end(text, place), place.end)
    if _is_group(text, place, parent=False):
        return
    proposal = proposal_in(text, place)
    named = list(_named(text, Span(place.start, proposal.start if proposal else place.end)))
    if not named and proposal and proposal.start == place.start:  # 矿长张某行政拘留10日: one clause says both
        named = list(_named(text, place))
    if not named and proposal and not _is_about_unit(text, place):
        yield from _unnamed(text, place, proposal)
        return
    over = group_proposal(text, group.span) if group and not proposal else None
    if not proposal and not over:
        return
    where = proposal or over
    words = text[where.start : where.end] if where else ""
    for name, role in named:
        notes = ["处理建议取自所在组的标题"] if over else []
        spans = (place, *([where] if where else []))
        yield Finding(
            Person(name, role, words), spans, "heading" if over else "sentence", bool(name), "；".join(notes)
        )


def _named(text: str, place: Span) -> Iterator[tuple[str, str]]:
    """Yield the persons (name, post) that an entry is about: at its head, else after their posts."""
    names = _head_names(text, place)
    if names:
        after = place.start + len("、".join(names))
        role = _post_after(text, Span(after, place.end))
        yield from ((name, role) for name in names)
        return
    if _is_about_unit(text, place):
        return
    seen: set[str] = set()
    for sentence in sentences(text, place):
        head = _POST_AND_NAME.match(text, sentence.start, sentence.end)
        for match in [head] if head else _AFTER_POST.finditer(text, sentence.start, sentence.end):
            for name in match["names"].split("、"):
                if looks_like_name(name) and name + match["post"] not in seen:
                    seen.add(name + match["post"])
                    yield name, _bare_post(match["post"])
        if seen:
            return


def _is_about_unit(text: str, place: Span) -> bool:
    """Return whether an entry is about a unit: its name, then a stop (某公司，未… — not 某公司经理张某，…)."""
    units = find_unit_names(text, Span(place.start, min(place.end, place.start + 60)))
    return (
        bool(units)
        and units[0].span.start == place.start
        and text[units[0].span.end : place.end][:1] in "，。,：:；（("
    )


def _head_names(text: str, place: Span) -> list[str]:
    """Return the names that a text begins with, none where it begins with a unit or another word."""
    match = _AT_HEAD.match(text, place.start, place.end)
    if match is None:
        return []
    units = find_unit_names(text, Span(place.start, min(place.end, place.start + 40)))
    if units and units[0].span.start == place.start and units[0].span.end > match.end("names"):
        return []
    names = match["names"].split("、")
    return names if all(looks_like_name(name) for name in names) else []


def _post_after(text: str, rest: Span) -> str:
    """Return the post after a name: in brackets, after 作为, or the first phrases that end as posts do."""
    quote = text[rest.start : rest.end].split("\n")[0]
    bracket = re.match(r"\s*[（(]([^（）()]+(?:[（(][^（）()]*[）)][^（）()]*)?)[）)]", quote)
    if (
        bracket
        and (ends_like_post(bracket[1]) or len(bracket[1]) > 6)
        and not _COUNT.fullmatch(bracket[0].strip())
    ):
        return bracket[1]
    tokens = list(
        re.finditer(
            r"[^，,。；;：:]+", re.sub(r"^\s*[（(][^（）()]*[）)]", lambda m: "，" * len(m[0]), quote)
        )
    )
    kept: list[re.Match[str]] = []
    for token in tokens[:10]:
        phrase = token[0].strip()
        if _PARTICULAR.fullmatch(phrase) and not kept:
            continue
        if ends_like_post(phrase) and len(phrase) <= 45:
            kept.append(token)
        else:
            break
    if not kept:
        return ""
    role = quote[kept[0].start() : kept[-1].end()].strip()
    return re.sub(r"^(?:作为|系|身为|时任|是|为)", "", role)


def _bare_post(post: str) -> str:
    """Return a post without the words that lead up to it."""
    return re.sub(r"^(?:建议|决定|其中|以及|同时)*(?:对|由|给予|取消|免去|将)?", "", post).strip()


def _unnamed(text: str, place: Span, proposal: Span) -> Iterator[Finding[Person]]:
    """Yield the persons of an entry that gives only posts: 安全处处长、副处长，…决定给予…; 车间主任罚款800元."""
    head = _POST_AT_HEAD.match(text, place.start, proposal.start)
    if head:
        words = text[proposal.start : proposal.end]
        for post in head["post"].split("、"):
            yield Finding(Person("", post, words), (place, proposal), "sentence", False, _NO_NAME)
        return
    for clause in clauses(text, place):
        told = _POST_AND_PENALTY.search(text, clause.start, clause.end)
        if told and penalty_kind(text[told.end("post") : clause.end]):
            where = trimmed(text, Span(told.start(), clause.end - (text[clause.end - 1] in "，,。；;")))
            person = Person("", told["post"], text[where.start : where.end])
            yield Finding(person, (where,), "sentence", False, _NO_NAME)
