"""What the tests of the import pages share: a browser without JavaScript before the application, and its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from tests.service.conftest import BASE_URL
from tests.service.page_outline import Outline
from tests.service.small_base import client_of, open_small_base, says

from qianche.indexing.importing import Importer
from qianche.indexing.importing.records import Review

HTML = {"accept": "text/html"}
SAME: dict[str, Any] = {"drafts": [{}]}
"""The bundled accident itself."""
UNDATED: dict[str, Any] = {"drafts": [{"day": None, "firm": "安吉无日期厂"}]}


@dataclass
class Bench:
    """A browser without JavaScript before the application, and the importer behind it."""

    client: TestClient
    importer: Importer

    def take(self, name: str = "报告.docx", content: bytes = b"", **what: Any) -> str:
        """Import one file by the form; return its sha256."""
        files = {"files": (name, content or says(**what))}
        reply = self.client.post("/imports", files=files, data={"who": "张三"}, headers=HTML)
        assert reply.status_code == 303, reply.text
        job_id = reply.headers["location"].removeprefix("/imports/")
        (entry,) = self.importer.wait(job_id, 30).entries
        assert entry.sha256 is not None
        return entry.sha256

    def page(self, address: str, status: int = 200) -> Outline:
        reply = self.client.get(address.partition("#")[0], headers=HTML)
        assert reply.status_code == status, reply.text
        return Outline(reply.text)

    def send(self, address: str, **fields: str) -> Any:
        return self.client.post(address, data=fields, headers=HTML | {"origin": BASE_URL})

    def follow(self, address: str, **fields: str) -> Outline:
        """Send a form that must be carried out, and go where it leads."""
        reply = self.send(address, **fields)
        assert reply.status_code == 303, reply.text
        return self.page(reply.headers["location"])

    def refused(self, address: str, **fields: str) -> Outline:
        """Send a form that must come back with what is wrong."""
        reply = self.send(address, **fields)
        assert reply.status_code == 422, reply.text
        return Outline(reply.text)

    def only_review(self, kind: str) -> Review:
        (review,) = [r for r in self.importer.reviews() if r.kind == kind]
        return review

    def only_case(self, sha256: str) -> str:
        (account_id,) = self.importer.source(sha256).account_ids
        return self.importer.account(account_id).case_id or account_id


def make_bench(home: Path) -> Iterator[Bench]:
    base = open_small_base(home)
    # Similar cases are not under test here, and the dictionary they need takes a second to load.
    base.similar_cases = lambda case_id, top_k=10: ()  # type: ignore[method-assign]
    with client_of(base) as (client, importer):
        yield Bench(client, importer)


def sources_of(bench: Bench) -> dict[str, str]:
    return {source.names[0]: source.sha256 for source in bench.importer.sources()}


def links(page: Outline) -> set[str]:
    return {a["href"] for a in page.all("a")}


def values(page: Outline, name: str) -> list[str]:
    return [field.get("value", "") for field in page.all("input") if field.get("name") == name]
