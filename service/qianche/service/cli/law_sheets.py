"""The rules of a case for people: on the day of the accident and today."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from qianche.service.cli.cards import status_badge
from qianche.service.cli.output import DIM, STRONG, WARN, plain, put

Content = dict[str, Any]


def print_case_law(console: Console, law: Content) -> None:
    """Print the rules of a case, as `wire.case_law` has them; nothing where it has none."""
    if law["notice"]:
        put(console, plain(f"\n{law['notice']}", WARN))
    for basis, rules in groupby(law["rules"], key=lambda rule: rule["basis_label"]):
        put(console, plain(f"\n依据条款（{basis}）", STRONG))
        for rule in rules:
            put(console, plain(rule["text"]), 2)
            if other := rule["stand_in"]:
                issued = other["version"]["issued_label"]
                put(
                    console,
                    plain(f"{other['label']}：据 {issued}的版本{other['article']['label']}", WARN),
                    4,
                )
            for name, day, found in (
                ("事发时", law["then"], rule["then"]),
                ("现在", law["now"], rule["now"]),
            ):
                for one in found:
                    _print_side(console, f"{name} {day}", one)
            if rule["notice"]:
                put(console, plain(rule["notice"], WARN), 4)


def _print_side(console: Console, when: str, one: Content) -> None:
    """Print a rule on one day."""
    version = one["version"]
    badge = (
        status_badge(version["status"], version["status_label"])
        if version
        else plain(f"[{one['outcome_label']}]", WARN)
    )
    put(console, Text.assemble((f"{when}  ", DIM), plain(one["canonical"]), "  ", badge), 4)
    said = [*one["messages"], *(p["message"] for p in one["provisions"] if p["message"])]
    for message in said:
        put(console, plain(message, DIM), 6)
