"""Text of files and forms stays text."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from tests.service.import_pages.bench import HTML, Bench, links
from tests.service.page_outline import Outline

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></title><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202e倒写\u2066\u200b\ufeff",
    "&lt;b&gt;",
    "长" * 100_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_of_a_file_stays_text_on_every_page(bench: Bench, text: str) -> None:
    draft = {
        "day": "2022-02-02", "firm": text, "deaths": [1, 2], "direct_cause": text, "activity": [text, f"{text}甲"],
    }  # fmt: skip
    sha = bench.take(f"{text[:150]}.docx", text=[f"{text}起火。", text], drafts=[draft])
    case_id = bench.only_case(sha)
    (job,) = bench.importer.jobs()
    bench.follow(f"/cases/{case_id}/corrections", field="direct_cause", value=text[:900], who=text[:40])
    addresses = [
        "/imports", f"/imports/{job.job_id}", "/sources", f"/sources/{sha}", f"/sources/{sha}/remove",
        f"/sources/{sha}?start=0&end=4", f"/cases/{case_id}", "/review", "/review?kind=conflict",
        "/review?state=decided", f"/review?source={quote(text[:90])}&case={quote(text[:90])}&who={quote(text[:90])}",
        f"/sources/{sha}/diff/{sha}",
    ]  # fmt: skip
    for address in addresses:
        reply = bench.client.get(address, headers=HTML)
        assert reply.status_code == 200, address
        page = Outline(reply.text)
        assert all(s["src"].startswith("/static/") for s in page.all("script")), address
        assert not page.all("img") and not page.all("svg"), address
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
        assert all(link.startswith(("/", "#", "?")) for link in links(page)), address
        assert "49" not in page.text or "{{" not in text
        if address != f"/cases/{case_id}":
            assert len(reply.content) < 100_000, address


def test_what_was_typed_comes_back_escaped(bench: Bench) -> None:
    for text in HOSTILE[:6]:
        for address, fields in (
            ("/cases/bundled-a/corrections", {"field": "toll.deaths", "value": text, "who": text}),
            ("/review", {"review": text, "action": text, "who": text, "kind": text, "source": text}),
            ("/cases/bundled-a/corrections", {"field": text, "value": text, "who": "甲"}),
        ):
            reply = bench.send(address, **fields)
            assert reply.status_code in (404, 422)
            page = Outline(reply.text)
            assert not page.all("img") and not page.all("svg")
            assert all(s["src"].startswith("/static/") for s in page.all("script"))
