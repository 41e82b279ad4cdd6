"""Take in every file of a folder and print one line a file, to be compared with the files by eye.

    python -m tests.extraction.try_files FOLDER [--most N] [--long]

A line: kind, accidents (or articles of a rule, or cases), then of the first accident day, place, deaths, injured,
loss, class; parts; citations; warnings; seconds. `--long` prints every field of every draft. `--most N` takes N files
spread evenly over the folder.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from qianche.corpus.errors import QiancheError
from qianche.corpus.intake import Intake
from qianche.corpus.reading.document import Document
from qianche.corpus.reports.draft import CaseDraft, Field, Finding
from qianche.corpus.rule_texts.draft import Node, RuleDraft
from qianche.corpus.taking_in import take_in


def main() -> None:
    """Print what comes of every file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--long", action="store_true")
    arguments = parser.parse_args()
    files = sorted(path for path in arguments.folder.rglob("*") if path.is_file())
    if arguments.most and len(files) > arguments.most:
        files = [files[i * len(files) // arguments.most] for i in range(arguments.most)]
    for path in files if arguments.folder.is_dir() else [arguments.folder]:
        started = time.perf_counter()
        try:
            intake = take_in(path, path.name)
        except QiancheError as error:
            print(f"{path.name[:40]} | {error.code}: {error.message}")
            continue
        print(f"{path.name[:40]} | {_line(intake)} | {time.perf_counter() - started:.2f} s")
        if arguments.long:
            print("\n".join(_details(intake)))


def _line(intake: Intake) -> str:
    """Return the most important things in one line."""
    document = intake.document
    if intake.rule_draft is not None:
        return f"rule {_of_rule(intake.rule_draft)}, {len(document.warnings)} warnings"
    if intake.cases:
        return f"{intake.kind} {len(intake.cases)} cases"
    if not intake.case_drafts:
        return f"{intake.kind} {len(document.text)} characters {list(document.warnings)}"
    draft = intake.case_drafts[0]
    return (
        f"{intake.kind} {len(intake.case_drafts)} accidents: {_shown(draft.moment)} {_shown(draft.place)} dead "
        f"{_shown(draft.deaths)} hurt {_shown(draft.injured)} loss {_shown(draft.direct_loss_wan)} "
        f"{ {scheme: _shown(of) for scheme, of in draft.accident_class.items()} } parts {len(draft.parts)} citations "
        f"{len(draft.citations)} warnings {len(document.warnings)}+{sum(len(d.warnings) for d in intake.case_drafts)}"
    )


def _of_rule(draft: RuleDraft) -> str:
    articles = sum(node.kind in ("条", "clause") for node in _walk(draft.body))
    return (
        f"{draft.kind} {draft.title} {draft.number} {draft.issuer} {draft.promulgated_on} {draft.effective_from} "
        f"{articles} articles {len(draft.annexes)} annexes {list(draft.exceptions)}"
    )


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _shown(field: Field[Any]) -> str:
    """Return the values of a field, a doubtful one with a question mark."""
    return " / ".join(f"{_value(f)}{'' if f.sure else '?'}" for f in field.findings) or "–"


def _value(finding: Finding[Any]) -> str:
    value = finding.value
    if hasattr(value, "day"):
        return f"{value.day} {value.time or ''}".strip()
    return str(getattr(value, "text", value))


def _details(intake: Intake) -> Iterator[str]:
    """Yield every field of every draft on lines of their own."""
    yield from (f"    document: {warning}" for warning in intake.document.warnings)
    for number, draft in enumerate(intake.case_drafts, 1):
        yield f"  accident {number}"
        yield from _fields(intake.document, draft)


def _fields(document: Document, draft: CaseDraft) -> Iterator[str]:
    for name in CaseDraft.__dataclass_fields__:
        value = getattr(draft, name)
        if isinstance(value, Field):
            for finding in value.findings:
                quote = document.quote(finding.spans[0])[:60].replace("\n", "⏎")
                doubt = "" if finding.sure else "?"
                yield f"    {name}: {_value(finding)[:90]}{doubt} <{finding.found_by}> “{quote}” {finding.remark}"
        elif name == "accident_class":
            yield f"    {name}: { {scheme: _shown(of) for scheme, of in value.items()} }"
        elif name == "parts":
            yield "    parts: " + " ".join(part.kind for part in value)
        elif name == "citations":
            yield "    citations: " + " | ".join(document.quote(c.span) for c in value)
        elif isinstance(value, tuple):
            yield from (f"    {name}: {_listed(item)[:110]}" for item in value)


def _listed(item: Any) -> str:
    """Return one entry of a list field."""
    if not isinstance(item, Finding):
        return str(item)
    return f"{item.value} {item.remark}"


if __name__ == "__main__":
    main()
