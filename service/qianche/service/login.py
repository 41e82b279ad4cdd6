"""The login form: the token once, then a cookie. Only there when a token is set."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from qianche.service.security import own_path, same_text, session_redirect

_PAGE = """<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>前车 · 访问口令</title></head>
<body><main><h1>前车</h1>
<form method="post" action="/login">
{message}<input type="hidden" name="next" value="{target}">
<p><label>访问口令
<input type="password" name="token" required autofocus autocomplete="current-password"></label>
<button>进入</button></p>
<p>口令由启动服务的人设置（QIANCHE_TOKEN）。</p>
</form></main></body></html>
"""


def build_router(token: str) -> APIRouter:
    """Return the routes of the login form for this token."""
    router = APIRouter(include_in_schema=False)

    @router.get("/login")
    async def form(request: Request) -> Response:
        return _form(request.query_params.get("next", "/"))

    @router.post("/login")
    async def login(request: Request) -> Response:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"))
        given, target = fields.get("token", [""])[0], fields.get("next", ["/"])[0]
        if same_text(given.strip(), token):
            return session_redirect(request, target, token)
        return _form(target, "口令不对，请重新填写。")

    return router


def _form(target: str, message: str = "") -> Response:
    """Return the form, with what was wrong before."""
    said = f"<p role='alert'>{escape(message)}</p>\n" if message else ""
    html = _PAGE.format(message=said, target=escape(own_path(target), quote=True))
    return HTMLResponse(html, 401 if message else 200)
