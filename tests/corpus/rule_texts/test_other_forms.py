"""Rules in forms we hold no real file of, whole files in, head and tree out."""

from __future__ import annotations

from datetime import date

import pytest
from tests.corpus.rule_texts.other_forms import CONSTRUCTION_CODE, OtherForm
from tests.corpus.rule_texts.other_forms_more import (
    BILINGUAL,
    COMPANY_COLONS,
    LAW_PAGE,
    OTHER_FORMS,
    RESTARTING,
    SEVERAL_ATTACHED,
)
from tests.corpus.rule_texts.texts import shape, uncovered

from qianche.corpus.reading.document import Document
from qianche.corpus.rule_texts.articles import to_articles, units
from qianche.corpus.rule_texts.draft import RuleDraft
from qianche.corpus.taking_in import take_in_bytes

by_name = pytest.mark.parametrize("form", OTHER_FORMS, ids=lambda form: form.name)


def read(form: OtherForm) -> tuple[Document, RuleDraft]:
    intake = take_in_bytes(form.text.encode(), form.file_name)
    assert intake.kind == "rule"
    assert intake.rule_draft is not None
    return intake.document, intake.rule_draft


@by_name
def test_kind_head_and_tree_are_those_worked_out_by_hand(form: OtherForm) -> None:
    document, draft = read(form)
    assert draft.kind == form.kind
    assert (draft.title, draft.number, draft.issuer) == (form.title, form.number, form.issuer)
    assert shape(draft.body) == form.tree
    assert uncovered(draft, document) == ""


@by_name
def test_what_follows_the_body_is_told_apart_from_it(form: OtherForm) -> None:
    _, draft = read(form)
    assert len(draft.annexes) == len(form.annexes)
    for (label, _), beginning in zip(draft.annexes, form.annexes, strict=True):
        assert label.startswith(beginning)
    for words in form.says:
        assert any(words in exception for exception in draft.exceptions)


def test_articles_numbered_anew_in_every_chapter_are_units_with_their_chapter() -> None:
    document, draft = read(RESTARTING)
    assert to_articles(draft, document, "shop@2020-01-01") == ()
    found = [(unit.path[0].text, unit.label, unit.text) for unit in units(draft, document)]
    assert len(found) == 7
    assert ("第二章 设备", "第一条", "锯机应当有护罩。") in found
    assert ("第三章 奖惩", "第一条", "违反本制度的，罚款五十元。") in found


def test_a_translation_belongs_to_the_unit_it_translates() -> None:
    document, draft = read(BILINGUAL)
    second = to_articles(draft, document, "ferry@2015-01-01")[1]
    assert len(second.paragraphs) == 1
    item = second.paragraphs[0].items[1]
    assert second.text[item.start : item.end].split("\n") == ["（二）照明。", "(2) lighting."]


def test_a_list_of_the_parts_before_them_is_the_contents() -> None:
    document, draft = read(COMPANY_COLONS)
    assert [document.quote(span) for span in draft.contents] == [
        "一：总体方针",
        "二：现场要求",
        "三：其他条款",
    ]


def test_the_data_sheet_of_a_law_site_gives_the_days() -> None:
    _, draft = read(LAW_PAGE)
    assert (draft.promulgated_on, draft.effective_from) == (date(2006, 10, 26), date(2006, 12, 1))


def test_the_announcement_of_a_code_gives_the_day_it_takes_effect() -> None:
    _, draft = read(CONSTRUCTION_CODE)
    assert draft.effective_from == date(2019, 12, 1)


def test_the_second_rule_of_an_order_is_kept_whole() -> None:
    document, draft = read(SEVERAL_ATTACHED)
    ((_, span),) = draft.annexes
    assert document.quote(span).startswith("渡工考核办法")
    assert document.quote(span).count("条 ") == 3
