"""Rows of a table of accidents as drafts, one an accident, every value with the span of its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qianche.corpus.citations import find_citations
from qianche.corpus.citations.citation import Citation
from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.draft import CaseDraft, Field, Finding, Moment, Part, PartKind, Unit
from qianche.corpus.reports.fields import find_facts
from qianche.corpus.tables.columns import ColumnMapping, TableMapping
from qianche.corpus.tables.facts import DATE_DOUBT, Cell, RowCells, graded, is_coal_mine, row_facts
from qianche.corpus.tables.sections import is_header_again
from qianche.corpus.tables.values import entries, is_empty, listed, read_year

PART_KINDS: dict[str, PartKind] = {
    "course": "course", "response": "response", "casualties": "losses", "direct_cause": "direct_cause", "cause": "direct_cause",
    "indirect_causes": "indirect_cause", "nature": "nature", "responsibility": "responsibility", "lessons": "lessons",
    "measures": "measures",
}  # fmt: skip
"""Columns whose cells are parts of a report."""
ROLES = {
    "unit": "事故单位",
    "owner": "建设单位",
    "contractor": "施工单位",
    "subcontractor": "分包单位",
    "supervisor": "监理单位",
}
IDENTIFYING = frozenset(
    {"name", "date", "year", "month_day", "place", "unit", "course", "deaths", "casualties"}
)
"""A row with none of these goes on with the accident of the row above (one victim a row, causes over several)."""
GOING_ON = frozenset({*PART_KINDS, "failed_barriers", "equipment", "substances"})
"""Columns of which a cell alone in its row goes on with the row above; any other cell alone is a caption."""
ASKED_OF_TEXT = (
    "moment", "place", "deaths", "missing", "severe_injuries", "injured", "direct_loss_wan", "sector", "work_kind",
)  # fmt: skip
"""Fields asked of the cells in words where no column of their own says anything."""
COMPARED = {
    "moment": "发生日期",
    "deaths": "死亡人数",
    "missing": "失踪人数",
    "direct_loss_wan": "直接经济损失（万元）",
}
"""Figures of which the words of a row are compared with its columns."""
LEAST_WORDS = 15
"""Characters from which on a cell may tell an accident."""

# The rows under a table that are no accident: 合计, 填表人：, 注：.
_FOOT = re.compile(
    r"^(?:本页|本月|本年|全年|累计)?(?:合计|总计|小计|共计|累计|平均)|^(?:填表|制表|填报|审核|统计|报送)[^，。]{0,8}[:：]|^(?:备?注|说明)[:：]"
)


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for the rows that follow: the year that title or a caption names, and where it stands."""

    year: int | None
    span: Span | None


def rows_to_drafts(document: Document, mapping: ColumnMapping) -> tuple[CaseDraft, ...]:
    """Return one draft for every row that tells an accident, in the order of the document.

    A row that cannot be read whole is a draft all the same, with a warning that names row and cell. Rows that are
    none: repeated headers, captions of one cell, sums, notes under the table. A row that names neither accident,
    day, place nor unit goes on with the row above.

    Args:
        document: the document that the mapping was made for.
        mapping: as `map_columns` found it or a person corrected it; tables that are no lists of accidents give nothing.
    """
    citations = find_citations(document.text)
    drafts: list[CaseDraft] = []
    for table in mapping.tables:
        if table.use == "accidents":
            drafts += _of_table(document, table, citations)
    return tuple(drafts)


def row_number(document: Document, draft: CaseDraft) -> int | None:
    """Return the row of its table that a draft was made from, counted from 1; None for a draft that is no row."""
    fields: tuple[Field[Any], ...] = (
        draft.name,
        draft.moment,
        draft.place,
        draft.deaths,
        draft.injured,
        draft.direct_cause,
    )
    findings: list[Finding[Any]] = [*(f for field in fields for f in field.findings), *draft.units]
    if not any(finding.found_by == "table" for finding in findings):
        return None
    rows = (enumerate(block.rows, 1) for block in document.blocks if block.kind == "table")
    return next((n for of in rows for n, row in of if row and row[0].start == draft.span.start), None)


def day_doubt(warnings: Sequence[str]) -> str:
    """Return why a row has no day, of the warnings of its draft (日期不存在（2022-02-30）), "" where none says so."""
    told = (warning.partition(DATE_DOUBT)[2].removesuffix("。请更正。") for warning in warnings)
    return next(filter(None, told), "")


def _of_table(document: Document, table: TableMapping, citations: Sequence[Citation]) -> list[CaseDraft]:
    """Return the drafts of one table."""
    rows = document.blocks[table.block].rows
    header = [[document.quote(cell).strip() for cell in rows[i]] for i in table.header]
    context = _context(document, table, rows)
    drafts: list[CaseDraft] = []
    for number in range(table.first, table.end):
        texts = [document.quote(cell).strip() for cell in rows[number]]
        filled = [text for text in texts if text]
        if not filled or is_header_again(texts, header) or _FOOT.match(filled[0]):
            continue
        row = _cells(document, table, rows[number], number + 1)
        if len(filled) == 1 and len(table.columns) > 2 and not row.cells.keys() & GOING_ON:
            year = read_year(filled[0])
            context = _Context(year, _span(rows[number])) if year else context
            continue
        if drafts and not any(name in IDENTIFYING for name in row.cells):
            drafts[-1] = _going_on(document, drafts[-1], row, citations)
            continue
        drafts.append(_draft(document, row, context, citations))
    return drafts


def _context(document: Document, table: TableMapping, rows: Sequence[Sequence[Span]]) -> _Context:
    """Return the year that the title over the table or the heading before it names."""
    above = min(table.header, default=table.first)
    places = [_span(rows[i]) for i in range(above - 1, -1, -1) if rows[i]]
    places += [
        Span(b.start, b.end)
        for b in document.blocks[max(table.block - 1, 0) : table.block]
        if b.kind != "table"
    ]
    for span in places:
        if year := read_year(document.quote(span)):
            return _Context(year, span)
    return _Context(None, None)


def _span(row: Sequence[Span]) -> Span:
    """Return the span of a whole row."""
    return Span(row[0].start, row[-1].end) if row else Span(0, 0)


def _cells(document: Document, table: TableMapping, row: Sequence[Span], number: int) -> RowCells:
    """Return the filled cells of a row by the field of their column."""
    found: dict[str, list[Cell]] = {}
    for column in table.columns:
        if column.field is None or column.index >= len(row):
            continue
        span = row[column.index]
        text = document.quote(span)
        if text.strip() and not (is_empty(text) and column.field != "number"):
            found.setdefault(column.field, []).append(
                Cell(text, span, column.unit, column.sure, column.header)
            )
    return RowCells(number, _span(row), found)


def _draft(document: Document, row: RowCells, context: _Context, citations: Sequence[Citation]) -> CaseDraft:
    """Return the draft of one row."""
    parts = tuple(_parts(row))
    facts, warnings = row_facts(row, context.year, context.span)
    facts, conflicts = _with_words(document, row, parts, facts)
    facts["severity_computed"], other_grade = graded(row, facts)
    warnings += [*conflicts, *other_grade]
    causes = _spoken(row, "direct_cause", "cause")
    if not facts["moment"].findings and not any(
        warning.startswith(f"第 {row.number} {DATE_DOUBT}") for warning in warnings
    ):
        warnings.append(f"第 {row.number} 行没有可用的发生日期。请补上。")
    return CaseDraft(
        span=row.span,
        parts=parts,
        **facts,
        units=tuple(
            Finding(Unit(cell.text.strip(), role), (cell.span,), "table", cell.sure)
            for name, role in ROLES.items()
            for cell in row.cells.get(name, ())
        ),
        activity=Field(tuple(_spoken(row, "activity"))),
        equipment=tuple(_things(row, "equipment")),
        substances=tuple(_things(row, "substances")),
        initiating_event=Field(tuple(_spoken(row, "initiating_event"))),
        direct_cause=Field(tuple(causes)),
        indirect_causes=tuple(_entries(row, "indirect_causes")),
        failed_barriers=tuple(_entries(row, "failed_barriers")),
        citations=_within(citations, row.span),
        lessons=tuple(_entries(row, "lessons")),
        measures=tuple(_entries(row, "measures")),
        warnings=tuple(warnings),
    )


def _parts(row: RowCells) -> Iterable[Part]:
    """Yield the cells that are parts of a report, in the order of the row."""
    cells = [(cell, kind) for name, kind in PART_KINDS.items() for cell in row.cells.get(name, ())]
    for cell, kind in sorted(cells, key=lambda found: found[0].span.start):
        yield Part(kind, cell.span)


def _with_words(
    document: Document, row: RowCells, parts: tuple[Part, ...], facts: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Return the facts with what the cells in words tell of them, and a warning for every contradiction.

    Fields that no column gives are taken from the words; a figure that the words give otherwise stands beside the
    column's.
    """
    told = next(
        (row.cells[name][0] for name in ("course", "cause", "direct_cause") if name in row.cells), None
    )
    if told is None or len(told.text) < LEAST_WORDS:
        return facts, []
    found = find_facts(document, told.span, tuple(part for part in parts if part.span == told.span))
    taken = {name: getattr(found, name) for name in ASKED_OF_TEXT if not facts[name].findings}
    if not facts["accident_class"]:
        taken["accident_class"] = {scheme: of for scheme, of in found.accident_class.items() if of.findings}
    if not is_coal_mine(taken.get("sector", facts["sector"])):
        taken.get("accident_class", {}).pop("coal-8", None)
    conflicts: list[str] = []
    for name, words in COMPARED.items():
        own, other = facts[name].value, getattr(found, name).value
        if own is None or other is None or _comparable(own) == _comparable(other):
            continue
        if getattr(found, name).findings[0].sure:
            taken[name] = Field((*facts[name].findings, *getattr(found, name).findings))
            conflicts.append(
                f"数据有出入：第 {row.number} 行的{words}，列中为 {_comparable(own)}，"
                f"文字中为 {_comparable(other)}。请核对后选定。"
            )
    return facts | taken, conflicts


def _comparable(value: Any) -> Any:
    """Return what two values are compared by: of a moment the day, of an amount the number as it is printed."""
    return value.day if isinstance(value, Moment) else f"{value:g}"


def _spoken(row: RowCells, *names: str) -> list[Finding[str]]:
    """Return the cell of the first of the columns that is filled, as it stands."""
    for name in names:
        if cells := row.cells.get(name):
            remark = "列名没有区分直接原因和间接原因" if name == "cause" else ""
            return [
                Finding(c.text.strip(), (c.span,), "table", c.sure and not remark, remark) for c in cells[:1]
            ]
    return []


def _entries(row: RowCells, name: str) -> list[Finding[str]]:
    """Return the numbered entries of the cells of a column, each with its own span."""
    return [_cut(cell, start, end) for cell in row.cells.get(name, ()) for start, end in entries(cell.text)]


def _things(row: RowCells, name: str) -> list[Finding[str]]:
    """Return the things that a cell lists."""
    return [_cut(cell, start, end) for cell in row.cells.get(name, ()) for start, end in listed(cell.text)]


def _cut(cell: Cell, start: int, end: int) -> Finding[str]:
    span = Span(cell.span.start + start, cell.span.start + end)
    return Finding(cell.text[start:end].strip(), (span,), "table", cell.sure)


def _going_on(
    document: Document, draft: CaseDraft, row: RowCells, citations: Sequence[Citation]
) -> CaseDraft:
    """Return the draft with what a row adds that names no accident of its own."""
    span = Span(draft.span.start, row.span.end)
    return replace(
        draft,
        span=span,
        parts=(*draft.parts, *_parts(row)),
        indirect_causes=(*draft.indirect_causes, *_entries(row, "indirect_causes")),
        lessons=(*draft.lessons, *_entries(row, "lessons")),
        measures=(*draft.measures, *_entries(row, "measures")),
        citations=_within(citations, span),
        warnings=(*draft.warnings, f"第 {row.number} 行没有事故名称、时间、地点和单位，按上一行的续行处理。"),
    )


def _within(citations: Sequence[Citation], span: Span) -> tuple[Citation, ...]:
    return tuple(c for c in citations if span.start <= c.span.start and c.span.end <= span.end)
