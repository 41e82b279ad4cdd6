"""A client on a real base with an importer; the files that its tests import, and how they ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi.testclient import TestClient
from tests.service.small_base import client_of, open_small_base, says

from qianche.indexing.importing import Importer
from qianche.service.responses import imports as shapes
from qianche.service.schemas import Problem

NOBODY = "0" * 64
FORM_HEAD = {"content-type": "multipart/form-data; boundary=edge"}


@dataclass
class Bench:
    """A client of the application, and the importer behind it."""

    client: TestClient
    importer: Importer

    def post(self, *files: tuple[str, bytes], who: str = "张三") -> shapes.ImportJob:
        """Import files to the end."""
        reply = self.client.post("/api/imports", files=[("files", f) for f in files], data={"who": who})
        assert reply.status_code == 202, reply.text
        job_id = shapes.ImportJob.model_validate_json(reply.content).id
        self.importer.wait(job_id, 30)
        return shapes.ImportJob.model_validate_json(self.get(f"/api/imports/{job_id}").content)

    def take(self, name: str = "报告.docx", content: bytes = b"", **what: Any) -> str:
        """Import one file that must succeed; return its sha256."""
        (entry,) = self.post((name, content or says(**what))).entries
        assert entry.state == "done", entry
        assert entry.sha256 is not None
        return entry.sha256

    def get(self, path: str) -> Any:
        reply = self.client.get(path)
        assert reply.status_code == 200, reply.text
        return reply

    def reviews(self, **query: str) -> list[shapes.ReviewItem]:
        reply = self.client.get("/api/reviews", params=query)
        return shapes.ReviewList.model_validate_json(reply.content).reviews

    def decide(self, review_id: str, **decision: Any) -> Any:
        return self.client.post(
            f"/api/reviews/{quote(review_id, safe='')}/decide", json={"who": "李四"} | decision
        )


def make_bench(home: Path, **settings: Any) -> Iterator[Bench]:
    with client_of(open_small_base(home), **settings) as (client, importer):
        yield Bench(client, importer)


def problem(reply: Any, status: int, code: str) -> str:
    """The sentence of an error that must have this status and code."""
    assert reply.headers["content-type"] == "application/problem+json"
    told = Problem.model_validate_json(reply.content)
    assert (reply.status_code, told.status, told.code) == (status, status, code), reply.text
    return told.detail
