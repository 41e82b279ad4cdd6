"""Pages: plain HTML made on the server, one stylesheet, usable without JavaScript."""

from __future__ import annotations

from qianche.service.pages.rendering import mount_static, render_problem
from qianche.service.pages.routes import build_router

__all__ = ["build_router", "mount_static", "render_problem"]
