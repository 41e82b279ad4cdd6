"""One answer to how a rule stands on a day: lists, the rule itself, its page, citations and searches say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from tests.service.conftest import BASE_URL
from tests.service.digest_hits import hit_of
from tests.service.fake_kb import NEW, RULE, VENT
from tests.service.page_outline import Outline
from tests.service.register_kb import RULES, RegisterKnowledgeBase

from qianche.corpus.citations.resolve import Resolver
from qianche.corpus.register.standing import RECORDED_UNTIL, rule_standing, version_standing
from qianche.corpus.rules import Rule
from qianche.indexing.knowledge_base import ArticleView
from qianche.indexing.rulebook.history import rule_history
from qianche.service import wire
from qianche.service.app import create_app
from qianche.service.labels import not_held_label
from qianche.service.settings import load_settings
from qianche.service.wire import citing
from qianche.service.wire.standing import rule_standing_record

AFTER = "2026-11-26"
ENDS = "法规登记表只登记到 2026-11-25，此后公布的变化不在其中"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(RegisterKnowledgeBase(), load_settings(host="127.0.0.1", port=8737))
    with TestClient(app, base_url=BASE_URL, follow_redirects=False) as client:
        yield client


def days(rule: Rule) -> list[date]:
    """Days around the dates of the first and last version, and three others."""
    ends = (rule.versions[0], rule.versions[-1])
    dates = {d for v in ends for d in (v.effective_from, v.version_date) if d is not None}
    around = {d + timedelta(days=step) for d in dates for step in (-1, 0)}
    return sorted(around | {date(1990, 1, 1), RECORDED_UNTIL})


def test_list_rule_and_citation_agree_on_every_rule() -> None:
    base = RegisterKnowledgeBase()
    resolver = Resolver(RULES.values(), lambda version_id: ())
    for rule in RULES.values():
        history = rule_history(base, rule.rule_id)
        for day in days(rule):
            expected = rule_standing(rule, day).status.value
            where = f"{rule.rule_id} on {day}"
            summary = wire.rule_summary(rule, day)["version"]
            assert summary["status"] == rule_standing_record(history, day)["status"] == expected, where
            assert summary["status_label"].startswith(f"{expected}（"), where
            assert wire.version_record(rule, rule_standing(rule, day).version, day)["status"] == expected
            for found in resolver.resolve(f"《{summary['title']}》", day):
                if found.rule is rule and found.version is rule_standing(rule, day).version:
                    record = citing.citation_record(f"《{summary['title']}》", found, day)
                    assert record["version"]["status"] == expected, where


def test_a_day_before_the_first_version_of_an_older_act_is_unknown_everywhere(client: TestClient) -> None:
    day = {"as_of": "1990-01-01"}
    label = "效力待核（登记的最早版本 1997-10-01 至 2006-06-28）"
    rule = client.get("/api/rules/criminal-law", params=day).json()
    assert rule["standing"]["status"] == rule["version"]["status"] == "效力待核"
    assert rule["version"]["status_label"] == label
    assert rule["text_label"].startswith("当日版本未收录：查询日早于登记的最早版本")
    assert rule["versions"][0]["status"] == "尚未施行"  # of the version by itself
    [listed] = [
        r for r in client.get("/api/rules", params=day | {"text": "刑法"}).json()["rules"]
        if r["id"] == "criminal-law"
    ]  # fmt: skip
    assert listed["version"]["status_label"] == label
    [cited] = client.get("/api/cite", params=day | {"text": "《刑法》"}).json()["citations"]
    assert (cited["outcome"], cited["version"]["status_label"]) == ("force-unknown", label)
    assert label in Outline(client.get("/rules/criminal-law", params=day).text).text


@pytest.mark.parametrize(
    ("rule_id", "day", "label"),
    [
        (
            "work-safety-law", "2015-01-01",
            "当日版本未收录：查询日适用的是《中华人民共和国安全生产法》2014-08-31 公布的版本（现行），"
            "本库没有其正文。请查阅官方文本。",
        ),
        (
            "work-safety-law", "2002-10-31",
            "正文未收录：《中华人民共和国安全生产法》2002-06-29 公布的版本查询日尚未施行，"
            "本库没有其正文。请查阅官方文本。",
        ),
        (
            "coal-mine-supervision-regulation", "2024-05-01",
            "正文未收录：《煤矿安全监察条例》2013-07-18 公布的版本查询日已废止，本库没有其正文。请查阅官方文本。",
        ),
        (
            "major-hazard-noncoal", "2020-01-01",
            "当日版本未收录：《金属非金属矿山重大生产安全事故隐患判定标准（试行）》2017-09-01（待核）发布的版本"
            "查询日效力待核，本库没有其正文。请查阅官方文本。",
        ),
        (
            "criminal-law", "1990-01-01",
            "当日版本未收录：查询日早于登记的最早版本（《中华人民共和国刑法》1997-03-14 公布的版本），"
            "更早的版本没有登记，效力待核。请查阅官方文本。",
        ),
    ],
)  # fmt: skip
def test_only_what_is_in_force_is_said_to_apply(rule_id: str, day: str, label: str) -> None:
    assert not_held_label(rule_standing(RULES[rule_id], date.fromisoformat(day))) == label


OLDER = replace(RULE, versions=(replace(NEW, note="更早的版本未登记。"),))


def test_a_held_text_is_not_that_of_a_day_before_it() -> None:
    first, on = OLDER.versions[0], date(2015, 1, 1)
    assert version_standing(first, on).status.value == "尚未施行"
    view = wire.article_view(ArticleView(OLDER, first, first, VENT, None, None), on)
    assert view["article"] is None and view["version"]["status"] == "效力待核"
    assert view["notice"].startswith("当日版本未收录：查询日早于登记的最早版本")
    assert view["stand_in"]["label"] == "非当日文本，条号可能不同"
    assert view["stand_in"]["article"]["text"] == VENT.text
    assert view["stand_in"]["version"]["status"] == "尚未施行"
    hit = hit_of(first, None, on, rule=OLDER, article=VENT, held=first)
    assert (hit["kind"], hit["text"]) == ("stand-in", None)
    assert hit["status_label"] == "效力待核（登记的最早版本 2020-07-01 起）"
    assert hit["stand_in"]["article"]["text"] == VENT.text
    today = hit_of(first, None, date(2021, 1, 1), rule=OLDER, article=VENT, held=first)
    assert (today["kind"], today["stand_in"]) == ("article", None)


def test_an_answer_for_a_day_after_the_register_says_where_it_ends(client: TestClient) -> None:
    for path in ("/api/rules?text=安全生产法", "/api/cite?text=安全生产法"):
        assert client.get(f"{path}&as_of={AFTER}").json()["register_notice"] == f"{ENDS}。"
        assert client.get(f"{path}&as_of=2026-11-25").json()["register_notice"] is None
    for path in ("/api/rules/work-safety-law", "/api/rules/work-safety-law/history"):
        said = client.get(f"{path}?as_of={AFTER}").json()["standing"]["label"]
        assert said == f"自 2021-09-01 起施行；{ENDS}"
        assert ENDS not in client.get(f"{path}?as_of=2026-11-25").text
    for path in ("/rules/work-safety-law?", "/cite?text=《安全生产法》&"):
        assert ENDS in Outline(client.get(f"{path}as_of={AFTER}").text).text
    view = wire.article_view(ArticleView(RULE, NEW, NEW, VENT, None, None), date(2026, 11, 26))
    assert view["register_notice"] == f"{ENDS}。"
