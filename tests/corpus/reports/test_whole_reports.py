"""Whole files in, the facts and the content of their one accident out."""

from __future__ import annotations

import pytest
from tests.corpus.reports.whole_reports import WHOLE_REPORTS, WholeReport

from qianche.corpus.reports.draft import CaseDraft
from qianche.corpus.taking_in import take_in_bytes

EACH = pytest.mark.parametrize("told", WHOLE_REPORTS, ids=lambda told: told.name)
HALF_WIDTH = str.maketrans("，；：（）", ",;:()")


def draft_of(text: str) -> CaseDraft:
    """The one accident of a file."""
    (draft,) = take_in_bytes(text.encode(), "报告.txt").case_drafts
    return draft


def facts_of(draft: CaseDraft) -> tuple[object, ...]:
    """Moment, casualties, loss and severity."""
    moment = draft.moment.value
    return (
        moment and moment.day.isoformat(), moment and moment.time, draft.deaths.value, draft.missing.value,
        draft.severe_injuries.value, draft.injured.value, draft.direct_loss_wan.value, draft.severity_named.value,
    )  # fmt: skip


def numbers_of(draft: CaseDraft) -> tuple[int, int, int]:
    """How many indirect causes, persons and measures."""
    return len(draft.indirect_causes), len(draft.people), len(draft.measures)


@EACH
def test_the_facts_of_a_whole_report_are_read(told: WholeReport) -> None:
    draft = draft_of(told.text)
    assert facts_of(draft) == (
        told.day, told.time, told.deaths, told.missing, told.severe, told.injured, told.loss, told.severity,
    )  # fmt: skip
    assert draft.accident_class["gb6441-1986"].value in told.gb6441


@EACH
def test_the_content_of_a_whole_report_is_read(told: WholeReport) -> None:
    draft = draft_of(told.text)
    assert numbers_of(draft) == (told.causes, told.people, told.measures)
    direct = draft.direct_cause.value
    assert direct is None if told.direct is None else direct is not None and direct.startswith(told.direct)


@EACH
def test_half_width_marks_change_nothing(told: WholeReport) -> None:
    full, half = draft_of(told.text), draft_of(told.text.translate(HALF_WIDTH))
    assert (facts_of(half), numbers_of(half)) == (facts_of(full), numbers_of(full))
    assert [unit.value for unit in half.units] == [unit.value for unit in full.units]
