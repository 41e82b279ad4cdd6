"""Where head, body and tail of a text lie, and what kind of document it therefore is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qianche.corpus.rule_texts.clauses import find_clauses
from qianche.corpus.rule_texts.draft import DocumentKind
from qianche.corpus.rule_texts.headings import find_headings, find_sections
from qianche.corpus.rule_texts.labels import Label, annex_label, is_title_like, section_label
from qianche.corpus.rule_texts.lines import Line, squeeze
from qianche.corpus.rule_texts.marks import Chain, Mark
from qianche.corpus.rule_texts.sequence import find_articles
from qianche.corpus.rule_texts.titles import find_title

# 关于修改《…》的决定, 修正案（草案）, 部分修订条文; not 修正 in the history of a law.
_AMENDING_TITLE = re.compile(
    r"关于(?:修改|修正|修订|废止和修改|修改和废止|废止、修改)[^》]*(?:》[^》]*)?的(?:决定|决议|通知|公告)(?:[（(].*)?$"
    r"|修正案(?:[（(][^）)]*[)）])*$|部分(?:修订|修改)?条文|修改单"
)
# 将第四条修改为：“…”, 删去第三条, 在第五条后增加一条, 第六条第二款修改为.
_AMENDING_CLAUSE = re.compile(
    r"(?:将|把|在|对|删去|删除|增加)?[^。，]{0,30}第[^条]{1,8}条[^。]{0,30}(?:修改|增加|删去|删除|改为)|增加一[条款项章]|修改为|删去|作(?:如下|出)修改"
)
_MIN_ARTICLES = 3
_MIN_CLAUSES = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """Kind, marks of the body's units in order, index of its first line, and where another text begins."""

    kind: DocumentKind
    marks: tuple[Mark, ...]
    first: int
    restart: int | None = None
    exceptions: tuple[str, ...] = ()


def find_layout(lines: Sequence[Line]) -> Layout:
    """Return the layout of lines without contents; `first` is the number of lines where there are no units."""
    articles, sections, clauses = find_articles(lines), find_sections(lines), find_clauses(lines)
    headings = find_headings(lines)
    if _is_amending(lines, articles, sections):
        chain = sections if sections.marks else articles
        return _layout("amending", lines, chain, ())
    numbered = sum(not mark.repeats for mark in articles.marks)
    alone = len(sections.marks) < 2 and len(clauses.marks) < _MIN_CLAUSES
    if (numbered >= _MIN_ARTICLES or (numbered and alone)) and not _attached(lines, sections, articles):
        return _layout("act", lines, articles, headings)
    if len(clauses.marks) >= _MIN_CLAUSES and any("." in mark.number for mark in clauses.marks):
        titled = tuple(mark for mark in sections.marks if _is_titled(lines[mark.line], mark))
        return _layout("standard", lines, clauses, (*headings, *titled))
    if sections.marks:
        return _layout("notice", lines, sections, headings)
    return Layout("list", (), _first_of_list(lines))


def _layout(kind: DocumentKind, lines: Sequence[Line], chain: Chain, headings: Sequence[Mark]) -> Layout:
    """Return the layout of a chain of units and the headings among and right above them."""
    marks = chain.marks
    last = marks[-1].line if marks else 0
    limit = len(lines) if chain.restart is None else chain.restart
    marks = tuple(
        sorted((*marks, *_above(headings, marks, last, limit)), key=lambda mark: (mark.line, mark.at))
    )
    if kind == "act":
        marks = _with_loose_headings(lines, marks)
    first = marks[0].line if marks else len(lines)
    return Layout(kind, marks, first, chain.restart, chain.exceptions)


def _above(headings: Sequence[Mark], marks: Sequence[Mark], last: int, limit: int) -> list[Mark]:
    """Return the headings up to the last unit, and those after it only where a text of their own could follow."""
    taken = {(mark.line, mark.at) for mark in marks}
    return [h for h in headings if h.line <= last and h.line < limit and (h.line, h.at) not in taken]


def _with_loose_headings(lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the marks with headings of no usual form that stand right above an article: 一、…, an md heading."""
    starts = {mark.line for mark in marks if mark.at == 0}
    found = list(marks)
    for index in range(min(starts, default=0) - 1, max(starts, default=0)):
        if index < 0 or index in starts or index + 1 not in starts:
            continue
        line = lines[index]
        label = section_label(line.text)
        titled = not line.table and is_title_like(line.text[label.end if label else 0 :])
        if titled and label:
            found.append(Mark(index, 0, "section", label, label.number))
        elif titled and line.heading and index > min(starts):
            found.append(Mark(index, 0, "section", Label("", "", 0, 0), ""))
    return tuple(sorted(found, key=lambda mark: (mark.line, mark.at)))


def _is_amending(lines: Sequence[Line], articles: Chain, sections: Chain) -> bool:
    """Return whether the text only changes other rules: by its title, or by what most of its sections do."""
    starts = [chain.marks[0].line for chain in (articles, sections) if chain.marks]
    title = find_title(lines[: min(starts, default=min(len(lines), 12))])
    if title is not None and _AMENDING_TITLE.search(title.text):
        return True
    changing = [m for m in sections.marks if _AMENDING_CLAUSE.search(lines[m.line].text[m.label.end :][:80])]
    return len(changing) >= 2 and len(changing) * 2 > len(sections.marks) > len(articles.marks)


def _attached(lines: Sequence[Line], sections: Chain, articles: Chain) -> bool:
    """Return whether the articles belong to an annex of a notice that has sections of its own."""
    first = articles.marks[0].line
    before = [mark.line for mark in sections.marks if mark.line < first]
    if len(before) < 2:
        return False
    return any(annex_label(line.text) for line in lines[before[-1] : first] if not line.table)


def _is_titled(line: Line, mark: Mark) -> bool:
    """Return whether the section's line is a heading."""
    return is_title_like(line.text[mark.label.end :])


def _first_of_list(lines: Sequence[Line]) -> int:
    """Return where a text without units begins: below its title, else with its first line."""
    title = find_title(lines[:12])
    if title is None or any(line.table or "。" in line.text for line in lines[: title.first]):
        return 0
    end = title.end
    while end < len(lines) and not lines[end].table and squeeze(lines[end].text)[:1] in "（(":
        end += 1
    return end
