"""Digests: what an article asks in everyday words, written for this product from reading the article."""

from __future__ import annotations

from qianche.corpus.digests.digest import DUTY_HOLDERS, Digest, Hazard, place_order
from qianche.corpus.digests.loader import Digests, load_digests
from qianche.corpus.digests.payload import digest_from_payload, digest_to_payload

__all__ = [
    "DUTY_HOLDERS",
    "Digest",
    "Digests",
    "Hazard",
    "digest_from_payload",
    "digest_to_payload",
    "load_digests",
    "place_order",
]
