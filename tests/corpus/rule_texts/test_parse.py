"""Trees of difficult rule texts, each worked out by hand; no character is ever lost."""

from __future__ import annotations

import pytest
from tests.corpus.rule_texts.acts import ACTS
from tests.corpus.rule_texts.other_texts import OTHERS
from tests.corpus.rule_texts.texts import Difficult, document, shape, uncovered

from qianche.corpus.rule_texts.parse import parse_rule

by_name = pytest.mark.parametrize("text", (*ACTS, *OTHERS), ids=lambda text: text.name)


@by_name
def test_a_difficult_text_has_the_tree_worked_out_by_hand(text: Difficult) -> None:
    draft = parse_rule(document(*text.blocks))
    assert (draft.kind, shape(draft.body)) == (text.kind, text.tree)


@by_name
def test_every_character_of_a_difficult_text_is_in_one_place(text: Difficult) -> None:
    made = document(*text.blocks)
    assert uncovered(parse_rule(made), made) == ""


@by_name
def test_contents_and_annexes_are_kept_apart(text: Difficult) -> None:
    made = document(*text.blocks)
    draft = parse_rule(made)
    assert "".join(made.quote(span) for span in draft.contents) == text.contents
    assert tuple(label for label, _ in draft.annexes) == text.annexes


@by_name
def test_exceptions_say_what_is_odd_and_nothing_else_about_numbers(text: Difficult) -> None:
    exceptions = parse_rule(document(*text.blocks)).exceptions
    structural = [e for e in exceptions if "施行" not in e]
    assert len(structural) == len(text.says), structural
    for wanted in text.says:
        assert any(wanted in exception for exception in structural)
