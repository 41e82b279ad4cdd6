"""What the loader refuses where two lines of the register contradict each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qianche.corpus.errors import BadRecord
from qianche.corpus.register import Register, load_register

SECTORS_TOML = 'topics = []\n[trades]\n"煤矿" = "煤矿"\n[rules]\n'
CORE_TOML = 'core = ["old-rule", "new-rule"]\n[not_core]\n[amending]\n[articles]\n'
Load = Callable[..., Register]


def line(rule_id: str, **changes: Any) -> dict[str, Any]:
    """Return one good line of an invented rule, with changes."""
    return {
        "rule_id": rule_id, "title": f"某规定{rule_id}", "short_titles": [], "level": "部门规章",
        "issuer": "某部", "number": "令第1号", "version_date": "2020-01-01", "effective_from": "2020-03-01",
        "effective_to": None, "repealed_by": None, "replaces": None, "sectors": ["煤矿"], "articles": 10,
        "text_available": None, "verified": "page", "version_date_verified": "page", "evidence": "某网页",
        "note": "",
    } | changes  # fmt: skip


OLD = line("old-rule", effective_to="2022-12-31", repealed_by="new-rule@2022-11-01")
NEW = line("new-rule", version_date="2022-11-01", effective_from="2023-01-01", replaces="old-rule@2020-01-01")


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Return a function that writes a small register and loads it."""

    def write(*lines: dict[str, Any]) -> Register:
        text = "\n".join(json.dumps(x, ensure_ascii=False) for x in lines)
        (tmp_path / "register.jsonl").write_text(text, encoding="utf-8")
        (tmp_path / "sectors.toml").write_text(SECTORS_TOML, encoding="utf-8")
        (tmp_path / "core.toml").write_text(CORE_TOML, encoding="utf-8")
        return load_register(tmp_path)

    return write


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OLD, NEW),
        # A rule named as such is ended by its last version's end.
        (OLD, NEW | {"replaces": "old-rule"}),
        (OLD | {"repealed_by": "new-rule"}, NEW),
        (OLD, NEW | {"replaces": "总局令第3号; old-rule"}),
        # The successor's first day is not known: the older one stays open.
        (OLD | {"effective_to": None, "repealed_by": None}, NEW | {"effective_from": None}),
        (
            OLD | {"effective_to": None, "repealed_by": None},
            NEW | {"replaces": "old-rule@2020-01-01 (not confirmed)"},
        ),
        # What is not in the register cannot contradict anything.
        (OLD | {"repealed_by": "总局令第89号"}, NEW | {"replaces": None}),
    ],
)
def test_lines_that_agree_are_loaded(load: Load, old: dict[str, Any], new: dict[str, Any]) -> None:
    assert len(load(old, new)) == 2


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        # One side only.
        (OLD, NEW | {"replaces": None}, 1, "该版本的 replaces 没有“old-rule@2020-01-01”"),
        (
            OLD | {"effective_to": None, "repealed_by": None}, NEW, 2,
            "该版本的 repealed_by 是“空”",
        ),
        (OLD | {"repealed_by": "总局令第89号"}, NEW, 2, "该版本的 repealed_by 是“总局令第89号”"),
        # An assumption is no confirmation.
        (OLD | {"repealed_by": None}, NEW, 2, "该版本的 repealed_by 是“空”"),
        # The days do not meet.
        (OLD | {"effective_to": "2022-12-30"}, NEW, 1, "不是“new-rule@2022-11-01”施行日（2023-01-01）的前一天"),
        (OLD | {"effective_to": "2023-01-01"}, NEW, 1, "的前一天"),
        # A version that ends itself.
        (
            OLD | {"repealed_by": "old-rule@2020-01-01", "replaces": "old-rule@2020-01-01"}, NEW | {"replaces": None},
            1, "指向本版本自己",
        ),
    ],
)  # fmt: skip
def test_lines_that_contradict_each_other_are_refused(
    load: Load, old: dict[str, Any], new: dict[str, Any], place: int, says: str
) -> None:
    with pytest.raises(BadRecord) as error:
        load(old, new)
    assert says in error.value.message
    assert f"register.jsonl 第 {place} 行" in error.value.message


def test_a_version_that_replaces_an_older_one_must_be_the_one_that_ended_it(load: Load) -> None:
    middle = line("old-rule", number="令第2号", version_date="2021-01-01", effective_from="2021-03-01")
    first = line("old-rule", effective_to="2021-02-28", repealed_by="old-rule@2021-01-01")
    middle |= {"replaces": "old-rule@2020-01-01", "effective_to": "2022-12-31", "repealed_by": "new-rule"}
    with pytest.raises(BadRecord, match="第 2 行.*该版本的 replaces 没有“old-rule@2021-01-01”"):
        load(first, middle, NEW)
    assert len(load(first, middle, NEW | {"replaces": "old-rule@2021-01-01"}).versions()) == 3
