"""A real Chromium before the application, on a desk and on a phone, with and without JavaScript.

Needs a Chromium on the path (Debian's package `chromium`); without it these tests skip.
"""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from fastapi import FastAPI

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium on this machine (apt install chromium)"
)

_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
STOP_SECONDS = 20

at_the_ends = pytest.mark.parametrize("visit", [("desk", True), ("phone", False)], indirect=True, ids=str)


@dataclass
class Visit:
    """A page in the browser and everything that went wrong on it."""

    page: playwright_api.Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(10_000)
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("requestfailed", lambda request: self._note_failed(request.url, request.failure))
        self.page.on("request", lambda request: self._note_foreign(request.url))

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.wrong.append(text)

    def _note_failed(self, url: str, why: str | None) -> None:
        # A browser breaks off what is still loading (its icon) when the test goes on to the next page.
        if why != "net::ERR_ABORTED":
            self.wrong.append(f"failed: {url} {why}")

    def _note_foreign(self, url: str) -> None:
        if not url.startswith(self.address):
            self.wrong.append(f"foreign: {url}")

    def check(self) -> None:
        """Fail on any complaint of the browser, or where the page is wider than its window."""
        assert self.wrong == []
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(width) <= 0


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright_api.Browser]:
    """The browser; a module that uses it imports this fixture."""
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve the application on a port of its own; lend its address."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    # The socket listens before the server runs, so that the first request waits instead of failing.
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(STOP_SECONDS)


@contextmanager
def window(browser: playwright_api.Browser, size: str, *, script: bool) -> Iterator[playwright_api.Page]:
    """Lend a page in a window of one of `SIZES`."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=script,
        has_touch=size == "phone",
        locale="zh-CN",
    )
    yield context.new_page()
    context.close()
