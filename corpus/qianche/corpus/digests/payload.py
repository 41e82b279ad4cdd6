"""A digest as JSON-ready data and back, without loss."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from qianche.corpus.digests.digest import Digest

_TUPLES = frozenset({"said_as", "duty_holders", "hazards", "penalties"})


def digest_to_payload(digest: Digest) -> dict[str, Any]:
    """Return the digest as plain JSON types: lists for tuples, the day as ISO text."""
    payload = {name: list(value) if name in _TUPLES else value for name, value in asdict(digest).items()}
    return payload | {"read_on": digest.read_on.isoformat() if digest.read_on else None}


def digest_from_payload(payload: dict[str, Any]) -> Digest:
    """Return the digest that `digest_to_payload` made the data from."""
    values = {field.name: payload[field.name] for field in fields(Digest)}
    values |= {name: tuple(values[name]) for name in _TUPLES}
    read_on = values["read_on"]
    return Digest(**values | {"read_on": date.fromisoformat(read_on) if read_on else None})
