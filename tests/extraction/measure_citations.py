"""Citations in the reports of a folder, found and resolved: `python -m tests.extraction.measure_citations FOLDER HOME`.

HOME is a data folder whose records are built. Each citation is judged on the day of the accident where the report
tells one, else today. Printed is one Markdown table: report, day, citations, how many of each outcome; then, for what
is not resolved, how many of each reason with the rules. With `--list` every citation stands under its report to be
read by eye, and the titles in 《》 that were not taken for a rule (-).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qianche.corpus.citations.naming import TITLED
from qianche.corpus.citations.outcomes import Outcome, Resolution
from qianche.corpus.reading.document import Document
from qianche.corpus.reports.case_drafts import case_drafts
from qianche.corpus.taking_in import take_in_bytes
from qianche.indexing.open import open_knowledge_base
from qianche.indexing.rulebook.citing import resolve_text
from tests.extraction.measure_parts import document_of

READ = (".txt", ".json", ".pdf")
COLLECTION = "coal_cases_labelled"
"""A file of many short write-ups, one row of the table."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report with the day on which its citations are judged; `of_accident`: the day is that of the accident."""

    name: str
    text: str
    day: date
    of_accident: bool


def told(folder: Path) -> Iterator[Told]:
    """Yield every report in the folder, and each write-up in its JSON Lines files."""
    for path in sorted(folder.iterdir()):
        if path.suffix in READ and "label" not in path.name:
            yield _told(path.name, take_in_bytes(path.read_bytes(), path.name).document)
        elif path.suffix == ".jsonl":
            for line in path.read_text("utf-8").splitlines():
                yield _told(path.stem, document_of(json.loads(line)["text"]))


def _told(name: str, document: Document) -> Told:
    """Return a report with the day of the one accident that it tells."""
    moments = [draft.moment.value for draft in case_drafts(document)]
    days = {moment.day for moment in moments if moment is not None}
    day = days.pop() if len(days) == 1 else None
    return Told(name, document.text, day or date.today(), day is not None)


def main(folder: Path, home: Path, listed: bool) -> None:
    """Print the table, and the reasons behind it."""
    base = open_knowledge_base(home)
    rows: dict[str, Counter[str]] = {}
    reasons: Counter[tuple[str, str]] = Counter()
    days: dict[str, set[str]] = {}
    for report in told(folder):
        found = resolve_text(base, report.text, report.day)
        row = rows.setdefault(report.name, Counter())
        days.setdefault(report.name, set()).add(str(report.day) if report.of_accident else "today")
        row.update(resolution.outcome.value for resolution in found)
        reasons.update(
            (resolution.outcome.value, _named(resolution))
            for resolution in found
            if resolution.outcome is not Outcome.RESOLVED
        )
        if listed:
            _list(report, found)
    base.close()
    _print_table(rows, days)
    for (outcome, name), count in sorted(reasons.items()):
        print(f"| {outcome} | {name} | {count} |")


def _named(resolution: Resolution) -> str:
    """Return the rule that a citation names, as the register has it or as it is written."""
    if resolution.version is not None:
        return f"{resolution.version.title} @{resolution.version.version_date or 'undated'}"
    citation = resolution.citation
    return citation.title or citation.number or f"({citation.relative})"


def _list(report: Told, found: tuple[Resolution, ...]) -> None:
    """Print the citations of a report, each with what became of it, and the titles passed over."""
    spans = [resolution.citation.span for resolution in found]
    passed = [m for m in TITLED.finditer(report.text) if not any(s.start <= m.start() < s.end for s in spans)]
    print(f"== {report.name} {report.day}{'' if report.of_accident else ' (today)'}")
    for resolution in found:
        span = resolution.citation.span
        print(f"  + {report.text[span.start : span.end]}  →  {resolution.outcome}  {resolution.canonical}")
        for message in (resolution.read_as, *resolution.messages):
            print(f"      {message}" if message else "", end="\n" if message else "")
        for candidate in resolution.candidates:
            print(f"      ? {candidate.version.title} {candidate.version.version_id}")
        for part in resolution.provisions:
            if part.outcome is not Outcome.RESOLVED:
                print(f"      {part.outcome} {part.citation} {part.message}")
    for match in passed:
        print(f"  - {match[0]}")


def _print_table(rows: dict[str, Counter[str]], days: dict[str, set[str]]) -> None:
    """Print how many citations of each report came to which outcome."""
    outcomes = [outcome.value for outcome in reversed(Outcome)]
    print("| report | day | citations | " + " | ".join(outcomes) + " |")
    print("|---|---|---:|" + "---:|" * len(outcomes))
    for name, row in rows.items():
        told_days = days[name]
        day = next(iter(told_days)) if len(told_days) == 1 else f"{len(told_days)} days"
        print(f"| {name} | {day} | {row.total()} | " + " | ".join(str(row[o]) for o in outcomes) + " |")
    total = sum(rows.values(), Counter[str]())
    print(f"| all | | {total.total()} | " + " | ".join(str(total[o]) for o in outcomes) + " |")


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--list"]
    main(Path(arguments[0]), Path(arguments[1]), "--list" in sys.argv)
