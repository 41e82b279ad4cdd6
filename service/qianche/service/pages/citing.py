"""The page of citations: a text in, every citation in it with what it names on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from qianche.corpus.errors import BadRequest
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.citing import MAX_CITED_TEXT, resolve_text
from qianche.service.background import BackgroundBuild
from qianche.service.cited import cited_text, typed_day
from qianche.service.pages.rendering import Page
from qianche.service.wire.citing import citations

EXAMPLES = (
    "《安全生产法》第三十六条第一款",
    "应急管理部令第4号第十三条、第十五条",
    "GB 30871-2022 5.2.3",
    "违反《消防法》第十六条，依据第六十条处罚",
)


def build_router(kb: KnowledgeBase, build: BackgroundBuild, render: Page) -> APIRouter:
    """Return the routes of the page: an address with a short text can be kept, a long one is posted."""
    router = APIRouter(include_in_schema=False)

    def show(text: str, as_of: str, *, asked: bool) -> Response:
        build.require_records()
        shown: dict[str, Any] = {
            "text": text, "as_of": as_of or date.today().isoformat(), "found": None, "error": None,
            "examples": EXAMPLES, "most": MAX_CITED_TEXT, "query": "",
        }  # fmt: skip
        if not asked:
            return render("cite.html", **shown)
        try:
            on, read = typed_day(as_of), cited_text(text)
        except BadRequest as error:
            return render(
                "cite.html", 422, **shown | {"error": error.message.replace("as_of", "适用日期", 1)}
            )
        return render("cite.html", **shown | {"found": citations(read, resolve_text(kb, read, on), on)})

    @router.get("/cite")
    def cite_page(text: str = "", as_of: str = "") -> Response:
        return show(text, as_of, asked=bool(text))

    @router.post("/cite")
    def cite_posted(text: Annotated[str, Form()] = "", as_of: Annotated[str, Form()] = "") -> Response:
        return show(text.replace("\r\n", "\n"), as_of, asked=True)

    return router
