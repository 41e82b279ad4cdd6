"""The routes of importing: files in, and what came of them."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from qianche.corpus.errors import NotFound, QiancheError
from qianche.indexing.importing import Importer
from qianche.indexing.importing.records import ENDED, FINAL, Entry, EntryState, Job, Source
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.service import import_labels as labels
from qianche.service.background import BackgroundBuild
from qianche.service.by_hand import UNNAMED
from qianche.service.pages.navigation import Navigation
from qianche.service.pages.quoting import clipped
from qianche.service.pages.rendering import Page
from qianche.service.pages.turning import last_page, on_page
from qianche.service.settings import Settings
from qianche.service.typed_values import signed
from qianche.service.uploads import laid_down

JOBS = 20
"""Jobs in one list."""
ENTRIES = 50
"""Files of a job in one list."""
_LINKS = 4
"""Cases and articles of one file that are linked one by one."""
_URGENCY: dict[EntryState, int] = {
    "failed": 0, "reading": 1, "pending": 2, "done": 3, "skipped": 4, "cancelled": 5,
}  # fmt: skip
_SEEN_FIRST: tuple[EntryState, ...] = ("failed", "reading", "done", "skipped", "pending", "cancelled")


def build_router(
    importer: Importer, kb: KnowledgeBase, build: BackgroundBuild, settings: Settings, page: Page,
    navigation: Navigation,
) -> APIRouter:  # fmt: skip
    """Return the routes of importing."""
    router = APIRouter(include_in_schema=False)

    def form(who: str = "", at: int = 1, error: str = "") -> Response:
        jobs = importer.jobs()
        return page(
            "imports.html", 422 if error else 200, who=who, error=error, at=at, total=len(jobs),
            jobs=[_summary(job) for job in on_page(jobs, at, JOBS)],
            last=last_page(len(jobs), JOBS), limits=settings, sources_total=len(importer.sources()),
        )  # fmt: skip

    @router.get("/imports")
    def form_page(who: str = "", at: Annotated[int, Query(ge=1)] = 1) -> Response:
        return form(who, at)

    def take(files: list[UploadFile], who: str) -> Response:
        try:
            name = signed(who)
            build.require_records()
            with laid_down(files, settings.home, settings.import_limits) as incoming:
                job_id = importer.start(incoming, name or UNNAMED)
        except QiancheError as error:
            return form(who, error=error.message)
        return RedirectResponse(f"/imports/{job_id}", 303)

    @router.post("/imports")
    async def start(request: Request) -> Response:
        # Not as a parameter: a form sent without a file is to come back as a page, with the name in it.
        async with request.form() as sent:
            files = [file for file in sent.getlist("files") if isinstance(file, UploadFile)]
            return await run_in_threadpool(take, files, str(sent.get("who", "")))

    @router.get("/imports/{job_id}")
    def job_page(
        job_id: str, state: str = "", at: Annotated[int, Query(ge=1)] = 1, still: bool = False
    ) -> Response:
        job = importer.job(job_id)
        return page("import_job.html", **_job(importer, kb, job, state, at), still=still)

    @router.post("/imports/{job_id}/cancel")
    def cancel(job_id: str) -> Response:
        importer.cancel(job_id)
        navigation.forget()
        return RedirectResponse(f"/imports/{job_id}", 303)

    return router


def _summary(job: Job) -> dict[str, Any]:
    """Return a job as the list of jobs shows it."""
    return {
        "id": job.job_id,
        "who": job.who,
        "created_at": job.created_at.isoformat(),
        "state": job.state,
        "state_label": labels.JOB_STATES[job.state],
        "files": len(job.entries),
        "names": [clipped(entry.name, 60) for entry in job.entries[:3]],
        "states": _states(job),
    }


def _states(job: Job) -> list[tuple[EntryState, str, int]]:
    """How many files are in each state that occurs, failed ones first."""
    counts = job.states
    return [(s, labels.ENTRY_STATES[s], counts[s]) for s in _SEEN_FIRST if counts.get(s)]


def _job(importer: Importer, kb: KnowledgeBase, job: Job, state: str, at: int) -> dict[str, Any]:
    """Return what the page of a job shows: progress, and the files of a state, failed ones first."""
    entries = [e for e in job.entries if state in ("", e.state)]
    entries.sort(key=lambda e: (_URGENCY[e.state], e.number))
    shown = on_page(entries, at, ENTRIES)
    running = job.state not in ENDED or not job.finished
    open_by_source = Counter(r.source for r in importer.reviews())
    own = {e.sha256 for e in job.entries if e.state == "done"}
    totals: Counter[str] = Counter()
    for entry in job.entries:
        totals.update(entry.counts)
    return {
        "job": _summary(job) | {"message": job.message},
        "running": running,
        "finished": sum(e.state in FINAL for e in job.entries),
        "entries": [_entry(importer, kb, e, open_by_source[e.sha256 or ""]) for e in shown],
        "totals": [(labels.COUNTS[n], totals[n]) for n in labels.COUNTS if totals[n] and n != "reviews"],
        "open_reviews": sum(open_by_source[sha] for sha in own if sha),
        "chosen": state,
        "at": at,
        "last": last_page(len(entries), ENTRIES),
    }


def _entry(importer: Importer, kb: KnowledgeBase, entry: Entry, open_reviews: int) -> dict[str, Any]:
    """Return a file as the table of a job shows it, with links to what came of it."""
    try:
        source = importer.source(entry.sha256) if entry.sha256 and entry.state in FINAL else None
    except NotFound:
        source = None
    return {
        "number": entry.number,
        "name": entry.name,
        "size": entry.size_bytes,
        "state": entry.state,
        "state_label": labels.ENTRY_STATES[entry.state],
        "message": clipped(entry.message, 600),
        "counts_label": labels.counts_label({k: v for k, v in entry.counts.items() if k != "reviews"}),
        "source": None if source is None else _source(source),
        "reviews": open_reviews if source else 0,
        "links": _links(kb, entry.record_ids[:_LINKS]) if source else [],
        "waiting": _waiting(importer, source) if source and entry.counts.get("waiting") else [],
        "more": max(0, len(entry.record_ids) - _LINKS) if source else 0,
    }


def _source(source: Source) -> dict[str, Any]:
    """Return what the table of a job tells of a file that was read."""
    return {
        "sha256": source.sha256,
        "kind_label": labels.KINDS[source.kind],
        "format_label": labels.FORMATS[source.format],
        "pages": len(source.pages),
    }


def _waiting(importer: Importer, source: Source) -> list[str]:
    """The first accounts of a file that are no case yet."""
    accounts = [importer.account(a) for a in source.account_ids[: 5 * _LINKS]]
    return [a.account_id for a in accounts if a.waiting_for][:_LINKS]


def _links(kb: KnowledgeBase, record_ids: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Return kind, name and address parts of records that are there: cases, articles, versions."""
    found = []
    for record_id in record_ids:
        version_id, _, article = record_id.partition("/")
        rule_id, _, day = version_id.partition("@")
        try:
            if not day:
                found.append(("case", kb.case(record_id).name, record_id))
            else:
                kind = "article" if article else "rule"
                found.append((kind, f"《{kb.rule(rule_id).title}》", record_id))
        except NotFound:
            continue
    return found
