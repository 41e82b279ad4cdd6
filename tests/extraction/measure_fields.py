"""Measure the hard facts (`reports.fields`) on reports whose right values are known.

    python -m tests.extraction.measure_fields FOLDER

FOLDER holds `coal_cases_labelled.jsonl`, `coalqa_case_*.txt` with `coalqa_gold_labels.json`, and the reports
named in `official_values.json` (values read from the text by hand before the finders were run). Printed per
field: n, exact, and every miss. The labelled cases are told in two halves by their place in the file: the even
ones were looked at while the finders were written. The odd ones were not until a first run, before any label was
overruled, gave 56 date, 60 place, 60 deaths, 57 injured, 59 loss and 53 coal-8 of 60; its misses were then looked
at too (a year taken from a web address, mines not called 煤矿, hurt told by name; the rest are labels that the
write-up does not bear out).

How a label is compared:

- A label of 0 hurt or dead, or a loss 未提供, says that the write-up gives none: right is no finding, or 0.
- A date is right where the day is the label's, and the time too where the label gives one.
- Exact means one value: two values in conflict, or none where the text states one, are misses.
- Place: labels are short (a mine, a county) or long (down to the working face), and the report's own words are
  what is found. Right is: without spaces, brackets and what they hold, 井下, 境内 and 某矿, the label lies
  inside the found place; or the found place lies inside the label and what it leaves out is a working place
  below the mine. Labels of the longer form (11 fields) name a region of their own, which often comes from
  elsewhere: there the mine's name is compared. A found place with a verb of harm or over 70 characters is wrong.
- `coal_labels_overruled.json` holds case, field, label, the text's value (null: stated nowhere) and the offset of
  the sentence in the cleaned text. In `overruled` the text decides: right is the text's value, or no finding.
  `not_stated` are further labels that nothing in the write-up bears out; they stay misses.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reading.formats.json_file import read_json
from qianche.corpus.reading.joined import join_documents
from qianche.corpus.reading.limits import DEFAULT_LIMITS
from qianche.corpus.reports.fields import CaseFacts, find_facts
from qianche.corpus.reports.parts import find_parts
from tests.extraction.measure_parts import document_of

HERE = Path(__file__).parent
COAL_FIELDS = ("date", "place", "deaths", "injured", "loss", "coal-8")
_BRACKETS = re.compile(r"[（(\[【][^（()）\]】]*[）)\]】]")
_LOOSE = re.compile(r"井下|境内|某矿|的|[\s、，。·“”\"-]")
_WORKING_PLACE = re.compile(
    r"[#+\dA-ZⅠⅡⅢa-z].*|.*(?:面|巷|井|仓|场|库|区|队|部|处|口|道|地面|煤层|石门|硐室|斜井|上山|下山)"
)
_LONGEST_PLACE = 70


@dataclass
class Score:
    """One field over some cases."""

    n: int = 0
    exact: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, right: bool, told: str) -> None:
        """Count one comparison."""
        self.n += 1
        self.exact += right
        if not right:
            self.misses.append(told)

    def __str__(self) -> str:
        share = self.exact / self.n if self.n else 1.0
        return f"{self.exact:4d} / {self.n:4d}  {share:7.1%}"


def read_report(path: Path) -> Document:
    """Return a report file as a user's import of it is read."""
    if path.suffix == ".json":
        return join_documents([clean(record) for record in read_json(path.read_bytes(), DEFAULT_LIMITS)])
    return document_of(path.read_text("utf-8"))


def facts_of(document: Document) -> CaseFacts:
    """Return the facts of a document that tells one accident."""
    whole = Span(0, len(document.text))
    return find_facts(document, whole, find_parts(document, whole))


def labelled_cases(folder: Path) -> Iterator[tuple[str, int, str, dict[str, str]]]:
    """Yield (set, number, text, labels) of the coal cases: `gold`, `even`, `odd`."""
    gold = json.loads((folder / "coalqa_gold_labels.json").read_text("utf-8"))
    for name, entry in gold.items():
        yield "gold", entry["case_no"], (folder / name).read_text("utf-8"), entry["labels"]
    lines = (folder / "coal_cases_labelled.jsonl").read_text("utf-8").splitlines()
    for position, row in enumerate(map(json.loads, lines)):
        yield ("odd" if position % 2 else "even"), row["no"], row["text"], row["labels"]


def compare(labels: dict[str, str], facts: CaseFacts, name: str) -> tuple[bool, str]:
    """Return whether a field is right by its label, and what to print where it is not."""
    match name:
        case "date":
            label = _packed(labels["日期和时间"])
            told = facts.moment.value
            return told is not None and _same_moment(label, told.day.isoformat(), told.time), (
                f"{label} / {[f'{f.value.day} {f.value.time}' for f in facts.moment.findings]}"
            )
        case "place":
            label = labels.get("地点") or labels["煤矿名称"]
            text = facts.place.value.text if facts.place.value else ""
            return same_place(label, text), f"{label} / {text}"
        case "deaths" | "injured":
            wanted = int(re.search(r"\d+", labels["死亡人数" if name == "deaths" else "受伤人数"])[0])  # type: ignore[index]
            found = [f.value for f in getattr(facts, name).findings]
            return found == [wanted] or (wanted == 0 and found == []), f"{wanted} / {found}"
        case "loss":
            figure = re.search(r"\d+(?:\.\d+)?", labels["经济损失"])
            losses = [f.value for f in facts.direct_loss_wan.findings]
            return losses == ([float(figure[0])] if figure else []), f"{figure and figure[0]} / {losses}"
        case _:
            label = labels["事故类别"].removesuffix("事故").replace("其它", "其他")
            coal = facts.accident_class.get("coal-8")
            classes = [f.value for f in coal.findings] if coal else []
            return classes == [label], f"{label} / {classes}"


def _same_moment(label: str, day: str, time: str | None) -> bool:
    """Whether a label such as 2022年4月26日0时11分 gives this day, and this time where it gives one."""
    date = re.match(r"(\d+)年(\d+)月(\d+)日", label)
    clock = re.search(r"(\d+)[时点](?:(\d+)分)?", label)
    if date is None or day != f"{date[1]}-{int(date[2]):02d}-{int(date[3]):02d}":
        return False
    return clock is None or time == f"{int(clock[1]):02d}:{int(clock[2] or 0):02d}"


def same_place(label: str, text: str) -> bool:
    """Return whether a found place is the label's; the rule is in the module's docstring."""
    if not text or len(text) > _LONGEST_PLACE or re.search("发生|造成|导致", text):
        return False
    wanted, found = (_LOOSE.sub("", _BRACKETS.sub("", name)) for name in (label, text))
    if wanted in found:
        return True
    return found in wanted and bool(_WORKING_PLACE.fullmatch(wanted.split(found, 1)[1]))


def _packed(text: str) -> str:
    """The text without spaces."""
    return re.sub(r"\s", "", text)


def measure_coal(folder: Path) -> dict[str, dict[str, Score]]:
    """Return the score of each set and field; overruled labels count with the text's value."""
    rows = json.loads((HERE / "coal_labels_overruled.json").read_text("utf-8"))["overruled"]
    overruled = {(row["case"], row["field"]): row["text"] for row in rows}
    scores: dict[str, dict[str, Score]] = {}
    for part, number, text, labels in labelled_cases(folder):
        facts = facts_of(document_of(text))
        for name in COAL_FIELDS:
            right, told = compare(labels, facts, name)
            if (number, name) in overruled:
                right = _as_text(facts, name) == overruled[number, name]
                told = f"{overruled[number, name]} (overruled) / {_as_text(facts, name)}"
            for group in (part, "all"):
                scores.setdefault(group, {}).setdefault(name, Score()).add(right, f"{number}: {told}")
    return scores


def _as_text(facts: CaseFacts, name: str) -> Any:
    """A field's value as `coal_labels_overruled.json` writes it, None where there is none."""
    match name:
        case "date":
            return facts.moment.value.day.isoformat() if facts.moment.value else None
        case "loss":
            return facts.direct_loss_wan.value
        case "coal-8":
            coal = facts.accident_class.get("coal-8")
            return coal.value if coal else None
        case _:
            return getattr(facts, name).value


def measure_official(folder: Path) -> dict[str, Score]:
    """Return the score of each field over the reports whose values were read by hand."""
    wanted = json.loads((HERE / "official_values.json").read_text("utf-8"))
    scores: dict[str, Score] = {}
    for name, values in wanted.items():
        facts = facts_of(read_report(folder / name))
        for key, value in values.items():
            found = _official(facts, key)
            right = all(part in (found or "") for part in value) if key == "place_has" else found == value
            scores.setdefault(key, Score()).add(right, f"{name}: {value} / {found}")
    return scores


def _official(facts: CaseFacts, key: str) -> Any:
    """The value of a key of `official_values.json`."""
    moment, place = facts.moment.value, facts.place.value
    match key:
        case "day":
            return moment.day.isoformat() if moment else None
        case "time":
            return moment.time if moment else None
        case "place_has":
            return place.text if place else None
        case "province" | "city" | "county" | "town":
            return getattr(place, key) if place else None
        case "gb6441-1986":
            return facts.accident_class[key].value
        case _:
            return getattr(facts, key).value


def _print(title: str, scores: dict[str, Score]) -> None:
    """One table with its misses."""
    print(f"== {title}")
    for name, score in scores.items():
        print(f"  {name:18s} {score}")
    for name, score in scores.items():
        for miss in score.misses:
            print(f"    {name}: {miss}")


def main(folder: Path) -> None:
    """Print all tables."""
    for part, scores in measure_coal(folder).items():
        _print(
            {"gold": "8 whole files", "even": "even half", "odd": "odd half", "all": "all 129"}[part], scores
        )
    _print("official reports", measure_official(folder))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python -m tests.extraction.measure_fields 目录")
    main(Path(sys.argv[1]))
