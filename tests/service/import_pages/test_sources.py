"""A file, its pages and versions; taking it back."""

from __future__ import annotations

from typing import Any

from tests.indexing.importing.making import LONG
from tests.service.import_pages.bench import HTML, Bench, links, sources_of
from tests.service.page_outline import Outline
from tests.service.small_base import REPORT


def test_a_source_shows_its_facts_and_the_quote_in_place(bench: Bench) -> None:
    sha = bench.take("安吉报告.docx")
    start = len(REPORT[0]) + 1
    reply = bench.client.get(f"/sources/{sha}?page=1&start={start}&end={start + 9}", headers=HTML)
    assert f'<p><mark id="quote" tabindex="-1">{REPORT[1][:9]}</mark>{REPORT[1][9:]}</p>' in reply.text
    page = Outline(reply.text)
    kept = sum(len(line) for line in REPORT)
    for said in (
        "安吉报告.docx",
        "事故报告",
        f"保留{kept}，文件自身{kept}",
        "张三",
        "文字1页",
        f"{kept}/{kept}",
    ):
        assert said in page.words
    assert f"/api/sources/{sha}/file" in links(page)
    away = bench.page(f"/sources/{sha}?start=9999&end=99999")
    assert "没有可标出的文字" in away.text


def test_an_unread_page_is_said(full: Bench) -> None:
    sha = sources_of(full)["扫描.pdf"]
    page = full.page(f"/sources/{sha}")
    assert "扫描件，未识别1页" in page.words and "未读出：第1页" in page.words


def test_two_versions_are_compared_with_words_for_what_changed(bench: Bench) -> None:
    what: dict[str, Any] = {"drafts": [{"day": "2022-02-02", "firm": "龙南飞燕铸造厂"}]}
    first = bench.take("初稿.docx", text=list(LONG), **what)
    edited = [LONG[0].replace("第1段", "首段"), *LONG[1:], "附记：新加的一段。"]
    second = bench.take("二稿.docx", text=edited, **what)
    assert f"/sources/{first}/diff/{second}" in links(bench.page(f"/sources/{second}"))
    assert f"/sources/{first}/diff/{second}" in links(bench.page(f"/sources/{first}"))
    page = bench.page(f"/sources/{first}/diff/{second}")
    assert "2处不同：改动1，新增1，删去0" in page.words
    assert "附记：新加的一段。" in page.text and "没有这一段" in page.text
    assert page.all("ins") and page.all("del")


def test_a_file_is_taken_back_only_with_a_name(bench: Bench) -> None:
    sha = bench.take("要撤回.docx")
    ask = bench.page(f"/sources/{sha}/remove")
    assert "撤回这个文件？" in ask.text and "1份事故记述" in ask.words
    wrong = bench.refused(f"/sources/{sha}/remove", who="  ")
    assert "没有写明由谁操作" in wrong.text
    assert "姓名有60个字" in bench.refused(f"/sources/{sha}/remove", who="张" * 60).words
    gone = bench.follow(f"/sources/{sha}/remove", who="李四")
    assert "已撤回该文件" in gone.text and "要撤回.docx" not in gone.text
    bench.page(f"/sources/{sha}", 404)
