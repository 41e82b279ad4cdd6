"""What answers for a day: versions in force, and held texts that stand in for those that are not held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qianche.corpus.register import load_register
from qianche.corpus.rules import Rule, RuleVersion
from qianche.indexing.search.law_of_the_day import law_of

REGISTER = load_register()
FIRST = date(2000, 1, 1)


def names(version_ids: tuple[str, ...], rule_id: str) -> list[str]:
    return [v for v in version_ids if v.startswith(f"{rule_id}@")]


def test_a_text_in_force_answers_for_itself() -> None:
    law = law_of(REGISTER, date(2026, 11, 25))
    assert names(law.versions, "work-safety-law") == ["work-safety-law@2021-06-10"]
    assert names(law.texts, "work-safety-law") == ["work-safety-law@2021-06-10"]
    assert "work-safety-law@2021-06-10" not in law.stand_ins


def test_the_text_held_stands_in_for_the_version_of_an_earlier_day() -> None:
    law = law_of(REGISTER, date(2020, 1, 1))
    assert names(law.versions, "work-safety-law") == ["work-safety-law@2014-08-31"]
    assert names(law.texts, "work-safety-law") == ["work-safety-law@2021-06-10"]
    assert law.stand_ins["work-safety-law@2021-06-10"].version_id == "work-safety-law@2014-08-31"


def test_nothing_stands_in_before_the_act_and_after_its_end() -> None:
    before, after = law_of(REGISTER, date(2002, 10, 31)), law_of(REGISTER, date(2026, 8, 15))
    assert names(before.texts, "work-safety-law") == []
    assert names(after.texts, "air-pollution-law") == []


def test_a_coming_text_does_not_stand_in_for_one_that_is_held() -> None:
    law = law_of(REGISTER, date(2026, 6, 30))
    assert names(law.texts, "civil-aviation-law") == ["civil-aviation-law@2021-04-29"]
    assert law_of(REGISTER, date(2026, 7, 1)).texts.count("civil-aviation-law@2025-12-27") == 1


def test_of_a_day_before_the_first_version_of_an_older_act_the_nearest_text_stands_in() -> None:
    law = law_of(REGISTER, date(1990, 1, 1))  # the code of 1979 applied
    assert names(law.versions, "criminal-law") == ["criminal-law@1997-03-14"]
    assert names(law.texts, "criminal-law") == ["criminal-law@2020-12-26"]
    assert law.stand_ins["criminal-law@2020-12-26"].version_id == "criminal-law@1997-03-14"


def test_the_text_of_the_first_version_may_itself_stand_in_for_an_older_one() -> None:
    law = law_of(REGISTER, date(2010, 1, 1))  # 工会法 of 1992, 2001 and 2009
    assert names(law.versions, "trade-union-law") == ["trade-union-law@2021-12-24"]
    assert law.texts.count("trade-union-law@2021-12-24") == 1
    assert law.stand_ins["trade-union-law@2021-12-24"].version_id == "trade-union-law@2021-12-24"
    today = law_of(REGISTER, date(2022, 1, 1))
    assert "trade-union-law@2021-12-24" in today.texts and "trade-union-law@2021-12-24" not in today.stand_ins


def chain(held: list[bool], unknown: list[bool]) -> Rule:
    """A rule whose versions last ten days each; the last is open; first days may be unknown."""
    model = REGISTER.version("work-safety-law@2014-08-31")
    versions: list[RuleVersion] = []
    for i, (has_text, no_start) in enumerate(zip(held, unknown, strict=False)):
        start = FIRST + timedelta(days=10 * i)
        last = i == len(held) - 1
        versions.append(
            replace(
                model,
                version_date=start,
                effective_from=None if no_start else start,
                effective_to=None if last else start + timedelta(days=9),
                text_source="laws.db" if has_text else None,
            )
        )
    return replace(REGISTER.rule("work-safety-law"), versions=tuple(versions))


@given(
    st.lists(st.booleans(), min_size=1, max_size=6),
    st.lists(st.booleans(), min_size=6, max_size=6),
    st.integers(-5, 70),
)
def test_every_text_that_answers_is_in_force_or_the_nearest_held(
    held: list[bool], unknown: list[bool], day: int
) -> None:
    rule = chain(held, unknown)
    on = FIRST + timedelta(days=day)
    law = law_of([rule], on)
    begun = min(day // 10, len(held) - 1) if day >= 0 else None
    expected = [] if begun is None else [rule.versions[begun].version_id]
    assert list(law.versions) == expected
    if begun is None or not any(held):
        assert law.texts == ()
    else:
        later = [i for i in range(begun, len(held)) if held[i]]
        nearest = later[0] if later else max(i for i in range(begun) if held[i])
        assert law.texts == (rule.versions[nearest].version_id,)
        assert dict(law.stand_ins) == (
            {} if nearest == begun else {rule.versions[nearest].version_id: rule.versions[begun]}
        )
