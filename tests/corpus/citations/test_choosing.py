"""What is told where a citation names several rules, none that is known, or is spoilt; nothing is guessed."""

# ruff: noqa: E501  (a table of one row a case)

from __future__ import annotations

import pytest
from tests.corpus.citations.pond_act import resolve

from qianche.corpus.citations.outcomes import Outcome

AMBIGUOUS: list[tuple[str, set[str]]] = [
    ("令10号第四条", {"major-hazard-industry-trade", "vehicle-monitoring-rules"}),
    ("《安全生产责任保险实施办法》", {"safety-liability-insurance-rules", "safety-liability-insurance-rules-2025"}),
    ("《实施条例》第三条", {"mine-safety-law-implementing-regulation", "road-traffic-law-implementing-regulation"}),
    # title and number of two acts, and a number that no act with this title has
    ("《生产安全事故应急条例》（国务院令第493号）", {"accident-emergency-regulation", "accident-report-investigation-regulation"}),
    ("《生产安全事故报告和调查处理条例》（国务院令第394号）", {"accident-report-investigation-regulation"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rules"), AMBIGUOUS)
def test_where_several_may_be_meant_all_are_told_and_none_is_chosen(text: str, rules: set[str]) -> None:
    found = resolve(text)
    assert (found.outcome, found.rule, found.version) == (Outcome.AMBIGUOUS, None, None)
    assert {candidate.rule.rule_id for candidate in found.candidates} == rules
    assert found.messages


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("《某县池塘看守条例》第二条", 0),
        ("国务院令第9999号", 0),
        ("GB 99999-2020", 0),
        ("AQ 1020-2008", 1),
        ("《安全生产法》（2019年修正）第三条", 4),
        ("《生产安全事故报告与调查处理条例》", 1),
    ],
)
def test_what_the_register_does_not_have_is_unknown_and_never_taken_for_another(
    text: str, candidates: int
) -> None:
    found = resolve(text)
    assert (found.outcome, found.rule) == (Outcome.UNKNOWN, None)
    assert len(found.candidates) == candidates
    assert found.messages


def test_what_recognition_spoilt_is_never_resolved_and_the_likely_reading_is_only_said() -> None:
    found = resolve("《安全生产法》第三＋六条")
    assert found.outcome is Outcome.DAMAGED
    [part] = found.provisions
    assert "可能是第三十六条，请核对原件" in part.message
    assert (part.quote, part.stand_in) == (None, None)
    number = resolve("GB 3O871-2022")
    assert (number.outcome, number.rule) == (Outcome.DAMAGED, None)
    assert [candidate.rule.rule_id for candidate in number.candidates] == ["gb-30871"]


# as written, wrong · the rules that may be meant
SLIPS: list[tuple[str, set[str]]] = [
    ("《安全生产发》第三条", {"work-safety-law"}),
    ("《安全产生法》第三条", {"work-safety-law"}),
    ("《中华人民共合国安全生产法》", {"work-safety-law"}),
    ("《安全生产法实施条例》", {"work-safety-law"}),
    ("建设部令第37号", {"dangerous-construction-rules"}),
    ("《防治煤与瓦斯突出规定》", {"coal-gas-outburst-rules"}),
]


@pytest.mark.parametrize(("text", "rules"), SLIPS)
def test_a_near_name_is_offered_and_never_chosen(text: str, rules: set[str]) -> None:
    found = resolve(text)
    assert (found.outcome, found.rule, found.version) == (Outcome.UNKNOWN, None, None)
    assert {candidate.rule.rule_id for candidate in found.candidates} == rules
    assert "相近的见备选，请核对。" in found.messages[0]


@pytest.mark.parametrize(
    "text",
    [
        "《食品安全法》",
        "《网络安全法》",
        "《草原法》",
        "《国防法》",
        "《江西省安全生产条例》",
        "《贵州安全生产条例》",
        "公安部令第37号",
    ],
)
def test_another_subject_place_or_issuer_is_not_near(text: str) -> None:
    found = resolve(text if text[0] == "《" else f"按{text}办")
    assert (found.outcome, found.candidates) == (Outcome.UNKNOWN, ())


def test_an_article_number_without_its_unit_is_damaged_and_not_looked_up() -> None:
    found = resolve("《安全生产法》第三六条")
    assert found.outcome is Outcome.DAMAGED
    assert "可能是第三十六条，请核对原件" in found.provisions[0].message
