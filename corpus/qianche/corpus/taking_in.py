"""A file of a user becomes what it holds: accidents with their evidence, a rule's tree, or whole cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qianche.corpus.given_cases import given_cases
from qianche.corpus.intake import Intake, TakeIn
from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reading.formats.json_file import read_json
from qianche.corpus.reading.formats.tables import read_table
from qianche.corpus.reading.isolation import WorkerPool
from qianche.corpus.reading.joined import join_documents
from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable, size_text
from qianche.corpus.reading.read import read
from qianche.corpus.reading.sniff import kind_of as format_kind_of
from qianche.corpus.reports.case_drafts import case_drafts
from qianche.corpus.reports.kinds import kind_of
from qianche.corpus.rule_texts.parse import parse_rule
from qianche.corpus.tables import is_accident_list, map_columns, rows_to_drafts


def take_in(path: Path, name: str, limits: Limits = DEFAULT_LIMITS) -> Intake:
    """Return what one file holds; every offset is into the text of its document.

    Args:
        path: where the bytes lie.
        name: the name the user gave the file; it tells CSV and Markdown from text and may hold a rule's date.
        limits: how much is read at most.

    Raises:
        Unreadable: the file cannot be read, is too large, or is an archive (see `reading.archives.members`).
        BadRecord: a file of the product's own schema with a mistake; the message names line and field.
    """
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise Unreadable(
            f"文件有 {size_text(size)}，超过上限 {size_text(limits.file_bytes)}。请拆分后再导入。",
            "too-large",
        )
    return take_in_bytes(path.read_bytes(), name, limits)


def take_in_bytes(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Intake:
    """Return what the bytes of one file hold; see `take_in`."""
    kind = format_kind_of(data, name)
    if kind == "json":
        return _of_json(data, name, limits)
    if kind == "table":
        return _of_table(clean(read_table(data, limits)))
    document = clean(read(data, name, limits))
    mapping = map_columns(document)
    if is_accident_list(document, mapping):
        return Intake(document, "table", case_drafts=rows_to_drafts(document, mapping))
    return _of_text(document, name)


def isolated_take_in(pool: WorkerPool, limits: Limits = DEFAULT_LIMITS) -> TakeIn:
    """Return a `take_in` that reads every file in a worker process of the pool.

    A file that crashes, hangs or fills the memory fails alone, as `Unreadable`; threads may call it at once.
    """
    return lambda path, name: pool.submit(take_in, path, name, limits).result()


def _of_json(data: bytes, name: str, limits: Limits) -> Intake:
    """Return whole cases, or what the texts of a JSON file hold."""
    cases = given_cases(data, name)
    documents = [clean(raw) for raw in read_json(data, limits)]
    document = join_documents(documents)
    if cases:
        return Intake(document, "table", cases=cases)
    if len(documents) == 1:
        return _of_text(document, name)
    return _of_records(document, documents)


def _of_records(document: Document, records: Sequence[Document]) -> Intake:
    """Return the accidents of a file of many texts; what is none of them is told in a warning."""
    kinds = [kind_of(record).kind for record in records]
    ends = [page.start for page in document.pages[1:]]
    bounds = zip(
        (page.start for page in document.pages), [*(e - 1 for e in ends), len(document.text)], strict=True
    )
    spans = [Span(start, end) for start, end in bounds]
    reports = [span for span, kind in zip(spans, kinds, strict=True) if kind == "report"]
    warnings = list(document.warnings)
    if "rule" in kinds:
        warnings.append(
            f"文件里有 {kinds.count('rule')} 部法规，未收录：每部法规应是一个文件。请拆开后再导入。"
        )
    if others := len(kinds) - len(reports) - kinds.count("rule"):
        warnings.append(f"{len(kinds)} 条记录中有 {others} 条既非事故也非法规，只保存原文。")
    drafts = case_drafts(document, reports)
    return Intake(
        replace(document, warnings=tuple(warnings)), "report" if reports else "other", case_drafts=drafts
    )


def _of_table(document: Document) -> Intake:
    """Return the accidents of a workbook or CSV file, one a row; columns not understood are told in warnings."""
    mapping = map_columns(document)
    warned = replace(document, warnings=(*document.warnings, *mapping.warnings))
    return Intake(warned, "table", case_drafts=rows_to_drafts(document, mapping))


def _of_text(document: Document, name: str) -> Intake:
    """Return what a text holds: accidents, a rule, or neither; a doubt about the kind is told in a warning."""
    verdict = kind_of(document)
    if not verdict.sure:
        doubt = f"文件类型判断不确定：{verdict.reason}。请核对。"
        document = replace(document, warnings=(*document.warnings, doubt))
    if verdict.kind == "report":
        return Intake(document, "report", case_drafts=case_drafts(document))
    if verdict.kind == "rule":
        return Intake(document, "rule", rule_draft=parse_rule(document, file_name=name))
    return Intake(document, verdict.kind)
