"""Questions, decisions, corrections and joins over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from tests.service.import_api.bench import Bench, problem
from tests.service.small_base import CONFLICT, LIKELY, REPORT

from qianche.service.responses import imports as shapes


def test_a_conflict_is_asked_and_the_value_decided_on_stands_in_the_case(bench: Bench) -> None:
    sha = bench.take(**CONFLICT)
    (item,) = bench.reviews()
    assert item.id == f"conflict:imp-{sha[:12]}-1:toll.deaths"
    assert (item.kind_label, item.field_label, item.choices) == ("数据有出入", "死亡人数", [3, 4])
    assert [a.action for a in item.actions] == ["accept", "value"]
    reply = bench.decide(item.id, action="value", value=4)
    decided = shapes.ReviewItem.model_validate_json(reply.content)
    assert (decided.state, decided.decided_by, decided.decision) == (
        "decided",
        "李四",
        {"action": "value", "value": 4},
    )
    assert bench.client.get(f"/api/cases/{item.case_id}").json()["deaths"] == 4
    assert bench.reviews() == []
    assert [r.id for r in bench.reviews(state="decided")] == [item.id]
    assert [r.id for r in bench.reviews(state="all", kind="conflict")] == [item.id]
    assert bench.reviews(state="all", kind="join") == []


def test_an_id_with_colons_and_an_arrow_works_escaped_and_as_it_is(bench: Bench) -> None:
    bench.take(**LIKELY)
    (item,) = bench.reviews(kind="join")
    assert ">" in item.id and ":" in item.id
    seen = bench.client.post(f"/api/reviews/{item.id}/decide", json={"action": "no", "who": "李四"})
    problem(seen, 422, "unknown-action")
    assert bench.decide(item.id, action="separate").status_code == 200


def test_an_id_with_a_slash_reaches_the_decision_in_both_spellings(bench: Bench) -> None:
    for path in ("/api/reviews/a/b/decide", "/api/reviews/a%2Fb/decide"):
        reply = bench.client.post(path, json={"action": "accept", "who": "李四"})
        assert "“a/b”" in problem(reply, 404, "not-found")


def test_what_was_joined_by_hand_is_listed_and_can_be_taken_apart(bench: Bench) -> None:
    sha = bench.take(**LIKELY)
    account = f"imp-{sha[:12]}-1"
    reply = bench.client.post(f"/api/accounts/{account}/join", json={"case_id": "bundled-a", "who": "李四"})
    joined = shapes.AccountList.model_validate_json(reply.content)
    assert (reply.status_code, joined.case_id, [a.id for a in joined.accounts]) == (
        200,
        "bundled-a",
        [account],
    )
    problem(bench.client.get(f"/api/cases/{account}"), 404, "not-found")
    (join,) = shapes.JoinList.model_validate_json(bench.get("/api/joins?state=joined").content).joins
    assert (join.account_id, join.case_id, join.by) == (account, "bundled-a", "李四")
    reply = bench.client.post(f"/api/accounts/{account}/split", json={"who": "李四"})
    alone = shapes.AccountList.model_validate_json(reply.content)
    assert (reply.status_code, alone.case_id, len(alone.accounts)) == (200, account, 1)
    assert bench.get("/api/joins?state=joined").json() == {"total": 0, "offset": 0, "joins": []}
    assert len(bench.get("/api/joins").json()["joins"]) == 1


def test_an_account_tells_each_field_with_the_words_that_say_so(bench: Bench) -> None:
    sha = bench.take("报告.docx")
    case_id = f"imp-{sha[:12]}-1"
    told = shapes.AccountList.model_validate_json(bench.get(f"/api/cases/{case_id}/accounts").content)
    (account,) = told.accounts
    assert (account.source, account.source_name, account.waiting_for) == (sha, "报告.docx", "")
    deaths = next(e for e in account.evidence if e.field == "toll.deaths")
    text = "\n".join(REPORT)
    assert (deaths.value, deaths.page, deaths.field_label) == (3, 1, "死亡人数")
    assert deaths.quote == text[deaths.start : deaths.end]


def test_a_correction_stands_in_the_case_and_can_be_taken_back(bench: Bench) -> None:
    path = "/api/cases/bundled-a/corrections"
    assert bench.get(path).json() == {"corrections": []}
    reply = bench.client.post(path, json={"field": "toll.deaths", "value": 5, "who": "李四"})
    made = shapes.CorrectionRecord.model_validate_json(reply.content)
    assert (reply.status_code, made.field_label, made.changes[0].before, made.changes[0].value) == (
        200,
        "死亡人数",
        2,
        5,
    )
    assert bench.get("/api/cases/bundled-a").json()["deaths"] == 5
    bench.client.post(path, json={"field": "lessons", "value": ["先清扫。", "再开机。"], "who": "王五"})
    kept = shapes.CorrectionList.model_validate_json(bench.get(path).content).corrections
    assert [c.field for c in kept] == ["toll.deaths", "lessons"]
    reply = bench.client.post(f"{path}/withdraw", json={"field": "toll.deaths", "who": "李四"})
    left = shapes.CorrectionList.model_validate_json(reply.content).corrections
    assert [(c.field, c.withdrawn) for c in left] == [("toll.deaths", True), ("lessons", False)]
    assert bench.get("/api/cases/bundled-a").json()["deaths"] == 2


def test_an_unknown_figure_is_null_and_zero_is_zero(bench: Bench) -> None:
    path = "/api/cases/bundled-a/corrections"
    for value in (None, 0):
        bench.client.post(path, json={"field": "toll.deaths", "value": value, "who": "李四"})
        assert bench.get("/api/cases/bundled-a").json()["deaths"] is value


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("toll.deaths", "三", "bad-value"),
        ("toll.deaths", -1, "bad-value"),
        ("toll.deaths", True, "bad-parameters"),
        ("toll.deaths", {"n": 3}, "bad-parameters"),
        ("occurred_on", "2021-02-30", "bad-value"),
        ("name", "", "bad-value"),
        ("name", "长" * 20_001, "bad-parameters"),
        ("lessons", "不是列表", "bad-value"),
        ("lessons", [["套"]], "bad-parameters"),
        ("sector", "月球", "bad-value"),
        ("note", "x", "unknown-field"),
    ],
)
def test_a_value_that_its_field_cannot_hold_is_refused_and_nothing_changes(
    quiet: Bench, field: str, value: Any, code: str
) -> None:
    bench = quiet
    before = bench.get("/api/cases/bundled-a").json()
    given = {"field": field, "value": value, "who": "李四"}
    problem(bench.client.post("/api/cases/bundled-a/corrections", json=given), 422, code)
    assert bench.get("/api/cases/bundled-a").json() == before
    assert bench.get("/api/cases/bundled-a/corrections").json() == {"corrections": []}


def test_figures_that_json_does_not_know_and_broken_characters_are_refused(quiet: Bench) -> None:
    for value in ("NaN", "Infinity", '"\\ud800"'):
        body = f'{{"field": "toll.direct_loss_wan", "value": {value}, "who": "李四"}}'
        reply = quiet.client.post(
            "/api/cases/bundled-a/corrections", content=body, headers={"content-type": "application/json"}
        )
        problem(reply, 422, "bad-parameters")


def test_what_is_decided_already_is_not_decided_again(bench: Bench) -> None:
    bench.take(**CONFLICT)
    (item,) = bench.reviews()
    assert bench.decide(item.id, action="accept").status_code == 200
    assert "李四" in problem(bench.decide(item.id, action="accept"), 422, "already-decided")


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        ({"action": "join"}, "unknown-action"),
        ({"action": "value"}, "no-value"),
        ({"action": "value", "value": "三"}, "bad-value"),
        ({"action": "value", "value": {"n": 3}}, "bad-parameters"),
        ({"action": "accept", "who": " \n"}, "no-name"),
        ({"action": "accept", "who": "长" * 51}, "bad-parameters"),
        ({"action": "accept", "extra": 1}, "bad-parameters"),
        ({}, "bad-parameters"),
    ],
)
def test_a_wrong_decision_is_refused_and_the_question_stays_open(
    asked: Bench, decision: dict[str, Any], code: str
) -> None:
    (item,) = asked.reviews()
    problem(asked.decide(item.id, **decision), 422, code)
    assert asked.reviews() == [item]
