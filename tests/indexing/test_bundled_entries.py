"""What is written first is embedded first: a new installation answers the usual questions by meaning soonest."""

from __future__ import annotations

import re

from qianche.corpus.register import load_register
from qianche.indexing.build import bundled_entries
from qianche.indexing.documents import CASES, RULES


def test_cases_come_first_then_the_newest_texts_of_the_default_scope() -> None:
    register = load_register()
    usual = {rule.versions[-1].version_id for rule in register if rule.core}
    entries = [entry for entry in bundled_entries(register) if entry.collection in (CASES, RULES)]
    kinds = [
        "case" if entry.collection == CASES else re.split("[/:]", entry.record_id)[0] in usual
        for entry in entries
    ]
    assert kinds == sorted(kinds, key=("case", True, False).index)
    assert {"case", True, False} == set(kinds)
