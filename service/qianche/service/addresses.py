"""Addresses of pages of rules, as answers and pages name them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode


def rule_address(
    rule_id: str, article: str | None = None, query: Sequence[tuple[str, str]] = (), anchor: str = ""
) -> str:
    """Return the address of a rule's page, or of one of its articles by the slug of its number.

    Args:
        rule_id: the rule.
        article: slug of the article: 36, 134-1.
        query: what the address carries, such as the day.
        anchor: of a 款 or 项 on the page.
    """
    path = f"/rules/{quote(rule_id, safe='')}"
    path += f"/articles/{quote(article, safe='')}" if article is not None else ""
    return path + (f"?{urlencode(query)}" if query else "") + (f"#{anchor}" if anchor else "")
