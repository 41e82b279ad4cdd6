"""A digest stands in for an article whose text is not held, and beside it once the text was imported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.indexing.importing.conftest import Bench, make_bench
from tests.indexing.importing.making import BUNDLED
from tests.indexing.importing.test_rules_and_corrections import RULE, VERSION

from qianche.corpus.digests import Digest, Digests, digest_from_payload
from qianche.corpus.register import rule_from_payload
from qianche.indexing.build import case_entry, digest_entries, rule_entry, version_entry
from qianche.indexing.importing.overlay import imported_on_top


def digest(place: str, label: str, *said: str) -> Digest:
    return Digest(
        VERSION,
        place,
        label,
        "扫干净，记下来。",
        said,
        ("生产经营单位",),
        (),
        (),
        False,
        "text",
        "",
        date(2026, 11, 25),
    )


SECOND = digest("2", "第二条", "火花探头半年没人校过")
BEYOND = digest("9", "第九条", "除尘器旁边抽烟")
DIGESTS = Digests({d.article_id: d for d in (SECOND, BEYOND)}, {})


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    for module in ("build", "importing.rules", "importing.overlay"):
        monkeypatch.setattr(f"qianche.indexing.{module}.digests", lambda: DIGESTS)
    bench = make_bench(tmp_path / "home", BUNDLED)
    payload = bench.store.get_record("register", "dust-rules")
    assert payload is not None
    rule = rule_from_payload(payload)
    bench.store.write_records(list(digest_entries(rule, rule.versions[0])))
    return bench


def kept(bench: Bench) -> dict[str, Digest | None]:
    """The provisions of the version, each with its digest."""
    return {
        record_id: digest_from_payload(payload["digest"]) if payload.get("digest") else None
        for record_id, payload in bench.store.iter_records("rules")
        if record_id.startswith(VERSION) and record_id != VERSION
    }


def test_a_digest_is_found_in_place_of_the_text(bench: Bench) -> None:
    assert kept(bench) == {f"{VERSION}:2": SECOND, f"{VERSION}:9": BEYOND}
    (document,) = [
        d for d in bench.store.collection("rules").filter_documents() if d.meta["record_id"] == f"{VERSION}:2"
    ]
    assert document.content == "扫干净，记下来。"
    assert "火花探头半年没人校过" in document.meta["lexical"]
    assert document.meta["is_provision"] is True


def test_an_imported_text_takes_its_place_and_the_digest_stays_beside_it(bench: Bench) -> None:
    before = dict(bench.store.iter_records("rules"))
    sha = bench.take("规定.docx", text=RULE, rule=RULE[0])
    assert kept(bench) == {f"{VERSION}/1": None, f"{VERSION}/2": SECOND, f"{VERSION}:9": BEYOND}
    assert "扫干净，记下来。" in bench.passages(f"{VERSION}/2", "rules")
    bench.importer.remove(sha, "李四")
    assert dict(bench.store.iter_records("rules")) == before


def test_building_anew_keeps_the_imported_text_and_no_second_digest(bench: Bench) -> None:
    bench.take("规定.docx", text=RULE, rule=RULE[0])
    payload = bench.store.get_record("register", "dust-rules")
    assert payload is not None
    rule = rule_from_payload({**payload, "versions": [{**payload["versions"][0], "text_source": None}]})
    bundled = [
        *map(case_entry, BUNDLED),
        rule_entry(rule),
        version_entry(rule, rule.versions[0]),
        *digest_entries(rule, rule.versions[0]),
    ]
    entries, removed = imported_on_top(bench.store, bundled)
    bench.store.write_records(entries, remove=removed)
    assert kept(bench) == {f"{VERSION}/1": None, f"{VERSION}/2": SECOND, f"{VERSION}:9": BEYOND}
