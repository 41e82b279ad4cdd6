"""A case survives the payload it is kept as: every bundled one, and any other."""

from __future__ import annotations

import json
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.casebook import case_from_payload, case_to_payload, load_casebook
from qianche.corpus.casebook.labels import FIELD_LABELS
from qianche.corpus.casebook.sources import classify_locator
from qianche.corpus.cases import (
    AccidentClass,
    Case,
    CauseBasis,
    Conflict,
    Corrected,
    Grade,
    Place,
    Toll,
)
from qianche.corpus.schemes import CLASS_SCHEMES, GRADES, SECTORS, WORK_KINDS


def test_every_bundled_case_survives_its_payload() -> None:
    for case in load_casebook():
        payload = case_to_payload(case)
        assert case_from_payload(json.loads(json.dumps(payload, ensure_ascii=False))) == case
        assert case_to_payload(case_from_payload(payload)) == payload


TEXT = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() != "")
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
COUNT = st.none() | st.integers(0, 10_000)
CLASSES = st.sampled_from([s for s in CLASS_SCHEMES if s != "common"]).flatmap(
    lambda scheme: st.builds(
        AccidentClass,
        st.just(scheme),
        st.none() | st.sampled_from(CLASS_SCHEMES[scheme]),
        st.sampled_from(["source", "crosswalk", "reading", "undecided"]),
        st.lists(st.sampled_from(CLASS_SCHEMES[scheme]), max_size=3).map(tuple),
    )
)
CASES = st.builds(
    Case,
    case_id=st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,3}", fullmatch=True),
    name=TEXT,
    occurred_on=st.dates(),
    occurred_at=st.none() | st.times().map(lambda t: f"{t:%H:%M}"),
    place=st.builds(Place, TEXT, st.none() | TEXT, st.none() | TEXT, st.none() | TEXT),
    sector=st.sampled_from(SECTORS),
    industry=TEXT,
    work_kind=st.sampled_from(WORK_KINDS),
    accident_classes=st.lists(CLASSES, max_size=3).map(tuple),
    grade=st.none()
    | st.builds(
        Grade,
        st.sampled_from(GRADES),
        st.sampled_from(["named", "computed", "computed-retroactive", "computed-missing"]),
    ),
    toll=st.builds(Toll, COUNT, COUNT, COUNT, COUNT, st.none() | st.floats(0, 1e9)),
    activity=st.none() | TEXT,
    initiating_event=st.none() | TEXT,
    direct_cause=st.none() | TEXT,
    management_failures=TEXTS,
    failed_barriers=TEXTS,
    equipment=TEXTS,
    substances=TEXTS,
    lessons=TEXTS,
    cited_rules=TEXTS,
    cause_basis=st.sampled_from(get_args(CauseBasis)),
    numbers_confirmed=st.booleans(),
    confidence=st.sampled_from(["high", "medium"]),
    provenance=st.lists(TEXT.map(classify_locator), max_size=3).map(tuple),
    note=st.none() | TEXT,
    origin=st.sampled_from(["bundled", "imported"]),
    cause_doubtful=st.booleans(),
    conflicts=st.lists(st.builds(Conflict, st.sampled_from(list(FIELD_LABELS)), TEXTS), max_size=3).map(
        tuple
    ),
    corrected=st.lists(st.builds(Corrected, st.sampled_from(list(FIELD_LABELS)), TEXT), max_size=3).map(
        tuple
    ),
)


@given(CASES)
def test_any_case_survives_its_payload(case: Case) -> None:
    assert case_from_payload(json.loads(json.dumps(case_to_payload(case)))) == case
