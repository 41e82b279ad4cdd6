"""The small question sets of this folder as records."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Question:
    """A hazard description with the records that fit it: id -> grade (2 on point, 1 also applies)."""

    question_id: str
    query: str
    style: str
    cases: dict[str, int]
    rules: dict[str, int]

    def labels(self, kind: str) -> dict[str, int]:
        """Return the labels of one kind; empty where the question does not ask for it."""
        return self.cases if kind == "case" else self.rules


def read_questions(name: str) -> list[Question]:
    """Return the questions of `guard`, `tune` or `no_answer`."""
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line]
    return [
        Question(row["id"], row["query"], row["style"], row.get("cases", {}), row.get("rules", {}))
        for row in rows
    ]
