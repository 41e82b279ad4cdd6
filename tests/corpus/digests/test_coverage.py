"""The tables of docs/rulebook.md are those that the command prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.digests.pond import HEAD, a_register, entry, write
from tests.extraction.measure_digests import coverage, criteria, in_docs, levels, ranges, tables

from qianche.corpus.digests import load_digests
from qianche.corpus.register import Register
from qianche.corpus.rules import ArticleNumber
from qianche.corpus.statutes import Statutes


def test_the_tables_of_the_docs_are_those_of_the_data(register: Register, statutes: Statutes) -> None:
    _, told, _ = in_docs()
    assert told == tables(load_digests(register), register, statutes), (
        "run python -m tests.extraction.measure_digests --docs"
    )


@pytest.mark.parametrize(
    ("slugs", "covered", "told"),
    [
        (["1", "2", "3", "4", "5"], ["3"], "1–2, 4–5"),
        (["1", "2", "3"], ["1", "3"], "2"),
        (["1", "2"], ["1", "2"], "none"),
        (["133", "134", "134-1", "135", "139"], ["133"], "134–135, 139"),
        (["114", "115", "118"], [], "114–115, 118"),
    ],
)
def test_what_is_left_out_is_told_in_ranges(slugs: list[str], covered: list[str], told: str) -> None:
    numbers = [ArticleNumber.from_slug(slug) for slug in slugs]
    assert ranges(numbers, {ArticleNumber.from_slug(slug) for slug in covered}) == told


def test_the_share_is_that_of_the_articles_and_criteria_stand_apart(tmp_path: Path) -> None:
    major = (
        HEAD.replace("pond-law", "dyke-law")
        + entry("1.1")
        + entry("1.2", said_as=("堤上没灯", "坝漏水没人管"))
    )
    register = a_register(text_source=None)
    digests = load_digests(register, write(tmp_path, major=major))
    assert coverage(digests, register, {})[2:] == [
        "| 水池安全规定 | 2020-01-01 | 3 | 1 | 33% | 2 | 2–3 |",
        "| all | | 3 | 1 | 33% | 2 | |",
    ]
    assert criteria(digests, register)[2:] == [
        "| 堤坝安全规定 | 2020-01-01 | from 2020-03-01 | 2 | 4 | 据原文 |",
        "| all | | | 2 | 4 | |",
    ]
    assert levels(digests, register)[2:] == ["| 部门规章 | 2 | 2 |", "| all | 2 | 2 |"]
