"""Which accidents of a folder of labelled coal-mine write-ups the joining rule proposes to join.

`python -m tests.extraction.measure_joins FOLDER [--real]`: FOLDER holds `coalqa_gold_labels.json` and
`coal_cases_labelled.jsonl`. Proposals are compared with the list found by hand,
`tests/indexing/importing/coal_joins.json`. Without `--real` the rule is tried on the labels alone; with it the
write-ups go as 129 text files through the real importer into a base with the bundled records (`real_joins`).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from qianche.corpus.casebook import load_casebook
from qianche.corpus.reading.document import Span
from qianche.corpus.reports.draft import CaseDraft, Field, Finding, Moment, Unit, Whereabouts
from qianche.indexing.importing.joining import best_match, compare
from qianche.indexing.importing.likeness import telling_of_case, telling_of_draft
from tests.extraction import real_joins

EXPECTED = Path(__file__).parents[1] / "indexing" / "importing" / "coal_joins.json"
_NOWHERE = (Span(0, 1),)
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def field(value: object) -> Field:  # type: ignore[type-arg]
    """A field of one finding; none for None."""
    return Field(() if value is None else (Finding(value, _NOWHERE, "label"),))


def figure(text: str) -> float | None:
    """The first number of a label."""
    found = _FIGURE.search(text)
    return float(found[0]) if found else None


def draft_of(labels: dict[str, str]) -> CaseDraft:
    """The labels of a write-up as a draft: place and mine as written, no level of the place told apart."""
    year, month, day = map(int, _DAY.search(labels["日期和时间"]).groups())  # type: ignore[union-attr]
    place = labels.get("地点") or labels.get("事故地点") or ""
    mine = labels.get("煤矿名称") or ""
    deaths, injured = (figure(labels[name]) for name in ("死亡人数", "受伤人数"))
    kind = labels["事故类别"].removesuffix("事故")
    return CaseDraft(
        span=_NOWHERE[0],
        moment=field(Moment(date(year, month, day))),
        place=field(Whereabouts(place) if place else None),
        units=(Finding(Unit(mine, "事故单位"), _NOWHERE, "label"),) if mine else (),
        accident_class={"coal-8": field(kind)},
        deaths=field(None if deaths is None else int(deaths)),
        injured=field(None if injured is None else int(injured)),
        direct_loss_wan=field(figure(labels["经济损失"])),
    )


def labelled(folder: Path) -> Iterator[tuple[str, CaseDraft]]:
    """Every labelled write-up: its number and its draft."""
    for value in json.loads((folder / "coalqa_gold_labels.json").read_text("utf-8")).values():
        yield str(value["case_no"]), draft_of(value["labels"])
    for line in (folder / "coal_cases_labelled.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        yield str(record["no"]), draft_of(record["labels"])


def main(folder: Path) -> int:
    """Print every proposal from the labels, and where they differ from the list found by hand."""
    expected, pairs = by_hand()
    book = [telling_of_case(case) for case in load_casebook()]
    drafts = [(number, telling_of_draft(draft, number)) for number, draft in labelled(folder)]
    found: dict[str, str] = {}
    verdicts: Counter[str] = Counter()
    wrong = 0
    for number, telling in drafts:
        for match in best_match(telling, book):
            verdicts[match.verdict] += 1
            right = expected.get(number) == match.case_id
            wrong += not right
            found.setdefault(number, match.case_id)
            print("对" if right else "错", number, match.case_id, match.verdict, match.score, *match.reasons)
    missed = {number: case for number, case in expected.items() if found.get(number) != case}
    for number, case in missed.items():
        print("漏", number, case)
    among = set()
    for place, (number, telling) in enumerate(drafts):
        for other, second in drafts[:place]:
            match = compare(telling, second)
            if match.verdict != "separate":
                among.add(frozenset((other, number)))
                print("相互", other, number, match.verdict, match.score, *match.reasons)
    print(
        f"{len(drafts)} 起；应并入 {len(expected)}；判定 {dict(verdicts)}；错 {wrong}；漏 {len(missed)}；"
        f"相互 {'对' if among == pairs else '错'}"
    )
    return 0 if not wrong and not missed and among == pairs else 1


def by_hand() -> tuple[dict[str, str], set[frozenset[str]]]:
    """The joins found by hand: write-up to bundled case, and pairs of write-ups."""
    value = json.loads(EXPECTED.read_text("utf-8"))
    return value["bundled"], {frozenset(pair) for pair in value["among_themselves"]}


def main_real(folder: Path) -> int:
    """Print what the importer joined or proposed, and where it differs from the list found by hand."""
    expected, pairs = by_hand()
    result = real_joins.run(folder)
    wanted = {frozenset(pair) for pair in expected.items()} | pairs
    made = {frozenset((put.number, put.other)) for put in result.puts}
    for put in result.puts:
        right = frozenset((put.number, put.other)) in wanted
        print("对" if right else "错", put.number, put.other, put.state, put.verdict, put.reasons)
    for number, message in result.messages.items():
        print("未收", number, message)
    for number, count in result.accounts.items():
        if count > 1:
            print("多起", number, count)
    for missing in wanted - made:
        print("漏", *sorted(missing))
    states = Counter(put.state for put in result.puts)
    alone = sum(count == 1 for count in result.accounts.values())
    print(
        f"{result.files} 个文件，{alone} 个各述一起；应并入 {len(expected)}，相互 {len(pairs)}；"
        f"结果 {dict(states)}；错 {len(made - wanted)}；漏 {len(wanted - made)}"
    )
    return 0 if made == wanted and alone == result.files else 1


if __name__ == "__main__":
    run = main_real if "--real" in sys.argv[2:] else main
    sys.exit(run(Path(sys.argv[1])))
