"""Reports in forms we hold no real file of, whole files in, accidents out."""

from __future__ import annotations

import pytest
from tests.corpus.reports.other_forms import REPLY, OtherForm
from tests.corpus.reports.other_forms_more import OTHER_FORMS, WEB_PAGE

from qianche.corpus.intake import Intake
from qianche.corpus.reports.draft import CaseDraft, PartKind
from qianche.corpus.taking_in import take_in_bytes


def taken(form: OtherForm) -> Intake:
    return take_in_bytes(form.text.encode(), form.file_name)


def parts_of(intake: Intake, draft: CaseDraft) -> list[tuple[PartKind, str]]:
    """The parts with the text each begins with, neighbours of one kind joined."""
    found: list[tuple[PartKind, str]] = []
    for part in draft.parts:
        if not found or found[-1][0] != part.kind:
            found.append((part.kind, intake.document.quote(part.span)))
    return found


@pytest.mark.parametrize("form", OTHER_FORMS, ids=lambda form: form.name)
def test_the_file_is_taken_for_a_report_of_its_accidents(form: OtherForm) -> None:
    intake = taken(form)
    assert intake.kind == "report"
    assert tuple(draft.deaths.value for draft in intake.case_drafts) == form.deaths


@pytest.mark.parametrize("form", OTHER_FORMS, ids=lambda form: form.name)
def test_every_accident_has_its_day(form: OtherForm) -> None:
    moments = [draft.moment.value for draft in taken(form).case_drafts]
    assert tuple(moment.day.isoformat() if moment else None for moment in moments) == form.days


@pytest.mark.parametrize("form", [form for form in OTHER_FORMS if form.parts], ids=lambda form: form.name)
def test_the_parts_are_those_marked_by_hand(form: OtherForm) -> None:
    intake = taken(form)
    found = parts_of(intake, intake.case_drafts[0])
    assert [kind for kind, _ in found] == [kind for kind, _ in form.parts]
    for (_, text), (_, beginning) in zip(found, form.parts, strict=True):
        assert text.startswith(beginning)


def test_what_the_site_prints_around_a_report_is_no_part_of_it() -> None:
    intake = taken(WEB_PAGE)
    for around in ("政务公开", "触电死亡", "版权所有", "打印本页", "当前所在位置"):
        assert around not in intake.document.text
    kinds = [kind for kind, _ in parts_of(intake, intake.case_drafts[0])]
    assert kinds[:2] == ["labels", "title"]
    assert kinds[-1] == "measures"


def test_the_reply_before_a_report_gives_none_of_its_content() -> None:
    intake = taken(REPLY)
    draft = intake.case_drafts[0]
    report = intake.document.text.rindex("附件")
    found = (*draft.direct_cause.findings, *draft.indirect_causes, *draft.measures)
    assert found and all(span.start > report for finding in found for span in finding.spans)
