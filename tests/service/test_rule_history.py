"""Standing on a day, history and coming changes over HTTP and as pages, on the whole register without texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.service.conftest import BASE_URL
from tests.service.page_outline import Outline
from tests.service.register_kb import RULES, RegisterKnowledgeBase

from qianche.service.app import create_app
from qianche.service.responses import RuleHistory, RuleRecord, Upcoming
from qianche.service.settings import load_settings


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(RegisterKnowledgeBase(), load_settings(host="127.0.0.1", port=8737))
    with TestClient(app, base_url=BASE_URL, follow_redirects=False) as client:
        yield client


def get(client: TestClient, path: str) -> Any:
    reply = client.get(path)
    assert reply.status_code == 200, reply.text
    return reply.json()


def page(client: TestClient, path: str) -> Outline:
    reply = client.get(path)
    assert reply.status_code == 200, reply.text
    return Outline(reply.text)


def test_a_rule_says_what_repealed_it_and_leads_there(client: TestClient) -> None:
    path = "/api/rules/coal-mine-supervision-regulation?as_of="
    before = RuleRecord.model_validate(get(client, path + "2024-04-30")).standing
    assert (before.status, before.reason, before.until) == ("现行", "in-force", "2024-04-30")
    assert before.by is None
    after = RuleRecord.model_validate(get(client, path + "2024-05-01"))
    assert (after.standing.status, after.standing.reason) == ("已废止", "repealed")
    assert after.standing.since == "2024-05-01"
    assert after.standing.by is not None
    assert after.standing.by.rule_id == "coal-mine-safety-production-regulation"
    assert after.standing.by.effective_from == "2024-05-01"
    assert [link.rule_id for link in after.successors] == ["coal-mine-safety-production-regulation"]


def test_a_repeal_outside_the_register_is_named_without_a_link(client: TestClient) -> None:
    standing = get(client, "/api/rules/confined-space-five-rules")["standing"]
    assert standing["by"]["rule_id"] is None
    assert standing["by"]["label"] == "总局令第89号"


def test_a_day_before_the_first_version_shows_the_first_and_not_the_newest(client: TestClient) -> None:
    rule = get(client, "/api/rules/work-safety-law?as_of=2002-10-31")
    assert rule["version"]["id"] == "work-safety-law@2002-06-29"
    assert (rule["standing"]["status"], rule["standing"]["reason"]) == ("尚未施行", "not-yet")
    assert rule["standing"]["since"] == "2002-11-01"


def test_the_history_is_oldest_first_with_grades_causes_and_sources(client: TestClient) -> None:
    history = RuleHistory.model_validate(get(client, "/api/rules/work-safety-law/history?as_of=2026-01-01"))
    first, second, third, last = history.versions
    assert [v.effective_from for v in history.versions] == [
        "2002-11-01", "2009-08-27", "2014-12-01", "2021-09-01",
    ]  # fmt: skip
    assert first.ended_by is not None and first.ended_by.number == "主席令第18号"
    assert [link.version_id for link in second.took_place_of] == ["work-safety-law@2002-06-29"]
    assert (third.verified_label, third.end_verified_label) == ("待核", "据网页")
    assert (last.ended_by, last.end_verified_label, last.days_applied) == (None, None, None)
    assert {source.label: source.linkable for source in last.sources} == {
        "公开法规文本": False, "www.xjyl.gov.cn": True,
    }  # fmt: skip
    assert last.note is None


def test_a_history_names_the_rule_as_it_was_called_on_the_day(client: TestClient) -> None:
    # GB 15499: 事故伤害损失工作日标准 to the end of 2026, 生产安全事故伤害损失工作日判定 from 2027 on.
    for day, title in (
        ("2026-12-31", "事故伤害损失工作日标准"),
        ("2027-01-01", "生产安全事故伤害损失工作日判定"),
    ):
        for path in ("/api/rules/gb-15499/history", "/api/rules/gb-15499"):
            assert get(client, f"{path}?as_of={day}")["title"] == title


def test_an_inferred_end_is_graded_as_inferred(client: TestClient) -> None:
    (version,) = get(client, "/api/rules/aq-9006/history")["versions"]
    assert (version["end_inferred"], version["end_verified_label"]) == (True, "推定")


def test_no_english_working_note_and_no_path_reaches_a_reader(client: TestClient) -> None:
    for rule_id in RULES:
        told = client.get(f"/api/rules/{rule_id}/history").json()
        for version in told["versions"]:
            assert version["note"] is None or not any("a" <= c <= "z" for c in version["note"]), version["id"]
            assert "lawrefbook" not in str(version["sources"])


def test_every_history_and_record_has_the_declared_shape(client: TestClient) -> None:
    for rule_id in RULES:
        RuleHistory.model_validate(get(client, f"/api/rules/{rule_id}/history"))
        RuleRecord.model_validate(get(client, f"/api/rules/{rule_id}?as_of=2015-06-01"))


def test_coming_changes_have_days_and_grades(client: TestClient) -> None:
    coming = Upcoming.model_validate(get(client, "/api/rules/upcoming?as_of=2026-11-25"))
    # 16 standards begin after that day; of three successors the first day is not known.
    assert coming.total == len(coming.changes) == 16 + 3
    by_number = {change.version.number: change for change in coming.changes}
    ladder = by_number["GB 12142-2025"]
    assert (ladder.day, ladder.days, ladder.kind, ladder.verified_label) == (
        "2027-01-01", 37, "revision", "据网页",
    )  # fmt: skip
    assert [link.number for link in ladder.in_place_of] == ["GB 12142-2007"]
    assert by_number["应急〔2025〕27号"].day is None
    assert by_number["应急〔2025〕27号"].verified_label is None


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/rules/none/history", 404, "not-found"),
        ("/api/rules/work-safety-law/history?as_of=2021-02-30", 422, "bad-parameters"),
        ("/api/rules/upcoming?as_of=soon", 422, "bad-parameters"),
        ("/api/rules/upcoming?sector=矿山", 422, "unknown-filter-value"),
        ("/rules/upcoming?as_of=2021-02-30", 422, None),
    ],
)
def test_what_cannot_be_asked_is_answered_as_a_problem(
    client: TestClient, path: str, status: int, code: str | None
) -> None:
    reply = client.get(path)
    assert reply.status_code == status
    if code is not None:
        assert reply.json()["code"] == code


def test_the_page_of_a_dead_rule_says_since_when_and_leads_to_what_replaced_it(client: TestClient) -> None:
    shown = page(client, "/rules/coal-mine-supervision-regulation?as_of=2024-05-01")
    assert "自 2024-05-01 起被《煤矿安全生产条例》（国务院令第774号，2024-01-24 公布）废止。" in shown.text
    links = {a["href"] for a in shown.all("a")}
    assert "/rules/coal-mine-safety-production-regulation?as_of=2024-05-01" in links
    assert "代替或者废止它的" in shown.text


def test_the_page_shows_versions_newest_first_with_first_and_last_days(client: TestClient) -> None:
    text = page(client, "/rules/work-safety-law?as_of=2026-01-01").text
    table = text[text.index("版本沿革") :]
    assert table.index("2021-09-01") < table.index("2014-12-01") < table.index("2009-08-27")
    assert "未终止" in table and "2021-08-31" in table


def test_two_held_texts_can_be_compared_from_the_page(client: TestClient) -> None:
    links = {a["href"] for a in page(client, "/rules/criminal-law").all("a")}
    assert "/rules/diff?a=criminal-law%402020-12-26&b=criminal-law%402023-12-29" in links


def test_a_rule_known_to_be_older_is_not_said_to_be_not_yet_in_force(client: TestClient) -> None:
    text = page(client, "/rules/trade-union-law?as_of=2010-01-01").text
    assert "本库登记的最早版本自 2022-01-01 起施行，更早的版本没有登记，当日效力待核。" in text
    assert "效力待核" in text


def test_the_page_of_coming_changes_lists_them_by_day(client: TestClient) -> None:
    shown = page(client, "/rules/upcoming?as_of=2026-11-25")
    assert "《便携式金属梯安全要求》" in shown.text and "37\xa0天" in shown.text
    assert shown.text.index("GB 12142-2025") < shown.text.index("GB 13495.2-2026")
    assert "/rules/gb-12142?as_of=2027-01-01" in {a["href"] for a in shown.all("a")}
    assert "登记到 2026-11-25" in shown.text
    later = page(client, "/rules/upcoming?as_of=2040-01-01").text
    assert "GB 12142-2025" not in later
    assert "应急〔2025〕27号" in later and "已公布，施行日期不详" in later


@pytest.mark.parametrize("path", ["/", "/rules/work-safety-law"])
def test_the_page_of_coming_changes_is_linked(client: TestClient, path: str) -> None:
    assert "/rules/upcoming" in {a["href"] for a in page(client, path).all("a")}
