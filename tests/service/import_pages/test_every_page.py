"""What holds for every page of importing."""

from __future__ import annotations

import re
from itertools import pairwise

from fastapi.testclient import TestClient
from tests.service.import_pages.bench import HTML, Bench, links, sources_of
from tests.service.page_outline import Outline


def every_address(bench: Bench) -> list[str]:
    found = sources_of(bench)
    same = bench.only_case(found["同一起.docx"])
    waiting = bench.only_case(found["无日期.docx"])
    jobs = [f"/imports/{job.job_id}" for job in bench.importer.jobs()]
    kinds = [f"/review?kind={r.kind}" for r in bench.importer.reviews()]
    return [
        "/imports", *jobs[:2], "/sources", "/review", "/review?state=decided", *kinds, f"/cases/{same}",
        f"/cases/{waiting}", "/cases/bundled-b", *(f"/sources/{sha}" for sha in found.values()),
        f"/sources/{found['矛盾.docx']}?page=1&start=2&end=8", f"/sources/{found['矛盾.docx']}/remove",
        f"/sources/{found['矛盾.docx']}/diff/{found['相似.docx']}", "/sources/" + "0" * 64,
    ]  # fmt: skip


def test_every_page_is_well_built_and_loads_nothing_from_outside(full: Bench) -> None:
    for address in every_address(full):
        page = Outline(full.client.get(address, headers=HTML).text)
        assert page.all("html")[0]["lang"] == "zh-CN"
        assert len(page.all("main")) == len(page.all("h1")) == len(page.all("title")) == 1, address
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert all(after <= before + 1 for before, after in pairwise(levels[levels.index(1) :])), address
        ids = [a["id"] for _, a in page.tags if "id" in a]
        assert len(ids) == len(set(ids)), address
        for tag, attributes in page.tags:
            for name in ("for", "aria-labelledby", "aria-describedby"):
                assert attributes.get(name, ids[0]) in ids, (address, attributes)
            assert "style" not in attributes
            assert not [name for name in attributes if name.startswith("on")]
            if tag in ("script", "link", "form"):
                assert (attributes.get("src") or attributes.get("href") or attributes["action"])[0] == "/"
        assert not page.all("style")


def test_every_field_has_a_label(full: Bench) -> None:
    for address in every_address(full):
        text = full.client.get(address, headers=HTML).text
        page = Outline(text)
        labelled = {label["for"] for label in page.all("label") if "for" in label}
        for field in page.all("input") + page.all("textarea") + page.all("select"):
            inside = field.get("type") in ("hidden", "radio")
            assert inside or field.get("id") in labelled, (address, field)


def test_every_link_within_the_service_leads_somewhere(full: Bench) -> None:
    seen: set[str] = set()
    for address in every_address(full)[:-1]:
        page = Outline(full.client.get(address, headers=HTML).text)
        ids = {a["id"] for _, a in page.tags if "id" in a}
        for link in links(page) - seen:
            seen.add(link)
            if link.startswith("#"):
                assert link[1:] in ids, (address, link)
            elif not link.startswith(("?", "/?q=")):
                reply = full.client.get(link.partition("#")[0], headers=HTML)
                assert reply.status_code == 200, (address, link)
                if link.startswith("/sources/") and link.endswith("#quote"):
                    assert 'id="quote"' in reply.text, (address, link)


def test_the_head_leads_to_importing_only_where_there_is_an_importer(full: Bench, client: TestClient) -> None:
    head = full.page("/")
    assert {"/imports", "/review"} <= links(head)
    assert f"待核{len(full.importer.reviews())}件" in head.words
    plain = Outline(client.get("/", headers=HTML).text)
    assert not {"/imports", "/review"} & links(plain)
    for address in ("/imports", "/review", "/sources"):
        assert client.get(address, headers=HTML).status_code == 404


def test_a_form_of_another_site_changes_nothing(bench: Bench) -> None:
    sha = bench.take()
    away = HTML | {"origin": "https://evil.example"}
    for address in ("/imports", f"/sources/{sha}/remove", "/review", "/cases/bundled-a/corrections"):
        reply = bench.client.post(address, data={"who": "甲"}, headers=away)
        assert reply.status_code == 403
    assert bench.importer.source(sha)
