"""A document becomes the draft of a rule: head, contents, tree, annexes, and what is odd about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.rule_texts.annexes import split_tail
from qianche.corpus.rule_texts.content import content_nodes
from qianche.corpus.rule_texts.contents import find_contents
from qianche.corpus.rule_texts.dates import UNTIL_PROMULGATION, written
from qianche.corpus.rule_texts.draft import Node, RuleDraft
from qianche.corpus.rule_texts.heads import Head, commencement, plain_title, read_head
from qianche.corpus.rule_texts.layout import Layout, find_layout
from qianche.corpus.rule_texts.lines import Line, lines_of
from qianche.corpus.rule_texts.numbers import document_number
from qianche.corpus.rule_texts.tree import build, heading_exceptions, walk

# 道路运输条例(2023-07-20).md
_NAME_DATE = re.compile(r"[（(](\d{4})-(\d{2})-(\d{2})[)）]")
# [安委办〔2024〕2号]…的通知.docx
_NAME_NUMBER = re.compile(r"\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)?)\]")
# 本法自…, 本规定（试行）自…: the rule speaks of itself.
_OF_ITSELF = re.compile(r"本[\u4e00-\u9fff]{1,12}(?:（[^）]*）)?\s*自")
# From a decision to the day on which the amended text appears, which a file's name may give instead.
_UNTIL_PRINTED = timedelta(days=15)
# What ends an amending act and belongs to none of its clauses.
_FINAL = re.compile(r"本(?:决定|修正案|决议|通知|公告)|《[^》]+》根据本|此外")
_REVISED = re.compile(r"修订|修正|修改")


def parse_rule(document: Document, *, file_name: str = "") -> RuleDraft:
    """Return the draft of the rule that the document holds.

    Every non-space character of `document.text` lies in exactly one of `head`, `contents`, the own spans of
    `body`'s nodes, and `annexes`. Units are never cut or merged by their length. What the source itself has
    wrong (gaps, repeated numbers) is kept and told in `exceptions`.

    Args:
        document: a document as cleaned.
        file_name: name of the file; its date goes to `name_date`, its number fills a missing one.
    """
    lines = lines_of(document)
    block = find_contents(lines)
    contents = lines[block[0] : block[1]] if block else []
    text = [*lines[: block[0]], *lines[block[1] :]] if block else lines
    layout = find_layout(text)
    if block and layout.first < block[0]:
        # 目录 below the first unit is an annex's own.
        contents, text, layout = [], lines, find_layout(lines)
    last = layout.marks[-1].line if layout.marks else max(layout.first - 1, 0)
    tail = split_tail(text, last, layout.restart)
    end = max(tail.body_end, layout.first)
    head = read_head(text[: layout.first], [text[i] for i in tail.closing])
    body = _body(text, layout, end, head)
    draft = RuleDraft(
        kind=layout.kind,
        title=plain_title(head.title.text) if head.title else None,
        title_span=head.title.span if head.title else None,
        number=head.number,
        issuer=head.issuer,
        promulgated_on=head.promulgated_on,
        effective_from=head.effective_from,
        history=head.history,
        head=_spans(line for i, line in enumerate(text) if _in_head(i, layout, head) or i in tail.closing),
        contents=_spans([*contents, *(text[i] for i in tail.listing)]),
        body=body,
        annexes=tuple((label, Span(text[a].start, text[b - 1].end)) for label, a, b in tail.annexes),
        exceptions=(*layout.exceptions, *heading_exceptions(body), *_structural(layout, body, tail.annexes)),
    )
    return _named(_dated(draft, text[layout.first : end], head), file_name, head)


def _in_head(index: int, layout: Layout, head: Head) -> bool:
    """Return whether the line stands in the head: above the first unit and no preamble."""
    return index < layout.first and index not in head.preamble


def _body(text: Sequence[Line], layout: Layout, end: int, head: Head) -> tuple[Node, ...]:
    """Return the tree: the preamble as one node of text, then the units."""
    preamble = [text[i] for i in head.preamble]
    lead = (Node("text", "", "", _spans(preamble)),) if preamble else ()
    if not layout.marks:
        return (*lead, *content_nodes(text[layout.first : end]))
    marks = [replace(mark, line=mark.line - layout.first) for mark in layout.marks]
    units, final = text[layout.first : end], list[Line]()
    if layout.kind == "amending":
        at = next(
            (i for i, line in enumerate(units) if i > marks[-1].line and _FINAL.match(line.text)), len(units)
        )
        units, final = units[:at], list(units[at:])
    rest = (Node("text", "", "", _spans(final)),) if final else ()
    return (*lead, *build(units, marks), *rest)


def _spans(lines: Iterable[Line]) -> tuple[Span, ...]:
    """Return the spans of lines, in order."""
    return tuple(line.span for line in sorted(lines, key=lambda line: line.start))


def _structural(
    layout: Layout, body: Sequence[Node], annexes: Sequence[tuple[str, int, int]]
) -> tuple[str, ...]:  # fmt: skip
    """Return what is odd about the structure."""
    found = []
    empty = [n.label for n in walk(body) if n.kind == "条" and not n.children]
    if empty:
        found.append(f"{'、'.join(empty[:5])}{'等' if len(empty) > 5 else ''}只有条号，没有正文")
    if layout.restart is not None and annexes:
        found.append("正文之后另有一份重新编号的文件，列入附件")
    if layout.kind == "list":
        found.append("没有条、款编号，按段落收录")
    return tuple(found)


def _dated(draft: RuleDraft, body: Sequence[Line], head: Head) -> RuleDraft:
    """Return the draft with the day of commencement, taken as this text's own only where the head agrees."""
    clause = next((line.text for line in reversed(body) if _commences(line)), None)
    day, at_once = commencement(clause) if clause is not None else (None, False)
    stated, issued = draft.effective_from, draft.promulgated_on
    odd: list[str] = []
    if stated is not None and issued is not None and stated < issued:
        odd.append(
            f"题注所记施行日期{written(stated)}早于最后一次公布或修改（{written(issued)}），不是本文本的施行日期"
        )
        stated = None
    if day is not None and stated is None:
        if issued is not None and day >= issued:
            stated = day
        else:
            why = f"早于最后一次公布或修改（{written(issued)}）" if issued else "题注没有可以对照的日期"
            odd.append(
                f"施行条写明自{written(day)}起施行，{why}，可能是该规定最初的施行日期，未作为本文本的施行日期"
            )
    elif day is not None and day != stated and stated is not None:
        odd.append(f"题注的施行日期是{written(stated)}，施行条写的是{written(day)}，以题注为准")
    if at_once and stated is None and issued is not None:
        if head.passed_only:
            odd.append("施行条写明自公布之日起施行，题注只有通过日期，没有公布日期")
        elif any(_REVISED.search(event.event) for event in draft.history):
            odd.append("施行条写明自公布之日起施行，但文本经过修改，未据此推定本文本的施行日期")
        else:
            stated = issued
    return replace(draft, effective_from=stated, commencement=day, exceptions=(*draft.exceptions, *odd))


def _commences(line: Line) -> bool:
    """Return whether the line is the rule's own clause on commencement."""
    if line.table or not _OF_ITSELF.search(line.text):
        return False
    return commencement(line.text) != (None, False)


def _named(draft: RuleDraft, file_name: str, head: Head) -> RuleDraft:
    """Return the draft with what the file's name adds; the text comes first where the two differ."""
    odd: list[str] = []
    match = _NAME_DATE.search(file_name)
    day = _valid(*map(int, match.groups())) if match else None
    effective = draft.effective_from
    slack = UNTIL_PROMULGATION if head.passed_only else _UNTIL_PRINTED
    if day is not None and draft.promulgated_on is not None and day > draft.promulgated_on + slack:
        odd.append(
            f"文件名的日期{written(day)}晚于题注最后一次公布或修改（{written(draft.promulgated_on)}），题注可能缺少最近的修改"
        )
        if effective is not None and effective < day:
            effective = None
    brackets = _NAME_NUMBER.search(file_name)
    named = document_number(brackets[1]) if brackets else None
    if named is not None and draft.number is None:
        odd.append(f"正文没有文号，取文件名所写的{named}")
    elif named is not None and named != draft.number:
        odd.append(f"文件名的文号{named}与正文的{draft.number}不同，以正文为准")
    if draft.title is None:
        odd.append("正文没有标题")
    return replace(
        draft,
        number=draft.number or named,
        effective_from=effective,
        name_date=day,
        number_from_name=draft.number is None and named is not None,
        exceptions=(*draft.exceptions, *odd),
    )


def _valid(year: int, month: int, day: int) -> date | None:
    """Return the day, None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
