"""A person's way through the pages in a real Chromium, on a desk and on a phone, with and without JavaScript.

Needs a Chromium on the path (Debian's package `chromium`); without it these tests skip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.service.browsing import (
    SIZES,
    Visit,
    at_the_ends,
    browser,
    needs_chromium,
    playwright_api,
    served,
    window,
)
from tests.service.fake_kb import TANK, FakeKnowledgeBase

from qianche.service.app import create_app
from qianche.service.settings import load_settings

__all__ = ["browser"]
pytestmark = needs_chromium
HAZARD = "下池清淤没有通风，脚手架没有防护栏"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(create_app(FakeKnowledgeBase(), load_settings())) as address:
        yield address


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: playwright_api.Browser, address: str) -> Iterator[Visit]:
    size, script = request.param
    with window(browser, size, script=script) as page:
        yield Visit(page, address)


everywhere = pytest.mark.parametrize(
    "visit", [(size, script) for size in SIZES for script in (True, False)], indirect=True, ids=str
)
"""Both sizes, with and without JavaScript."""


def _text(page: playwright_api.Page) -> str:
    """Return the visible text of the page without white space."""
    return re.sub(r"\s+", "", page.inner_text("main"))


@everywhere
def test_from_a_hazard_to_a_case_and_an_article(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.address)
    visit.check()
    page.get_by_label("描述看到的隐患").fill(HAZARD)
    page.get_by_role("button", name="检索", exact=True).click()
    page.wait_for_url("**/?q=*")
    assert "as_of" not in page.url
    assert page.locator("#cases article").count() == 2
    assert page.locator("#rules article").count() == 1
    assert page.locator("mark").first.is_visible()
    visit.check()

    switch = page.locator(".tabs label")
    if switch.is_visible():
        assert not page.locator(".facets").is_visible()
        switch.click()
    page.locator(".facets").get_by_role("button", name="工贸").click()
    page.wait_for_url("**sector=*")
    assert page.locator("#cases article").count() == 1
    assert page.get_by_role("button", name="去掉筛选：行业领域 工贸").is_visible()
    visit.check()
    found = page.url

    page.get_by_role("link", name=TANK.name).click()
    page.wait_for_url("**/cases/tank-2019")
    assert "本库概括，非报告原文" in _text(page)
    laws = page.locator(".law-of-case .side")
    assert laws.count() >= 2
    assert all(side.is_visible() for side in laws.all())
    visit.check()

    page.go_back()
    assert page.url == found
    assert page.get_by_label("描述看到的隐患").input_value() == HAZARD
    page.get_by_role("link", name="《池内作业规定》第三条").click()
    page.wait_for_url("**/rules/invented-rule/articles/3")
    assert "下池前应当：（一）通风；（二）检测。" in _text(page)
    visit.check()

    page.get_by_label("适用日期").fill("2015-01-01")
    page.get_by_role("button", name="查看当日版本").click()
    page.wait_for_url("**as_of=2015-01-01")
    assert "当日版本未收录" in _text(page)
    visit.check()

    page.go_back()
    page.get_by_role("link", name="目录").click()
    page.wait_for_url("**/rules/invented-rule")
    assert page.locator("tbody tr").count() == 2
    visit.check()


@at_the_ends
def test_a_chip_takes_its_filter_away(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.address}/?q=通风&deaths_min=1&sector=工贸")
    page.get_by_role("button", name="去掉筛选：死亡人数 不少于 1 人").click()
    page.wait_for_url(lambda url: "deaths_min" not in url)
    assert "sector=" in page.url
    page.get_by_role("button", name="全部清除").click()
    page.wait_for_url(lambda url: "sector" not in url)
    visit.check()


@at_the_ends
def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.address)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "跳到正文"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("name") == "q"
    page.keyboard.type("tongfeng 通风")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    assert page.locator("#cases article").count() == 1
    visit.check()


def test_enter_asks_and_shift_enter_breaks_the_line(browser: playwright_api.Browser, address: str) -> None:
    context = browser.new_context()
    visit = Visit(context.new_page(), address)
    visit.page.goto(address)
    box = visit.page.locator("#q")
    box.fill("通风")
    box.press("Shift+Enter")
    assert box.input_value() == "通风\n"
    box.press("Enter")
    visit.page.wait_for_url("**/?q=*")
    visit.check()
    context.close()


def test_a_citation_is_copied(browser: playwright_api.Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    visit = Visit(context.new_page(), address)
    visit.page.goto(f"{address}/rules/invented-rule/articles/3")
    visit.page.get_by_role("button", name="复制").click()
    visit.page.get_by_role("button", name="已复制").wait_for()
    assert visit.page.evaluate("navigator.clipboard.readText()") == "《池内作业规定》第三条"
    visit.check()
    context.close()


@at_the_ends
def test_hostile_text_runs_nothing(visit: Visit) -> None:
    page = visit.page
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    hostile = "</textarea><script>alert(1)</script><img src=x onerror=alert(2)>通风\u202e倒\u200b"
    hostile += "长" * 3000
    page.goto(visit.address)
    page.locator("#q").fill(hostile)
    page.get_by_role("button", name="检索", exact=True).click()
    page.wait_for_url("**/?q=*")
    assert page.locator("#q").input_value() == hostile
    assert page.locator("main img, main script").count() == 0
    assert dialogs == []
    visit.check()


def test_print_leaves_out_what_is_only_for_the_screen(browser: playwright_api.Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(f"{address}/?q=通风")
    assert not page.locator(".facets").is_visible()
    assert not page.locator("header.top").is_visible()
    assert page.locator("#cases article").first.is_visible()
    context.close()
