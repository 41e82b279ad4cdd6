"""Citations in the reports of a folder, listed to be read by eye: `python -m tests.extraction.measure_citations FOLDER`.

Printed for each report: what was found with its numbers (+), and the titles in 《》 that were not taken for a rule (-);
at the end how many of each.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from qianche.corpus.citations import find_citations, print_citation
from qianche.corpus.citations.find import TITLED
from qianche.corpus.taking_in import take_in_bytes
from tests.extraction.measure_parts import document_of


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield name and clean text of every report in the folder, and of each write-up in its JSON Lines files."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".txt", ".json") and "label" not in path.name:
            yield path.name, take_in_bytes(path.read_bytes(), path.name).document.text
        elif path.suffix == ".jsonl":
            for line in path.read_text("utf-8").splitlines():
                row = json.loads(line)
                yield f"{path.name}#{row.get('case', row.get('id', ''))}", document_of(row["text"]).text


def main(folder: Path) -> None:
    """Print the lists and the two totals."""
    found_total = passed_total = 0
    for name, text in texts(folder):
        found = find_citations(text)
        spans = [(c.span.start, c.span.end) for c in found]
        passed = [m for m in TITLED.finditer(text) if not any(a <= m.start() < b for a, b in spans)]
        found_total, passed_total = found_total + len(found), passed_total + len(passed)
        if found or passed:
            print(f"== {name}")
        for citation in found:
            print(f"  + {text[citation.span.start : citation.span.end]}  →  {print_citation(citation)}")
        for match in passed:
            print(f"  - {match[0]}")
    print(f"{found_total} citations; {passed_total} other titles in 《》")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
