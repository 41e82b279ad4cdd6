"""Measures `reports.content` against values read by hand: python -m tests.extraction.measure_content FOLDER.

The values (`content_values.json`) are figures only: how many entries a field has, and where a value begins and ends,
counted in non-space characters of the source text. A field that is absent or null was not judged. The folder holds
the documents; one with another sha256 is reported and left out.

Right is: a count that is equal; for the accident's unit the same name; for the direct cause both ends within
`TOLERANCE` characters; for activity and initiating event a value that overlaps the marked one.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports import content
from qianche.corpus.reports.draft import Part
from qianche.corpus.reports.parts import find_parts
from tests.extraction.measure_parts import document_of, source_text, squeezed

VALUES = Path(__file__).with_name("content_values.json")
TOLERANCE = 15

COUNTS: dict[str, Callable[[Document, Span, tuple[Part, ...]], tuple[Any, ...]]] = {
    "indirect_causes": content.find_indirect_causes,
    "people": content.find_people,
    "lessons": content.find_lessons,
    "measures": content.find_measures,
}
Ends = tuple[int, int]


def found_values(document: Document) -> dict[str, Any]:
    """Return what is found: counts, and texts without white space."""
    span = Span(0, len(document.text))
    parts = find_parts(document, span)
    values: dict[str, Any] = {field: len(find(document, span, parts)) for field, find in COUNTS.items()}
    units = [f.value.name for f in content.find_units(document, span, parts) if "事故单位" in f.value.role]
    values["accident_unit"] = [squeezed(name) for name in units]
    for field, found in (
        ("direct_cause", content.find_direct_cause(document, span, parts)),
        ("activity", content.find_activity(document, span, parts)),
        ("initiating_event", content.find_initiating_event(document, span, parts)),
    ):
        values[field] = [squeezed(finding.value) for finding in found.findings]
    return values


def agrees(field: str, wanted: Any, found: Any, source: str) -> bool:
    """Return whether a found value is the one read by hand."""
    if field in COUNTS:
        return bool(wanted == found)
    quote = source[wanted[0] : wanted[1]]
    if field == "accident_unit":
        return quote in found
    if field == "direct_cause":
        return any(_same_ends(quote, value) for value in found)
    return any(value in quote or quote in value for value in found)


def _same_ends(wanted: str, found: str) -> bool:
    """Return whether two texts begin and end at nearly the same places of one source."""
    head, tail = wanted.find(found[:12]), wanted.rfind(found[-12:])
    inside = 0 <= head <= TOLERANCE and 0 <= len(wanted) - (tail + 12) <= TOLERANCE and tail >= 0
    around = found.find(wanted[:12]), found.rfind(wanted[-12:])
    outside = (
        0 <= around[0] <= TOLERANCE and 0 <= len(found) - (around[1] + 12) <= TOLERANCE and around[1] >= 0
    )
    return inside or outside


def main(folder: Path) -> int:
    """Print the agreement by field; return 0 where every document could be read."""
    right: dict[str, int] = defaultdict(int)
    judged: dict[str, int] = defaultdict(int)
    missing = 0
    for entry in json.loads(VALUES.read_text("utf-8")):
        text = source_text(folder, entry["document"])
        if hashlib.sha256(text.encode()).hexdigest() != entry["sha256"]:
            print(f"{entry['document']}: another text than the one read, left out")
            missing += 1
            continue
        found = found_values(document_of(text))
        source = squeezed(text)
        wrong = []
        for field, wanted in entry["values"].items():
            if wanted is None:
                continue
            judged[field] += 1
            if agrees(field, wanted, found[field], source):
                right[field] += 1
            else:
                told = f"{wanted}≠{found[field]}" if field in COUNTS else f"{len(found[field])} found"
                wrong.append(f"{field} {told}")
        print(f"{entry['document']}: {'; '.join(wrong) or 'all right'}")
    for field in judged:
        print(f"{field}: {right[field]} of {judged[field]}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
