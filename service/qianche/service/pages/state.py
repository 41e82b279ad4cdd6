"""The state of the search page: read from the query string, written back in one canonical form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, get_origin
from urllib.parse import urlencode

from qianche.service.questions import parameters_from_query
from qianche.service.schemas import SearchParameters

Pairs = list[tuple[str, str]]

RANGE_FIELDS = ("date_from", "date_to", "deaths_min", "deaths_max")
LIST_FIELDS = tuple(
    name
    for name, info in SearchParameters.model_fields.items()
    if get_origin(info.annotation) is list and name != "kinds"
)
"""Facets that take several values; `sector` restricts cases and rules alike."""
_SINGLE_FIELDS = ("as_of", "scope", "sort", "include_not_in_force", *RANGE_FIELDS, "top_k")
_VISIBLE = {"q", "as_of", "scope", "include_not_in_force", *RANGE_FIELDS}
"""What fields of the search form show; it carries the rest hidden."""


def read_parameters(pairs: Iterable[tuple[str, str]]) -> SearchParameters:
    """Return the parameters that a query string means, with the changes asked for by buttons applied.

    The names are those of the API, but for `q`, the query. A button adds a facet's value by name and value,
    takes something away by `drop=name:value` (`drop=name`, `drop=filters` for all) and sets something by
    `set=name:value`. Buttons rather than links change the state, so that a page's size does not grow with the
    query's length times the number of its facets. Other names are ignored: links are decorated on their way.

    Raises:
        BadParameters: a value that cannot be understood.
    """
    kept: Pairs = []
    changes: Pairs = []
    for name, value in pairs:
        if name in ("drop", "set"):
            changes.append((name, value))
        elif name == "q" or name in LIST_FIELDS or name in _SINGLE_FIELDS:
            kept.append(("query" if name == "q" else name, value))
    for action, change in changes:
        name, _, value = change.partition(":")
        if action == "set" and name in _SINGLE_FIELDS:
            kept.append((name, value))
        elif action == "drop":
            kept = [pair for pair in kept if not _dropped(pair, name, value)]
    return parameters_from_query([("query", ""), *kept])


def canonical_pairs(asked: SearchParameters, today: date) -> Pairs:
    """Return the query string of the parameters: fixed order, each value once, nothing that is a default."""
    query = asked.query.strip()
    pairs: Pairs = [("q", query)] if query else []
    for name in _SINGLE_FIELDS:
        value = getattr(asked, name)
        default = today if name == "as_of" else SearchParameters.model_fields[name].default
        if value is not None and value != default:
            pairs.append((name, _text(value)))
    for name in LIST_FIELDS:
        pairs += [(name, _text(value)) for value in dict.fromkeys(getattr(asked, name))]
    return pairs


def search_url(pairs: Pairs) -> str:
    """Return the address of the search page in that state."""
    return f"/?{urlencode(pairs)}" if pairs else "/"


def hidden_pairs(pairs: Pairs) -> Pairs:
    """Return what the search form carries unseen: all that no visible field of it holds."""
    return [(name, value) for name, value in pairs if name not in _VISIBLE]


def restricts(asked: SearchParameters) -> bool:
    """Return whether a filter restricts the result, day and scope aside."""
    return any(getattr(asked, n) for n in LIST_FIELDS) or any(
        getattr(asked, n) is not None for n in RANGE_FIELDS
    )


def _dropped(pair: tuple[str, str], name: str, value: str) -> bool:
    """Return whether a button that drops `name:value` takes this pair away."""
    if name == "filters":
        return pair[0] in LIST_FIELDS or pair[0] in RANGE_FIELDS
    return pair[0] == name and (name not in LIST_FIELDS or pair[1] == value)


def _text(value: Any) -> str:
    """Return a value as a query string has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
