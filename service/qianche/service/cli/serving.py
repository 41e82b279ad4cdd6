"""`qianche serve` and `qianche get`: the HTTP service, and one request through it without a network."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from qianche.corpus.errors import BadRequest, StoreError
from qianche.service.cli.options import cause_of

if TYPE_CHECKING:
    import httpx
    from fastapi import FastAPI

    from qianche.service.settings import Settings

GRACE_SECONDS = 10
"""How long a stop waits for requests that are being answered."""
SERVER_THREADS = 1
"""Of the model: requests run side by side already."""


def serve(
    host: Annotated[
        str | None, typer.Option(metavar="地址", help="监听地址；本机以外的地址必须设置访问口令。")
    ] = None,
    port: Annotated[str | None, typer.Option(metavar="端口", help="监听端口。")] = None,
) -> None:
    """启动网页和 HTTP 接口；缺少的资料和语义向量在后台补上。"""
    from qianche.service.app import create_app
    from qianche.service.cli import opening
    from qianche.service.settings import load_settings, require_safe_binding

    settings = load_settings(host=host, port=port)
    require_safe_binding(settings)
    opening.log_to_stderr(getattr(logging, settings.log_level.upper()))
    with _listening(settings) as listener:
        base = opening.open_base(settings, SERVER_THREADS, wait_for_model=False)
        signal.signal(signal.SIGTERM, _stop)
        try:
            with opening.importer(settings, base) as importer:
                _run(create_app(base, settings, importer), settings, listener)
        finally:
            base.close()


def get(
    path: Annotated[str, typer.Argument(metavar="路径", help="如 /api/stats、'/api/search?query=动火'。")],
) -> None:
    """不经网络向接口发一次 GET 请求，打印返回的内容。"""
    from qianche.service.app import create_app
    from qianche.service.cli import opening, output
    from qianche.service.cli.ending import COULD_NOT, complain

    if not path.startswith("/"):
        raise BadRequest(f"路径“{path}”需要以 / 开头，如 /api/stats。")
    settings = opening.begin()
    with output.waiting("正在准备") as report, opening.knowledge_base(settings) as base:
        base.build_records(report)
        with opening.importer(settings, base) as importer:
            response = _ask(create_app(base, settings, importer), settings, path)
    sys.stdout.flush()
    sys.stdout.buffer.write(response.content)
    sys.stdout.buffer.flush()
    if response.status_code >= 400:
        complain(f"HTTP {response.status_code}：请求没有成功，返回的内容见标准输出。")
        raise typer.Exit(COULD_NOT)


def _run(app: FastAPI, settings: Settings, listener: socket.socket) -> None:
    """Serve until the process is told to stop."""
    import uvicorn

    config = uvicorn.Config(
        app, log_config=None, log_level=settings.log_level,
        timeout_graceful_shutdown=GRACE_SECONDS, server_header=False,
    )  # fmt: skip
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    token = "，需要访问口令" if settings.token is not None else ""
    typer.echo(f"前车已启动：http://{shown}:{port}/ （按 Ctrl+C 停止{token}）")
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[listener])


def _listening(settings: Settings) -> socket.socket:
    """Return a socket that takes connections already: the address printed must answer.

    Raises:
        StoreError: the port is taken, or this machine has no such address.
    """
    host, port = settings.host, settings.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=2048)
        # asyncio sets this only on sockets it made itself; without it each answer waits 40 ms for an
        # acknowledgement between its header and its body. Connections inherit it.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        raise StoreError(
            f"不能在 {host}:{port} 监听（{cause_of(error)}）。"
            "端口被占用时请用 --port 换一个，或先停止占用它的程序；地址不对时请核对 --host。",
            code="cannot-listen",
        ) from error


def _stop(number: int, frame: FrameType | None) -> None:
    """End by way of the `finally` blocks; the server has already finished its requests."""
    raise SystemExit(0)


def _ask(app: FastAPI, settings: Settings, path: str) -> httpx.Response:
    """Return the application's answer to one request."""
    import asyncio

    import httpx

    headers = {} if settings.token_text is None else {"authorization": f"Bearer {settings.token_text}"}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    async def ask() -> httpx.Response:
        address = f"http://127.0.0.1:{settings.port}"
        async with httpx.AsyncClient(transport=transport, base_url=address, headers=headers) as client:
            return await client.get(path)

    return asyncio.run(ask())
