"""The HTTP API under `/api`, and the two probes."""

from __future__ import annotations

from qianche.service.api import cases, rules, search, system

__all__ = ["cases", "rules", "search", "system"]
