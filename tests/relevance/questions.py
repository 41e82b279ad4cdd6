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
    half: str = ""
    """`tune` or `test`, where the set has halves."""
    acts: tuple[str, ...] = ()
    """Rule ids of the acts of a question on rules, the one it was written for first."""

    def labels(self, kind: str) -> dict[str, int]:
        """Return the labels of one kind; empty where the question does not ask for it."""
        return self.cases if kind == "case" else self.rules


def read_questions(name: str) -> list[Question]:
    """Return the questions of `guard`, `tune`, `no_answer` or `rulebook`."""
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line]
    return [
        Question(
            row["id"],
            row["query"],
            row["style"],
            row.get("cases", {}),
            row.get("rules", {}),
            row.get("half", ""),
            tuple(row.get("acts", ())),
        )
        for row in rows
    ]
