"""What kind of place a source is, and whether a page may link to it."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from qianche.corpus.cases import Provenance, ProvenanceKind

LINKABLE_KINDS: frozenset[ProvenanceKind] = frozenset({"government", "court", "national-media"})

NATIONAL_MEDIA: frozenset[str] = frozenset(
    {
        "people.com.cn", "people.cn", "xinhuanet.com", "news.cn", "cctv.com", "cctv.cn", "chinanews.com",
        "chinanews.com.cn", "chinadaily.com.cn", "china.com.cn", "china.org.cn", "cnr.cn", "cri.cn", "gmw.cn",
        "ce.cn", "youth.cn", "workercn.cn", "legaldaily.com.cn", "cnsafety.com.cn",
    }
)  # fmt: skip
"""Sites of central media, by registered domain. 澎湃 (Shanghai) and commercial portals are not among them."""

# www.mem.gov.cn, www.hse.gov.uk, www.csb.gov, www.moel.go.kr, ecologie.gouv.fr; not gov.example.com
_GOVERNMENT = re.compile(r"(?:^|\.)(?:gov(?:\.[a-z]{2})?|(?:go|gob|gouv)\.[a-z]{2})$")
_COURT = re.compile(r"(?:^|\.)court\.gov\.cn$")


def classify_locator(locator: str) -> Provenance:
    """Return the source with its kind: by host for an http(s) address, `collection` for anything else.

    >>> classify_locator("https://www.mem.gov.cn/gk/").kind
    'government'
    >>> classify_locator("CoalQA case 512").linkable
    False
    """
    kind = _kind(_host(locator))
    return Provenance(kind, locator, kind in LINKABLE_KINDS)


def may_link(provenance: Provenance) -> bool:
    """Return whether a page may link to the source: its host, not only its label, is of a linkable kind."""
    found = classify_locator(provenance.locator)
    return found.linkable and found.kind == provenance.kind


def _host(locator: str) -> str | None:
    """Host of an http(s) address in lower case, None for anything else."""
    try:
        parts = urlsplit(locator)
        host = parts.hostname
    except ValueError:  # "http://[broken"
        return None
    return host if host and parts.scheme in ("http", "https") else None


@lru_cache(maxsize=1024)
def _kind(host: str | None) -> ProvenanceKind:
    if host is None:
        return "collection"
    if _COURT.search(host):
        return "court"
    if _GOVERNMENT.search(host):
        return "government"
    labels = host.split(".")
    if any(".".join(labels[start:]) in NATIONAL_MEDIA for start in range(len(labels))):
        return "national-media"
    return "website"
