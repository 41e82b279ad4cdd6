"""The routes of imported files: their text page by page, two of them compared, one taken back."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query
from starlette.responses import RedirectResponse, Response

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.document import Document, Removed, Span
from qianche.indexing.importing import Importer
from qianche.indexing.importing.records import Account, Source
from qianche.service import import_labels as labels
from qianche.service.pages.columns import Chosen, shown_columns
from qianche.service.pages.navigation import Navigation
from qianche.service.pages.quoting import Shelf
from qianche.service.pages.rendering import Page
from qianche.service.pages.source_text import PageView, view_page
from qianche.service.pages.text_diff import shown_difference
from qianche.service.pages.turning import last_page, on_page
from qianche.service.typed_values import signed
from qianche.service.wire import imports as import_wire

Sha = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Place = Annotated[int | None, Query()]
Typed = Annotated[str, Form()]
LISTED = 50
"""Files, pages or changes in one list."""
_ACCOUNTS = 30
"""Accounts of one file, or pages not read, named one by one."""
_REMOVED = 200
"""Pieces left out of a page that are shown."""
_NOT_READ = ("unread", "failed")


def build_router(importer: Importer, page: Page, navigation: Navigation) -> APIRouter:
    """Return the routes of sources."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sources")
    def list_page(at: Annotated[int, Query(ge=1)] = 1, removed: bool = False) -> Response:
        found = importer.sources()
        shown = on_page(found, at, LISTED)
        return page(
            "sources.html", sources=[import_wire.source(s) for s in shown], total=len(found), at=at,
            last=last_page(len(found), LISTED), removed=removed,
        )  # fmt: skip

    @router.get("/sources/{sha256}")
    def source_page(
        sha256: Sha, page_number: Annotated[int | None, Query(alias="page")] = None, part: Place = None,
        start: Place = None, end: Place = None, remapped: bool = False,
    ) -> Response:  # fmt: skip
        quote = Span(start, end) if start is not None and end is not None else None
        values = _text(importer.document(sha256), page_number, part, quote)
        return show(sha256, values, remapped=remapped)

    def show(
        sha256: str,
        text: dict[str, Any],
        *,
        remapped: bool = False,
        chosen: Chosen | None = None,
        wrong: str = "",
    ) -> Response:
        source = importer.source(sha256)
        return page(
            "source.html", 422 if wrong else 200, **_source(importer, source), **text, remapped=remapped,
            mapped=shown_columns(importer, source, chosen), chosen=chosen, wrong=wrong,
        )  # fmt: skip

    @router.post("/sources/{sha256}/columns")
    def correct_columns(
        sha256: Sha, table: Typed = "", field: Annotated[list[str] | None, Form()] = None, unit: Typed = "",
        who: Typed = "",
    ) -> Response:  # fmt: skip
        document = importer.document(sha256)
        chosen = Chosen(table, field or (), unit, who)
        try:
            chosen.carry_out(importer, sha256)
        except QiancheError as error:
            return show(sha256, _text(document, None, None, None), chosen=chosen, wrong=error.message)
        navigation.forget()
        return RedirectResponse(f"/sources/{sha256}?remapped=true#columns", 303)

    @router.get("/sources/{before}/diff/{after}")
    def difference_page(before: Sha, after: Sha, at: Annotated[int, Query(ge=1)] = 1) -> Response:
        found = importer.diff(before, after)
        shown = on_page(found, at, LISTED)
        return page(
            "source_diff.html", before=import_wire.source(importer.source(before)),
            after=import_wire.source(importer.source(after)), counts=Counter(d.kind for d in found),
            differences=[shown_difference(item) for item in shown], at=at, total=len(found),
            last=last_page(len(found), LISTED), first=(at - 1) * LISTED,
        )  # fmt: skip

    @router.get("/sources/{sha256}/remove")
    def removal_page(sha256: Sha, who: str = "") -> Response:
        return _removal(importer, page, sha256, who)

    @router.post("/sources/{sha256}/remove")
    def remove(sha256: Sha, who: Typed = "") -> Response:
        source = importer.source(sha256)
        try:
            importer.remove(source.sha256, signed(who))
        except QiancheError as error:
            return _removal(importer, page, sha256, who, error.message)
        navigation.forget()
        return RedirectResponse("/sources?removed=true", 303)

    return router


def _removal(importer: Importer, page: Page, sha256: str, who: str, error: str = "") -> Response:
    """The page that asks before a file is taken back, with what went wrong."""
    source = importer.source(sha256)
    return page(
        "source_remove.html", 422 if error else 200, source=import_wire.source(source), who=who, error=error,
        accounts=_accounts(importer, source),
    )  # fmt: skip


def _source(importer: Importer, source: Source) -> dict[str, Any]:
    """Return what the page says of the file as a whole."""
    versions = [s for s in importer.sources() if s.version_of == source.sha256]
    earlier = None if source.version_of is None else Shelf(importer).source(source.version_of)
    alike = [import_wire.source(s) for s in versions]
    return {
        "source": import_wire.source(source),
        "job_who": _who_imported(importer, source),
        "statuses": Counter(labels.PAGE_STATES[p.status] for p in source.pages),
        "unread": [p.number for p in source.pages if p.status in _NOT_READ][:_ACCOUNTS],
        "earlier": None if earlier is None else import_wire.source(earlier),
        "later": alike,
        "accounts": _accounts(importer, source),
        "accounts_total": len(source.account_ids),
    }


def _who_imported(importer: Importer, source: Source) -> str | None:
    """The name under which the file came, None where the job is no longer there."""
    try:
        return importer.job(source.job_id).who
    except QiancheError:
        return None


def _accounts(importer: Importer, source: Source) -> list[dict[str, Any]]:
    """Return the first accounts of a file: what accident each tells and which case it belongs to."""
    found: list[Account] = [importer.account(a) for a in source.account_ids[:_ACCOUNTS]]
    return [
        {
            "id": a.account_id,
            "number": a.number,
            "case_id": a.case_id or a.account_id,
            "name": _name(a),
            "waiting_for": a.waiting_for,
            "joined": a.case_id not in (None, a.account_id),
        }
        for a in found
    ]


def _name(account: Account) -> str:
    """What the accident is called in this account."""
    if account.given is not None:
        return str(account.given.get("name") or "未载名称")
    named = account.draft.name.findings if account.draft else ()
    return str(named[0].value) if named else "未载名称"


def _text(
    document: Document, page_number: int | None, part: int | None, quote: Span | None
) -> dict[str, Any]:  # fmt: skip
    """Return what the page shows of the text, and the list of pages around it."""
    if not document.pages:
        return {"view": None}
    view = view_page(document, page_number, part, quote)
    first = view.index // LISTED * LISTED
    left_out = [r for r in document.removed if r.page == view.number]
    return {
        "view": view,
        "quote_missing": quote is not None and not view.found and part is None,
        "moved_to": _moved(document, view),
        "removed": left_out[:_REMOVED],
        "removed_total": len(left_out),
        "reasons": _reasons(left_out),
        "first_listed": first,
        "listed": LISTED,
        "neighbours": _neighbours(document, view),
        "list_starts": [document.pages[i].number for i in range(0, len(document.pages), LISTED)],
    }


def _moved(document: Document, view: PageView) -> int | None:
    """The page that a footnote shown here stands on, None where the quote is no footnote."""
    if view.quote is None or not document.blocks:
        return None
    stands_on = document.page_at(view.quote.start)
    return stands_on if stands_on != view.number else None


def _reasons(left_out: list[Removed]) -> str:
    """What was left out of a page in one line: 页码 1 处，页眉页脚 2 处."""
    counts = Counter(labels.REMOVED[r.reason] for r in left_out)
    return "，".join(f"{name} {number} 处" for name, number in counts.items())


def _neighbours(document: Document, view: PageView) -> dict[str, Any]:
    """The portion or page before and after, as query pairs."""
    numbers = [p.number for p in document.pages]

    def place(step: int) -> list[tuple[str, int]] | None:
        portion, index = view.portion + step, view.index + step
        if 1 <= portion <= view.portions:
            return [("page", view.number), ("part", portion)]
        return [("page", numbers[index])] if 0 <= index < len(numbers) else None

    return {"before": place(-1), "after": place(1)}
