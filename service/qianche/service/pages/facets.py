"""Facets and active filters as the search page shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qianche.corpus.schemes import ALL_SECTORS, GRADES, RULE_LEVELS, SECTORS
from qianche.indexing.search.answer import Kind
from qianche.indexing.store.protocol import Facets
from qianche.service.labels import FIELD_LABELS, facet_value_label
from qianche.service.pages.state import LIST_FIELDS, Pairs

TitleOf = Callable[[str], str | None]
"""Returns the title of a rule by its id, None where the id is unknown."""

SHOWN = 6
"""Values of a group shown at once."""
MORE = 18
"""Further values behind 更多; what is rarer is reached by a better query."""
_CASE_FIELDS = (
    "accident_class", "grade", "work_kind", "equipment", "substances", "province", "year",
)  # fmt: skip
_RULE_FIELDS = ("level", "rule", "has_text")
_ORDER: Mapping[str, Sequence[str]] = {"grade": GRADES, "level": RULE_LEVELS}
"""Closed lists whose own order says more than the counts."""
_CHIPS = {
    "date_from": ("事故日期", "{} 起"),
    "date_to": ("事故日期", "至 {}"),
    "deaths_min": ("死亡人数", "不少于 {} 人"),
    "deaths_max": ("死亡人数", "不多于 {} 人"),
    "include_not_in_force": ("法规", "含当日不适用的版本"),
}

Chosen = Mapping[str, Sequence[str]]
"""Field to the values chosen, as in the query string."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to choose; `count` is printed beside it, for a sector as cases / rules."""

    value: str
    label: str
    count: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The values of a field: those shown at once and those behind 更多."""

    name: str
    label: str
    shown: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter; `drop` is what its button sends to take it away."""

    label: str
    value: str
    drop: str


def facet_groups(
    facets: Mapping[Kind, Facets], pairs: Pairs, title_of: TitleOf
) -> list[tuple[str, list[FacetGroup]]]:
    """Return the groups under their headings; a group that has nothing to choose from is left out."""
    cases, rules = facets.get("case", {}), facets.get("rule", {})
    chosen = {name: [v for n, v in pairs if n == name] for name in LIST_FIELDS}
    headings = (
        ("案例与法规", [_sector_group(cases.get("sector", {}), rules.get("sector", {}), chosen["sector"])]),
        ("事故案例", [_group(name, cases.get(name, {}), chosen[name], title_of) for name in _CASE_FIELDS]),
        ("法规条款", [_group(name, rules.get(name, {}), chosen[name], title_of) for name in _RULE_FIELDS]),
    )
    kept = [(heading, [group for group in groups if group.shown]) for heading, groups in headings]
    return [(heading, groups) for heading, groups in kept if groups]


def chips(pairs: Pairs, title_of: TitleOf) -> list[Chip]:
    """Return the active filters in the order of the URL."""
    found = []
    for name, value in pairs:
        if name in LIST_FIELDS:
            found.append(Chip(FIELD_LABELS[name], _value_label(name, value, title_of), f"{name}:{value}"))
        elif name in _CHIPS:
            label, wording = _CHIPS[name]
            found.append(Chip(label, wording.format(value), name))
    return found


def _sector_group(cases: Mapping[str, int], rules: Mapping[str, int], chosen: Sequence[str]) -> FacetGroup:
    """Return the sectors with counts of cases and of rules; one choice restricts both."""
    found = [s for s in (*SECTORS, ALL_SECTORS) if cases.get(s) or rules.get(s) or s in chosen]
    found.sort(key=lambda s: (s not in chosen, -cases.get(s, 0), -rules.get(s, 0)))
    values = [FacetValue(s, s, f"{cases.get(s, 0)} / {rules.get(s, 0)}", s in chosen) for s in found]
    return _split("sector", values)


def _group(name: str, counts: Mapping[str, int], chosen: Sequence[str], title_of: TitleOf) -> FacetGroup:
    """Return one field's values: chosen ones first, then by the field's order, else by count."""
    order = _ORDER.get(name, ())

    def place(value: str) -> tuple[bool, int, str]:
        if value in order:
            return (value not in chosen, order.index(value), value)
        return (value not in chosen, -int(value) if name == "year" else -counts.get(value, 0), value)

    found = sorted(dict.fromkeys((*chosen, *counts)), key=place)[: max(SHOWN + MORE, len(chosen))]
    values = [
        FacetValue(v, _value_label(name, v, title_of), str(counts.get(v, 0)), v in chosen) for v in found
    ]
    return _split(name, values)


def _split(name: str, values: list[FacetValue]) -> FacetGroup:
    """Return the group; a rest of one or two is shown rather than hidden."""
    shown = SHOWN if len(values) > SHOWN + 2 else len(values)
    shown = max(shown, sum(v.chosen for v in values))
    return FacetGroup(name, FIELD_LABELS[name], tuple(values[:shown]), tuple(values[shown:]))


def _value_label(name: str, value: str, title_of: TitleOf) -> str:
    """Return how a value is shown: the title of a rule, else the value in Chinese."""
    return title_of(value) or value if name == "rule" else facet_value_label(name, value)
