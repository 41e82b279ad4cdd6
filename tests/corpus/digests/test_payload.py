"""A digest as JSON and back."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.digests.pond import DIGEST

from qianche.corpus.digests import DUTY_HOLDERS, Digest, digest_from_payload, digest_to_payload

words = st.text(st.characters(codec="utf-8"), max_size=20)
digests = st.builds(
    Digest,
    version_id=words,
    place=st.sampled_from(("36", "134-1", "3.1")),
    label=words,
    gist=words,
    said_as=st.lists(words, max_size=4).map(tuple),
    duty_holders=st.lists(st.sampled_from(DUTY_HOLDERS), max_size=3).map(tuple),
    hazards=st.lists(words, max_size=3).map(tuple),
    penalties=st.lists(st.sampled_from(("99", "134-1")), max_size=2).map(tuple),
    major_hazard=st.booleans(),
    basis=st.sampled_from(("text", "page", "memory")),
    source=words,
    read_on=st.none() | st.dates(),
)


@given(digests)
def test_a_digest_survives_the_way_through_json(digest: Digest) -> None:
    assert digest_from_payload(json.loads(json.dumps(digest_to_payload(digest)))) == digest


def test_a_payload_names_its_values_plainly() -> None:
    payload = digest_to_payload(DIGEST)
    assert payload["place"] == "1"
    assert payload["said_as"] == ["没测硫化氢就让人下化粪池", "鼓风机坏了还往下跳"]
    assert payload["read_on"] == date(2026, 11, 25).isoformat()
    assert payload["major_hazard"] is False
