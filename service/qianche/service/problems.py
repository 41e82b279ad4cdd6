"""Every error as problem details (RFC 9457): one table from the error family to HTTP, one JSON shape.

Source: RFC 9457, Problem Details for HTTP APIs.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from qianche.corpus.errors import BadRecord, BadRequest, ModelMissing, NotFound, QiancheError, StoreError
from qianche.service.validation import BadParameters, FieldError, bad_parameters, clean

MEDIA_TYPE = "application/problem+json"
MAX_FILES = 1000
"""Files of one form: the most that starlette reads."""
log = logging.getLogger("qianche.service")

STATUS_OF: tuple[tuple[type[QiancheError], int, str], ...] = (
    (BadRequest, 422, "请求的内容不能使用"),
    (NotFound, 404, "没有找到"),
    (ModelMissing, 503, "没有语义模型"),
    (StoreError, 503, "资料库暂时不能使用"),
    (BadRecord, 500, "资料有误"),
    (QiancheError, 500, "服务出错"),
)
"""The one mapping of the error family to status and title; the first class that fits wins."""

_HTTP: Mapping[int, tuple[str, str, str]] = {
    400: ("bad-json", "请求不能读取", "请求正文不是可以读取的 JSON。请检查括号、引号和编码（UTF-8）。"),
    404: ("no-such-address", "没有这个地址", "没有地址“{path}”。接口说明见 /api/openapi.json。"),
    405: ("method-not-allowed", "不支持这种请求方式", "地址“{path}”不支持 {method}。可用：{allow}。"),
    415: (
        "not-json",
        "请求格式不支持",
        "请求正文需要是 JSON。请加上请求头 Content-Type: application/json。",
    ),
}
"""Errors of the web framework itself, by status."""


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """An error on its way out; under the number `incident` the log has what the user is not shown."""

    status: int
    code: str
    title: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    incident: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the body; what an error does not have is left out."""
        body: dict[str, Any] = {
            "type": f"urn:qianche:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": clean(self.detail),
            "code": self.code,
        }
        if self.errors:
            body["errors"] = [
                {"field": clean(e.field), "given": e.given, "message": clean(e.message)}
                | ({"allowed": list(e.allowed)} if e.allowed is not None else {})
                for e in self.errors
            ]
        if self.incident is not None:
            body["incident"] = self.incident
        return body


class HTTPProblem(HTTPException):
    """An error of HTTP itself with words of its own, where those of `_HTTP` would not tell enough."""

    def __init__(self, problem: ProblemDetails) -> None:
        super().__init__(problem.status)
        self.problem = problem


PageOfProblem = Callable[[Request, ProblemDetails], Response]
"""Returns the page that shows a problem to a person."""


def problem_of(error: QiancheError) -> ProblemDetails:
    """Return the problem of an error of the family; those that are not the user's doing go to the log."""
    status, title = next((s, t) for cls, s, t in STATUS_OF if isinstance(error, cls))
    if status >= 500:
        log.error("%s: %s", error.code, error.message, exc_info=error)
    errors = error.errors if isinstance(error, BadParameters) else ()
    headers = {"retry-after": "5"} if status == 503 else {}
    return ProblemDetails(status, error.code, title, error.message, errors, headers=headers)


def problem_of_http(error: HTTPException, request: Request) -> ProblemDetails:
    """Return the problem of an error that the web framework raised."""
    if isinstance(error, HTTPProblem):
        return error.problem
    if error.status_code == 400 and is_form(request):
        return _bad_form(str(error.detail))
    headers = {k.lower(): v for k, v in (error.headers or {}).items()}
    code, title, detail = _HTTP.get(error.status_code, ("http", "请求不能完成", "请求不能完成。"))
    detail = detail.format(
        path=clean(request.url.path)[:200], method=request.method, allow=headers.get("allow", "")
    )
    return ProblemDetails(error.status_code, code, title, detail, headers=headers)


def is_form(request: Request) -> bool:
    """Return whether the body is declared as a form that can hold files."""
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


def _bad_form(why: str) -> ProblemDetails:
    """Return the problem of a form that could not be read; `why` is starlette's own message."""
    if why.startswith("Too many files"):
        detail = f"一次最多上传 {MAX_FILES} 个文件。请分几次导入，或打成压缩包，或用 `qianche import`。"
        return ProblemDetails(413, "too-many-files", "请求过大", detail)
    detail = "上传的表单不完整，或格式有误，没有导入任何文件。请重新选择文件再提交。"
    return ProblemDetails(400, "bad-form", "请求不能读取", detail)


def problem_of_validation(error: RequestValidationError) -> ProblemDetails:
    """Return the problem of parameters that do not fit: 400 for what is not JSON at all, else 422."""
    details = error.errors()
    if any(d["type"] == "json_invalid" for d in details):
        return ProblemDetails(400, *_HTTP[400])
    return problem_of(bad_parameters(details))


def problem_of_unknown(error: Exception) -> ProblemDetails:
    """Return the problem of an error nobody foresaw; the log gets the trace under the same number."""
    incident = secrets.token_hex(6)
    log.error("incident %s", incident, exc_info=error)
    detail = (
        f"服务内部出错，编号 {incident}。请稍后再试；仍然出错时，请把编号告诉管理员，日志里可按它查找原因。"
    )
    return ProblemDetails(500, "internal", "服务出错", detail, incident=incident)


def json_problem(problem: ProblemDetails) -> Response:
    """Return the problem as `application/problem+json`."""
    return Response(
        to_json(problem.as_dict()), problem.status, headers=dict(problem.headers), media_type=MEDIA_TYPE
    )


def wants_page(request: Request) -> bool:
    """Return whether a person with a browser asks, not a program."""
    path = request.url.path
    api = path.startswith("/api/") or path in ("/api", "/healthz", "/readyz")
    return not api and "text/html" in request.headers.get("accept", "")


def responder(page: PageOfProblem | None) -> PageOfProblem:
    """Return what answers with a problem: the page for a person where there is one, JSON for a program."""

    def respond(request: Request, problem: ProblemDetails) -> Response:
        if page is not None and wants_page(request):
            return page(request, problem)
        return json_problem(problem)

    return respond


def install_problems(app: FastAPI, respond: PageOfProblem) -> None:
    """Register a handler for every foreseen error; the unforeseen are caught in `security.Guard`."""

    def family(request: Request, error: Exception) -> Response:
        assert isinstance(error, QiancheError)
        return respond(request, problem_of(error))

    def framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return respond(request, problem_of_http(error, request))

    def validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return respond(request, problem_of_validation(error))

    app.add_exception_handler(QiancheError, family)
    app.add_exception_handler(HTTPException, framework)
    app.add_exception_handler(RequestValidationError, validation)
