"""How far the cause that a document states is established: found by an investigation, preliminary, or only told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.draft import CaseDraft

Basis = Literal["report", "file", "preliminary", "absent"]

TITLE_LINES = 6
"""Lines at the start that may be title and cover."""
TITLE_LINE_MAX = 60
"""Characters of a longer line, which is a sentence of the text."""

# …“5·6”火灾事故调查报告, …调查报告（公开版）, …调查报告国务院事故调查组; not 《…调查报告》公布, not …调查报告的批复.
_REPORT_TITLE = re.compile(
    r"调查报告书?(?:[（(][^（()）]*[)）])?(?:[^的》经已，。]{0,20}(?:调查组|政府|管理局|管理厅|委员会))?(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?)?$"
)
# 生产安全事故快报, 事故信息续报, 初步调查报告, 中期报告; not 事故通报, not 现代快报, not 中期支护.
_PRELIMINARY_TITLE = re.compile(
    r"(?:事故|信息|情况|灾情|^)(?:快报|初报|续报)|初步(?!设计)|(?:阶段性|中期)(?:调查)?报告"
)
# 经初步了解，系…, 初步原因, 初步分析为…; not 初步设计, not 初步验收.
_PRELIMINARY = re.compile(r"初步(?!设计|验收|方案|勘察)|初判")
# 事故原因正在进一步调查中, 具体原因尚在核实, 原因待查; not 事故原因调查结束.
_STILL_OPEN = re.compile(
    r"原因[^，。；\n]{0,6}(?:正在|尚在|仍在|有待)[^，。；\n]{0,8}(?:调查|核实|查明|确定)|原因待查"
)
# 事故调查组经调查认定，…, 调查组查明：…; not 调查组正在认定原因, not 调查组尚未查明.
_FOUND_BY_TEAM = re.compile(
    r"调查(?:工作)?(?:组|小组)(?:(?!正在|尚未|没有|未能|将)[^。；\n]){0,60}?(?:认定|查明|查实)"
)
# 经调查认定，…, 经事故调查查明 — where the text names a 调查组; not 经初步调查认定.
_FOUND = re.compile(
    r"经(?:过)?(?:事故)?(?:现场)?(?:勘查|勘验|调查)(?:取证|分析)?[^。；\n]{0,20}?(?:认定|查明|查实)"
)
_TEAM = re.compile(
    r"调查(?:工作)?(?:组|小组)(?![^。；\n]{0,30}(?:正在|尚未|没有|未能|将))[^。；\n]{0,60}?(?:认定|查明|查实)"
)
# 经调查认定，…, 经事故调查查明 — where the text names a 调查组; not 经初步调查认定.
_FOUND = re.compile(
    r"经(?:过)?(?:事故)?(?:现场)?(?:勘查|勘验|调查)(?:取证|分析|组)?[^。；\n]{0,20}?(?:认定|查明|查实)"
)
_TEAM = re.compile(r"调查(?:工作)?(?:组|小组)")
_INTRODUCES = "：:"
_BLANK = re.compile(r"\s+")


def cause_basis(document: Document, draft: CaseDraft) -> tuple[Basis, bool]:
    """Return how the direct cause of a draft is known, and whether it is in doubt (存疑).

    `report`: the document is an investigation report by its title, or states the cause as found by an investigation
    team, and the finding is sure. `preliminary`: title or cause say 初步, or the cause is said to be under
    investigation still. `file`: anything else that states a cause. `absent`: no cause.
    """
    findings = draft.direct_cause.findings
    if not findings:
        return "absent", False
    doubtful = len(findings) > 1 or not findings[0].sure
    titles = tuple(_titles(document, draft))
    said = _around(document, draft, findings[0].spans[0])
    by_title = any(map(_REPORT_TITLE.search, titles))
    still_open = not by_title and _STILL_OPEN.search(document.quote(draft.span))
    if any(map(_PRELIMINARY_TITLE.search, titles)) or _PRELIMINARY.search(said) or still_open:
        return "preliminary", doubtful
    if not doubtful and (by_title or _found_by_team(document.quote(draft.span), said)):
        return "report", False
    return "file", doubtful


def _found_by_team(text: str, said: str) -> bool:
    """Whether the words around the cause say that an investigation team found it."""
    return bool(_FOUND_BY_TEAM.search(said) or (_FOUND.search(said) and _TEAM.search(text)))


def _titles(document: Document, draft: CaseDraft) -> Iterator[str]:
    """Yield what may be the title: the file's own, every first line, and these lines put together."""
    lines: list[str] = []
    for line in document.quote(draft.span).lstrip().split("\n"):
        bare = _BLANK.sub("", line)
        if len(lines) == TITLE_LINES or len(bare) > TITLE_LINE_MAX or bare.endswith(("。", "；", "：")):
            break
        lines.append(bare)
        yield bare
        yield "".join(lines)
    if document.title and not document.text[: draft.span.start].strip():
        yield _BLANK.sub("", document.title)


def _around(document: Document, draft: CaseDraft, cause: Span) -> str:
    """The paragraphs of the cause, the heading over it, and the line that introduces it: 经调查组认定，原因如下：."""
    first, last = document.block_at(cause.start), document.block_at(max(cause.end - 1, cause.start))
    if not document.blocks:
        return document.quote(cause)
    blocks = list(document.blocks[first : last + 1])
    before = document.blocks[first - 1] if first else None
    if (
        before
        and before.start >= draft.span.start
        and document.text[before.end - 1 : before.end] in _INTRODUCES
    ):
        blocks.insert(0, before)
    pieces = [document.text[b.start : b.end] for b in blocks]
    headings = (p.heading for p in draft.parts if p.span.start <= cause.start < p.span.end)
    return "\n".join([*(document.quote(h) for h in headings if h), *pieces])
