"""The columns of a table on its page: seen, corrected by a form without JavaScript, and what goes wrong."""

from __future__ import annotations

from tests.indexing.importing.making import LEDGER, ledger
from tests.service.import_pages.bench import Bench

HEADED = ["name", "date", "province", "city", "county", "unit", "injured", "direct_cause"]
DEAD = [*HEADED[:6], "deaths", HEADED[7]]


def selected(bench: Bench, sha256: str) -> list[str]:
    """Values of the chosen options of the columns' selects."""
    return [o["value"] for o in bench.page(f"/sources/{sha256}").all("option") if "selected" in o]


def test_the_page_of_a_table_shows_every_column_with_a_choice_of_fields(bench: Bench) -> None:
    sha256 = bench.take("台账.csv", ledger())
    page = bench.page(f"/sources/{sha256}")
    assert [s["aria-label"] for s in page.all("select") if s.get("name") == "field"] == [
        f"第 {n} 列“{header}”对应的字段" for n, header in enumerate(LEDGER[0].split(","), 1)
    ]
    assert selected(bench, sha256) == HEADED
    assert "除尘管积灰遇火花；未停机清理；电线破损" in page.text


def test_corrected_columns_are_saved_by_the_form_and_said(bench: Bench) -> None:
    sha256 = bench.take("台账.csv", ledger())
    reply = bench.client.post(
        f"/sources/{sha256}/columns", data={"table": "1", "field": DEAD, "unit": "", "who": "李四"}
    )
    assert (reply.status_code, reply.headers["location"]) == (303, f"/sources/{sha256}?remapped=true#columns")
    page = bench.page(reply.headers["location"])
    assert "各行已按新的列对照重新收录，由它得到 3 起事故" in page.text and "李四" in page.text
    assert selected(bench, sha256) == DEAD
    assert bench.importer.account(f"imp-{sha256[:12]}-1").case_id == "bundled-a"


def test_what_cannot_be_saved_comes_back_as_it_was_chosen(bench: Bench) -> None:
    sha256 = bench.take("台账.csv", ledger())
    for fields, said in (
        ({"field": DEAD, "table": "1", "who": ""}, "由谁操作"),
        ({"field": DEAD, "table": "x", "who": "李四"}, "从 1 数起"),
        ({"field": DEAD, "table": "2", "who": "李四"}, "没有第 2 个表格"),
        ({"field": ["<b>"], "table": "1", "who": "李四"}, "未知的字段“<b>”"),
        ({"field": ["name"] * 9, "table": "1", "who": "李四"}, "没有第 9 列"),
        ({"table": "9" * 5000, "who": "李四"}, "没有更改"),
    ):
        reply = bench.client.post(f"/sources/{sha256}/columns", data=fields, headers={"accept": "text/html"})
        assert reply.status_code == 422, reply.text
        assert said.replace("<b>", "&lt;b&gt;") in reply.text
        assert "<b>" not in reply.text
        if fields.get("who") == "":
            assert '<option value="deaths" selected>' in reply.text
    assert bench.importer.column_changes(sha256) == ()


def test_a_table_taken_for_none_is_open_and_says_why(bench: Bench) -> None:
    sha256 = bench.take("表.csv", ledger("甲,乙,丙", "子,丑,寅", "卯,辰,巳"))
    page = bench.page(f"/sources/{sha256}")
    assert "列名不像事故清单，未收录为案例。若是，请指定各列的含义。" in page.text
    assert [d for d in page.all("details") if "open" in d]


def test_a_report_has_no_columns(bench: Bench) -> None:
    sha256 = bench.take()
    assert "列对照" not in bench.page(f"/sources/{sha256}").text
    assert (
        bench.client.post(f"/sources/{sha256}/columns", data={"table": "1", "who": "李四"}).status_code == 422
    )
    assert bench.client.post("/sources/" + "0" * 64 + "/columns", data={"table": "1"}).status_code == 404
