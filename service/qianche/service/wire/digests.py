"""Digests on the wire: what a provision asks in everyday words, marked as no text of the law."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from qianche.corpus.digests import Digest, place_order
from qianche.corpus.digests.loader import place_label
from qianche.corpus.register.labels import EVIDENCE_LABELS
from qianche.corpus.rules import Rule, RuleVersion
from qianche.service import labels
from qianche.service.wire.found import Json, iso

# “https://example.gov.cn/a.pdf（经某处所录）” has the address alone; “javascript:alert(1)” has none
_ADDRESS = re.compile(r"https?://[!-~]+")


def digest_record(digest: Digest, rule: Rule, on: date) -> Json:
    """Return a digest with its label, its citation and where it was read.

    Args:
        digest: of a provision of one of the versions of the rule.
        rule: with all its versions.
        on: the day asked for; an item of judging criteria is one only while its version is in force.
    """
    version, address = digest_version(digest, rule), _ADDRESS.search(digest.source)
    return {
        "id": digest.digest_id,
        "label": labels.DIGEST,
        **_place(digest.place, version),
        "gist": digest.gist,
        "said_as": list(digest.said_as),
        "duty_holders": list(digest.duty_holders),
        "hazards": list(digest.hazards),
        "penalties": [_place(place, version) for place in digest.penalties],
        "major_hazard": digest.major_hazard,
        "major_hazard_label": major_hazard_label(digest, rule, on),
        "basis": digest.basis,
        "basis_label": EVIDENCE_LABELS[digest.basis],
        "source": digest.source or None,
        "address": address[0] if address is not None else None,
        "read_on": iso(digest.read_on),
    }


def digest_contents(digests: Iterable[Digest], rule: Rule, on: date) -> Json | None:
    """Return the provisions of a version without text as its digests tell of them, None where there are none."""
    lines = [
        {
            "id": digest.digest_id,
            **_place(digest.place, digest_version(digest, rule)),
            "gist": digest.gist,
            "major_hazard_label": major_hazard_label(digest, rule, on),
        }
        for digest in digests
    ]
    return {"label": labels.DIGEST_CONTENTS, "lines": lines} if lines else None


def major_hazard_label(digest: Digest, rule: Rule, on: date) -> str | None:
    """Return what a match of an item of judging criteria means on a day, None for any other provision."""
    return (
        labels.MAJOR_HAZARD_LABELS[digest_version(digest, rule).status(on)] if digest.major_hazard else None
    )


def digest_version(digest: Digest, rule: Rule) -> RuleVersion:
    """Return the version that a digest is of."""
    return next(version for version in rule.versions if version.version_id == digest.version_id)


def _place(place: str, version: RuleVersion) -> Json:
    """Return a place of a version: `article` is what its page is asked for by."""
    label = place_label(place)
    return {
        "place": place,
        "place_label": label,
        "article": place_order(place)[0].slug,
        "citation": f"《{version.title}》{label}",
    }
