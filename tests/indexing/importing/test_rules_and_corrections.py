"""Rule texts under their version, corrections by persons, and both after the base was built anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.indexing.importing import making
from tests.indexing.importing.conftest import Bench

from qianche.corpus.casebook import case_to_payload
from qianche.corpus.errors import BadRecord, BadRequest
from qianche.corpus.register import rule_from_payload
from qianche.corpus.statutes import article_from_payload
from qianche.indexing import build
from qianche.indexing.build import case_entry, rule_entry, version_entry
from qianche.indexing.importing.overlay import imported_on_top
from qianche.indexing.store.protocol import RecordEntry

RULE = [
    "竹粉尘防爆规定",
    "第一章 总 则",
    "第一条 除尘管每班清扫。",
    "第二条 火花探测器每周校验一次，记录留存。",
]
VERSION = "dust-rules@2020-01-01"


def held(bench: Bench) -> tuple[str | None, list[str]]:
    """Where the text of the version comes from, and its articles."""
    payload = bench.store.get_record("register", "dust-rules")
    assert payload is not None
    version = rule_from_payload(payload).versions[0]
    ids = [i for i, _ in bench.store.iter_records("rules") if i.startswith(f"{VERSION}/")]
    return version.text_source, ids


def test_a_rule_of_one_version_is_held_and_found_by_its_words(bench: Bench) -> None:
    job = bench.run(bench.file("规定.docx", text=RULE, rule=RULE[0]))
    assert job.entries[0].counts == {"articles": 2}
    assert held(bench) == ("imported", [f"{VERSION}/1", f"{VERSION}/2"])
    payload = bench.store.get_record("rules", f"{VERSION}/2")
    assert payload is not None
    article = article_from_payload(payload)
    assert article.text == "火花探测器每周校验一次，记录留存。"
    assert [h.text for h in article.path] == ["第一章 总则"]
    assert [(p.start, p.end) for p in article.paragraphs] == [(0, len(article.text))]
    assert bench.passages(f"{VERSION}/2", "rules")[0] == article.text
    (source,) = bench.importer.sources()
    assert source.rule_version == VERSION


def test_removing_the_file_gives_the_version_back_without_text(bench: Bench) -> None:
    before = dict(bench.store.iter_records("rules")), dict(bench.store.iter_records("register"))
    sha = bench.take("规定.docx", text=RULE, rule=RULE[0])
    bench.importer.remove(sha, "李四")
    assert (dict(bench.store.iter_records("rules")), dict(bench.store.iter_records("register"))) == before
    assert held(bench) == (None, [])


def test_a_rule_that_fits_two_versions_waits_for_a_person(bench: Bench) -> None:
    text = ["双版规定", *RULE[1:]]
    sha = bench.take("规定.docx", text=text, rule=text[0])
    (review,) = bench.importer.reviews("rule-unmatched")
    assert review.choices == ("two-rules@2020-01-01", "two-rules@2023-01-01")
    assert not [i for i, _ in bench.store.iter_records("rules") if "/" in i]
    with pytest.raises(BadRequest):
        bench.importer.decide(review.review_id, "version", "李四", "no-such-rule@2020-01-01")
    bench.importer.decide(review.review_id, "version", "李四", "two-rules@2023-01-01")
    ids = [i for i, _ in bench.store.iter_records("rules") if "/" in i]
    assert ids == ["two-rules@2023-01-01/1", "two-rules@2023-01-01/2"]
    assert bench.importer.source(sha).rule_version == "two-rules@2023-01-01"


def test_a_second_file_of_a_held_version_is_only_kept(bench: Bench) -> None:
    bench.take("规定.docx", text=RULE, rule=RULE[0])
    job = bench.run(bench.file("规定.pdf", text=[*RULE, "第三条 附加一条。"], rule=RULE[0]))
    assert "已有正文" in job.entries[0].message
    assert held(bench)[1] == [f"{VERSION}/1", f"{VERSION}/2"]


def test_a_notice_without_articles_is_found_by_its_words_under_its_version(bench: Bench) -> None:
    what = {
        "text": ["竹粉尘防爆规定", "一、 除尘管没有泄爆口的，判定为重大隐患。"],
        "rule": RULE[0],
        "notice": True,
    }
    sha = bench.take("通知.docx", **what)
    assert held(bench) == (None, [])
    assert bench.passages(VERSION, "rules")[1:] == ["一、 除尘管没有泄爆口的，判定为重大隐患。"]
    bench.importer.remove(sha, "李四")
    assert len(bench.passages(VERSION, "rules")) == 1


def test_a_correction_is_laid_over_a_bundled_case_and_taken_back(bench: Bench) -> None:
    before = bench.cases()["bundled-a"]
    bench.importer.correct("bundled-a", "toll.deaths", 3, "李四")
    bench.importer.correct("bundled-a", "toll.deaths", 11, "王五")
    bench.importer.correct("bundled-a", "direct_cause", "除尘管堵塞", "李四")
    after = bench.cases()["bundled-a"]
    assert (after["toll"]["deaths"], after["direct_cause"], after["cause_basis"]) == (
        11,
        "除尘管堵塞",
        "person",
    )
    assert after["grade"] == {"value": "重大", "basis": "computed"}  # 10 to 29 deaths
    assert "更正：死亡人数由“2”改为“11”（王五，2026-03-01）。" in after["note"]
    (correction,) = [c for c in bench.importer.corrections("bundled-a") if c.field == "toll.deaths"]
    assert [(c.before, c.value, c.who) for c in correction.changes] == [(2, 3, "李四"), (3, 11, "王五")]
    bench.importer.withdraw("bundled-a", "toll.deaths", "李四")
    bench.importer.withdraw("bundled-a", "direct_cause", "李四")
    assert bench.cases()["bundled-a"] == before


@pytest.mark.parametrize(
    ("field", "value"),
    [("toll.deaths", -1), ("toll.deaths", "三"), ("occurred_on", "2024-02-30"), ("sector", "航天"), ("lessons", "一句")],
)  # fmt: skip
def test_a_value_that_cannot_stand_is_refused_and_nothing_changes(
    bench: Bench, field: str, value: object
) -> None:
    before = bench.cases()
    with pytest.raises(BadRecord):
        bench.importer.correct("bundled-a", field, value, "李四")
    assert bench.cases() == before
    assert bench.importer.corrections() == ()


def test_unknown_fields_and_cases_are_refused(bench: Bench) -> None:
    for case_id, field in (("bundled-a", "case_id"), ("bundled-a", "origin"), ("nowhere", "name")):
        with pytest.raises(BadRequest):
            bench.importer.correct(case_id, field, "甲", "李四")


def test_a_correction_survives_removal_and_import_of_the_same_file(bench: Bench) -> None:
    what = {"text": ["一段。"], "drafts": [{"day": "2021-01-01", "firm": "信丰白鹭厂"}]}
    sha = bench.take(**what)
    case_id = f"imp-{sha[:12]}-1"
    bench.importer.correct(case_id, "name", "白鹭厂火灾", "李四")
    bench.importer.remove(sha, "李四")
    assert bench.take(**what) == sha
    assert bench.cases()[case_id]["name"] == "白鹭厂火灾"


@pytest.fixture
def rebuilt(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], None]:
    """Builds the base anew, with the bundled cases named."""

    def rebuild(names: list[str]) -> None:
        def entries() -> list[RecordEntry]:
            rules = [making.rule(days=("2020-01-01",)), making.rule("two-rules")]
            found = [
                case_entry(making.case("bundled-a")),
                case_entry(making.case("bundled-b", day="2019-03-03")),
            ]
            found = [entry for entry in found if entry.record_id in names]
            for rule in rules:
                found += [rule_entry(rule), *(version_entry(rule, v) for v in rule.versions)]
            return found

        monkeypatch.setattr(build, "bundled_entries", entries)
        build.build_records(bench.store)

    return rebuild


def everything(bench: Bench) -> dict[str, dict[str, object]]:
    """Every record and passage of the base."""
    collections = (
        "cases",
        "rules",
        "register",
        "sources",
        "accounts",
        "told",
        "joins",
        "reviews",
        "corrections",
    )
    found: dict[str, dict[str, object]] = {c: dict(bench.store.iter_records(c)) for c in collections}
    for collection in ("cases", "rules"):
        documents = bench.store.collection(collection).filter_documents()
        found[f"{collection} passages"] = {d.id: (d.content, d.meta) for d in documents}
    return found


def test_building_anew_loses_nothing_of_imports(bench: Bench, rebuilt: Callable[[list[str]], None]) -> None:
    bench.take("甲.docx", text=["用角磨机切割时起火。"], drafts=[{}])  # joined to bundled-a
    sha = bench.take(
        "乙.docx", text=["另一起。"], drafts=[{"day": "2021-01-01", "firm": "信丰白鹭厂", "deaths": [1, 2]}]
    )
    bench.take("规定.docx", text=RULE, rule=RULE[0])
    bench.importer.correct("bundled-b", "toll.deaths", 4, "李四")
    bench.importer.correct(f"imp-{sha[:12]}-1", "toll.deaths", 2, "李四")
    before = everything(bench)
    rebuilt(["bundled-a", "bundled-b"])
    assert everything(bench) == before
    assert bench.importer.accounts("bundled-a")


def test_an_account_whose_bundled_case_is_gone_stands_alone(
    bench: Bench, rebuilt: Callable[[list[str]], None]
) -> None:
    sha = bench.take("甲.docx", text=["用角磨机切割时起火。"], drafts=[{}])
    rebuilt(["bundled-b"])
    account_id = f"imp-{sha[:12]}-1"
    assert set(bench.cases()) == {"bundled-b", account_id}
    assert bench.importer.account(account_id).case_id == account_id
    assert bench.store.get_record("told", "bundled-a") is None


def test_a_case_of_our_own_schema_keeps_its_fields(bench: Bench, tmp_path: object) -> None:
    from qianche.corpus.intake import Intake
    from qianche.indexing.importing import Importer

    own = making.case("my-case", day="2018-04-04", name="丽水云岫厂“4·4”火灾事故")

    def take_in(path: object, name: str) -> Intake:
        return Intake(making.document("{}"), "table", cases=(own,))

    importer = Importer(bench.store, bench.home, take_in, bundled=lambda: (), clock=lambda: making.NOON)
    job = importer.wait(importer.start([bench.file(text=[])], "张三"), 30)
    (case_id,) = job.entries[0].record_ids
    expected = case_to_payload(own) | {"case_id": case_id, "origin": "imported"}
    assert bench.cases()[case_id] == expected


def test_what_a_person_gives_is_shown_as_given_by_a_person(bench: Bench) -> None:
    bench.importer.correct("bundled-a", "grade", "较大", "李四")
    bench.importer.correct("bundled-a", "accident_classes.gb6441-1986", "其他爆炸", "李四")
    payload = bench.cases()["bundled-a"]
    assert payload["grade"] == {"value": "较大", "basis": "person"}
    [own] = [c for c in payload["accident_classes"] if c["scheme"] == "gb6441-1986"]
    assert (own["value"], own["basis"]) == ("其他爆炸", "person")


def test_a_correction_that_no_longer_fits_its_list_is_told_and_stops_nothing(bench: Bench) -> None:
    bench.importer.correct("bundled-a", "sector", "煤矿", "李四")
    bench.importer.correct("bundled-a", "toll.deaths", 5, "李四")
    record = dict(bench.store.get_record("corrections", "bundled-a/sector") or {})
    record["changes"][0]["value"] = "从前的行业"
    bench.store.write_records([RecordEntry("corrections", "bundled-a/sector", record, ())])
    entries, _ = imported_on_top(bench.store, [case_entry(making.case("bundled-a"))])
    [payload] = [e.payload for e in entries if e.record_id == "bundled-a"]
    assert (payload["sector"], payload["toll"]["deaths"]) == ("工贸", 5)
    assert "更正“行业领域”现已不能采用" in payload["note"]
