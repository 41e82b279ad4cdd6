"""Parameters become a question; what cannot be asked is refused here, with the valid values."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import date
from typing import Any, get_origin

from pydantic import ValidationError

from qianche.corpus.errors import BadRequest
from qianche.corpus.rules import ArticleNumber
from qianche.corpus.schemes import ALL_SECTORS, GB6441_1986, GRADES, RULE_LEVELS, SECTORS, WORK_KINDS
from qianche.corpus.statutes import article_number
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.search.answer import CaseFilters, RuleFilters, SearchRequest
from qianche.indexing.search.understanding import check_query
from qianche.service.schemas import SearchParameters
from qianche.service.validation import BadParameters, FieldError, bad_parameters, shown

RULE_SECTORS = (*SECTORS, ALL_SECTORS)
MAX_LISTED = 40
"""Most valid values that an error lists; of a longer list the nearest ones."""
_CLOSED = {"sector": RULE_SECTORS, "grade": GRADES, "work_kind": WORK_KINDS, "level": RULE_LEVELS}
_OPEN = ("accident_class", "equipment", "substances", "province")
# Matches 36, 134-1; not 0, 36-0, 第36条.
_NUMBER = re.compile(r"([1-9][0-9]{0,3})(?:-([1-9][0-9]{0,3}))?")


def parameters(given: dict[str, Any]) -> SearchParameters:
    """Return the parameters of a search; `BadParameters` names every one that cannot be used."""
    try:
        return SearchParameters.model_validate(given)
    except ValidationError as error:
        raise bad_parameters(dict(detail) for detail in error.errors()) from None


def parameters_from_query(pairs: Iterable[tuple[str, str]]) -> SearchParameters:
    """Return the parameters of a query string; of a name that is no list the last value counts."""
    given: dict[str, Any] = {}
    for name, value in pairs:
        field = SearchParameters.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is list:
            given.setdefault(name, []).append(value)
        else:
            given[name] = value
    return parameters(given)


def search_request(asked: SearchParameters, kb: KnowledgeBase, today: date) -> SearchRequest:
    """Return the question that the parameters ask; 综合 as a sector restricts rules alone.

    Raises:
        BadRequest: an empty or too long query.
        BadParameters: a filter value that does not exist, or a range whose end lies before its start.
    """
    query = check_query(asked.query)
    _check_ranges(asked)
    _check_values(asked, kb)
    return SearchRequest(
        query=query,
        as_of=asked.as_of or today,
        kinds=tuple(dict.fromkeys(asked.kinds)),
        top_k=asked.top_k,
        scope=asked.scope,
        include_not_in_force=asked.include_not_in_force,
        case_filters=CaseFilters(
            sector=tuple(s for s in asked.sector if s != ALL_SECTORS),
            accident_class=tuple(asked.accident_class),
            grade=tuple(asked.grade),
            work_kind=tuple(asked.work_kind),
            equipment=tuple(asked.equipment),
            substances=tuple(asked.substances),
            province=tuple(asked.province),
            year=tuple(asked.year),
            date_from=asked.date_from,
            date_to=asked.date_to,
            deaths_min=asked.deaths_min,
            deaths_max=asked.deaths_max,
        ),
        rule_filters=RuleFilters(
            sector=tuple(asked.sector),
            level=tuple(asked.level),
            rule=tuple(asked.rule),
            has_text=tuple(asked.has_text),
        ),
        sort=asked.sort,
        with_facets=asked.facets,
    )


def article_no(text: str) -> ArticleNumber:
    """Return the number of `36`, `134-1` or 第一百三十四条之一; `BadRequest` for anything else."""
    match = _NUMBER.fullmatch(text)
    if match is not None:
        return ArticleNumber(int(match[1]), int(match[2] or 0))
    number = article_number(text)
    if number is None:
        raise BadRequest(
            f"“{shown(text)}”不是条号。请写成 36、134-1 或 第三十六条。", code="bad-article-number"
        )
    return number


def check_choice(field: str, value: str | None, valid: tuple[str, ...]) -> str | None:
    """Return the value, None for an empty one; `BadParameters` if it is none of the valid ones."""
    if value and value not in valid:
        raise BadParameters([_unknown(field, value, valid)], code="unknown-filter-value")
    return value or None


def _check_ranges(asked: SearchParameters) -> None:
    """Raise for a range whose end lies before its start."""
    if asked.date_from and asked.date_to and asked.date_from > asked.date_to:
        raise BadParameters(
            [FieldError("date_to", str(asked.date_to), f"不能早于 date_from（{asked.date_from}）")]
        )
    if asked.deaths_min is not None and asked.deaths_max is not None and asked.deaths_min > asked.deaths_max:
        message = f"不能小于 deaths_min（{asked.deaths_min}）"
        raise BadParameters([FieldError("deaths_max", str(asked.deaths_max), message)])


def _check_values(asked: SearchParameters, kb: KnowledgeBase) -> None:
    """Raise for filter values that no record can have, listing the valid ones."""
    wrong = [
        _unknown(field, value, valid)
        for field, valid in _CLOSED.items()
        for value in getattr(asked, field)
        if value not in valid
    ]
    if any(getattr(asked, field) for field in _OPEN):
        counts = kb.facets("case")
        for field in _OPEN:
            valid = tuple(counts.get(field, {}))
            if field == "accident_class":
                valid = tuple(dict.fromkeys((*GB6441_1986, *valid)))
            wrong += [_unknown(field, value, valid) for value in getattr(asked, field) if value not in valid]
    if asked.rule:
        valid = tuple(rule.rule_id for rule in kb.rules())
        wrong += [_unknown("rule", value, valid) for value in asked.rule if value not in valid]
    if wrong:
        raise BadParameters(wrong, code="unknown-filter-value")


def _unknown(field: str, value: str, valid: tuple[str, ...]) -> FieldError:
    """Return the error for a value outside a list; of a long list the nearest values are named."""
    if len(valid) <= MAX_LISTED:
        return FieldError(field, shown(value), f"没有这个值。可选：{'、'.join(valid)}", valid)
    near = tuple(difflib.get_close_matches(value[:100], valid, n=5, cutoff=0.3))
    hint = f"相近的有：{'、'.join(near)}；" if near else ""
    where = "/api/rules" if field == "rule" else "/api/facets"
    return FieldError(field, shown(value), f"没有这个值。{hint}全部 {len(valid)} 个见 {where}", near or None)
