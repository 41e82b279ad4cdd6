"""A dozen and more of the date questions put to `GET /api/rules/{id}?as_of=`, on a base that holds their rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.corpus.register_days.questions import Question, read_questions, rule_called, version_named
from tests.indexing.importing.making import DIM
from tests.service.small_base import client_of, no_model

from qianche.corpus.register import Register, load_register
from qianche.indexing.build import expected_facts, rule_entry, version_entry
from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore

ASKED = (
    ("安全生产法", "2020-01-01"),
    ("安全生产法", "2021-08-31"),
    ("安全生产法", "2021-09-01"),
    ("大气污染防治法", "2026-08-14"),
    ("大气污染防治法", "2026-08-15"),
    ("生态环境法典", "2026-08-14"),
    ("生态环境法典", "2026-08-15"),
    ("煤矿安全监察条例", "2024-04-30"),
    ("煤矿安全监察条例", "2024-05-01"),
    ("工贸企业重大事故隐患判定标准", "2023-04-14"),
    ("工贸企业重大事故隐患判定标准", "2023-05-15"),
    ("GB 6441", "2026-06-30"),
    ("GB 6441", "2026-07-01"),
    ("关于防范遏制矿山领域重特大生产安全事故的硬措施", "2024-01-16"),
)
QUESTIONS = [q for q in read_questions() if (q.change.rule, q.day.isoformat()) in ASKED]


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


@pytest.fixture(scope="module")
def client(register: Register, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("register-days")
    store = EmbeddedKnowledgeStore(home, DIM)
    rules = {rule.rule_id: rule for name, _ in ASKED if (rule := rule_called(register, name))}
    entries = [rule_entry(rule) for rule in rules.values()]
    entries += [version_entry(rule, version) for rule in rules.values() for version in rule.versions]
    store.write_records(entries)
    store.set_state(expected_facts())
    with client_of(LocalKnowledgeBase(store, no_model, home)) as (client, _):
        yield client


def test_every_pair_finds_its_questions() -> None:
    assert {(q.change.rule, q.day.isoformat()) for q in QUESTIONS} == set(ASKED)
    assert len(ASKED) >= 12


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_the_api_gives_the_status_of_the_day(
    client: TestClient, register: Register, question: Question
) -> None:
    rule = rule_called(register, question.change.rule)
    wanted = version_named(rule, question.version).version_id
    answer = client.get(f"/api/rules/{rule.rule_id}", params={"as_of": question.day.isoformat()})
    assert answer.status_code == 200
    record = answer.json()
    told = {version["id"]: version for version in record["versions"]}[wanted]
    assert told["status"] == question.expected.value
    if question.expected.value == "现行":
        assert record["version"]["id"] == wanted
    else:
        assert record["version"]["status"] != "现行" or record["version"]["id"] != wanted


def test_the_text_of_the_2014_act_is_not_held_and_the_act_is_still_named(client: TestClient) -> None:
    record = client.get("/api/rules/work-safety-law", params={"as_of": "2020-01-01"}).json()
    version = record["version"]
    assert (version["number"], version["version_date"], version["has_text"]) == (
        "主席令第13号",
        "2014-08-31",
        False,
    )
    assert record["title"] == "中华人民共和国安全生产法" and record["articles"] == []
    assert "未收录" in record["text_label"]
