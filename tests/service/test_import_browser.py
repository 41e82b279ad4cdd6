"""A person imports, reads, corrects and decides in a real Chromium, on a desk and on a phone, with and without JavaScript.

Needs a Chromium on the path (Debian's package `chromium`); without it these tests skip.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.indexing.importing import making
from tests.service import browsing
from tests.service.browsing import (
    STOP_SECONDS,
    at_the_ends,
    browser,
    needs_chromium,
    playwright_api,
    served,
    window,
)
from tests.service.small_base import open_small_base, open_small_importer, says

from qianche.corpus.intake import Intake
from qianche.service.app import create_app
from qianche.service.settings import load_settings

__all__ = ["browser"]
pytestmark = needs_chromium
HOSTILE = "<img src=x onerror=alert(1)>\u202e" + "长" * 3000


@dataclass
class Service:
    """The application on a real base; the reader waits at `gate` for files that are named 慢.docx."""

    address: str
    gate: threading.Event


class Visit(browsing.Visit):
    """A page of the service; a dialog is a fault as well."""

    def __init__(self, page: playwright_api.Page, service: Service) -> None:
        super().__init__(page, service.address)
        self.gate = service.gate
        page.set_default_timeout(15_000)
        page.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")
        self.check()

    def bring(self, *files: tuple[str, bytes]) -> None:
        """Import files by the form, up to the page of the job."""
        self.go("/imports")
        sent = [
            {"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files
        ]
        self.page.get_by_label("选择文件（可多选）").set_input_files(sent)
        self.page.get_by_label("由谁导入").fill("张三")
        self.page.get_by_role("button", name="开始导入").click()
        self.page.wait_for_url("**/imports/*-*")

    def finished(self) -> None:
        """Wait until the page says so by itself: by its script, or by the refresh of the browser."""
        self.page.get_by_role("heading", name="导入结果").wait_for()
        self.check()

    @property
    def text(self) -> str:
        return re.sub(r"\s+", "", self.page.inner_text("main"))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    gate = threading.Event()
    gate.set()

    def take_in(path: Path, name: str) -> Intake:
        if name == "慢.docx":
            gate.wait(STOP_SECONDS)
        return making.take_in(path, name)

    base = open_small_base(tmp_path / "home")
    importer = open_small_importer(base, take_in)
    with served(create_app(base, load_settings(home=tmp_path / "home"), importer)) as address:
        yield Service(address, gate)
        gate.set()
    importer.close()
    base.close()


@pytest.fixture
def visit(
    request: pytest.FixtureRequest, browser: playwright_api.Browser, service: Service
) -> Iterator[Visit]:
    size, script = request.param
    with window(browser, size, script=script) as page:
        yield Visit(page, service)


with_script = pytest.mark.parametrize("visit", [("phone", True)], indirect=True, ids=str)


@at_the_ends
def test_from_a_file_to_a_corrected_case(visit: Visit) -> None:
    page = visit.page
    visit.gate.clear()
    told = "甲厂起火，造成三人死亡，后又有一人不治。"
    conflict = says(told, drafts=[{"deaths": [3, 4], "firm": "安吉另一家厂", "day": "2023-02-02"}])
    visit.bring(("慢.docx", conflict), ("坏.pdf", says(fail="“坏.pdf”已加密，无法读取。请去掉密码。")))
    assert page.get_by_role("heading", name="正在导入").is_visible()
    assert page.locator("progress").is_visible()
    visit.check()
    visit.gate.set()
    visit.finished()
    assert page.locator(".entry h3").first.inner_text() == "坏.pdf"

    page.get_by_role("link", name=re.compile("件待核")).first.click()
    page.wait_for_url("**/review?source=*")
    visit.check()
    page.locator("article.item").filter(has_text="死亡人数 3（").locator("a.where").first.click()
    page.wait_for_url("**/sources/*#quote")
    mark = page.locator("mark#quote")
    assert mark.inner_text() == told[:4]
    box = mark.bounding_box()
    assert box is not None and 0 <= box["y"] < page.viewport_size["height"]
    visit.check()

    page.go_back()
    item = page.locator("article.item").filter(has_text="死亡人数 3（")
    item.get_by_label("4", exact=True).check()
    item.get_by_label("您的姓名").fill("李四")
    item.get_by_role("button", name="采用所选的值").click()
    page.wait_for_url("**done=*")
    assert "已记下。李四于" in visit.text
    assert page.locator("article.item:has(.done)").bounding_box()["y"] < page.viewport_size["height"]
    visit.check()

    page.locator("article.item:has(.done)").get_by_role("link", name=re.compile("安吉另一家厂")).click()
    page.wait_for_url("**/cases/*")
    assert "死亡4人" in visit.text and "人工更正" in visit.text
    row = page.locator(".field").filter(has=page.get_by_role("heading", name="死亡人数"))
    row.locator("summary", has_text="更正").last.click()
    row.get_by_label("死亡人数", exact=True).fill("五")
    row.get_by_label("您的姓名").last.fill("王五")
    row.get_by_role("button", name="保存更正").click()
    page.get_by_role("alert").wait_for()
    assert "死亡人数“五”不能使用" in visit.text
    assert row.get_by_label("死亡人数", exact=True).input_value() == "五"
    visit.wrong = [
        w for w in visit.wrong if "422" not in w
    ]  # the browser notes the status of the refused form
    visit.check()


@with_script
def test_the_name_is_remembered_and_what_is_chosen_is_told(visit: Visit) -> None:
    page = visit.page
    visit.bring(("报告.docx", says(doubtful="deaths")))
    visit.finished()
    visit.go("/review")
    assert page.get_by_label("您的姓名").first.input_value() == "张三"
    visit.go("/imports")
    page.evaluate(
        """() => {
          const dropped = new DataTransfer();
          dropped.items.add(new File(["甲"], "拖来的.txt"));
          const event = new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true });
          document.querySelector(".drop").dispatchEvent(event);
        }"""
    )
    page.get_by_text("已选 1 个文件，共 1 KB：拖来的.txt").wait_for()
    assert page.locator("#files").evaluate("field => field.files.length") == 1
    visit.check()


@at_the_ends
def test_a_job_is_stopped(visit: Visit) -> None:
    visit.gate.clear()
    # The file under way and the one read ahead are finished; the third is not begun.
    visit.bring(("慢.docx", says()), *((f"{n}.docx", says(f"{n}厂起火。")) for n in "乙丙丁"))
    with visit.page.expect_response("**/cancel"):
        visit.page.get_by_role("button", name="取消导入").click()
    visit.gate.set()
    visit.finished()
    assert "已取消，没有导入" in visit.text


@at_the_ends
def test_hostile_text_runs_nothing_and_fits_the_window(visit: Visit) -> None:
    draft = {"day": "2022-02-02", "firm": HOSTILE, "deaths": [1, 2], "direct_cause": HOSTILE}
    visit.bring((f"{HOSTILE[:60]}.docx", says(HOSTILE, drafts=[draft])))
    visit.finished()
    page = visit.page
    page.locator(".entry h3 a").click()
    page.wait_for_url("**/sources/*")
    visit.check()
    page.locator("aside .made a").first.click()
    page.wait_for_url("**/cases/*")
    visit.check()
    visit.go("/review?kind=conflict")
    assert page.locator("main img").count() == 0
    visit.check()


@at_the_ends
def test_a_file_is_taken_back_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    visit.bring(("报告.docx", says()))
    visit.finished()
    visit.go("/sources")
    page.get_by_role("link", name="报告.docx").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/*")
    page.get_by_role("link", name="撤回这个文件…").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/remove")
    page.get_by_label("由谁撤回").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("li")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources?removed=true")
    assert "已撤回该文件" in visit.text
    visit.check()
