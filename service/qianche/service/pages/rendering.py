"""Templates, the stylesheet and the one function that makes a page of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from fastapi import FastAPI
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from qianche.corpus.casebook import labels as case_labels
from qianche.service import import_labels, labels
from qianche.service.pages import display, quoting
from qianche.service.pages.navigation import Navigation
from qianche.service.validation import FieldError, clean

STATIC_FOLDER = Path(str(files("qianche.service.pages") / "static"))
_ASSETS = ("qianche.css", "page.js", "icon.svg", "importing.css", "importing.js", "rules.css")
_FIELD_LABELS = {
    **labels.FIELD_LABELS,
    "query": "检索内容",
    "scope": "范围",
    "sort": "排序",
    "as_of": "法规适用日期",
    "date_from": "事故日期（起）",
    "date_to": "事故日期（止）",
    "deaths_min": "死亡人数（最少）",
    "deaths_max": "死亡人数（最多）",
    "top_k": "显示条数",
    "include_not_in_force": "含不适用的版本",
}


class Page(Protocol):
    """Makes a page from a template and its values, with the head that the application has."""

    def __call__(self, template: str, status: int = 200, /, **values: Any) -> HTMLResponse: ...


class Problem(Protocol):
    """What a problem page needs of `problems.ProblemDetails`, which is made without knowing of pages."""

    @property
    def status(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def errors(self) -> Sequence[FieldError]: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


@cache
def environment() -> Environment:
    """Return the one template environment; templates are compiled once and never looked at again."""
    made = Environment(
        loader=PackageLoader("qianche.service.pages"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "marked": lambda passage: display.marked(passage["text"], passage["marks"]),
        "persons": display.persons,
        "loss": display.loss,
        "segment": lambda text: quote(text, safe=""),
        "query_string": lambda pairs: f"?{urlencode(pairs)}" if pairs else "",
        "clipped": quoting.clipped,
        "local_time": quoting.local_time,
        "file_size": quoting.size_text,
        "shown": import_labels.shown,
        "anchor": quoting.anchor,
    }
    made.globals |= {
        "labels": labels,
        "case_labels": case_labels,
        "import_labels": import_labels,
        "assets": {name: f"/static/{name}?v={_digest(name)}" for name in _ASSETS},
    }
    return made


def renderer(navigation: Navigation) -> Page:
    """Return what makes the pages of an application with this head."""
    return partial(render, navigation=navigation)


def render(template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """Return a page made from a template; `navigation`, where given, is the head's."""
    return HTMLResponse(environment().get_template(template).render(values), status)


def render_problem(
    request: Request, problem: Problem, *, navigation: Navigation | None = None
) -> HTMLResponse:  # fmt: skip
    """Return the page that shows a problem; whatever was asked stays in the search box."""
    response = render(
        "problem.html",
        problem.status,
        problem=problem,
        detail="" if problem.errors else clean(problem.detail),
        errors=[_named(error) for error in problem.errors],
        query=request.query_params.get("q", ""),
        # A refusal by the guard shows nothing of what the service holds, and a fault must not cause another.
        navigation=navigation if problem.status in (404, 405, 413, 422) else None,
    )
    response.headers.update(problem.headers)
    return response


def mount_static(app: FastAPI) -> None:
    """Serve the stylesheet and the script under /static."""
    app.mount("/static", StaticFiles(directory=STATIC_FOLDER), name="static")


def _named(error: FieldError) -> tuple[str, str, str]:
    """Return label, given value and message of a wrong field, names of fields in Chinese."""
    message = clean(error.message)
    for name in ("date_from", "date_to", "deaths_min", "deaths_max"):
        message = message.replace(name, _FIELD_LABELS[name])
    field = error.field.split(".")[0]
    return _FIELD_LABELS.get(field, clean(field)), clean(error.given), message


def _digest(name: str) -> str:
    """Return a short digest of a static file, so that browsers fetch a changed one."""
    return blake2b((STATIC_FOLDER / name).read_bytes(), digest_size=4).hexdigest()
