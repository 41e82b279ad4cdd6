"""`qianche rules upcoming` and `qianche rules history`, on the whole register without texts."""

from __future__ import annotations

import json

import pytest
from tests.service.cli.conftest import Run
from tests.service.register_kb import RegisterKnowledgeBase

from qianche.service.cli import opening


@pytest.fixture
def ask(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command on the register."""
    monkeypatch.setattr(opening, "open_base", lambda settings, threads: RegisterKnowledgeBase())
    return run


def test_coming_changes_are_listed_with_their_days(ask: Run) -> None:
    shown = ask("rules", "upcoming", "--as-of", "2026-11-25")
    assert shown.exit_code == 0
    text = " ".join(shown.stdout.split())
    assert "截至 2026-11-25 已经决定的变化" in text
    assert "2027-01-01（37 天后）起施行" in text
    assert " · 日期据网页 " in text


def test_coming_changes_of_one_sector_are_asked_for_like_rules(ask: Run) -> None:
    told = json.loads(
        ask("rules", "upcoming", "--as-of", "2026-11-25", "--level", "行政法规", "--json").stdout
    )
    assert [change["rule_id"] for change in told["changes"]] == ["road-transport-regulation-2026"]


def test_a_history_names_every_version_and_what_ended_it(ask: Run) -> None:
    shown = ask("rules", "history", "coal-mine-supervision-regulation", "--as-of", "2024-05-01")
    text = "".join(shown.stdout.split())
    assert "2000-12-01至2013-07-17" in text
    assert "自2024-05-01起被《煤矿安全生产条例》（国务院令第774号，2024-01-24公布）废止" in text
    assert "coal-mine-safety-production-regulation" in text
    assert "lawrefbook" not in text


@pytest.mark.parametrize("words", [("history",), ("history", "a", "b")])
def test_a_history_needs_one_id(ask: Run, words: tuple[str, ...]) -> None:
    shown = ask("rules", *words)
    assert shown.exit_code == 2
    assert "history 后面要写一部规定的编号" in shown.stderr


def test_an_unknown_id_suggests_where_ids_are(ask: Run) -> None:
    shown = ask("rules", "history", "none")
    assert shown.exit_code == 1
    assert "没有编号为“none”的案例或法规" in shown.stderr


def test_other_words_are_still_searched_for(ask: Run) -> None:
    told = json.loads(ask("rules", "有限空间", "五条", "--json").stdout)
    assert told["rules"] == []
    told = json.loads(ask("rules", "矿山救援规程", "--json").stdout)
    assert [rule["id"] for rule in told["rules"]] == ["mine-rescue-code"]
    # Two words with upcoming among them are a search, which finds nothing.
    assert json.loads(ask("rules", "upcoming", "标准", "--json").stdout)["rules"] == []
