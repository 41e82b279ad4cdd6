"""What a page is made of, read by the standard library's parser, and how a browser asks for it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlencode

from fastapi.testclient import TestClient
from tests.service.conftest import BASE_URL
from tests.service.fake_kb import FakeKnowledgeBase

from qianche.service.app import create_app
from qianche.service.settings import load_settings

QUERY = "下池清淤没有通风，脚手架没有防护栏"
"""Finds two of the three cases and the one rule of the hand-written knowledge base."""
_VOID = {"meta", "link", "input", "br", "hr", "img"}


class Outline(HTMLParser):
    """Tags, attributes and text of a page; fails on tags that are not closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self.tags
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of every element of that name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def buttons(self, css_class: str) -> list[dict[str, str]]:
        """Return the buttons of a class."""
        return [b for b in self.all("button") if css_class in b.get("class", "").split()]

    @property
    def words(self) -> str:
        """The text without white space."""
        return re.sub(r"\s+", "", self.text)


def get(client: TestClient, address: str, status: int = 200) -> Outline:
    """Return the page at an address that answers itself, without leading on."""
    response = client.get(address, headers={"accept": "text/html"})
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Outline(response.text)


def source(client: TestClient, address: str) -> str:
    """Return the source of the page that an address leads to."""
    return client.get(address, headers={"accept": "text/html"}, follow_redirects=True).text


def client_of(kb: FakeKnowledgeBase) -> TestClient:
    """Return a client of the application on this knowledge base, nothing being built."""
    app = create_app(kb, load_settings())
    return TestClient(app, base_url=BASE_URL, follow_redirects=False, raise_server_exceptions=False)


def search(**fields: str) -> str:
    """Return the address of a search."""
    return f"/?{urlencode(fields)}"
