"""Who may ask: host, token and origin checks, the size of a body, security headers; pure ASGI, for speed."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qianche.service.problems import (
    HTTPProblem,
    PageOfProblem,
    ProblemDetails,
    problem_of_http,
    problem_of_unknown,
)
from qianche.service.settings import MIB, Settings, is_loopback
from qianche.service.validation import clean

MAX_BODY = 1_000_000
"""Bytes of a request body; the longest query fits twenty times over."""
COOKIE = "qianche_session"
COOKIE_DAYS = 30
READING_POSTS = frozenset({"/api/search", "/api/cite"})
"""POST addresses that only read: they change nothing, so a foreign page gains nothing by causing one."""
UPLOADS = frozenset({"/api/imports", "/imports"})
"""POST addresses that take files: their bodies may be as large as the settings allow."""
OPEN_PATHS = frozenset({"/healthz", "/readyz", "/login"})
OPEN_PREFIX = "/static/"
"""What needs no token: probes, the login form and the files of the program itself."""

_CSP = "; ".join(
    (
        "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:",
        "font-src 'self'", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
# Referrer `no-referrer` would make browsers send `Origin: null` with our own forms, hence `same-origin`.
_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", _CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_CACHE = (b"cache-control", b"private, no-cache")


class Guard:
    """Lets through only what may ask, and answers for errors nobody foresaw.

    Args:
        app: the application behind it.
        settings: address, token and allowed hosts.
        respond: what answers with a problem.
    """

    def __init__(self, app: ASGIApp, settings: Settings, respond: PageOfProblem) -> None:
        self.app = app
        self._respond = respond
        self._hosts = HostCheck(settings)
        self._token = settings.token_text
        self._upload_bytes = settings.import_request_mb * MIB

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": _with_security_headers(message.get("headers", ()))}
            await send(message)

        request = Request(scope)
        try:
            refusal = self._refusal(request)
            if refusal is not None:
                await refusal(scope, receive, send_guarded)
                return
            await self.app(scope, _limited(receive, self._most(request)), send_guarded)
        except Exception as error:
            if started:
                raise
            problem = (
                problem_of_http(error, request)
                if isinstance(error, HTTPException)
                else problem_of_unknown(error)
            )
            await self._respond(request, problem)(scope, receive, send_guarded)

    def _refusal(self, request: Request) -> Response | None:
        """Return the answer to a request that may not pass, None for one that may."""
        host = request.headers.get("host", "")
        if not self._hosts.allows(host):
            return self._respond(request, _bad_host(host))
        if self._token is not None and not _is_open(request.url.path):
            answer = self._ask_for_token(request, self._token)
            if answer is not None:
                return answer
        if _is_foreign_write(request, host):
            return self._respond(request, _FOREIGN_ORIGIN)
        if _declared_length(request) > self._most(request):
            return self._respond(request, _too_large(self._most(request)))
        return None

    def _most(self, request: Request) -> int:
        """Bytes that the body of this request may have."""
        uploads = request.method == "POST" and request.url.path in UPLOADS
        return self._upload_bytes if uploads else MAX_BODY

    def _ask_for_token(self, request: Request, token: str) -> Response | None:
        """Return None for a caller who shows the token, else a login redirect or a 401."""
        if has_token(request, token):
            return None
        if request.method in ("GET", "HEAD") and not request.url.path.startswith("/api"):
            pairs = parse_qsl(request.url.query, keep_blank_values=True)
            if any(name == "token" and same_text(value, token) for name, value in pairs):
                rest = urlencode([(n, v) for n, v in pairs if n != "token"])
                return session_redirect(request, request.url.path + (f"?{rest}" if rest else ""), token)
            if "text/html" in request.headers.get("accept", ""):
                target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
                return RedirectResponse(f"/login?{urlencode({'next': target})}", 303)
        return self._respond(request, _NO_TOKEN)


class HostCheck:
    """Tells whether a Host header names this service, against DNS rebinding.

    Allowed are the loopback names, the address it is bound to and `allowed_hosts`; bound to another address
    than this machine's own without `allowed_hosts`, also every IP literal, which no rebinding can produce.
    """

    def __init__(self, settings: Settings) -> None:
        self._names = {"localhost", "127.0.0.1", "::1", settings.host.lower(), *settings.allowed_hosts}
        self._any_address = not settings.loopback_only and not settings.allowed_hosts

    def allows(self, header: str) -> bool:
        """Return whether the header's name is one of ours; the port does not matter, it may be forwarded."""
        name = host_name(header)
        return name is not None and (name in self._names or (self._any_address and _is_address(name)))


def host_name(header: str) -> str | None:
    """Return the name of a Host header without port and brackets, None for one that cannot be read."""
    try:
        parts = urlsplit(f"//{header}")
        if parts.port == 0 or parts.username is not None or parts.path or parts.query or parts.fragment:
            return None
    except ValueError:
        return None
    return parts.hostname.removesuffix(".") if parts.hostname else None


def has_token(request: Request, token: str) -> bool:
    """Return whether the request shows the token, as a bearer or by the session cookie."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and same_text(given.strip(), token):
        return True
    try:
        morsel = SimpleCookie(request.headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return False
    return morsel is not None and same_text(morsel.value, session_value(token))


def same_text(given: str, expected: str) -> bool:
    """Return whether two texts are equal, in a time that does not tell how far they agree."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode("utf-8"))


def session_value(token: str) -> str:
    """Return what the cookie holds: it proves the token without being it."""
    return hmac.new(token.encode(), b"qianche session", hashlib.sha256).hexdigest()


def session_redirect(request: Request, target: str, token: str) -> Response:
    """Return a redirect to a path of this service that leaves the session cookie behind."""
    response = RedirectResponse(own_path(target), 303)
    response.set_cookie(
        COOKIE,
        session_value(token),
        max_age=COOKIE_DAYS * 86_400,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


def own_path(target: str) -> str:
    """Return the target if it is a path of this service, else `/`: a login must not lead elsewhere."""
    foreign = not target.startswith("/") or target.startswith(("//", "/\\"))
    return "/" if foreign or any(ord(c) < 33 for c in target) else target


def _is_open(path: str) -> bool:
    """Return whether an address needs no token."""
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIX)


def _is_foreign_write(request: Request, host: str) -> bool:
    """Return whether a request that may change something comes from a page of another site.

    Programs send no Origin; a browser always does with such a request.
    """
    if request.method in ("GET", "HEAD", "OPTIONS") or request.url.path in READING_POSTS:
        return False
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin")
    return origin is not None and origin.lower().partition("://")[2] != host.lower()


def _declared_length(request: Request) -> int:
    """Return the Content-Length, 0 where there is none to read."""
    declared = request.headers.get("content-length", "0")
    return int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 20 else 0


def _limited(receive: Receive, most: int) -> Receive:
    """Return a receive that stops at the size limit, whatever length the request declares."""
    size = 0

    async def limited() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise HTTPProblem(_too_large(most))
        return message

    return limited


def _too_large(most: int) -> ProblemDetails:
    """Return the refusal of a body over so many bytes: a question, or files."""
    advice = "请求正文超过 1 MB。请只发送与隐患有关的段落。"
    if most != MAX_BODY:
        advice = (
            f"一次上传合计超过 {most // MIB} MB，没有导入任何文件。"
            "请分几次导入，或调高 QIANCHE_IMPORT_REQUEST_MB 后重启。"
        )
    return ProblemDetails(413, "body-too-large", "请求过大", advice)


def _with_security_headers(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers with the security headers; a cache rule only where there is none yet."""
    cached = any(name == b"cache-control" for name, _ in headers)
    return [*headers, *_HEADERS] if cached else [*headers, *_HEADERS, _CACHE]


def _is_address(name: str) -> bool:
    """Return whether the name is an IP literal."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return is_loopback(name)
    return True


def _bad_host(host: str) -> ProblemDetails:
    """Return the refusal of a host name that is not ours."""
    shown = clean(host)[:100]
    detail = (
        f"主机名“{shown}”不在允许之列。"
        "请用 127.0.0.1 或 localhost 打开，或把它加入 QIANCHE_ALLOWED_HOSTS 后重启。"
    )
    return ProblemDetails(400, "bad-host", "主机名不对", detail)


_NO_TOKEN = ProblemDetails(
    401,
    "token-required",
    "需要访问口令",
    "没有访问口令，或口令不对。请加上请求头 Authorization: Bearer 口令；用浏览器时请在 /login 填写口令。",
    headers={"www-authenticate": "Bearer"},
)
_FOREIGN_ORIGIN = ProblemDetails(
    403,
    "foreign-origin",
    "不接受其他网站发来的请求",
    "请求来自其他网站的页面，没有执行。请在本服务自己的页面上操作。",
)
