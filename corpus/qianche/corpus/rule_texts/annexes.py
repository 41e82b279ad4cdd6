"""What follows the last unit of a rule: list of annexes, signature, annexes, another text pasted behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qianche.corpus.rule_texts.dates import only_day
from qianche.corpus.rule_texts.labels import annex_label, clause_label, is_title_like
from qianche.corpus.rule_texts.lines import Line, squeeze
from qianche.corpus.rule_texts.organs import is_organ, signature

# Matches 抄送：…, （此件公开发布）, …办公厅2016年3月7日印发, 联系人：…; none of it is text of the rule.
_IMPRINT = re.compile(r"抄送|抄报|[（(]?此件|[（(]?信息公开|联系人|联系电话|.{2,30}日印发(?:[（(].*)?$")
_COMMENCES = re.compile(r"起(?:施行|实施|执行)")
# A list entry: 1.…, 2、…, （1）….
_LISTED = re.compile(r"[（(]?\d{1,2}[)）.．、]")
_LONGEST_LIST = 30
_FIRST = frozenset({"", "1", "一"})


@dataclass(slots=True)
class Tail:
    """The lines after the body, by index: where the body ends, signature, list of annexes, annexes."""

    body_end: int
    closing: list[int] = field(default_factory=list)
    listing: list[int] = field(default_factory=list)
    annexes: list[tuple[str, int, int]] = field(default_factory=list)
    """Label or title, first and end index."""


def split_tail(lines: Sequence[Line], last: int, restart: int | None) -> Tail:
    """Return how the lines after the last unit divide.

    Args:
        lines: all lines of the text.
        last: index of the line where the last unit of the body begins.
        restart: index of the line where another text's numbering begins, None where none does.
    """
    begins = _beginning_of_restart(lines, last, restart) if restart is not None else len(lines)
    end = next((i for i in range(last + 1, begins) if _ends_body(lines, i)), begins)
    if end == begins:
        end = _after_commencement(lines, last, begins)
    end = _before_organs(lines, end, last)
    tail = Tail(end)
    starts: list[tuple[str, int]] = []
    index = end
    while index < len(lines):
        line = lines[index]
        label = None if line.table else annex_label(line.text)
        if label and not starts and (stop := _listing_end(lines, index, begins)):
            tail.listing += range(index, stop)
            index = stop
            continue
        if label:
            starts.append((squeeze(line.text), index))
        elif index == begins and not (starts and starts[-1][1] == index - 1):
            starts.append((_title(line), index))
        elif not starts and (_is_closing(line) or _signs(lines, index)):
            tail.closing.append(index)
        elif not starts:
            starts.append((_title(line), index))
        index += 1
    stops = [*(start for _, start in starts), len(lines)][1:]
    tail.annexes = [(label, start, stop) for (label, start), stop in zip(starts, stops, strict=False)]
    return tail


def _ends_body(lines: Sequence[Line], index: int) -> bool:
    """Return whether the body cannot go on at this line: annex, date of signature, imprint."""
    line = lines[index]
    if line.table:
        return False
    return bool(
        annex_label(line.text) or only_day(line.text) or _IMPRINT.match(line.text) or signature(line.text)
    )


def _is_closing(line: Line) -> bool:
    """Return whether the line belongs to the signature."""
    text = line.text
    return not line.table and bool(
        only_day(text) or _IMPRINT.match(text) or is_organ(text) or signature(text)
    )


def _before_organs(lines: Sequence[Line], end: int, last: int) -> int:
    """Return the end of the body without the issuers that sign above a date."""
    if end < len(lines) and not lines[end].table and only_day(lines[end].text):
        while end - 1 > last and (is_organ(lines[end - 1].text) or _signs(lines, end - 1)):
            end -= 1
    return end


def _signs(lines: Sequence[Line], index: int) -> bool:
    """Return whether the line is a name above a date: whoever signs, an issuer by its form or not."""
    line = lines[index]
    if (
        line.table
        or index + 1 >= len(lines)
        or lines[index + 1].table
        or only_day(lines[index + 1].text) is None
    ):
        return False
    return is_title_like(line.text, 30) and not _LISTED.match(line.text) and annex_label(line.text) is None


def _after_commencement(lines: Sequence[Line], last: int, limit: int) -> int:
    """Return where something other than text follows the clause on commencement: a table, a title."""
    commenced = False
    for index in range(last, limit):
        line = lines[index]
        if commenced and (line.table or (is_title_like(line.text) and not _LISTED.match(line.text))):
            return index
        commenced = commenced or (not line.table and bool(_COMMENCES.search(line.text)))
    return limit


def _listing_end(lines: Sequence[Line], start: int, limit: int) -> int:
    """Return the end of a list of annexes that begins here, 0 where an annex itself begins.

    A list is short titles up to the signature or up to the first annex.
    """
    if "：" not in lines[start].text and ":" not in lines[start].text:
        return 0
    for index in range(start + 1, min(start + _LONGEST_LIST, limit)):
        line = lines[index]
        if line.table:
            return 0
        if _is_closing(line) or _signs(lines, index):
            return index
        label = annex_label(line.text)
        if label and label.number in _FIRST:
            return index
        if not (label or _LISTED.match(line.text) or is_title_like(line.text, 60)):
            return 0
    return 0


def _beginning_of_restart(lines: Sequence[Line], last: int, restart: int) -> int:
    """Return where the other text begins: its title and head stand above its first unit."""
    begin = restart
    while begin - 1 > last:
        line = lines[begin - 1]
        head = not line.table and (is_title_like(line.text) or line.heading or line.text[0] in "（(")
        if not head or clause_label(line.text):
            break
        begin -= 1
    return begin


def _title(line: Line) -> str:
    """Return the line where it can be the title of an annex, else ""."""
    return squeeze(line.text) if not line.table and is_title_like(line.text, 60) else ""
