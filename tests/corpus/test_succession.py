"""What took the place of what, in the register and in small invented ones."""

from __future__ import annotations

import pytest

from qianche.corpus.register import Register
from qianche.corpus.register.references import read_references
from qianche.corpus.register.succession import Link, Succession


@pytest.fixture(scope="module")
def chain(register: Register) -> Succession:
    return Succession(register)


def named(links: tuple[Link, ...]) -> list[str]:
    """Return the ids of the rules that links lead to, words where there is none."""
    return [link.rule.rule_id if link.rule is not None else link.words for link in links]


def test_references_are_ids_or_words_and_say_whether_they_are_confirmed() -> None:
    first, second, third, fourth = read_references(
        "some-rule@2020-01-01; some-rule@GB 1-2020 (not confirmed); 总局令第89号; AQ 2006-2005"
    )
    assert (first.rule_id, first.version, first.confirmed) == ("some-rule", "2020-01-01", True)
    assert (second.rule_id, second.version, second.confirmed) == ("some-rule", "GB 1-2020", False)
    assert (third.rule_id, third.words) == (None, "总局令第89号")
    assert fourth.rule_id is None
    assert read_references(None) == () == read_references("")


def test_the_coal_regulation_of_2024_follows_those_of_2000_and_2005(
    register: Register, chain: Succession
) -> None:
    assert named(chain.successors(register.rule("coal-mine-supervision-regulation"))) == [
        "coal-mine-safety-production-regulation"
    ]
    before = named(chain.predecessors(register.rule("coal-mine-safety-production-regulation")))
    assert before == ["coal-mine-supervision-regulation", "coal-mine-accident-prevention-446"]


def test_a_chain_goes_on_across_rules(register: Register, chain: Succession) -> None:
    # 认定办法 2005 -> 判定标准 2015 to 2026, all of the one rule major-hazard-coal.
    assert named(chain.predecessors(register.rule("major-hazard-coal"))) == ["major-hazard-coal-2005"]
    assert named(chain.successors(register.rule("major-hazard-coal-2005"))) == ["major-hazard-coal"]


def test_what_the_register_does_not_have_is_named_in_words(register: Register, chain: Succession) -> None:
    code = named(chain.predecessors(register.rule("eco-environment-code")))
    assert "水污染防治法" in code and "environmental-protection-law" in code
    assert len(code) == 10
    ended_by = chain.ended_by(register.version("confined-space-five-rules@2014-09-29"))
    assert ended_by is not None and (ended_by.rule, ended_by.words) == (None, "总局令第89号")


def test_the_version_that_ended_another_is_found_by_its_number_where_its_day_is_not_known(
    register: Register, chain: Succession
) -> None:
    ended_by = chain.ended_by(register.version("gb-13869@2017-12-29"))
    assert ended_by is not None and ended_by.version is not None
    assert ended_by.version.number == "GB/T 13869-2026"


def test_an_open_version_knows_what_may_have_replaced_it(register: Register, chain: Succession) -> None:
    old = register.version("safety-liability-insurance-rules@2017-12-12")
    assert named(chain.may_have_replaced(old)) == ["safety-liability-insurance-rules-2025"]
    assert not chain.may_have_replaced(old)[0].confirmed
    # Ended for certain: nothing is doubtful any more.
    assert chain.may_have_replaced(register.version("aq-1008@2007-10-22")) == ()


def test_every_reference_of_the_register_to_a_rule_leads_to_it(register: Register, chain: Succession) -> None:
    for version in register.versions():
        for reference in (*read_references(version.replaces), *read_references(version.repealed_by)):
            assert (chain.link(reference).rule is None) == (reference.rule_id is None), version.version_id
